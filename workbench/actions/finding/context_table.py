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
from workbench.actions.rights.consenting import NOT_TO_BE_QUOTED

HEADINGS = ("Source", "Turn", "Speaker", "Left", "Keyword", "Right")
_NUMBERS = (1,)


def context_table(
    store: StudyStore, typed: str, words_beside: int, order: LineOrder
) -> ReportTable:
    """A row for each place, all of them, in the order asked for.

    What whoever may not be quoted says beside the words stays in the study.

    Raises CodingRefused for a search that cannot be read.
    """
    found = look_for(
        store, typed, words_beside=words_beside, order=order, most_turns=None
    )
    return ReportTable("Words", HEADINGS, tuple(map(_row, found.lines)), _NUMBERS)


def _row(one: PlacedLine) -> tuple[str, ...]:
    line, turn = one.line, one.turn
    if turn.participant is not None and not turn.participant.may_be_quoted:
        whose = f"{speaker_in_words(turn)} ({NOT_TO_BE_QUOTED})"
        kept = f"[{NOT_TO_BE_QUOTED}]"
        return (turn.source_name, str(turn.number), whose, "", kept, "")
    return (
        turn.source_name,
        str(turn.number),
        speaker_in_words(turn),
        line.left.strip(),
        line.keyword,
        line.right.strip(),
    )
