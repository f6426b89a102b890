"""Debrief in a real browser: read a theme, take the Word report away, come back."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser.app_steps import pick
from debrief_study import a_study_to_debrief
from docx import Document

_APP = Path(__file__).parents[2] / "workbench" / "served.py"


@pytest.fixture(scope="module")
def app(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("debrief")
    store, _ = a_study_to_debrief(folder)
    store.close()
    return serve(
        _APP,
        environment={
            "WORKBENCH_STUDY": str(folder / "study.sqlite"),
            "WORKBENCH_FOLDER": str(folder / "settings"),
        },
    )


@pytest.fixture
def open_as_debrief_team(app, open_page):
    def open_place(path: str):
        page = open_page(f"{app.url}{path}")
        chosen = page.get_by_role("button", name="Dee · Debrief team")
        heading = page.get_by_role("heading", level=1)
        chosen.or_(heading.filter(has_not_text="Who are you")).first.wait_for()
        if chosen.count():
            chosen.click()
        return page

    return open_place


def test_the_report_that_is_taken_away_says_what_the_page_says(
    open_as_debrief_team, tmp_path
):
    page = open_as_debrief_team("debrief")
    page.get_by_text("What we are unsure of").wait_for()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download Word").first.click()
    path = tmp_path / "debrief.docx"
    taken.value.save_as(path)
    document = Document(str(path))
    mark = "Internal: identifies people"
    assert document.sections[0].header.paragraphs[0].text.startswith(mark)
    page.get_by_text(mark).first.wait_for()
    for paragraph in document.paragraphs:
        if paragraph.style.name.startswith("Heading"):
            assert page.get_by_role("heading", name=paragraph.text, exact=True).count()


def test_a_quotation_leads_to_its_source(open_as_debrief_team):
    page = open_as_debrief_team("theme")
    page.get_by_role("link", name="Visit 1, turn 1").click()
    page.wait_for_url("**/code?source=*")
    assert "at=" in page.url


def test_a_theme_comes_back_after_a_reload(open_as_debrief_team):
    page = open_as_debrief_team("theme")
    pick(page, "Theme or code", "Being heard")
    page.get_by_text("They read my words back to me").wait_for()
    page.reload()
    page.get_by_role("heading", name="Being heard", exact=True).wait_for()
