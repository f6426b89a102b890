"""Decisions on suggestions are kept whole: what was coded, how shown, and why."""

from __future__ import annotations

import uuid

import pytest
from interview_desk import a_desk, a_suggestion, an_operation, segment_of
from two_coders import as_coded_blind

from data.coding_records import OperationKind, StoredSuggestion
from data.problems import DataRefused
from data.storage import StudyStore


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    store, (source, same, heard) = empty_store, a_desk(empty_store)
    store.suggestions.replace_open(
        "priya",
        {source: [a_suggestion("same worker", same), a_suggestion("she asked", heard)]},
        engine="rules-1",
    )
    return store, source, same, heard


def _do(store: StudyStore, source: str, kind: str, **fields):
    if kind in ("accept", "instead"):
        fields["segment_id"] = str(uuid.uuid4())
    operation = an_operation(kind, **fields)
    (outcome,) = store.coding.apply("priya", source, [operation])
    return operation, outcome


def _at(store: StudyStore, source: str, words: str) -> StoredSuggestion:
    (found,) = [
        one
        for one in store.suggestions.all_of(source)
        if one.suggestion.segment == segment_of(words)
    ]
    return found


def test_a_suggestion_accepted_as_it_was_says_so(desk) -> None:
    store, source, same, _ = desk
    _do(store, source, "accept", suggestion_id=_at(store, source, "same worker").id)
    kept = _at(store, source, "same worker")
    assert (kept.status, kept.decided_by, kept.shown, kept.engine) == (
        "accepted",
        "priya",
        "in the text",
        "rules-1",
    )
    assert kept.decided_at is not None
    assert (kept.decided_segment, kept.decided_code_id) == (
        segment_of("same worker"),
        same,
    )
    assert not kept.has_other_edges


def test_other_edges_are_coded_and_kept_with_the_suggestion(desk) -> None:
    store, source, same, _ = desk
    wanted = segment_of("The same worker came")
    _do(
        store,
        source,
        "accept",
        suggestion_id=_at(store, source, "same worker").id,
        start=wanted.start,
        end=wanted.end,
    )
    (coded,) = store.coding.segments(source)
    assert (coded.segment, coded.code_id) == (wanted, same)
    kept = _at(store, source, "same worker")
    assert kept.has_other_edges
    assert kept.decided_segment == wanted


def test_edges_moved_later_are_told_too_and_taken_back(desk) -> None:
    store, source, _, _ = desk
    _do(store, source, "accept", suggestion_id=_at(store, source, "same worker").id)
    (coded,) = store.coding.segments(source)
    wider = segment_of("The same worker")
    moved, _ = _do(
        store,
        source,
        "move_edges",
        segment_id=coded.id,
        start=wider.start,
        end=wider.end,
    )
    assert _at(store, source, "same worker").has_other_edges
    _do(store, source, "undo", change_id=f"{moved.client}:{moved.sequence}")
    assert not _at(store, source, "same worker").has_other_edges


def test_edges_outside_what_was_said_are_refused_and_it_waits(desk) -> None:
    store, source, _, _ = desk
    waiting = _at(store, source, "same worker")
    _, outcome = _do(
        store, source, "accept", suggestion_id=waiting.id, start=36, end=37
    )
    assert outcome.is_refused
    assert _at(store, source, "same worker").status == "open"
    assert store.coding.segments(source) == []


def test_another_code_is_kept_beside_the_one_suggested(desk) -> None:
    store, source, same, heard = desk
    waiting = _at(store, source, "same worker")
    _do(store, source, "instead", suggestion_id=waiting.id, code_id=heard)
    kept = _at(store, source, "same worker")
    assert (kept.status, kept.suggestion.code_id, kept.decided_code_id) == (
        "replaced",
        same,
        heard,
    )


