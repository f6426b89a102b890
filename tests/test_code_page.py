"""Read and code: the source in the address, what one may do, what the pane gets."""

from __future__ import annotations

import json

import pytest
from interview_desk import a_desk, a_source, a_suggestion, with_people
from page_tests import open_page, words_on
from rights_desk import about
from streamlit.testing.v1 import AppTest

from coding.study import Participant
from data.people_rights.withdrawal import Reason
from data.sources import SpeakerMapping
from data.storage import StudyStore
from workbench import session
from workbench.desk_line.open_lines import OpenLines


def _page(store: StudyStore, person: str = "priya", **address: str) -> AppTest:
    app = open_page("code_page", store.database.file or "", person, **address)
    assert not app.exception
    return app


def _pane(app: AppTest) -> dict:
    (component,) = app.get("bidi_component")
    return json.loads(component.proto.json)


def test_without_sources_it_says_what_to_add(empty_store: StudyStore) -> None:
    app = _page(with_people(empty_store))
    assert "Nothing to read yet" in words_on(app)
    assert [button.label for button in app.button] == ["Add transcripts"]
    assert [b.label for b in _page(empty_store, "di").button] == []


def test_the_address_opens_its_source_and_the_pane_gets_it(
    empty_store: StudyStore,
) -> None:
    a_desk(empty_store)
    (second,) = empty_store.sources.save(
        "priya", [a_source("P08 wave 1", "Mum: Something else.")]
    )
    pane = _pane(_page(empty_store, source=second))
    assert pane["source"] == second
    assert pane["title"] == "P08 wave 1"
    assert pane["may_code"] is True
    assert len(pane["text"]) == 1


