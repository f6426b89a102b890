"""Steps of the journey: codings, two who code blind, a cell, a record."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress

from browser.app_steps import SLOW, TRIES, NotInTime, at_rest, go_to, pick, saved
from browser.journey_steps import CODER, SECOND_CODER, STUDY, choose_by_words
from browser.test_transcript_pane_browser import press, wait_saved
from playwright.sync_api import Page, expect

TOGETHER, OWN_PLAN, RISK = (
    "Working with families",
    "Family ownership of the plan",
    "Holding risk",
)
# Words of a turn, by transcript, and the code that the turn is put under.
CODED = {
    "wave_1_social_worker_denise": (("take the form out of the bag", TOGETHER),),
    "wave_2_group_ormwick": (
        ("a family fell out and made up", TOGETHER),
        ("I can see their faces", TOGETHER),
        ("somebody should read the families", TOGETHER),
        ("you do the window", TOGETHER),
    ),
    "wave_2_social_worker_callum": (("I'm frightened for him, and I think", TOGETHER),),
}
RECORDED = "wave_1_social_worker_denise"
BLIND = "family_interview_kirsty"
READ_BLIND = {
    CODER: (("in felt tip", OWN_PLAN), ("in with the pigeons", OWN_PLAN)),
    SECOND_CODER: (("in felt tip", OWN_PLAN), ("in with the pigeons", RISK)),
}


def code(page: Page, file: str, places: Iterable[tuple[str, str]]) -> None:
    """Code the turns in which these words stand, by keys once the text is open."""
    places = list(places)
    open_transcript(page, file, places[0][0])
    page.locator(".pane-read").focus()
    for words, name in places:
        press(page, "f")
        page.keyboard.type(words)
        press(page, "Enter", "Escape", "t", "Space")
        page.keyboard.type(name)
        press(page, "Enter")
        wait_saved(page)
        press(page, "Escape")


def open_transcript(page: Page, file: str, words: str) -> None:
    """Choose a transcript until its words are there: a choice made early is lost."""
    text = page.locator(".pane-text").filter(has_text=words)
    for _ in range(TRIES):
        at_rest(page)
        pick(page, "Transcript", file)
        with suppress(NotInTime):
            text.wait_for(timeout=SLOW / TRIES)
            break
    text.wait_for()
    at_rest(page)


def code_three_transcripts(page: Page) -> None:
    go_to(page, "Read and code", heading="Read and code")
    for file, places in CODED.items():
        code(page, file, places)


def give_to_two_blind(page: Page) -> None:
    """One transcript is coded by both embedded researchers, blind to the other."""
    go_to(page, "Two coders", heading="Two coders")
    # It stays chosen for the next one.
    choose_by_words(page, "Transcripts", BLIND)
    for coder in READ_BLIND:
        pick(page, "Coder", coder)
        page.get_by_role("button", name="Give", exact=True).click()
        saved(page, f"{coder} has 1 transcript more.")


def code_blind(page: Page, coder: str) -> None:
    go_to(page, "Read and code", heading="Read and code")
    code(page, BLIND, READ_BLIND[coder])
    go_to(page, "Two coders", heading="Two coders")
    page.get_by_role("button", name="I am done with it").click()
    saved(page, f"You are done with {BLIND}.")


def settle_what_they_differ_on(page: Page) -> None:
    go_to(page, "Home", heading=STUDY)
    go_to(page, "Two coders", heading="Two coders")
    page.get_by_text("Where they differ", exact=True).click()
    at_rest(page)
    page.get_by_role("button", name="Open what each marked").click()
    page.get_by_role("button", name="Take over the 1 passage marked alike").click()
    saved(page, "1 passage taken over.")
    page.get_by_text("Both", exact=True).click()
    at_rest(page)
    why = page.get_by_label("Why", exact=True)
    why.fill("It is their own plan, and the risk is held there.")
    why.press("Enter")
    at_rest(page)
    page.get_by_role("button", name="Save decision").click()
    saved(page, "is kept")
    page.get_by_role("button", name="Let what was settled stand").click()
    saved(page, "What was settled stands.")


def write_a_cell(page: Page) -> None:
    go_to(page, "Themes matrix", heading="Themes matrix")
    page.get_by_role("button", name="Make this matrix").click()
    row = page.locator(".tm-row").filter(has_text="Denise")
    row.wait_for()
    at_rest(page)
    row.locator(".tm-cell").first.click()
    page.get_by_label("Summary").fill("She sits down at the table with them.")
    page.locator(".tm-link").click()
    expect(page.locator(".tm-link")).to_have_text("✓ Linked")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".tm-status")).to_contain_text("saved")


def publish_a_template(page: Page) -> None:
    go_to(page, "Interview records", heading="Interview records")
    page.get_by_role("button", name="Make a template").click()
    question = page.get_by_label("Question 1", exact=True)
    question.fill("How far was the plan the family's own?")
    question.press("Tab")
    at_rest(page)
    page.get_by_role("button", name="Save questions").click()
    saved(page, "The questions are saved.")
    page.get_by_role("button", name="Publish version 1").click()
    saved(page, "Version 1 is published.")


def fill_a_record(page: Page) -> None:
    """One interview's answer, resting on a passage of it."""
    page.get_by_role("button", name=re.compile("^Begin ")).click()
    page.get_by_role("heading", name=re.compile("What it rests on")).wait_for()
    at_rest(page)
    pick(page, "Interview", RECORDED)
    page.get_by_role("heading", level=1, name=RECORDED).wait_for()
    at_rest(page)
    page.get_by_label("Answer", exact=True).fill("It was written at the table.")
    page.locator(".record-reader mark").first.click()
    page.get_by_role("heading", name="What it rests on (1 quotation)").wait_for()
    at_rest(page)
    page.get_by_role("button", name="Save answer").click()
    saved(page, "Saved.")
