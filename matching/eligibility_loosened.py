"""What one loosening of a plan would bring: each rule relaxed alone, the rest kept.

A loosening is a whole plan of its own, so that it can be tried as it stands. Rules that
guard the comparison itself (siblings, the start of practice, what a judge turned down)
are never relaxed and are listed as kept. Nothing here changes a plan.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matching.candidates import PreparedPool, tiles
from matching.comparing.covariates import BoolArray, IntArray, ReadPool
from matching.comparing.distance import Measure, measure_of
from matching.eligibility import Rule, rules_of
from matching.plan import Covariate, Distance, GapRule, MatchPlan

_WIDER_WINDOW = 4 / 3
_WIDER_CALIPER = 1.5
_FEWEST_DAYS = 30


class Way(StrEnum):
    """How a rule is relaxed: *wider*, done *without*, or *kept* whatever it costs."""

    WIDER = "wider"
    WITHOUT = "without"
    KEPT = "kept"


@dataclass(frozen=True, slots=True)
class Loosening:
    """One rule of a plan relaxed, and the plan as it would then read.

    ``limit`` is the new limit of a rule made wider, in its own unit (days for the
    window and the follow-up); nothing otherwise. A kept rule has the plan unchanged.
    """

    rule: str
    way: Way
    plan: MatchPlan
    limit: float | None = None


@dataclass(frozen=True, slots=True)
class StudyGain:
    """The contemporary cases, by id, that one loosening gives a first candidate."""

    loosening: Loosening
    contemporary_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseGain:
    """How many candidates one loosening adds for a case, and the closest of them.

    ``closest_id`` is '' where it adds none; ties are in order of historic id.
    """

    loosening: Loosening
    candidates: int = 0
    closest_id: str = ""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A historic case that is ruled out, and every rule it breaks, in plan order."""

    historic_id: str
    rules: tuple[str, ...]


def loosenings_of(plan: MatchPlan) -> tuple[Loosening, ...]:
    """Every loosening of the plan, in the order its rules are applied.

    A window reaches a third further back (18 months become 24), a follow-up is halved
    or left out, a caliper is half as wide again or left out, an exact field is left
    out. Refusing gaps gives way to counting them half. What a judge turned down is no
    setting of the plan and is not listed.
    """
    return tuple(
        loosening
        for loosenings in (
            _of_fields(plan),
            _of_window(plan),
            _of_calipers(plan),
            _of_gaps(plan),
            _of_distance(plan),
        )
        for loosening in loosenings
    )


def gains_for_study(prepared: PreparedPool) -> tuple[StudyGain, ...]:
    """Whom each loosening gives a first candidate.

    Rules made wider come before rules done without, kept rules last; among these most
    cases first, then plan order. Cases that have a candidate already cannot gain their
    first.
    """
    read = prepared.read
    loosenings = _loosenings_here(prepared)
    relaxed = [_Relaxed.by(prepared, one) for one in loosenings]
    gained = np.zeros((len(loosenings), len(read.contemporary_ids)), dtype=np.bool_)
    columns = np.arange(len(read.historic_ids))
    for rows in tiles(_without_candidate(prepared), len(columns)):
        misses = _NearMisses(prepared, rows, columns)
        for number, one in enumerate(relaxed):
            row, _ = misses.let_in_by(one)
            gained[number, row] = True
    order = read.file_order
    gains = [
        StudyGain(
            loosening,
            tuple(read.contemporary_ids[row] for row in order[of[order]].tolist()),
        )
        for loosening, of in zip(loosenings, gained, strict=True)
    ]
    return tuple(
        sorted(gains, key=lambda g: (_cost_of(g.loosening), -len(g.contemporary_ids)))
    )


def gains_for_case(
    prepared: PreparedPool, contemporary_id: str
) -> tuple[CaseGain, ...]:
    """How many candidates each loosening adds for one case, in the study's order.

    Raises KeyError for an id that is not among the contemporary cases.
    """
    read = prepared.read
    if contemporary_id not in read.contemporary_ids:
        raise KeyError(contemporary_id)
    rows = np.array([read.contemporary_ids.index(contemporary_id)])
    misses = _NearMisses(prepared, rows, np.arange(len(read.historic_ids)))
    found = []
    for loosening in _loosenings_here(prepared):
        relaxed = _Relaxed.by(prepared, loosening)
        row, column = misses.let_in_by(relaxed)
        closest = ""
        if len(column):
            distances = relaxed.measure.distances(row, column)
            closest = read.historic_ids[column[np.lexsort((column, distances))[0]]]
        found.append(CaseGain(loosening, len(column), closest))
    return tuple(sorted(found, key=lambda g: (_cost_of(g.loosening), -g.candidates)))


