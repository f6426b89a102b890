"""Memos are dated, belong to their author, and are never lost to a second writer."""

from __future__ import annotations

import pytest
from interview_desk import with_people

from data.problems import DataRefused
from data.storage import StudyStore


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    return with_people(empty_store)


def test_memos_about_one_thing_are_read_in_the_order_written(
    store: StudyStore,
) -> None:
    store.memos.add("priya", "source", "s1", " First thought. ")
    store.memos.add("di", "source", "s1", "Second.")
    store.memos.add("di", "code", "c1", "Elsewhere.")
    found = store.memos.about("source", "s1")
    assert [(m.text, m.author_id) for m in found] == [
        ("First thought.", "priya"),
        ("Second.", "di"),
    ]
    assert len(store.memos.memos()) == 3


def test_only_its_author_changes_a_memo(store: StudyStore) -> None:
    memo = store.memos.add("priya", "source", "s1", "First.")
    with pytest.raises(DataRefused, match="Only its author"):
        store.memos.change("di", memo, "Mine now.")
    changed = store.memos.change("priya", memo, "Better.")
    assert (changed.text, changed.version) == ("Better.", 2)
    # A tab left open since before that change is asked to look again.
    with pytest.raises(DataRefused, match="Someone else changed this"):
        store.memos.change("priya", memo, "From the old tab.")


def test_an_empty_memo_is_refused(store: StudyStore) -> None:
    with pytest.raises(DataRefused, match="empty"):
        store.memos.add("priya", "source", "s1", " \n ")
    assert store.memos.memos() == []


def test_the_trail_says_that_a_memo_was_written_and_not_what(
    store: StudyStore,
) -> None:
    store.memos.add("priya", "source", "s1", "A private thought.")
    line = store.audit.lines(limit=1)[0]
    assert (line.action, line.about_id) == ("memo written", "s1")
    assert "private" not in str(dict(line.detail))