def test_a_reason_is_told_after_the_rejection_and_can_be_taken_back(desk) -> None:
    store, source, _, _ = desk
    waiting = _at(store, source, "same worker")
    rejected, _ = _do(store, source, "reject", suggestion_id=waiting.id)
    assert _at(store, source, "same worker").because == ""
    told, _ = _do(
        store,
        source,
        "because",
        suggestion_id=waiting.id,
        reason="opposite",
        text="It was another one.",
    )
    kept = _at(store, source, "same worker")
    assert (kept.because, kept.because_words) == ("opposite", "It was another one.")
    # Never words in the audit trail.
    assert "another one" not in str(store.audit.lines())
    _do(store, source, "undo", change_id=f"{told.client}:{told.sequence}")
    assert _at(store, source, "same worker").because == ""
    _do(store, source, "undo", change_id=f"{rejected.client}:{rejected.sequence}")
    waits = _at(store, source, "same worker")
    assert (waits.status, waits.shown, waits.decided_at) == ("open", "", None)


def test_a_reason_needs_a_rejection_of_ones_own(desk) -> None:
    store, source, _, _ = desk
    waiting = _at(store, source, "same worker")
    _, outcome = _do(store, source, "because", suggestion_id=waiting.id, reason="other")
    assert "you have not rejected" in outcome.found
    _do(store, source, "reject", suggestion_id=waiting.id)
    theirs = an_operation("because", suggestion_id=waiting.id, reason="other")
    (outcome,) = store.coding.apply("tom", source, [theirs])
    assert outcome.is_refused
    assert _at(store, source, "same worker").because == ""


def test_decisions_outlive_suggestions_made_again(desk) -> None:
    store, source, same, heard = desk
    waiting = _at(store, source, "same worker")
    _do(store, source, "reject", suggestion_id=waiting.id)
    _do(store, source, "because", suggestion_id=waiting.id, reason="passing")
    before = _at(store, source, "same worker")
    store.suggestions.replace_open(
        "priya",
        {source: [a_suggestion("she asked", heard), a_suggestion("worker", same)]},
        engine="rules-2",
    )
    assert _at(store, source, "same worker") == before
    assert _at(store, source, "she asked").engine == "rules-2"


def test_a_seen_list_is_decided_at_once_and_taken_back_in_one_go(desk) -> None:
    store, source, _, _ = desk
    seen = [one.stored.id for one in store.deciding.listed(waiting=True)]
    assert len(seen) == 2
    came = store.deciding.decide_seen("priya", seen, OperationKind.ACCEPT)
    assert (came.done, came.refused) == (2, ())
    assert len(store.coding.segments(source)) == 2
    decided = store.deciding.listed(waiting=False)
    assert {(one.stored.shown, one.decider) for one in decided} == {
        ("in a list", "Priya Wetherall")
    }
    back = store.deciding.take_back("priya", came.batch)
    assert (back.done, back.refused) == (2, ())
    assert store.coding.segments(source) == []
    assert store.suggestions.waiting() == 2


def test_what_was_not_seen_stays_and_what_others_decided_is_told(desk) -> None:
    store, source, _, _ = desk
    first, second = (one.stored.id for one in store.deciding.listed(waiting=True))
    theirs = an_operation("reject", suggestion_id=first)
    store.coding.apply("tom", source, [theirs])
    came = store.deciding.decide_seen("priya", [first], OperationKind.REJECT)
    assert came.done == 0
    assert "Already decided by Tom Ibbotson" in came.refused[0]
    (left,) = store.deciding.listed(waiting=True)
    assert left.stored.id == second


def test_a_list_touches_nothing_in_a_source_that_is_read_blind(desk) -> None:
    store, source, _, _ = desk
    seen = [one.stored.id for one in store.deciding.listed(waiting=True)]
    as_coded_blind(store, source)
    assert store.deciding.listed(reader_id="priya") == []
    came = store.deciding.decide_seen("priya", seen, OperationKind.ACCEPT)
    assert came.done == 0
    assert "hidden while you code" in came.refused[0]
    assert store.coding.segments(source, reader_id="priya") == []


def test_an_empty_or_boundless_list_is_refused(desk) -> None:
    store, *_ = desk
    with pytest.raises(DataRefused, match="No suggestion was on the list"):
        store.deciding.decide_seen("priya", [], OperationKind.REJECT)
    many = [str(number) for number in range(101)]
    with pytest.raises(DataRefused, match="at once"):
        store.deciding.decide_seen("priya", many, OperationKind.REJECT)
