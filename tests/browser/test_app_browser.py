"""The app as people meet it: who they are, reloading, the report, nothing going out."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from docx import Document

from coding.codebook import Code
from coding.study import Participant, Person, Role, Study
from coding.transcripts import SourceKind, Speaker, Transcript, Turn
from data.figures.indicators import IndicatorValue
from data.figures.survey_toplines import Survey, SurveyTopline
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore
from matching.case_records import STANDARD_FIELDS, CaseNote, CaseRecord
from matching.cases import Era
from workbench.actions.cases.pairing import find_matches
from workbench.actions.cases.plans import save_plan, suggested_plan
from workbench.actions.interviews.suggesting import make_suggestions

_ROOT = Path(__file__).parents[2]
_PAGES = (
    "",
    "cases",
    "plan",
    "judge",
    "balance",
    "transcripts",
    "code",
    "suggestions",
    "trust",
    "codebook",
    "find",
    "coders",
    "memos",
    "pseudonyms",
    "themes",
    "indicators",
    "debrief",
    "people",
    "study",
)


@pytest.fixture
def serve_study(serve: Callable, tmp_path: Path) -> Callable[[StudyStore], str]:
    """Serves the real app on a study, in a process that cannot reach out."""

    def start(store: StudyStore) -> str:
        server = serve(
            _ROOT / "workbench" / "served.py",
            theme={},
            environment={
                "WORKBENCH_STUDY": str(store.database.file),
                "WORKBENCH_FOLDER": str(tmp_path / "folder"),
                "PYTHONPATH": str(Path(__file__).parent / "loopback_only"),
                "REACHED_FOR": str(tmp_path / "reached.txt"),
            },
        )
        return server.url

    return start


def _say_who(page, name: str) -> None:
    page.get_by_role("button", name=name).click()
    page.get_by_role("button", name="Someone else is here").wait_for()


def test_who_is_at_work_is_asked_once_and_found_after_a_reload(
    serve_study, open_page, sample_study: StudyStore
) -> None:
    page = open_page(serve_study(sample_study))
    page.get_by_role("heading", name="Who are you?").wait_for()
    page.get_by_text("trusts whoever sits at this computer").wait_for()
    _say_who(page, "Delroy Ashcombe")
    page.get_by_role("button", name="Judge next pair").wait_for()
    page.reload()
    page.get_by_text("Delroy Ashcombe, practitioner researcher").wait_for()
    page.get_by_role("button", name="Someone else is here").click()
    _say_who(page, "Priya Wetherall")
    page.get_by_role("button", name="Go on coding").wait_for()
    # Two people have been at work now: no reload may turn one into the other.
    page.reload()
    page.get_by_role("heading", name="Who are you?").wait_for()


def test_pages_that_belong_together_lead_to_each_other(
    serve_study, open_page, sample_study: StudyStore
) -> None:
    url = serve_study(sample_study)
    page = open_page(url)
    _say_who(page, "Gwen Akintola")
    page.goto(f"{url}code")
    row = page.locator(".st-key-pages-beside")
    row.get_by_role("link", name="How far to trust").click()
    page.get_by_role("heading", name="How far to trust suggestions").wait_for()
    row.get_by_role("link", name="Read and code").click()
    page.get_by_role("heading", name="Read and code").wait_for()
    # The side bar names the page whose work it is, and not the others.
    bar = page.get_by_test_id("stSidebarNav")
    bar.get_by_role("link", name="Read and code").wait_for()
    assert bar.get_by_role("link", name="How far to trust").count() == 0


def test_side_bar_leaves_the_page_its_room_on_a_small_window(
    serve_study, open_page, sample_study: StudyStore
) -> None:
    url = serve_study(sample_study)
    page = open_page(url, width=800)
    _say_who(page, "Delroy Ashcombe")
    page.goto(f"{url}judge")
    page.get_by_role("heading", name="Judge pairs").wait_for()
    bar = page.get_by_test_id("stSidebar")
    text = page.get_by_test_id("stMainBlockContainer").locator(".wb-lead").first
    text.wait_for()
    beside, room = bar.bounding_box(), page.get_by_test_id("stMain").bounding_box()
    assert beside["x"] + beside["width"] <= room["x"] + 1
    assert beside["width"] <= 210
    assert room["width"] >= 0.7 * 800
    assert text.bounding_box()["width"] >= 0.6 * 800
    # Folded by hand it gives its room away altogether.
    bar.hover()
    page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
    page.wait_for_function(
        "document.querySelector('[data-testid=stMain]')"
        ".getBoundingClientRect().width > 780"
    )
    # A smaller window still begins with the page alone.
    page.set_viewport_size({"width": 640, "height": 900})
    page.reload()
    page.get_by_role("heading", name="Judge pairs").wait_for()
    assert page.get_by_test_id("stMain").bounding_box()["x"] == 0
    assert bar.bounding_box()["x"] < 0


def test_a_deep_link_opens_its_page_once_somebody_said_who_they_are(
    serve_study, open_page, sample_study: StudyStore
) -> None:
    page = open_page(f"{serve_study(sample_study)}themes")
    page.get_by_role("heading", name="Who are you?").wait_for()
    _say_who(page, "Fionnuala Stubbings")
    page.get_by_role("heading", name="Themes", exact=True).wait_for()


def test_the_debrief_report_is_two_actions_away(
    serve_study, open_page, sample_study: StudyStore
) -> None:
    page = open_page(serve_study(sample_study))
    _say_who(page, "Fionnuala Stubbings")
    page.get_by_role("link", name="Prepare the debrief").click()
    page.get_by_role("heading", name="Debrief", exact=True).wait_for()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download Word").first.click()
    report = Document(io.BytesIO(Path(download.value.path()).read_bytes()))
    words = "\n".join(paragraph.text for paragraph in report.paragraphs)
    assert "Restorative practice with families" in words
    tables = "\n".join(c.text for t in report.tables for r in t.rows for c in r.cells)
    assert "008846" in tables + words
    for section in report.sections:
        header = "\n".join(paragraph.text for paragraph in section.header.paragraphs)
        assert "Internal: identifies people" in header


def test_no_page_reaches_beyond_this_machine(
    serve_study, open_page, sample_study: StudyStore, tmp_path: Path
) -> None:
    # The page fixture fails on any request that is not to the loopback; the server
    # itself notes, and is refused, whatever else it reaches for.
    url = serve_study(sample_study)
    page = open_page(url)
    _say_who(page, "Gwen Akintola")
    for name in _PAGES:
        page.goto(f"{url}{name}")
        page.get_by_role("heading", level=1).first.wait_for()
        page.get_by_role("button", name="Someone else is here").wait_for()
    page.goto(f"{url}transcripts")
    page.get_by_role("button", name="Suggest codes for all").click()
    page.get_by_text("Words are read by").wait_for(timeout=180_000)
    assert not (tmp_path / "reached.txt").exists()


# Words that would be markup


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A web server on this machine and what it was asked for."""
    asked: list[str] = []

    class Listening(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - the base class names it
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_words: object) -> None:
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Listening)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def _hostile_study(store: StudyStore, url: str) -> None:
    def words(name: str) -> str:
        return (
            f"{name} ![x]({url}/{name}-markdown) <img src={url}/{name}-tag> "
            f"<script>fetch('{url}/{name}-script')</script> :red[blood]"
        )

    store.study.change("lead", Study(words("study"), words("about")))
    text = f"{words('spoken')}. We worked with the family together, not to them."
    transcript = Transcript(
        words("source"),
        SourceKind.INTERVIEW,
        text,
        (Turn(1, 0, len(text), words("label")),),
        (Speaker(words("label")),),
    )
    someone = Participant("", words("pseudonym"), words("role"), words("team"))
    mapping = SpeakerMapping(words("label"), participant=someone)
    new = NewSource(transcript, words("wave"), mappings=(mapping,))
    store.sources.save("lead", [new])
    store.codebook.add(
        "lead",
        Code(
            "",
            words("code"),
            words("definition"),
            words("use"),
            cues=("worked with the family", words("cue")),
            examples=(words("example"),),
        ),
    )
    lead = next(one for one in store.study.people() if one.id == "lead")
    make_suggestions(store, lead)
    store.indicators.save(
        "lead",
        [IndicatorValue(words("indicator"), "2014/15 Q1", words("area"), 3, "n")],
    )
    printed = SurveyTopline(
        survey=Survey.STAFF,
        wave="Wave 1",
        question=words("number"),
        statement=words("statement"),
        answer=words("answer"),
        count=3,
        percent=4,
        base=60,
        topic=words("topic"),
        fieldwork=words("fieldwork"),
        note=words("printed"),
        source=words("publication"),
    )
    store.toplines.save("lead", [printed])
    records = [
        CaseRecord(
            f"{words('case')} {number}",
            era,
            {
                "referral_date": date,
                "date_of_birth": "2010-01-01",
                "primary_need": "N1",
                "locality": words("locality"),
                "household": words("household"),
            },
        )
        for number, (era, date) in enumerate(
            [(Era.CONTEMPORARY, "2016-01-01"), (Era.HISTORIC, "2015-06-01")]
        )
    ]
    notes = [
        CaseNote(one.reference, one.facts["referral_date"], words("note"))
        for one in records
    ]
    fields = [field for field in STANDARD_FIELDS if field.name in records[0].facts]
    store.cases.save("lead", fields=fields, records=records, notes=notes)
    save_plan(store, lead, suggested_plan(store))
    find_matches(store, lead)
    store.study.add_person("lead", Person("", words("person")[:110], Role.DEBRIEF_TEAM))


