"""Every reader of chosen files refuses another kind of file in words."""

from __future__ import annotations

import io

import docx
import openpyxl
import pytest

from data.importers.cases.case_import import read_cases
from data.importers.cases.sampling_import import read_sampling
from data.importers.indicator_import import read_indicators
from data.importers.interviews.attributes_import import read_attributes
from data.importers.interviews.codebook_import import read_codebook
from data.importers.interviews.transcript_import import (
    read_comment_table,
    read_transcript,
)
from data.importers.surveys.topline_import import read_toplines
from data.problems import DataRefused

PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
MUSIC = b"ID3\x04\x00\x00\x00\x00\x00\x23TSSE\x00\x00\x00"
RECORDING = b"\x00\x00\x00\x1cftypM4A \x00\x00"
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
OF_TABLES = [
    lambda name, content: read_cases([(name, content)], era="historic"),
    read_attributes,
    read_codebook,
    read_comment_table,
    read_indicators,
    read_toplines,
    lambda name, content: read_sampling([(name, content)], eras={}),
]


def word_document() -> bytes:
    document = docx.Document()
    document.add_paragraph("Interviewer: How was it?")
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def workbook() -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["case_id", "era"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def refusal(read, name, content):
    with pytest.raises(DataRefused) as refused:
        read(name, content)
    (problem,) = refused.value.problems
    assert name in problem.where
    assert problem.do_next
    return problem.found


@pytest.mark.parametrize("read", [*OF_TABLES, read_transcript])
def test_pictures_sound_and_pdfs_are_refused_by_every_reader(read):
    assert "neither text nor a document" in refusal(read, "photo.png", PICTURE)
    assert "neither text nor a document" in refusal(read, "tape.mp3", MUSIC)
    assert "neither text nor a document" in refusal(read, "tape.m4a", RECORDING)
    assert "the file is a PDF" in refusal(read, "letter.pdf", PDF)


@pytest.mark.parametrize("read", OF_TABLES)
def test_a_word_document_is_no_table_whatever_its_name(read):
    for name in ("a.docx", "a.csv", "a.xlsx"):
        assert refusal(read, name, word_document()).startswith(
            "the file is a Word document (.docx); what is read here is plain text or an"
        )


def test_a_workbook_or_a_table_is_no_transcript():
    for name in ("a.xlsx", "a.docx"):
        found = refusal(read_transcript, name, workbook())
        assert found.startswith("the file is an Excel workbook (.xlsx)")
    found = refusal(read_transcript, "survey.csv", b"id,comment\n1,Good\n")
    assert found.startswith("the file is a table")
