"""Correcting while reading, in the real app: at the turn read, to words chosen."""

from __future__ import annotations

import re

from browser.test_coding_browser import _open, _read_along, serve_study
from browser.test_transcript_pane_browser import drag, eventually, press, wait_saved
from interview_desk import a_desk, a_source, code_words
from playwright.sync_api import expect

from data.storage import StudyStore
from workbench.actions.interviews import corrections

__all__ = ["serve_study"]


def test_correcting_opens_at_the_turn_that_is_read(
    empty_store: StudyStore, serve_study, open_page
) -> None:
    a_desk(empty_store)
    said = "\n".join(
        f"Mum: Turn {n} of a long talk. {'More. ' * 60}" for n in range(30)
    )
    (source,) = empty_store.sources.save("priya", [a_source("Long", said)])
    page = _open(open_page, serve_study(empty_store), f"code?source={source}", "Priya")
    _read_along(page)
    page.locator(".pane-turn").nth(19).evaluate("node => node.scrollIntoView()")
    eventually(
        lambda: page.evaluate("document.querySelector('.pane-read').scrollTop") > 0,
        True,
    )
    page.get_by_role("button", name="Correct the text").click()
    field = page.get_by_role("textbox", name="What Mum said")
    expect(field).to_have_value(re.compile(r"^Turn 19 of"))
    page.get_by_role("link", name="Back to the transcript").click()
    expect(page.locator(".pane-status")).to_contain_text("turn 20")


def test_correcting_opens_right_after_something_was_coded(
    empty_store: StudyStore, serve_study, open_page
) -> None:
    """The page follows a coding a moment later; by then another page is being drawn."""
    source, *_ = a_desk(empty_store)
    page = _open(open_page, serve_study(empty_store), f"code?source={source}", "Priya")
    _read_along(page)
    drag(page, 1, "same", 1, "worker")
    press(page, "1")
    wait_saved(page)
    # Late enough that following would come while the page asked for is being drawn.
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="Correct the text").click()
    expect(page.get_by_role("heading", name=re.compile("^Correct "))).to_be_visible()
    # What came late would empty the page again.
    page.wait_for_timeout(2000)
    expect(page.get_by_role("heading", name=re.compile("^Correct "))).to_be_visible()


def test_a_passage_that_lost_its_place_is_put_on_words_chosen_in_the_text(
    empty_store: StudyStore, serve_study, open_page
) -> None:
    source, _, heard = a_desk(empty_store)
    empty_store.coding.apply("tom", source, [code_words("and she asked", heard)])
    read = empty_store.sources.read(source)
    assert read is not None
    words = {2: "The same worker came every week, he did ask."}
    corrected = corrections.with_turns_corrected(read.transcript, words)
    tom = next(one for one in empty_store.study.people() if one.id == "tom")
    corrections.correct(empty_store, tom, read, corrected, "Misheard")
    page = _open(open_page, serve_study(empty_store), f"code?source={source}", "Tom")
    _read_along(page)
    told = page.get_by_text("1 passage of yours lost its place")
    expect(told).to_be_visible()
    drag(page, 1, "he did", 1, "ask")
    page.get_by_role("button", name="Put Being heard here").click()
    wait_saved(page)
    (kept,) = empty_store.coding.segments(source)
    assert kept.segment.quotation(corrected.text) == "he did ask"
    # What is said above the text follows.
    expect(told).to_be_hidden()
    press(page, "Escape")
    drag(page, 1, "every", 1, "week")
    expect(page.get_by_role("button", name="Put Being heard here")).to_be_hidden()


def test_at_800_wide_the_first_turn_is_seen_without_scrolling(
    empty_store: StudyStore, serve_study, open_page
) -> None:
    a_desk(empty_store)
    page = _open(open_page, serve_study(empty_store), "code", "Di")
    page.set_viewport_size({"width": 800, "height": 900})
    _read_along(page)
    heading = page.get_by_role("heading", name="Read and code")
    expect(heading).to_be_in_viewport()
    first = page.locator(".pane-turn").first
    expect(first).to_be_in_viewport(ratio=1)
    box = first.bounding_box()
    assert box is not None
    # In the upper half, below whatever the role has to be told.
    assert box["y"] < 450
    bar = page.locator("[data-testid=stHeader]").bounding_box()
    top = heading.bounding_box()
    assert bar is not None
    assert top is not None
    assert top["y"] + 4 >= bar["y"] + bar["height"]
