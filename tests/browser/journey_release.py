"""Steps of the journey: minutes, an outcome, a finding, and the report that leaves."""

from __future__ import annotations

import re

from browser.app_steps import at_rest, go_to, pick, saved, take
from browser.journey_steps import DEBRIEF, STUDY, choose
from playwright.sync_api import Page, expect

_HYPOTHESIS = "Where two services go together, families are less afraid"
_OUTCOME = "Families have more influence on their own plans"
_FINDING = "Help is worked out at the table, as Denise tells it."


def begin_minutes(page: Page) -> None:
    go_to(page, "Debrief", heading="Debrief")
    go_to(page, "Minutes", heading="Minutes")
    choose(page, "Waves it is about", "Wave 2")
    choose(page, "People of the study who took part", re.compile(DEBRIEF))
    page.get_by_role("button", name="Begin the minutes").click()
    saved(page, "The minutes are begun.")


def put_up_a_hypothesis_with_evidence(page: Page) -> None:
    page.get_by_text("Put up a hypothesis", exact=True).click()
    page.get_by_label("Hypothesis", exact=True).fill(_HYPOTHESIS)
    page.get_by_label("What made you think so").fill("Several said so.")
    page.get_by_role("button", name="Put it up").click()
    saved(page, "Put up as H1.")
    page.get_by_role("link", name="Open H1 and add evidence").click()
    page.get_by_role("heading", level=1, name="Hypotheses").wait_for()
    link_quotation(page, "window", "For")


def link_quotation(page: Page, words: str, side: str) -> None:
    """Find the one coded passage with these words, and link it as speaking so."""
    at_rest(page)
    page.get_by_label("Words in the passage").fill(words)
    page.get_by_label("Words in the passage").press("Enter")
    page.get_by_text("1 coded passage by 1 person.").wait_for()
    at_rest(page)
    page.get_by_role("button", name=side, exact=True).click()
    saved(page, "Linked as speaking")


def close_the_minutes(page: Page) -> None:
    go_to(page, "Debrief", heading="Debrief")
    go_to(page, "Minutes", heading="Minutes")
    page.get_by_role("link", name="Open debrief 1").click()
    page.get_by_role("heading", name="Debrief 1, Wave 2").wait_for()
    at_rest(page)
    page.get_by_label("What was agreed on H1").fill("To be followed in wave 3.")
    page.get_by_role("button", name="Save what was agreed").click()
    saved(page, "What was agreed on H1 is saved.")
    page.get_by_role("button", name="Close the minutes").click()
    saved(page, "The minutes are closed.")


def write_an_outcome(page: Page) -> None:
    """One outcome of the logic model, and how strong the evidence for it is."""
    go_to(page, "Findings", heading="Findings")
    go_to(page, "Outcomes", heading="Outcomes")
    page.get_by_role("button", name="Write the logic model").click()
    page.get_by_label("Name", exact=True).fill(_OUTCOME)
    page.get_by_label("Which change is expected").fill("More say the plan is theirs.")
    page.get_by_role("button", name="Add it").click()
    saved(page, "Added as O1.")
    page.get_by_role("link", name="Open O1").click()
    page.get_by_role("heading", name="How strong the evidence is").wait_for()
    link_quotation(page, "felt tip", "For")


def state_how_strong_it_is(page: Page) -> None:
    level = page.get_by_role("radiogroup", name="Level")
    level.get_by_text("Limited", exact=True).click()
    page.get_by_role("textbox", name="What the evidence says").fill(
        "A parent calls the plan theirs."
    )
    page.get_by_role("textbox", name="What limits it").fill("One family.")
    page.get_by_role("textbox", name="What is missing").fill(
        "What the pairs and surveys say of it."
    )
    page.get_by_role("button", name="Save the statement").click()
    saved(page, "The statement was saved.")
    page.get_by_role("button", name="Make it final").click()
    saved(page, "The statement is final.")


def make_a_finding_final(page: Page) -> None:
    go_to(page, "Findings", heading="Findings")
    page.get_by_label("What was found, as one statement").fill(_FINDING)
    page.get_by_role("button", name="Add this finding").click()
    saved(page, "The finding was added as a draft.")
    link_quotation(page, "fridge", "For")
    link_quotation(page, "printout", "Against")
    link_the_judged_pair(page)
    link_an_indicator(page)
    answer_for_it(page)


def link_the_judged_pair(page: Page) -> None:
    page.get_by_role("radiogroup", name="What kind of evidence").get_by_text(
        "Judged pair", exact=True
    ).click()
    pick(page, "Judged pair", re.compile(r"\d{6}"))
    at_rest(page)
    page.get_by_role("button", name="Link as speaking for it").click()
    saved(page, "Linked as speaking")


def link_an_indicator(page: Page) -> None:
    page.get_by_role("radiogroup", name="What kind of evidence").get_by_text(
        "Indicator", exact=True
    ).click()
    pick(page, "Quarter", re.compile(r"2012.13 Q4"))
    at_rest(page)
    page.get_by_role("button", name="Link as speaking for it").click()
    saved(page, "Linked as speaking")


def answer_for_it(page: Page) -> None:
    page.get_by_role("textbox", name="How strong the evidence is").fill("Told alike.")
    page.get_by_role("textbox", name="What does not fit").fill("Not without time.")
    page.get_by_text("What does not fit says all that is linked").click()
    page.get_by_role("button", name="Save these words").click()
    saved(page, "The finding was saved.")
    page.get_by_role("button", name="Make it final").click()
    saved(page, "The finding is final.")


def take_the_internal_book(page: Page) -> bytes:
    go_to(page, "Home", heading=STUDY)
    go_to(page, "Findings", heading="Findings")
    page.get_by_role("heading", name="The internal report").wait_for()
    return take(page, "Download the evidence book")


def ask_for_a_release(page: Page) -> None:
    page.get_by_role("link", name="Let something leave the study").click()
    page.get_by_role("button", name="Look through what would leave").click()
    page.get_by_label("What it is for, and who gets it").fill("For the board.")
    page.get_by_label("What it is for, and who gets it").press("Tab")
    at_rest(page)
    groups = page.get_by_role("radiogroup")
    expect(groups.first).to_be_visible()
    for at in range(groups.count()):
        groups.nth(at).get_by_text("(proposed)").click()
        expect(groups.nth(at).get_by_role("radio", checked=True)).to_have_count(1)
    page.get_by_role("button", name="Ask for this release").click()
    saved(page, "Release 1 was asked for")


def read_and_release(page: Page) -> bytes:
    page.get_by_role("button", name="Read what would leave").click()
    page.get_by_role("heading", level=1, name="Releases").wait_for()
    at_rest(page)
    read = take(page, re.compile(r"Open findings-shareable.*docx"))
    at_rest(page)
    page.get_by_label("Why", exact=True).fill("Read all of it.")
    page.get_by_role("button", name="Release it").click()
    saved(page, "Release 1 was released.")
    return read


def take_what_left(page: Page) -> dict[str, bytes]:
    go_to(page, "Findings", heading="Findings")
    go_to(page, "Releases", heading="Releases")
    page.get_by_role("heading", name="Release 1: released").wait_for()
    return {
        ending: take(page, re.compile(rf"Take findings-shareable.*\.{ending}"))
        for ending in ("docx", "html", "xlsx")
    }
