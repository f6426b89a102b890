"""Whoever is erased from the study leaves the key of pseudonyms too."""

from __future__ import annotations

import pytest
from pseudonym_desk import NAMES, ORDINARY, a_named_desk, with_names

from coding.study import Person, Role
from data.people_rights.withdrawal import About, Kind, Reason
from data.pseudonyms import key_file
from data.pseudonyms.key import PseudonymKey
from data.storage import StudyStore
from workbench.actions.rights import withdrawing

LEAD = Person("lead", "Robin Field", Role.STUDY_LEAD)


@pytest.fixture
def replaced(empty_store: StudyStore) -> StudyStore:
    a_named_desk(empty_store)
    with_names(empty_store, who="lead")
    empty_store.pseudonyms.replace("lead", ORDINARY)
    return empty_store


def _participant(store: StudyStore) -> About:
    (one,) = store.study.participants()
    return About(Kind.PARTICIPANT, one.id, one.pseudonym)


def _erase(store: StudyStore) -> list[str]:
    about = _participant(store)
    erased = withdrawing.erase(store, LEAD, about, next(iter(Reason)), about.label)
    return withdrawing.erased_in_words(erased, about)


def _in_key(store: StudyStore) -> PseudonymKey:
    return store.pseudonym_key.open("lead")


def test_the_erased_person_is_no_longer_named_and_others_are(replaced) -> None:
    assert {one.name for one in _in_key(replaced).listed} == {n.name for n in NAMES}
    assert _in_key(replaced).texts
    said = " ".join(_erase(replaced))
    key = _in_key(replaced)
    assert {one.name for one in key.listed} == {"Kezvara", "Fernwick"}
    assert not key.texts
    assert not key.can_be_undone
    assert "key of pseudonyms" not in said
    content = key_file.key_path(replaced.database.file, key.study_id).read_bytes()
    assert b"thornlee" not in content.lower()


def test_a_key_that_is_shut_is_said_and_left_as_it_was(replaced) -> None:
    replaced.pseudonym_key.set_passphrase("lead", "a long passphrase of words")
    replaced.pseudonym_key.close("lead")
    said = " ".join(_erase(replaced))
    assert "The key of pseudonyms is shut and may still name them." in said
    key = replaced.pseudonym_key.open("lead", "a long passphrase of words")
    assert len(key.names) == len(NAMES)


def test_a_study_without_a_key_is_erased_as_before(empty_store) -> None:
    a_named_desk(empty_store)
    said = " ".join(_erase(empty_store))
    assert "was erased" in said
    assert not empty_store.pseudonym_key.status("lead").exists
