"""Before and after in a browser: a case is chosen, drawn, and found by address."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from case_desk import ids_of
from long_held import WHY, a_study_with_long_held

APP = Path(__file__).parents[2] / "workbench" / "served.py"


@pytest.fixture
def study(tmp_path):
    store, *_ = a_study_with_long_held(tmp_path)
    yield store, tmp_path
    store.close()


def test_case_is_chosen_drawn_and_found_again_at_both_widths(study, serve, open_page):
    store, folder = study
    case_id = ids_of(store)["L1"]
    environment = {
        "WORKBENCH_STUDY": str(folder / "study.sqlite"),
        "WORKBENCH_FOLDER": str(folder / "preferences"),
    }
    server = serve(APP, environment=environment)
    page = open_page(f"{server.url}before-and-after?choose={case_id}")
    page.get_by_role("button", name=re.compile("^Pat")).click()
    page.get_by_role("textbox", name="Why this case").fill(WHY)
    page.get_by_text("Read case L1, and take it out").click()
    page.get_by_role("button", name="Read the file and compare").click()
    page.get_by_role("heading", name="Case L1").wait_for()
    # Two events and a note before, three events and a note from the split on.
    chart = page.locator("[data-testid=stVegaLiteChart]")
    chart.locator("canvas, svg").first.wait_for()
    assert page.get_by_text("2 events and 1 note").count() >= 1
    # Every kind is named beside its marks: labels without room are drawn unseen.
    unseen = "all => all.filter(one => getComputedStyle(one).opacity === '0').length"
    named = chart.locator(".role-axis-label text")
    assert named.count() > 4
    assert named.evaluate_all(unseen) == 0
    assert f"case={case_id}" in page.url
    for width in (1440, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.reload()
        page.get_by_role("heading", name="Case L1").wait_for()
        page.get_by_text("regression to the mean").wait_for()
        scrolls = "document.documentElement.scrollWidth > window.innerWidth"
        assert not page.evaluate(scrolls)
    page.get_by_text("Read both halves").click()
    page.get_by_text("Asked where I had it wrong. In two places.").wait_for()
