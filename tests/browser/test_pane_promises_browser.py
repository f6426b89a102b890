"""What coding costs and withstands: actions counted, lost lines, huge sources."""

from __future__ import annotations

import random
import threading
from contextlib import suppress
from pathlib import Path

import pytest
from browser.cut_line import CutLine
from browser.pane_store import CODE_NAMES, INTERVIEW, WORDS, PaneStore
from browser.test_transcript_pane_browser import (
    HERE,
    drag,
    eventually,
    open_pane,
    press,
    server,
    store,
    stores,
    wait_saved,
)
from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import expect
from rapidfuzz import fuzz, process

__all__ = ["open_pane", "server", "store", "stores"]

MODULES = "/_stcore/bidi-components/workbench.transcript/"
HOSTILE = [
    "<script>window.hit = 1</script>",
    "<img src=http://127.0.0.1:9/x.png onerror='window.hit = 1'>",
    "![x](http://127.0.0.1:9/y.png) [link](javascript:window.hit=1)",
    "\u202eright to left\u202c and \u2066isolated\u2069",
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 8,
    "{{ constructor }} ${1+1} :material/home: $x^2$",
]


class Counted:
    """A person's actions in the pane, counted as the peers' were.

    A drag is one, a key is one, and a name typed with its Enter is one.
    """

    def __init__(self, page) -> None:
        self.page = page
        self.actions = 0

    def drag(self, turn: int, first: str, last: str) -> None:
        drag(self.page, turn, first, turn, last)
        self.actions += 1

    def press(self, key: str) -> None:
        press(self.page, key)
        self.actions += 1

    def name(self, typed: str) -> None:
        self.page.keyboard.type(typed)
        press(self.page, "Enter")
        self.actions += 1


def _empty(stores: Path, name: str) -> PaneStore:
    built = PaneStore(stores / f"{name}.sqlite")
    built.build()
    return built


def test_twenty_passages_with_five_new_codes_take_at_most_45_actions(
    stores, open_pane
) -> None:
    built = _empty(stores, "twenty")
    said = [("Mum", f"Answer {n}: they rang me twice.") for n in range(20)]
    built.add_source("interview", said)
    page = open_pane(built)
    person = Counted(page)
    for number in range(20):
        person.drag(number, "they rang", "me twice")
        if number < 5:
            person.press("Space")
            person.name(f"Kind {number}")
        else:
            person.press(str(1 + number % 5))
        if number == 0:
            assert person.actions <= 3
        # A code's key is drawn once the study has answered.
        wait_saved(page)
        press(page, "Escape", "Escape")
    assert person.actions <= 45
    coded = built.rows(
        "select code.name, count(*) from span join code on code.id = span.code "
        "group by code.name order by code.name"
    )
    assert coded == [(f"Kind {number}", 4) for number in range(5)]


def test_no_passage_is_saved_without_a_code(store, open_pane) -> None:
    page = open_pane(store)
    before = store.rows("select count(*) from span")
    drag(page, 6, "He did", 6, "any of us")
    press(page, "Escape", "Escape")
    drag(page, 6, "He did", 6, "any of us")
    page.locator(".pane-text").nth(0).click()
    drag(page, 3, "I had to", 3, "tell the story again")
    press(page, "Space", "Escape")
    page.wait_for_timeout(500)
    assert store.rows("select count(*) from span") == before
    assert store.rows("select count(*) from operation") == [(0,)]


_HAS_FOCUS = (
    "document.querySelector('.transcript-pane')?.contains(document.activeElement)"
)


def _come_back(page) -> None:
    """Close what lies over a page that lost its server, and click into the text."""
    while not page.evaluate(_HAS_FOCUS):
        if page.locator("[role=dialog]:visible").count():
            page.keyboard.press("Escape")
        page.wait_for_selector(".pane-read", timeout=90_000)
        page.locator(".pane-read").focus()


