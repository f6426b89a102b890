"""Whether suggestions changed how people code: told only where chance decided."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from coding.study import Person
from coding.trusting.drawing import FEWEST_A_SIDE, Difference, difference
from coding.trusting.pace import minutes_at_work
from data.exporters.report_document import ReportTable
from data.storage import StudyStore
from data.storage.suggesting.draw_records import SuggestionDraw
from workbench.actions.coders.agreement import pairs_of_coders, read_agreement
from workbench.wording import counted

_PER_WORDS = 1_000
_HARDLY_CHANCE = 0.05
NO_DRAW = (
    "Nothing can be said yet on whether suggestions change how people code: no "
    "transcripts were drawn by chance. Where coders choose which transcripts they code "
    "with suggestions, a difference may be one of the transcripts."
)
HOW = (
    "Only transcripts of a draw count, and only passes whose coder said that they are "
    "done. A transcript counts once: the mean of its coders.",
    "Time is counted from coding to coding, pauses of more than ten minutes left out; "
    "reading before the first coding is not seen.",
    "Agreement is Krippendorff's alpha of two coders, by sentence, all codes pooled.",
    "Beside each difference stands how often chance alone gives one as large: all ways "
    "in which the draw could have fallen are tried (Fisher 1935).",
)


@dataclass(frozen=True, slots=True)
class Compared:
    """One measure with and without; ``found`` is None where too few count."""

    name: str
    with_count: int
    without_count: int
    found: Difference | None
    digits: int = 1

    @property
    def in_words(self) -> str:
        """The difference in a sentence, or why there is none."""
        if self.found is None:
            return (
                f"{self.name}: {self.with_count} with and {self.without_count} without "
                f"suggestions count so far. It takes {FEWEST_A_SIDE} of each."
            )
        one, other = (
            self._said(self.found.with_mean),
            self._said(self.found.without_mean),
        )
        chance = round(100 * self.found.chance)
        verdict = (
            "chance alone hardly gives that much"
            if self.found.chance <= _HARDLY_CHANCE
            else "chance alone may give that much"
        )
        return (
            f"{self.name}: {one} with suggestions, {other} without; {verdict} "
            f"(in {chance} of 100 draws)."
        )

    def _said(self, value: float) -> str:
        return f"{value:.{self.digits}f}"


def draw_transcripts(
    store: StudyStore, person: Person, source_ids: Sequence[str]
) -> SuggestionDraw:
    """The draw as kept; its seed comes from the computer's own source of chance."""
    return store.draws.draw(person.id, source_ids, seed=secrets.randbelow(1_000_000))


def drawn_in_words(draw: SuggestionDraw) -> str:
    """Who drew what and when, with the number that makes the draw again."""
    with_them = sum(one.with_suggestions for one in draw.sources)
    ended = f" Ended by {draw.ended_by}: {draw.reason}" if draw.ended_at else ""
    return (
        f"{counted(len(draw.sources), 'transcript')} drawn by {draw.drawn_by} on "
        f"{draw.drawn_at:%d/%m/%Y}, {with_them} with suggestions and "
        f"{len(draw.sources) - with_them} without (seed {draw.seed}).{ended}"
    )


def compare_ways(store: StudyStore, person: Person) -> list[Compared]:
    """Codings, time and agreement with and without suggestions; empty with no draw."""
    draws = store.draws.draws()
    # A transcript of several draws was coded the way it fell in the first.
    fell = {
        one.source_id: one.with_suggestions for draw in draws for one in draw.sources
    }
    if not fell:
        return []
    words = {one.id: one.words for one in store.sources.summaries()}
    codings: dict[str, list[float]] = {}
    minutes: dict[str, list[float]] = {}
    for one in store.draws.passes(list(fell), reader_id=person.id):
        thousands = words.get(one.source_id, 0) / _PER_WORDS
        if not one.is_finished or not thousands:
            continue
        codings.setdefault(one.source_id, []).append(len(one.coded_at) / thousands)
        took = minutes_at_work(one.coded_at)
        if took:
            minutes.setdefault(one.source_id, []).append(took / thousands)
    return [
        _compared("Codings for 1,000 words", codings, fell, 1),
        _compared("Minutes for 1,000 words", minutes, fell, 1),
        _compared("Agreement of two coders", _agreement(store, fell), fell, 2),
    ]


def ways_table(compared: Sequence[Compared]) -> ReportTable:
    """A row a measure: both means, how many transcripts, and what chance gives."""
    rows = []
    for one in compared:
        found = one.found
        numbers = (
            ("", "", "")
            if found is None
            else (
                f"{found.with_mean:.{one.digits}f}",
                f"{found.without_mean:.{one.digits}f}",
                f"{round(100 * found.chance)} of 100",
            )
        )
        counts = (str(one.with_count), str(one.without_count))
        rows.append((one.name, *counts, *numbers))
    return ReportTable(
        "With and without suggestions, drawn by chance",
        (
            "Measure",
            "Transcripts with",
            "Transcripts without",
            "Mean with",
            "Mean without",
            "Draws in which chance gives as much",
        ),
        tuple(rows),
        number_columns=(1, 2, 3, 4),
    )


def _compared(
    name: str,
    values: Mapping[str, Sequence[float]],
    fell: Mapping[str, bool],
    digits: int,
) -> Compared:
    sides: dict[bool, list[float]] = {True: [], False: []}
    for source_id in sorted(values):
        sides[fell[source_id]].append(fmean(values[source_id]))
    return Compared(
        name,
        len(sides[True]),
        len(sides[False]),
        difference(sides[True], sides[False]),
        digits,
    )


def _agreement(store: StudyStore, fell: Mapping[str, bool]) -> dict[str, list[float]]:
    found: dict[str, list[float]] = {}
    for pair in pairs_of_coders(store):
        for part in read_agreement(store, pair).report.transcripts:
            if part.id in fell and part.figures and part.figures.alpha is not None:
                found.setdefault(part.id, []).append(part.figures.alpha)
    return found
