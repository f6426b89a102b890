"""Judging in a real browser: nothing of later in the page before, both files after."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from case_desk import ids_of, the_sample_study

APP = Path(__file__).parents[2] / "workbench" / "served.py"

# What only the later file of 008812 or of its candidates says.
LATER = (
    "the one on Nan's fridge",
    "Attendance 94% this half term",
    "Family group conference",
    "22 November 2024",
    "2024-11-22",
    "Step down",
    "no longer in need",
)
CODES = re.compile(r"\bRC[1-9]\b")


@pytest.fixture
def study(tmp_path, monkeypatch):
    store, person = the_sample_study(tmp_path)
    folder = tmp_path / "preferences"
    monkeypatch.setenv("WORKBENCH_FOLDER", str(folder))
    path = str(tmp_path / "study.sqlite")
    from workbench import preferences

    preferences.remember_person(path, person.id)
    yield store, {"WORKBENCH_STUDY": path, "WORKBENCH_FOLDER": str(folder)}
    store.close()


def say_who(page) -> None:
    """The first window of a server asks who is at work."""
    page.get_by_role("button", name="Ama · Study lead").click()


def everything(page) -> str:
    """The page's text, its whole markup with every attribute, and the address."""
    return "\n".join([page.inner_text("body"), page.content(), page.url])


def tells(page) -> list[str]:
    text = everything(page)
    return [word for word in LATER if word in text] + CODES.findall(text)


def test_pair_is_judged_with_a_reason_and_only_then_both_files_open(
    study, serve, open_page
):
    store, environment = study
    ids = ids_of(store)
    server = serve(APP, environment=environment)
    page = open_page(f"{server.url}judge?case={ids['008812']}")
    say_who(page)
    # Drawn last: what is opened before it is there may be drawn anew and shut.
    page.get_by_role("button", name="Save and next pair").wait_for()
    page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
    page.get_by_text(re.compile(r"Ruled out: \d+ of 158. See why")).click()
    page.get_by_text("have the same primary need").wait_for()
    for summary in page.locator("summary").all():
        if not summary.evaluate("one => one.parentElement.open"):
            summary.click()
    assert "Kacey is a confident reader" in everything(page)
    assert tells(page) == []

    page.get_by_role("button", name="Compare side by side").first.click()
    page.get_by_text("How they compare").wait_for()
    assert tells(page) == []
    page.get_by_role("button", name="Back to all candidates").click()

    page.get_by_role("button", name="Choose this case").first.click()
    page.get_by_role("button", name="✓ Chosen").wait_for()
    page.get_by_role("radiogroup").get_by_text("Good match").click()
    page.get_by_role("textbox", name="Why").fill(
        "They share neglect and age, but live in other localities."
    )
    page.get_by_role("button", name="Save and next pair").click()
    page.get_by_text("Saved: 008812 with 007052. Now open: 008821.").first.wait_for()
    page.get_by_role("heading", name="Case 008821").wait_for()
    page.wait_for_function(
        "document.querySelector('[data-testid=stMain]').scrollTop === 0"
    )
    assert tells(page) == []

    page.goto(f"{server.url}judge?case={ids['008812']}")
    page.get_by_role("button", name="Open both files").wait_for()
    assert tells(page) == []
    page.get_by_role("button", name="Open both files").click()
    page.get_by_role("heading", name="What happened").wait_for()
    page.locator(
        "[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg"
    ).first.wait_for()
    page.get_by_text("the one on Nan's fridge").wait_for()
    page.get_by_text("Show as table").click()
    page.locator("[data-testid=stDataFrame]").wait_for()
    text = everything(page)
    assert "Contemporary case 008812" in text
    assert "Historic case 007052" in text
    assert "22 November 2024" in text
    assert "(RC7)" in text
    saved = store.judgements.for_case(ids["008812"])
    assert saved.judgement.rationale.startswith("They share neglect")
    assert saved.judgement.chosen_rank == 1
    assert saved.opened_at is not None


def test_reload_comes_back_to_the_same_case_and_keeps_what_was_saved(
    study, serve, open_page
):
    store, environment = study
    ids = ids_of(store)
    server = serve(APP, environment=environment)
    page = open_page(f"{server.url}judge?case={ids['008877']}")
    say_who(page)
    page.get_by_role("heading", name="Case 008877").wait_for()
    page.get_by_text("No suitable match", exact=True).click()
    page.get_by_role("textbox", name="Why").fill("None was missing from home.")
    page.get_by_role("button", name="Save and next pair").click()
    page.get_by_text("Saved: 008877 has no suitable match.").first.wait_for()
    page.goto(f"{server.url}judge?case={ids['008877']}")
    page.get_by_text("None was missing from home.").wait_for()
    page.reload()
    page.get_by_text("None was missing from home.").wait_for()
    assert f"case={ids['008877']}" in page.url
    assert page.get_by_role("button", name="Open both files").count() == 0


def test_case_and_candidates_stand_below_each_other_where_there_is_little_room(
    study, serve, open_page
):
    store, environment = study
    ids = ids_of(store)
    server = serve(APP, environment=environment)
    page = open_page(f"{server.url}judge?case={ids['008812']}", width=1000)
    say_who(page)
    page.get_by_role("heading", name="Your decision").wait_for()
    places = page.locator(".st-key-judging [data-testid=stColumn]")
    case, cards = (place.bounding_box() for place in places.all()[:2])
    assert cards["y"] >= case["y"] + case["height"]
    assert case["width"] == cards["width"] > 500
    # The name of a fact stands above its value.
    fact = page.locator(".st-key-pinned dl.facts > div").first
    name, value = (fact.locator(part).bounding_box() for part in ("dt", "dd"))
    assert value["y"] >= name["y"] + name["height"] - 1
    page.set_viewport_size({"width": 1440, "height": 900})
    page.wait_for_function(
        "(() => { const [one, other] = document.querySelectorAll("
        "'.st-key-judging [data-testid=stColumn]'); return "
        "one.getBoundingClientRect().top === other.getBoundingClientRect().top })()"
    )
