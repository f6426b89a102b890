"""Counts that hang together: cells, and how totals and groups bind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

CellKey = tuple[str, ...]
"""What a count is of, the same in every table that shows it: ("Trust", "midwives")."""

TOTAL = "Total"


@dataclass(frozen=True, slots=True)
class Binding:
    """How one count is bound to others.

    With ``overlapping`` false the total is the sum of its parts; with it true people
    may stand in several parts, and the total lies between the largest part and the sum.
    """

    total: CellKey
    parts: tuple[CellKey, ...]
    overlapping: bool = False

    def __post_init__(self) -> None:
        if not self.parts:
            raise ValueError("A total has parts.")


@dataclass(frozen=True, slots=True)
class CountsTogether:
    """Every count that is to leave together, and what binds them.

    ``values`` are whole numbers from 0; ``bindings`` name keys of ``values``.
    ``groups`` says of which group a count is a part ("3 of 12 midwives"): key of the
    count to key of the group's size, itself a count here.

    Raises ``ValueError`` for a negative count, an unknown key, or a total that does not
    follow from its parts.
    """

    values: Mapping[CellKey, int]
    bindings: tuple[Binding, ...] = ()
    groups: Mapping[CellKey, CellKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        named = {key for one in self.bindings for key in (one.total, *one.parts)}
        named |= set(self.groups) | set(self.groups.values())
        if not named <= set(self.values):
            raise ValueError("A binding names a count that is not there.")
        if any(value < 0 for value in self.values.values()):
            raise ValueError("A count is 0 or more.")
        for one in self.bindings:
            parts = [self.values[key] for key in one.parts]
            total = self.values[one.total]
            fits = max(parts) <= total <= sum(parts)
            if not (fits if one.overlapping else total == sum(parts)):
                raise ValueError("A total does not follow from its parts.")
        if any(self.values[part] > self.values[of] for part, of in self.groups.items()):
            raise ValueError("More are counted than the group has.")

    @property
    def totals(self) -> frozenset[CellKey]:
        """The counts that are totals of others."""
        return frozenset(one.total for one in self.bindings)

    def joined_with(self, other: CountsTogether) -> CountsTogether:
        """Both as one, where the same key is the same count.

        Raises ``ValueError`` where the two disagree about a count.
        """
        for key in set(self.values) & set(other.values):
            if self.values[key] != other.values[key]:
                raise ValueError("Two tables give different counts for the same thing.")
        return CountsTogether(
            {**self.values, **other.values},
            tuple(dict.fromkeys((*self.bindings, *other.bindings))),
            {**self.groups, **other.groups},
        )


def cross_table(
    counts: Sequence[Sequence[int]],
    rows: Sequence[str],
    columns: Sequence[str],
    *,
    of: str = "",
) -> CountsTogether:
    """A table of rows by columns with its row totals, column totals and grand total.

    A cell's key is (``of``, row, column), a total's has ``Total`` in place of row or
    column; ``of`` keeps tables apart that count different things.

    >>> table = cross_table([[3, 9], [8, 20]], ["a", "b"], ["x", "y"])
    >>> table.values["", "Total", "x"], table.values["", "Total", "Total"]
    (11, 40)
    """
    values: dict[CellKey, int] = {}
    bindings = []
    for row, given in zip(rows, counts, strict=True):
        for column, count in zip(columns, given, strict=True):
            values[of, row, column] = count
        values[of, row, TOTAL] = sum(given)
        bindings.append(Binding((of, row, TOTAL), tuple((of, row, c) for c in columns)))
    for column in (*columns, TOTAL):
        parts = tuple((of, row, column) for row in rows)
        values[of, TOTAL, column] = sum(values[part] for part in parts)
        bindings.append(Binding((of, TOTAL, column), parts))
    bindings.append(
        Binding((of, TOTAL, TOTAL), tuple((of, TOTAL, column) for column in columns))
    )
    return CountsTogether(values, tuple(bindings))
