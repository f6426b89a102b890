"""What a reviewer's decisions do to the list, and what new sources are told of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pseudonym_desk import NAMED, a_named_desk, a_named_source, with_names

from coding import language
from coding.pseudonyms.names import How, ListedName, NameKind
from coding.pseudonyms.proposals import Place, Proposal
from coding.study import Person
from data.problems import DataRefused
from data.storage import StudyStore
from workbench.actions.interviews.file_adding import add_files
from workbench.actions.pseudonyms import name_list, new_sources, replacing, reviewing


@pytest.fixture(autouse=True)
def _by_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (reviewing, replacing, new_sources):
        monkeypatch.setattr(module, "load_names_reader", language.no_names_reader)


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, Person]:
    a_named_desk(empty_store)
    empty_store.pseudonym_key.open("priya")
    priya = empty_store.study.person("priya")
    assert priya is not None
    return empty_store, priya


def _proposal(words: str) -> Proposal:
    place = Place("s", 0, len(words))
    return Proposal(words.lower(), words, NameKind.PERSON, (How.SPEAKER,), (place,))


def _listed(store: StudyStore) -> tuple[ListedName, ...]:
    return store.pseudonym_key.opened("priya").listed


def test_a_full_name_takes_the_place_of_its_part_and_keeps_its_pseudonym(desk) -> None:
    store, priya = desk
    first = reviewing.confirm_proposal(
        store, priya, _proposal("Adunola"), kind=NameKind.PERSON, pseudonym="Wren"
    )
    reviewing.same_as(store, priya, _proposal("Adunola Thornlee"), first.id)
    (name,) = _listed(store)
    assert name.name == "Adunola Thornlee"
    assert name.pseudonym.split()[0] == "Wren"
    assert len(name.pseudonym.split()) == 2
    assert name.id == first.id


def test_other_words_for_somebody_become_a_nickname(desk) -> None:
    store, priya = desk
    first = reviewing.confirm_proposal(
        store, priya, _proposal("Adunola"), kind=NameKind.PERSON
    )
    reviewing.same_as(store, priya, _proposal("Addy"), first.id)
    (name,) = _listed(store)
    assert (name.name, name.nicknames) == ("Adunola", ("Addy",))


def test_one_name_is_listed_once(desk) -> None:
    store, priya = desk
    name_list.add_by_hand(store, priya, "Kezvara", NameKind.PERSON)
    with pytest.raises(DataRefused, match="already"):
        name_list.add_by_hand(store, priya, "KEZVARA", NameKind.PERSON)


def test_lines_before_a_refused_one_are_kept_and_said(desk) -> None:
    store, priya = desk
    with pytest.raises(DataRefused) as refusal:
        name_list.add_by_hand(
            store, priya, "Kezvara\nThornlee = Priya", NameKind.PERSON
        )
    assert [one.where for one in refusal.value.problems] == ["Line 2"]
    assert "The 1 before it is on the list" in refusal.value.problems[0].do_next
    assert "Thornlee" not in str(refusal.value)
    assert [one.name for one in _listed(store)] == ["Kezvara"]


def test_a_name_that_was_replaced_stays_until_names_are_put_back(desk) -> None:
    store, priya = desk
    with_names(store)
    replacing.replace_names(store, priya)
    with pytest.raises(DataRefused, match="leads back"):
        reviewing.take_off(store, priya, "n2")
    name = next(one for one in _listed(store) if one.id == "n2")
    with pytest.raises(DataRefused, match="leads back"):
        reviewing.confirm(store, priya, replace(name, pseudonym="Quill"), came_from="")
    # Nor is it lost by taking decisions back.
    with pytest.raises(DataRefused, match="no decision"):
        store.pseudonym_key.undo_decision("priya")


def test_what_was_read_is_known_to_be_old_once_a_text_changed(desk) -> None:
    store, priya = desk
    read = reviewing.read_sources(store)
    assert reviewing.is_of_now(store, read)
    with_names(store)
    replacing.replace_names(store, priya)
    assert not reviewing.is_of_now(store, read)


def test_new_sources_say_how_many_names_they_hold(desk) -> None:
    store, priya = desk
    new = [a_named_source("Two", NAMED.replace("the house", "the flat"))]
    assert new_sources.check(store, priya, new).in_words == ""
    with_names(store)
    checked = new_sources.check(store, priya, new)
    assert checked.in_words == "5 mentions of listed names in 1 source."
    store.pseudonym_key.set_passphrase("priya", "four words in a row")
    store.pseudonym_key.close("priya")
    assert "not looked through" in new_sources.check(store, priya, new).in_words


def test_whoever_adds_files_by_a_command_is_told(desk) -> None:
    store, priya = desk
    with_names(store)
    words = NAMED.replace("the house", "the flat").encode("utf-8")
    added = add_files(store, priya, [("two.txt", words)])
    told = [one.found for one in added.warnings if one.where == "Pseudonyms"]
    assert told == ["5 mentions of listed names in 1 source."]


def test_without_a_key_nothing_is_said_and_none_is_made(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    priya = empty_store.study.person("priya")
    new = [a_named_source("Two", NAMED.replace("the house", "the flat"))]
    assert new_sources.check(empty_store, priya, new).in_words == ""
    assert not empty_store.pseudonym_key.status("priya").exists
