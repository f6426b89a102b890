"""The relations of :mod:`coding.finding.code_relations` over a whole study at once.

A question may be met by tens of thousands of passages, of which a page shows twenty. So
positions of all sources are laid along one line, each source a stretch of its own, and
passages are columns of whole numbers; only what is shown is made into objects. What
each relation returns is said in ``code_relations``; it comes out by sorting and
searching columns.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from coding.finding.code_relations import LONGEST_WORD, Relation

Column = NDArray[Any]
"""Whole numbers of 64 bits, one for each passage or mark."""

# Longer than any source, and so many sources that 64 bits still hold the line.
STRETCH = 1 << 40

CountWords = Callable[[Column, Column], Column]
"""How many words stand between two places of the line, for columns of them."""


def on_the_line(sources: Column | int, positions: Column) -> Column:
    """The places on the line of code points within sources, both counted from 0."""
    return np.asarray(sources, np.int64) * STRETCH + positions


def off_the_line(places: Column) -> tuple[Column, Column]:
    """The sources and the code points within them of places on the line."""
    return places // STRETCH, places % STRETCH


@dataclass(frozen=True, slots=True, eq=False)
class ManyPassages:
    """Passages in order along the line, none overlapping another, ends exclusive.

    Passage i is made of the marks ``order[bounds[i]:bounds[i + 1]]``, places in the
    columns that the marks came in.
    """

    starts: Column
    ends: Column
    bounds: Column
    order: Column

    def __len__(self) -> int:
        return len(self.starts)

    def marks(self, first: int, after: int) -> Column:
        """The places of the marks of the passages from first to before after."""
        return self.order[self.bounds[first] : self.bounds[after]]


def many_passages(starts: Column, ends: Column) -> ManyPassages:
    """Marks anywhere on the line as passages, those that overlap made one.

    Touching ones stay apart.

    >>> found = many_passages(np.array([5, 0, 9]), np.array([9, 6, 12]))
    >>> found.starts.tolist(), found.ends.tolist(), found.marks(0, 1).tolist()
    ([0, 9], [9, 12], [1, 0])
    """
    order = np.argsort(starts, kind="stable")
    begin, end = starts[order], ends[order]
    if not len(order):
        return ManyPassages(begin, end, np.zeros(1, np.int64), order)
    reached = np.maximum.accumulate(end)
    first = np.flatnonzero(np.concatenate([[True], begin[1:] >= reached[:-1]]))
    bounds = np.append(first, len(order))
    return ManyPassages(begin[first], reached[bounds[1:] - 1], bounds, order)


@dataclass(frozen=True, slots=True, eq=False)
class Related:
    """What a relation returns, in order along the line.

    ``first`` is the place of the passage of the first choice that each comes from;
    those of the second choice that led to it are ``second`` to before ``second_end``.
    """

    starts: Column
    ends: Column
    first: Column
    second: Column
    second_end: Column

    def __len__(self) -> int:
        return len(self.starts)

    def kept(self, which: Column) -> Related:
        """Those of them that a column of truth values or of places names."""
        return Related(
            self.starts[which],
            self.ends[which],
            self.first[which],
            self.second[which],
            self.second_end[which],
        )


def many_related(
    first: ManyPassages,
    relation: Relation,
    second: ManyPassages,
    *,
    within: int = 0,
    count_words: CountWords | None = None,
) -> Related:
    """The passages that a relation returns; ``Relation.OR`` is for marks put together.

    ``within``, the most words between, and ``count_words`` are for *near* alone; words
    are only counted in gaps that could hold so few. Raises ValueError for *or*:
    passages under either are those of the marks of both.
    """
    if relation is Relation.OR:
        raise ValueError("put the marks of both together, and ask for them alone")
    begin = np.searchsorted(second.ends, first.starts, side="right")
    after = np.searchsorted(second.starts, first.ends, side="left")
    every = np.arange(len(first))
    found = Related(first.starts, first.ends, every, begin, np.maximum(begin, after))
    touches = found.second < found.second_end
    match relation:
        case Relation.AND:
            return _shared(found, second)
        case Relation.NOT:
            return found.kept(~touches)
        case Relation.OVERLAPPING:
            return found.kept(touches)
        case Relation.NEAR:
            if count_words is None:
                raise ValueError("near needs to know how many words stand between")
            return _near(found, second, within, count_words)
    none = np.zeros(len(first), np.int64)
    return Related(first.starts, first.ends, every, none, none)


def _shared(found: Related, second: ManyPassages) -> Related:
    """The words under both: one passage for each two that share a character."""
    times = found.second_end - found.second
    each = found.kept(np.repeat(np.arange(len(found)), times))
    begun = np.repeat(np.cumsum(times) - times, times)
    at = each.second + np.arange(len(each)) - begun
    return Related(
        np.maximum(each.starts, second.starts[at]),
        np.minimum(each.ends, second.ends[at]),
        each.first,
        at,
        at + 1,
    )


def _near(
    found: Related, second: ManyPassages, within: int, count_words: CountWords
) -> Related:
    before, after = found.second - 1, found.second_end
    is_before, is_after = before >= 0, after < len(second)
    left = _is_near(
        second.ends[before[is_before]], found.starts[is_before], within, count_words
    )
    right = _is_near(
        found.ends[is_after], second.starts[after[is_after]], within, count_words
    )
    begin, end = found.second.copy(), found.second_end.copy()
    begin[np.flatnonzero(is_before)[left]] -= 1
    end[np.flatnonzero(is_after)[right]] += 1
    near = Related(found.starts, found.ends, found.first, begin, end)
    return near.kept(begin < end)


def _is_near(
    starts: Column, ends: Column, within: int, count_words: CountWords
) -> Column:
    """For each gap, whether it holds at most so many words; counted only in doubt."""
    gaps = ends - starts
    # Every word but the last is followed by a space at least.
    near: Column = (gaps + 1) // 2 <= within
    doubtful = np.flatnonzero(~near & (gaps <= (within + 1) * LONGEST_WORD))
    if len(doubtful):
        near[doubtful] = count_words(starts[doubtful], ends[doubtful]) <= within
    return near
