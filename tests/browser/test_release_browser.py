"""From a finding to a file that leaves, by two people in two windows."""

from __future__ import annotations

import hashlib
import io
import re
from pathlib import Path

import pytest
from browser.app_steps import SLOW, at_rest, pick, say_who, take
from docx import Document
from playwright.sync_api import Page, expect
from release_study import LEAD, TRUST, a_study_to_release

from coding.study import Person, Role, Study
from data.exporters.report_document import SHAREABLE_MARK
from data.storage import StudyStore

_APP = Path(__file__).parents[2] / "workbench" / "app.py"


@pytest.fixture(scope="module")
def app(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("release")
    store = StudyStore(folder / "study.sqlite")
    store.study.found(
        Study("Autumn review"), Person(LEAD, "Robin Field", Role.STUDY_LEAD)
    )
    a_study_to_release(store)
    store.close()
    return serve(
        _APP,
        environment={
            "WORKBENCH_STUDY": str(folder / "study.sqlite"),
            "WORKBENCH_FOLDER": str(folder / "settings"),
        },
    )


@pytest.fixture(autouse=True)
def _patient():
    expect.set_options(timeout=SLOW)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def open_as(app, open_page):
    def open_place(path: str, who: str) -> Page:
        # An empty page first: the first start of the app takes long on a busy machine.
        page = open_page("about:blank")
        page.set_default_timeout(SLOW)
        page.goto(f"{app.url}{path}")
        say_who(page, who)
        return page

    return open_place


def _make_a_finding_final(dee: Page) -> None:
    dee.get_by_label("What was found, as one statement").fill(
        "Trust grows, as we saw with Shanice."
    )
    dee.get_by_role("button", name="Add this finding").click()
    dee.get_by_role("heading", name="What it rests on").wait_for()
    at_rest(dee)
    dee.get_by_role("button", name="Make it final").click()
    expect(dee.get_by_role("alert")).to_contain_text("No evidence is linked")

    at_rest(dee)
    pick(dee, "Under a theme or code", "Trust")
    dee.get_by_role("button", name="For", exact=True).first.click()
    expect(dee.get_by_text("Linked as speaking for it")).to_be_visible()
    at_rest(dee)
    dee.get_by_role("textbox", name="How strong the evidence is").fill("Strong.")
    dee.get_by_role("button", name="Save these words").click()
    expect(dee.get_by_text("The finding was saved")).to_be_visible()
    at_rest(dee)
    dee.get_by_role("button", name="Make it final").click()
    expect(dee.get_by_text("The finding is final.")).to_be_visible()


def _ask_for_a_release(dee: Page) -> None:
    dee.get_by_role("link", name="Releases").click()
    dee.get_by_role("button", name="Look through what would leave").click()
    dee.get_by_label("What it is for, and who gets it").fill("For the board.")
    dee.get_by_label("What it is for, and who gets it").press("Tab")
    ask = dee.get_by_role("button", name="Ask for this release")
    ask.click()
    expect(dee.get_by_role("alert")).to_contain_text("Nobody decided on it yet")
    groups = dee.get_by_role("radiogroup")
    expect(groups.first).to_be_visible()
    for at in range(groups.count()):
        # The words are what is clicked; the round button lies hidden under them.
        groups.nth(at).get_by_text("(proposed)").click()
        expect(groups.nth(at).get_by_role("radio", checked=True)).to_have_count(1)
    ask.click()
    expect(dee.get_by_text("Release 1 was asked for")).to_be_visible()
    expect(dee.get_by_text("somebody else has to read it")).to_be_visible()
    expect(dee.get_by_role("button", name="Release it")).to_have_count(0)


def test_a_finding_leaves_once_a_second_person_read_the_very_file(open_as) -> None:
    dee = open_as("findings", "Dee · Debrief team")
    _make_a_finding_final(dee)
    _ask_for_a_release(dee)
    priya = open_as("releases", "Priya · Embedded researcher")
    priya.get_by_label("Why", exact=True).fill("Read all of it.")
    priya.get_by_role("button", name="Release it").click()
    expect(priya.get_by_role("alert")).to_contain_text("not opened the files yet")
    read = take(priya, re.compile(r"Open findings-shareable.*docx"))
    priya.get_by_label("Why", exact=True).fill("Read all of it.")
    priya.get_by_role("button", name="Release it").click()
    expect(priya.get_by_text("Release 1 was released")).to_be_visible()

    # A reload would ask who is here, now that two are at work.
    dee.get_by_role("link", name="Findings").first.click()
    dee.get_by_role("link", name="Releases").first.click()
    dee.get_by_role("heading", name="Release 1: released").wait_for()
    left = take(dee, re.compile(r"Take findings-shareable.*docx"))
    assert left == read
    dee.get_by_text("Hashes (SHA-256)").click()
    expect(dee.get_by_text(hashlib.sha256(left).hexdigest())).to_be_visible()
    document = Document(io.BytesIO(left))
    assert SHAREABLE_MARK in document.sections[0].header.paragraphs[0].text
    words = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert re.search(r"Trust grows, as we saw with \[[a-z ]+\]\.", words)
    assert "Shanice" not in words
    assert TRUST in words
