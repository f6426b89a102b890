"""How far to trust suggestions: tried on the own codes, transcripts held out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from coding.study import Person
from coding.suggestions.evaluation.own_codes import (
    learning_curve,
    report_on_own_codes,
)
from coding.transcripts import Turn
from coding.trusting.rates import FEW
from data.exporters.report_document import ReportTable
from data.problems import DataProblem, DataRefused
from data.rights import Right, require_right
from data.storage import StudyStore
from data.storage.suggesting.trust_storage import KeptTrustReport
from workbench.actions.suggesting import learning
from workbench.wording import counted

Progress = Callable[[float, str], None]
_SHARE_OF_LEARNING = 0.4
_SEED = 2004

HOW = (
    "Each transcript was left out in turn; what the others teach was tried on it.",
    "A suggestion of the trial is right where somebody coded that turn so. What people "
    "left uncoded in transcripts not read through counts neither way.",
    "Precision is how many of the suggestions were right, recall how many of the coded "
    "turns were found, F1 the harmonic mean of the two.",
    "How likely a code must be to be suggested was chosen on the same transcripts, so "
    "new ones may do a little worse.",
)


@dataclass(frozen=True, slots=True)
class ErrorPlace:
    """A turn where trial and coding differ: where it stands, and its words."""

    code: str
    kind: str
    source_id: str
    source_name: str
    turn_number: int
    start: int
    speaker: str
    words: str


def try_on_own_codes(
    store: StudyStore, person: Person, *, progress: Progress | None = None
) -> KeptTrustReport:
    """The report as kept, once all of it is there; stopped, nothing is changed.

    Raises DataRefused where too little is decided to try anything.
    """
    require_right(person, Right.CODE_SOURCES)
    report = progress or (lambda _done, _words: None)
    sources = store.sources.read_all()
    codebook = store.codebook.codebook()
    learned = (
        learning.learn(
            store,
            sources,
            codebook,
            lambda done, words: report(_SHARE_OF_LEARNING * done, words),
        )
        if learning.can_teach(store.lessons.read())
        else None
    )
    if learned is None or not learned.codes.has_learned:
        raise DataRefused(
            [
                DataProblem(
                    "Too little is decided to try suggestions on.",
                    "How far to trust suggestions",
                    "Code two transcripts or more and say that you have read them "
                    "through: what you left teaches too. Nothing was saved.",
                )
            ]
        )
    settings = store.suggestion_settings.read()
    found = report_on_own_codes(
        learned.codes, learning.thresholds_of(learned, settings)
    )
    rest = 1 - _SHARE_OF_LEARNING
    curve = learning_curve(
        learned.codes,
        seed=_SEED,
        clock=time.perf_counter,
        report=lambda done, words: report(_SHARE_OF_LEARNING + rest * done, words),
    )
    report(1.0, "saving")
    names = {one.id: one.name for one in codebook.codes}
    result: dict[str, Any] = {
        "codes": [
            {**asdict(one), "name": names.get(one.code_id, "")} for one in found.codes
        ],
        "bins": [asdict(one) for one in found.bins],
        "macro_f1": found.macro_f1,
        "micro_f1": found.micro_f1,
        "curve": [
            {
                "transcripts": one.coded_transcripts,
                "recall_at_3": one.mean("recall_at_3"),
                "micro_f1": one.mean("micro_f1"),
            }
            for one in curve
        ],
        "precision_asked": settings.precision,
        "transcripts": len({row[0] for row in learned.lessons.applied}),
        "models": learned.in_words,
    }
    store.trust.keep(person.id, learned.engine, result)
    kept = store.trust.newest()
    assert kept is not None, "a report was kept a moment ago"
    return kept


def overall_in_words(kept: KeptTrustReport) -> str:
    """What the trial found, in two sentences of counts."""
    codes = kept.result["codes"]
    suggested, right, applied = (
        sum(one[what] for one in codes) for what in ("suggested", "right", "applied")
    )
    if not suggested:
        return (
            "No code was likely enough anywhere to be suggested as often right as the "
            "settings ask. Suggestions stay silent until more is coded."
        )
    return (
        f"On transcripts held out {right:,} of {suggested:,} suggestions were right, "
        f"and {right:,} of {applied:,} coded turns were found."
    )


def code_table(kept: KeptTrustReport) -> ReportTable:
    """A row a code: how often it was suggested, rightly, and what was missed."""
    rows = []
    for one in sorted(kept.result["codes"], key=lambda one: -one["applied"]):
        few = one["suggested"] < FEW
        note = "Too few to go by" if few else ""
        if not one["applied"]:
            note = "Nobody has coded with it"
        elif not one["suggested"]:
            note = "Silent: never likely enough"
        figures = (
            ("", "", "")
            if not one["suggested"]
            else tuple(f"{one[what]:.2f}" for what in ("precision", "recall", "f1"))
        )
        counts = (str(one[what]) for what in ("applied", "suggested", "right"))
        rows.append((one["name"], *counts, *figures, note))
    return ReportTable(
        "Each code on transcripts held out",
        (
            *("Code", "Turns coded so", "Suggested", "Right"),
            *("Precision", "Recall", "F1", "Note"),
        ),
        tuple(rows),
        number_columns=(1, 2, 3, 4, 5, 6),
    )


def calibration_table(kept: KeptTrustReport) -> ReportTable:
    """Whether what was called likely was: a row for each stretch of likelihood."""
    rows = []
    for one in kept.result["bins"]:
        rows.append(
            (
                f"{_in_ten(one['low'])} to {_in_ten(one['high'])} in 10",
                str(one["number"]),
                str(one["right"]),
                f"{_in_ten(one['right'] / one['number'])} in 10"
                if one["number"]
                else "",
            )
        )
    return ReportTable(
        "Was what was called likely, likely?",
        ("Called likely", "Decisions", "Applied", "Applied in fact"),
        tuple(rows),
        number_columns=(1, 2),
    )


def curve_in_words(kept: KeptTrustReport) -> str:
    """What the learning curve shows, as a sentence; '' where it has no two points."""
    points = kept.result["curve"]
    if len(points) < 2:
        return ""
    first, last = points[0], points[-1]
    return (
        "With no transcript coded the first three codes of a turn hold "
        f"{_in_ten(first['recall_at_3'])} in 10 of those that people gave, with "
        f"{counted(last['transcripts'], 'transcript')} coded "
        f"{_in_ten(last['recall_at_3'])} in 10."
        if not first["transcripts"]
        else ""
    )


def curve_table(kept: KeptTrustReport) -> ReportTable:
    """The learning curve as numbers."""
    rows = tuple(
        (
            str(one["transcripts"]),
            f"{one['recall_at_3']:.2f}",
            f"{one['micro_f1']:.2f}",
        )
        for one in kept.result["curve"]
    )
    return ReportTable(
        "What more coded transcripts bring",
        ("Transcripts coded", "Codes found among the first three", "F1 over all codes"),
        rows,
        number_columns=(0, 1, 2),
    )


def errors(
    store: StudyStore, person: Person, kept: KeptTrustReport, code_id: str
) -> list[ErrorPlace]:
    """Turns where the trial went wrong on a code, with their words as they now stand.

    A source that is gone, or that somebody codes blind by now, is passed over.
    """
    hidden = store.trust.hidden_now() | store.coders.reads_blind(person.id)
    one = next((c for c in kept.result["codes"] if c["code_id"] == code_id), None)
    if one is None:
        return []
    found = []
    for kind, listed in (
        ("Suggested, and nobody coded it so", one["suggested_wrongly"]),
        ("Coded so, and not suggested", one["missed"]),
    ):
        for place in listed:
            if place["source_id"] in hidden:
                continue
            source = store.sources.read(place["source_id"])
            turn = source and _turn(source.transcript.turns, place["turn_number"])
            if not source or not turn:
                continue
            found.append(
                ErrorPlace(
                    one["name"],
                    kind,
                    source.id,
                    source.transcript.name,
                    turn.number,
                    turn.start,
                    turn.speaker,
                    source.transcript.text[turn.start : turn.end],
                )
            )
    return found


def is_out_of_date(store: StudyStore, kept: KeptTrustReport) -> bool:
    """Whether texts, codes or decisions have changed since the report was made."""
    return not kept.engine.endswith(store.lessons.read().state[:12])


def _turn(turns: Sequence[Turn], number: int) -> Turn | None:
    return next((one for one in turns if one.number == number), None)


def _in_ten(share: float) -> str:
    """A share as so many in ten, a half where it is near one.

    >>> _in_ten(0.82), _in_ten(0.06)
    ('8', '1')
    """
    return f"{10 * share:.0f}"
