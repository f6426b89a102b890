"""What a reader can work out about a hidden count from everything that was published.

The reader knows the rule, every number shown, and how totals bind their parts. The
least and the greatest value a hidden count can have under all of that is found by
linear programming (the "attacker's problem", Fischetti and Salazar, 2001).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from data.disclosure.counts import CellKey, CountsTogether
from data.disclosure.rules import DisclosureRule, Totals

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

Bounds = tuple[float, float]
_Lines = tuple["csr_matrix", npt.NDArray[np.float64]]
# Ends of a range come from floating-point arithmetic on whole numbers.
_NEARLY = 1e-6


def open_to_view(
    counts: CountsTogether,
    hidden: Collection[CellKey],
    rule: DisclosureRule,
    needed: Mapping[CellKey, Bounds],
) -> list[CellKey]:
    """Those of ``needed`` that cannot be all they need to be able to be, in order.

    ``needed`` gives for hidden counts a least and a greatest number that must both stay
    possible. Raises ``ValueError`` where what is published contradicts itself.
    """
    hidden = set(hidden)
    known = bounds_known(counts, hidden, rule)
    found: list[CellKey] = []
    for together in _bound_together(counts, known, rule):
        mine = {key: needed[key] for key in sorted(set(needed) & set(together.place))}
        if mine:
            found += together.open_to_view(mine)
    return sorted(found)


def bounds_known(
    counts: CountsTogether, hidden: Collection[CellKey], rule: DisclosureRule
) -> dict[CellKey, Bounds]:
    """What a reader knows of each count by itself: from the number shown or the rule.

    Of a hidden count nothing is known but that it is 0 or more: also where a rule shows
    zeros, one may have been hidden to protect another count.
    """
    made = totals_made_anew(counts, rule)
    bounds: dict[CellKey, Bounds] = {}
    for key, value in counts.values.items():
        if key in hidden or key in made:  # A total made anew says nothing more.
            bounds[key] = (0.0, math.inf)
        else:
            least, greatest = rule.behind(rule.rounded(value))
            bounds[key] = (float(least), float(greatest))
    return bounds


def totals_made_anew(
    counts: CountsTogether, rule: DisclosureRule
) -> frozenset[CellKey]:
    """The totals that are the sum of what is shown, and so say nothing of their own."""
    if rule.totals is not Totals.OF_WHAT_IS_SHOWN:
        return frozenset()
    return frozenset(one.total for one in counts.bindings if not one.overlapping)


@dataclass(frozen=True, slots=True)
class _Together:
    """Counts that are open and bound to each other, as one linear programme."""

    place: Mapping[CellKey, int]
    bounds: list[Bounds]
    equal: _Lines | None
    at_most: _Lines | None

    @property
    def _far(self) -> float:
        """Beyond every number published: as good as no end, and found sooner."""
        ends = [high for _, high in self.bounds if not math.isinf(high)]
        rights = [
            float(np.abs(one[1]).sum()) for one in (self.equal, self.at_most) if one
        ]
        return 1_000.0 + sum(ends) + sum(rights)

    def open_to_view(self, needed: Mapping[CellKey, Bounds]) -> list[CellKey]:
        """Those of the keys that cannot reach both ends of what they need.

        Each solution shows what many counts can be at once, so that few of them need a
        programme of their own.
        """
        least = np.full(len(self.bounds), np.inf)
        greatest = np.full(len(self.bounds), -np.inf)

        def look(keys: Sequence[CellKey], sign: float) -> None:
            solution = self._solution(keys, sign)
            np.minimum(least, solution, out=least)
            np.maximum(greatest, solution, out=greatest)

        def reaches_both(key: CellKey) -> bool:
            at, (low, high) = self.place[key], needed[key]
            if least[at] > low + _NEARLY:
                look([key], 1.0)
            if greatest[at] < high - _NEARLY:
                look([key], -1.0)
            return bool(least[at] <= low + _NEARLY and greatest[at] >= high - _NEARLY)

        look(list(needed), 1.0)
        look(list(needed), -1.0)
        return [key for key in needed if not reaches_both(key)]

    def _solution(
        self, keys: Sequence[CellKey], sign: float
    ) -> npt.NDArray[np.float64]:
        """Counts that agree with what is published, the sum of these at its least.

        With ``sign`` -1 at its greatest.
        """
        # Every page opens the study's store, and few of them let anything leave.
        from scipy.optimize import linprog

        goal = np.zeros(len(self.bounds))
        goal[[self.place[key] for key in keys]] = sign
        far = self._far
        done = linprog(
            goal,
            A_ub=self.at_most and self.at_most[0],
            b_ub=self.at_most and self.at_most[1],
            A_eq=self.equal and self.equal[0],
            b_eq=self.equal and self.equal[1],
            bounds=[
                (low, far if math.isinf(high) else high) for low, high in self.bounds
            ],
            method="highs",
        )
        if done.status != 0:
            raise ValueError("What is published contradicts itself.")
        found: npt.NDArray[np.float64] = done.x
        return found


_Line = tuple[dict[CellKey, float], float]


def _bound_together(
    counts: CountsTogether, known: Mapping[CellKey, Bounds], rule: DisclosureRule
) -> Iterable[_Together]:
    """The open counts in groups that touch each other; fixed ones are put in."""
    equal, at_most = _lines(counts, known, rule)
    groups = _components([set(line) for line, _ in (*equal, *at_most)])
    for group in groups:
        keys = sorted(group)
        place = {key: number for number, key in enumerate(keys)}
        yield _Together(
            place,
            [known[key] for key in keys],
            _matrix([one for one in equal if set(one[0]) & group], place),
            _matrix([one for one in at_most if set(one[0]) & group], place),
        )


def _lines(
    counts: CountsTogether, known: Mapping[CellKey, Bounds], rule: DisclosureRule
) -> tuple[list[_Line], list[_Line]]:
    """Equations (= b) and inequalities (<= b) over the counts that are not fixed."""
    made = totals_made_anew(counts, rule)
    equal: list[_Line] = []
    at_most: list[_Line] = []
    for one in counts.bindings:
        if one.total in made:
            continue  # A total made of what is shown binds nothing.
        whole = {one.total: -1.0, **dict.fromkeys(one.parts, 1.0)}
        if not one.overlapping:
            equal.append(_without_fixed(whole, known))
            continue
        at_most.append(_without_fixed({k: -v for k, v in whole.items()}, known))
        for part in one.parts:
            at_most.append(_without_fixed({part: 1.0, one.total: -1.0}, known))
    for part, group in counts.groups.items():
        at_most.append(_without_fixed({part: 1.0, group: -1.0}, known))
    return [one for one in equal if one[0]], [one for one in at_most if one[0]]


def _without_fixed(
    line: Mapping[CellKey, float], known: Mapping[CellKey, Bounds]
) -> _Line:
    fixed = sum(
        weight * known[key][0]
        for key, weight in line.items()
        if known[key][0] == known[key][1]
    )
    return {k: w for k, w in line.items() if known[k][0] != known[k][1]}, -fixed


def _components(lines: Iterable[set[CellKey]]) -> list[set[CellKey]]:
    """Keys that share a line, directly or over others."""
    groups: list[set[CellKey]] = []
    for keys in lines:
        touching = [group for group in groups if group & keys]
        groups = [group for group in groups if not group & keys]
        groups.append(keys.union(*touching))
    return groups


def _matrix(lines: list[_Line], place: Mapping[CellKey, int]) -> _Lines | None:
    if not lines:
        return None
    from scipy.sparse import csr_matrix

    rows, columns, weights = [], [], []
    for number, (line, _) in enumerate(lines):
        for key, weight in line.items():
            rows.append(number)
            columns.append(place[key])
            weights.append(weight)
    shape = (len(lines), len(place))
    return csr_matrix((weights, (rows, columns)), shape), np.array(
        [right for _, right in lines]
    )