def test_words_of_files_and_people_never_become_markup(
    serve_study, open_page, empty_store: StudyStore, listener
) -> None:
    own, asked = listener
    _hostile_study(empty_store, own)
    url = serve_study(empty_store)
    page = open_page(url)
    page.get_by_role("heading", name="Who are you?").wait_for()
    _say_who(page, "Robin Field")
    for name in _PAGES:
        page.goto(f"{url}{name}")
        page.get_by_role("button", name="Someone else is here").wait_for()
        page.wait_for_timeout(1_500)
        assert page.locator("img[src*='-markdown'], img[src*='-tag']").count() == 0
    page.goto(f"{url}code")
    page.get_by_text("We worked with the family together").first.wait_for()
    assert asked == []


def test_the_page_of_the_plan_stacks_where_it_is_narrow(
    serve_study, open_page, sample_study: StudyStore
) -> None:
    page = open_page(f"{serve_study(sample_study)}plan")
    _say_who(page, "Delroy Ashcombe")
    form = page.get_by_role("heading", name="What must hold")
    left = page.get_by_role("heading", name="What this leaves")
    left.wait_for()
    wide = [one.bounding_box() for one in (form, left)]
    assert wide[0]["y"] == wide[1]["y"]
    page.set_viewport_size({"width": 800, "height": 900})
    page.wait_for_timeout(1_000)
    narrow = [one.bounding_box() for one in (form, left)]
    assert narrow[0]["x"] == narrow[1]["x"]
    assert narrow[0]["y"] < narrow[1]["y"]
    # No word of a button is cut off.
    for button in page.get_by_role("button", name="Leave groups out").all():
        assert button.evaluate("it => it.scrollWidth <= it.clientWidth")