def _decide(page, key: str, left: int) -> None:
    """Press the key, again where it met a page that was just being drawn anew.

    Nobody decides on what is not there, and whoever sees that nothing happened clicks
    into the text and presses again. What the page has taken in, it must not lose.
    """
    words = f"[^0-9]{left} suggestion{'s' if left > 1 else ''} to look at"
    taken = f"/{words}/.test(document.querySelector('.pane-progress')?.textContent)"
    while True:
        page.wait_for_selector(".pane-card-title", timeout=90_000)
        _come_back(page)
        page.keyboard.press(key)
        page.wait_for_timeout(50)
        with suppress(NotInTime):
            page.wait_for_function(taken, timeout=5_000)
            return


def _all_a_hundred_are_kept(page, store) -> None:
    page.wait_for_function(
        "document.querySelector('.pane-saved')?.textContent.startsWith('All work')",
        timeout=90_000,
    )
    decided = store.rows(
        "select status, count(*) from suggestion where source='long' "
        "group by status order by status"
    )
    assert decided == [("accepted", 75), ("open", 1), ("rejected", 25)]
    assert store.rows("select count(*) from span where source='long'") == [(75,)]


@pytest.mark.parametrize("way", ["pane_served.py", "pane_app.py"])
def test_a_hundred_decisions_outlive_a_cut_line_and_a_killed_server(
    store, serve, stores, open_page, way
) -> None:
    """Over the desk line, and where only reruns carry the outbox."""
    store.add_long_source("long", 8000, 0, 101)
    server = serve(HERE / way, environment={"PANE_STORES": str(stores)})
    line = CutLine(server.port)
    page = open_page(f"{line.url}?study={store.path.stem}&source=long")
    page.wait_for_selector(".pane-turn")
    page.locator(".pane-read").focus()
    press(page, "j")
    events = {
        25: line.cut,
        45: line.mend,
        65: server.kill,
        80: threading.Thread(target=server.start).start,
    }
    for number in range(100):
        if number in events:
            events[number]()
        _decide(page, "x" if number % 4 == 0 else "a", left=100 - number)
    _all_a_hundred_are_kept(page, store)
    line.close()


@pytest.mark.parametrize("trouble", ["none", "cut line", "killed server"])
def test_a_hundred_keys_at_fifty_milliseconds_are_each_a_decision(
    store, serve, stores, open_page, trouble
) -> None:
    """Pressed blind and each once: nobody looks whether a key was taken."""
    store.add_long_source("long", 8000, 0, 101)
    server = serve(HERE / "pane_served.py", environment={"PANE_STORES": str(stores)})
    line = CutLine(server.port)
    page = open_page(f"{line.url}?study={store.path.stem}&source=long")
    page.wait_for_selector(".pane-turn")
    page.locator(".pane-read").focus()
    press(page, "j")
    page.wait_for_selector(".pane-card-title")
    events = {
        "none": {},
        "cut line": {20: line.cut, 80: line.mend},
        "killed server": {20: server.kill},
    }[trouble]
    for number in range(100):
        if number in events:
            events[number]()
        page.keyboard.press("x" if number % 4 == 0 else "a")
        page.wait_for_timeout(50)
    if trouble == "killed server":
        server.start()
    _all_a_hundred_are_kept(page, store)
    line.close()


def _long_turn(words: int, seed: int = 3) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choice(WORDS) for _ in range(words)) + " and the end came."


