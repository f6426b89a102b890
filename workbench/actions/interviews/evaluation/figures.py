"""The figures of an evaluation as values for programs and as lines for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbench.actions.interviews.evaluation.coded_tables import (
        SuggestionsEvaluated,
    )

_FIGURES = (
    "macro_f1",
    "micro_f1",
    "recall_at_1",
    "recall_at_3",
    "precision_suggested",
    "share_abstained",
    "calibration_error",
)
_HEADINGS = (
    "coded",
    "macro-F1",
    "micro-F1",
    "recall at 1",
    "recall at 3",
    "precision",
    "abstained",
    "calibration error",
    "seconds to fit",
)
_DIGITS = 4


def evaluation_as_values(found: SuggestionsEvaluated) -> dict[str, Any]:
    """``results``, ``per_code`` and ``models``, rounded to four digits.

    By code, counts are sums over draws: ``support`` is how many kept-out turns had it.
    """
    return {
        "results": [_result(found, number) for number in range(len(found.evaluations))],
        "per_code": [
            row
            for number in range(len(found.evaluations))
            for row in _per_code(found, number)
        ],
        "models": found.models,
    }


def evaluation_in_lines(found: SuggestionsEvaluated) -> list[str]:
    """Two tables with bars between their columns, and what they were made with."""
    lines = [found.models, "", " | ".join(_HEADINGS)]
    for one in found.evaluations:
        figures = [f"{one.mean(name):.3f}" for name in _FIGURES]
        seconds = f"{one.mean('fit_seconds'):.1f}"
        lines.append(" | ".join([str(one.coded_transcripts), *figures, seconds]))
    if not found.evaluations:
        return [
            *lines,
            "None of the numbers asked for can be had of these transcripts.",
        ]
    last = found.evaluations[-1]
    lines += [
        "",
        f"By code, {last.coded_transcripts} coded:",
        "code | kept-out turns with it | precision | recall | F1",
    ]
    for row in _per_code(found, len(found.evaluations) - 1):
        lines.append(
            f"{row['code']} | {row['support']} | {row['precision']:.2f} | "
            f"{row['recall']:.2f} | {row['f1']:.2f}"
        )
    return lines


def _result(found: SuggestionsEvaluated, number: int) -> dict[str, Any]:
    one = found.evaluations[number]
    words = sum(draw.scored_words for draw in one.draws)
    scoring = sum(draw.scoring_seconds for draw in one.draws) / max(words, 1) * 10_000
    return {
        "coded_transcripts": one.coded_transcripts,
        "draws": len(one.draws),
        **{name: round(one.mean(name), _DIGITS) for name in _FIGURES},
        "fit_seconds": round(one.mean("fit_seconds"), _DIGITS),
        "seconds_per_10000_words": round(found.reading_seconds + scoring, _DIGITS),
    }


def _per_code(found: SuggestionsEvaluated, number: int) -> list[dict[str, Any]]:
    one = found.evaluations[number]
    counts = one.counts
    return [
        {
            "code": code,
            "coded_transcripts": one.coded_transcripts,
            "support": int(counts.applied[place]),
            "precision": round(float(counts.precision[place]), _DIGITS),
            "recall": round(float(counts.recall[place]), _DIGITS),
            "f1": round(float(counts.f1[place]), _DIGITS),
        }
        for place, code in enumerate(found.codes)
    ]
