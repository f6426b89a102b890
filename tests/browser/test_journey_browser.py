"""The sample study's way in one go: from its own files to the report that left it."""

from __future__ import annotations

import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from browser import journey_analysis as analysis
from browser import journey_release as release
from browser import journey_steps as steps
from browser.app_steps import SLOW
from docx import Document
from lxml import html
from playwright.sync_api import Page, expect
from sample_files import rows, study, transcripts

from data.exporters.report_document import SHAREABLE_MARK

_ROOT = Path(__file__).parents[2]
_HEADING = "Restorative practice with families"
_WHERE = {
    "people": r"Table 1\..*: All, All",
    "sources": r"How it was found out \| Sources$",
    "speaking": rf"Table 4\..*: {_HEADING}, All",
    "cases judged": r"Table 3\..*: All ",
    "pairs judged good": r"Table 3\..*: Good match ",
}
# One person, or one case, could be told apart from the others.
_HIDDEN = (
    r"Table 1\..*: Police partner, All",
    _WHERE["cases judged"],
    _WHERE["pairs judged good"],
)
_BY_SQL = {
    "people": "SELECT COUNT(DISTINCT participant_id) FROM speaker "
    "WHERE participant_id IS NOT NULL",
    "sources": "SELECT COUNT(*) FROM source",
    "cases judged": "SELECT COUNT(DISTINCT contemporary_id) FROM judgement "
    "WHERE taken_back_at IS NULL",
    "pairs judged good": "SELECT COUNT(*) FROM judgement "
    "WHERE taken_back_at IS NULL AND historic_id IS NOT NULL",
    "contemporary": "SELECT COUNT(*) FROM case_file WHERE era = 'contemporary'",
    "historic": "SELECT COUNT(*) FROM case_file WHERE era = 'historic'",
    "pairs": "SELECT COUNT(*) FROM pair",
    "codings": "SELECT COUNT(*) FROM coded_segment WHERE layer = ''",
    "agreed": "SELECT COUNT(*) FROM coded_segment WHERE layer = 'agreed'",
    "speaking": "SELECT COUNT(DISTINCT s.participant_id) FROM coded_segment c "
    'JOIN turn t ON t.source_id = c.source_id AND t.start < c."end" '
    'AND t."end" > c.start '
    "JOIN speaker s ON s.source_id = t.source_id AND s.label = t.speaker "
    "WHERE s.is_interviewer = 0",
}


