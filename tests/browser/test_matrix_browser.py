"""The themes matrix in a real browser: keys of a spreadsheet, saving, two at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from framework_desk import PASSAGE, MatrixDesk
from interview_desk import a_source
from playwright.sync_api import expect

from coding.study import Participant
from data.sources import SpeakerMapping
from data.storage.framework.framework_records import CellPlace

APP = Path(__file__).parents[2] / "workbench" / "app.py"
BARRY = Participant("", "Barry <b>Long</b> \u202ename", "Parent")


@pytest.fixture
def study(empty_store, environment):
    store = empty_store
    desk = MatrixDesk(store)
    mappings = (SpeakerMapping("Mum", participant=BARRY),)
    other = a_source("P08 wave 1", "Mum: Nobody came.", mappings=mappings)
    store.sources.save("priya", [other])
    return desk, environment


def _open(serve, open_page, environment, who="Priya Wetherall", **options):
    server = serve(APP, environment=environment)
    page = open_page(f"{server.url}matrix", **options)
    page.get_by_role("button", name=who).click(timeout=90_000)
    page.locator(".tm-cell").first.wait_for(state="attached")
    return page


def _active(page, row: int, column: int) -> None:
    active = page.locator(".tm-cell[data-active]")
    expect(active).to_have_attribute("data-row", str(row))
    expect(active).to_have_attribute("data-column", str(column))


def test_keys_lead_through_the_grid_and_saving_is_acknowledged(
    study, serve, open_page
) -> None:
    desk, environment = study
    page = _open(serve, open_page, environment)
    grid = page.get_by_role("grid", name="By theme")
    expect(grid).to_have_attribute("aria-rowcount", "4")
    expect(page.locator(".tm-rowhead b")).to_have_count(0)
    grid.focus()
    _active(page, 0, 0)
    page.keyboard.press("End")
    _active(page, 0, -1)
    page.keyboard.press("Home")
    page.keyboard.press("ArrowDown")
    _active(page, 1, 0)
    page.keyboard.press("Control+End")
    _active(page, -1, -1)
    page.keyboard.press("Control+Home")
    _active(page, 0, 0)
    # Typing opens the cell, and no letter of it is lost before the cell has come.
    page.keyboard.type("One worker came.")
    words = page.get_by_label("Summary")
    expect(words).to_be_focused()
    expect(page.locator(".tm-pane blockquote")).to_have_text(PASSAGE)
    expect(words).to_have_value("One worker came.")
    # A quotation is linked by keys.
    page.keyboard.press("F2")
    expect(page.locator(".tm-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".tm-link")).to_have_text("✓ Linked")
    expect(words).to_have_value("One worker came.")
    page.keyboard.press("F2")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".tm-status")).to_contain_text("Amira, Same worker: saved")
    _active(page, 1, 0)
    cell = desk.store.framework.cell(desk.place, reader_id="di")
    assert (cell.text, cell.written_by) == ("One worker came.", "Priya Wetherall")
    assert list(desk.changed()) == []
    # Tab saves and goes right.
    expect(page.get_by_label("Summary")).to_be_focused()
    expect(page.locator(".tm-pane h2")).to_have_text(BARRY.pseudonym)
    page.keyboard.type("Nobody came.")
    expect(page.get_by_label("Not in the interview")).to_be_visible()
    page.keyboard.press("Tab")
    _active(page, 1, 1)
    expect(page.locator(".tm-status")).to_contain_text("Same worker: saved")
    # Esc leaves; words that were not saved wait in their cell.
    page.keyboard.type("Half a thou")
    expect(page.locator(".tm-pane .tm-theme")).to_have_text("Being heard")
    expect(page.get_by_text("Nothing is coded here.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(grid).to_be_focused()
    expect(page.locator(".tm-pane")).to_be_hidden()
    expect(page.locator(".tm-cell[data-active]")).to_contain_text("not saved yet")
    page.keyboard.press("Enter")
    expect(page.get_by_text("These words are not saved yet.")).to_be_visible()
    expect(page.get_by_label("Summary")).to_have_value("Half a thou")


def test_two_at_once_keep_both_words_and_undo_puts_back(
    study, serve, open_page
) -> None:
    desk, environment = study
    desk.write("As it was.")
    page = _open(serve, open_page, environment)
    page.locator(".tm-cell").first.click()
    words = page.get_by_label("Summary")
    expect(words).to_have_value("As it was.")
    desk.write("Di was quicker.")
    words.fill("Priya writes too.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Someone else changed this")
    assert desk.cell().text == "Di was quicker."
    expect(page.get_by_text("Someone else wrote here meanwhile.")).to_be_visible()
    expect(page.locator(".tm-caution blockquote")).to_have_text("Di was quicker.")
    expect(words).to_have_value("Priya writes too.")
    page.get_by_role("button", name="Drop mine, keep what is saved").click()
    expect(words).to_have_value("Di was quicker.")
    words.fill("Both said so.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".tm-status")).to_contain_text("saved")
    assert desk.cell().text == "Both said so."
    page.get_by_role("button", name="Undo").click()
    expect(words).to_have_value("Di was quicker.")
    assert desk.cell().text == "Di was quicker."
    # A quotation leads to its place in the text.
    page.get_by_role("link", name="P07 wave 1, turn 2").click()
    expect(page).to_have_url(re.compile(f"/code\\?source={desk.source}&at="))


def test_a_narrow_window_shows_a_list(study, serve, open_page) -> None:
    desk, environment = study
    page = _open(serve, open_page, environment, width=400)
    page.get_by_label("Row", exact=True).select_option(index=0)
    page.get_by_role("button", name="Same worker").click()
    page.get_by_label("Summary").fill("One worker came.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".tm-status")).to_contain_text("saved")
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 400
    place = CellPlace(desk.matrix.id, desk.row.key, desk.same)
    assert desk.store.framework.cell(place, reader_id="di").text == "One worker came."
