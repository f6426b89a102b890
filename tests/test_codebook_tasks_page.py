"""What is done to codes on the codebook page: said before, stored, and taken back."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from interview_desk import a_desk, a_suggestion, code_words, with_people
from page_tests import everything_on, open_page, words_on
from sqlmodel import select
from streamlit.testing.v1 import AppTest

from coding.codebook import Code
from data.importers.interviews.codebook_import import CodebookEntry
from data.rights import Right
from data.storage import StudyStore
from data.tables import AssignmentRow, CodeHistoryRow

_HOSTILE = "<img src=x onerror=alert(1)> ![a](http://x) \u202eevil " + "N" * 200


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    """Priya coded twice with Same worker, Tom once; one suggestion waits."""
    source, same, heard = a_desk(empty_store)
    proposed = a_suggestion("every week", same)
    empty_store.suggestions.replace_open("priya", {source: [proposed]}, engine="test")
    empty_store.coding.apply(
        "priya",
        source,
        [code_words("The same worker", same), code_words("house", same)],
    )
    empty_store.coding.apply("tom", source, [code_words("she asked", same)])
    return empty_store, source, same, heard


def _page(store: StudyStore, person: str = "priya", **address: str) -> AppTest:
    app = open_page("codebook_page", store.database.file or "", person, **address)
    assert not app.exception
    return app


def _with_codings(app, code_id):
    """The page with the codings of a code opened."""
    app.session_state[f"codings of {code_id}"] = True
    return app.run()


def _click(app: AppTest, key: str) -> None:
    app.button(key=key).click().run()
    assert not app.exception


def _tree(app: AppTest) -> dict:
    (tree,) = [
        one.proto
        for one in app.get("bidi_component")
        if one.proto.component_name.endswith("code_tree")
    ]
    return json.loads(tree.json)


def _order(store: StudyStore) -> list[tuple[int, str]]:
    return [
        (depth, one.name) for depth, one in store.codebook.codebook().in_tree_order()
    ]


def test_a_merge_says_what_it_touches_and_is_undone_after_a_reload(desk) -> None:
    store, _, same, heard = desk
    app = _page(store, code=same)
    _click(app, f"merge {same}")
    app.selectbox(key=f"merge into {same}").set_value(heard).run()
    words = words_on(app)
    assert "Moves 3 codings of 2 coders in 1 transcript." in words
    assert "1 open suggestion is withdrawn." in words
    assert store.coding.uses(reader_id="lead").keys() == {same}
    _click(app, f"do merge {same}")
    assert "Same worker was merged into Being heard." in words_on(app)
    assert store.coding.uses(reader_id="lead")[heard].passages == 3
    (newest,) = store.code_changes.changes(reader_id="priya", most=1)
    app = _page(store)
    assert "Your last change: Merged Same worker into Being heard" in words_on(app)
    _click(app, f"undo last {newest.number}")
    assert store.coding.uses(reader_id="lead")[same].passages == 3


def test_a_change_of_days_ago_is_undone_in_the_history_alone(desk) -> None:
    store, _, same, heard = desk
    number = store.code_changes.merge("priya", same, heard)
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        for entry in writing.session.exec(select(CodeHistoryRow)):
            entry.done_at -= timedelta(days=2)
        writing.record("time passed")
    assert "Your last change" not in words_on(_page(store))
    _click(_page(store, part="history"), f"undo history  {number}")
    assert store.coding.uses(reader_id="lead")[same].passages == 3


def test_what_was_taken_back_is_done_again_and_what_is_in_use_is_not_offered(desk):
    store, source, same, heard = desk
    number = store.code_changes.merge("priya", same, heard)
    app = _page(store)
    _click(app, f"undo last {number}")
    assert "Taken back: Merged Same worker into Being heard" in words_on(app)
    _click(app, f"redo last {number}")
    assert "Done again: Merged Same worker into Being heard" in words_on(app)
    assert store.coding.uses(reader_id="lead")[heard].passages == 3
    code = store.codebook.add("priya", Code("", "Late notice"))
    store.coding.apply("priya", source, [code_words("every week", code.id)])
    (newest,) = store.code_changes.changes(reader_id="priya", most=1)
    for app in (_page(store), _page(store, part="history")):
        words = words_on(app)
        assert "It cannot be taken back now. It is in use since" in words
        assert "hang on it (Late notice). Retire it instead" in words
        assert not [
            one for one in app.button if (one.key or "").endswith(f" {newest.number}")
        ]


def test_a_blind_coder_is_told_of_their_own_passages_alone(desk) -> None:
    store, source, same, heard = desk
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        writing.session.add(
            AssignmentRow(
                source_id=source, coder_id="tom", is_blind=True, given_by="lead"
            )
        )
        writing.record("source given", "source", source)
    app = _with_codings(_page(store, "tom", code=same), same)
    assert "coded by Tom Ibbotson" in words_on(app)
    assert "Use as example" not in words_on(app)
    _click(app, f"merge {same}")
    app.selectbox(key=f"merge into {same}").set_value(heard).run()
    assert "Moves 1 coding of 1 coder in 1 transcript." in words_on(app)
    assert "is kept, and not counted here" in words_on(app)
    _click(app, f"do merge {same}")
    app = _page(store, "tom", part="history")
    everything = everything_on(app)
    assert "1 coding of 1 coder" in everything
    for hidden in ("3 codings", "2 coders", "The same worker"):
        assert hidden not in everything


def test_a_split_takes_what_a_word_finds_and_leaves_the_rest(desk) -> None:
    store, _, same, _ = desk
    app = _page(store, code=same)
    _click(app, f"split {same}")
    app.text_input(key=f"split name {same} 0").input("Asked").run()
    app.text_input(key=f"split words {same} 0").input("ASKED").run()
    assert not app.exception
    assert "Moves 1 coding to 1 new code; 2 codings you can see stay" in words_on(app)
    _click(app, f"do split {same}")
    made = store.codebook.codebook().named("asked")
    assert made is not None
    uses = store.coding.uses(reader_id="lead")
    assert (uses[made.id].passages, uses[same].passages) == (1, 2)


def test_the_tree_carries_out_each_move_once(desk) -> None:
    store, _, same, heard = desk
    app = _page(store)
    assert [row[3] for row in _tree(app)["rows"]] == ["Same worker", "Being heard"]
    moves = [
        {"seq": 1, "id": heard, "step": "up"},
        {"seq": 2, "id": same, "step": "under"},
    ]
    app.session_state["code-tree"] = {"asked": {"client": "tab", "moves": moves}}
    app.run()
    assert not app.exception
    assert _order(store) == [(0, "Being heard"), (1, "Same worker")]
    app.run()
    assert _order(store) == [(0, "Being heard"), (1, "Same worker")]
    assert _tree(app)["answered"] == {"client": "tab", "seq": 2}
    moves = [{"seq": 3, "id": same, "target": heard, "where": "before"}]
    app.session_state["code-tree"] = {"asked": {"client": "tab", "moves": moves}}
    app.run()
    assert _order(store) == [(0, "Same worker"), (0, "Being heard")]


def test_a_move_that_cannot_be_is_refused_in_words(desk) -> None:
    store, _, same, _ = desk
    app = _page(store)
    moves = [{"seq": 1, "id": same, "step": "up"}]
    app.session_state["code-tree"] = {"asked": {"client": "tab", "moves": moves}}
    app.run()
    assert not app.exception
    assert "There is no code above it where it stands." in words_on(app)


def test_those_who_only_read_move_and_change_nothing(desk) -> None:
    store, _, same, _ = desk
    app = _page(store, "di", code=same)
    assert _tree(app)["may_move"] is False
    moves = [{"seq": 1, "id": same, "step": "down"}]
    app.session_state["code-tree"] = {"asked": {"client": "tab", "moves": moves}}
    app.run()
    assert [name for _, name in _order(store)] == ["Same worker", "Being heard"]
    # Whoever reads may write down what they think of it.
    assert [one.label for one in app.button] == ["Save memo"]


def test_a_code_is_moved_coloured_and_given_an_example_by_buttons(desk) -> None:
    store, _, same, heard = desk
    app = _page(store, code=heard)
    _click(app, f"move under {heard}")
    assert _order(store)[1] == (1, "Being heard")
    app.selectbox(key=f"colour {heard}").set_value("Plum")
    _click(app, f"use colour {heard}")
    assert store.codebook.codebook().by_id()[heard].colour == "Plum"
    app = _with_codings(_page(store, code=same), same)
    passage = store.coding.passages(code_ids=[same], reader_id="priya")[0]
    _click(app, f"example {passage.coded.id}")
    assert store.codebook.codebook().by_id()[same].examples == (passage.quotation,)
    assert "stands" in words_on(app)


def test_names_much_alike_are_flagged_and_told_apart_for_good(desk) -> None:
    store, _, same, _ = desk
    app = _page(store)
    _click(app, "add code")
    app.text_input(key="code name new").input("Same workers")
    (button,) = [one for one in app.button if one.label == "Add this code"]
    button.click().run()
    assert "Its name is much like Same worker: one letter apart." in words_on(app)
    made = store.codebook.codebook().named("Same workers")
    app = _page(store, part="alike")
    assert "Same worker / Same workers: one letter apart" in words_on(app)
    _click(app, f"alike differ {same} {made.id}")
    assert "one letter apart" not in words_on(_page(store, part="alike"))


def test_codes_seldom_used_are_worth_a_look_and_colours_that_are_shared(desk) -> None:
    store, _, _, heard = desk
    store.codebook.recolour("priya", heard, 1, "Blue")
    words = words_on(_page(store, part="alike"))
    assert "Being heard: not used yet" in words.replace("\\", "")
    assert "Same worker and Being heard at the top are both Blue" in words


def test_merge_from_a_pair_opens_the_merge_with_both(desk) -> None:
    store, _, same, _ = desk
    made = store.codebook.add("priya", Code("", "Same workers"))
    app = _page(store, part="alike")
    _click(app, f"alike merge {same} {made.id}")
    assert app.selectbox(key=f"merge into {made.id}").value == same
    assert "Moves no codings." in words_on(app)


def test_a_version_is_kept_and_compared_with_now(desk) -> None:
    store, _, _, heard = desk
    app = _page(store, part="versions")
    app.text_input(key="version name").input("First")
    (button,) = [one for one in app.button if one.label.startswith("Keep the codebook")]
    button.click().run()
    assert not app.exception
    store.codebook.retire("tom", heard, 1)
    words = words_on(_page(store, part="versions"))
    assert "1 difference." in words
    assert "Being heard: taken out of use." in words


def test_a_decision_is_recorded_and_withdrawn_and_stays(desk) -> None:
    store, _, same, _ = desk
    app = _page(store, part="decisions")
    app.text_area(key="decision words 0").input("Code turns")
    (record,) = [one for one in app.button if one.label == "Record this decision"]
    record.click().run()
    assert "The decision has no reason." in words_on(app)
    assert app.text_area(key="decision words 0").value == "Code turns"
    app.text_area(key="decision reason 0").input("Simpler")
    app.multiselect(key="decision codes 0").set_value([same])
    (record,) = [one for one in app.button if one.label == "Record this decision"]
    record.click().run()
    assert "D1: Code turns. Because: Simpler." in words_on(app)
    app.text_input(key="withdraw why 1").input("We changed our minds")
    _click(app, "withdraw 1")
    assert "Withdrawn by Priya Wetherall" in words_on(app)


def test_names_that_are_markup_are_shown_as_they_are_in_every_part(desk) -> None:
    store, _, same, _ = desk
    store.codebook.add("priya", Code("", _HOSTILE))
    made = store.codebook.add("priya", Code("", _HOSTILE + "s"))
    store.codebook_versions.keep("priya", _HOSTILE)
    store.codebook_decisions.decide("priya", _HOSTILE, _HOSTILE, [made.id])
    for part in ("codes", "alike", "decisions", "history", "versions"):
        app = _page(store, part=part, code=made.id)
        shown = words_on(app)
        assert "evil" in shown
        for html in app.get("html"):
            assert "<img" not in html.proto.body
    app = _page(store, code=made.id)
    _click(app, f"merge {made.id}")
    _click(app, "leave merge")


def test_two_thousand_codes_are_one_list(empty_store: StudyStore) -> None:
    with_people(empty_store)
    heads = [CodebookEntry(f"Head {at:03}") for at in range(100)]
    codes = [
        CodebookEntry(f"Code {at:04}", parent=f"Head {at % 100:03}")
        for at in range(1900)
    ]
    empty_store.codebook.import_entries("priya", [*heads, *codes])
    app = _page(empty_store)
    assert len(_tree(app)["rows"]) == 2000
    app.text_input(key="find code").input("Code 1234").run()
    assert [row[3] for row in _tree(app)["rows"]] == ["Code 1234"]
    assert "No two codes are much alike" in words_on(_page(empty_store, part="alike"))
    assert "2,000 codes" in words_on(_page(empty_store, part="history"))


@pytest.mark.parametrize("part", ["alike", "decisions", "history", "versions"])
def test_every_part_says_what_will_be_there(empty_store: StudyStore, part) -> None:
    with_people(empty_store)
    empty_store.codebook.add("priya", Code("", "Power"))
    words = words_on(_page(empty_store, "di", part=part))
    assert any(said in words for said in ("No two codes", "yet.", "Added Power"))