def words_of_word(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    heads = [p.text for s in document.sections for p in s.header.paragraphs]
    return "\n".join([*(p.text for p in document.paragraphs), *cells, *heads])


def words_of_book(content: bytes) -> str:
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(
        str(cell)
        for sheet in book
        for row in sheet.iter_rows(values_only=True)
        for cell in row
        if cell is not None
    )


def counted_from_rows(path: Path) -> dict[str, int]:
    """Counts by SQL over the study's file, asking none of the app's own code."""
    with closing(sqlite3.connect(path)) as raw:
        return {
            name: raw.execute(query).fetchone()[0] for name, query in _BY_SQL.items()
        }


def printed_numbers(content: bytes) -> dict[str, str]:
    """The numbers of the evidence book that left, by where they are printed."""
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Numbers"]
    rows = sheet.iter_rows(min_row=3, values_only=True)
    return {f"{where} | {what}": str(printed) for _, where, what, printed in rows}


@pytest.fixture
def patient():
    expect.set_options(timeout=SLOW)
    yield
    expect.set_options(timeout=5_000)


@pytest.mark.usefixtures("patient")
@pytest.mark.timeout(3_600)
def test_the_sample_study_goes_from_its_files_to_a_report_that_left_it(
    serve, open_page, tmp_path: Path
) -> None:
    folder = tmp_path / "folder"
    server = serve(
        _ROOT / "workbench" / "served.py",
        environment={"WORKBENCH_FOLDER": str(folder), "WORKBENCH_STUDY": ""},
    )
    page = open_page("about:blank")
    page.set_default_timeout(SLOW)
    page.goto(server.url)

    found = bring_the_sample_in(page, tmp_path)
    judge_and_code(page)
    internal = analyse_and_conclude(page)
    expect(page.get_by_role("button", name="Release it")).to_have_count(0)
    steps.someone_else(page, steps.CODER)
    read = release.read_and_release(page)
    left = release.take_what_left(page)

    assert left["docx"] == read
    counted = counted_from_rows(next(folder.glob("*.sqlite")))
    check_counts(counted, found)
    check_numbers(counted, printed_numbers(internal), printed_numbers(left["xlsx"]))
    check_words(left)


def bring_the_sample_in(page: Page, folder: Path) -> str:
    """Every file of the sample, by the study's lead; what finding matches told."""
    steps.found_the_study(page)
    steps.describe_it_and_add_colleagues(page)
    steps.import_transcripts(page)
    steps.say_who_they_are(page, folder)
    steps.import_codebook(page)
    steps.import_cases(page)
    found = steps.find_matches(page)
    steps.import_indicators_and_surveys(page)
    analysis.give_to_two_blind(page)
    return found


def judge_and_code(page: Page) -> None:
    """A judge on pairs; two coders, one transcript of theirs blind and then settled."""
    steps.someone_else(page, steps.JUDGE)
    steps.judge_a_pair(page)
    steps.find_none_suitable(page)
    steps.someone_else(page, steps.CODER)
    analysis.code_three_transcripts(page)
    analysis.code_blind(page, steps.CODER)
    steps.someone_else(page, steps.SECOND_CODER)
    analysis.code_blind(page, steps.SECOND_CODER)
    analysis.settle_what_they_differ_on(page)


def analyse_and_conclude(page: Page) -> bytes:
    """A cell, a record, minutes, an outcome, a finding; the internal evidence book."""
    steps.someone_else(page, steps.CODER)
    analysis.write_a_cell(page)
    analysis.publish_a_template(page)
    analysis.fill_a_record(page)
    steps.someone_else(page, steps.DEBRIEF)
    release.begin_minutes(page)
    release.put_up_a_hypothesis_with_evidence(page)
    release.close_the_minutes(page)
    release.write_an_outcome(page)
    release.state_how_strong_it_is(page)
    release.make_a_finding_final(page)
    internal = release.take_the_internal_book(page)
    release.ask_for_a_release(page)
    return internal


def check_counts(counted: dict[str, int], found: str) -> None:
    """The study holds the sample whole, and what was told of its pairs is so."""
    cases = [row["era"] for row in rows("cases.csv")]
    coded = [*analysis.CODED.values(), *analysis.READ_BLIND.values()]
    assert counted["people"] == len(study()["participant"])
    assert counted["sources"] == len(transcripts())
    assert counted["contemporary"] == cases.count("contemporary")
    assert counted["historic"] == cases.count("historic")
    assert counted["codings"] == sum(map(len, coded))
    # Of the passage marked alike one, of the other both readings.
    assert counted["agreed"] == 3
    assert (counted["cases judged"], counted["pairs judged good"]) == (2, 1)
    told = re.search(r"(\d+) of (\d+) contemporary .* (\d+) historic", found)
    assert told, found
    assert [int(one) for one in told.groups()] == [
        counted[one] for one in ("pairs", "contemporary", "historic")
    ]


def check_numbers(
    counted: dict[str, int], internal: dict[str, str], left: dict[str, str]
) -> None:
    """What both evidence books print is what the rows say; small numbers stay here."""
    for count, where in _WHERE.items():
        (inside,) = {n for at, n in internal.items() if re.match(where, at)}
        assert inside == str(counted[count]), where
        (outside,) = {n for at, n in left.items() if re.match(where, at)}
        assert outside == ("[c]" if where in _HIDDEN else inside), where
    for where in _HIDDEN:
        assert {n for at, n in left.items() if re.match(where, at)} == {"[c]"}, where


def check_words(left: dict[str, bytes]) -> None:
    """All three files say the same, mark what they are, and name nobody."""
    told = {
        "docx": words_of_word(left["docx"]),
        "html": html.fromstring(left["html"].decode("utf-8")).text_content(),
        "xlsx": words_of_book(left["xlsx"]),
    }
    names = [one["pseudonym"] for one in study()["participant"]]
    references = [row["case_id"] for row in rows("cases.csv")]
    for ending, words in told.items():
        assert SHAREABLE_MARK in words, ending
        assert not [n for n in names if re.search(rf"\b{n}\b", words)], ending
        assert not [n for n in references if n in words], ending
    for ending in ("docx", "html"):
        words = told[ending]
        assert re.search(r"worked out at the table, as \[[a-z ]+\] tells it", words)
        assert "I didn't take the form out of the bag" in words
        assert "Number of children ceasing to be in care" in words
        assert "A parent calls the plan theirs." in words
        assert "[1]" in words
