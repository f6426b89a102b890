"""The tree of codes in a real browser: dragged, moved by keys, undone, reloaded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from interview_desk import with_people

from coding.codebook import Code

APP = Path(__file__).parents[2] / "workbench" / "served.py"
_NAMES = ("Power", "Trust", "Voice", "Waiting", "<b>Late</b> \u202enotice")


@pytest.fixture
def study(empty_store, environment):
    store = empty_store
    with_people(store)
    for name in _NAMES:
        store.codebook.add("priya", Code("", name))
    return store, environment


def _order(store) -> list[tuple[int, str]]:
    return [
        (depth, code.name) for depth, code in store.codebook.codebook().in_tree_order()
    ]


def _open(serve, open_page, environment, **options):
    server = serve(APP, environment=environment)
    page = open_page(f"{server.url}codebook", **options)
    page.get_by_role("button", name="Priya Wetherall").click()
    page.locator(".code-tree-row").first.wait_for()
    return page


def _shown(page, names) -> None:
    """Wait until the tree shows these names in this order."""
    page.wait_for_function(
        """names => {
          const rows = [...document.querySelectorAll('.code-tree-name')];
          return JSON.stringify(rows.map(one => one.textContent)) === names;
        }""",
        arg=json.dumps(list(names), separators=(",", ":"), ensure_ascii=False),
    )


def test_fast_keys_move_a_code_as_often_as_they_are_pressed(
    study, serve, open_page
) -> None:
    store, environment = study
    page = _open(serve, open_page, environment)
    page.locator(".code-tree-row", has_text="Power").click()
    for _ in range(3):
        page.keyboard.press("Alt+ArrowDown")
        page.wait_for_timeout(50)
    power, trust, voice, waiting, late = _NAMES
    _shown(page, (trust, voice, waiting, power, late))
    assert [name for _, name in _order(store)] == [trust, voice, waiting, power, late]
    page.keyboard.press("Alt+ArrowRight")
    page.locator('.code-tree-row[aria-level="2"]', has_text="Power").wait_for()
    assert (1, power) in _order(store)
    page.reload()
    page.locator('.code-tree-row[aria-level="2"]', has_text="Power").wait_for()
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_text("Taken back").first.wait_for()
    assert (0, power) in _order(store)


def test_a_code_is_dragged_before_after_and_into_another(
    study, serve, open_page
) -> None:
    store, environment = study
    page = _open(serve, open_page, environment)
    power, trust, voice, waiting, late = _NAMES
    rows = page.locator(".code-tree-row")
    rows.nth(3).drag_to(rows.nth(0), target_position={"x": 60, "y": 4})
    _shown(page, (waiting, power, trust, voice, late))
    rows.nth(0).drag_to(rows.nth(2), target_position={"x": 60, "y": 30})
    _shown(page, (power, trust, waiting, voice, late))
    rows.nth(4).drag_to(rows.nth(1), target_position={"x": 60, "y": 17})
    page.locator('.code-tree-row[aria-level="2"]').wait_for()
    assert _order(store) == [
        *((0, power), (0, trust), (1, late), (0, waiting), (0, voice))
    ]
    assert page.locator(".code-tree b").count() == 0
