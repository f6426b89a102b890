"""Who may be paired with whom, rule by rule, and why each other case is ruled out.

The rules stand in a fixed order: exact, different, window, start of practice,
follow-up, calipers, gaps, rejections, caliper on the whole distance. Each is asked of
places in order of id, which broadcast as for distances: a table, a row for one case,
or a list of pairs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

from matching.comparing.covariates import (
    GAP,
    BoolArray,
    IntArray,
    ReadCovariate,
    ReadField,
    ReadPool,
    read_day,
)
from matching.comparing.distance import (
    Measure,
    either_unknown,
    spread_of,
    whole_records,
)
from matching.plan import Distance, GapRule, Window

# Written out, since the names a computer gives depend on the language it is set to.
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

Test = Callable[[IntArray, IntArray], BoolArray]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule of a plan.

    ``name`` is what counts and tables print; ``words`` complete the sentence "None of
    the historic cases ...". ``passes_by_gap`` marks pairs that a caliper lets through
    only because a value is not known.
    """

    name: str
    words: str
    passes: Test
    passes_by_gap: Test | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """The cases of both eras that share every exact value, by places."""

    contemporary: IntArray
    historic: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """All rules of a plan: on equality, on records, and on the whole distance.

    The last is apart because it is asked of distances that are measured anyway.
    """

    exact: tuple[Rule, ...]
    others: tuple[Rule, ...]
    distance_caliper: Rule | None = None

    @property
    def all(self) -> tuple[Rule, ...]:
        """Every rule in the order applied."""
        last = () if self.distance_caliper is None else (self.distance_caliper,)
        return (*self.exact, *self.others, *last)


def rules_of(
    read: ReadPool, measure: Measure, rejected: Collection[tuple[str, str]] = ()
) -> Rules:
    """The plan's rules over these cases, in the order they are applied."""
    plan = read.plan
    others = [_different(field) for field in read.different]
    if plan.window is not None and read.dates is not None:
        others.extend(_window_rules(plan.window, read.dates))
    others.extend(
        _caliper(covariate)
        for covariate in read.covariates
        if covariate.covariate.caliper is not None
        or covariate.covariate.caliper_in_sd is not None
    )
    others.extend(_gap_rules(read))
    if rejected:
        others.append(_not_rejected(read, rejected))
    return Rules(
        tuple(_exact(field) for field in read.exact),
        tuple(others),
        None if plan.caliper is None else _distance_caliper(plan.caliper, measure),
    )


def blocks_of(read: ReadPool) -> tuple[Block, ...]:
    """The groups in which every exact value is shared, smaller places first.

    A case with a gap in an exact field is in no group: not known equals nothing.
    """
    contemporary = _by_key(read, "contemporary", len(read.contemporary_ids))
    historic = _by_key(read, "historic", len(read.historic_ids))
    return tuple(
        Block(rows, historic[key])
        for key, rows in contemporary.items()
        if key in historic
    )


def exact_counts(read: ReadPool) -> list[tuple[int, IntArray, BoolArray]]:
    """After each exact rule: pairs left, partners left for each contemporary case,
    and which historic cases have any partner left."""
    counts = []
    for depth in range(1, len(read.exact) + 1):
        contemporary = _by_key(read, "contemporary", len(read.contemporary_ids), depth)
        historic = _by_key(read, "historic", len(read.historic_ids), depth)
        partners = np.zeros(len(read.contemporary_ids), dtype=np.int64)
        has_partner = np.zeros(len(read.historic_ids), dtype=np.bool_)
        for key, rows in contemporary.items():
            if key in historic:
                partners[rows] = len(historic[key])
                has_partner[historic[key]] = True
        counts.append((int(partners.sum()), partners, has_partner))
    return counts


def first_broken(
    rules: tuple[Rule, ...], contemporary: IntArray, historic: IntArray
) -> list[str]:
    """For each pair of two equally long lists, the first rule it breaks, or ''."""
    broken = np.full(len(contemporary), "", dtype=object)
    for rule in reversed(rules):
        broken[~rule.passes(contemporary, historic)] = rule.name
    return [str(name) for name in broken]


def _by_key(
    read: ReadPool, side: str, size: int, depth: int | None = None
) -> dict[tuple[int, ...], IntArray]:
    fields = read.exact[:depth]
    if not fields:
        return {(): np.arange(size)} if size else {}
    codes = np.column_stack([getattr(field, side) for field in fields])
    places = np.flatnonzero((codes != GAP).all(axis=1))
    if not len(places):
        return {}
    places = places[np.lexsort(codes[places].T[::-1])]
    ordered = codes[places]
    starts = np.flatnonzero(
        np.r_[True, (ordered[1:] != ordered[:-1]).any(axis=1)]
    ).tolist()
    return {
        tuple(ordered[start].tolist()): np.sort(places[start:end])
        for start, end in pairwise([*starts, len(places)])
    }


def field_in_words(name: str) -> str:
    """A field's name as it reads in a sentence.

    >>> field_in_words("primary_need")
    'primary need'
    """
    return name.replace("_", " ")


