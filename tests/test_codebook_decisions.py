"""Versions of the codebook, decisions and codes told apart stay as they were."""

from __future__ import annotations

from dataclasses import replace

import pytest
from interview_desk import a_desk

from coding.codebook_changes.comparing import compare_codebooks
from data.problems import DataRefused
from data.storage import StudyStore


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str]:
    _, same, heard = a_desk(empty_store)
    return empty_store, same, heard


def test_a_version_is_compared_with_now_in_words(desk) -> None:
    store, same, heard = desk
    store.codebook_versions.keep("priya", " After  wave 1 ", "Before the debrief.")
    known = store.codebook.codebook().by_id()
    store.codebook.change(
        "tom", replace(known[heard], name="Listened to", definition="Heard out.")
    )
    store.code_changes.merge("tom", same, heard)
    (version,) = store.codebook_versions.versions()
    assert (version.name, version.kept_by) == ("After wave 1", "Priya Wetherall")
    found = compare_codebooks(
        version.in_use,
        store.codebook.codebook(),
        store.codebook_versions.merged_since(version.history_number),
    )
    assert [one.in_words for one in found] == [
        "Being heard: renamed to Listened to.",
        "Listened to: what it means written: “Heard out.”.",
        "Same worker: merged into Listened to.",
    ]


def test_a_merge_taken_back_is_no_merge(desk) -> None:
    store, same, heard = desk
    number = store.code_changes.merge("tom", same, heard)
    assert store.codebook_versions.merged_since() == {same: heard}
    store.code_changes.undo("tom", number)
    assert store.codebook_versions.merged_since() == {}


def test_two_versions_do_not_share_a_name(desk) -> None:
    store, _, _ = desk
    store.codebook_versions.keep("priya", "First")
    with pytest.raises(DataRefused, match="called 'FIRST' already"):
        store.codebook_versions.keep("tom", "FIRST")
    with pytest.raises(DataRefused, match="no name"):
        store.codebook_versions.keep("tom", " ")


def test_a_decision_keeps_its_number_and_is_withdrawn_not_deleted(desk) -> None:
    store, same, _ = desk
    first = store.codebook_decisions.decide(
        "priya", "One code.", "They overlap.", [same]
    )
    second = store.codebook_decisions.decide("tom", "Code turns.", "Simpler.")
    store.codebook_decisions.withdraw("tom", first, "We were wrong.")
    one, other = store.codebook_decisions.decisions()
    assert (one.label, other.label, second) == ("D1", "D2", 2)
    assert (one.withdrawn_by, one.withdrawn_reason) == (
        "Tom Ibbotson",
        "We were wrong.",
    )
    assert one.code_ids == (same,)
    assert other.withdrawn_at is None
    with pytest.raises(DataRefused, match="not in force"):
        store.codebook_decisions.withdraw("tom", first, "Again.")
    for words, reason in (("", "Why"), ("What", " ")):
        with pytest.raises(DataRefused):
            store.codebook_decisions.decide("tom", words, reason)
    assert len(store.codebook_decisions.decisions()) == 2


def test_codes_told_apart_are_remembered_either_way_round(desk) -> None:
    store, same, heard = desk
    store.codebook_decisions.tell_apart("priya", same, heard)
    store.codebook_decisions.tell_apart("tom", heard, same)
    assert store.codebook_decisions.told_apart() == {tuple(sorted((same, heard)))}
