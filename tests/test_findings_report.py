"""The report of findings: its numbers counted another way, its parts in every file."""

from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from pathlib import Path

import openpyxl
import pytest
from debrief_study import a_study_to_debrief, a_transcript
from docx import Document
from docx.oxml.ns import qn
from lxml import html
from release_study import DEE, PRIYA, a_final_finding, a_study_to_release, the_report

from coding.transcripts import SourceKind
from data.coding_records import CodingOperation, OperationKind
from data.exporters.report_document import Picture
from data.sources import NewSource
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence, Stance
from data.storage.findings.finding_records import FindingWords
from workbench.actions.findings.findings_report import (
    FindingsReport,
)


def _words(report: FindingsReport) -> str:
    return "\n".join(report.document.words())


@pytest.fixture
def study(empty_store: StudyStore) -> StudyStore:
    a_study_to_release(empty_store)
    a_final_finding(empty_store, ("s10-1",), against=("s31-1",))
    return empty_store


_SPEAKING = """
    SELECT DISTINCT p.id, p.role, p.locality, w.name AS wave
    FROM participant p JOIN speaker s ON s.participant_id = p.id
    JOIN turn t ON t.source_id = s.source_id AND t.speaker = s.label
    JOIN source o ON o.id = s.source_id JOIN wave w ON w.id = o.wave_id
    WHERE s.is_interviewer = 0
"""
_SAYING = """
    SELECT DISTINCT p.id, p.role, p.locality, w.name AS wave
    FROM coded_segment c JOIN code k ON k.id = c.code_id
    JOIN turn t ON t.source_id = c.source_id AND t.start < c."end" AND t."end" > c.start
    JOIN speaker s ON s.source_id = t.source_id AND s.label = t.speaker
    JOIN participant p ON p.id = s.participant_id
    JOIN source o ON o.id = c.source_id JOIN wave w ON w.id = o.wave_id
    WHERE k.name = '{}' AND s.is_interviewer = 0
"""
_TEN = [
    ("Table 1.*: All, All", _SPEAKING, ""),
    ("Table 1.*: Parent, Wave 2", _SPEAKING, "role = 'Parent' AND wave = 'Wave 2'"),
    ("Table 1.*: Manager, All", _SPEAKING, "role = 'Manager'"),
    ("Table 1.*: All, Wave 1", _SPEAKING, "wave = 'Wave 1'"),
    ("Table 2.*: Northwold", _SPEAKING, "locality = 'Northwold'"),
    ("Table 4.*: Trust, All", _SAYING.format("Trust"), ""),
    ("Table 4.*: Trust, Parent", _SAYING.format("Trust"), "role = 'Parent'"),
    ("Table 5.*: Trust, Wave 2", _SAYING.format("Trust"), "wave = 'Wave 2'"),
    ("Table 6.*: Time, Eastham", _SAYING.format("Time"), "locality = 'Eastham'"),
    ("Figure 1.*: Money", _SAYING.format("Money"), ""),
    ("Table 4.*: Paperwork, All", _SAYING.format("Paperwork"), ""),
]


@pytest.mark.parametrize(("where", "rows", "which"), _TEN)
def test_numbers_are_those_counted_from_the_rows_by_sql(
    study, where: str, rows: str, which: str
) -> None:
    report = the_report(study)
    (one,) = [n for n in report.numbers if re.fullmatch(where, n.where)]
    file = study.database.file
    assert file is not None
    with sqlite3.connect(file) as raw:
        condition = f"WHERE {which}" if which else ""
        query = f"SELECT COUNT(DISTINCT id) FROM ({rows}) {condition}"
        (counted,) = raw.execute(query).fetchone()
    assert one.printed == str(counted)
    assert len(one.rows) == counted


def test_judged_cases_are_counted_from_their_judgements(tmp_path: Path) -> None:
    store, _ = a_study_to_debrief(tmp_path)
    report = the_report(store)
    with sqlite3.connect(tmp_path / "study.sqlite") as raw:
        found = dict(
            raw.execute(
                "SELECT suitability, COUNT(*) FROM judgement "
                "WHERE locked_at IS NOT NULL GROUP BY suitability"
            )
        )
    printed = {n.key[1]: n.printed for n in report.numbers if n.key and len(n.key) == 2}
    assert found == {"good_match": 1, "not_comparable": 1}
    assert (printed["good_match"], printed["not_comparable"]) == ("1", "1")
    assert (printed["usable_with_care"], printed["cannot_tell"]) == ("0", "0")
    store.close()


def test_every_numeral_of_a_table_is_in_the_book_with_an_id(study) -> None:
    report = the_report(study)
    book = openpyxl.load_workbook(io.BytesIO(report.as_file(".xlsx")))
    rows = list(book["Numbers"].iter_rows(min_row=3, values_only=True))
    ids = [row[0] for row in rows]
    assert len(ids) == len(set(ids)) > 50
    at_place = {(row[1], str(row[3])) for row in rows}
    tables = 0
    for section in report.document.sections:
        for part in section.parts:
            if getattr(part, "number_columns", ()) and part.caption.startswith("Table"):
                tables += 1
                for row in part.rows:
                    for at in part.number_columns:
                        names = (
                            f"{part.caption}: {row[0]}, {part.headings[at]}",
                            f"{part.caption}: {row[0]}",
                        )
                        assert any((name, row[at]) in at_place for name in names)
    assert tables >= 5


