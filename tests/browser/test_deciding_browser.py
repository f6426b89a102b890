"""Deciding on suggestions in a real browser: other edges first, reasons after."""

from __future__ import annotations

from browser.pane_store import PaneStore
from browser.test_transcript_pane_browser import (
    EDGE,
    eventually,
    open_card,
    open_pane,
    place_of,
    press,
    server,
    status,
    store,
    stores,
    unmoved,
    wait_saved,
)
from playwright.sync_api import expect

__all__ = ["open_pane", "server", "store", "stores"]

FIRST = "I rang the duty team three times and each time a different worker answered"


def test_a_suggestion_is_accepted_on_other_words_chosen_by_keys(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    page.locator(".pane-read").focus()
    press(page, "j")
    expect(page.locator(".pane-grip-start")).to_be_visible()
    press(page, "}", "[")
    assert "Press A to accept it so." in status(page)
    # Nothing is stored before it is accepted.
    assert store.rows("select count(*) from operation") == [(0,)]
    press(page, "a")
    wait_saved(page)
    assert store.quotations("interview", "Retelling the story") == [
        f"us. {FIRST.removesuffix(' answered')}"
    ]
    # Undone, the suggestion waits again on its own words.
    press(page, "z")
    expect(page.locator(".pane-card-title")).to_contain_text("Retelling the story")
    eventually(lambda: store.quotations("interview", "Retelling the story"), [])
    press(page, "a")
    wait_saved(page)
    assert store.quotations("interview", "Retelling the story") == [FIRST]


def test_the_edges_of_a_suggestion_are_dragged_before_it_is_accepted(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    page.locator(".pane-read").focus()
    press(page, "j")
    grip = page.locator(".pane-grip-end")
    expect(grip).to_be_visible()
    to_x, to_y = place_of(page, 3, "three times", end=True)
    box = unmoved(page, grip.bounding_box)
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(to_x, to_y, steps=6)
    page.mouse.up()
    expect(page.locator(".pane-status")).to_contain_text("Suggestion now on 7 words")
    page.locator(".pane-read").focus()
    press(page, "a")
    wait_saved(page)
    assert store.quotations("interview", "Retelling the story") == [
        "I rang the duty team three times"
    ]


def test_the_grips_stand_at_words_that_were_out_of_sight(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store, width=800, height=640)
    page.locator(".pane-read").focus()
    press(page, "j", "j", "j", "j")
    expect(page.locator(".pane-card-title")).to_contain_text("Thresholds")

    def apart() -> bool:
        x, y = page.evaluate(EDGE, [8, "Thresholds moved", False])
        box = page.locator(".pane-grip-start").bounding_box()
        across = abs(box["x"] + box["width"] / 2 - x)
        return across > 12 or not box["y"] - 12 < y < box["y"] + box["height"] + 12

    eventually(apart, False)


def test_a_reason_is_offered_after_a_rejection_and_never_asked_first(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    page.locator(".pane-read").focus()
    press(page, "j", "x")
    wait_saved(page)
    assert store.rows("select status from suggestion where id='suggestion-0'") == [
        ("rejected",)
    ]
    assert store.rows("select * from because") == []
    expect(page.locator(".pane-because")).to_contain_text(
        "Retelling the story was rejected."
    )
    press(page, "y")
    page.locator("select.pane-why").select_option("other sense")
    page.locator("textarea.pane-why").fill("About the phone line.")
    press(page, "Control+Enter")
    eventually(
        lambda: store.rows("select * from because"),
        [("suggestion-0", "other sense", "About the phone line.")],
    )
    # The keys go on where they were.
    press(page, "a")
    wait_saved(page)
    expect(page.locator(".pane-because")).to_have_count(0)
    assert store.rows("select suggestion from span where suggestion != ''") == [
        ("suggestion-2",)
    ]


def test_what_a_suggestion_rests_on_is_a_key_away_and_no_bare_percentage(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    page.locator(".pane-read").focus()
    press(page, "j")
    reasons = page.locator(".pane-reasons")
    expect(reasons.get_by_text("14 of 20 like this were right")).to_be_hidden()
    reasons.locator("summary").focus()
    press(page, "Enter")
    expect(reasons.get_by_text("14 of 20 like this were right")).to_be_visible()
    expect(reasons).to_contain_text("Explicit: it is said in these words.")
    expect(reasons.locator("q")).to_have_text(
        "Having to tell the story again to another worker."
    )
    like = reasons.get_by_role("link", name="Interview 8, coded by Amira Khan")
    assert like.get_attribute("href") == "code?source=other&at=40"
    assert "%" not in page.inner_text(".pane-card")
    # Read once, they stay open for the next, which has none to show here.
    page.locator(".pane-read").focus()
    press(page, "j")
    expect(page.locator(".pane-reasons")).to_have_count(0)
    press(page, "k")
    expect(reasons.get_by_text("14 of 20 like this were right")).to_be_visible()


def test_more_like_this_leads_from_a_coded_passage(store: PaneStore, open_pane) -> None:
    page = open_pane(store)
    open_card(page, 1, "came every week")
    link = page.get_by_role("link", name="More like this passage of Same worker")
    expect(link).to_be_visible()
    asked = link.get_attribute("href")
    assert asked.startswith("suggestions?view=alike&source=interview&at=")
    assert asked.endswith("&code=code-2")