def test_words_that_were_taken_out_are_not_sent_again_to_a_page_left_open(
    empty_store: StudyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    source, *_ = a_desk(empty_store)
    empty_store.sources.save("priya", [a_source("Another", "Mum: Something else.")])
    monkeypatch.setattr(session, "LINES", lines := OpenLines())
    lines.serve()
    app = _page(empty_store, source=source)
    line = lines.find(_pane(app)["line"], "priya")
    assert line is not None
    told = list(line.answer({"held_text": "", "held_version": "", "operations": []}))
    assert told[-1]["text"]
    gone = about("source", "P07 wave 1", empty_store)
    empty_store.erasures.erase("lead", gone, Reason.PERSON_ASKED, typed="P07 wave 1")
    with pytest.raises(LookupError):
        list(line.answer({"held_text": "", "held_version": "", "operations": []}))
    app.run()
    assert not app.exception
    assert _pane(app)["source"] != source
    assert "not in the study any more" in words_on(app)


def test_without_address_it_goes_on_where_suggestions_wait(
    empty_store: StudyStore,
) -> None:
    _, same, _ = a_desk(empty_store)
    (second,) = empty_store.sources.save(
        "priya", [a_source("Z last", "Mum: The same worker came every week.")]
    )
    proposed = a_suggestion("same worker", same)
    empty_store.suggestions.replace_open("priya", {second: [proposed]}, engine="t")
    app = _page(empty_store)
    assert _pane(app)["source"] == second
    assert app.query_params["source"] in (second, [second])


def test_the_place_among_the_sources_says_what_is_counted(
    empty_store: StudyStore,
) -> None:
    first, same, _ = a_desk(empty_store)
    (second,) = empty_store.sources.save(
        "priya", [a_source("P08 wave 1", "Mum: Something else.")]
    )
    proposed = [a_suggestion("she asked", same)]
    empty_store.suggestions.replace_open("priya", {first: proposed}, engine="test")
    words = words_on(_page(empty_store, source=second))
    assert "Source 2 of 2. Suggestions wait in 1 other." in words
    assert "Source 1 of 2." in words_on(_page(empty_store, source=first))


def test_an_address_that_leads_nowhere_opens_what_there_is(
    empty_store: StudyStore,
) -> None:
    source, _, _ = a_desk(empty_store)
    assert _pane(_page(empty_store, source="gone"))["source"] == source


def test_who_may_only_read_sees_why(empty_store: StudyStore) -> None:
    a_desk(empty_store)
    app = _page(empty_store, "di")
    assert "You can read here but not code" in words_on(app)
    assert _pane(app)["may_code"] is False
    assert app.button(key="suggest").disabled


def test_next_goes_to_the_next_source(empty_store: StudyStore) -> None:
    source, _, _ = a_desk(empty_store)
    (second,) = empty_store.sources.save("priya", [a_source("P08", "Mum: Yes.")])
    app = _page(empty_store, source=source)
    assert app.button(key="previous").disabled
    app.button(key="next").click().run()
    assert not app.exception
    assert _pane(app)["source"] == second


def test_what_an_earlier_box_still_holds_leads_nobody_away(
    empty_store: StudyStore,
) -> None:
    source, _, _ = a_desk(empty_store)
    (second,) = empty_store.sources.save("priya", [a_source("P08", "Mum: Yes.")])
    app = _page(empty_store, source=source)
    left = app.selectbox[0].key
    app.selectbox[0].set_value(second).run()
    assert _pane(app)["source"] == second
    # Streamlit lets go of a box that is gone, unless its run was cut short.
    app.session_state[left] = second
    app.selectbox[0].set_value(source).run()
    assert _pane(app)["source"] == source
    assert app.selectbox[0].value == source


def test_what_the_pane_sends_is_stored_before_it_is_shown(
    empty_store: StudyStore,
) -> None:
    source, same, _ = a_desk(empty_store)
    app = _page(empty_store, source=source)
    segment = "0f8fad5b-d9cb-469f-a165-70867728950e"
    app.session_state[f"transcript-priya-{source}"] = {
        "outbox": {
            "operations": [
                {
                    "client": "browser1",
                    "sequence": 1,
                    "kind": "code",
                    "source": source,
                    "fields": {
                        "segment_id": segment,
                        "start": 13,
                        "end": 21,
                        "code_id": same,
                    },
                }
            ],
            "held_text": "",
            "held_version": "",
        }
    }
    app.run()
    assert not app.exception
    (kept,) = empty_store.coding.segments(source)
    assert (kept.id, kept.coder_id) == (segment, "priya")
    pane = _pane(app)
    assert pane["answers"]["stored"] == ["browser1:1"]


def test_a_text_changed_outside_is_refused_in_words(empty_store: StudyStore) -> None:
    from sqlalchemy import text

    source, _, _ = a_desk(empty_store)
    with empty_store.database.engine.begin() as connection:
        connection.execute(text("UPDATE source SET text = 'x' || text"))
    app = _page(empty_store, source=source)
    assert "changed outside the workbench" in words_on(app)


def test_who_speaks_is_shown_as_it_was_last_said(empty_store: StudyStore) -> None:
    source, _, _ = a_desk(empty_store)
    assert "Amira (Parent)" in _pane(_page(empty_store, source=source))["subtitle"]
    bo = SpeakerMapping("Mum", participant=Participant("", "Bo"))
    empty_store.sources.map_speakers("priya", {source: [bo]})
    assert _pane(_page(empty_store, source=source))["subtitle"].endswith("· Bo")


def test_an_address_with_a_place_opens_the_pane_there_until_another_source_is_chosen(
    empty_store: StudyStore,
) -> None:
    source, _, _ = a_desk(empty_store)
    empty_store.sources.save("priya", [a_source("P08", "Mum: Yes.")])
    app = _page(empty_store, source=source, at="13")
    assert _pane(app)["open_at"] == 13
    app.button(key="next").click().run()
    assert _pane(app)["open_at"] is None
    assert "at" not in app.query_params


def test_a_place_that_is_none_in_the_source_opens_its_start(
    empty_store: StudyStore,
) -> None:
    source, _, _ = a_desk(empty_store)
    for nowhere in ("", "-3", "99999", "9" * 5000, "²", "half way"):
        assert _pane(_page(empty_store, source=source, at=nowhere))["open_at"] is None
    # A place in a source that is gone is no place in the one opened instead.
    assert _pane(_page(empty_store, source="gone", at="13"))["open_at"] is None
