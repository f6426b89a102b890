"""The whole way in one go: from files of a study to the report that left it."""

from __future__ import annotations

import csv
import io
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import openpyxl
import pytest
from browser.app_steps import (
    SLOW,
    at_rest,
    give_file,
    go_to,
    pick,
    saved,
    say_who,
    take,
)
from browser.test_transcript_pane_browser import press, wait_saved
from docx import Document
from lxml import html
from playwright.sync_api import Page, expect

from data.exporters.report_document import SHAREABLE_MARK

_ROOT = Path(__file__).parents[2]
_SAMPLE = _ROOT / "data" / "sample_study"
_FILES = (
    "wave_1_social_worker_denise.txt",
    "wave_1_front_door_terri.txt",
    "wave_2_group_ormwick.txt",
    "wave_2_social_worker_callum.txt",
    "wave_2_health_visitor_bev.txt",
    "wave_3_social_worker_denise.txt",
)
_TOOK_PART = (
    ("wave_1_social_worker_denise", "Denise", "Social worker", "Sallowby"),
    ("wave_1_front_door_terri", "Terri", "Front-door staff", "Borough-wide"),
    ("wave_2_group_ormwick", "Sandeep", "Social worker", "Ormwick"),
    ("wave_2_group_ormwick", "Maureen", "Early help worker", "Ormwick"),
    ("wave_2_group_ormwick", "Wes", "Police partner", "Ormwick"),
    ("wave_2_group_ormwick", "Tolu", "Coordinator", "Borough-wide"),
    ("wave_2_social_worker_callum", "Callum", "Social worker", "Copperhithe"),
    ("wave_2_health_visitor_bev", "Bev", "Health visitor", "Sallowby"),
    ("wave_3_social_worker_denise", "Denise", "Social worker", "Sallowby"),
)
_CODED = {
    "wave_1_social_worker_denise.txt": ("take the form out of the bag",),
    "wave_2_group_ormwick.txt": (
        "a family fell out and made up",
        "I can see their faces",
        "somebody should read the families",
        "you do the window",
    ),
    "wave_2_social_worker_callum.txt": ("I'm frightened for him, and I think",),
}
_HEADING = "Restorative practice with families"
_POLICE = r"Table 1\..*: Police partner, All"
_CODE = "Working with families"
_BY_SQL = {
    "people": "SELECT COUNT(DISTINCT participant_id) FROM speaker "
    "WHERE participant_id IS NOT NULL",
    "sources": "SELECT COUNT(*) FROM source",
    "codings": "SELECT COUNT(*) FROM coded_segment",
    "speaking": "SELECT COUNT(DISTINCT s.participant_id) FROM coded_segment c "
    'JOIN turn t ON t.source_id = c.source_id AND t.start < c."end" '
    'AND t."end" > c.start '
    "JOIN speaker s ON s.source_id = t.source_id AND s.label = t.speaker "
    "WHERE s.is_interviewer = 0",
}
_HYPOTHESIS = "Where two services go together, families are less afraid"
_FINDING = "Help is worked out at the table, as Denise tells it."
_LEAD = "Robin Field"
_STUDY = "Alongside in Thirlbrook"


def found_the_study(page: Page) -> None:
    page.get_by_label("Name of the study").fill(_STUDY)
    page.get_by_role("button", name="Make the study").click()
    page.get_by_label("Your name").fill(_LEAD)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", level=1, name=_STUDY).wait_for()
    at_rest(page)


def describe_it_and_add_colleagues(page: Page) -> None:
    go_to(page, "Study and people", heading="Study and people")
    page.get_by_label("What it is about").fill("Whether help is worked out together.")
    page.get_by_role("button", name="Save", exact=True).click()
    saved(page, "The study's description was saved.")
    for name, role in (
        ("Priya Wetherall", "Embedded researcher"),
        ("Dee Marsh", "Debrief team"),
    ):
        page.get_by_label("Name of a colleague").fill(name)
        pick(page, "Role", role)
        page.get_by_role("button", name="Add this person").click()
        saved(page, f"{name} was added.")


def import_transcripts(page: Page) -> None:
    go_to(page, "Transcripts", heading="Transcripts")
    page.get_by_role("button", name="Add transcripts").click()
    page.get_by_role("heading", level=1, name="Add transcripts").wait_for()
    give_file(
        page, "Word or text files", *(_SAMPLE / "transcripts" / f for f in _FILES)
    )
    page.get_by_role("button", name=f"Add {len(_FILES)} transcripts").click()
    saved(page, f"{len(_FILES)} sources added")


def say_who_they_are(page: Page, folder: Path) -> None:
    table = folder / "who.csv"
    with table.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(("file", "participant", "role", "locality"))
        rows.writerows(_TOOK_PART)
    page.get_by_text("Who is who").first.click()
    give_file(page, "Table of participants", table)
    page.get_by_role("button", name="Apply to the transcripts").click()
    saved(page, "8 participants in 6 sources")


