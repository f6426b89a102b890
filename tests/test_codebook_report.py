"""The codebook's past in its reports, and its decisions in the debrief."""

from __future__ import annotations

from datetime import UTC, datetime

from interview_desk import a_desk, code_words
from openpyxl import load_workbook

from data.importers.interviews.codebook_import import read_codebook
from data.rights import Right
from data.storage import StudyStore
from data.tables import AssignmentRow
from workbench.actions.codebook.decisions import cite, decisions_to_cite
from workbench.actions.together import reports
from workbench.actions.together.reports import write_report


def _a_past(store: StudyStore) -> tuple[str, str]:
    source, same, heard = a_desk(store)
    store.coding.apply("tom", source, [code_words("she asked", same)])
    store.codebook_versions.keep("priya", "First", "Before wave 2.")
    store.code_changes.merge("priya", same, heard, reason="They are one.")
    store.codebook_decisions.decide("priya", "One code", "They overlap", [heard])
    store.codebook_decisions.decide("priya", "Code turns", "Simpler")
    store.codebook_decisions.withdraw("tom", 2, "Too coarse.")
    return source, heard


def test_the_report_tells_decisions_versions_and_history(
    empty_store: StudyStore,
) -> None:
    _a_past(empty_store)
    document = reports.codebook_document(empty_store, "Priya", datetime.now(UTC))
    words = "\n".join(document.words())
    for said in (
        "Merged Same worker into Being heard",
        "1 coding of 1 coder in 1 transcript moved.",
        "They are one.",
        "Before wave 2.",
        "Withdrawn: Too coarse.",
    ):
        assert said in words


def test_a_workbook_holds_the_past_and_can_be_brought_in_again(
    empty_store: StudyStore, tmp_path
) -> None:
    _a_past(empty_store)
    path = write_report(empty_store, "codebook", tmp_path / "codebook.xlsx")
    book = load_workbook(path)
    assert book.sheetnames == ["Report", "Decisions", "Versions", "History"]
    assert [row[0].value for row in book["History"].iter_rows(min_row=2)] == [1, 2, 3]
    entries = read_codebook("codebook.xlsx", path.read_bytes())
    assert [one.name for one in entries] == ["Being heard"]


def test_the_report_counts_nothing_that_is_being_coded_blind(
    empty_store: StudyStore,
) -> None:
    source, _ = _a_past(empty_store)
    with empty_store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        writing.session.add(
            AssignmentRow(
                source_id=source, coder_id="priya", is_blind=True, given_by="lead"
            )
        )
        writing.record("source given", "source", source)
    document = reports.codebook_document(empty_store, "Priya", datetime.now(UTC))
    assert "1 coding of" not in "\n".join(document.words())


def test_the_debrief_cites_decisions_in_force_by_number(
    empty_store: StudyStore,
) -> None:
    _a_past(empty_store)
    document = reports.debrief_document(empty_store, "Priya", datetime.now(UTC))
    (section,) = [s for s in document.sections if s.heading == "Codebook decisions"]
    (table,) = [part for part in section.parts if hasattr(part, "rows")]
    assert [row[0] for row in table.rows] == ["D1"]
    assert table.rows[0][3] == "Being heard"
    (cited,) = decisions_to_cite(empty_store, [2])
    assert cite(cited).startswith("D2: Code turns. Because: Simpler. Priya Wetherall")
    assert "Withdrawn by Tom Ibbotson" in cite(cited)


def test_a_debrief_without_decisions_has_no_such_section(
    empty_store: StudyStore,
) -> None:
    document = reports.debrief_document(empty_store, "Robin", datetime.now(UTC))
    assert "Codebook decisions" not in [one.heading for one in document.sections]
