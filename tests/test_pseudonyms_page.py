"""The page Pseudonyms: one key decides a name, and all of its mentions follow."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from page_tests import open_page, words_on
from pseudonym_desk import a_named_desk, with_names
from streamlit.testing.v1 import AppTest

from coding import language
from coding.study import Person, Role
from data.storage import StudyStore
from workbench import pseudonyms_page
from workbench.actions.pseudonyms import new_sources, replacing, reviewing

KEY = "The key"


@pytest.fixture(autouse=True)
def _by_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    """Labels and patterns alone: what the model takes for a name is not this page's."""
    for module in (reviewing, replacing, new_sources, pseudonyms_page):
        monkeypatch.setattr(module, "load_names_reader", language.no_names_reader)
    pseudonyms_page._kept.clear()


def _page(store: StudyStore, person: str = "priya") -> AppTest:
    app = open_page("pseudonyms_page", store.database.file or "", person)
    assert not app.exception
    return app


def _press(app: AppTest, key: str) -> AppTest:
    app.button(key=key).click().run()
    assert not app.exception
    return app


def _begin(app: AppTest) -> AppTest:
    (button,) = [
        one
        for one in app.button
        if one.label in ("Begin the list of names", "Open the key")
    ]
    button.click().run()
    assert not app.exception
    return app


def _wait(app: AppTest) -> AppTest:
    """Run on until nothing works in the background any more."""
    for _ in range(200):
        if not any(str(one.key).startswith("cancel") for one in app.button):
            return app
        time.sleep(0.05)
        app.run()
    raise AssertionError("the work did not end")


def _reviewing(store: StudyStore) -> AppTest:
    app = _begin(_page(store))
    return _wait(_press(app, "look for names"))


def _listed(store: StudyStore) -> dict[str, str]:
    key = store.pseudonym_key
    if not key.status("lead").is_open:
        key.open("lead")
    return {one.name: one.pseudonym for one in key.opened("lead").listed}


def _shortcuts(app: AppTest) -> dict[str, str]:
    return {one.key: one.proto.shortcut for one in app.button if one.proto.shortcut}


def test_the_empty_page_says_what_is_kept_where(empty_store: StudyStore) -> None:
    app = _page(empty_store, "lead")
    assert "No names are listed yet" in words_on(app)
    assert "a file of its own beside the study" in words_on(app)
    _begin(app)
    assert "No sources yet" in words_on(app)


@pytest.mark.parametrize("role", [Role.PRACTITIONER_RESEARCHER, Role.DEBRIEF_TEAM])
def test_who_may_not_hold_the_key_reads_no_name(
    empty_store: StudyStore, role: Role
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    other = empty_store.study.add_person("lead", Person("", "Sam", role)).id
    shown = words_on(_page(empty_store, other))
    assert "does not see real names" in shown
    assert "Kezvara" not in shown
    assert "Thornlee" not in shown


def test_one_key_decides_and_the_next_name_stands_ready(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    app = _reviewing(empty_store)
    assert "1 proposed, 0 confirmed, 0 added by hand, 0 turned down" in words_on(app)
    assert {key: keys.upper() for key, keys in _shortcuts(app).items()} == {
        "name yes": "Y",
        "name no": "N",
        "name same": "S",
        "name kind": "P",
        "name later": "L",
        "name undo": "Z",
    }
    shown = words_on(app)
    assert ">Adunola</mark>" in shown
    assert "labels a speaker" in shown
    _press(app, "name yes")
    assert list(_listed(empty_store)) == ["Adunola"]
    assert "0 proposed, 1 confirmed" in words_on(app)
    assert "Every proposed name is decided" in words_on(app)
    _press(app, "name undo")
    assert "1 proposed, 0 confirmed" in words_on(app)
    _press(app, "name no")
    assert "0 proposed, 0 confirmed, 0 added by hand, 1 turned down" in words_on(app)
    assert _listed(empty_store) == {}


def test_the_kind_is_changed_by_a_key_before_it_is_confirmed(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    app = _press(_reviewing(empty_store), "name kind")
    _press(app, "name yes")
    empty_store.pseudonym_key.open("lead")
    (name,) = empty_store.pseudonym_key.opened("lead").listed
    assert name.kind.value == "place"


def test_a_pseudonym_that_is_a_real_name_is_refused_and_nothing_listed(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    app = _reviewing(empty_store)
    (box,) = [one for one in app.text_input if one.label == "Pseudonym"]
    box.input("Priya").run()
    _press(app, "name yes")
    assert "real name of this study" in words_on(app)
    assert _listed(empty_store) == {}


def test_names_are_replaced_undone_and_finished(empty_store: StudyStore) -> None:
    desk = a_named_desk(empty_store)
    with_names(empty_store)
    app = _begin(_page(empty_store))
    shown = words_on(app)
    assert "5 mentions in 1 source" in shown
    assert "memos (2)" in shown
    assert "it stays personal data for whoever holds the key" in shown
    _wait(_press(app, "replace names"))
    assert "Names were replaced" in words_on(app)
    assert "Thornlee" not in empty_store.sources.read(desk.source).transcript.text
    assert "No listed name stands in the study any more" in words_on(app)
    _press(app, "undo replacing")
    assert "Thornlee" in empty_store.sources.read(desk.source).transcript.text
    _wait(_press(app, "replace names"))
    _press(app, "finish replacing")
    assert "undo replacing" not in {one.key for one in app.button}
    app.checkbox(key="sure back").check().run()
    _wait(_press(app, "put back"))
    assert "Thornlee" in empty_store.sources.read(desk.source).transcript.text


def test_names_are_added_by_hand_with_nicknames(empty_store: StudyStore) -> None:
    a_named_desk(empty_store)
    app = _begin(_page(empty_store))
    (box,) = app.text_area
    box.input("Kezvara, Kez = Sorrel\n\nThornlee")
    (button,) = [one for one in app.button if one.label == "Add to the list"]
    button.click().run()
    assert not app.exception
    listed = _listed(empty_store)
    assert listed["Kezvara"] == "Sorrel"
    assert listed["Thornlee"]
    assert "0 confirmed, 2 added by hand" in words_on(app)


def test_a_sealed_key_asks_and_says_that_a_passphrase_is_wrong(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    empty_store.pseudonym_key.set_passphrase("priya", "four words in a row")
    app = _page(empty_store)
    assert "Kezvara" not in words_on(app)
    (box,) = [one for one in app.text_input if one.label == "Passphrase of the key"]
    box.input("another one it is")
    _begin(app)
    assert "does not open this key" in words_on(app)
    (box,) = [one for one in app.text_input if one.label == "Passphrase of the key"]
    box.input("four words in a row")
    _begin(app)
    assert "3 confirmed" in words_on(app)
    _press(app, "close key")
    assert "3 confirmed" not in words_on(app)


def test_a_damaged_key_is_told_with_what_to_do(empty_store: StudyStore) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    path: Path = empty_store.pseudonym_key.status("priya").path
    path.write_text("{", encoding="utf-8")
    shown = words_on(_page(empty_store))
    assert "damaged" in shown
    assert "Restore the key from its own backup" in shown


def test_words_of_files_are_shown_as_text(empty_store: StudyStore) -> None:
    a_named_desk(empty_store)
    name = "<img src=x>"
    from coding.pseudonyms.names import ListedName, NameKind

    with_names(empty_store, ListedName("n9", NameKind.PERSON, name, "Wren"))
    shown = words_on(_begin(_page(empty_store)))
    assert "<img src=x></" not in shown
