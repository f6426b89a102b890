"""Every coding a reader may see as one table, a coding a row, for work elsewhere."""

from __future__ import annotations

from data.coding_records import CodedPassage
from data.exporters.report_document import ReportTable
from data.storage import StudyStore
from workbench.actions.rights.consenting import NOT_TO_BE_QUOTED

HEADINGS = (
    *("Source", "Kind", "Wave", "Held on", "Turn", "Speaker", "Pseudonym", "Role"),
    *("Team", "Locality", "Code", "Coder", "Coded at", "Start", "End", "Words"),
)
_NUMBERS = (4, 13, 14)


def codings_table(
    store: StudyStore, reader_id: str, *, source_id: str = ""
) -> ReportTable:
    """The codings of a source, or of the study, by source and place in the text.

    Each coder's own reading, as far as this reader may see it. Positions are code
    points of the source's text, ends exclusive; times are in UTC. The words of whoever
    said that they may not be quoted stay in the study.
    """
    passages = store.coding.passages(
        reader_id=reader_id, source_ids=[source_id] if source_id else None
    )
    return ReportTable(
        "Codings", HEADINGS, tuple(_row(one) for one in passages), _NUMBERS
    )


def _row(one: CodedPassage) -> tuple[str, ...]:
    who = one.participant
    return (
        one.source_name,
        one.kind.in_words,
        one.wave,
        one.held_on,
        str(one.turn_number or ""),
        one.speaker,
        who.pseudonym if who else "",
        who.role if who else "",
        who.team if who else "",
        who.locality if who else "",
        one.code_name,
        one.coder,
        one.coded.coded_at.strftime("%Y-%m-%d %H:%M:%S"),
        str(one.coded.segment.start),
        str(one.coded.segment.end),
        one.quotation if one.may_be_quoted else f"[{NOT_TO_BE_QUOTED}]",
    )
