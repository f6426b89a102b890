"""All memos in one report: by what they are about, with author, day and quotation."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from openpyxl import load_workbook

from data.storage import StudyStore
from data.storage.memos.memo_records import MemoQuery, NewMemo, Thing
from workbench.actions.memos.memo_report import memos_document, memos_table
from workbench.actions.together.reports import write_report
from workbench.command_line import main

NOW = datetime(2026, 1, 5, tzinfo=UTC)


def _named(store: StudyStore, name: str) -> str:
    return next(one.id for one in store.study.people() if one.name.startswith(name))


def test_the_sample_has_memos_on_several_things_and_linked(
    sample_study: StudyStore,
) -> None:
    found, total = sample_study.memo_reading.find(
        MemoQuery(), reader_id=_named(sample_study, "Gwen")
    )
    assert total >= 5
    assert {one.author.split()[0] for one in found} == {"Priya", "Idris", "Delroy"}
    kinds = {one.about.thing.kind for one in found}
    assert kinds >= {"study", "code", "passage", "case", "memo"}
    things = [told for one in found for told in (one.about, *one.links)]
    assert not [told for told in things if told.is_gone or told.is_hidden]
    assert any(one.linked_from for one in found)
    passages = [one for one in found if one.about.thing.kind == "passage"]
    for one in passages:
        source = sample_study.sources.read(one.memo.source_id)
        assert source is not None
        assert one.about.quotation in source.transcript.text
    # Nothing waits to be taken back in a transcript that nobody has touched.
    for one in passages:
        changes = sample_study.coding.changes(
            one.memo.author_id, one.memo.source_id, most=5
        )
        assert changes == []


def test_the_document_says_what_each_is_about_and_who_wrote_it(
    sample_study: StudyStore,
) -> None:
    document = memos_document(sample_study, "Gwen", NOW)
    headings = [section.heading for section in document.sections]
    assert headings.index("On codes") < headings.index("Holding risk")
    words = "\n".join(document.words())
    for one in sample_study.memo_reading.find(MemoQuery(), reader_id=None)[0]:
        assert one.memo.title in words
        assert one.author in words
    assert "somebody in the house who would have seen if" in words
    assert "There was an entry." in {
        quotation.words.split("anything. ")[-1] for quotation in document.quotations()
    }


def test_only_what_was_asked_for_is_in_the_report(sample_study: StudyStore) -> None:
    delroy = MemoQuery(author_id=_named(sample_study, "Delroy"))
    (row,) = memos_table(sample_study, delroy).rows
    assert "Contemporary case 008821" in row
    words = "\n".join(memos_document(sample_study, "", NOW, delroy).words())
    assert "1 memo, those asked for on the page" in words
    assert "Holding risk" not in words


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".html", ".csv"])
def test_the_command_line_writes_every_form(
    sample_study: StudyStore, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"memos{ending}"
    done = CliRunner().invoke(
        main,
        [
            "report",
            str(sample_study.database.file),
            "--kind",
            "memos",
            "--out",
            str(path),
        ],
    )
    assert done.exit_code == 0, done.output
    content = path.read_bytes()
    if ending == ".docx":
        text = "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
    elif ending == ".xlsx":
        sheet = load_workbook(io.BytesIO(content)).active
        text = "\n".join(str(cell) for row in sheet.values for cell in row)
    else:
        text = content.decode("utf-8")
    assert "Near to whom?" in text
    assert "Delroy Ashcombe" in text


def test_a_memo_s_markup_is_words_in_every_form(
    empty_store: StudyStore, tmp_path: Path
) -> None:
    bad = "=HYPERLINK('http://example.org') <script>alert(1)</script>"
    empty_store.memos.add("lead", Thing("study", "study"), NewMemo(bad, bad))
    page = write_report(empty_store, "memos", tmp_path / "memos.html").read_text(
        "utf-8"
    )
    assert "&lt;script&gt;" in page
    assert "<script" not in page
    book = load_workbook(write_report(empty_store, "memos", tmp_path / "memos.xlsx"))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert bad in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells if cell.value == bad} == {"s"}


def test_a_study_without_memos_still_gives_a_report(empty_store: StudyStore) -> None:
    assert "0 memos" in "\n".join(memos_document(empty_store, "", NOW).words())
    assert memos_table(empty_store).rows == ()
