"""Every place where words stand as a table, for work elsewhere."""

from __future__ import annotations

from coding.finding.keyword_in_context import LineOrder
from data.exporters.report_document import ReportTable
from data.storage import StudyStore
from workbench.actions.finding.searching import (
    PlacedLine,
    look_for,
    speaker_in_words,
)

HEADINGS = ("Source", "Turn", "Speaker", "Left", "Keyword", "Right")
_NUMBERS = (1,)


def context_table(
    store: StudyStore, typed: str, words_beside: int, order: LineOrder
) -> ReportTable:
    """A row for each place, all of them, in the order asked for.

    Raises CodingRefused for a search that cannot be read.
    """
    found = look_for(
        store, typed, words_beside=words_beside, order=order, most_turns=None
    )
    return ReportTable("Words", HEADINGS, tuple(map(_row, found.lines)), _NUMBERS)


def _row(one: PlacedLine) -> tuple[str, ...]:
    line, turn = one.line, one.turn
    return (
        turn.source_name,
        str(turn.number),
        speaker_in_words(turn),
        line.left.strip(),
        line.keyword,
        line.right.strip(),
    )
