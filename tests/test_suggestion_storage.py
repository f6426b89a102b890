"""Suggestions wait beside the codings, are made anew, and respect decisions."""

from __future__ import annotations

import uuid

import pytest
from interview_desk import a_desk, a_suggestion, an_operation, code_words

from coding.suggestions.suggestion import CodeSuggestion
from data.problems import DataRefused
from data.storage import StudyStore


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    return (empty_store, *a_desk(empty_store))


def _replace(store: StudyStore, source: str, *proposed: CodeSuggestion) -> int:
    return store.suggestions.replace_open("priya", {source: proposed}, engine="test-1")


def test_a_suggestion_comes_back_with_its_reason(desk) -> None:
    store, source, same, _ = desk
    proposed = a_suggestion("same worker", same)
    assert _replace(store, source, proposed) == 1
    (waiting,) = store.suggestions.open_of(source)
    assert waiting.suggestion == proposed
    assert (waiting.engine, waiting.status) == ("test-1", "open")
    assert store.suggestions.waiting() == 1
    assert store.sources.summaries()[0].waiting_suggestions == 1
    # It counts as nothing until a person accepts it.
    assert store.coding.uses() == {}


def test_a_new_run_replaces_what_waits(desk) -> None:
    store, source, same, heard = desk
    _replace(store, source, a_suggestion("same worker", same))
    _replace(store, source, a_suggestion("she asked", heard))
    assert [w.suggestion.code_id for w in store.suggestions.open_of(source)] == [heard]


def test_what_was_decided_is_not_proposed_again(desk) -> None:
    store, source, same, heard = desk
    _replace(store, source, a_suggestion("same worker", same))
    (waiting,) = store.suggestions.open_of(source)
    reject = an_operation("reject", suggestion_id=waiting.id)
    store.coding.apply("priya", source, [reject])
    kept = _replace(
        store,
        source,
        a_suggestion("The same worker came", same),
        a_suggestion("same worker", heard),
        a_suggestion("she asked", same),
    )
    # The rejected code is left out where it overlaps, and only there.
    assert kept == 2
    assert len(store.suggestions.all_of(source)) == 3


def test_what_is_coded_is_not_suggested(desk) -> None:
    store, source, same, heard = desk
    store.coding.apply("tom", source, [code_words("same worker came", same)])
    kept = _replace(
        store,
        source,
        a_suggestion("came every week", same),
        a_suggestion("came every week", heard),
    )
    assert kept == 1


def test_codes_and_sources_that_are_gone_are_passed_over(desk) -> None:
    store, source, same, heard = desk
    store.codebook.retire("priya", heard, 1)
    proposed = {
        source: [a_suggestion("she asked", heard), a_suggestion("she asked", same)],
        "no source": [a_suggestion("she asked", same)],
    }
    assert store.suggestions.replace_open("priya", proposed, engine="test") == 1


def test_accepting_a_suggestion_of_an_older_run_says_what_happened(desk) -> None:
    store, source, same, _ = desk
    _replace(store, source, a_suggestion("same worker", same))
    (old,) = store.suggestions.open_of(source)
    # Proposed again on the same words it would still be the same suggestion.
    _replace(store, source, a_suggestion("she asked", same))
    accept = an_operation("accept", suggestion_id=old.id, segment_id=str(uuid.uuid4()))
    (outcome,) = store.coding.apply("priya", source, [accept])
    assert outcome.found.startswith("This suggestion is no longer there")
    assert store.coding.segments(source) == []


def test_making_suggestions_is_for_those_who_code(desk) -> None:
    store, source, same, _ = desk
    with pytest.raises(DataRefused, match="cannot code transcripts"):
        store.suggestions.replace_open(
            "di", {source: [a_suggestion("she asked", same)]}, engine="test"
        )
    assert store.suggestions.waiting() == 0
