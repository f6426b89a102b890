"""Steps of the journey: a study founded, the sample's own files brought in, paired."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from pathlib import Path

from browser.app_steps import (
    SLOW,
    TRIES,
    NotInTime,
    at_rest,
    give_file,
    go_to,
    pick,
    saved,
    say_who,
)
from playwright.sync_api import Page, expect
from sample_files import SAMPLE, rows, study, transcripts

from coding.study import Role

STUDY = "Alongside in Thirlbrook"
LEAD = "Gwen Akintola"
CODER, SECOND_CODER = "Priya Wetherall", "Idris Penhallow"
JUDGE, DEBRIEF = "Delroy Ashcombe", "Fionnuala Stubbings"
INTERVIEWER = "interviewer"


def found_the_study(page: Page) -> None:
    page.get_by_label("Name of the study").fill(STUDY)
    page.get_by_role("button", name="Make the study").click()
    page.get_by_label("Your name").fill(LEAD)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("heading", level=1, name=STUDY).wait_for()
    at_rest(page)


def describe_it_and_add_colleagues(page: Page) -> None:
    go_to(page, "Study and people", heading="Study and people")
    page.get_by_label("What it is about").fill("Whether help is worked out together.")
    page.get_by_role("button", name="Save", exact=True).click()
    saved(page, "The study's description was saved.")
    for one in study()["person"]:
        if one["name"] == LEAD:
            continue
        page.get_by_label("Name of a colleague").fill(one["name"])
        pick(page, "Role", Role(one["role"]).in_words)
        page.get_by_role("button", name="Add this person").click()
        saved(page, f"{one['name']} was added.")


def import_transcripts(page: Page) -> None:
    files = [SAMPLE / "transcripts" / name for name in transcripts()]
    go_to(page, "Transcripts", heading="Transcripts")
    page.get_by_role("button", name="Add transcripts").click()
    page.get_by_role("heading", level=1, name="Add transcripts").wait_for()
    at_rest(page)
    give_file(page, "Word or text files", *files)
    page.get_by_role("button", name=f"Add {len(files)} transcripts").click()
    saved(page, f"{len(files)} sources added")


def who_speaks() -> list[dict[str, str]]:
    """Who speaks under which label of which file, and what is known of them."""
    known = {one["pseudonym"]: one for one in study()["participant"]}
    return [
        {
            "file": Path(source["file"]).stem,
            "speaker": label,
            "participant": name,
            **{of: known[name].get(of, "") for of in ("role", "team", "locality")},
        }
        for source in study()["source"]
        for label, name in source.get("speakers", {}).items()
        if name != INTERVIEWER
    ]


def say_who_they_are(page: Page, folder: Path) -> None:
    table, told = folder / "who.csv", who_speaks()
    with table.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(told[0]))
        writer.writeheader()
        writer.writerows(told)
    people = len({one["participant"] for one in told})
    sources = len({one["file"] for one in told})
    page.get_by_text("Who is who").first.click()
    give_file(page, "Table of participants", table)
    page.get_by_role("button", name="Apply to the transcripts").click()
    saved(page, f"{people} participants in {sources} sources")


def import_codebook(page: Page) -> None:
    go_to(page, "Codebook", heading="Codebook")
    give_file(page, "Codebook file", SAMPLE / "codebook.csv")
    page.get_by_role("button", name="Save these codes").click()
    saved(page, "Saved.")


def import_cases(page: Page) -> None:
    """All three tables at once, and how each case was chosen."""
    files = ("cases.csv", "events.csv", "notes.csv", "sampling.csv")
    go_to(page, "Cases", heading="Cases")
    give_file(page, "Cases, events and notes", *(SAMPLE / name for name in files))
    page.get_by_role("button", name=f"Add {len(rows('cases.csv'))} cases").click()
    saved(page, f"{len(rows('cases.csv'))} cases")


def find_matches(page: Page) -> str:
    """The sample's plan, taken from its file; what the page says came of it."""
    go_to(page, "What to match", heading="What to match")
    page.get_by_text("The plan as a file").click()
    give_file(page, "Begin from a plan.toml", SAMPLE / "plan.toml")
    page.get_by_role("button", name="Use this plan").click()
    at_rest(page)
    page.get_by_role("button", name="Find matches").click()
    page.get_by_role("link", name="See the balance").wait_for()
    at_rest(page)
    return page.get_by_role("status").filter(has_text="Matches found.").inner_text()


def import_indicators_and_surveys(page: Page) -> None:
    go_to(page, "Indicators", heading="Indicators")
    give_file(page, "A table of indicators", SAMPLE / "indicators.csv")
    page.get_by_role("button", name=re.compile(r"Save these \d+ values")).click()
    saved(page, "values of indicators are in the study")
    give_file(page, "A table of survey results", SAMPLE / "survey_toplines.csv")
    figures = len(rows("survey_toplines.csv"))
    page.get_by_role("button", name=f"Save these {figures} figures").click()
    saved(page, f"Saved: {figures} figures.")


def someone_else(page: Page, name: str) -> None:
    say_who(page, re.compile(name))
    go_to(page, "Home", heading=STUDY)


def choose(page: Page, label: str, option: str | re.Pattern[str]) -> None:
    """Choose one of a list from which several may be chosen, and close it again."""
    pick(page, label, option)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)


def choose_by_words(page: Page, label: str, words: str) -> None:
    """Choose one of a long list, of which only those near are drawn until one types."""
    chosen = page.get_by_role("option", name=words)
    box = page.get_by_role("combobox", name=label)
    for _ in range(TRIES):
        at_rest(page)
        box.click()
        box.fill("")
        page.keyboard.type(words)
        with suppress(NotInTime):
            chosen.click(timeout=SLOW / TRIES)
            break
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)


def judge_a_pair(page: Page) -> None:
    """The first case that waits gets its closest partner, and both files are read."""
    go_to(page, "Judge pairs", heading="Judge pairs")
    page.get_by_role("button", name="Choose this case").first.click()
    page.get_by_role("button", name="✓ Chosen").wait_for()
    at_rest(page)
    page.get_by_role("radiogroup").get_by_text("Good match").click()
    at_rest(page)
    page.get_by_role("textbox", name="Why").fill("Need, age and household are alike.")
    page.get_by_role("button", name="Save and next pair").click()
    page.get_by_text(re.compile(r"Saved: \d+ with \d+\.")).first.wait_for()
    at_rest(page)


def find_none_suitable(page: Page) -> None:
    page.get_by_text("No suitable match", exact=True).click()
    at_rest(page)
    page.get_by_role("textbox", name="Why").fill("Nobody's circumstances are alike.")
    page.get_by_role("button", name="Save and next pair").click()
    page.get_by_text(re.compile(r"Saved: \d+ has no suitable match")).first.wait_for()
    at_rest(page)
