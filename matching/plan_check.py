"""Checking a plan before anything is paired: by itself, then against the cases.

A *problem* stops the pairing; a *warning* says what the result will lack. All of them
are found at once, so that a plan is put right in one go.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matching.cases import Case, CasePool, Era, KnownAt
from matching.comparing.common_codes import same_as_problems
from matching.comparing.covariates import read_day
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
    Window,
    fields_used,
)
from matching.problems import MatchingProblem, MatchingRefused

_STRICTNESS = (KnownAt.AT_REFERRAL, KnownAt.DURING, KnownAt.OUTCOME)
_CALIPER_KINDS = (CovariateKind.NUMBER, CovariateKind.ORDERED)


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """What stands against a plan, and what its result will lack."""

    problems: tuple[MatchingProblem, ...]
    warnings: tuple[MatchingProblem, ...]


def require_sound_plan(plan: MatchPlan, pool: CasePool) -> tuple[MatchingProblem, ...]:
    """The plan's warnings; raises :class:`MatchingRefused` with all its problems."""
    check = check_plan(plan, pool)
    if check.problems:
        raise MatchingRefused(check.problems)
    return check.warnings


def check_plan(plan: MatchPlan, pool: CasePool) -> PlanCheck:
    """Everything to put right before this plan can be used on these cases."""
    problems = [*check_settings(plan), *_pool_problems(plan, pool)]
    warnings = (
        [] if problems else [*_ignored_settings(plan), *_gap_warnings(plan, pool)]
    )
    return PlanCheck(tuple(problems), tuple(warnings))


def check_settings(plan: MatchPlan) -> tuple[MatchingProblem, ...]:
    """Everything wrong with the plan by itself, whatever the cases."""
    problems = list(_number_problems(plan))
    if not plan.covariates:
        problems.append(
            MatchingProblem(
                "the plan compares nothing",
                "Plan, covariates",
                "Add at least one covariate: name and kind.",
            )
        )
    names = Counter(covariate.name for covariate in plan.covariates)
    problems.extend(
        MatchingProblem(
            f"the covariate is listed {count} times",
            _at(name),
            "Keep one of them.",
        )
        for name, count in names.items()
        if count > 1
    )
    for covariate in plan.covariates:
        problems.extend(_covariate_problems(covariate, plan.distance))
    if plan.covariates and not any(c.weight > 0 for c in plan.covariates):
        problems.append(
            MatchingProblem(
                "no covariate has a weight above 0",
                "Plan, covariates",
                "Give at least one covariate a weight above 0.",
            )
        )
    if plan.window is not None:
        problems.extend(_window_problems(plan.window))
    return tuple(problems)


def _at(covariate: str) -> str:
    return f"Plan, covariate *{covariate}*"


def _number_problems(plan: MatchPlan) -> Iterator[MatchingProblem]:
    for key, number, least in (
        ("ratio", plan.ratio, 1),
        ("max_reuse", plan.max_reuse, 0),
        ("candidates", plan.candidates, 1),
    ):
        if number < least:
            yield MatchingProblem(
                f"{number} is below {least}",
                f"Plan, {key}",
                f"Write a whole number of {least} or more.",
            )
    if plan.caliper is not None and not _is_span(plan.caliper):
        yield _needs_span("Plan, caliper")


def _is_span(number: float, *, zero: bool = True) -> bool:
    return math.isfinite(number) and (number >= 0 if zero else number > 0)


def _needs_span(where: str, *, zero: bool = True) -> MatchingProblem:
    least = "0 or more" if zero else "more than 0"
    return MatchingProblem(
        f"a number of {least} is needed", where, f"Write a number of {least}."
    )


def _covariate_problems(
    covariate: Covariate, distance: Distance
) -> Iterator[MatchingProblem]:
    where = _at(covariate.name)
    if not _is_span(covariate.weight):
        yield _needs_span(f"{where}, weight")
    if distance is Distance.MAHALANOBIS and covariate.weight != 1:
        yield MatchingProblem(
            "the Mahalanobis distance takes no weights",
            f"{where}, weight",
            "Remove the weight, or choose the Gower distance.",
        )
    if covariate.range is not None and not _is_span(covariate.range, zero=False):
        yield _needs_span(f"{where}, range", zero=False)
    yield from _caliper_problems(covariate)
    yield from _kind_problems(covariate)


def _caliper_problems(covariate: Covariate) -> Iterator[MatchingProblem]:
    where = _at(covariate.name)
    calipers = {"caliper": covariate.caliper, "caliper_sd": covariate.caliper_in_sd}
    given = {key: number for key, number in calipers.items() if number is not None}
    for key, number in given.items():
        if not _is_span(number):
            yield _needs_span(f"{where}, {key}")
        if covariate.kind not in _CALIPER_KINDS:
            yield MatchingProblem(
                f"a caliper needs a number or an order, and this is {covariate.kind}",
                f"{where}, {key}",
                "Remove the caliper, or list the field under *exact*.",
            )
    if len(given) > 1:
        yield MatchingProblem(
            "two calipers are given, caliper and caliper_sd", where, "Keep one of them."
        )