@pytest.mark.parametrize(
    ("name", "turns", "codes"),
    [
        ("one turn of 20,000 words", [("", _long_turn(20_000))], CODE_NAMES),
        ("hostile words", [("", one) for one in HOSTILE], HOSTILE),
        (
            "2,000 codes",
            INTERVIEW,
            [*("x" * 290 + f" {n:03}" for n in range(5)), *map(str, range(1995))],
        ),
    ],
)
def test_whatever_is_in_source_and_codebook_is_shown_as_it_is_and_coded(
    stores, open_pane, name, turns, codes
) -> None:
    built = _empty(stores, name.replace(" ", "").replace(",", ""))
    built.add_codes(codes)
    built.add_source("interview", turns)
    page = open_pane(built)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    shown = page.locator(".pane-text").evaluate_all(
        "all => all.map(p => p.textContent)"
    )
    assert shown == [text for _, text in turns]
    page.locator(".pane-read").focus()
    press(page, "ArrowRight", "t", "1")
    press(page, "m")
    page.keyboard.type(HOSTILE[1])
    press(page, "Control+Enter")
    wait_saved(page)
    (span,) = built.rows("select start, end, code from span")
    assert span == (0, len(turns[0][1]), "code-0")
    assert built.rows("select words from memo") == [(HOSTILE[1],)]
    press(page, "Space")
    page.keyboard.type(codes[-1])
    expect(page.locator(".pane-option").first).to_contain_text(codes[-1][:40])
    press(page, "Escape", "Escape", "Escape")
    page.locator(".pane-stripe").first.wait_for()
    # Nothing runs, nothing is fetched, nothing pushes the page wider.
    assert page.evaluate("window.hit") is None
    made = ".transcript-pane img, .transcript-pane script, .transcript-pane a"
    assert page.locator(made).count() == 0
    assert [url for url in asked if ":9/" in url] == []
    for part in (".pane-read", ".transcript-pane"):
        wider = page.locator(part).evaluate("it => it.scrollWidth - it.clientWidth")
        assert wider <= 1, part


def test_two_hundred_thousand_words_open_and_are_coded_found_and_undone(
    stores, open_pane
) -> None:
    built = _empty(stores, "words200000")
    built.add_codes()
    built.add_long_source("interview", 200_000, 100, 20)
    page = open_pane(built)
    page.locator(".pane-read").focus()
    press(page, "f")
    page.keyboard.type("MY MUM")
    count = page.locator(".pane-found-count")
    text = built.text("interview").lower()
    expect(count).to_contain_text(f"of {text.count('my mum'):,} places")
    # Closing leaves the reader at the place found, and nothing chosen yet.
    press(page, "Escape", "t", "1")
    wait_saved(page)
    eventually(lambda: built.rows("select count(*) from span"), [(101,)])
    press(page, "z")
    eventually(lambda: built.rows("select count(*) from span"), [(100,)])


SLIPS = [
    "late notcie",
    "notice late",
    "retelling storey",
    "story retelling",
    "wroker same",
    "beeing heard",
    "powre",
    "record gaps",
    "gaps in teh record",
    "familly support",
    "harrm",
    "treshold",
    "supervison",
    "huosing",
    "past echo",
]


def test_typing_finds_what_rapidfuzz_finds(store, open_pane) -> None:
    page = open_pane(store)
    chance = random.Random(11)
    letters = "abcdeé \U0001f600'"
    pairs = [
        ["".join(chance.choices(letters, k=chance.randint(0, 12))) for _ in range(2)]
        for _ in range(300)
    ]
    measured = page.evaluate(
        "async ([from, pairs]) => { const { ratio } = await import(from);"
        " return pairs.map(([a, b]) => ratio(a, b)); }",
        [f"{MODULES}codes/ranking.js", pairs],
    )
    wanted = [fuzz.ratio(a, b) / 100 for a, b in pairs]
    assert measured == pytest.approx(wanted)
    assert len(set(wanted)) > 20
    first = page.evaluate(
        "async ([from, names, typed]) => { const { ranked } = await import(from);"
        " const codes = names.map((name) => ({ id: name, name }));"
        " return typed.map((one) => ranked(codes, one)[0]?.name ?? ''); }",
        [f"{MODULES}codes/ranking.js", CODE_NAMES, SLIPS],
    )
    best = [
        process.extractOne(
            one, CODE_NAMES, scorer=fuzz.token_sort_ratio, processor=str.lower
        )[0]
        for one in SLIPS
    ]
    assert first == best
