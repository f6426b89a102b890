"""What every browser test of the app does: wait until it rests, say who, take files."""

from __future__ import annotations

import re
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Page, expect
from playwright.sync_api import TimeoutError as NotInTime

SLOW = 180_000  # milliseconds: a busy machine counts, reads and writes files meanwhile
TRIES = 20
_AT_REST = '[data-test-script-state="notRunning"]'


def at_rest(page: Page) -> None:
    """Wait until the page is drawn: what is opened while it is drawn closes again."""
    page.locator(_AT_REST).first.wait_for()


def say_who(page: Page, who: str | re.Pattern[str]) -> None:
    """Say who is at work; a window that goes on as somebody is asked anew first."""
    change = page.get_by_role("button", name="Someone else is here")
    chosen = page.get_by_role("button", name=who)
    for _ in range(TRIES):
        chosen.or_(change).first.wait_for()
        at_rest(page)
        if chosen.count():
            break
        # Drawn anew under the press, the button is another one, or is gone already.
        with suppress(NotInTime):
            change.click(timeout=SLOW / TRIES)
            chosen.wait_for(timeout=SLOW / TRIES)
    chosen.click()
    change.wait_for()
    at_rest(page)


def go_to(page: Page, *links: str, heading: str) -> None:
    """Follow links of the side bar and of the row beside, until the page is there."""
    for link in links:
        page.get_by_role("link", name=link, exact=True).first.click()
    page.get_by_role("heading", level=1, name=heading, exact=True).wait_for()
    at_rest(page)


def give_file(page: Page, label: str, *paths: Path) -> None:
    """Give files to the place of that label, as from a folder."""
    place = page.get_by_test_id("stFileUploader").filter(has_text=label)
    place.locator("input[type=file]").set_input_files([str(one) for one in paths])


def pick(page: Page, label: str, option: str | re.Pattern[str]) -> None:
    """Choose from a list; one that is opened while the page is drawn closes again."""
    chosen = page.get_by_role("option", name=option)
    for _ in range(TRIES):
        page.get_by_role("combobox", name=label).click()
        try:
            chosen.wait_for(timeout=SLOW / TRIES)
        except NotInTime:
            continue
        break
    chosen.click()


def take(page: Page, button: str | re.Pattern[str]) -> bytes:
    """The bytes of the file that a button downloads.

    A button that is drawn anew under the press asks for nothing: it is pressed again.
    """
    for _ in range(4):
        at_rest(page)
        try:
            with page.expect_download(timeout=20_000) as taken:
                page.get_by_role("button", name=button).click()
        except NotInTime:
            continue
        return Path(taken.value.path()).read_bytes()
    raise AssertionError(f"no file came from the button {button}")


def saved(page: Page, words: str) -> None:
    """Wait until the page says that something was saved."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
    at_rest(page)
