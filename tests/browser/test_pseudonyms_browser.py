"""Names decided with one key each, in the browser, and kept in the key's file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pseudonym_desk import a_named_desk

from data.storage import StudyStore

_APP = Path(__file__).parents[2] / "workbench" / "app.py"
_LONG = 90_000


@pytest.fixture
def page(serve, empty_store: StudyStore, tmp_path: Path, open_page) -> Page:
    a_named_desk(empty_store)
    app = serve(
        _APP,
        theme={},
        environment={
            "WORKBENCH_STUDY": str(empty_store.database.file),
            "WORKBENCH_FOLDER": str(tmp_path / "folder"),
        },
    )
    page = open_page(f"{app.url}pseudonyms")
    page.set_default_timeout(60_000)
    page.get_by_role("button", name="Priya").click()
    page.get_by_role("button", name="Begin the list of names").click()
    page.get_by_role("button", name="Look for names in 1 source").click()
    page.get_by_role("button", name=re.compile("^Replace")).first.wait_for()
    return page


def _press(page: Page, key: str, said: re.Pattern[str]) -> str:
    """Press a key and give the name that the page says it was about."""
    page.locator('[data-test-script-state="notRunning"]').first.wait_for()
    page.locator("h1").click()
    page.keyboard.press(key)
    told = page.get_by_text(said)
    expect(told).to_be_visible(timeout=_LONG)
    match = said.search(told.inner_text())
    assert match is not None
    return match.group(1)


def _listed(store: StudyStore) -> list[str]:
    return [one.listed.name for one in store.pseudonym_key.open("priya").names]


def test_each_name_is_decided_with_one_key_and_taken_back_with_another(
    page: Page, empty_store: StudyStore
) -> None:
    first = _press(page, "y", re.compile(r"(\w+) is on the list\."))
    assert _listed(empty_store) == [first]
    second = _press(page, "n", re.compile(r"(\w+) is not proposed again\."))
    assert second != first
    _press(page, "z", re.compile(r"(The last decision was taken back)\."))
    assert _listed(empty_store) == [first]
    expect(page.get_by_role("main")).to_contain_text(second)