def import_codebook(page: Page, folder: Path) -> None:
    """One heading of the sample's codebook: making its numbers fit is long enough."""
    with (_SAMPLE / "codebook.csv").open(newline="", encoding="utf-8") as file:
        heads, *rows = csv.reader(file)
    part = folder / "codebook.csv"
    with part.open("w", newline="", encoding="utf-8") as file:
        kept = [row for row in rows if _HEADING in row[:2]]
        csv.writer(file).writerows([heads, *kept])
    go_to(page, "Codebook", heading="Codebook")
    give_file(page, "Codebook file", part)
    page.get_by_role("button", name="Save these codes").click()
    saved(page, "Saved.")


def import_indicators(page: Page) -> None:
    go_to(page, "Indicators", heading="Indicators")
    give_file(page, "A table of indicators", _SAMPLE / "indicators.csv")
    page.get_by_role("button", name=re.compile(r"Save these \d+ values")).click()
    saved(page, "values of indicators are in the study")


def code(page: Page, file: str, *places: str) -> None:
    """Code the turns in which these words stand, by keys once the text is open."""
    pick(page, "Transcript", file.removesuffix(".txt"))
    page.locator(".pane-text").filter(has_text=places[0]).wait_for()
    at_rest(page)
    page.locator(".pane-read").focus()
    for words in places:
        press(page, "f")
        page.keyboard.type(words)
        press(page, "Enter", "Escape", "t", "Space")
        page.keyboard.type(_CODE)
        press(page, "Enter")
        wait_saved(page)
        press(page, "Escape")


def someone_else(page: Page, name: str) -> None:
    say_who(page, re.compile(name))
    go_to(page, "Home", heading=_STUDY)


def code_three_transcripts(page: Page) -> None:
    go_to(page, "Read and code", heading="Read and code")
    for file, places in _CODED.items():
        code(page, file, *places)


def write_a_cell(page: Page) -> None:
    go_to(page, "Themes matrix", heading="Themes matrix")
    page.get_by_role("button", name="Make this matrix").click()
    row = page.locator(".tm-row").filter(has_text="Denise")
    row.wait_for()
    at_rest(page)
    row.locator(".tm-cell").first.click()
    page.get_by_label("Summary").fill("She sits down at the table with them.")
    page.locator(".tm-link").click()
    expect(page.locator(".tm-link")).to_have_text("✓ Linked")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".tm-status")).to_contain_text("saved")


def choose(page: Page, label: str, option: str | re.Pattern[str]) -> None:
    """Choose one of a list from which several may be chosen, and close it again."""
    pick(page, label, option)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)


def begin_minutes(page: Page) -> None:
    go_to(page, "Debrief", "Minutes", heading="Minutes")
    choose(page, "Waves it is about", "Wave 2")
    choose(page, "People of the study who took part", re.compile("Dee Marsh"))
    page.get_by_role("button", name="Begin the minutes").click()
    saved(page, "The minutes are begun.")


def put_up_a_hypothesis_with_evidence(page: Page) -> None:
    page.get_by_text("Put up a hypothesis", exact=True).click()
    page.get_by_label("Hypothesis", exact=True).fill(_HYPOTHESIS)
    page.get_by_label("What made you think so").fill("Several said so.")
    page.get_by_role("button", name="Put it up").click()
    saved(page, "Put up as H1.")
    page.get_by_role("link", name="Open H1 and add evidence").click()
    page.get_by_role("heading", level=1, name="Hypotheses").wait_for()
    link_quotation(page, "window", "For")


def link_quotation(page: Page, words: str, side: str) -> None:
    """Find the one coded passage with these words, and link it as speaking so."""
    at_rest(page)
    page.get_by_label("Words in the passage").fill(words)
    page.get_by_label("Words in the passage").press("Enter")
    page.get_by_text("1 coded passage by 1 person.").wait_for()
    at_rest(page)
    page.get_by_role("button", name=side, exact=True).click()
    saved(page, "Linked as speaking")


def close_the_minutes(page: Page) -> None:
    go_to(page, "Debrief", "Minutes", heading="Minutes")
    page.get_by_role("link", name="Open debrief 1").click()
    page.get_by_role("heading", name="Debrief 1, Wave 2").wait_for()
    at_rest(page)
    page.get_by_label("What was agreed on H1").fill("To be followed in wave 3.")
    page.get_by_role("button", name="Save what was agreed").click()
    saved(page, "What was agreed on H1 is saved.")
    page.get_by_role("button", name="Close the minutes").click()
    saved(page, "The minutes are closed.")


