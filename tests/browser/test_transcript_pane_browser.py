"""The transcript pane in a real browser: mouse, keys, lost servers, hostile text."""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest
from browser.pane_store import CODE_NAMES, FARMER, INTERVIEW, MARKUP, PaneStore
from playwright.sync_api import TimeoutError as NotInTime
from playwright.sync_api import expect

HERE = Path(__file__).parent
# Where given words stand on the screen: the middle of their first or last edge.
EDGE = """([turn, words, atEnd]) => {
  const text = document.querySelectorAll('.pane-text')[turn];
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const nodes = [];
  let all = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    nodes.push([node, all.length]);
    all += node.data;
  }
  const at = all.indexOf(words) + (atEnd ? words.length : 0);
  const [node, from] = nodes.find(([n, f]) => f <= at && at <= f + n.data.length);
  const range = document.createRange();
  range.setStart(node, at - from);
  range.setEnd(node, at - from);
  const box = range.getBoundingClientRect();
  return [box.left, (box.top + box.bottom) / 2];
}"""


@pytest.fixture(scope="module")
def stores(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("stores")


@pytest.fixture(scope="module")
def server(serve, stores):
    return serve(HERE / "pane_served.py", environment={"PANE_STORES": str(stores)})


@pytest.fixture
def store(stores, request) -> PaneStore:
    built = PaneStore(stores / f"{request.node.name}.sqlite")
    built.build()
    built.add_codes()
    built.add_source("interview", INTERVIEW)
    built.add_codings("interview")
    return built


@pytest.fixture
def open_pane(server, open_page) -> Callable:
    def open_store(store: PaneStore, asks: str = "", **options):
        page = open_page(f"{server.url}?study={store.path.stem}{asks}", **options)
        page.wait_for_selector(".pane-turn")
        return page

    return open_store


def drag(page, turn: int, first: str, last_turn: int, last: str) -> None:
    """Marks with the mouse from the start of ``first`` to the end of ``last``."""
    page.locator(".pane-turn").nth(turn).scroll_into_view_if_needed()
    page.locator(".pane-turn").nth(last_turn).scroll_into_view_if_needed()
    (x, y), (to_x, to_y) = unmoved(
        page,
        lambda: [
            page.evaluate(EDGE, [turn, first, False]),
            page.evaluate(EDGE, [last_turn, last, True]),
        ],
    )
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move((x + to_x) / 2, (y + to_y) / 2, steps=5)
    page.mouse.move(to_x, to_y, steps=5)
    page.mouse.up()
    page.wait_for_selector(".pane-list:visible")


def unmoved(page, look: Callable[[], Any]) -> Any:
    """What ``look`` sees once it has not moved for a moment.

    Type that arrives late, or a side bar that opens, moves words from under a mouse
    that a program moves faster than any hand.
    """
    page.evaluate("document.fonts.ready")
    until = time.monotonic() + 15
    seen, before = look(), None
    while seen != before and time.monotonic() < until:
        page.wait_for_timeout(200)
        seen, before = look(), seen
    return seen


def place_of(page, turn: int, words: str, end: bool = False) -> tuple[float, float]:
    """Where these words begin, or end, on the screen once they are at rest."""
    x, y = unmoved(page, lambda: page.evaluate(EDGE, [turn, words, end]))
    return x, y


def open_card(page, turn: int, words: str):
    """The card of what is coded at these words, opened, also where they just moved."""
    card = page.locator(".pane-passage[role=dialog]:visible").first
    for _ in range(5):
        page.mouse.click(*place_of(page, turn, words))
        with suppress(NotInTime):
            card.wait_for(timeout=4_000)
            return card
    raise AssertionError("the card of the coded words does not open")


def press(page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def wait_saved(page) -> None:
    """Until all is kept, and the page shows what the study made of it.

    Not by ``expect``, which writes down the whole page at its first look: that of a
    very long transcript takes it a minute and a half.
    """
    page.wait_for_function(
        "/^All work saved \\d/.test("
        "document.querySelector('.pane-saved[aria-busy=false]')?.textContent ?? '')"
    )


def eventually(
    found: Callable[[], object], wanted: object, seconds: float = 15
) -> None:
    until = time.monotonic() + seconds
    while found() != wanted and time.monotonic() < until:
        time.sleep(0.05)
    assert found() == wanted


def status(page) -> str:
    return page.inner_text(".pane-status")


def test_mouse_codes_across_two_turns_with_joined_emoji_and_accents(store, open_pane):
    page = open_pane(store)
    drag(page, 5, FARMER, 6, "He did more")
    press(page, "7")
    wait_saved(page)
    text = store.text("interview")
    (start, end), *rest = store.rows(
        "select start, end from span where code='code-6' and coder='me'"
    )
    assert rest == []
    assert text[start:end] == f"{INTERVIEW[5][1][9:]}\n\U0001f600 He did more"
    assert page.locator("mark", has_text="He did more").count() == 1
    assert "Family as support added, 1 passage." in status(page)


def test_half_a_joined_emoji_is_never_coded(store, open_pane):
    page = open_pane(store)
    # From the middle of the farmer (in code units) to the middle of the flag.
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(
            document.querySelectorAll('.pane-text')[5], NodeFilter.SHOW_TEXT);
          const nodes = []; while (walker.nextNode()) nodes.push(walker.currentNode);
          const node = nodes.find((n) => n.data.includes('drove'));
          const farmer = node.data.indexOf('\\u{1f469}');
          const flag = node.data.indexOf('\\u{1f3f4}');
          const read = document.querySelector('.pane-read');
          read.focus();
          const down = new PointerEvent('pointerdown', {button: 0, bubbles: true});
          read.dispatchEvent(down);
          getSelection().setBaseAndExtent(node, farmer + 3, node, flag + 4);
          window.dispatchEvent(new PointerEvent('pointerup', {button: 0}));
        }"""
    )
    page.wait_for_selector(".pane-list:visible")
    press(page, "1")
    wait_saved(page)
    quotation = store.quotations("interview", "Late notice")[-1]
    assert quotation.startswith(f"{FARMER} drove")
    assert quotation.endswith("\U000e0067\U000e007f")


def test_keyboard_alone_codes_a_sentence_and_words(store, open_pane):
    page = open_pane(store)
    page.locator(".pane-read").focus()
    press(page, "ArrowRight", "ArrowDown", "ArrowRight", "s")
    press(page, "Space")
    page.keyboard.type("hous")
    press(page, "Enter")
    wait_saved(page)
    assert store.quotations("interview", "Housing") == [
        "She started to open up once the same worker came every week at the same time."
    ]
    # The words stay chosen: a second code is one more key.
    press(page, "8")
    eventually(lambda: len(store.quotations("interview", "Harm")), 2)
    press(page, "Escape", "Escape", "ArrowDown", "Shift+ArrowRight", "9")
    eventually(lambda: len(store.quotations("interview", "Thresholds")), 1)
    (words,) = store.quotations("interview", "Thresholds")
    assert words in INTERVIEW[1][1]
    assert len(words.split()) == 2


def test_turn_key_chooses_the_whole_turn(store, open_pane):
    page = open_pane(store)
    page.locator(".pane-read").focus()
    press(page, "ArrowRight", "t", "1")
    wait_saved(page)
    assert INTERVIEW[0][1] in store.quotations("interview", "Late notice")


def test_unmatched_name_makes_a_code_on_the_words(store, open_pane):
    page = open_pane(store)
    drag(page, 3, "I had to", 3, "tell the story again")
    press(page, "Space")
    page.keyboard.type("kept out of the loop")
    assert page.inner_text(".pane-option") == "Make code kept out of the loop"
    press(page, "Enter")
    wait_saved(page)
    assert store.quotations("interview", "kept out of the loop") == [
        "I had to tell the story again"
    ]
    assert page.get_by_role("button", name="kept out of the loop, 1 passage").count()


def test_first_code_of_an_empty_codebook_is_made_in_three_actions(stores, open_pane):
    empty = PaneStore(stores / "empty.sqlite")
    empty.build()
    empty.add_source("interview", INTERVIEW)
    page = open_pane(empty)
    assert "No codes yet. Select words and type a name" in page.inner_text(
        ".pane-codebook"
    )
    drag(page, 1, "nobody had spoken", 1, "to the school")
    press(page, "Space")
    page.keyboard.type("School left out")
    press(page, "Enter")
    wait_saved(page)
    assert empty.quotations("interview", "School left out") == [
        "nobody had spoken to the school"
    ]


def test_thirty_decisions_at_fifty_milliseconds_are_all_kept(store, open_pane):
    store.add_long_source("long", 6000, 40, 31)
    page = open_pane(store, "&source=long")
    page.locator(".pane-read").focus()
    press(page, "j")
    for number in range(30):
        page.keyboard.press("a" if number % 3 else "x")
        page.wait_for_timeout(50)
    wait_saved(page)
    decided = store.rows(
        "select status, count(*) from suggestion where source='long' "
        "group by status order by status"
    )
    assert decided == [("accepted", 20), ("open", 1), ("rejected", 10)]
    assert store.rows("select count(*) from span where source='long'") == [(60,)]
    assert page.locator(".pane-card-title").count() == 1


def test_suggestion_is_shown_with_its_reason_until_it_is_decided(store, open_pane):
    page = open_pane(store)
    page.locator(".pane-read").focus()
    press(page, "j")
    card = page.inner_text(".pane-card")
    assert "Suggested: Retelling the story" in card
    assert "close to 3 passages you coded" in card
    assert "Fairly sure · suggestion 1 of 4" in card
    press(page, "x")
    assert "suggestion 1 of 3" in page.inner_text(".pane-card")
    press(page, "e")
    page.keyboard.type("being")
    press(page, "Enter")
    wait_saved(page)
    assert store.rows("select status from suggestion order by id limit 3") == [
        ("rejected",),
        ("open",),
        ("instead",),
    ]
    assert store.quotations("interview", "Being heard")[-1] == (
        "nobody had written anything down"
    )


def test_guesses_stay_folded_away_until_they_are_asked_for(store, open_pane):
    page = open_pane(store)
    page.locator(".pane-read").focus()
    told = ", 4 suggestions to look at, 1 guess folded away"
    assert told in page.inner_text(".pane-progress")
    guess = page.locator('.pane-stripe[data-item="suggestion-4"]')
    assert guess.count() == 0
    press(page, *"jxxxx")
    wait_saved(page)
    assert "No suggestions left but 1 guess." in page.inner_text(".pane-card")
    press(page, "j")
    assert "Press G to show it" in page.inner_text(".pane-status")
    press(page, "g", "j")
    assert "A guess · suggestion 1 of 1" in page.inner_text(".pane-card")
    assert guess.count() == 1
    press(page, "a")
    wait_saved(page)
    page.get_by_role("button", name="Undo").click()
    waits = ", 1 suggestion to look at"
    eventually(lambda: waits in page.inner_text(".pane-progress"), True)
    # Undone it waits again, in sight as guesses were asked for.
    page.locator(".pane-guesses").click()
    assert guess.count() == 0


def test_undo_takes_back_the_last_changes_in_turn(store, open_pane):
    page = open_pane(store)
    before = store.rows("select id, start, end, code from span order by id")
    drag(page, 6, "He did", 6, "any of us")
    press(page, "1", "Escape", "Escape", "j", "a", "x")
    wait_saved(page)
    assert len(store.rows("select 1 from span")) == len(before) + 2
    press(page, "z", "z", "z")
    assert "Undone: Late notice on 7 words." in status(page)
    wait_saved(page)
    eventually(
        lambda: store.rows("select id, start, end, code from span order by id"), before
    )
    assert store.rows("select distinct status from suggestion") == [("open",)]
    assert page.locator(".pane-bottom .pane-button").first.is_disabled()


def test_own_coding_is_removed_from_its_passage_and_brought_back(store, open_pane):
    page = open_pane(store)
    card = open_card(page, 3, "about us")
    card.get_by_text("Being heard").first.wait_for()
    assert card.get_by_role("button", name="Remove Power").count() == 1
    # Another coder's work is shown with their name and stays.
    page.keyboard.press("Escape")
    card = open_card(page, 3, "the duty")
    card.get_by_text("coded by Amira Khan").first.wait_for()
    assert card.get_by_role("button", name="Remove").count() == 0
    page.keyboard.press("Escape")
    card = open_card(page, 3, "feeling")
    card.get_by_role("button", name="Remove Being heard").click()
    wait_saved(page)
    assert store.quotations("interview", "Being heard") == []
    press(page, "z")
    eventually(lambda: len(store.quotations("interview", "Being heard")), 1)


def test_refused_change_is_rolled_back_with_its_words(store, open_pane):
    page = open_pane(store)
    drag(page, 6, "He did", 6, "any of us")
    press(page, "Space")
    page.keyboard.type("Forbidden")
    press(page, "Enter")
    page.wait_for_selector(".pane-trouble")
    assert "Not saved." in status(page)
    wait_saved(page)
    assert page.locator("mark", has_text="He did").count() == 0
    assert "Forbidden" not in page.inner_text(".pane-codebook")
    assert store.rows("select count(*) from code") == [(len(CODE_NAMES),)]


def test_decision_somebody_else_took_first_is_told(store, open_pane):
    page = open_pane(store)
    page.locator(".pane-read").focus()
    press(page, "j")
    with store.connect() as other:
        other.execute("update suggestion set status='rejected' where id='suggestion-0'")
    press(page, "a")
    page.wait_for_selector(".pane-trouble")
    assert "Somebody else has decided this suggestion already." in status(page)


def test_work_done_while_the_server_is_down_arrives_when_it_is_back(
    store, serve, stores, open_page
):
    server = serve(HERE / "pane_served.py", environment={"PANE_STORES": str(stores)})
    page = open_page(f"{server.url}?study={store.path.stem}")
    page.wait_for_selector(".pane-turn")
    server.kill()
    drag(page, 6, "He did", 6, "any of us")
    press(page, "1", "2", "Escape", "Escape", "j", "x")
    page.wait_for_selector(".pane-late")
    assert "Not saved yet: trying again" in page.inner_text(".pane-saved")
    assert page.evaluate(
        "(() => { const leaving = new Event('beforeunload', {cancelable: true});"
        " window.dispatchEvent(leaving); return leaving.defaultPrevented; })()"
    )
    server.start()
    page.wait_for_selector(".pane-late", state="detached", timeout=60_000)
    wait_saved(page)
    for name in ("Late notice", "Retelling the story"):
        assert store.quotations("interview", name)[-1] == "He did more than any of us"
    assert store.rows("select count(*) from suggestion where status='rejected'") == [
        (1,)
    ]
    assert store.rows("select count(*) from operation") == [(3,)]


def test_work_waiting_when_the_page_is_reloaded_still_arrives(
    store, serve, stores, open_page
):
    server = serve(HERE / "pane_served.py", environment={"PANE_STORES": str(stores)})
    page = open_page(f"{server.url}?study={store.path.stem}")
    page.wait_for_selector(".pane-turn")
    page.on("dialog", lambda dialog: dialog.accept())
    server.kill()
    drag(page, 6, "He did", 6, "any of us")
    press(page, "1")
    server.start()
    page.reload()
    page.wait_for_selector(".pane-turn")
    wait_saved(page)
    assert store.quotations("interview", "Late notice")[-1] == (
        "He did more than any of us"
    )


def test_work_that_waits_is_only_ever_sent_for_the_person_who_did_it(
    store, serve, stores, open_page
):
    server = serve(HERE / "pane_served.py", environment={"PANE_STORES": str(stores)})
    page = open_page(f"{server.url}?study={store.path.stem}")
    page.wait_for_selector(".pane-turn")
    page.on("dialog", lambda dialog: dialog.accept())
    server.kill()
    drag(page, 6, "He did", 6, "any of us")
    press(page, "1")
    # The tab is left before its server is back: it must not send what is its own.
    page.goto("about:blank")
    server.start()
    # The next person at the same computer opens the same transcript.
    page.goto(f"{server.url}?study={store.path.stem}&coder=ben")
    page.wait_for_selector(".pane-turn")
    page.wait_for_timeout(2500)
    assert store.rows("select count(*) from operation") == [(0,)]
    assert page.locator("mark", has_text="He did more").count() == 0
    page.goto(f"{server.url}?study={store.path.stem}")
    page.wait_for_selector(".pane-turn")
    wait_saved(page)
    assert store.rows("select count(*) from operation") == [(1,)]


def test_change_made_just_before_leaving_travels_with_the_next_transcript(
    store, open_pane
):
    store.add_source("second", [("Worker", "Another interview altogether.")])
    page = open_pane(store, "&sidebar=1")
    drag(page, 6, "He did", 6, "any of us")
    press(page, "1")
    page.get_by_text("second", exact=True).click()
    page.get_by_text("Another interview altogether.").wait_for()
    eventually(
        lambda: store.quotations("interview", "Late notice")[-1],
        "He did more than any of us",
    )
    page.get_by_text("interview", exact=True).click()
    page.locator("mark", has_text="He did more than any of us").wait_for()


def test_streamlits_own_keys_do_nothing_in_the_pane(store, open_pane):
    page = open_pane(store, "&sidebar=1")
    runs = page.get_by_text("Runs of the page:")
    page.locator(".pane-read").focus()
    press(page, "r", "c")
    page.wait_for_timeout(700)
    assert runs.inner_text() == "Runs of the page: 1"
    assert page.locator("[role=dialog]:visible").count() == 0
    # The same key elsewhere on the page is Streamlit's.
    page.locator("[data-testid=stMainMenu] button").focus()
    press(page, "r")
    page.get_by_text("Runs of the page: 2").wait_for()


def test_markup_in_words_names_and_codes_stays_words(store, open_pane):
    store.add_source("markup", MARKUP)
    with store.connect() as connection:
        connection.execute(
            "update code set name='<img src=x onerror=hit()>' where id='code-0'"
        )
    page = open_pane(store, "&source=markup")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    drag(page, 0, "<img", 0, "& <i>")
    press(page, "1")
    wait_saved(page)
    assert page.inner_text(".pane-title") == "<i>Interview</i>"
    assert page.locator(".pane-text").nth(0).text_content() == MARKUP[0][1]
    assert page.locator(".pane-text").nth(1).text_content() == MARKUP[1][1]
    assert page.inner_text(".pane-speaker >> nth=0") == "<b>Boss</b>"
    assert "<img src=x onerror=hit()>" in page.inner_text(".pane-codebook")
    assert (
        page.locator(
            ".transcript-pane img, .transcript-pane script, .transcript-pane b"
        ).count()
        == 0
    )
    assert page.evaluate("window.hit") is None
    assert [url for url in asked if "127.0.0.1:9" in url or url.endswith("/x")] == []


def test_colours_from_the_study_cannot_fetch_anything(store, open_pane):
    page = open_pane(store)
    painted = page.evaluate(
        """async () => {
          const base = '/_stcore/bidi-components/workbench.transcript/';
          const { StudyView } = await import(base + 'work/study_view.js');
          const view = new StudyView();
          const bad = 'url(//example.org/x)';
          view.receive({version: 'v', base: '', changes: {
            codes: {set: [['c', 'Name', 0, bad, bad, bad, bad, 0, '']], gone: []},
            spans: {set: [], gone: []}, suggestions: {set: [], gone: []}}});
          view.play([]);
          return [...view.code('c').light, ...view.code('c').dark];
        }"""
    )
    assert painted == ["#55606A", "#E9ECEE", "#A9B2B9", "#2A3138"]


def test_pane_without_the_right_to_code_changes_nothing(store, open_pane):
    page = open_pane(store, "&may_code=no&may_memo=no")
    x, y = place_of(page, 6, "He did")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 120, y, steps=4)
    page.mouse.up()
    press(page, "1", "j", "a", "x", "z")
    page.wait_for_timeout(600)
    assert page.locator(".pane-list:visible").count() == 0
    assert page.locator(".pane-acts").count() == 0
    assert "You can read this transcript but not code it." in page.inner_text(
        ".pane-codebook"
    )
    assert store.rows("select count(*) from operation") == [(0,)]


@pytest.mark.parametrize(
    ("width", "codes", "labels"),
    [(1440, True, True), (1100, False, True), (700, False, False)],
)
def test_less_room_turns_codes_into_a_drawer_and_hides_stripe_names(
    store, open_pane, width, codes, labels
):
    page = open_pane(store, width=width)
    page.wait_for_selector(".pane-stripe")
    assert page.locator(".pane-codebook").is_visible() is codes
    assert page.locator(".pane-stripe-label").first.is_visible() is labels
    if not codes:
        page.get_by_role("button", name="Codes", exact=True).click()
        assert page.locator(".pane-codebook").is_visible()
    reader = page.locator(".pane-read")
    assert reader.evaluate("node => node.scrollWidth - node.clientWidth") <= 0


def test_code_names_reach_a_screen_reader_without_moving_positions(store, open_pane):
    page = open_pane(store)
    assert page.locator(".pane-text").nth(1).text_content() == INTERVIEW[1][1]
    spoken = page.locator(".pane-text").nth(1).aria_snapshot()
    assert "coded Same worker" in spoken
    assert page.locator(".pane-status").get_attribute("role") == "status"


def test_typing_ranks_whole_words_before_scattered_letters(store, open_pane):
    page = open_pane(store)
    drag(page, 6, "He did", 6, "any of us")
    press(page, "Space")
    page.keyboard.type("ha")
    assert page.locator(".pane-option").last.inner_text() == "Make code ha"
    names = page.locator(".pane-option-name").all_inner_texts()
    # Harm starts with it; "Echo of the past" has both letters, apart.
    assert names[0] == "Harm"
    assert "Echo of the past" in names


def test_each_stripe_stands_beside_its_words_with_its_name_apart(store, open_pane):
    page = open_pane(store)
    page.wait_for_selector(".pane-stripe-label:visible")
    page.locator(".pane-read").focus()
    press(page, "g")
    page.wait_for_timeout(300)
    beside = page.evaluate(
        """() => Array.from(document.querySelectorAll('.pane-stripe'), (stripe) => {
          const id = stripe.dataset.item;
          const marks = document.querySelectorAll(`mark[data-items~="${id}"]`);
          const lines = Array.from(marks).flatMap((m) => [...m.getClientRects()]);
          const top = Math.min(...lines.map((line) => line.top));
          const bottom = Math.max(...lines.map((line) => line.bottom));
          const box = stripe.getBoundingClientRect();
          return [box.top - top, box.bottom - bottom, box.left > lines[0].left];
        })"""
    )
    assert len(beside) == 12
    for above, below, is_right in beside:
        assert abs(above) <= 2
        assert abs(below) <= 8
        assert is_right
    labels = [
        one.bounding_box()
        for one in page.locator(".pane-turn >> nth=3 >> .pane-stripe-label").all()
    ]
    tops = sorted(box["y"] for box in labels)
    assert all(later - one >= 18 for one, later in itertools.pairwise(tops))


def test_hovering_a_stripe_fades_the_other_tints(store, open_pane):
    page = open_pane(store)
    page.locator(".pane-stripe-label", has_text="Late notice").hover()
    faded = page.locator("mark", has_text="the same worker came every week")
    lit = page.locator("mark", has_text="We were told on a Friday")
    image = "node => getComputedStyle(node).backgroundImage"
    assert faded.evaluate(image) == "none"
    assert "gradient" in lit.evaluate(image)


def test_in_a_low_window_no_words_run_behind_what_stands_below(store, open_pane):
    page = open_pane(store, width=800, height=600)
    page.wait_for_timeout(300)
    card = page.locator(".pane-card").bounding_box()
    reader = page.locator(".pane-read").bounding_box()
    assert reader["height"] > 100
    assert reader["y"] + reader["height"] <= card["y"]


def test_a_long_code_name_takes_two_lines_before_it_is_cut(store, open_pane):
    page = open_pane(store)
    drag(page, 6, "He did", 6, "any of us")
    press(page, "Space")
    page.keyboard.type("Shared language between school and home")
    press(page, "Enter")
    wait_saved(page)
    label = page.locator(".pane-stripe-label", has_text="Shared language")
    name = label.locator("bdi")
    assert name.bounding_box()["height"] == 36
    assert name.evaluate("it => it.scrollHeight - it.clientHeight") <= 1


def test_coders_are_named_only_where_two_have_coded(store, open_pane):
    page = open_pane(store)
    page.wait_for_selector(".pane-stripe-label:visible")
    named = page.locator(".pane-stripe-note", has_text="Amira Khan")
    assert named.count() > 0
    with sqlite3.connect(store.path) as study:
        study.execute("update span set coder = 'Amira Khan'")
    page.reload()
    page.wait_for_selector(".pane-stripe-label:visible")
    assert page.locator(".pane-stripe-label").count() > 0
    assert named.count() == 0


def test_whoever_comes_back_to_the_page_sees_what_others_did(store, open_pane) -> None:
    page = open_pane(store)
    told = page.locator("mark", has_text="He did more than any of us")
    expect(told).to_have_count(0)
    start = store.text("interview").index("He did more than any of us")
    with closing(store.connect()) as connection:
        connection.execute(
            "insert into span values ('late', 'interview', ?, ?, 'code-1', 'ben', '')",
            (start, start + len("He did more than any of us")),
        )
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(told.first).to_be_visible()
