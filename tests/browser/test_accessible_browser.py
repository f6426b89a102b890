"""What axe finds in our own markup: nothing, in either theme, on full and empty pages.

Rules that Streamlit's own elements break are left aside: they are not ours to mend.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from data.storage import StudyStore

_ROOT = Path(__file__).parents[2]
_PAGES = (
    *("", "cases", "plan", "judge", "progress", "supervise", "balance"),
    *("transcripts", "code", "codebook", "find?what=codes", "find?q=worker"),
    *("suggestions", "trust", "pseudonyms", "people"),
    *("coders", "memos", "matrix", "themes", "indicators", "debrief", "findings"),
    *("releases", "study", "design", "templates"),
    *("hypotheses", "hypotheses?view=room", "minutes", "theme", "saturation"),
    *("outcomes", "outcomes?view=model"),
)
# What Streamlit draws of itself; our markup stands inside these.
_OURS = ".stHtml, .transcript-host, .stBidiComponent, [data-testid=stBidiComponent]"
# Faults that only an author of the page can make, wherever they show.
_OF_THE_PAGE = {"heading-order", "page-has-heading-one"}


def _faults(page: Page) -> list[str]:
    found = []
    for rule in Axe().run(page).response["violations"]:
        for node in rule["nodes"]:
            target = node["target"][0]
            is_ours = rule["id"] in _OF_THE_PAGE or page.evaluate(
                "([target, ours]) => !!document.querySelector(target)?.closest(ours)",
                [target, _OURS],
            )
            if is_ours:
                found.append(f"{rule['id']}: {node['html'][:160]}")
    return found


@pytest.fixture
def open_each(serve: Callable, tmp_path: Path, open_page: Callable) -> Callable:
    """Opens page after page of a study, settled, as one person, in one theme."""

    def walk(store: StudyStore, who: str, theme: str):
        environment = {
            "WORKBENCH_STUDY": str(store.database.file),
            "WORKBENCH_FOLDER": str(tmp_path / "folder"),
        }
        app = _ROOT / "workbench" / "served.py"
        url = serve(app, theme={}, environment=environment).url
        page = open_page(url, color_scheme=theme)
        page.get_by_role("button", name=who).first.click()
        page.get_by_role("button", name="Someone else is here").wait_for()
        for path in _PAGES:
            page.goto(f"{url}{path}")
            page.locator("h1, .pane-turn").first.wait_for()
            page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")
            page.wait_for_timeout(300)
            yield path, page

    return walk


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_no_fault_of_ours_on_a_full_study(
    open_each, sample_study: StudyStore, theme: str
) -> None:
    faults = {
        path: found
        for path, page in open_each(sample_study, "Priya", theme)
        if (found := _faults(page))
    }
    assert faults == {}


def test_the_part_of_a_page_that_is_chosen_is_read_as_well_as_the_others(
    open_each, empty_store: StudyStore
) -> None:
    """Its words were the theme's colour on a shade of it: too faint in the dark."""
    for path, page in open_each(empty_store, "Robin", "dark"):
        if path != "people":
            continue
        parts = page.locator("[data-testid=stButtonGroup] button")
        parts.first.wait_for()
        inks = parts.evaluate_all("all => all.map(one => getComputedStyle(one).color)")
        assert len(inks) > 1
        assert len(set(inks)) == 1
        return
    raise AssertionError("the page with parts is not among those opened")


def test_axe_finds_no_fault_of_ours_on_an_empty_study(
    open_each, empty_store: StudyStore
) -> None:
    faults = {
        path: found
        for path, page in open_each(empty_store, "Robin", "light")
        if (found := _faults(page))
    }
    assert faults == {}
