"""A record in a real browser: a click on a passage goes to the answer being written."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import expect
from template_desk import PASSAGE, TemplateDesk

APP = Path(__file__).parents[2] / "workbench" / "app.py"


def test_a_click_links_a_passage_and_words_typed_meanwhile_stay(
    empty_store, serve, open_page, tmp_path
) -> None:
    desk = TemplateDesk(empty_store)
    environment = {
        "WORKBENCH_STUDY": str(empty_store.database.file),
        "WORKBENCH_FOLDER": str(tmp_path / "folder"),
    }
    server = serve(APP, environment=environment)
    address = f"templates?source={desk.source}&question={desk.trust}"
    page = open_page(f"{server.url}{address}")
    page.get_by_role("button", name="Priya Wetherall").click(timeout=90_000)
    page.get_by_role("button", name="Someone else is here").wait_for()
    page.goto(f"{server.url}{address}")
    reader = page.locator(".record-reader")
    expect(reader.locator(".rr-turn")).to_have_count(2)
    field = page.get_by_label("Answer", exact=True)
    field.fill("Words not saved yet.")
    reader.locator("mark").get_by_text(PASSAGE).click()
    chip = reader.get_by_role("button", name="Same worker")
    expect(chip).to_have_attribute("aria-pressed", "true")
    rests = page.get_by_role("heading", name=re.compile("What it rests on"))
    expect(rests).to_have_text(re.compile("1 quotation"))
    expect(page.locator(".wb-evidence blockquote")).to_have_text(f"“{PASSAGE}”")
    expect(field).to_have_value("Words not saved yet.")
    page.get_by_role("button", name="Save answer").click()
    expect(page.get_by_text("✓ Saved.")).to_be_visible(timeout=30_000)
    # By keyboard it is taken away again.
    chip.press("Enter")
    expect(chip).to_have_attribute("aria-pressed", "false")
    expect(rests).to_have_text(re.compile("0 quotations"))
    answer = desk.record("priya").answer(desk.trust)
    assert answer.words.text == "Words not saved yet."
    assert empty_store.evidence.of(answer.holder, reader_id="priya") == []
    search = reader.get_by_role("searchbox")
    search.fill("EVERY week")
    expect(reader.locator(".rr-count")).to_have_text("1 of 1 turn")
    expect(reader.locator("[data-found]")).to_have_attribute("data-turn", "2")
