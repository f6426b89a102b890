"""Memos in the browser: nothing in one runs or is fetched, and links lead both ways."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.storage import StudyStore

_APP = Path(__file__).parents[2] / "workbench" / "served.py"
_NASTY = (
    "![a](http://192.0.2.1/a.png) <img src=http://192.0.2.1/x.png onerror=alert(1)> "
    "<script>alert(1)</script> [l](javascript:alert(1))\n\n- **one**\n  - two \u202e"
)


@pytest.fixture
def app(serve, sample_study: StudyStore, tmp_path: Path):
    return serve(
        _APP,
        environment={
            "WORKBENCH_STUDY": str(sample_study.database.file),
            "WORKBENCH_FOLDER": str(tmp_path / "home"),
        },
    )


def _settled(page) -> None:
    """Waits until a page is drawn whole: a link drawn anew misses the press on it."""
    page.wait_for_timeout(300)
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")


def test_a_memo_is_written_linked_deleted_and_brought_back(app, open_page) -> None:
    page = open_page(f"{app.url}memos")
    page.get_by_role("button", name="Delroy Ashcombe").click()
    page.get_by_role("button", name="Write a memo", exact=True).click()
    page.get_by_label("Title (may stay empty)").fill("<b>Mine</b>")
    page.get_by_label("Memo", exact=True).fill(_NASTY + "\n\nSee [[Holding risk]].")
    page.get_by_role("button", name="Preview").click()
    page.get_by_text("Preview, not saved yet").wait_for()
    page.get_by_role("button", name="Save memo").click()
    page.get_by_text("The memo was saved.").wait_for()
    memo = page.locator("article.wb-memo")
    assert memo.locator("h2").inner_text() == "<b>Mine</b>"
    assert memo.locator("li strong").inner_text() == "one"
    assert memo.locator("img, script, a").count() == 0
    assert "![a](http://192.0.2.1/a.png)" in memo.inner_text()
    page.get_by_role("button", name="Delete").click()
    page.get_by_role("button", name="Bring it back").click()
    page.get_by_text("The memo is back.").wait_for()
    page.get_by_role("link", name="Code: Holding risk").first.click()
    expect(page).to_have_url(re.compile(r"/codebook\?code="), timeout=20_000)
    _settled(page)
    # Those about the code, and those that lead to it.
    page.get_by_text("Memos (4)").click()
    _settled(page)
    page.get_by_role("link", name="All 4 on the page Memos").click()
    expect(page).to_have_url(re.compile(r"/memos\?kind=code&about="), timeout=20_000)
    page.get_by_role("heading", name="Where I draw the line").wait_for()
    expect(page.locator("article.wb-memo")).to_have_count(4, timeout=20_000)
