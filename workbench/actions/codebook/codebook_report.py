"""The codebook as a report: codes, decisions, versions and how it came about."""

from __future__ import annotations

from data.codebook_records import CodeChange
from data.exporters.report_document import Paragraph, Part, ReportTable, Section
from data.storage import StudyStore
from workbench.actions.codebook.changes import change_in_words, details_in_words
from workbench.actions.codebook.decisions import HEADING, all_decisions_part
from workbench.wording import day_in_words


def past_sections(store: StudyStore) -> list[Section]:
    """Decisions, versions and history, for anybody to read: what is being coded blind
    is counted nowhere."""
    changes = store.code_changes.changes(reader_id=None)
    return [
        Section(HEADING, (all_decisions_part(store),)),
        Section("Versions of the codebook", (_versions(store),)),
        Section("History of the codebook", (history_part(changes),)),
    ]


def past_tables(store: StudyStore) -> list[tuple[str, ReportTable]]:
    """The same as tables, each with its sheet's name; what is empty is left out."""
    parts = (
        ("Decisions", all_decisions_part(store)),
        ("Versions", _versions(store)),
        ("History", history_part(store.code_changes.changes(reader_id=None))),
    )
    return [(name, part) for name, part in parts if isinstance(part, ReportTable)]


def history_part(changes: list[CodeChange]) -> Part:
    """Every change as a row, oldest first; a sentence where there is none."""
    if not changes:
        return Paragraph("No change was recorded.")
    rows = tuple(
        (
            str(one.number),
            day_in_words(one.done_at.date().isoformat()),
            one.done_by,
            change_in_words(one),
            " ".join(details_in_words(one)),
            one.reason,
            f"Taken back by {one.undone_by}" if one.undone_at else "",
        )
        for one in reversed(changes)
    )
    headings = ("Number", "Day", "Who", "What", "In detail", "Reason", "State")
    return ReportTable("Changes", headings, rows, number_columns=(0,))


def _versions(store: StudyStore) -> Part:
    kept = store.codebook_versions.versions()
    if not kept:
        return Paragraph("No version was kept.")
    rows = tuple(
        (
            one.name,
            day_in_words(one.kept_at.date().isoformat()),
            one.kept_by,
            str(len(one.in_use.codes)),
            one.reason,
        )
        for one in kept
    )
    headings = ("Version", "Day", "Who", "Codes in use", "Reason")
    return ReportTable("Versions", headings, rows, number_columns=(3,))
