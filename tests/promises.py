"""What every pairing promises, checked by slow and obviously right versions.

Nothing here calls the product's reading, rules or distances: values are read again
from the cases' text, pair by pair, as the definitions in words say.
"""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from itertools import combinations

from matching.cases import Case, CasePool, Era, KnownAt
from matching.pairing import Pairing
from matching.plan import CovariateKind, GapRule, MatchPlan, Method

YES_SPELLINGS = ("yes", "y", "true", "t", "1", "1.0")


def drawn_pool(contemporary: str, historic: str, **marks: KnownAt) -> CasePool:
    """A pool from two tables drawn in text: a heading line, then one line a case.

    Columns stand apart by spaces; ``-`` is an empty cell. All columns are marked as
    known at referral unless said otherwise.
    """
    left, right = _drawn(contemporary, Era.CONTEMPORARY), _drawn(historic, Era.HISTORIC)
    names = {name for case in (*left, *right) for name in case.values}
    return CasePool(left, right, dict.fromkeys(names, KnownAt.AT_REFERRAL) | marks)


def _drawn(table: str, era: Era) -> tuple[Case, ...]:
    heading, *lines = [line.split() for line in table.strip().splitlines()]
    return tuple(
        Case(
            line[0],
            era,
            {
                name: "" if cell == "-" else cell
                for name, cell in zip(heading[1:], line[1:], strict=True)
            },
        )
        for line in lines
    )


def pairs_of(pairing: Pairing) -> dict[str, str]:
    """Each paired contemporary id and its partner, one to one."""
    assert len({pair.contemporary_id for pair in pairing.pairs}) == len(pairing.pairs)
    return {pair.contemporary_id: pair.historic_id for pair in pairing.pairs}


def known(case: Case, name: str, plan: MatchPlan) -> str:
    """The value as the plan reads it, or '' where it is not known.

    Codes that the plan reads as one are their common code, each member of a set by
    itself; one whose common code means *not known* is not known.
    """
    text = case.values.get(name, "").strip()
    if text in plan.missing_values:
        return ""
    mapped = [one for one in plan.covariates if one.name == name and one.same_as]
    return _read_as_one(text, mapped[0], plan) if mapped else text


def _read_as_one(text: str, covariate, plan: MatchPlan) -> str:
    if covariate.kind is not CovariateKind.SET:
        common = covariate.same_as.get(text, text)
        return "" if common in plan.missing_values else common
    members, is_touched = [], False
    for member in (part.strip() for part in text.split("|")):
        if member not in covariate.same_as:
            members.append(member)
            continue
        is_touched = True
        if covariate.same_as[member] not in plan.missing_values:
            members.append(covariate.same_as[member])
    if is_touched and not any(members):
        # Nothing is left but codes that mean not known: a gap, not a set without any.
        return ""
    return "|".join(members)


def is_complete(case: Case, plan: MatchPlan) -> bool:
    return all(known(case, c.name, plan) for c in plan.covariates)


def span(covariate, pool: CasePool, plan: MatchPlan) -> float:
    if covariate.range is not None:
        return covariate.range
    values = [
        float(known(case, covariate.name, plan))
        for case in (*pool.contemporary, *pool.historic)
        if known(case, covariate.name, plan)
    ]
    return max(values) - min(values) if values else 0.0


def slow_difference(covariate, one: str, other: str, whole: float) -> float:
    """How far two known values differ, 0 to 1, as the definition of Gower says."""
    if covariate.kind is CovariateKind.NUMBER:
        return min(abs(float(one) - float(other)) / whole, 1.0) if whole else 0.0
    if covariate.kind is CovariateKind.ORDERED:
        ranks = covariate.levels.index(one), covariate.levels.index(other)
        return abs(ranks[0] - ranks[1]) / (len(covariate.levels) - 1)
    if covariate.kind is CovariateKind.YES_NO:
        return float((one.lower() in YES_SPELLINGS) != (other.lower() in YES_SPELLINGS))
    if covariate.kind is CovariateKind.SET:
        members = [{m.strip() for m in v.split("|")} - {""} for v in (one, other)]
        if not members[0] | members[1]:
            return 0.0
        return 1 - len(members[0] & members[1]) / len(members[0] | members[1])
    if one == other:
        return 0.0
    group = covariate.groups.get(one)
    return 0.5 if group is not None and group == covariate.groups.get(other) else 1.0


