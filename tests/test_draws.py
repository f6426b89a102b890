"""Transcripts drawn to be coded with or without suggestions: kept, and kept to."""

from __future__ import annotations

import pytest
from interview_desk import (
    WORDS,
    a_desk,
    a_source,
    a_suggestion,
    an_operation,
    code_words,
)

from coding.trusting.drawing import difference, drawn_with
from data.problems import DataRefused
from data.storage import StudyStore


@pytest.fixture
def drawn(empty_store: StudyStore):
    """Four transcripts drawn, each with one suggestion: store, draw, code."""
    store = empty_store
    first, same, _ = a_desk(store)
    more = [
        a_source(f"P{n} wave 1", f"{WORDS} Yes {n}.", mappings=()) for n in range(3)
    ]
    sources = [first, *store.sources.save("priya", more)]
    store.suggestions.replace_open(
        "priya",
        {one: [a_suggestion("same worker", same)] for one in sources},
        engine="rules",
    )
    return store, store.draws.draw("priya", sources, seed=11), same


def test_a_draw_is_kept_with_its_seed_and_comes_out_the_same_again(drawn) -> None:
    store, draw, _ = drawn
    (kept,) = store.draws.draws()
    assert kept == draw
    assert (kept.seed, kept.drawn_by) == (11, "Priya Wetherall")
    with_them = {one.source_id for one in kept.sources if one.with_suggestions}
    assert len(with_them) == 2
    assert with_them == drawn_with([one.source_id for one in kept.sources], 11)


def test_suggestions_are_hidden_from_everybody_where_it_fell_so(drawn) -> None:
    store, draw, _ = drawn
    for one in draw.sources:
        for reader in (None, "priya", "lead"):
            shown = store.suggestions.open_of(one.source_id, reader_id=reader)
            assert len(shown) == one.with_suggestions
    assert store.suggestions.waiting() == 2
    assert len(store.deciding.listed(reader_id="priya")) == 2


def test_a_hidden_suggestion_cannot_be_decided_on(drawn) -> None:
    store, draw, _ = drawn
    without = next(one for one in draw.sources if not one.with_suggestions)
    store.draws.end("priya", draw.id, "Looking up an id.")
    (hidden,) = store.suggestions.open_of(without.source_id)
    sources = [one.source_id for one in draw.sources]
    again = next(
        drawn
        for seed in range(50)
        if without.source_id not in drawn_with(sources, seed)
        and (drawn := store.draws.draw("priya", sources, seed))
    )
    assert again.is_under_way
    accept = an_operation("reject", suggestion_id=hidden.id)
    (outcome,) = store.coding.apply("priya", without.source_id, [accept])
    assert "drawn to be coded without" in outcome.found


def test_an_ended_draw_hides_nothing_and_keeps_its_reason(drawn) -> None:
    store, draw, _ = drawn
    with pytest.raises(DataRefused, match="reason is missing"):
        store.draws.end("priya", draw.id, " ")
    store.draws.end("priya", draw.id, "Everybody is through.")
    assert store.suggestions.waiting() == 4
    (kept,) = store.draws.draws()
    assert (kept.reason, kept.ended_by) == ("Everybody is through.", "Priya Wetherall")


def test_what_is_begun_or_drawn_already_is_refused(drawn) -> None:
    store, draw, same = drawn
    sources = [one.source_id for one in draw.sources]
    with pytest.raises(DataRefused, match="coded or drawn already"):
        store.draws.draw("priya", sources, seed=1)
    store.draws.end("priya", draw.id, "Again.")
    store.coding.apply("priya", sources[0], [code_words("she asked", same)])
    assert len(store.draws.may_be_drawn()) == 3
    with pytest.raises(DataRefused, match="coded or drawn already"):
        store.draws.draw("priya", sources, seed=1)


def test_who_may_not_say_who_codes_may_not_draw(drawn) -> None:
    store, draw, _ = drawn
    with pytest.raises(DataRefused, match="cannot say who codes what"):
        store.draws.end("di", draw.id, "I would like to see.")


def test_a_difference_is_told_beside_what_chance_gives() -> None:
    # Six values, three a side: of 20 draws two are as far apart as 4,5,6 and 1,2,3.
    found = difference([4.0, 5.0, 6.0], [1.0, 2.0, 3.0])
    assert found is not None
    assert (found.with_mean, found.without_mean, found.chance) == (5.0, 2.0, 2 / 20)
    alike = difference([1.0, 2.0, 3.0], [3.0, 1.0, 2.0])
    assert alike is not None
    assert alike.chance == 1.0
