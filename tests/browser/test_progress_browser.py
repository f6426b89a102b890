"""Comparing progress in a browser: passages lead to notes, judges stay apart."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from case_desk import some_notes
from progress_desk import a_judged_pair

from matching.case_records import CaseNote
from matching.progress.verdicts import ProgressArea

APP = Path(__file__).parents[2] / "workbench" / "served.py"
REASONING = "We agreed with Mum to bring the family network together first."


@pytest.fixture
def pair(tmp_path, monkeypatch):
    monkeypatch.setattr(
        "case_desk.some_notes",
        lambda: [*some_notes(), CaseNote("C1", "2024-06-01", REASONING)],
    )
    made = a_judged_pair(tmp_path)
    yield made
    made.store.close()


def open_as(pair, serve, open_page, name, folder):
    environment = {"WORKBENCH_STUDY": str(pair.path), "WORKBENCH_FOLDER": str(folder)}
    server = serve(APP, environment=environment)
    page = open_page(f"{server.url}progress")
    page.get_by_role("button", name=re.compile(f"^{name}")).click()
    page.get_by_role("heading", name="Which progressed more effectively?").wait_for()
    return page


def choose(page, area, answer, reason):
    group = page.get_by_role("radiogroup", name=area.in_words)
    group.get_by_text(answer).click()
    name = f"Why, {area.in_words[:1].lower()}{area.in_words[1:]}"
    page.get_by_role("textbox", name=name).fill(reason)


def test_passage_leads_to_its_note_and_saving_is_told_where_the_button_is(
    pair, serve, open_page, tmp_path
):
    page = open_as(pair, serve, open_page, "Ama", tmp_path / "preferences")
    page.locator("blockquote", has_text=REASONING).get_by_role("link").click()
    note = page.locator(".wb-note", has_text=REASONING)
    page.wait_for_timeout(500)
    box = note.bounding_box()
    assert box is not None
    # Below the bar at the top and on the screen.
    assert 50 < box["y"] < 800
    choose(page, ProgressArea.FAMILY, "Contemporary C1 more effective", "Nan came.")
    page.get_by_role("button", name="Save and go on later").click()
    said = page.get_by_role("status").filter(has_text="Saved: 1 of 8 areas judged.")
    said.wait_for()
    button = page.get_by_role("button", name="Save and go on later").bounding_box()
    assert button is not None
    assert abs(said.bounding_box()["y"] - button["y"]) < 200


def test_second_judge_reads_nothing_of_the_first_until_both_are_through(
    pair, serve, open_page, tmp_path
):
    pair.say(pair.lead, "CCCCCCCC")
    page = open_as(pair, serve, open_page, "Ben", tmp_path / "preferences")
    assert "Seen in the notes" not in page.content()
    for area in ProgressArea:
        choose(page, area, "No real difference", "Both much alike.")
    page.get_by_role("button", name="I am through with this pair").click()
    page.get_by_role("heading", name="What you settle together").wait_for()
    text = page.inner_text("body")
    assert text.count("Seen in the notes: C.") == 8
    assert "You differ on 8 areas." in text
