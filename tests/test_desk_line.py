"""The desk line: who is let through, and that whoever is not leaves nothing behind."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import pytest
from interview_desk import a_desk, code_words
from starlette.applications import Starlette
from starlette.testclient import TestClient
from two_coders import as_coded_blind

from data.storage import StudyStore
from workbench.actions.interviews import coding_desk
from workbench.actions.interviews.pane_desk import PaneDesk
from workbench.desk_line.open_lines import (
    IDLE_SECONDS,
    MOST_LINES,
    LinePlace,
    OpenLines,
)
from workbench.desk_line.route import MOST_BYTES, PATH, desk_line_route

HOME = "http://127.0.0.1:8501"
CLIENT = "0123456789abcdef"


@dataclass
class Clock:
    now: float = 0.0

    def __call__(self) -> float:
        return self.now


@dataclass
class Desk:
    """A study with one source and the server's route to it."""

    store: StudyStore
    source_id: str
    code_id: str
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.lines = OpenLines(self.clock)
        self.client = TestClient(
            Starlette(routes=[desk_line_route(self.lines)]), base_url=HOME
        )

    def place(self, person_id: str) -> LinePlace:
        return LinePlace("study.sqlite", person_id, self.source_id)

    def open(self, person_id: str = "priya", window: str = "one") -> str:
        person = next(p for p in self.store.study.people() if p.id == person_id)
        source = self.store.sources.read(self.source_id)
        assert source is not None
        turns, desk = coding_desk.turns_of(source), PaneDesk()
        return self.lines.open(
            window,
            self.place(person_id),
            lambda sent: desk.answer_in_parts(
                sent,
                lambda: coding_desk.desk_content(self.store, person, source, turns),
                lambda source_id, operations: coding_desk.apply_operations(
                    self.store, person, source_id, operations
                ),
            ),
        )

    def message(self, coder: str = "priya", **changes) -> dict:
        fields = {
            "segment_id": "11111111-2222-4333-8444-555555555555",
            "start": 13,
            "end": 17,
            "code_id": self.code_id,
        }
        coding = {
            "client": CLIENT,
            "sequence": 1,
            "source": self.source_id,
            "kind": "code",
            "fields": fields,
        }
        outbox = {"held_text": "", "held_version": "", "operations": [coding]}
        return {"source": self.source_id, "coder": coder, "outbox": outbox, **changes}

    def post(self, token: str, message: object = None, **headers: str):
        sent = {"Origin": HOME, "Content-Type": "application/json"}
        if token:
            sent["X-Desk-Line"] = token
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        body = json.dumps(self.message() if message is None else message)
        return self.client.post(PATH, content=body, headers=sent)

    @property
    def stored(self) -> int:
        return len(self.store.coding.segments(reader_id="priya"))


def _parts(answer) -> list[dict]:
    """What was stored, then the same with all that changed since."""
    return [json.loads(line) for line in answer.text.splitlines()]


@pytest.fixture
def desk(empty_store: StudyStore) -> Desk:
    source_id, code_id, _ = a_desk(empty_store)
    return Desk(empty_store, source_id, code_id)


def test_what_is_posted_with_the_token_is_stored_and_answered(desk) -> None:
    token = desk.open()
    answer = desk.post(token)
    assert answer.status_code == 200
    told, payload = _parts(answer)
    assert told == {"answers": payload["answers"], "line": token}
    assert payload["answers"]["stored"] == [f"{CLIENT}:1"]
    assert payload["line"] == token
    assert [row[1:3] for row in payload["changes"]["spans"]["set"]] == [[13, 17]]
    assert answer.headers["cache-control"] == "no-store"
    assert desk.stored == 1


def test_work_is_told_as_kept_before_the_source_is_read_anew(desk) -> None:
    def read():
        raise RuntimeError

    def store(source_id, operations) -> None:
        person = next(p for p in desk.store.study.people() if p.id == "priya")
        coding_desk.apply_operations(desk.store, person, source_id, operations)

    parts = PaneDesk().answer_in_parts(desk.message()["outbox"], read, store)
    assert next(parts)["answers"]["stored"] == [f"{CLIENT}:1"]
    assert desk.stored == 1
    with pytest.raises(RuntimeError):
        next(parts)


def test_what_comes_again_by_either_way_is_stored_once(desk) -> None:
    """Another session, as after a restart: only the study remembers the number."""
    assert _parts(desk.post(desk.open()))[0]["answers"]["stored"] == [f"{CLIENT}:1"]
    again = _parts(desk.post(desk.open(window="two")))[0]
    assert again["answers"]["stored"] == [f"{CLIENT}:1"]
    assert desk.stored == 1