def make_a_finding_final(page: Page) -> None:
    go_to(page, "Findings", heading="Findings")
    page.get_by_label("What was found, as one statement").fill(_FINDING)
    page.get_by_role("button", name="Add this finding").click()
    saved(page, "The finding was added as a draft.")
    link_quotation(page, "fridge", "For")
    link_quotation(page, "printout", "Against")
    answer_for_it(page)


def answer_for_it(page: Page) -> None:
    page.get_by_role("textbox", name="How strong the evidence is").fill("Told alike.")
    page.get_by_role("textbox", name="What does not fit").fill("Not without time.")
    page.get_by_text("What does not fit says all that is linked").click()
    page.get_by_role("button", name="Save these words").click()
    saved(page, "The finding was saved.")
    page.get_by_role("button", name="Make it final").click()
    saved(page, "The finding is final.")


def ask_for_a_release(page: Page) -> None:
    page.get_by_role("link", name="Releases").click()
    page.get_by_role("button", name="Look through what would leave").click()
    page.get_by_label("What it is for, and who gets it").fill("For the board.")
    page.get_by_label("What it is for, and who gets it").press("Tab")
    at_rest(page)
    groups = page.get_by_role("radiogroup")
    expect(groups.first).to_be_visible()
    for at in range(groups.count()):
        groups.nth(at).get_by_text("(proposed)").click()
        expect(groups.nth(at).get_by_role("radio", checked=True)).to_have_count(1)
    page.get_by_role("button", name="Ask for this release").click()
    saved(page, "Release 1 was asked for")


def read_and_release(page: Page) -> bytes:
    page.get_by_role("button", name="Read what would leave").click()
    page.get_by_role("heading", level=1, name="Releases").wait_for()
    at_rest(page)
    read = take(page, re.compile(r"Open findings-shareable.*docx"))
    at_rest(page)
    page.get_by_label("Why", exact=True).fill("Read all of it.")
    page.get_by_role("button", name="Release it").click()
    saved(page, "Release 1 was released.")
    return read


def take_what_left(page: Page) -> dict[str, bytes]:
    go_to(page, "Findings", heading="Findings")
    go_to(page, "Releases", heading="Releases")
    page.get_by_role("heading", name="Release 1: released").wait_for()
    return {
        ending: take(page, re.compile(rf"Take findings-shareable.*\.{ending}"))
        for ending in ("docx", "html", "xlsx")
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


def counted_from_rows(study: Path) -> dict[str, int]:
    """Counts by SQL over the study's file, asking none of the app's own code."""
    with closing(sqlite3.connect(study)) as raw:
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
def test_a_study_goes_from_files_to_a_report_that_left_it(
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
    found_the_study(page)
    describe_it_and_add_colleagues(page)
    import_transcripts(page)
    say_who_they_are(page, tmp_path)
    import_codebook(page, tmp_path)
    import_indicators(page)
    someone_else(page, "Priya Wetherall")
    code_three_transcripts(page)
    write_a_cell(page)
    someone_else(page, "Dee Marsh")
    begin_minutes(page)
    put_up_a_hypothesis_with_evidence(page)
    close_the_minutes(page)
    make_a_finding_final(page)
    ask_for_a_release(page)
    expect(page.get_by_role("button", name="Release it")).to_have_count(0)
    someone_else(page, "Priya Wetherall")
    read = read_and_release(page)
    left = take_what_left(page)

    assert left["docx"] == read
    study = next(folder.glob("*.sqlite"))
    check_what_left(left, counted_from_rows(study))


def check_what_left(left: dict[str, bytes], counted: dict[str, int]) -> None:
    told = {
        "docx": words_of_word(left["docx"]),
        "html": html.fromstring(left["html"].decode("utf-8")).text_content(),
        "xlsx": words_of_book(left["xlsx"]),
    }
    names = {name for _, name, _, _ in _TOOK_PART}
    for ending, words in told.items():
        assert SHAREABLE_MARK in words, ending
        assert not [n for n in names if re.search(rf"\b{n}\b", words)], ending
    for ending in ("docx", "html"):
        words = told[ending]
        assert re.search(r"worked out at the table, as \[[a-z ]+\] tells it", words)
        assert "I didn't take the form out of the bag" in words
        assert "[1]" in words
    assert counted == {"people": 8, "sources": 6, "codings": 6, "speaking": 6}
    numbers = printed_numbers(left["xlsx"])
    for where, count in (
        (r"Table 1\..*: All, All", "people"),
        (r"How it was found out \| Sources$", "sources"),
        (rf"Table 4\..*: {_HEADING}, All", "speaking"),
    ):
        (printed,) = {n for at, n in numbers.items() if re.match(where, at)}
        assert printed == str(counted[count]), where
    # Whom nobody could be told apart from is hidden: one person is a small number.
    (hidden,) = {n for at, n in numbers.items() if re.match(_POLICE, at)}
    assert hidden == "[c]"
