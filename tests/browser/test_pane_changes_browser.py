"""Changing what is coded, in a real browser: undo over a reload, edges, memos, keys."""

from __future__ import annotations

import re

import pytest
from browser.pane_store import INTERVIEW, PaneStore
from browser.test_transcript_pane_browser import (
    drag,
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

SPANS = "select id, start, end, code from span order by id"


def test_changes_are_undone_and_done_again_after_a_reload(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    before = store.rows(SPANS)
    drag(page, 6, "He did", 6, "any of us")
    press(page, "1", "Escape", "Escape", "j", "x")
    wait_saved(page)
    after = store.rows(SPANS)
    page.reload()
    page.wait_for_selector(".pane-turn")
    undo = page.get_by_role("button", name="Undo: Retelling the story rejected")
    undo.wait_for()
    page.locator(".pane-read").focus()
    press(page, "z")
    expect(page.locator(".pane-card")).to_contain_text("Retelling the story")
    assert "Undone: Retelling the story rejected." in status(page)
    press(page, "Control+z")
    eventually(lambda: store.rows(SPANS), before)
    page.reload()
    page.wait_for_selector(".pane-turn")
    page.get_by_role("button", name="Redo: Late notice on 7 words").click()
    eventually(lambda: store.rows(SPANS), after)
    expect(page.locator("mark", has_text="He did more")).to_have_count(1)
    press(page, "Shift+Z")
    eventually(
        lambda: store.rows("select count(*) from suggestion where status='rejected'"),
        [(1,)],
    )
    # A new change ends what can be done again.
    press(page, "Control+z")
    expect(page.get_by_role("button", name=re.compile("^Redo"))).to_be_visible()
    drag(page, 6, "He did", 6, "any of us")
    press(page, "2")
    expect(page.get_by_role("button", name=re.compile("^Redo"))).to_be_hidden()


def test_a_coded_passage_gets_another_code_and_other_edges(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    open_card(page, 3, "feeling")
    press(page, "e")
    page.keyboard.type("housng")
    press(page, "Enter")
    assert "Housing instead of Being heard" in status(page)
    wait_saved(page)
    words = "I remember feeling that the meeting was about us and not with us"
    assert store.quotations("interview", "Housing") == [words]
    assert store.quotations("interview", "Being heard") == []
    open_card(page, 3, "feeling")
    press(page, "]", "]", "}", "{")
    eventually(
        lambda: store.quotations("interview", "Housing"),
        ["remember feeling that the meeting was about us and not with us. I"],
    )
    # By mouse: the end of the passage is dragged back to the middle.
    to_x, to_y = place_of(page, 3, "meeting", end=True)
    grip = unmoved(page, page.locator(".pane-grip-end").bounding_box)
    page.mouse.move(grip["x"] + 12, grip["y"] + grip["height"] / 2)
    page.mouse.down()
    page.mouse.move(to_x + 30, to_y, steps=4)
    page.mouse.move(to_x, to_y, steps=4)
    page.mouse.up()
    eventually(
        lambda: store.quotations("interview", "Housing"),
        ["remember feeling that the meeting"],
    )
    press(page, *"zzzzzz")
    eventually(lambda: store.quotations("interview", "Being heard"), [words])
    # Another coder's passage has no grips and stays as it is.
    open_card(page, 3, "the duty")
    press(page, "]", "Delete")
    wait_saved(page)
    assert store.quotations("interview", "Harm") == ["not with us. I rang the duty"]


def test_a_memo_is_written_in_the_margin_and_found_there_again(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    drag(page, 6, "He did", 6, "any of us")
    press(page, "m")
    page.keyboard.type("Who is <b>he</b>?")
    press(page, "Control+Enter")
    wait_saved(page)
    label = page.locator(".pane-stripe-label.pane-is-memo")
    assert "✎ Who is <b>he</b>?" in label.inner_text()
    assert page.locator(".transcript-pane b").count() == 0
    page.reload()
    label.wait_for()
    label.click()
    page.keyboard.press("End")
    page.keyboard.type(" The uncle.")
    press(page, "Escape")
    wait_saved(page)
    assert store.rows("select words from memo") == [("Who is <b>he</b>? The uncle.",)]
    press(page, "z", "z")
    eventually(lambda: store.rows("select words from memo"), [])
    expect(label).to_have_count(0)
    press(page, "Shift+Z")
    eventually(lambda: store.rows("select words from memo"), [("Who is <b>he</b>?",)])


def test_several_codes_the_same_again_and_the_words_as_a_name(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    drag(page, 6, "He did", 6, "any of us")
    press(page, "Space")
    page.keyboard.type("hous")
    press(page, "Shift+Enter")
    # The list and the typing stay: word order and a slip do not matter.
    page.keyboard.type("worker saem")
    press(page, "Shift+Enter")
    page.locator(".pane-option", has_text="Harm").locator(".pane-tick").click()
    wait_saved(page)
    coded = "He did more than any of us"
    for name in ("Housing", "Same worker", "Harm"):
        assert store.quotations("interview", name)[-1] == coded
    page.locator(".pane-option-added", has_text="Harm").locator(
        ".pane-tick"
    ).first.click()
    eventually(lambda: coded in store.quotations("interview", "Harm"), False)
    press(page, "Escape", "Escape")
    drag(page, 3, "I had to", 3, "tell the story again")
    press(page, ".")
    again = "I had to tell the story again"
    eventually(lambda: again in store.quotations("interview", "Same worker"), True)
    press(page, "v")
    field = page.get_by_role("combobox", name="Find or make a code")
    expect(field).to_have_value("I had to tell the story again")
    press(page, "End")
    page.keyboard.type(", always")
    press(page, "Enter")
    wait_saved(page)
    assert store.quotations("interview", "I had to tell the story again, always") == [
        "I had to tell the story again"
    ]


def test_words_are_found_whatever_their_case_and_accents(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    page.locator(".pane-read").focus()
    press(page, "Control+f")
    page.keyboard.type("CAFE")
    count = page.locator(".pane-found-count")
    expect(count).to_have_text("1 of 1 place")
    # Closed, nothing is chosen that the reader did not choose, and no list stands open;
    # the cursor is on what was found.
    press(page, "Escape", "2")
    expect(page.locator(".pane-find-bar")).to_be_hidden()
    expect(page.locator(".pane-list")).to_be_hidden()
    assert store.rows("select count(*) from operation") == [(0,)]
    press(page, "Shift+ArrowRight", "Shift+ArrowLeft", "2")
    wait_saved(page)
    # With the accent that follows its last letter.
    assert store.quotations("interview", "Retelling the story")[-1] == "cafe\u0301"
    press(page, "Escape", "Escape", "f")
    page.keyboard.type("worker")
    text = store.text("interview").lower()
    expect(count).to_contain_text(f"of {text.count('worker')} places")
    shown = [count.inner_text()]
    press(page, "Enter")
    expect(count).not_to_have_text(shown[0])
    press(page, "Shift+Enter")
    expect(count).to_have_text(shown[0])
    page.keyboard.type("less wonder")
    expect(count).to_have_text("Not in this transcript")


def test_some_codes_only_are_shown_and_filter_and_place_are_remembered(
    store: PaneStore, open_pane
) -> None:
    store.add_long_source("long", 6000, 80, 0)
    page = open_pane(store, "&source=long")
    page.wait_for_selector("mark")
    every = page.locator(".pane-stripe").count()
    page.get_by_role("button", name="Filter", exact=True).click()
    page.get_by_role("checkbox", name="Show Harm").check()
    harm = len(store.quotations("long", "Harm"))
    said = page.locator(".pane-filter .pane-hint")
    expect(said).to_contain_text(f"{80 - harm} passages out of sight.")
    ids = "node => node.dataset.item"
    shown = {one.evaluate(ids) for one in page.locator(".pane-stripe").all()}
    assert len(shown) == harm < every
    page.locator(".pane-read").focus()
    # What is on the screen first is read before anything is leapt over.
    page.evaluate("document.querySelector('.pane-read').scrollTop = 40")
    page.wait_for_function(
        "Object.values(localStorage).some((kept) => JSON.parse(kept).read > 0)"
    )
    page.evaluate("document.querySelector('.pane-read').scrollTop = 5000")
    page.wait_for_function(
        "Object.values(localStorage).some((kept) => JSON.parse(kept).place > 2000)"
    )
    number = "(() => { const top = document.querySelector('.pane-read')"
    number += ".getBoundingClientRect().top; return [...document.querySelectorAll("
    number += "'.pane-turn')].find((t) => t.getBoundingClientRect().bottom > top + 40)"
    number += ".dataset.turn; })()"
    turn = int(page.evaluate(number))
    facts = page.locator(".pane-progress")
    read = int(facts.inner_text().split(" of ")[0].strip("· "))
    # Turns that were leapt over are not read.
    assert 0 < read < turn
    page.reload()
    page.wait_for_selector("mark", state="attached")
    expect(page.get_by_role("button", name="Filter: on")).to_be_visible()
    page.wait_for_function("document.querySelector('.pane-read').scrollTop > 2000")
    assert abs(int(page.evaluate(number)) - turn) <= 1
    # What was read stays read, also where one goes back to the beginning.
    page.evaluate("document.querySelector('.pane-read').scrollTop = 0")
    page.wait_for_timeout(600)
    assert int(facts.inner_text().split(" of ")[0].strip("· ")) >= read
    page.evaluate("document.querySelector('.pane-read').scrollTop = 500")
    page.wait_for_function(
        "(read) => parseInt(document.querySelector('.pane-progress').innerText"
        ".replace(/^\\D+/, '')) > read",
        arg=read,
    )
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("button", name="Filter", exact=True)).to_be_visible()


def test_one_coders_passages_are_shown_and_a_code_out_of_sight_comes_back_when_used(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    page.wait_for_selector(".pane-stripe")
    page.get_by_role("button", name="Filter", exact=True).click()
    coders = page.get_by_label("Show the codings of")
    coders.select_option("Amira Khan")
    stripes = page.locator(".pane-stripe:not(.pane-is-suggestion)")
    expect(stripes).to_have_count(
        len(store.rows("select 1 from span where coder = 'Amira Khan'"))
    )
    coders.select_option("me")
    expect(stripes).to_have_count(
        len(store.rows("select 1 from span where coder = 'me'"))
    )
    page.get_by_role("checkbox", name="Show Power").check()
    expect(stripes).to_have_count(len(store.quotations("interview", "Power")))
    drag(page, 6, "He did", 6, "any of us")
    press(page, "1")
    expect(page.locator("mark", has_text="He did more")).to_have_count(1)
    expect(page.get_by_role("checkbox", name="Show Late notice")).to_be_checked()


def test_the_strip_says_where_codes_lie_and_leads_there(
    store: PaneStore, open_pane
) -> None:
    store.add_long_source("long", 6000, 80, 20)
    page = open_pane(store, "&source=long")
    strip = page.get_by_role(
        "img", name=re.compile("^Where the codes lie: 80 passages")
    )
    strip.wait_for()
    drawn = strip.evaluate(
        "node => node.getContext('2d').getImageData(0, 0, node.width, node.height)"
        ".data.some((value, at) => at % 4 === 3 && value > 0)"
    )
    assert drawn
    box = unmoved(page, page.locator(".pane-overview").bounding_box)
    page.mouse.click(box["x"] + 8, box["y"] + box["height"] * 0.9)
    page.wait_for_function("document.querySelector('.pane-read').scrollTop > 5000")


@pytest.mark.parametrize("blocked", [False, True])
def test_every_key_is_listed_and_storage_may_be_blocked(
    store: PaneStore, open_pane, blocked
) -> None:
    page = open_pane(store)
    if blocked:
        page.add_init_script(
            "Object.defineProperty(window, 'localStorage', "
            "{get() { throw new DOMException('blocked', 'SecurityError'); }})"
        )
        page.reload()
        page.wait_for_selector(".pane-turn")
        page.evaluate("document.querySelector('.pane-read').scrollTop = 50")
    page.locator(".pane-read").focus()
    press(page, "?")
    told = page.locator(".pane-help").inner_text()
    assert page.evaluate("document.querySelector('.pane-help').scrollTop") == 0
    for key in ("Shift Z or Ctrl Y", "[ and ]", "F or Ctrl F", "Del", "V", "M"):
        assert key in told
    press(page, "Escape", "ArrowRight", "t", "1")
    wait_saved(page)
    assert INTERVIEW[0][1] in store.quotations("interview", "Late notice")
