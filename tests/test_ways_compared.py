"""Whether suggestions changed anything is told only where chance decided."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from interview_desk import PRIYA, WORDS, a_desk, a_source, segment_of

from coding.coded_segments import CodedSegment
from data.storage import StudyStore
from workbench.actions.suggesting import drawing


@pytest.fixture
def drawn(empty_store: StudyStore):
    """Six transcripts drawn and read through; two codings each, three where with."""
    store = empty_store
    first, same, _ = a_desk(store)
    more = [
        a_source(f"P{n} wave 1", f"{WORDS} Yes {n}.", mappings=()) for n in range(5)
    ]
    sources = [first, *store.sources.save("priya", more)]
    draw = store.draws.draw("priya", sources, seed=3)
    began = datetime(2025, 6, 2, 9, tzinfo=UTC)
    for number, one in enumerate(draw.sources):
        words = ["same worker", "she asked", "came"][: 2 + one.with_suggestions]
        store.coding.add_all(
            "priya",
            [
                CodedSegment(
                    f"coding {number} {at}",
                    one.source_id,
                    same,
                    segment_of(said),
                    "priya",
                    began + timedelta(minutes=3 * at),
                )
                for at, said in enumerate(words)
            ],
        )
    return store, draw


def _read_through(store: StudyStore, draw) -> None:
    for one in draw.sources:
        store.suggestion_settings.mark_read_through(
            "priya", one.source_id, is_read=True
        )


def test_without_a_draw_nothing_is_said(empty_store: StudyStore) -> None:
    a_desk(empty_store)
    assert drawing.compare_ways(empty_store, PRIYA) == []


def test_passes_not_finished_do_not_count(drawn) -> None:
    store, _ = drawn
    codings, *_ = drawing.compare_ways(store, PRIYA)
    assert codings.found is None
    assert "0 with and 0 without suggestions count so far" in codings.in_words


def test_a_difference_is_told_beside_what_chance_gives(drawn) -> None:
    store, draw = drawn
    _read_through(store, draw)
    codings, minutes, agreement = drawing.compare_ways(store, PRIYA)
    assert codings.found is not None
    assert codings.found.with_mean > codings.found.without_mean
    # Of the 20 ways in which the draw could have fallen, two are as far apart.
    assert codings.found.chance == pytest.approx(2 / 20)
    assert "chance alone may give that much (in 10 of 100 draws)" in codings.in_words
    assert minutes.found is not None
    # Nobody coded any of them twice.
    assert agreement.found is None
    table = drawing.ways_table([codings, minutes, agreement])
    assert table.rows[0][1:3] == ("3", "3")
    assert table.rows[2][3:] == ("", "", "")


def test_transcripts_outside_the_draw_never_count(drawn) -> None:
    store, draw = drawn
    _read_through(store, draw)
    (extra,) = store.sources.save(
        "priya", [a_source("P9", f"{WORDS} No.", mappings=())]
    )
    store.suggestion_settings.mark_read_through("priya", extra, is_read=True)
    codings, *_ = drawing.compare_ways(store, PRIYA)
    assert (codings.with_count, codings.without_count) == (3, 3)
