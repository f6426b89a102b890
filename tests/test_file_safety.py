"""Wrong, hostile and damaged files get an answer in words, and quickly."""

import io
import time
import zipfile

import docx
import openpyxl
import pytest

from data.importers.cases.case_import import read_cases
from data.importers.cases.sampling_import import read_sampling
from data.importers.file_safety import FileKind, kind_of
from data.importers.indicator_import import read_indicators
from data.importers.interviews.codebook_import import read_codebook
from data.importers.interviews.transcript_import import (
    read_comment_table,
    read_transcript,
)
from data.importers.surveys.topline_import import read_toplines
from data.importers.text_table import read_text_table
from data.problems import DataRefused

READERS = [
    read_text_table,
    read_transcript,
    read_comment_table,
    read_codebook,
    read_indicators,
    read_toplines,
    lambda name, content: read_cases([(name, content)], era="historic"),
    lambda name, content: read_sampling([(name, content)], eras={}),
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def a_document(*paragraphs):
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_workbook():
    book = openpyxl.Workbook()
    for row in (["case_id", "era"], ["1", "historic"]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def with_member(content, name, replaced):
    """The zip with one member replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info.filename, old.read(info))
        new.writestr(name, replaced)
    return out.getvalue()


def refusal_of(read, file_name, content):
    before = time.process_time()
    with pytest.raises(DataRefused) as caught:
        read(file_name, content)
    assert time.process_time() - before < 20
    problems = caught.value.problems
    assert problems
    for problem in problems:
        assert problem.found
        assert problem.do_next
        assert file_name in problem.where
    return problems


@pytest.mark.parametrize("read", READERS)
@pytest.mark.parametrize(
    ("file_name", "content", "words"),
    [
        ("a.csv", b"", "empty"),
        ("a.csv", b"  \r\n ", "empty"),
        ("a.txt", b"", "empty"),
        ("a.xlsx", b"", "empty"),
        ("a.csv", b"\x00\x01\x02\x03" * 50, "NUL"),
        ("a.txt", b"case_id,era\nINT: hello\x00there, historic\n", "NUL"),
        ("a.pdf", b"%PDF-1.7 and so on", "a PDF"),
        ("a.csv", b"%PDF-1.7 and so on", "a PDF"),
        ("a.doc", OLE + bytes(600), "older Word or Excel"),
        (
            "a.xlsx",
            OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(90),
            "protected with a password",
        ),
        (
            "a.docx",
            OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(90),
            "protected with a password",
        ),
        ("a.xls", b"<html><table><tr><td>1</td></tr></table></html>", "a web page"),
        ("a.xml", b"<Message><Header/></Message>", "an XML file"),
        ("a.csv", b"PK\x03\x04" + bytes(200), "a zip folder"),
        ("a.csv", a_workbook(), ""),
        ("a.txt", a_document("INT: hello"), ""),
        ("a.docx", b"INT: hello", "though its name says otherwise"),
        ("a.jpg", b"\xff\xd8\xff\xe0" + bytes(300), "neither text nor"),
    ],
)
def test_every_reader_refuses_it_in_words(read, file_name, content, words):
    problems = refusal_of(read, file_name, content)
    assert words in " ".join(p.found for p in problems)


@pytest.mark.parametrize("read", READERS)
def test_a_file_of_two_hundred_megabytes_is_refused_with_size_and_limit(read):
    (problem,) = refusal_of(read, "huge.csv", b"a,b\n" * 50_000_000)
    assert "200.0 MB" in problem.found
    assert "50.0 MB" in problem.found


def test_a_password_says_what_to_do():
    content = OLE + "EncryptedPackage".encode("utf-16-le")
    (problem,) = refusal_of(read_transcript, "a.docx", content)
    assert "copy without the password" in problem.do_next


@pytest.mark.parametrize(
    ("file_name", "content", "member"),
    [
        ("bomb.xlsx", a_workbook(), "xl/worksheets/sheet1.xml"),
        ("bomb.docx", a_document("x"), "word/document.xml"),
        ("bomb.docx", a_document("x"), "word/media/image1.bin"),
    ],
)
@pytest.mark.parametrize("size", [20_000_000, 300_000_000])
def test_a_zip_bomb_is_refused_before_it_unfolds(file_name, content, member, size):
    bomb = with_member(content, member, b"<a>" + b" " * size)
    assert len(bomb) < 1_000_000
    read = read_text_table if file_name.endswith("xlsx") else read_transcript
    (problem,) = refusal_of(read, file_name, bomb)
    assert "100" in problem.found


def test_a_member_that_lies_about_its_size_is_refused():
    content = with_member(a_document("x"), "word/more.xml", b"<a>" + b"b" * 90_000)
    true, false = (90_003).to_bytes(4, "little"), (10).to_bytes(4, "little")
    assert true in content
    problems = refusal_of(read_transcript, "a.docx", content.replace(true, false))
    assert "damaged" in problems[0].found


@pytest.mark.parametrize(
    "name", ["../../evil.xml", "/etc/evil.xml", "C:\\evil.xml", "a\\..\\evil.xml"]
)
def test_members_that_point_outside_are_refused(name):
    content = with_member(a_document("x"), "word/evil.xml", b"<a/>")
    info_name = "word/evil.xml".ljust(len(name), "x")
    content = with_member(a_document("x"), info_name, b"<a/>")
    padded = name.ljust(len(info_name), "x")
    hostile = content.replace(info_name.encode(), padded.encode())
    (problem,) = refusal_of(read_transcript, "a.docx", hostile)
    assert "point outside" in problem.found


def test_a_member_given_twice_is_refused():
    content = with_member(a_document("x"), "word/documenz.xml", b"<a/>")
    hostile = content.replace(b"word/documenz.xml", b"word/document.xml")
    (problem,) = refusal_of(read_transcript, "a.docx", hostile)
    assert "twice" in problem.found


def test_more_members_than_the_limit_are_refused():
    out = io.BytesIO(a_document("x"))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(2_001):
            archive.writestr(f"word/media/{number}.txt", "x")
    (problem,) = refusal_of(read_transcript, "a.docx", out.getvalue())
    assert "at most 2,000" in problem.found


ENTITIES = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>
<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"""


@pytest.mark.parametrize(
    "encoded", [ENTITIES, ENTITIES.decode().encode("utf-16")], ids=["utf-8", "utf-16"]
)
def test_entities_in_a_document_are_refused(encoded):
    content = with_member(a_document("x"), "word/document.xml", encoded)
    (problem,) = refusal_of(read_transcript, "a.docx", content)
    assert "entities" in problem.found


def test_entities_are_refused_under_any_member_name():
    content = with_member(a_document("x"), "word/evil.bin", ENTITIES)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        types = archive.read("[Content_Types].xml").decode()
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.x+xml"
    types = types.replace(
        "</Types>",
        f'<Override PartName="/word/evil.bin" ContentType="{main}"/></Types>',
    )
    content = with_member(content, "[Content_Types].xml", types)
    (problem,) = refusal_of(read_transcript, "a.docx", content)
    assert "entities" in problem.found
    assert "evil.bin" in problem.where


def test_elements_a_hundred_thousand_deep_are_refused():
    deep = b"<a>" * 100_000 + b"</a>" * 100_000
    content = with_member(a_document("x"), "word/document.xml", deep)
    problems = refusal_of(read_transcript, "a.docx", content)
    assert "200 deep" in problems[0].found


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)
CELL = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1">'
        + CELL.format("A1")
        + '</row><row r="1048576">'
        + CELL.format("XFD1048576")
        + "</row>",
        "".join(
            f'<row r="{r}">' + CELL.format(f"A{r}") + f'<c r="XFD{r}"/></row>'
            for r in range(1, 20_001)
        ),
        '<row r="99999999999">' + CELL.format("A99999999999") + "</row>",
        '<row r="x">' + CELL.format("A1") + "</row>",
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
    ],
    ids=["two corners", "wide rows", "beyond the last row", "no number", "no string"],
)
def test_a_workbook_with_cells_at_its_far_ends_is_refused_quickly(rows):
    content = with_member(a_workbook(), "xl/worksheets/sheet1.xml", SHEET.format(rows))
    refusal_of(read_text_table, "sparse.xlsx", content)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("content", [a_workbook(), a_document("INT: x", "P1: y")])
def test_a_file_cut_short_is_refused(content, cut):
    cut_short = content[: int(len(content) * cut)]
    read = read_text_table if b"xl/" in content else read_transcript
    refusal_of(read, "cut", cut_short)


def test_each_byte_changed_in_a_workbook_ends_in_words_or_in_a_table():
    whole = a_workbook()
    ended = {"refused": 0, "read": 0}
    for position in range(0, len(whole), 41):
        changed = bytearray(whole)
        changed[position] ^= 0xFF
        try:
            read_text_table("a.xlsx", bytes(changed))
            ended["read"] += 1
        except DataRefused:
            ended["refused"] += 1
    assert ended["refused"] > 20


def test_files_in_order_pass():
    assert read_text_table("a.xlsx", a_workbook()).rows == (("1", "historic"),)
    assert len(read_transcript("a.docx", a_document("INT: x", "P1: y")).turns) == 2
    assert kind_of(a_workbook()) is FileKind.WORKBOOK
    assert kind_of(a_document()) is FileKind.WORD
