"""Two coders in a real browser: blind while they code, side by side once through."""

from __future__ import annotations

from pathlib import Path

import pytest
from interview_desk import code_words
from two_coders import given_blind

from coding.study import Person, Role, Study
from data.storage import StudyStore

APP = Path(__file__).parents[2] / "workbench" / "served.py"


@pytest.fixture
def desk(tmp_path):
    """A source both code blind; priya has marked a passage under a code of her own."""
    path = tmp_path / "study.sqlite"
    store = StudyStore(path)
    store.study.found(Study("Autumn"), Person("lead", "Robin Field", Role.STUDY_LEAD))
    source, same, heard = given_blind(store)
    store.coding.apply("priya", source, [code_words("she asked", heard)])
    folder = str(tmp_path / "preferences")
    yield (
        store,
        source,
        same,
        {"WORKBENCH_STUDY": str(path), "WORKBENCH_FOLDER": folder},
    )
    store.close()


def everything(page) -> str:
    return "\n".join([page.inner_text("body"), page.content(), page.url])


def say_who(page, name: str) -> None:
    page.get_by_role("button", name=name).click()


def test_a_blind_coder_is_sent_nothing_of_the_other_until_both_are_done(
    desk, serve, open_page
):
    store, source, same, environment = desk
    server = serve(APP, environment=environment)
    page = open_page(f"{server.url}code?source={source}")
    sent: list[str] = []
    page.on(
        "websocket",
        lambda socket: socket.on(
            "framereceived", lambda frame: sent.append(repr(frame))
        ),
    )
    say_who(page, "Tom Ibbotson")
    page.get_by_text("You code this transcript blind").wait_for()
    page.get_by_text("0 passages coded").wait_for()
    assert page.locator("mark").count() == 0
    page.reload()
    page.get_by_text("0 passages coded").wait_for()
    assert sent, "nothing was listened to"
    [hidden] = store.coding.segments(source, reader_id="priya")
    assert not any(hidden.id in frame for frame in sent)
    page.goto(f"{server.url}coders")
    page.get_by_text("codings hidden from you").wait_for()
    assert "she asked" not in everything(page)
    store.coding.apply("tom", source, [code_words("and she asked", same)])
    store.coders.finish("priya", source)
    page.get_by_role("button", name="I am done with it").click()
    page.get_by_text("You are done with P07 wave 1.").wait_for()
    page.goto(f"{server.url}coders")
    page.get_by_role("button", name="Open what each marked").click()
    page.get_by_text("1 passage marked: 0 alike, 1 differently").wait_for()
    page.locator(".wb-reading mark").nth(1).wait_for()
    assert page.locator(".wb-reading mark").all_inner_texts() == [
        "she asked",
        "and she asked",
    ]


def test_a_difference_is_settled_by_keyboard(desk, serve, open_page):
    store, source, same, environment = desk
    store.coding.apply("tom", source, [code_words("and she asked", same)])
    for coder in ("priya", "tom"):
        store.coders.finish(coder, source)
    server = serve(APP, environment=environment)
    page = open_page(f"{server.url}coders")
    say_who(page, "Priya Wetherall")
    # What opening it ends is said first.
    opened = page.get_by_role("button", name="Open what each marked")
    opened.focus()
    page.keyboard.press("Enter")
    choice = page.get_by_role("radio", name="Priya Wetherall: Being heard")
    choice.focus()
    page.keyboard.press("Space")
    why = page.get_by_label("Why")
    why.focus()
    page.keyboard.type("She is asked before anything is decided.")
    page.keyboard.press("Enter")
    # It can be pressed once a choice has arrived.
    save = page.get_by_role("button", name="Save decision", disabled=False)
    save.focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Let what was settled stand").first.wait_for()
    [made] = store.settling.history(source)
    assert made.rationale == "She is asked before anything is decided."
    assert [one.coder_id for one in store.settling.read(source).agreed] == ["priya"]
