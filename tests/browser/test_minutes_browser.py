"""A debrief in the browser: put up, weighed, not agreed with, closed, taken away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from browser.app_steps import pick
from debrief_table import a_table, link
from docx import Document
from playwright.sync_api import Page, expect

from data.storage import StudyStore
from data.storage.evidence.evidence_records import Stance
from data.storage.memos.memo_records import NewMemo, Thing

_APP = Path(__file__).parents[2] / "workbench" / "app.py"
_LONG = 60_000
_SAID = "Families feel heard where one worker stays"


@pytest.fixture
def app(serve, empty_store: StudyStore, tmp_path: Path):
    a_table(empty_store)
    return serve(
        _APP,
        theme={},
        environment={
            "WORKBENCH_STUDY": str(empty_store.database.file),
            "WORKBENCH_FOLDER": str(tmp_path / "home"),
        },
    )


def _settled(page: Page) -> None:
    """Waits until a page is drawn whole: a press on what is drawn anew is lost."""
    page.wait_for_timeout(300)
    page.locator("[data-testid=stStatusWidget]").wait_for(state="detached")


def _open(page: Page, folded: str) -> None:
    page.get_by_text(folded, exact=True).click()
    _settled(page)


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    _settled(page)


def _as(page: Page, name: str, minutes: str) -> None:
    """Opens the minutes as another person; where two are at work, a window asks."""
    _press(page, "Someone else is here")
    page.get_by_role("button", name=name).click()
    page.get_by_role("heading", level=1, name="Who are you?").wait_for(state="detached")
    _settled(page)
    page.goto(minutes)
    page.get_by_role("button", name=name).click()
    page.get_by_role("heading", name="Debrief 1").wait_for()
    _settled(page)


def _put_up(page: Page) -> None:
    _open(page, "Put up a hypothesis")
    page.get_by_label("Hypothesis", exact=True).fill(_SAID)
    page.get_by_label("What made you think so", exact=True).fill(
        "Three parents said so."
    )
    _press(page, "Put it up")
    page.get_by_text("Put up as H1.").wait_for()


def _link_for_and_against(page: Page) -> None:
    page.get_by_role("link", name="Open H1 and add evidence").click()
    expect(page).to_have_url(re.compile("/hypotheses"), timeout=_LONG)
    page.get_by_text("Nobody has looked for what speaks against it.").wait_for()
    _settled(page)
    find = page.get_by_label("Words in the passage")
    find.fill("same worker")
    find.press("Enter")
    page.get_by_text("1 coded passage by 1 person.").wait_for()
    _settled(page)
    note = page.get_by_label("What it shows (may stay empty)", exact=True)
    note.fill("Every week.")
    note.press("Enter")
    _settled(page)
    _press(page, "For")
    page.get_by_text("Linked as speaking for it").wait_for()
    page.get_by_role("heading", name="Speaks for it (1)").wait_for()
    _settled(page)
    page.get_by_text("Memo", exact=True).click()
    _settled(page)
    pick(page, "Memo", "Three workers")
    _settled(page)
    _press(page, "Link as speaking against it")
    page.get_by_role("heading", name="Speaks against it (1)").wait_for()


def _dissent(page: Page) -> None:
    assert page.get_by_role("button", name="Close the minutes").count() == 0
    _open(page, "Record a dissent")
    page.get_by_label("What you do not agree with").fill("Not so.")
    page.get_by_label("Why, in your own words").fill("I was <b>there</b>.")
    _press(page, "Record the dissent")
    page.get_by_text("The dissent is recorded as written.").wait_for()
    page.locator("bdi", has_text="I was <b>there</b>.").first.wait_for()


def test_a_debrief_from_its_hypothesis_to_the_closed_minutes(
    app, open_page, empty_store: StudyStore, tmp_path: Path
) -> None:
    (debrief,) = empty_store.debriefs.debriefs()
    about = Thing("participant", empty_store.study.participants()[0].id)
    empty_store.memos.add("di", about, NewMemo("She had three.", "Three workers"))
    minutes = f"{app.url}minutes?debrief={debrief.id}"
    page = open_page(minutes)
    page.set_default_timeout(_LONG)
    page.get_by_role("button", name="Di Marsh").click()
    page.get_by_role("heading", name="Debrief 1").wait_for()
    _settled(page)
    _put_up(page)
    _link_for_and_against(page)
    _as(page, "Nell Osei", minutes)
    _dissent(page)
    _as(page, "Di Marsh", minutes)
    _press(page, "Close the minutes")
    page.get_by_text("The minutes are closed.").wait_for()
    with page.expect_download() as taken:
        page.get_by_role("button", name="Download Word").click()
    path = tmp_path / "minutes.docx"
    taken.value.save_as(path)
    words = "\n".join(one.text for one in Document(str(path)).paragraphs)
    for said in (
        _SAID,
        "[1] Every week.",
        "She had three. [2]",
        "Not so.",
        "Why: I was <b>there</b>.",
    ):
        assert said in words, said


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_room_is_read_from_afar_and_leafed_through_by_keys(
    app, open_page, empty_store: StudyStore, scheme: str
) -> None:
    segment = empty_store.coding.segments()[0].id
    for statement in (_SAID, "They come back"):
        one = empty_store.hypotheses.put_up("di", statement, "Said.")
        link(empty_store, one.id, segment, Stance.SUPPORTS)
    page = open_page(
        f"{app.url}hypotheses?view=room", width=1280, height=720, color_scheme=scheme
    )
    page.set_default_timeout(_LONG)
    page.get_by_role("button", name="Nell Osei").click()
    page.get_by_role("heading", level=1, name=_SAID).wait_for()
    _settled(page)
    assert not page.locator("[data-testid=stSidebar]").is_visible()
    sizes = page.locator(".wb-room p, .wb-room h1, .wb-room h2").evaluate_all(
        "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    )
    assert len(sizes) > 5
    # About a thirty-sixth of the height: read from five metres off a two-metre screen.
    assert min(sizes) >= 720 / 36
    page.keyboard.press("ArrowRight")
    page.get_by_role("heading", level=1, name="They come back").wait_for()
    bottom = page.get_by_role("button", name="Leave").bounding_box()
    assert bottom is not None
    assert bottom["y"] + bottom["height"] <= 720
    _settled(page)
    page.keyboard.press("ArrowLeft")
    page.get_by_role("heading", level=1, name=_SAID).wait_for()
    _settled(page)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="All hypotheses").wait_for()
    assert page.locator("[data-testid=stSidebar]").is_visible()


def test_back_from_what_minutes_lead_to_finds_them_open(
    app, empty_store: StudyStore, open_page
) -> None:
    """Whoever looks at the evidence and goes back finds what they had typed."""
    (debrief,) = empty_store.debriefs.debriefs()
    empty_store.hypotheses.put_up("di", _SAID, "So they said.", debrief_id=debrief.id)
    page = open_page(f"{app.url}minutes")
    page.get_by_role("button", name="Di").click()
    page.get_by_role("link", name="Open debrief 1").click()
    page.get_by_label("What was agreed on H1").wait_for()
    _settled(page)
    page.get_by_label("What was agreed on H1").fill("Read it again.")
    # Leaving the field tells the page so, just before the link is followed.
    page.get_by_role("link", name="Open H1 and add evidence").click(delay=60)
    page.get_by_role("heading", level=1, name="Hypotheses").wait_for()
    page.get_by_role("heading", name="How it came to stand so").wait_for()
    expect(page).to_have_url(re.compile(r"/hypotheses\?hypothesis=[^&]+$"))
    _settled(page)
    page.go_back()
    agreed = page.get_by_label("What was agreed on H1")
    expect(agreed).to_have_value("Read it again.")
    expect(page).to_have_url(re.compile(rf"/minutes\?debrief={debrief.id}$"))