def rules_broken(
    prepared: PreparedPool, contemporary_id: str, historic_id: str
) -> tuple[str, ...]:
    """Every rule that stands between two cases, in plan order; none where none does.

    Raises KeyError for an id that is not among the cases of its era.
    """
    read = prepared.read
    try:
        row = np.array([read.contemporary_ids.index(contemporary_id)])
        column = np.array([read.historic_ids.index(historic_id)])
    except ValueError:
        raise KeyError(contemporary_id, historic_id) from None
    return tuple(
        rule.name
        for rule in prepared.rules.all
        if not bool(rule.passes(row, column)[0])
    )


def near_misses(
    prepared: PreparedPool, contemporary_id: str, *, most: int
) -> tuple[NearMiss, ...]:
    """The ruled-out cases nearest to being candidates of one case.

    Fewest rules broken first, then the smaller distance, then historic id. Raises
    KeyError for an id that is not among the contemporary cases.
    """
    read = prepared.read
    if contemporary_id not in read.contemporary_ids:
        raise KeyError(contemporary_id)
    row = np.array([read.contemporary_ids.index(contemporary_id)])
    columns = np.arange(len(read.historic_ids))
    rules = prepared.rules.all
    fails = np.zeros((len(rules), len(columns)), dtype=np.bool_)
    for number, rule in enumerate(rules):
        fails[number] = ~rule.passes(row, columns)
    broken = fails.sum(axis=0)
    distances = prepared.measure.distances(row, columns)
    order = np.lexsort((columns, distances, broken))
    nearest = order[broken[order] > 0][:most].tolist()
    return tuple(
        NearMiss(
            read.historic_ids[column],
            tuple(rules[n].name for n in np.flatnonzero(fails[:, column]).tolist()),
        )
        for column in nearest
    )


# Which loosenings there are


def _of_fields(plan: MatchPlan) -> Iterator[Loosening]:
    for name in plan.exact:
        others = tuple(other for other in plan.exact if other != name)
        yield Loosening(f"exact {name}", Way.WITHOUT, replace(plan, exact=others))
    for name in plan.different:
        yield Loosening(f"different {name}", Way.KEPT, plan)


def _of_window(plan: MatchPlan) -> Iterator[Loosening]:
    window = plan.window
    if window is None:
        return
    further = max(
        round(window.max_days * _WIDER_WINDOW), window.max_days + _FEWEST_DAYS
    )
    wider = replace(plan, window=replace(window, max_days=further))
    yield Loosening("window", Way.WIDER, wider, further)
    if not window.practice_start:
        return
    yield Loosening("practice_start", Way.KEPT, plan)
    if window.follow_up_days:
        half = window.follow_up_days // 2
        if half:
            shorter = replace(plan, window=replace(window, follow_up_days=half))
            yield Loosening("follow_up", Way.WIDER, shorter, half)
        without = replace(plan, window=replace(window, follow_up_days=None))
        yield Loosening("follow_up", Way.WITHOUT, without)


def _of_calipers(plan: MatchPlan) -> Iterator[Loosening]:
    for one in plan.covariates:
        limit = one.caliper if one.caliper is not None else one.caliper_in_sd
        if limit is None:
            continue
        rule = f"caliper {one.name}"
        wider = limit * _WIDER_CALIPER
        # A caliper of nothing at all has no half of its width.
        if wider:
            in_sd = one.caliper is None
            changed = (
                replace(one, caliper_in_sd=wider)
                if in_sd
                else replace(one, caliper=wider)
            )
            yield Loosening(rule, Way.WIDER, _with(plan, changed), wider)
        free = replace(one, caliper=None, caliper_in_sd=None)
        yield Loosening(rule, Way.WITHOUT, _with(plan, free))


def _of_gaps(plan: MatchPlan) -> Iterator[Loosening]:
    if plan.distance is Distance.MAHALANOBIS or plan.missing is GapRule.DROP:
        # Neither can measure what is not known: there is nothing to relax.
        yield Loosening("gaps", Way.KEPT, plan)
    elif plan.missing is GapRule.REFUSE:
        yield Loosening("gaps", Way.WITHOUT, replace(plan, missing=GapRule.HALF))


def _of_distance(plan: MatchPlan) -> Iterator[Loosening]:
    if plan.caliper is None:
        return
    wider = plan.caliper * _WIDER_CALIPER
    if wider:
        yield Loosening("caliper", Way.WIDER, replace(plan, caliper=wider), wider)
    yield Loosening("caliper", Way.WITHOUT, replace(plan, caliper=None))


def _with(plan: MatchPlan, changed: Covariate) -> MatchPlan:
    return replace(
        plan,
        covariates=tuple(
            changed if one.name == changed.name else one for one in plan.covariates
        ),
    )


