"""The memos page: written, found, changed and deleted by their authors, linked."""

from __future__ import annotations

from pathlib import Path

import pytest
from interview_desk import a_desk, an_operation, code_words, with_people
from page_tests import everything_on, open_page, words_on
from streamlit.testing.v1 import AppTest

from data.storage import StudyStore
from data.storage.memos.memo_records import MemoQuery, NewMemo, Thing
from workbench.actions.memos.memos import PER_PAGE

STUDY = Thing("study", "study")


def _page(store: StudyStore, person: str = "priya", **address: str) -> AppTest:
    app = open_page("memos_page", store.database.file or "", person, **address)
    assert not app.exception
    return app


def _press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def _submit(app: AppTest, label: str) -> None:
    (button,) = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception


def _all(store: StudyStore, reader: str = "priya") -> list:
    return store.memo_reading.find(MemoQuery(), reader_id=reader)[0]


@pytest.mark.parametrize("person", ["priya", "di"])
def test_an_empty_study_says_what_a_memo_is_and_one_is_written(
    empty_store: StudyStore, person: str
) -> None:
    app = _page(with_people(empty_store), person)
    assert "No memos yet" in words_on(app)
    _press(app, "write memo")
    app.text_area(key="text study study").input("Who is **not** heard here?")
    app.text_input(key="title study study").input("Silences")
    _submit(app, "Preview")
    assert "<strong>not</strong>" in words_on(app)
    assert _all(empty_store) == []
    _submit(app, "Save memo")
    (kept,) = _all(empty_store)
    assert (kept.memo.title, kept.memo.author_id) == ("Silences", person)
    shown = words_on(app)
    assert "The memo was saved." in shown
    assert "Who is <strong>not</strong> heard here?" in shown


def test_an_empty_memo_is_refused_and_what_was_typed_stays(
    empty_store: StudyStore,
) -> None:
    app = _page(with_people(empty_store), doing="write", kind="study", about="study")
    app.text_input(key="title study study").input("Only a title")
    _submit(app, "Save memo")
    assert "The memo is empty." in words_on(app)
    assert app.text_input(key="title study study").value == "Only a title"
    assert _all(empty_store) == []


def test_a_memo_leads_to_what_was_chosen_and_what_is_named_in_it(
    empty_store: StudyStore,
) -> None:
    _, same, heard = a_desk(empty_store)
    app = _page(empty_store, doing="write", kind="code", about=same)
    key = f"code {same}"
    app.multiselect(key=f"links {key}").select(Thing("code", heard))
    app.text_area(key=f"text {key}").input("As in [[p07 WAVE 1]], not [[Nowhere]].")
    _submit(app, "Save memo")
    (kept,) = _all(empty_store)
    assert {one.name for one in kept.links} == {"Being heard", "P07 wave 1"}
    assert "Nothing is called Nowhere." in words_on(app)


def test_its_author_changes_deletes_and_brings_back_a_memo(
    empty_store: StudyStore,
) -> None:
    with_people(empty_store)
    memo = empty_store.memos.add("priya", STUDY, NewMemo("First words."))
    app = _press(_page(empty_store), f"change memo {memo.id}")
    app.text_area(key=f"text {memo.id}").input("Second words.")
    _submit(app, "Save memo")
    shown = words_on(app)
    assert "Second words." in shown
    assert "What it said before (1)" in shown
    assert "First words." in shown
    app = _press(_page(empty_store), f"delete memo {memo.id}")
    assert _all(empty_store) == []
    assert "The memo was deleted." in words_on(app)
    _press(app, "bring memo back")
    assert [one.memo.text for one in _all(empty_store)] == ["Second words."]


def test_others_memos_are_read_and_answered_and_not_changed(
    empty_store: StudyStore,
) -> None:
    with_people(empty_store)
    memo = empty_store.memos.add("priya", STUDY, NewMemo("Priya's thought."))
    app = _page(empty_store, "di")
    assert "Priya&#x27;s thought." in words_on(app) or "Priya's" in words_on(app)
    keys = {one.key for one in app.button}
    assert f"change memo {memo.id}" not in keys
    assert f"delete memo {memo.id}" not in keys
    # Nor by an address typed by hand.
    app = _page(empty_store, "di", memo=memo.id, doing="change")
    assert not [one for one in app.button if one.label == "Save memo"]
    app = _press(_page(empty_store, "di"), f"reply to {memo.id}")
    app.text_area(key=f"text memo {memo.id}").input("I see it otherwise.")
    _submit(app, "Save memo")
    read = empty_store.memo_reading.one(memo.id, reader_id="priya")
    assert read is not None
    assert [one.name for one in read.linked_from] == ["I see it otherwise."]


