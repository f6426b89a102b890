"""Finding passages in the browser: from a word or a number to the place it stands."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.storage import StudyStore

_APP = Path(__file__).parents[2] / "workbench" / "served.py"


@pytest.fixture
def app(serve, sample_study: StudyStore, tmp_path: Path):
    return serve(
        _APP,
        environment={
            "WORKBENCH_STUDY": str(sample_study.database.file),
            "WORKBENCH_FOLDER": str(tmp_path / "home"),
        },
    )


def test_a_word_and_a_number_lead_to_their_place(app, open_page) -> None:
    page = open_page(f"{app.url}find")
    page.get_by_role("button", name="Debrief team").click()
    field = page.get_by_role("textbox", name="Words to look for")
    field.fill("“voice note”")
    field.press("Enter")
    page.locator(".wb-line b").first.wait_for()
    assert page.locator(".wb-line b").first.inner_text().lower() == "voice note"
    page.get_by_text("Codes by group").click()
    number = page.locator(".st-key-code-numbers a").first
    number.wait_for()
    people, passages = re.findall(r"\d+", number.inner_text())
    number.click()
    answer = page.get_by_text(f": {passages} passages by {people} people")
    answer.wait_for()
    assert page.locator(".wb-found").count() > 0
    # The row of pages at the head has links too.
    place = "[data-testid=stMain] .stPageLink:not(.st-key-pages-beside *) a"
    page.locator(place).first.click()
    page.wait_for_url(re.compile(r"/code\?source=.*at=\d+"))
    page.go_back()
    answer.wait_for()