def test_the_book_names_the_rows_behind_each_number(study) -> None:
    report = the_report(study)
    book = openpyxl.load_workbook(io.BytesIO(report.as_file(".xlsx")))
    (money,) = [n for n in report.numbers if n.where.endswith("each theme: Money")]
    found = [
        row[2]
        for row in book["Counted from"].iter_rows(min_row=3, values_only=True)
        if row[0] == money.id
    ]
    assert found == ["P20 (Social worker, Blue, Eastham)"]
    places = [r[5] for r in book["Evidence"].iter_rows(min_row=3, values_only=True)]
    assert places == ["Interview 05 Wave 1, turn 2", "Interview 25 Wave 2, turn 2"]


def test_the_word_file_has_contents_that_word_keeps_and_others_read(study) -> None:
    report = the_report(study)
    content = report.as_file(".docx")
    document = Document(io.BytesIO(content))
    xml = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode("utf-8")
    assert ' TOC \\o "1-2" \\h \\z \\u ' in xml
    kinds = re.findall(r'fldCharType="(\w+)"', xml.split("</w:hyperlink>")[0])
    assert kinds == ["begin", "separate"]
    anchors = re.findall(r'w:anchor="(_Toc\d+)"', xml)
    marks = re.findall(r'w:bookmarkStart [^>]*w:name="(_Toc\d+)"', xml)
    assert anchors == marks
    assert len(anchors) == len(report.document.sections)
    listed = [
        "".join(t.text or "" for t in link.iter(qn("w:t")))
        for link in document.element.body.iter(qn("w:hyperlink"))
    ]
    assert listed == [one.heading for one in report.document.sections]
    (picture,) = document.inline_shapes
    described = picture._inline.docPr.get("descr")
    assert described.startswith("Bar chart. People: Trust 27")


def test_the_web_page_stands_alone_and_can_be_read_by_anybody(study) -> None:
    content = the_report(study).as_file(".html").decode("utf-8")
    page = html.fromstring(content)
    assert page.get("lang") == "en-GB"
    assert not page.xpath("//script|//link|//iframe|//@onclick")
    sources = page.xpath("//img/@src")
    assert len(sources) == 1
    assert all(one.startswith("data:image/png;base64,") for one in sources)
    assert all(one.strip() for one in page.xpath("//img/@alt"))
    assert not re.search(r"(?:https?:)?//(?!www\.w3\.org)[\w.]+\.\w", content)
    for table in page.xpath("//table"):
        assert table.xpath("./caption")
        assert table.xpath("./thead//th[@scope='col']")
        assert all(row.xpath("./th[@scope='row']") for row in table.xpath("./tbody/tr"))
    levels = [int(one.tag[1]) for one in page.xpath("//h1|//h2|//h3")]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in zip(levels, levels[1:], strict=False))
    for link in page.xpath("//nav//a/@href"):
        assert page.xpath(f"//*[@id='{link[1:]}']")


def test_all_files_say_the_same(study) -> None:
    report = the_report(study)
    page = html.fromstring(report.as_file(".html").decode("utf-8")).text_content()
    document = Document(io.BytesIO(report.as_file(".docx")))
    word = "\n".join(
        [p.text for p in document.paragraphs]
        + [c.text for t in document.tables for row in t.rows for c in row.cells]
    )
    said = [words for words in report.document.words() if words]
    assert len(said) > 100
    assert [words for words in said if words not in page] == []
    assert [words for words in said if words not in word] == []


def test_counter_evidence_stands_under_what_does_not_fit(study) -> None:
    words = _words(the_report(study))
    after = words[words.index("What does not fit: Some saw no change.") :]
    assert "P25, Social worker, Wave 2" in after
    assert "[2] Interview 25 Wave 2, turn 2" in after


def test_without_findings_people_or_pairs_it_says_so(empty_store) -> None:
    report = the_report(empty_store)
    words = _words(report)
    for said in (
        "No finding is told here.",
        "Nobody is named as a participant yet.",
        "No cases were paired.",
        "Nothing is cited.",
    ):
        assert said in words
    for ending in (".docx", ".html", ".xlsx"):
        assert report.as_file(ending)


def test_a_theme_nobody_mentions_has_a_bar_of_no_length(study) -> None:
    report = the_report(study)
    (picture,) = [
        part
        for section in report.document.sections
        for part in section.parts
        if isinstance(part, Picture)
    ]
    assert "Paperwork 0" in picture.alternative
    assert picture.png.startswith(b"\x89PNG")


def test_drafts_and_findings_with_only_counter_evidence_are_marked(study) -> None:
    one = study.findings.add(DEE, FindingWords("Time was short."))
    new = NewEvidence(EvidenceKind.CODED_SEGMENT, "s10-1", Stance.AGAINST)
    study.evidence.link(DEE, one.holder, [new])
    words = _words(the_report(study))
    assert "Draft: nobody called this finding final yet." in words
    assert "1 finding still a draft." in words


def test_a_quotation_of_three_thousand_words_is_cut_and_says_so(study) -> None:
    long = " ".join(f"word{n}" for n in range(3_000))
    (source,) = study.sources.save(
        PRIYA, [NewSource(a_transcript("Long", SourceKind.INTERVIEW, (("A", long),)))]
    )
    code = study.codebook.codebook().codes[0].id
    text = study.sources.read(source).transcript.text
    study.coding.apply(
        PRIYA,
        source,
        [
            CodingOperation(
                "long",
                1,
                OperationKind.CODE,
                segment_id="long",
                code_id=code,
                start=text.index("word0"),
                end=text.index("word0") + len(long),
            )
        ],
    )
    one = study.findings.add(DEE, FindingWords("They said much."))
    study.evidence.link(
        DEE, one.holder, [NewEvidence(EvidenceKind.CODED_SEGMENT, "long")]
    )
    words = _words(the_report(study))
    assert "[2850 more words in the source]" in words
    assert "word149" in words
    assert "word150 " not in words
    assert the_report(study).as_file(".docx")
