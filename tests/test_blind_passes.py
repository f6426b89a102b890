"""What a coder reads while a source is being coded blind."""

from __future__ import annotations

import pytest
from interview_desk import a_desk, a_suggestion, code_words
from sqlmodel import select
from two_coders import as_coded_blind

from data.rights import Right
from data.storage import StudyStore
from data.tables import AssignmentRow, now


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str]:
    """A source that priya and tom both code blind, each with a passage."""
    source, same, heard = a_desk(empty_store)
    proposed = a_suggestion("every week", heard)
    empty_store.suggestions.replace_open("priya", {source: [proposed]}, engine="test")
    empty_store.coding.apply("priya", source, [code_words("The same worker", same)])
    empty_store.coding.apply("tom", source, [code_words("she asked", heard)])
    as_coded_blind(empty_store, source)
    return empty_store, source


def _finish(store: StudyStore, coder: str) -> None:
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        row = writing.session.exec(
            select(AssignmentRow).where(AssignmentRow.coder_id == coder)
        ).one()
        row.finished_at = now()
        writing.record("pass finished", "source", row.source_id)


def _coders(store: StudyStore, source: str, reader: str | None) -> set[str]:
    found = {one.coder_id for one in store.coding.segments(source, reader_id=reader)}
    listed = {one.coded.coder_id for one in store.coding.passages(reader_id=reader)}
    assert listed == found
    assert sum(store.coding.passage_counts(reader_id=reader).values()) == len(found)
    assert len(store.coding.uses(reader_id=reader)) == len(found)
    return found


def test_blind_coders_read_their_own_codings_alone(desk) -> None:
    store, source = desk
    assert _coders(store, source, "priya") == {"priya"}
    assert _coders(store, source, "tom") == {"tom"}
    assert store.suggestions.open_of(source, reader_id="priya") == []


def test_what_anybody_may_read_leaves_the_source_out_whole(desk) -> None:
    store, source = desk
    assert _coders(store, source, None) == set()
    assert store.suggestions.open_of(source) == []


def test_somebody_who_does_not_code_it_blind_reads_both(desk) -> None:
    store, source = desk
    assert _coders(store, source, "lead") == {"priya", "tom"}
    assert store.suggestions.open_of(source, reader_id="lead") != []


def test_a_coder_who_is_done_waits_for_the_other(desk) -> None:
    store, source = desk
    _finish(store, "priya")
    assert _coders(store, source, "priya") == {"priya"}
    _finish(store, "tom")
    for reader in ("priya", "tom", None):
        assert _coders(store, source, reader) == {"priya", "tom"}
        assert store.suggestions.open_of(source, reader_id=reader) != []
