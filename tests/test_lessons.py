"""What suggestions may learn from: decisions, never what waits or what is hidden."""

from __future__ import annotations

import uuid

import pytest
from interview_desk import (
    WORDS,
    a_desk,
    a_source,
    a_suggestion,
    an_operation,
    code_words,
)
from two_coders import as_coded_blind

from coding.codebook import Code
from data.storage import StudyStore


@pytest.fixture
def desk(empty_store: StudyStore):
    store, (source, same, heard) = empty_store, a_desk(empty_store)
    store.suggestions.replace_open(
        "priya",
        {source: [a_suggestion("same worker", same), a_suggestion("she asked", heard)]},
        engine="rules",
    )
    return store, source, same, heard


def test_what_waits_teaches_nothing(desk) -> None:
    store, *_ = desk
    lessons = store.lessons.read()
    assert (lessons.applied, lessons.turned_down, lessons.read_through) == ((), (), ())
    assert store.lessons.decided_since(None) == 0


def test_codings_and_rejections_are_lessons_of_their_turns(desk) -> None:
    store, source, same, heard = desk
    before = store.lessons.read().state
    first, second = store.suggestions.open_of(source)
    accept = an_operation(
        "accept", suggestion_id=first.id, segment_id=str(uuid.uuid4())
    )
    reject = an_operation("reject", suggestion_id=second.id)
    store.coding.apply("priya", source, [accept, reject])
    lessons = store.lessons.read()
    assert lessons.applied == ((source, 2, same),)
    assert lessons.turned_down == ((source, 2, heard),)
    assert lessons.read_through == ()
    assert lessons.state != before
    assert store.lessons.decided_since(None) == 2


def test_a_passage_over_two_turns_is_a_lesson_of_both(desk) -> None:
    store, source, same, _ = desk
    both = an_operation(
        "code", segment_id=str(uuid.uuid4()), start=20, end=80, code_id=same
    )
    store.coding.apply("priya", source, [both])
    assert store.lessons.read().applied == ((source, 1, same), (source, 2, same))


def test_what_was_left_counts_only_where_it_was_read_through(desk) -> None:
    store, source, *_ = desk
    store.suggestion_settings.mark_read_through("priya", source, is_read=True)
    assert store.lessons.read().read_through == (source,)
    later = store.codebook.add("priya", Code("", "Made later"))
    assert store.lessons.read().not_there_yet == ((source, later.id),)
    store.suggestion_settings.mark_read_through("priya", source, is_read=False)
    assert store.lessons.read().read_through == ()


def test_nothing_of_a_source_coded_blind_is_ever_a_lesson(desk) -> None:
    store, source, same, _ = desk
    (other,) = store.sources.save(
        "priya", [a_source("P8", f"{WORDS} Yes.", mappings=())]
    )
    store.coding.apply("tom", source, [code_words("every week", same)])
    store.coding.apply("tom", other, [code_words("every week", same)])
    first, _ = store.suggestions.open_of(source)
    reject = an_operation("reject", suggestion_id=first.id)
    store.coding.apply("tom", source, [reject])
    store.suggestion_settings.mark_read_through("tom", source, is_read=True)
    assert len(store.lessons.read().applied) == 2
    as_coded_blind(store, source)
    lessons = store.lessons.read()
    assert lessons.applied == ((other, 2, same),)
    assert (lessons.turned_down, lessons.read_through) == ((), ())
    assert store.lessons.decided_since(None) == 1
