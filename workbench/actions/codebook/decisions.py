"""Decisions on the codebook: told, cited by number, and put into reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from data.codebook_records import CodebookDecision
from data.exporters.report_document import Paragraph, Part, ReportTable, Section
from data.storage import StudyStore
from workbench.wording import day_in_words, listed

HEADING = "Codebook decisions"


def cite(decision: CodebookDecision) -> str:
    """A decision in one sentence, as a debrief cites it.

    >>> from datetime import datetime
    >>> cite(CodebookDecision(2, "Code turns", "It is simpler.", (), "Kim",
    ...      datetime(2025, 5, 3)))
    'D2: Code turns. Because: It is simpler. Kim, 3 May 2025.'
    """
    day = day_in_words(decision.decided_at.date().isoformat())
    said = (
        f"{decision.label}: {_sentence(decision.words)} Because: "
        f"{_sentence(decision.reason)} {decision.decided_by}, {day}."
    )
    if decision.withdrawn_at is not None:
        day = day_in_words(decision.withdrawn_at.date().isoformat())
        said += (
            f" Withdrawn by {decision.withdrawn_by} on {day}: "
            f"{_sentence(decision.withdrawn_reason)}"
        )
    return said


def decisions_to_cite(
    store: StudyStore, numbers: Sequence[int] | None = None
) -> list[CodebookDecision]:
    """The decisions of those numbers, or every one that is in force."""
    found = store.codebook_decisions.decisions()
    if numbers is None:
        return [one for one in found if one.withdrawn_at is None]
    return [one for one in found if one.number in numbers]


def decisions_section(store: StudyStore) -> list[Section]:
    """The decisions in force as a section of a report; nothing where there is none."""
    found = decisions_to_cite(store)
    if not found:
        return []
    lead = Paragraph(
        "What the researchers decided on codes, by the number it is cited by."
    )
    return [Section(HEADING, (lead, decisions_table(found, code_names(store))))]


def all_decisions_part(store: StudyStore) -> Part:
    """Every decision, withdrawn ones too, as part of the codebook's report."""
    found = store.codebook_decisions.decisions()
    if not found:
        return Paragraph("No decision was recorded.")
    return decisions_table(found, code_names(store))


def decisions_table(
    decisions: Sequence[CodebookDecision], names: Mapping[str, str]
) -> ReportTable:
    """Decisions as a table: number, words, reason, codes, who and when."""
    rows = tuple(
        (
            one.label,
            one.words,
            one.reason,
            listed([names.get(code_id, "a code") for code_id in one.code_ids]),
            f"{one.decided_by}, {day_in_words(one.decided_at.date().isoformat())}",
            f"Withdrawn: {one.withdrawn_reason}" if one.withdrawn_at else "In force",
        )
        for one in decisions
    )
    headings = ("Number", "Decision", "Reason", "Codes", "Who and when", "State")
    return ReportTable("Decisions", headings, rows)


def code_names(store: StudyStore) -> dict[str, str]:
    """What every code is called, retired ones too, by id."""
    codes = (*store.codebook.codebook().codes, *store.codebook.retired().codes)
    return {code.id: code.name for code in codes}


def _sentence(words: str) -> str:
    text = " ".join(words.split())
    return text if text.endswith((".", "?", "!")) else f"{text}."