def _kind_problems(covariate: Covariate) -> Iterator[MatchingProblem]:
    where = _at(covariate.name)
    if covariate.kind is CovariateKind.ORDERED:
        if len(covariate.levels) < 2:
            yield MatchingProblem(
                "an ordered covariate needs its levels, at least two",
                f"{where}, levels",
                "List the levels from lowest to highest.",
            )
        if len(set(covariate.levels)) < len(covariate.levels):
            yield MatchingProblem(
                "a level is listed twice", f"{where}, levels", "List each level once."
            )
    elif covariate.levels:
        yield MatchingProblem(
            f"levels belong to an ordered covariate, and this is {covariate.kind}",
            f"{where}, levels",
            'Remove the levels, or write kind = "ordered".',
        )
    if covariate.groups and covariate.kind is not CovariateKind.CATEGORY:
        yield MatchingProblem(
            f"groups belong to a category, and this is {covariate.kind}",
            f"{where}, groups",
            'Remove the groups, or write kind = "category".',
        )
    yield from same_as_problems(covariate, f"{where}, same_as")
    if covariate.range is not None and covariate.kind is not CovariateKind.NUMBER:
        yield MatchingProblem(
            f"a range belongs to a number, and this is {covariate.kind}",
            f"{where}, range",
            'Remove the range, or write kind = "number".',
        )


def _window_problems(window: Window) -> Iterator[MatchingProblem]:
    # One way in time: a historic case never lies after its contemporary one.
    if window.min_days < 0:
        yield MatchingProblem(
            "a historic case cannot lie after the contemporary one",
            "Plan, window, min_days",
            "Write 0 or more days.",
        )
    if window.max_days < window.min_days:
        yield MatchingProblem(
            f"max_days ({window.max_days}) is less than min_days ({window.min_days})",
            "Plan, window",
            "Write the smaller number of days first.",
        )
    if window.practice_start and read_day(window.practice_start) is None:
        yield MatchingProblem(
            "a date that exists is needed",
            "Plan, window, practice_start",
            "Write the date as YYYY-MM-DD.",
        )
    if window.follow_up_days is None:
        return
    if window.follow_up_days < 0:
        yield _needs_span("Plan, window, follow_up_days")
    if not window.practice_start:
        yield MatchingProblem(
            "follow_up_days is counted up to the start of the new practice, and "
            "practice_start is not given",
            "Plan, window, follow_up_days",
            "Add practice_start, or remove follow_up_days.",
        )


def _pool_problems(plan: MatchPlan, pool: CasePool) -> list[MatchingProblem]:
    problems: list[MatchingProblem] = []
    rules = [("exact", name) for name in plan.exact]
    rules += [("different", name) for name in plan.different]
    rules += [("window", plan.window.date)] if plan.window else []
    for rule, name in rules:
        mark = pool.known.get(name, KnownAt.UNMARKED)
        marked = _mark_problems(mark, f"Plan, {rule}, *{name}*")
        problems.extend(_field_problems(pool, name, rule, marked))
    for covariate in plan.covariates:
        name = covariate.name
        mark = stricter_mark(covariate.known, pool.known.get(name, KnownAt.UNMARKED))
        admitted = covariate.override and mark is KnownAt.DURING
        marked = _mark_problems(
            KnownAt.AT_REFERRAL if admitted else mark, _at(name), can_override=True
        )
        problems.extend(_field_problems(pool, name, "covariate", marked))
    if plan.narrative:
        mark = pool.known.get(plan.narrative, KnownAt.AT_REFERRAL)
        marked = _mark_problems(mark, f"Plan, narrative, *{plan.narrative}*")
        problems.extend(_field_problems(pool, plan.narrative, "narrative", marked))
    if not problems:
        problems.extend(_wholly_missing(plan, pool))
        problems.extend(_caliper_spread(plan, pool))
    return problems


def _field_problems(
    pool: CasePool, name: str, rule: str, marked: Iterable[MatchingProblem]
) -> list[MatchingProblem]:
    """What stands against using a field: its mark, or else that it is not there.

    A field that a study holds back for its mark is not also called absent, and one
    that nobody knows is not also called unmarked.
    """
    absent = list(_column_problems(pool, name, rule))
    is_nowhere = name not in pool.known and not any(
        _has_column(cases, name) for _, cases in _eras(pool)
    )
    return absent if absent and is_nowhere else list(marked) or absent


