"""Every page is found from the side bar or from the row at another page's head."""

from __future__ import annotations

from workbench import app


def _paths() -> list[str]:
    return [path for pages in app._PAGES.values() for _, _, path, _ in pages]


def test_rows_name_pages_that_are_there_each_once() -> None:
    named = [path for first, beside in app._BESIDE.items() for path in (first, *beside)]
    assert set(named) <= set(_paths())
    assert len(named) == len(set(named))


def test_the_side_bar_is_taken_in_at_a_glance() -> None:
    tucked = {path for beside in app._BESIDE.values() for path in beside}
    shown = [path for path in _paths() if path not in tucked]
    assert len(shown) <= 18
    assert not tucked & set(app._BESIDE)
