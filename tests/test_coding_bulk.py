"""Many passages are stored at once, all of them or none, each once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from interview_desk import WORDS, a_desk

from coding.coded_segments import CodedSegment, Segment
from data.problems import DataRefused
from data.storage import StudyStore

_WHEN = datetime(2025, 3, 4, 10, 30, tzinfo=UTC)


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    return (empty_store, *a_desk(empty_store))


def _passage(number: int, source: str, code: str, words: str) -> CodedSegment:
    start = WORDS.index(words)
    segment = Segment(start, start + len(words))
    return CodedSegment(f"passage {number}", source, code, segment, "priya", _WHEN)


def test_all_are_kept_as_marked_with_one_line_in_the_trail(desk) -> None:
    store, source, same, heard = desk
    before = store.sources.revision(source)
    passages = [
        _passage(1, source, same, "The same worker"),
        _passage(2, source, heard, "she asked"),
    ]
    assert store.coding.add_all("priya", passages) == 2
    assert store.coding.segments(source) == passages
    assert store.sources.revision(source) == before + 1
    line = store.audit.lines()[0]
    assert (line.action, line.detail) == ("passages added", {"count": 2})


def test_what_the_coder_marked_already_is_left_out(desk) -> None:
    store, source, same, _ = desk
    first = _passage(1, source, same, "The same worker")
    store.coding.add_all("priya", [first])
    twice = [replace(first, id="again"), _passage(2, source, same, "every week")]
    assert store.coding.add_all("priya", [*twice, replace(twice[1], id="third")]) == 1
    assert [one.id for one in store.coding.segments(source)] == [
        "passage 1",
        "passage 2",
    ]


def test_every_passage_that_cannot_be_kept_is_told_and_none_is(desk) -> None:
    store, source, same, _ = desk
    good = _passage(1, source, same, "The same worker")
    label = WORDS.index("\n")
    bad = [
        replace(good, id="2", source_id="nowhere"),
        replace(good, id="3", code_id="nothing"),
        replace(good, id="4", segment=Segment(label, label + 1)),
        replace(good, id="5", segment=Segment(0, len(WORDS) + 1)),
    ]
    with pytest.raises(DataRefused) as refused:
        store.coding.add_all("priya", [good, *bad])
    assert sorted(p.found for p in refused.value.problems) == [
        "There are no spoken words here.",
        "There are no spoken words here.",
        "This code is not in the codebook.",
        "This source is not in the study.",
    ]
    assert store.coding.segments() == []


def test_who_may_not_code_adds_nothing(desk) -> None:
    store, source, same, _ = desk
    with pytest.raises(DataRefused):
        store.coding.add_all("di", [_passage(1, source, same, "every week")])
    assert store.coding.segments() == []
