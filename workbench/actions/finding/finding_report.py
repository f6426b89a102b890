"""What was found as a Word file or a spreadsheet, with the question and the date."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from coding.finding.code_relations import Relation
from coding.study import Participant
from data.exporters.debrief_report import report_as_word
from data.exporters.report_document import (
    Paragraph,
    Part,
    Quotation,
    ReportDocument,
    ReportTable,
    Section,
)
from data.exporters.table_file import table_as_xlsx
from data.found_passages import FoundPassage, QuotedPassage
from data.storage import StudyStore
from workbench.actions.finding.code_tables import CodeTable
from workbench.actions.rights.consenting import NOT_TO_BE_QUOTED
from workbench.wording import PASSAGES_COUNTED, counted

MOST_IN_WORD = 1_000
"""Quotations of one Word file; a spreadsheet takes them all."""

_HEADINGS = (
    *("Words", "Source", "Kind", "Held on", "Wave", "Turn"),
    *("Pseudonym", "Role", "Team", "Locality", "Codes", "Coder"),
)


def quoted_as(one: QuotedPassage) -> Quotation:
    """A passage as pages and reports show it: whose, when, where, under which codes."""
    whose = "; ".join(map(_who, one.participants))
    if not whose:
        whose = "Interviewer" if one.found.by_interviewer_alone else "Nobody named"
    wave = one.wave or "no wave"
    return Quotation(
        one.words,
        f"{whose}, {wave}",
        f"{reference_in_words(one)}. {', '.join(one.codes)}. "
        f"Coded by {', '.join(one.coders)}",
        one.found.source_id,
        one.found.start,
    )


def _who(one: Participant) -> str:
    told = f"{one.pseudonym}, {one.role}" if one.role else one.pseudonym
    return told if one.may_be_quoted else f"{told} ({NOT_TO_BE_QUOTED})"


def _words_for_a_file(one: QuotedPassage) -> str:
    """The words as a file may hold them: of nobody who said that they may not."""
    may = all(who.may_be_quoted for who in one.participants)
    return one.words if may else f"[{NOT_TO_BE_QUOTED}]"


def reference_in_words(one: QuotedPassage) -> str:
    """Source and turn, as a link to the passage reads."""
    return f"{one.source_name}, turn {one.found.turn_number}"


def quotations_as_word(
    store: StudyStore,
    passages: Sequence[FoundPassage],
    question: str,
    relation: Relation,
    made_by: str,
    made_at: datetime,
) -> bytes:
    """The quotations as a Word file; of very many the first, and how many follow."""
    shown = store.finding.quoted(passages[:MOST_IN_WORD])
    parts: list[Part] = [
        Paragraph(f"{relation.returned} {PASSAGES_COUNTED}", is_note=True)
    ]
    if len(passages) > len(shown):
        parts.append(
            Paragraph(
                f"The first {len(shown):,} of {counted(len(passages), 'passage')} "
                "stand here; the spreadsheet has all of them."
            )
        )
    parts += [replace(quoted_as(one), words=_words_for_a_file(one)) for one in shown]
    return report_as_word(
        _document(store, "Quotations", question, tuple(parts), made_by, made_at)
    )


def quotations_as_xlsx(
    store: StudyStore,
    passages: Sequence[FoundPassage],
    question: str,
    relation: Relation,
    made_by: str,
    made_at: datetime,
) -> bytes:
    """The quotations as a spreadsheet, one a row; the question on a second sheet."""
    rows = tuple(_row(one) for one in store.finding.quoted(passages))
    table = ReportTable("Quotations", _HEADINGS, rows, number_columns=(5,))
    about = (question, relation.returned, PASSAGES_COUNTED)
    return table_as_xlsx(
        table, "Quotations", about=about_lines(store, about, made_by, made_at)
    )


def table_as_word(
    store: StudyStore, table: CodeTable, question: str, made_by: str, made_at: datetime
) -> bytes:
    """A table of codes as a Word file."""
    parts: tuple[Part, ...] = (table.as_report(),)
    if table.note:
        parts = (*parts, Paragraph(table.note, is_note=True))
    return report_as_word(
        _document(store, "Table of codes", question, parts, made_by, made_at)
    )


def table_as_sheet(
    store: StudyStore, table: CodeTable, question: str, made_by: str, made_at: datetime
) -> bytes:
    """A table of codes as a spreadsheet; the question on a second sheet."""
    about = tuple(line for line in (question, table.caption, table.note) if line)
    return table_as_xlsx(
        table.as_report(), "Codes", about=about_lines(store, about, made_by, made_at)
    )


def about_lines(
    store: StudyStore, lines: Sequence[str], made_by: str, made_at: datetime
) -> tuple[str, ...]:
    """What a spreadsheet says of itself on its second sheet."""
    made = _document(store, "", "", (), made_by, made_at).made_in_words
    return (store.study.read().name, *lines, made)


def _row(one: QuotedPassage) -> tuple[str, ...]:
    people = one.participants

    def each(part: str) -> str:
        return "; ".join(dict.fromkeys(getattr(who, part) for who in people)).strip(
            "; "
        )

    return (
        _words_for_a_file(one),
        one.source_name,
        one.kind.in_words,
        one.held_on,
        one.wave,
        str(one.found.turn_number or ""),
        each("pseudonym") or ("Interviewer" if one.found.by_interviewer_alone else ""),
        each("role"),
        each("team"),
        each("locality"),
        "; ".join(one.codes),
        "; ".join(one.coders),
    )


def _document(
    store: StudyStore,
    title: str,
    question: str,
    parts: tuple[Part, ...],
    made_by: str,
    made_at: datetime,
) -> ReportDocument:
    return ReportDocument(
        title,
        store.study.read().name,
        made_by,
        made_at,
        (Section(question, parts),),
    )
