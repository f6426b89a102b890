"""How passages of two choices of codes stand to each other."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slow_code_relations import Mark, passages_of, related

from coding.finding.code_relations import Passage, Relation

#        0         1         2         3         4
#        0123456789012345678901234567890123456789012345678
TEXT = "We met. She came late again, and then he left us."


def _at(words: str, code: str = "late", coder: str = "priya") -> Mark:
    start = TEXT.index(words)
    return Mark(start, start + len(words), code, coder)


def _words(passages: list[Passage]) -> list[str]:
    return [TEXT[one.start : one.end] for one in passages]


LATE = passages_of([_at("She came late"), _at("left us")])
WORKER = passages_of([_at("came", "worker", "tom"), _at("late again", "worker", "tom")])


def _between(start: int, end: int) -> int:
    return len(TEXT[start:end].split())


def test_each_relation_returns_what_it_says() -> None:
    assert _words(related(LATE, Relation.ALONE)) == ["She came late", "left us"]
    assert _words(related(LATE, Relation.AND, WORKER)) == ["came", "late"]
    assert _words(related(LATE, Relation.OR, WORKER)) == [
        "She came late again",
        "left us",
    ]
    assert _words(related(LATE, Relation.NOT, WORKER)) == ["left us"]
    assert _words(related(LATE, Relation.OVERLAPPING, WORKER)) == ["She came late"]


@pytest.mark.parametrize(("within", "found"), [(2, []), (3, ["left us"])])
def test_near_counts_the_words_between(within: int, found: list[str]) -> None:
    # Between "late again" and "left us" stand "and then he", and a comma with no word
    # of its own sticks to nothing: three words.
    alone = [one for one in LATE if one.start > 20]
    second = passages_of([_at("late again,", "worker")])
    near = related(alone, Relation.NEAR, second, within=within, words_between=_between)
    assert _words(near) == found


def test_near_takes_what_overlaps_and_looks_both_ways() -> None:
    first = passages_of([_at("came late")])
    for second in ("late again", "She", "again"):
        near = related(
            first,
            Relation.NEAR,
            passages_of([_at(second, "worker")]),
            within=0,
            words_between=_between,
        )
        assert _words(near) == ["came late"], second


def test_what_both_led_to_carries_the_codes_and_coders_of_both() -> None:
    (shared,) = related(LATE[:1], Relation.OVERLAPPING, WORKER)
    assert shared.code_ids == {"late", "worker"}
    assert shared.coder_ids == {"priya", "tom"}
    (apart,) = related(LATE, Relation.NOT, WORKER)
    assert apart.code_ids == {"late"}


def test_whoever_marked_a_passage_it_is_one() -> None:
    both = passages_of([_at("She came late"), _at("came late again", coder="tom")])
    assert _words(both) == ["She came late again"]
    assert both[0].coder_ids == {"priya", "tom"}


_marks = st.lists(
    st.tuples(st.integers(0, 60), st.integers(1, 12)).map(
        lambda it: Mark(it[0], it[0] + it[1], "c", "p")
    ),
    max_size=8,
)


def _characters(passages) -> set[int]:
    return {at for one in passages for at in range(one.start, one.end)}


@given(_marks, _marks)
def test_relations_hold_character_by_character(first, second) -> None:
    one, other = passages_of(first), passages_of(second)
    a, b = _characters(one), _characters(other)
    assert _characters(related(one, Relation.AND, other)) == a & b
    assert _characters(related(one, Relation.OR, other)) == a | b
    touching = related(one, Relation.OVERLAPPING, other)
    apart = related(one, Relation.NOT, other)
    assert not _characters(apart) & b
    assert all(_characters([passage]) & b for passage in touching)
    assert len(touching) + len(apart) == len(one)