def stricter_mark(plan_mark: KnownAt | None, pool_mark: KnownAt) -> KnownAt:
    """When a covariate is known, if plan and cases both say: the later of the two.

    A plan cannot talk a column back to the day of referral that the study marked as
    known later.

    >>> stricter_mark(KnownAt.AT_REFERRAL, KnownAt.OUTCOME).value
    'outcome'
    """
    marks = [m for m in (plan_mark, pool_mark) if m and m is not KnownAt.UNMARKED]
    return max(marks, key=_STRICTNESS.index, default=KnownAt.UNMARKED)


def _mark_problems(
    mark: KnownAt, where: str, *, can_override: bool = False
) -> Iterator[MatchingProblem]:
    if mark is KnownAt.OUTCOME:
        yield MatchingProblem(
            "the field is an outcome, known only after the case had run its course",
            where,
            "Remove it from the plan: pairs are chosen by what was known at referral.",
        )
    elif mark is KnownAt.DURING:
        admit = "Remove it, or admit it with override = true, which the account prints."
        yield MatchingProblem(
            "the field is known only during the case, not at referral",
            where,
            admit if can_override else "Remove it from the plan.",
        )
    elif mark is KnownAt.UNMARKED:
        yield MatchingProblem(
            "nobody has said yet when this field is known",
            where,
            "Mark the field as known at referral, during the case or as an outcome.",
        )


def _has_column(cases: Iterable[Case], name: str) -> bool:
    return any(name in case.values for case in cases)


def _eras(pool: CasePool) -> tuple[tuple[Era, tuple[Case, ...]], ...]:
    return (Era.CONTEMPORARY, pool.contemporary), (Era.HISTORIC, pool.historic)


def _column_problems(pool: CasePool, name: str, rule: str) -> Iterator[MatchingProblem]:
    lacking = [
        era.value
        for era, cases in _eras(pool)
        if cases and not _has_column(cases, name)
    ]
    if not lacking:
        return
    files = "file" if len(lacking) == 1 else "files"
    yield MatchingProblem(
        f"the {' and the '.join(lacking)} cases have no column *{name}*",
        f"Plan, {rule}, *{name}*",
        f"Add the column to the {' and the '.join(lacking)} {files}, or take it out "
        "of the plan.",
    )


def _count_known(cases: Iterable[Case], name: str, plan: MatchPlan, most: int) -> int:
    # Stops at `most`: nearly every column has a known value in its first rows.
    missing = frozenset({"", *plan.missing_values})
    count = 0
    for case in cases:
        count += case.values.get(name, "").strip() not in missing
        if count == most:
            break
    return count


def _wholly_missing(plan: MatchPlan, pool: CasePool) -> Iterator[MatchingProblem]:
    everyone = (*pool.contemporary, *pool.historic)
    for name, rule in fields_used(plan).items():
        if rule == "different" or not everyone:
            continue
        if not _count_known(everyone, name, plan, most=1):
            yield MatchingProblem(
                "no case of either era has a known value",
                f"Plan, {rule}, *{name}*",
                "Fill the column, or take it out of the plan.",
            )


def _caliper_spread(plan: MatchPlan, pool: CasePool) -> Iterator[MatchingProblem]:
    for covariate in plan.covariates:
        if covariate.caliper_in_sd is None:
            continue
        if _count_known(pool.contemporary, covariate.name, plan, most=2) < 2:
            yield MatchingProblem(
                "a caliper in standard deviations needs at least two contemporary "
                "cases with a known value",
                f"{_at(covariate.name)}, caliper_sd",
                "Give the caliper in the covariate's own unit.",
            )


def _ignored_settings(plan: MatchPlan) -> Iterator[MatchingProblem]:
    if plan.distance is not Distance.MAHALANOBIS:
        return
    for covariate in plan.covariates:
        for key, setting in (("range", covariate.range), ("groups", covariate.groups)):
            if setting:
                yield MatchingProblem(
                    f"the Mahalanobis distance does not use {key}",
                    f"{_at(covariate.name)}, {key}",
                    "Nothing need be done; the setting only counts with Gower.",
                )


def _gap_warnings(plan: MatchPlan, pool: CasePool) -> Iterator[MatchingProblem]:
    refuses = plan.missing is GapRule.REFUSE or plan.distance is Distance.MAHALANOBIS
    for name, rule in fields_used(plan).items():
        for era, cases in _eras(pool):
            if not cases or _count_known(cases, name, plan, most=1):
                continue
            effect = {
                "different": "so this rule keeps no two cases apart",
                "covariate": "so no case can be paired"
                if refuses
                else "so it tells no two candidates apart",
            }.get(rule, "so no case can be paired")
            yield MatchingProblem(
                f"no {era.value} case has a known value, {effect}",
                f"Plan, {rule}, *{name}*",
                "Fill the column, or take it out of the plan.",
            )
