"""Beginning to read, in a real browser: keys at once, lines, blind, memos, one undo."""

from __future__ import annotations

import pytest
from browser.pane_store import CODE_NAMES, PaneStore
from browser.test_pane_changes_browser import open_card
from browser.test_transcript_pane_browser import (
    drag,
    eventually,
    open_pane,
    press,
    server,
    status,
    store,
    stores,
    wait_saved,
)
from playwright.sync_api import expect

__all__ = ["open_pane", "server", "store", "stores"]

COMPUTED = "(node, name) => getComputedStyle(node)[name]"


def test_keys_work_from_when_the_page_is_open(store: PaneStore, open_pane) -> None:
    page = open_pane(store)
    expect(page.locator(".pane-read")).to_be_focused()
    press(page, "?")
    expect(page.locator(".pane-help")).to_be_visible()
    press(page, "Escape")
    # Also after a click beside everything has let go of the focus.
    page.evaluate("document.activeElement.blur()")
    press(page, "?")
    expect(page.locator(".pane-help")).to_be_visible()


def test_a_field_keeps_the_focus_when_a_transcript_opens(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    page.evaluate(
        """() => {
          const field = document.createElement("input");
          field.id = "elsewhere";
          document.body.append(field);
          field.focus();
        }"""
    )
    press(page, "?", "j")
    expect(page.locator("#elsewhere")).to_have_value("?j")
    expect(page.locator(".pane-help")).to_be_hidden()


def test_whoever_codes_blind_reads_why_nothing_is_suggested(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store, "&blind=yes")
    card = page.locator(".pane-card")
    expect(card).to_contain_text("hidden while this transcript is coded blind")
    expect(card).not_to_contain_text("No suggestions")


def _looks(page, name: str) -> dict[str, str]:
    """How the code of that name is drawn: under words, in the margin, in the list."""
    stripe = page.locator(".pane-stripe-label", has_text=name).first
    item = stripe.get_attribute("data-item")
    mark = page.locator(f'mark[data-items="{item}"]').first
    bar = page.locator(f'.pane-stripe[data-item="{item}"]').first
    press_ = page.locator(".pane-code", has=page.get_by_text(name, exact=True))
    swatch = press_.locator(".pane-swatch").first
    return {
        "underline": mark.evaluate(COMPUTED, "backgroundImage"),
        "height": mark.evaluate(COMPUTED, "backgroundSize"),
        "stripe": bar.evaluate(COMPUTED, "backgroundImage"),
        "stripe size": bar.evaluate(COMPUTED, "backgroundSize"),
        "swatch": swatch.evaluate(COMPUTED, "backgroundImage"),
        "swatch size": swatch.evaluate(COMPUTED, "backgroundSize"),
        "ink": page.locator(f'.pane-stripe[data-item="{item}"]').first.evaluate(
            "node => node.style.getPropertyValue('--pane-ink')"
        ),
    }


def test_codes_of_one_colour_have_lines_of_their_own(stores, open_pane) -> None:
    store = PaneStore(stores / "lines.sqlite")
    store.build()
    names = [f"Code {number:02}" for number in range(60)]
    store.add_codes(names)
    said = [f"Passage number {number} of them all." for number in range(5)]
    store.add_source("interview", [("Mum", words) for words in said])
    # The same colour comes again after twelve.
    for order, number in enumerate((0, 12, 24, 36, 48)):
        start = store.text("interview").index(said[order])
        store.rows(
            "insert into span values (?, 'interview', ?, ?, ?, 'me', '')",
            f"span-{number}",
            start,
            start + 10,
            f"code-{number}",
        )
    page = open_pane(store)
    page.locator(".pane-stripe").nth(4).wait_for()
    looks = [_looks(page, names[number]) for number in (0, 12, 24, 36, 48)]
    assert len({one["ink"] for one in looks}) == 1
    for part in ("underline", "stripe", "swatch"):
        drawn = {(one[part], one.get(f"{part} size", one["height"])) for one in looks}
        assert len(drawn) == 5, part
    # Single and whole; double and whole: two lines of one pixel over the tint.
    assert looks[0]["height"].startswith("100% 2px")
    assert looks[1]["height"].startswith("100% 1px, 100% 1px")
    # A long dash and one dot, then the same twice.
    assert "repeating-linear-gradient" in looks[2]["underline"]
    assert looks[3]["underline"].count("repeating-linear-gradient") == 2


def test_a_suggestion_is_evenly_dashed_whatever_the_line_of_its_code(
    store: PaneStore, open_pane
) -> None:
    store.rows("update code set position = position + 100")
    store.add_codes([])
    for number in range(12):
        store.rows("insert into code values (?, ?, ?)", f"n{number}", f"N{number}", 0)
    page = open_pane(store)
    suggested = page.locator("mark.pane-only-suggested").first
    suggested.wait_for()
    image = suggested.evaluate(COMPUTED, "backgroundImage")
    assert image.count("gradient") == 1
    assert "0px, " in image
    assert "6px" in image
    assert "10px" in image
    stripe = page.locator(".pane-stripe.pane-is-suggestion").first
    assert "6px" in stripe.evaluate(COMPUTED, "backgroundImage")


def test_a_code_made_of_the_words_goes_with_one_undo(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store)
    drag(page, 6, "He did", 6, "any of us.")
    press(page, "v")
    field = page.get_by_role("combobox", name="Find or make a code")
    # The full stop is the sentence's, not the code's.
    expect(field).to_have_value("He did more than any of us")
    press(page, "Enter")
    wait_saved(page)
    undo = page.locator(".pane-back", has_text="Undo")
    expect(undo).to_contain_text("new code He did more than any of us on 7 words")
    press(page, "Escape", "z")
    made = "select count(*) from code where name like 'He did%'"
    eventually(lambda: store.rows(made), [(0,)])
    assert store.quotations("interview", "He did more than any of us") == []
    redo = page.locator(".pane-back", has_text="Redo")
    expect(redo).to_contain_text("new code")
    press(page, "Shift+Z")
    eventually(lambda: store.rows(made), [(1,)])
    # The code comes back first, the passage under it right after.
    words = "He did more than any of us"
    eventually(lambda: len(store.quotations("interview", words)), 1)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("“I was heard.”", "I was heard"),
        ("“I was heard.", "I was heard"),
        ("... and then nothing?!", "and then nothing"),
        ("the “front door” team,", "the “front door” team"),
        ("parents' evening", "parents' evening"),
        ("(a form", "a form"),
        ("a plan (theirs)", "a plan (theirs)"),
        ("?!", "?!"),
    ],
)
def test_words_as_a_name_lose_the_marks_around_them(
    store: PaneStore, open_pane, words: str, name: str
) -> None:
    page = open_pane(store)
    url = page.evaluate(
        "performance.getEntriesByType('resource').map(one => one.name)"
        ".find(one => one.endsWith('/codes/code_list.js'))"
    )
    script = url.replace("code_list.js", "naming.js")
    named = "async ([url, words]) => (await import(url)).asName(words)"
    assert page.evaluate(named, [script, words]) == name