@pytest.mark.parametrize(
    ("token", "headers", "status"),
    [
        ("", {}, 403),
        ("wrong" * 8, {}, 403),
        ("x" * 5_000, {}, 403),
        (None, {"Origin": "http://evil.example"}, 403),
        (None, {"Origin": "http://127.0.0.1:8502"}, 403),
        (None, {"Origin": "null"}, 403),
        (None, {"Origin": ""}, 403),
        (None, {"Host": "evil.example", "Origin": "http://evil.example"}, 403),
        (None, {"Host": "127.0.0.1.evil.example:8501"}, 403),
        (None, {"Sec_Fetch_Site": "cross-site"}, 403),
        (None, {"Content_Type": "text/plain"}, 415),
        (None, {"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_a_stranger_is_refused_with_nothing_stored(
    desk, token, headers, status
) -> None:
    mine = desk.open()
    answer = desk.post(mine if token is None else token, **headers)
    assert answer.status_code == status
    assert answer.content == b""
    assert desk.stored == 0
    # The same message from where it belongs is let through.
    assert desk.post(mine).status_code == 200
    assert desk.stored == 1


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_nothing_but_a_post_is_answered(desk, method) -> None:
    headers = {
        "Origin": HOME,
        "X-Desk-Line": desk.open(),
        "Content-Type": "application/json",
    }
    answer = desk.client.request(method, PATH, headers=headers)
    assert (answer.status_code, answer.content, desk.stored) == (405, b"", 0)


def test_another_persons_token_is_refused(desk) -> None:
    hers, his = desk.open("priya", "one"), desk.open("tom", "two")
    assert desk.post(his, desk.message(coder="priya")).status_code == 403
    assert desk.post(hers, desk.message(coder="tom")).status_code == 403
    assert desk.stored == 0


def test_too_much_is_refused_whether_or_not_the_head_says_so(desk) -> None:
    token, much = desk.open(), desk.message(outbox={"held_text": "x" * MOST_BYTES})
    assert desk.post(token, much).status_code == 413

    def in_pieces():
        yield json.dumps(much).encode()

    headers = {
        "Origin": HOME,
        "X-Desk-Line": token,
        "Content-Type": "application/json",
    }
    answer = desk.client.post(PATH, content=in_pieces(), headers=headers)
    assert answer.status_code == 413


@pytest.mark.parametrize("body", ["", "[", "[]", "7", "null", "[" * 100_000, "{}"])
def test_what_is_no_message_is_refused(desk, body) -> None:
    headers = {
        "Origin": HOME,
        "X-Desk-Line": desk.open(),
        "Content-Type": "application/json",
    }
    answer = desk.client.post(PATH, content=body, headers=headers)
    assert (answer.status_code, desk.stored) == (403, 0)


def test_a_line_leads_to_its_own_source_alone(desk) -> None:
    token = desk.open()
    assert desk.post(token, desk.message(source="another")).status_code == 403


def test_a_line_ends_when_its_window_moves_on(desk) -> None:
    token = desk.open()
    desk.lines.close("one")
    assert desk.post(token).status_code == 403
    token = desk.open()
    other = LinePlace("study.sqlite", "priya", "another source")
    assert desk.lines.open("one", other, lambda _: {}) != token
    assert desk.post(token).status_code == 403
    token = desk.open()
    study = LinePlace("spring.sqlite", "priya", desk.source_id)
    assert desk.lines.open("one", study, lambda _: {}) != token
    assert desk.post(token).status_code == 403
    assert desk.stored == 0


def test_a_line_nobody_asks_over_expires(desk) -> None:
    token = desk.open()
    desk.clock.now = IDLE_SECONDS
    assert desk.post(token).status_code == 200
    desk.clock.now += IDLE_SECONDS + 1
    assert desk.post(token).status_code == 403


def test_no_more_lines_stay_open_than_were_allowed(desk) -> None:
    first = desk.open(window="the first")
    for number in range(MOST_LINES):
        desk.clock.now += 1
        desk.open(window=f"another {number}")
    assert desk.post(first).status_code == 403


def test_a_line_stays_while_its_window_stays(desk) -> None:
    assert desk.open() == desk.open()


def test_no_line_opens_where_nothing_serves_it() -> None:
    lines = OpenLines()
    assert lines.open("one", LinePlace("study", "priya", "talk"), lambda _: {}) == ""


def test_whoever_may_not_code_is_told_so_over_the_line_too(desk) -> None:
    answer = _parts(desk.post(desk.open("di"), desk.message(coder="di")))[0]["answers"]
    assert answer["stored"] == []
    assert "cannot code transcripts" in answer["refused"][0][1]
    assert desk.stored == 0


def test_what_is_hidden_from_a_blind_coder_stays_hidden_over_the_line(desk) -> None:
    desk.store.coding.apply(
        "tom", desk.source_id, [code_words("she asked", desk.code_id)]
    )
    as_coded_blind(desk.store, desk.source_id)
    spans = _parts(desk.post(desk.open()))[-1]["changes"]["spans"]["set"]
    assert [(start, end) for _, start, end, *_ in spans] == [(13, 17)]
    assert desk.stored == 1
    answer = desk.post(desk.open("tom", "two"), desk.message("tom", outbox={}))
    (shown,) = _parts(answer)[-1]["changes"]["spans"]["set"]
    assert shown[1:3] != [13, 17]
