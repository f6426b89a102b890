"""Reports as files: which endings there are, what they hold, what is refused."""

import csv
import io

import pytest
from debrief_study import a_study_to_debrief
from docx import Document
from openpyxl import load_workbook

from coding.analysis_templates.questions import Question
from coding.framework_matrix.rows import RowsAre
from data.importers.interviews.codebook_import import read_codebook
from data.problems import DataRefused
from data.storage.framework.framework_records import MatrixShape
from workbench.actions.together import reports
from workbench.actions.together.reports import KINDS, write_report


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_written_as_word_with_the_mark_above_every_page(tmp_path, kind):
    store, person = a_study_to_debrief(tmp_path)
    if kind == "matrix":
        codes = tuple(one.id for one in store.codebook.codebook().codes)
        shape = MatrixShape("By theme", RowsAre.PARTICIPANTS, column_ids=codes)
        store.framework.add(person.id, shape)
    if kind == "templates":
        asked = [Question("", "What stays with you?")]
        made = store.analysis_templates.add(person.id, "Record", asked)
        store.analysis_templates.publish(person.id, made)
    path = write_report(store, kind, tmp_path / f"{kind}.docx")
    (section,) = Document(str(path)).sections
    mark = section.header.paragraphs[0].text
    assert mark.startswith("Internal")
    assert "identif" in mark


def _words_in(path):
    document = Document(str(path))
    said = [p.text for p in document.paragraphs]
    said += [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join(said)


def test_the_word_file_says_what_the_document_says(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    path = write_report(store, "debrief", tmp_path / "debrief.docx", person=person)
    written = _words_in(path)
    from datetime import UTC, datetime

    shown = reports.debrief_document(store, person.name, datetime.now(UTC))
    for section in shown.sections:
        assert section.heading in written
    for quotation in shown.quotations():
        assert f"“{quotation.words}”" in written
        assert quotation.said_by in written
    assert "They share need, area and age, but H1 had no school report." in written


def test_pairs_as_a_table_hold_every_contemporary_case(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    path = write_report(store, "pairs", tmp_path / "pairs.csv")
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"))))
    assert [(r["Contemporary case"], r["State"]) for r in rows] == [
        ("C1", "judged pair"),
        ("C2", "no suitable match"),
        ("C3", "no partner under the plan"),
    ]
    assert all(row["Why"] for row in rows)


def test_themes_as_a_workbook_hold_counts_as_numbers(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    path = write_report(store, "themes", tmp_path / "themes.xlsx")
    page = load_workbook(path).active
    assert [cell.value for cell in page[2]][:4] == ["Kind", "Name", "By", "Group"]
    assert [cell.value for cell in page[3]] == [
        "theme",
        "Continuity",
        "all",
        "All",
        3,
        4,
        4,
    ]


def test_a_codebook_written_as_a_table_can_be_read_again(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    path = write_report(store, "codebook", tmp_path / "codebook.csv")
    entries = read_codebook("codebook.csv", path.read_bytes())
    assert [(e.name, e.parent) for e in entries] == [
        ("Continuity", ""),
        ("Same worker", "Continuity"),
        ("Being heard", ""),
        ("Paperwork", ""),
    ]


def test_another_ending_is_refused_with_those_there_are(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    with pytest.raises(DataRefused) as refused:
        write_report(store, "debrief", tmp_path / "debrief.csv")
    (problem,) = refused.value.problems
    assert problem.found == "A report of debrief cannot be written as .csv."
    assert problem.do_next == "End the name in .docx or .html. Nothing was written."
    assert not (tmp_path / "debrief.csv").exists()


def test_a_name_without_ending_is_refused(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    with pytest.raises(DataRefused, match="a name without ending"):
        write_report(store, "pairs", tmp_path / "pairs")


def test_a_kind_that_does_not_exist_is_refused_with_those_that_do(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    with pytest.raises(DataRefused) as refused:
        write_report(store, "plans", tmp_path / "plans.docx")
    assert (
        "pairs, progress, themes, matrix, debrief, codebook"
        in refused.value.problems[0].do_next
    )


def test_a_folder_that_is_not_there_is_told_and_nothing_is_left(tmp_path):
    store, _ = a_study_to_debrief(tmp_path)
    with pytest.raises(DataRefused, match="cannot be written there"):
        write_report(store, "pairs", tmp_path / "nowhere" / "pairs.csv")
    assert not (tmp_path / "nowhere").exists()


def test_the_audit_trail_says_who_took_a_report_away(tmp_path):
    store, person = a_study_to_debrief(tmp_path)
    write_report(store, "pairs", tmp_path / "pairs.html", person=person)
    line = store.audit.lines(limit=1)[0]
    assert (line.action, line.person) == ("report made", "Ama")
    assert line.detail == {"ending": ".html"}
    assert line.about_id == "pairs"


def test_an_empty_study_still_gives_every_report(empty_store, tmp_path):
    for kind in KINDS:
        if kind == "matrix":
            with pytest.raises(DataRefused, match="no matrix yet"):
                write_report(empty_store, kind, tmp_path / "matrix.docx")
            continue
        if kind == "templates":
            with pytest.raises(DataRefused, match="no published analysis template"):
                write_report(empty_store, kind, tmp_path / "records.docx")
            continue
        path = write_report(empty_store, kind, tmp_path / f"{kind}.html")
        assert "Internal: identifies people" in path.read_text(encoding="utf-8")