def _cost_of(loosening: Loosening) -> int:
    """What is least at odds with the plan comes first, whatever it would bring.

    Doing without the same primary need always lets in most, and is the worst advice.
    """
    return (Way.WIDER, Way.WITHOUT, Way.KEPT).index(loosening.way)


# What they let in


def _loosenings_here(prepared: PreparedPool) -> tuple[Loosening, ...]:
    """The loosenings of rules that these cases meet; without gaps none is of gaps."""
    names = {rule.name for rule in prepared.rules.all}
    return tuple(one for one in loosenings_of(prepared.read.plan) if one.rule in names)


@dataclass(frozen=True, slots=True, eq=False)
class _Relaxed:
    """A rule as a loosening leaves it, nothing where it is gone; and the distance."""

    name: str
    way: Way
    rule: Rule | None
    measure: Measure

    @classmethod
    def by(cls, prepared: PreparedPool, loosening: Loosening) -> _Relaxed:
        measure = prepared.measure
        if loosening.rule == "gaps" and loosening.way is Way.WITHOUT:
            # Refused gaps have no distance; counted half they have one.
            measure = measure_of(_as_loosened(prepared.read, loosening.plan))
        found = None
        if loosening.way is Way.WIDER:
            read = _as_loosened(prepared.read, loosening.plan)
            found = next(
                rule
                for rule in rules_of(read, measure).all
                if rule.name == loosening.rule
            )
        return cls(loosening.rule, loosening.way, found, measure)


def _as_loosened(read: ReadPool, plan: MatchPlan) -> ReadPool:
    """The same cases as a plan reads them that differs in its limits alone."""
    return replace(
        read,
        plan=plan,
        covariates=tuple(
            replace(one, covariate=covariate)
            for one, covariate in zip(read.covariates, plan.covariates, strict=True)
        ),
    )


class _NearMisses:
    """The pairs of a tile that break one rule and no other."""

    def __init__(
        self, prepared: PreparedPool, rows: IntArray, columns: IntArray
    ) -> None:
        self._prepared = prepared
        down, across = rows[:, None], columns[None, :]
        shape = (len(rows), len(columns))
        broken = np.zeros(shape, dtype=np.uint8)
        # Where one rule is broken, the sum of the numbers is the number of that rule.
        which = np.zeros(shape, dtype=np.uint16)
        rules = prepared.rules
        for number, rule in enumerate((*rules.exact, *rules.others)):
            fails = ~rule.passes(down, across)
            broken += fails
            which += np.uint16(number) * fails
        one = broken == 1
        self._by_rule: dict[str, tuple[IntArray, IntArray]] = {}
        row, column = np.nonzero(one)
        number_of = which[row, column]
        row, column = rows[row], columns[column]
        for number, rule in enumerate((*rules.exact, *rules.others)):
            mine = number_of == number
            self._by_rule[rule.name] = row[mine], column[mine]
        if rules.distance_caliper is not None:
            row, column = np.nonzero(broken == 0)
            row, column = rows[row], columns[column]
            too_far = ~rules.distance_caliper.passes(row, column)
            self._by_rule["caliper"] = row[too_far], column[too_far]

    def let_in_by(self, relaxed: _Relaxed) -> tuple[IntArray, IntArray]:
        """The places of the pairs that a relaxed rule would let in."""
        nobody = np.zeros(0, dtype=np.int64)
        row, column = self._by_rule.get(relaxed.name, (nobody, nobody))
        if relaxed.way is Way.KEPT or not len(row):
            return nobody, nobody
        passes: BoolArray = np.ones(len(row), dtype=np.bool_)
        if relaxed.rule is not None:
            passes &= relaxed.rule.passes(row, column)
        widest = self._prepared.read.plan.caliper
        if widest is not None and relaxed.name != "caliper":
            passes &= relaxed.measure.distances(row, column) <= widest
        return row[passes], column[passes]


def _without_candidate(prepared: PreparedPool) -> IntArray:
    """The places of the contemporary cases that no historic case is eligible for."""
    has_any = np.zeros(len(prepared.read.contemporary_ids), dtype=np.bool_)
    last = prepared.rules.distance_caliper
    for block in prepared.blocks:
        for rows in tiles(block.contemporary, len(block.historic)):
            passes = np.ones((len(rows), len(block.historic)), dtype=np.bool_)
            for rule in prepared.rules.others:
                passes &= rule.passes(rows[:, None], block.historic[None, :])
            if last is None:
                has_any[rows] = passes.any(axis=1)
                continue
            row, column = np.nonzero(passes)
            near = last.passes(rows[row], block.historic[column])
            has_any[rows[row[near]]] = True
    return np.flatnonzero(~has_any)
