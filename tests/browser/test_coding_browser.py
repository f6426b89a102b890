"""Reading and coding in the real app: mouse, keys, two people, reload, real words."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.app_steps import at_rest
from browser.test_transcript_pane_browser import drag, eventually, press, wait_saved
from interview_desk import a_desk
from playwright.sync_api import expect

from coding.coded_segments import Segment
from coding.suggestions.suggestion import CodeSuggestion, Strength, SuggestionReason
from coding.transcripts import Transcript
from data.coding_records import CodedPassage
from data.sources import NewSource
from data.storage import StudyStore

_ROOT = Path(__file__).parents[2]
_DENISE = "wave_1_social_worker_denise.txt"
_YUSUF = "wave_2_team_leader_yusuf.txt"


@pytest.fixture
def serve_study(serve: Callable, tmp_path: Path) -> Callable[[StudyStore], str]:
    """Serves the real app on a study; its address comes back."""

    def start(store: StudyStore) -> str:
        environment = {
            "WORKBENCH_STUDY": str(store.database.file),
            "WORKBENCH_FOLDER": str(tmp_path / "folder"),
        }
        app = _ROOT / "workbench" / "served.py"
        return serve(app, theme={}, environment=environment).url

    return start


def _open(open_page, url: str, path: str, who: str):
    page = open_page(f"{url}{path}")
    someone_else = page.get_by_role("button", name="Someone else is here")
    me = page.get_by_role("button", name=who)
    someone_else.or_(me).first.wait_for()
    # This computer may remember who worked here last.
    if someone_else.count():
        someone_else.click()
    me.click()
    someone_else.wait_for()
    return page


def _read_along(page) -> None:
    """Waits for the transcript, and for the type it is set in."""
    page.wait_for_selector(".pane-turn")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(300)


def _source(store: StudyStore, file_name: str) -> str:
    return next(o.id for o in store.sources.summaries() if o.file_name == file_name)


def _passages(store: StudyStore, source: str, coder: str) -> list[CodedPassage]:
    found = store.coding.passages(source_ids=[source])
    return [one for one in found if one.coder == coder]


def test_a_transcript_is_coded_by_mouse_and_keys_and_is_there_after_a_reload(
    serve_study, open_page, sample_study: StudyStore
) -> None:
    store = sample_study
    source = _source(store, _YUSUF)
    before = {one.coded.id for one in store.coding.passages(source_ids=[source])}
    waiting = store.suggestions.open_of(source)
    assert len(waiting) >= 2
    page = _open(open_page, serve_study(store), f"code?source={source}", "Priya")
    _read_along(page)
    turns = store.sources.read(source).transcript.turns
    text = store.sources.read(source).transcript.text

    # By mouse, from the third turn into the fourth; 2 is the second code's key.
    third = text[turns[2].start : turns[2].end]
    fourth = text[turns[3].start : turns[3].end]
    first_words = " ".join(third.split()[-3:])
    last_words = " ".join(fourth.split()[:3])
    drag(page, 2, first_words, 3, last_words)
    press(page, "2")
    wait_saved(page)
    (mouse,) = _new(store, source, before)
    assert mouse.quotation.startswith(first_words)
    assert mouse.quotation.endswith(last_words)
    assert mouse.code_name == "Strengths and vulnerabilities"

    # By keyboard: a turn, then a code found by its letters.
    page.keyboard.press("Escape")
    page.locator(".pane-read").focus()
    press(page, "ArrowDown", "t", "Space")
    page.keyboard.type("being he")
    press(page, "Enter")
    wait_saved(page)
    keyed = [
        one for one in _new(store, source, before) if one.coded.id != mouse.coded.id
    ]
    assert [one.code_name for one in keyed] == ["Being heard"]
    assert keyed[0].quotation in [text[t.start : t.end] for t in turns]

    # One key a suggestion.
    press(page, "Escape", "Escape", "j", "a")
    press(page, "x")
    wait_saved(page)
    eventually(
        lambda: sorted(
            one.status for one in store.suggestions.all_of(source) if one.decided_by
        ),
        ["accepted", "rejected"],
    )
    page.reload()
    _read_along(page)
    kept = _new(store, source, before)
    assert len(kept) == 3
    assert page.locator("mark", has_text=first_words).count()
    assert page.locator("mark", has_text=last_words).count()
    assert f"{len(before) + 3} passages coded" in page.inner_text(".pane-top")


def _new(store: StudyStore, source: str, before: set[str]) -> list[CodedPassage]:
    mine = _passages(store, source, "Priya Wetherall")
    return [one for one in mine if one.coded.id not in before]


def test_thirty_decisions_at_fifty_milliseconds_are_all_kept(
    serve_study, open_page, empty_store: StudyStore
) -> None:
    source, same, heard = a_desk(empty_store)
    words = "Interviewer: Go on.\n" + "\n".join(
        f"Mum: Answer number {n} about the same worker." for n in range(30)
    )
    (source,) = empty_store.sources.save("priya", [NewSource(_read(words))])
    stored = empty_store.sources.read(source)
    proposed = [
        CodeSuggestion(
            same if turn.number % 2 else heard,
            turn.number,
            Segment(turn.start, turn.end),
            1,
            Strength.FAIRLY_SURE,
            0.5,
            SuggestionReason("Because of same worker."),
        )
        for turn in stored.transcript.turns[1:]
    ]
    assert len(proposed) == 30
    empty_store.suggestions.replace_open("priya", {source: proposed}, engine="test")
    url = serve_study(empty_store)
    page = _open(open_page, url, f"code?source={source}", "Priya")
    _read_along(page)
    page.locator(".pane-read").focus()
    press(page, "j")
    for number in range(30):
        press(page, "a" if number % 3 else "x")
        page.wait_for_timeout(50)
    wait_saved(page)
    found = empty_store.suggestions.all_of(source)
    statuses = [one.status for one in found]
    assert statuses.count("open") == 0
    assert (statuses.count("accepted"), statuses.count("rejected")) == (20, 10)
    assert len(empty_store.coding.segments(source)) == 20


def _read(words: str) -> Transcript:
    from interview_desk import a_transcript

    return a_transcript("Thirty answers", words)


def test_of_two_people_the_second_is_told_who_decided(
    serve_study, open_page, sample_study: StudyStore
) -> None:
    store = sample_study
    source = _source(store, _YUSUF)
    others = [p.name for p in store.study.people() if p.role.value == "study_lead"]
    url = serve_study(store)
    first = _open(open_page, url, f"code?source={source}", "Priya")
    second = _open(open_page, url, f"code?source={source}", others[0])
    for page in (first, second):
        _read_along(page)
        page.locator(".pane-read").focus()
        press(page, "j")
    press(first, "a")
    wait_saved(first)
    press(second, "x")
    second.get_by_text("Already decided by Priya Wetherall").first.wait_for()
    decided = [o for o in store.suggestions.all_of(source) if o.decided_by]
    assert [one.status for one in decided] == ["accepted"]


def _give_file(page, path: Path) -> None:
    at_rest(page)  # A place drawn anew under the file would lose it.
    # A page before this one may have had a picker too, and leaves a moment later.
    picker = page.locator("input[type=file]")
    expect(picker).to_have_count(1)
    picker.set_input_files(path)


@pytest.mark.shared_data
def test_published_words_are_added_suggested_on_and_coded_by_hand(
    serve_study, open_page, empty_store: StudyStore, shared_data: Path
) -> None:
    a_desk(empty_store)
    url = serve_study(empty_store)
    page = _open(open_page, url, "codebook", "Priya")
    page.get_by_role("button", name="Add codes from a file").click()
    codebook = _ROOT / "data" / "sample_study" / "codebook.csv"
    _give_file(page, codebook)
    page.get_by_role("button", name="Save these codes").click()
    page.get_by_text("Saved. ").wait_for()
    page.get_by_role("link", name="Transcripts").click()
    for file, count in (("report-quotes.csv", 37), ("service-user-comments.csv", 57)):
        page.get_by_role("button", name="Add a table of comments").click()
        page.get_by_role("heading", name="Add a table of comments").wait_for()
        _give_file(page, shared_data / file)
        at_rest(page)
        page.get_by_text("Each comment is one person").click()
        page.get_by_role("button", name=f"Add {count} comments").click()
        page.get_by_text(f"Saved. {count} sources added").wait_for()
    page.get_by_role("button", name="Suggest codes for all").click()
    page.get_by_text("Words are read by").wait_for(timeout=120_000)
    assert empty_store.suggestions.waiting() > 10
    page.get_by_role("link", name="service-user-comments.csv").click()
    _read_along(page)
    page.locator(".pane-read").focus()
    press(page, "ArrowRight", "t", "1")
    wait_saved(page)
    (coded,) = empty_store.coding.passages()
    assert coded.source_name.startswith("service-user-comments")
    assert coded.coder == "Priya Wetherall"
    assert coded.participant is not None


def test_a_quotation_leads_to_its_words_which_are_outlined_once(
    serve_study, open_page, sample_study: StudyStore
) -> None:
    page = _open(open_page, serve_study(sample_study), "theme", "Priya")
    link = page.locator("a[href*='at=']")
    link.first.wait_for()
    # The one furthest into its source: the start of a transcript would show the first.
    places = [int(one.get_attribute("href").split("at=")[1]) for one in link.all()]
    furthest = link.nth(places.index(max(places)))
    quotation = page.locator(".wb-quotation blockquote").nth(places.index(max(places)))
    words = quotation.inner_text().strip("“”")
    reference = furthest.inner_text()
    assert max(places) > 1500
    furthest.click()
    page.locator(".pane-arrived").first.wait_for()
    turn = reference.rsplit("turn ", 1)[1].strip()
    assert f"passage you came for: turn {turn}" in page.inner_text(".pane-status")
    assert words in page.locator(".pane-status").text_content()
    shown = """words => {
      const frame = document.querySelector('.pane-read').getBoundingClientRect();
      const marks = [...document.querySelectorAll('mark')];
      const inside = marks.filter(mark => words.includes(mark.firstChild.data));
      return inside.some(mark => {
        const box = mark.getBoundingClientRect();
        return box.top >= frame.top && box.bottom <= frame.bottom
          && box.top >= 0 && box.bottom <= innerHeight;
      });
    }"""
    page.wait_for_timeout(1_000)
    assert page.evaluate(shown, words)
    # The outline stands around those words and goes by itself.
    box = page.locator(".pane-arrived").first.bounding_box()
    assert box["height"] > 20
    page.wait_for_function("!document.querySelector('.pane-arrived')")

    # Who has read on stays there, whatever the page draws anew.
    page.evaluate("document.querySelector('.pane-read').scrollTop = 0")
    page.locator(".pane-text").first.click()
    # The keys act where the click has put the cursor, once it is there.
    page.wait_for_timeout(700)
    press(page, "s")
    page.wait_for_timeout(300)
    press(page, "2")
    wait_saved(page)
    page.wait_for_timeout(500)
    assert page.evaluate("document.querySelector('.pane-read').scrollTop") == 0
    assert page.locator(".pane-arrived").count() == 0