def slow_gower(one: Case, other: Case, pool: CasePool, plan: MatchPlan) -> float | None:
    """The Gower distance of two cases, or nothing where gaps leave it unmeasured."""
    total = weights = 0.0
    for covariate in plan.covariates:
        values = known(one, covariate.name, plan), known(other, covariate.name, plan)
        gaps = values.count("")
        if gaps and plan.missing is GapRule.REFUSE:
            return None
        if gaps and plan.missing is GapRule.DROP:
            continue
        if gaps:
            part = 0.5
            if plan.missing is GapRule.LEVEL:
                part = 0.0 if gaps == 2 else 1.0
        else:
            is_number = covariate.kind is CovariateKind.NUMBER
            whole = span(covariate, pool, plan) if is_number else 1.0
            part = slow_difference(covariate, *values, whole)
        total += covariate.weight * part
        weights += covariate.weight
    return total / weights if weights else None


def same_by_rule(one: Case, other: Case, name: str, plan: MatchPlan) -> bool:
    """Whether a rule takes two cases for the same; what is not known equals nothing."""
    values = known(one, name, plan), known(other, name, plan)
    if "" in values:
        return False
    kinds = {c.kind for c in plan.covariates if c.name == name}
    if CovariateKind.SET not in kinds:
        return values[0] == values[1]
    members = [{m.strip() for m in v.split("|")} - {""} for v in values]
    return members[0] == members[1]


def broken_rules(one: Case, other: Case, pool: CasePool, plan: MatchPlan) -> list[str]:
    """Every rule on records that the pair breaks, in the order they are applied."""
    broken = []
    for name in plan.exact:
        if not same_by_rule(one, other, name, plan):
            broken.append(f"exact {name}")
    for name in plan.different:
        if same_by_rule(one, other, name, plan):
            broken.append(f"different {name}")
    broken.extend(_broken_in_time(one, other, plan))
    for covariate in plan.covariates:
        widest = covariate.caliper
        values = known(one, covariate.name, plan), known(other, covariate.name, plan)
        if covariate.caliper_in_sd is not None:
            widest = covariate.caliper_in_sd * _sd(covariate, pool, plan)
        if widest is None or "" in values:
            continue
        if covariate.kind is CovariateKind.ORDERED:
            apart = abs(
                covariate.levels.index(values[0]) - covariate.levels.index(values[1])
            )
        else:
            apart = abs(float(values[0]) - float(values[1]))
        if apart > widest:
            broken.append(f"caliper {covariate.name}")
    return broken


def _sd(covariate, pool: CasePool, plan: MatchPlan) -> float:
    values = [
        covariate.levels.index(text) if covariate.levels else float(text)
        for case in pool.contemporary
        if (text := known(case, covariate.name, plan))
    ]
    mean = math.fsum(values) / len(values)
    return math.sqrt(math.fsum((v - mean) ** 2 for v in values) / (len(values) - 1))


def _broken_in_time(one: Case, other: Case, plan: MatchPlan) -> list[str]:
    window = plan.window
    if window is None:
        return []
    texts = known(one, window.date, plan), known(other, window.date, plan)
    started = (
        date.fromisoformat(window.practice_start) if window.practice_start else None
    )
    if "" in texts:
        names = ["window", "practice_start" if started else "", ""]
        names[2] = "follow_up" if window.follow_up_days is not None else ""
        if texts[1]:
            # Follow-up is asked of the historic case alone.
            names[2] = ""
        return [name for name in names if name]
    later, earlier = (date.fromisoformat(text) for text in texts)
    broken = []
    if not window.min_days <= (later - earlier).days <= window.max_days:
        broken.append("window")
    if started and not earlier < started <= later:
        broken.append("practice_start")
    follow_up = window.follow_up_days
    if follow_up is not None and started and (started - earlier).days < follow_up:
        broken.append("follow_up")
    return broken


def eligible_pairs(pool: CasePool, plan: MatchPlan) -> dict[tuple[str, str], float]:
    """Every eligible pair of ids and its Gower distance, by looking at all pairs."""
    found = {}
    for one in pool.contemporary:
        for other in pool.historic:
            distance = slow_gower(one, other, pool, plan)
            if distance is None or broken_rules(one, other, pool, plan):
                continue
            if plan.caliper is None or distance <= plan.caliper + 1e-12:
                found[one.id, other.id] = distance
    return found


