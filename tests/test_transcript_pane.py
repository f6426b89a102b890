"""The pane's Python half: what is sent, what is accepted, what is answered."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from workbench.actions.interviews.pane_content import SentVersions
from workbench.actions.interviews.pane_operations import OPERATION_KINDS, read_outbox
from workbench.widgets.transcript_pane import (
    PaneCode,
    PaneContent,
    PaneOperation,
    PaneSpan,
    PaneSuggestion,
    PaneTurn,
)

CLIENT = "0123456789abcdef"
NEW = "11111111-2222-4333-8444-555555555555"
INKS = ("#0B5EC7", "#DDEBFF", "#769BCD", "#213249")
FIELDS = {
    "place": {"lost_id": "span-1", "start": 0, "end": 3},
    "make_code": {"code_id": NEW, "name": "Late notice"},
    "code": {"segment_id": NEW, "start": 3, "end": 9, "code_id": "late"},
    "uncode": {"segment_id": "span-1"},
    "accept": {"suggestion_id": "suggestion-1", "segment_id": NEW},
    "reject": {"suggestion_id": "suggestion-1"},
    "because": {
        "suggestion_id": "suggestion-1",
        "reason": "opposite",
        "text": "She says it never was.",
    },
    "instead": {"suggestion_id": "one", "segment_id": NEW, "code_id": "late"},
    "reopen": {"suggestion_id": "suggestion-1"},
    "recode": {"segment_id": "span-1", "code_id": "late"},
    "move_edges": {"segment_id": "span-1", "start": 3, "end": 9},
    "memo": {
        "memo_id": NEW,
        "segment_id": "",
        "start": 3,
        "end": 9,
        "text": "Why *her*?\n<b>",
    },
    "undo": {"change_id": f"{CLIENT}:1"},
    "redo": {"change_id": f"{CLIENT}:1"},
}


def content(**changes) -> PaneContent:
    plain = PaneContent(
        source_id="interview",
        text_hash="abc",
        title="Interview 7",
        subtitle="Wave 2",
        turns=(PaneTurn(1, 0, "She rang \U0001f600 twice.", "Worker"),),
        codes=(PaneCode("late", "Late notice", *INKS, count=1, key="1"),),
        spans=(PaneSpan("span-1", 0, 8, "late", "Ana", True),),
        suggestions=(
            PaneSuggestion("one", 4, 8, "late", "a guess", "Because.", ((4, 8),), True),
        ),
        coder="ana",
    )
    return replace(plain, **changes)


def sent(kind: str, sequence: int = 1, **changes) -> dict:
    operation = {
        "client": CLIENT,
        "sequence": sequence,
        "source": "interview",
        "kind": kind,
        "fields": FIELDS[kind],
    }
    return {**operation, **changes}


def is_plain(value: object) -> bool:
    if isinstance(value, dict):
        return all(type(key) is str and is_plain(one) for key, one in value.items())
    if isinstance(value, list):
        return all(is_plain(one) for one in value)
    return value is None or type(value) in (str, int, float, bool)


# --- what goes to the browser


def test_payload_is_plain_json_with_the_text_once():
    versions = SentVersions()
    payload = versions.payload(content(), "", "")
    assert is_plain(payload)
    assert json.loads(json.dumps(payload)) == payload
    assert payload["text"] == [[1, 0, "She rang \U0001f600 twice.", "Worker", 0, ""]]
    again = versions.payload(content(), "abc", payload["version"])
    assert "text" not in again
    assert again["version"] == payload["version"]


def test_numbers_of_numeric_libraries_are_sent_as_plain_integers():
    numpy = pytest.importorskip("numpy")
    number = numpy.int64(5)
    wide = content(
        spans=(PaneSpan("s", number, numpy.int64(7), "late", "Ana", True),),
        suggestions=(
            PaneSuggestion("o", number, number, "late", "a guess", "", ((number, 6),)),
        ),
    )
    assert is_plain(SentVersions().payload(wide, "", ""))


def test_only_differences_travel_from_the_version_the_browser_holds():
    versions = SentVersions()
    first = versions.payload(content(), "", "")["version"]
    added = PaneSpan("span-2", 9, 12, "late", "Ana", True)
    code = replace(content().codes[0], count=2)
    changed = content(spans=(*content().spans, added), codes=(code,), suggestions=())
    payload = versions.payload(changed, "abc", first)
    assert payload["base"] == first
    assert payload["changes"] == {
        "codes": {"set": [["late", "Late notice", 0, *INKS, 2, "1", 1, 0]], "gone": []},
        "spans": {"set": [["span-2", 9, 12, "late", "Ana", 1]], "gone": []},
        "suggestions": {"set": [], "gone": ["one"]},
        "memos": {"set": [], "gone": []},
        "lost": {"set": [], "gone": []},
        "changes": {"set": [], "gone": []},
    }


def test_everything_travels_to_a_browser_that_names_another_servers_version():
    payload = SentVersions().payload(content(), "abc", "0badcafe-1")
    assert payload["base"] == ""
    assert [row[0] for row in payload["changes"]["spans"]["set"]] == ["span-1"]


def test_version_of_another_source_is_no_base():
    versions = SentVersions()
    first = versions.payload(content(), "", "")["version"]
    other = versions.payload(content(source_id="second"), "", first)
    assert other["base"] == ""
    assert other["version"] != first


def apply_change(before: dict, change: dict) -> dict:
    after = {k: v for k, v in before.items() if k not in change["gone"]}
    after.update({row[0]: row for row in change["set"]})
    order = change.get("order", list(after))
    return {key: after[key] for key in order}


codebooks = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.integers(0, 2)), unique_by=lambda c: c[0]
)


@given(st.lists(codebooks, min_size=2, max_size=6))
def test_codes_put_together_from_differences_keep_contents_and_order(books):
    versions = SentVersions()
    held: dict = {}
    version = ""
    for book in books:
        codes = tuple(PaneCode(i, i, *INKS, count=count) for i, count in book)
        payload = versions.payload(content(codes=codes), "abc", version)
        version = payload["version"]
        held = apply_change(
            held if payload["base"] else {}, payload["changes"]["codes"]
        )
        assert [(key, row[7]) for key, row in held.items()] == book


# --- what comes from the browser


@pytest.mark.parametrize("kind", OPERATION_KINDS)
def test_each_kind_of_operation_is_read_with_its_fields(kind):
    outbox = read_outbox({"operations": [sent(kind)]})
    assert outbox.operations == (
        ("interview", PaneOperation(CLIENT, 1, kind, FIELDS[kind])),
    )
    assert outbox.refused == ()
    assert outbox.operations[0][1].id == f"{CLIENT}:1"


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "delete_study"},
        {"kind": ["code"]},
        {"source": ""},
        {"source": "a" * 65},
        {"source": "../../etc"},
        {"fields": None},
        {"fields": {}},
        {"fields": {**FIELDS["code"], "coder": "somebody else"}},
        {"fields": {**FIELDS["code"], "start": -1}},
        {"fields": {**FIELDS["code"], "start": "3"}},
        {"fields": {**FIELDS["code"], "start": 3.0}},
        {"fields": {**FIELDS["code"], "start": True}},
        {"fields": {**FIELDS["code"], "end": 3}},
        {"fields": {**FIELDS["code"], "end": 10**12}},
        {"fields": {**FIELDS["code"], "segment_id": "span-1"}},
        {"fields": {**FIELDS["code"], "code_id": ["late"]}},
    ],
)
def test_malformed_operation_is_refused_in_words_and_never_handed_on(wrong):
    operations = [{**sent("code"), **wrong}, sent("uncode", 2)]
    outbox = read_outbox({"operations": operations})
    ((refused, words),) = outbox.refused
    assert refused == f"{CLIENT}:1"
    assert "could not be read, so it was not saved" in words
    assert [one.kind for _, one in outbox.operations] == ["uncode"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "A code needs a name."),
        (" \n ", "A code needs a name."),
        ("\ud800", "A code needs a name."),
        (7, "A code needs a name."),
        ("x" * 301, "300 characters at most"),
    ],
)
def test_code_name_that_cannot_be_kept_is_refused(name, words):
    wrong = sent("make_code", fields={"code_id": NEW, "name": name})
    outbox = read_outbox({"operations": [wrong]})
    assert outbox.operations == ()
    assert words in outbox.refused[0][1]


def test_code_name_is_kept_on_one_line():
    wordy = sent("make_code", fields={"code_id": NEW, "name": "  Late\nnotice\x00 "})
    ((_, operation),) = read_outbox({"operations": [wordy]}).operations
    assert operation.fields["name"] == "Late notice"


@pytest.mark.parametrize(
    ("text", "words"),
    [("x" * 20_001, "20,000 characters at most"), ("\udc00", "could not be read")],
)
def test_memo_that_cannot_be_kept_is_refused(text, words):
    wrong = sent("memo", fields={**FIELDS["memo"], "text": text})
    outbox = read_outbox({"operations": [wrong]})
    assert outbox.operations == ()
    assert words in outbox.refused[0][1]


def test_memo_keeps_its_lines_and_loses_control_characters():
    wordy = sent("memo", fields={**FIELDS["memo"], "text": " One\r\ntwo\x00\x1b "})
    ((_, operation),) = read_outbox({"operations": [wordy]}).operations
    assert operation.fields["text"] == "One\ntwo"


@pytest.mark.parametrize(
    "value",
    [
        None,
        "operations",
        7,
        [],
        {},
        {"operations": "all"},
        {"operations": [None, 3, [], {}]},
        {"operations": [{"client": CLIENT}]},
        {"operations": [{"client": "UPPER/../", "sequence": 1}]},
        {"operations": [{"client": CLIENT, "sequence": 0}]},
        {"operations": [{"client": CLIENT, "sequence": True}]},
        {"operations": [{"client": CLIENT, "sequence": 2**60}]},
        {"held_text": 3, "held_version": "x" * 500},
    ],
)
def test_what_is_no_outbox_reads_as_an_empty_one(value):
    outbox = read_outbox(value)
    assert (outbox.operations, outbox.refused) == ((), ())
    assert (outbox.held_text, outbox.held_version) == ("", "")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(json_values, json_values, json_values)
def test_nothing_a_browser_can_send_breaks_the_reading(operations, fields, name):
    read_outbox(operations)
    read_outbox({"operations": operations})
    read_outbox({"operations": [sent("code", fields=fields)]})
    named = sent("make_code", fields={"code_id": NEW, "name": name})
    outbox = read_outbox({"operations": [named]})
    assert len(outbox.operations) + len(outbox.refused) == 1


def test_no_more_than_five_hundred_operations_are_read_at_once():
    many = [sent("uncode", number) for number in range(1, 700)]
    assert len(read_outbox({"operations": many}).operations) == 500


# --- the whole way, through a page


def page() -> None:
    """The page under test; its source is run by AppTest, so it stands alone."""
    import streamlit

    from data.problems import DataProblem, DataRefused
    from workbench.widgets.transcript_pane import PaneContent, show_transcript_pane

    calls = streamlit.session_state.setdefault("calls", [])
    faults = streamlit.session_state.setdefault("faults", [])
    stored = streamlit.session_state.setdefault("stored_here", {})

    def apply(source_id, operations):
        calls.append((source_id, [one.sequence for one in operations]))
        for one in operations:
            if one.sequence in faults:
                raise OSError(one.fields["name"])
            if one.kind == "reject":
                problem = DataProblem("It was decided before.", "Here", "Look again.")
                raise DataRefused([problem])
            stored[one.id] = stored.get(one.id, 0) + 1

    def load():
        return PaneContent(
            "interview", "abc", "Interview 7", f"{len(stored)} stored", (), (), (), ()
        )

    show_transcript_pane(load, apply, key="pane")


@pytest.fixture
def opened() -> AppTest:
    return AppTest.from_function(page, default_timeout=30).run()


def payload_of(at: AppTest) -> dict:
    assert not at.exception, at.exception
    (component,) = at.get("bidi_component")
    assert component.proto.component_name == "workbench.transcript"
    return json.loads(component.proto.json)


def send(at: AppTest, *operations: dict) -> dict:
    at.session_state["pane"] = {"outbox": {"operations": list(operations)}}
    return payload_of(at.run())


def test_operation_is_stored_before_the_content_is_read(opened):
    payload = send(opened, sent("code"))
    assert opened.session_state["calls"] == [("interview", [1])]
    assert payload["answers"]["stored"] == [f"{CLIENT}:1"]
    assert payload["subtitle"] == "1 stored"


def test_operation_sent_again_is_answered_again_and_applied_once(opened):
    send(opened, sent("code"))
    payload = send(opened, sent("code"), sent("uncode", 2))
    assert opened.session_state["calls"] == [("interview", [1]), ("interview", [2])]
    assert payload["answers"]["stored"] == [f"{CLIENT}:1", f"{CLIENT}:2"]


def test_refused_operation_is_answered_in_words_and_the_others_are_kept(opened):
    payload = send(opened, sent("code"), sent("reject", 2), sent("uncode", 3))
    assert payload["answers"] == {
        "stored": [f"{CLIENT}:1", f"{CLIENT}:3"],
        "refused": [[f"{CLIENT}:2", "It was decided before. Look again."]],
        "fault": "",
    }
    # Asked again, the words are the same and nothing is tried a second time.
    calls = len(opened.session_state["calls"])
    assert send(opened, sent("reject", 2))["answers"]["refused"] == [
        [f"{CLIENT}:2", "It was decided before. Look again."]
    ]
    assert len(opened.session_state["calls"]) == calls


def test_unreadable_operation_is_answered_in_words(opened):
    payload = send(opened, sent("code", fields={}))
    ((operation, words),) = payload["answers"]["refused"]
    assert operation == f"{CLIENT}:1"
    assert "Reload the page" in words
    assert opened.session_state["calls"] == []


def test_fault_leaves_the_operation_waiting_until_it_can_be_stored(opened, caplog):
    opened.session_state["faults"] = [1]
    payload = send(opened, sent("make_code"))
    assert payload["answers"]["stored"] == []
    assert payload["answers"]["refused"] == []
    assert "keeps it from being saved" in payload["answers"]["fault"]
    assert "OSError" in caplog.text
    # A message may quote what somebody typed: here the name of the code.
    assert "Late notice" not in caplog.text
    opened.session_state["faults"] = []
    payload = send(opened, sent("make_code"))
    assert payload["answers"]["stored"] == [f"{CLIENT}:1"]
    assert payload["answers"]["fault"] == ""


def test_what_builds_on_a_change_that_could_not_be_stored_waits_with_it(opened):
    opened.session_state["faults"] = [1]
    builds_on_it = sent("code", 2, fields={**FIELDS["code"], "code_id": NEW})
    payload = send(opened, sent("make_code"), builds_on_it, sent("uncode", 3))
    assert payload["answers"]["stored"] == [f"{CLIENT}:3"]
    assert payload["answers"]["refused"] == []


def test_taking_back_a_change_that_could_not_be_stored_waits_with_it(opened):
    opened.session_state["faults"] = [1]
    made = sent("make_code")
    payload = send(opened, made, sent("undo", 2), sent("uncode", 3))
    assert payload["answers"]["stored"] == [f"{CLIENT}:3"]
    opened.session_state["faults"] = []
    payload = send(opened, made, sent("undo", 2))
    assert payload["answers"]["stored"] == [f"{CLIENT}:1", f"{CLIENT}:2"]


def test_changes_of_two_transcripts_reach_each_its_own(opened):
    send(opened, sent("code", source="second"), sent("uncode", 2))
    assert opened.session_state["calls"] == [("second", [1]), ("interview", [2])]


# --- how Streamlit finds the browser's half


def test_component_is_declared_where_streamlit_looks_for_it():
    tomllib = pytest.importorskip("tomllib")
    root = Path(__file__).parents[1]
    declared = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    component = declared["tool"]["streamlit"]["component"]
    # Streamlit looks from the folder of the import package that bears the name of the
    # distribution.
    assert component["name"] == declared["project"]["name"] == "workbench"
    transcript = next(c for c in component["components"] if c["name"] == "transcript")
    folder = root / "workbench" / transcript["asset_dir"]
    assert {"transcript.js", "transcript.css"} <= {p.name for p in folder.iterdir()}
    # All its scripts and styles, in whatever folder, travel in a wheel.
    patterns = declared["tool"]["setuptools"]["package-data"]["workbench"]
    packed = {one for wanted in patterns for one in (root / "workbench").glob(wanted)}
    files = {one for one in folder.rglob("*") if one.is_file()}
    assert len(files) > 10
    assert files <= packed


def test_every_import_of_the_browser_half_leads_to_a_file():
    folder = Path(__file__).parents[1] / "workbench" / "widgets" / "frontend"
    asked = [
        (script, script.parent / name)
        for script in (*folder.rglob("*.js"), *folder.rglob("*.css"))
        for name in re.findall(
            r"(?:from |import url\()\"([^\"]+)\"", script.read_text(encoding="utf-8")
        )
    ]
    assert len(asked) > 10
    assert [(a.name, b) for a, b in asked if not b.is_file()] == []


def test_browser_half_never_reads_markup_from_data():
    folder = Path(__file__).parents[1] / "workbench" / "widgets" / "frontend"
    scripts = sorted(folder.rglob("*.js"))
    assert scripts
    forbidden = (
        "innerHTML",
        "outerHTML",
        "insertAdjacentHTML",
        "document.write",
        "eval(",
    )
    for script in scripts:
        text = script.read_text(encoding="utf-8")
        assert [word for word in forbidden if word in text] == [], script.name