def _date_in_words(iso: str) -> str:
    # A time may stand after the date.
    day = date.fromisoformat(iso[:10])
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _exact(field: ReadField) -> Rule:
    def passes(contemporary: IntArray, historic: IntArray) -> BoolArray:
        left, right = field.contemporary[contemporary], field.historic[historic]
        return np.asarray((left == right) & (left != GAP), dtype=np.bool_)

    return Rule(
        f"exact {field.name}", f"has the same {field_in_words(field.name)}", passes
    )


def _different(field: ReadField) -> Rule:
    def passes(contemporary: IntArray, historic: IntArray) -> BoolArray:
        left, right = field.contemporary[contemporary], field.historic[historic]
        return np.asarray((left != right) | (left == GAP), dtype=np.bool_)

    return Rule(
        f"different {field.name}", f"has another {field_in_words(field.name)}", passes
    )


def _window_rules(window: Window, dates: ReadField) -> Iterator[Rule]:
    # Days as 32-bit numbers: half the memory to read, and no date needs more.
    later = dates.contemporary.astype(np.int32)
    earlier = dates.historic.astype(np.int32)
    later_known, earlier_known = later != GAP, earlier != GAP

    def in_window(contemporary: IntArray, historic: IntArray) -> BoolArray:
        days = later[contemporary] - earlier[historic]
        passes: BoolArray = (days >= window.min_days) & (days <= window.max_days)
        passes &= later_known[contemporary]
        passes &= earlier_known[historic]
        return passes

    yield Rule(
        "window",
        f"lies {window.min_days} to {window.max_days} days earlier by "
        f"{field_in_words(window.date)}",
        in_window,
    )
    start = read_day(window.practice_start) if window.practice_start else None
    if start is None:
        return
    started_on = _date_in_words(window.practice_start)
    started = later >= start
    before = (earlier < start) & earlier_known
    yield Rule(
        "practice_start",
        f"lies before the new practice started on {started_on}, with the "
        "contemporary case on or after it",
        lambda contemporary, historic: started[contemporary] & before[historic],
    )
    if window.follow_up_days is not None:
        followed = (earlier + window.follow_up_days <= start) & earlier_known
        yield Rule(
            "follow_up",
            f"has {window.follow_up_days} days of follow-up before the new practice "
            f"started on {started_on}",
            lambda contemporary, historic: np.broadcast_to(
                followed[historic], np.broadcast(contemporary, historic).shape
            ),
        )


def caliper_of(read: ReadCovariate) -> float:
    """The largest difference allowed, in the covariate's own unit."""
    if read.covariate.caliper is not None:
        return float(read.covariate.caliper)
    known = read.contemporary.astype(np.float64)[read.contemporary_known]
    spread = spread_of(known[:, None], read.covariate.kind)
    return float(read.covariate.caliper_in_sd or 0.0) * float(spread[0])


def _caliper(read: ReadCovariate) -> Rule:
    widest = caliper_of(read)
    left = read.contemporary.astype(np.float64)
    right = read.historic.astype(np.float64)

    def passes(contemporary: IntArray, historic: IntArray) -> BoolArray:
        apart = np.abs(left[contemporary] - right[historic])
        # A gap is nan here, and no nan is above the caliper: a gap passes.
        return np.asarray(~(apart > widest), dtype=np.bool_)

    return Rule(
        f"caliper {read.covariate.name}",
        f"is within {widest:g} of its {field_in_words(read.covariate.name)}",
        passes,
        passes_by_gap=(
            (
                lambda contemporary, historic: either_unknown(
                    read, contemporary, historic
                )
            )
            if read.has_gaps
            else None
        ),
    )


def _gap_rules(read: ReadPool) -> Iterator[Rule]:
    plan = read.plan
    if all(not covariate.has_gaps for covariate in read.covariates):
        return
    if plan.missing is GapRule.REFUSE or plan.distance is Distance.MAHALANOBIS:
        whole = whole_records(read)
        yield Rule(
            "gaps",
            "has a known value, as its own case must have, in every covariate",
            lambda contemporary, historic: whole[0][contemporary] & whole[1][historic],
        )
    elif plan.missing is GapRule.DROP:
        compared = [c for c in read.covariates if c.covariate.weight > 0]

        def something_left(contemporary: IntArray, historic: IntArray) -> BoolArray:
            passes = np.zeros(
                np.broadcast(contemporary, historic).shape, dtype=np.bool_
            )
            for covariate in compared:
                passes |= ~either_unknown(covariate, contemporary, historic)
            return passes

        yield Rule("gaps", "has any covariate known in both files", something_left)


def _not_rejected(read: ReadPool, rejected: Collection[tuple[str, str]]) -> Rule:
    rows = {case_id: place for place, case_id in enumerate(read.contemporary_ids)}
    columns = {case_id: place for place, case_id in enumerate(read.historic_ids)}
    width = max(len(columns), 1)
    # An id that has since left the study rejects nothing.
    keys = np.array(
        sorted(
            rows[one] * width + columns[other]
            for one, other in rejected
            if one in rows and other in columns
        ),
        dtype=np.int64,
    )
    return Rule(
        "rejected",
        "was not already turned down for it by a judge",
        lambda contemporary, historic: ~np.isin(contemporary * width + historic, keys),
    )


def _distance_caliper(widest: float, measure: Measure) -> Rule:
    return Rule(
        "caliper",
        f"is within a distance of {widest:g}",
        lambda contemporary, historic: (
            measure.distances(contemporary, historic) <= widest
        ),
    )