def test_memos_are_found_by_words_and_filters(empty_store: StudyStore) -> None:
    _, same, _ = a_desk(empty_store)
    empty_store.memos.add("priya", Thing("code", same), NewMemo("On the code."))
    empty_store.memos.add("di", STUDY, NewMemo("On all of it."))
    app = _page(empty_store)
    app.text_input(key="find memos").input("CODE on").run()
    assert "On the code." in words_on(app)
    assert "On all of it." not in words_on(app)
    app.text_input(key="find memos").input("").run()
    app.selectbox(key="memos filter By").set_value("di").run()
    assert not app.exception
    assert "On all of it." in words_on(app)
    assert "On the code." not in words_on(app)
    app.text_input(key="find memos").input("nobody wrote this").run()
    assert "No memo is like that." in words_on(app)
    app = _page(empty_store, kind="code", about=same)
    assert "On the code." in words_on(app)
    assert "On all of it." not in words_on(app)


def test_many_memos_are_listed_page_by_page(empty_store: StudyStore) -> None:
    with_people(empty_store)
    for number in range(PER_PAGE + 2):
        empty_store.memos.add("priya", STUDY, NewMemo(f"Thought {number:03}."))
    app = _page(empty_store)
    shown = words_on(app)
    assert f"Thought {PER_PAGE + 1:03}." in shown
    assert "Thought 000." not in shown
    assert sum(one.label == "Change" for one in app.button) == PER_PAGE


def test_from_one_memo_the_way_leads_back_to_all(empty_store: StudyStore) -> None:
    with_people(empty_store)
    empty_store.memos.add("priya", STUDY, NewMemo("The other one."))
    one = empty_store.memos.add("priya", STUDY, NewMemo("This one."))
    app = _page(empty_store, memo=one.id)
    assert "The other one." not in words_on(app)
    _press(app, "all memos")
    assert "The other one." in words_on(app)
    assert "memo" not in app.query_params


def test_a_deleted_memo_s_address_says_so(empty_store: StudyStore) -> None:
    with_people(empty_store)
    memo = empty_store.memos.add("priya", STUDY, NewMemo("Gone soon."))
    empty_store.memos.delete("priya", memo)
    shown = words_on(_page(empty_store, memo=memo.id))
    assert "was deleted" in shown
    assert "Gone soon." not in shown


def test_untrusted_words_stay_words(empty_store: StudyStore) -> None:
    source, _, _ = a_desk(empty_store)
    bad = "<img src=x onerror=alert(1)> ![a](http://example.org/a.png)"
    empty_store.memos.add("priya", STUDY, NewMemo(bad, bad))
    coded = code_words("same worker", _make_code(empty_store, f"{bad}"))
    note = an_operation("memo", memo_id="m", segment_id=coded.segment_id, text=bad)
    empty_store.coding.apply("priya", source, [coded, note])
    app = _page(empty_store)
    drawn = "".join(one.proto.body for one in app.get("html"))
    assert drawn.count("&lt;img src=x") >= 3
    assert "<img" not in drawn
    # Labels are Markdown, which would fetch an image.
    links = [one.proto.label for one in app.get("page_link")]
    assert any("img src" in label for label in links)
    assert not any("![a](" in label for label in links)


def _make_code(store: StudyStore, name: str) -> str:
    from coding.codebook import Code

    return store.codebook.add("priya", Code("", name)).id


@pytest.mark.parametrize(
    ("page", "kind"), [("codebook_page", "code"), ("code_page", "source")]
)
def test_memos_stand_beside_what_they_are_about(
    empty_store: StudyStore, page: str, kind: str
) -> None:
    source, same, _ = a_desk(empty_store)
    about = {"code": same, "source": source}[kind]
    empty_store.memos.add("di", Thing(kind, about), NewMemo("Read this first."))
    app = open_page(page, empty_store.database.file or "", "priya", **{kind: about})
    assert not app.exception
    shown = words_on(app)
    assert "Memos (1)" in shown
    assert "Read this first." in shown

    def beside():
        (area,) = [one for one in app.text_area if one.label == "Write a memo"]
        return area

    # What is refused stays where it was typed; what is saved makes room.
    beside().input("And this. " * 2_001)
    _submit(app, "Save memo")
    assert "There is a problem" in words_on(app)
    assert beside().value.startswith("And this.")
    beside().input("And this.")
    _submit(app, "Save memo")
    assert not beside().value
    assert {one.memo.text for one in _all(empty_store)} == {
        "Read this first.",
        "And this.",
    }
    assert [one.label for one in app.expander if one.label == "Memos (2)"]


def test_nothing_hidden_stands_anywhere_on_the_page(tmp_path: Path) -> None:
    from two_judges import read_by_two

    desk = read_by_two(tmp_path)
    desk.first()
    ama, pat = desk.people["Ama"].id, desk.people["Pat"].id
    case = Thing("case", desk.ids["C1"])
    desk.store.memos.add(ama, case, NewMemo("H1 it is, by a mile.", "Secret"))
    app = open_page("memos_page", desk.path, pat)
    assert not app.exception
    assert "by a mile" not in everything_on(app)
    app = open_page("judge_page", desk.path, pat, case=case.id)
    assert not app.exception
    assert "by a mile" not in everything_on(app)
    assert "Memos (0)" in everything_on(app)
    assert "by a mile" in everything_on(open_page("memos_page", desk.path, ama))
