"""Suggesting judged as it would be used: some transcripts coded, others kept out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestions.deciding.thresholds import best_single_threshold
from coding.suggestions.evaluation.draws import drawn, most_coded
from coding.suggestions.evaluation.metrics import (
    Counts,
    calibration_error,
    first_few,
    recall_at,
)
from coding.suggestions.learning.coded_turns import APPLIES, CodedTurns
from coding.suggestions.learning.learned_codes import LearnedCodes
from coding.suggestions.learning.meanings import CodeMeanings

Table = npt.NDArray[np.float64]
Clock = Callable[[], float]
Report = Callable[[float, str], None]

DRAWS = 10
SHOWN_PER_TURN = 3


@dataclass(frozen=True, slots=True)
class DrawResult:
    """The figures of one draw. Shares lie between 0 and 1."""

    macro_f1: float
    micro_f1: float
    recall_at_1: float
    recall_at_3: float
    precision_suggested: float
    share_abstained: float
    calibration_error: float
    fit_seconds: float
    scoring_seconds: float
    scored_words: int
    counts: Counts


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All draws for one number of coded transcripts."""

    coded_transcripts: int
    draws: tuple[DrawResult, ...]

    def mean(self, figure: str) -> float:
        """The mean of a figure over draws."""
        return float(np.mean([getattr(one, figure) for one in self.draws]))

    @property
    def counts(self) -> Counts:
        """By code, the sums over draws."""
        total = self.draws[0].counts
        for one in self.draws[1:]:
            total = total + one.counts
        return total


def evaluate(
    meanings: CodeMeanings,
    coded: CodedTurns,
    coded_transcripts: Sequence[int],
    *,
    seed: int,
    clock: Clock,
    draws: int = DRAWS,
    report: Report | None = None,
) -> tuple[Evaluation, ...]:
    """For each number of coded transcripts, how well the rest is suggested.

    ``coded`` is the whole truth: only turns with decisions are taught or judged, and an
    unknown counts as not applying. Numbers that cannot be had with three tenths kept
    out are left away. ``clock`` gives seconds; ``report`` is told how far the work is
    (0 to 1) and with what, and what it raises ends it.
    """
    sources = [turn.source_id for turn in meanings.study.turns]
    most = most_coded([sources[row] for row in coded.rows]) if len(coded.rows) else 0
    wanted = [number for number in coded_transcripts if number <= most]
    found = []
    for place, number in enumerate(wanted):
        results = []
        for draw in range(draws):
            if report is not None:
                done = (place + draw / draws) / len(wanted)
                report(done, f"{number} coded, draw {draw + 1} of {draws}")
            results.append(
                _one_draw(meanings, coded, number, seed=seed, draw=draw, clock=clock)
            )
        found.append(Evaluation(number, tuple(results)))
    return tuple(found)


def _one_draw(
    meanings: CodeMeanings,
    coded: CodedTurns,
    number: int,
    *,
    seed: int,
    draw: int,
    clock: Clock,
) -> DrawResult:
    turns = meanings.study.turns
    rows = coded.rows
    parts = drawn([turns[r].source_id for r in rows], number, seed=seed, number=draw)
    taught = np.full_like(coded.table, np.nan)
    taught[rows[parts.coded]] = coded.table[rows[parts.coded]]
    judged = rows[parts.kept_out]
    begun = clock()
    learned = LearnedCodes.fit(meanings, CodedTurns(coded.code_ids, taught))
    fitted = clock()
    chances = learned.scores(judged)
    scored = clock()
    applies = coded.table[judged] == APPLIES
    named = named_by(learned, judged, chances)
    shown = first_few(SHOWN_PER_TURN, chances, named)
    return DrawResult(
        macro_f1=Counts.of(named, applies).macro_f1,
        micro_f1=Counts.of(named, applies).micro_f1,
        recall_at_1=recall_at(1, chances, applies),
        recall_at_3=recall_at(3, chances, applies),
        precision_suggested=float((shown & applies).sum() / max(1, shown.sum())),
        share_abstained=float((~shown.any(axis=1)).mean()),
        calibration_error=calibration_error(chances, applies),
        fit_seconds=fitted - begun,
        scoring_seconds=scored - fitted,
        scored_words=sum(len(turns[row].text.split()) for row in judged),
        counts=Counts.of(named, applies),
    )


def named_by(
    learned: LearnedCodes, rows: npt.NDArray[np.intp], chances: Table
) -> npt.NDArray[np.bool_]:
    """Which codes the engine itself would suggest, the limit a turn aside.

    Until codings have taught enough: those with a cue said. Then those at or over the
    one threshold that did best on transcripts held out.
    """
    if not learned.has_learned:
        return learned.meanings.told.taken(rows).cue > 0
    return chances >= best_single_threshold(learned.held_out)