def test_keys_stand_on_the_coding_that_they_act_on(store: PaneStore, open_pane) -> None:
    page = open_pane(store)
    open_card(page, 3, "about us")
    card = page.locator(".pane-passage[role=dialog]:visible").first
    rows = card.locator("li")
    expect(rows).to_have_count(2)
    expect(card.locator(".pane-key:visible", has_text="Del")).to_have_count(1)
    held = card.locator("li.pane-held")
    expect(held.locator("[aria-keyshortcuts]")).to_have_count(3)
    expect(card.locator("[aria-keyshortcuts]")).to_have_count(3)
    other = card.locator("li:not(.pane-held) bdi").inner_text()
    card.locator("li:not(.pane-held) .pane-option-name").click()
    expect(card.locator("li.pane-held bdi")).to_have_text(other)
    expect(card.locator("li.pane-held .pane-key:visible")).not_to_have_count(0)
    before = len(store.quotations("interview", other))
    press(page, "Delete")
    eventually(lambda: len(store.quotations("interview", other)), before - 1)


def test_who_does_not_code_writes_memos_and_takes_them_back(
    store: PaneStore, open_pane
) -> None:
    page = open_pane(store, "&may_code=no")
    drag(page, 6, "He did", 6, "any of us")
    expect(page.get_by_role("combobox", name="Find or make a code")).to_be_hidden()
    page.get_by_role("button", name="Write a memo").click()
    page.keyboard.type("Who is us?")
    press(page, "Control+Enter")
    wait_saved(page)
    assert store.rows("select words from memo") == [("Who is us?",)]
    press(page, "1", "z")
    eventually(lambda: store.rows("select count(*) from memo"), [(0,)])
    kinds = store.rows("select kind from operation order by sequence")
    assert kinds == [("memo",), ("undo",)]
    assert "to write a memo" in page.inner_text(".pane-codebook")
    assert status(page).startswith("Undone")
    assert len(CODE_NAMES) == len(store.rows("select id from code"))
