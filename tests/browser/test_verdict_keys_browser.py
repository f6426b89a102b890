"""Verdicts by key in a real browser: on the card in turn, and never while typing."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_desk import ids_of, the_sample_study

APP = Path(__file__).parents[2] / "workbench" / "served.py"


@pytest.fixture
def study(tmp_path, monkeypatch):
    store, person = the_sample_study(tmp_path)
    folder = tmp_path / "preferences"
    monkeypatch.setenv("WORKBENCH_FOLDER", str(folder))
    path = str(tmp_path / "study.sqlite")
    from workbench import preferences

    preferences.remember_person(path, person.id)
    yield store, {"WORKBENCH_STUDY": path, "WORKBENCH_FOLDER": str(folder)}
    store.close()


def said(page) -> list[str]:
    return page.locator("p.wb-card[role=status]").all_inner_texts()


def test_keys_judge_the_card_in_turn_and_leave_what_is_typed_alone(
    study, serve, open_page
):
    store, environment = study
    server = serve(APP, environment=environment)
    page = open_page(f"{server.url}judge?case={ids_of(store)['008812']}")
    page.get_by_role("button", name="Ama · Study lead").click()
    page.get_by_role("heading", name="Your decision").wait_for()
    page.get_by_text("Say of each how well").click()
    page.keyboard.press("1")
    page.get_by_text("Your verdict: Good match.").wait_for()
    page.keyboard.press("3")
    page.get_by_text("Your verdict: Not comparable.").wait_for()
    page.keyboard.press("z")
    page.get_by_text("Your verdict: Not comparable.").wait_for(state="detached")
    assert said(page)[0] == "Your verdict: Good match."
    why = page.get_by_role("textbox", name="Why")
    why.click()
    page.keyboard.type("2 of 3, z and y")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Save and next pair").wait_for()
    page.wait_for_timeout(1500)
    assert why.input_value() == "2 of 3, z and y"
    assert said(page)[0] == "Your verdict: Good match."
    assert not [one for one in said(page)[1:] if "Your verdict" in one]
