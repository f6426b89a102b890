"""Relations between passages read source by source, slowly and plainly.

What :mod:`coding.finding.many_passages` finds over a whole study is compared with it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from coding.finding.code_relations import LONGEST_WORD, Passage, Relation


class Mark(NamedTuple):
    """One coded segment, as light as a great many of them need to be."""

    start: int
    end: int
    code_id: str
    coder_id: str


WordsBetween = Callable[[int, int], int]


def passages_of(marks: Iterable[Mark]) -> list[Passage]:
    """The marks in order as passages, those that overlap made one.

    >>> [(p.start, p.end) for p in passages_of(
    ...     [Mark(5, 9, "a", "x"), Mark(0, 6, "b", "y"), Mark(9, 12, "a", "x")])]
    [(0, 9), (9, 12)]
    """
    # One set a code and coder, not one a mark: there may be tens of thousands.
    alone: dict[str, frozenset[str]] = {}
    passages = []
    for start, end, code, coder in sorted(marks):
        codes = alone.get(code) or alone.setdefault(code, frozenset((code,)))
        coders = alone.get(coder) or alone.setdefault(coder, frozenset((coder,)))
        passages.append(Passage(start, end, codes, coders))
    return _merged(passages) if len(passages) > 1 else passages


def related(
    first: Sequence[Passage],
    relation: Relation,
    second: Sequence[Passage] = (),
    *,
    within: int = 0,
    words_between: WordsBetween | None = None,
) -> list[Passage]:
    """The passages of one source that a relation returns, in order.

    Both choices come as :func:`passages_of` gives them. For *near*, ``words_between``
    tells how many words stand between two positions and ``within`` how many may; it is
    only asked where the gap could hold so few. A passage carries the codes and coders
    of both choices where both led to it.

    >>> a, b = Passage(0, 10), Passage(6, 14)
    >>> [(p.start, p.end) for p in related([a], Relation.AND, [b])]
    [(6, 10)]
    >>> [(p.start, p.end) for p in related([a], Relation.OVERLAPPING, [b])]
    [(0, 10)]
    """
    match relation:
        case Relation.ALONE:
            return list(first)
        case Relation.OR:
            return _merged(
                sorted([*first, *second], key=lambda one: (one.start, one.end))
            )
        case Relation.AND:
            return _shared(first, second)
        case Relation.NOT:
            return [one for one in first if not _touching(one, second)]
        case Relation.OVERLAPPING:
            return [
                _with_codes(one, touching)
                for one in first
                if (touching := _touching(one, second))
            ]
        case Relation.NEAR:
            if words_between is None:
                raise ValueError("near needs to know how many words stand between")
            return [
                _with_codes(one, beside)
                for one in first
                if (beside := _near(one, second, within, words_between))
            ]


def _merged(passages: Iterable[Passage]) -> list[Passage]:
    joined: list[Passage] = []
    for one in passages:
        last = joined[-1] if joined else None
        if last is not None and one.start < last.end:
            joined[-1] = _joined(last, one, last.start, max(last.end, one.end))
        else:
            joined.append(one)
    return joined


def _shared(first: Sequence[Passage], second: Sequence[Passage]) -> list[Passage]:
    found = []
    a = b = 0
    while a < len(first) and b < len(second):
        one, other = first[a], second[b]
        start, end = max(one.start, other.start), min(one.end, other.end)
        if start < end:
            found.append(_joined(one, other, start, end))
        if one.end <= other.end:
            a += 1
        else:
            b += 1
    return found


def _touching(one: Passage, among: Sequence[Passage]) -> list[Passage]:
    """Those that share a character with one; both in order and without overlaps."""
    at = bisect_left(among, one.start, key=lambda other: other.end)
    found = []
    for other in among[at:]:
        if other.start >= one.end:
            break
        if other.end > one.start:
            found.append(other)
    return found


def _near(
    one: Passage, among: Sequence[Passage], within: int, words_between: WordsBetween
) -> list[Passage]:
    found = _touching(one, among)
    after = bisect_left(among, one.end, key=lambda other: other.start)
    before = bisect_left(among, one.start + 1, key=lambda other: other.end) - 1
    for at, start, end in (
        (before, among[before].end if before >= 0 else 0, one.start),
        (after, one.end, among[after].start if after < len(among) else 0),
    ):
        if not 0 <= at < len(among):
            continue
        if end - start > (within + 1) * LONGEST_WORD:
            continue
        # Every word but the last is followed by a space at least.
        if (end - start + 1) // 2 <= within or words_between(start, end) <= within:
            found.append(among[at])
    return found


def _with_codes(one: Passage, others: Sequence[Passage]) -> Passage:
    return Passage(
        one.start,
        one.end,
        one.code_ids.union(*(other.code_ids for other in others)),
        one.coder_ids.union(*(other.coder_ids for other in others)),
    )


def _joined(one: Passage, other: Passage, start: int, end: int) -> Passage:
    """A passage from start to end with the codes and coders of both."""
    return Passage(
        start, end, one.code_ids | other.code_ids, one.coder_ids | other.coder_ids
    )
