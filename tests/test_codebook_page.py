"""The codebook page: meanings beside the tree, changed by those who may."""

from __future__ import annotations

import json
from dataclasses import replace

from interview_desk import a_desk, code_words, with_people
from page_tests import open_page, words_on
from streamlit.testing.v1 import AppTest

from coding.codebook import Code
from data.storage import StudyStore
from workbench.actions.codebook import codebooks
from workbench.wording import counted_codes


def _page(store: StudyStore, person: str = "priya", **address: str) -> AppTest:
    app = open_page("codebook_page", store.database.file or "", person, **address)
    assert not app.exception
    return app


def test_an_empty_codebook_can_be_begun_in_one_step(empty_store: StudyStore) -> None:
    app = _page(with_people(empty_store))
    shipped = codebooks.first_codebook()
    headings = {entry.parent for entry in shipped if entry.parent}
    codes = counted_codes(len(shipped) - len(headings), len(headings))
    assert codes in app.button(key="first codebook").label
    app.button(key="first codebook").click().run()
    assert not app.exception
    assert len(empty_store.codebook.codebook().codes) >= 12
    assert f"and {len(headings)} new headings, " in words_on(app)
    assert f"{codes}, 0 codings" in words_on(app)


def test_those_who_only_read_are_told_what_a_code_is(empty_store: StudyStore) -> None:
    app = _page(with_people(empty_store), "di")
    assert "No codes yet" in words_on(app)
    assert list(app.button) == []


def test_a_code_is_shown_with_its_meaning_and_use(empty_store: StudyStore) -> None:
    source, same, _ = a_desk(empty_store)
    empty_store.coding.apply("priya", source, [code_words("same worker", same)])
    described = empty_store.codebook.codebook().by_id()[same]
    empty_store.codebook.change(
        "priya",
        replace(
            described,
            definition="One worker stays.",
            use_when="It is said of one family.",
            near_miss="<b>The same office.</b>",
            cues=("same worker", "every week"),
        ),
    )
    words = words_on(_page(empty_store, code=same))
    for expected in (
        "One worker stays.",
        "It is said of one family.",
        "same worker, every week",
        "1 coding, 1 transcript",
        "Worth a look: used only once.",
        "&lt;b&gt;The same office.",
    ):
        assert expected in words


def test_a_new_code_is_written_in_a_form(empty_store: StudyStore) -> None:
    _, _, heard = a_desk(empty_store)
    app = _page(empty_store)
    app.button(key="add code").click().run()
    app.text_input(key="code name new").input("Late notice")
    app.text_area(key="code cues new").input("last minute\n\nfound out")
    app.selectbox(key="code parent new").set_value(heard)
    _submit(app, "Add this code")
    added = empty_store.codebook.codebook().named("late notice")
    assert added is not None
    assert added.cues == ("last minute", "found out")
    assert added.parent_id == heard
    assert "Late notice was added." in words_on(app)


def _submit(app: AppTest, label: str) -> None:
    (button,) = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception


def test_a_name_that_is_taken_keeps_what_was_typed(empty_store: StudyStore) -> None:
    a_desk(empty_store)
    app = _page(empty_store)
    app.button(key="add code").click().run()
    app.text_input(key="code name new").input("SAME worker")
    app.text_area(key="code definition new").input("Typed at length.")
    _submit(app, "Add this code")
    assert "Another code is called" in words_on(app)
    assert app.text_area(key="code definition new").value == "Typed at length."
    assert len(empty_store.codebook.codebook().codes) == 2


def test_a_code_is_changed_and_retired_and_brought_back(
    empty_store: StudyStore,
) -> None:
    _, same, _ = a_desk(empty_store)
    app = _page(empty_store, code=same)
    app.button(key=f"edit {same}").click().run()
    app.text_area(key=f"code definition edit {same}").input("One worker stays.")
    _submit(app, "Save")
    kept = empty_store.codebook.codebook().by_id()[same]
    assert (kept.definition, kept.version) == ("One worker stays.", 2)
    app.button(key=f"retire {same}").click().run()
    assert not app.exception
    assert empty_store.codebook.retired().codes[0].id == same
    app = _page(empty_store, code=same)
    app.button(key=f"bring back {same}").click().run()
    assert not app.exception
    assert empty_store.codebook.retired().codes == ()


def test_a_file_is_shown_before_it_changes_anything(empty_store: StudyStore) -> None:
    a_desk(empty_store)
    app = _page(empty_store)
    app.button(key="import codes").click().run()
    file = b"name,definition\nSame worker,One stays.\nPower,Who decides.\n"
    app.file_uploader[0].upload("codes.csv", file, "text/csv").run()
    assert not app.exception
    assert "1 new code, 1 changed, 0 as they are." in words_on(app)
    assert len(empty_store.codebook.codebook().codes) == 2
    app.button(key="save codes").click().run()
    assert not app.exception
    assert len(empty_store.codebook.codebook().codes) == 3


def test_a_file_with_problems_names_the_rows(empty_store: StudyStore) -> None:
    a_desk(empty_store)
    app = _page(empty_store)
    app.button(key="import codes").click().run()
    file = b"name,definition,parent\n,One stays.,\nPower,Who decides.,Nowhere\n"
    app.file_uploader[0].upload("codes.csv", file, "text/csv").run()
    assert not app.exception
    words = words_on(app)
    assert "There are 2 problems" in words
    assert "row 2" in words
    assert "row 3" in words


def test_a_long_codebook_is_searched(empty_store: StudyStore) -> None:
    with_people(empty_store)
    for number in range(25):
        empty_store.codebook.add("priya", Code("", f"Code {number:02} *bold*"))
    empty_store.codebook.add("priya", Code("", "N" * 300))
    app = _page(empty_store)
    assert len(_rows(app)) == 26
    app.text_input(key="find code").input("code 07").run()
    assert not app.exception
    (row,) = _rows(app)
    assert row[3] == "Code 07 *bold*"
    app.text_input(key="find code").input("cood 12 bald").run()
    assert _rows(app)[0][3] == "Code 12 *bold*"
    app.text_input(key="find code").input("nothing like it").run()
    assert "No code has a name like this." in words_on(app)


def _tree(app: AppTest) -> dict:
    (tree,) = [
        one.proto
        for one in app.get("bidi_component")
        if one.proto.component_name.endswith("code_tree")
    ]
    return json.loads(tree.json)


def _rows(app: AppTest) -> list[list]:
    return _tree(app)["rows"]