def best_by_trying_all(
    pool: CasePool, plan: MatchPlan, eligible: dict[tuple[str, str], float]
) -> tuple[int, float]:
    """Most pairs, then least total distance, by trying every choice there is."""
    rows = [case.id for case in pool.contemporary]
    limit = plan.max_reuse or len(rows)

    def best(row: int, used: Counter[str]) -> tuple[int, float]:
        if row == len(rows):
            return 0, 0.0
        free = [h for c, h in eligible if c == rows[row] and used[h] < limit]
        options = []
        for size in range(min(plan.ratio, len(free)) + 1):
            for partners in combinations(free, size):
                count, total = best(row + 1, used + Counter(partners))
                here = sum(eligible[rows[row], h] for h in partners)
                options.append((-(count + size), total + here))
        fewest, total = min(options)
        return -fewest, total

    return best(0, Counter())


def assert_sound_pairing(pairing: Pairing, pool: CasePool) -> None:
    """Every promise of a Gower pairing without accepted or rejected pairs."""
    plan = pairing.plan
    eligible = eligible_pairs(pool, plan)
    chosen = [(p.contemporary_id, p.historic_id) for p in pairing.pairs]
    _assert_pairs_are_eligible(pairing, eligible)
    uses = Counter(historic for _, historic in chosen)
    if plan.max_reuse:
        assert max(uses.values(), default=0) <= plan.max_reuse
    got = Counter(contemporary for contemporary, _ in chosen)
    assert max(got.values(), default=0) <= plan.ratio
    everyone = [case.id for case in pool.contemporary]
    unpaired = [case.contemporary_id for case in pairing.unpaired]
    assert [c for c in everyone if c not in got] == unpaired
    assert all(case.reason for case in pairing.unpaired)
    assert list(pairing.short) == [c for c in everyone if 0 < got[c] < plan.ratio]
    assert math.isclose(
        pairing.total_distance, sum(p.distance for p in pairing.pairs), abs_tol=1e-9
    )
    _assert_candidates_are_the_closest(pairing, pool, eligible)
    if plan.method is Method.NEAREST:
        _assert_none_closer_was_free(pairing, pool, eligible)


def _assert_pairs_are_eligible(pairing, eligible) -> None:
    for pair in pairing.pairs:
        ids = pair.contemporary_id, pair.historic_id
        assert ids in eligible, f"{ids} are not eligible"
        assert math.isclose(pair.distance, eligible[ids], abs_tol=1e-12)
    ids = [(p.contemporary_id, p.historic_id) for p in pairing.pairs]
    assert len(set(ids)) == len(ids)


def _assert_candidates_are_the_closest(pairing, pool, eligible) -> None:
    assert [
        case.id for case in pool.contemporary if any(c == case.id for c, _ in eligible)
    ] == list(dict.fromkeys(c.contemporary_id for c in pairing.candidates))
    for case in pool.contemporary:
        listed = [c for c in pairing.candidates if c.contemporary_id == case.id]
        assert [c.rank for c in listed] == list(range(1, len(listed) + 1))
        order = [(c.distance, c.historic_id) for c in listed]
        assert order == sorted(order)
        distances = sorted(d for (c, _), d in eligible.items() if c == case.id)
        wanted = distances[: pairing.plan.candidates]
        assert len(listed) == len(wanted)
        for candidate, distance in zip(listed, wanted, strict=True):
            assert math.isclose(candidate.distance, distance, abs_tol=1e-12)
            own = eligible[case.id, candidate.historic_id]
            assert math.isclose(candidate.distance, own, abs_tol=1e-12)
            shares = math.fsum(c.share for c in candidate.comparisons)
            assert math.isclose(shares, 1.0 if own > 1e-12 else 0.0, abs_tol=1e-9)


def _assert_none_closer_was_free(pairing, pool, eligible) -> None:
    # With one partner each: walk down the file and look at who was still free.
    if pairing.plan.ratio > 1 or pairing.plan.max_reuse != 1:
        return
    partner = {p.contemporary_id: p for p in pairing.pairs}
    taken: set[str] = set()
    for case in pool.contemporary:
        free = [d for (c, h), d in eligible.items() if c == case.id and h not in taken]
        if case.id not in partner:
            assert not free
            continue
        pair = partner[case.id]
        assert pair.distance <= min(free) + 1e-12
        taken.add(pair.historic_id)
