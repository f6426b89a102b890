"""Two plans compared in words: what changed, field by field, whatever its order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from matching.plan import Covariate, CovariateKind, MatchPlan, Window
from workbench.actions.account.plan_words import (
    CHOSEN_BY,
    GAP_RULES,
    KIND_WORDS,
    MEASURED_BY,
    limit_in_words,
    same_as_in_words,
)
from workbench.case_words import date_in_words, days_in_words
from workbench.wording import counted

_NOTHING, _NOT_COMPARED = "nothing", "not compared"


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """One setting in which two plans differ, as the one and as the other has it."""

    setting: str
    before: str
    after: str


def differences_of_plans(
    before: MatchPlan, after: MatchPlan, titles: Mapping[str, str]
) -> tuple[PlanDifference, ...]:
    """Every setting in which two plans differ, in the order of the page.

    The order in which fields, values and codes are listed does not count; that of
    levels does, because it is their meaning. Plans without difference pair alike.
    """
    one, other = (dict(_settings(plan, titles)) for plan in (before, after))
    return (
        *_differing(one, other),
        *_differing_covariates(before, after, titles),
        *_differing(*(dict(_choices(plan)) for plan in (before, after))),
    )


def _differing(
    before: Mapping[str, str], after: Mapping[str, str]
) -> Iterator[PlanDifference]:
    for setting in dict.fromkeys([*before, *after]):
        was, now = before.get(setting, _NOTHING), after.get(setting, _NOTHING)
        if was != now:
            yield PlanDifference(setting, was, now)


def _settings(plan: MatchPlan, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    yield "Must be the same", _named(plan.exact, titles)
    yield "Must not be the same", _named(plan.different, titles)
    yield from _window(plan.window, titles)


def _window(
    window: Window | None, titles: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    if window is None:
        return
    yield "Kept in time by", titles.get(window.date, window.date)
    yield (
        "Historic case earlier by",
        f"{days_in_words(window.min_days)} to {days_in_words(window.max_days)} "
        f"({window.min_days:,} to {window.max_days:,} days)",
    )
    if window.practice_start:
        yield "New practice began on", date_in_words(window.practice_start)
    if window.follow_up_days is not None:
        yield "Days of follow-up before it", counted(window.follow_up_days, "day")


def _differing_covariates(
    before: MatchPlan, after: MatchPlan, titles: Mapping[str, str]
) -> Iterator[PlanDifference]:
    was, now = ({c.name: c for c in plan.covariates} for plan in (before, after))
    for name in dict.fromkeys([*now, *was]):
        title = titles.get(name, name)
        if name not in was or name not in now:
            here = dict(_covariate(was.get(name) or now[name]))
            whole = "; ".join(
                f"{setting} {words}"
                for setting, words in here.items()
                if words != _NOTHING
            )
            sides = (whole, _NOT_COMPARED) if name in was else (_NOT_COMPARED, whole)
            yield PlanDifference(title, *sides)
            continue
        settings = (dict(_covariate(one[name])) for one in (was, now))
        for one in _differing(*settings):
            yield PlanDifference(f"{title}: {one.setting}", one.before, one.after)


def _covariate(one: Covariate) -> Iterator[tuple[str, str]]:
    yield "read as", KIND_WORDS[one.kind]
    yield "weight", f"{one.weight:g}"
    yield "limit", _NOTHING if _is_without_limit(one) else limit_in_words(one)
    if one.kind is CovariateKind.NUMBER or one.range is not None:
        yield "span", "as found" if one.range is None else f"{one.range:g}"
    yield "levels", ", ".join(one.levels) or _NOTHING
    yield "groups", groups_in_words(one.groups) or _NOTHING
    yield "read as one", _read_as_one(one)
    yield "known", one.known.value.replace("_", " ") if one.known else _NOTHING
    yield "admitted though known only during the case", _yes(one.override)


def _is_without_limit(one: Covariate) -> bool:
    return one.caliper is None and one.caliper_in_sd is None


def groups_in_words(groups: Mapping[str, str]) -> str:
    """Which values make which group, whatever their order.

    >>> groups_in_words({"WIRI": "White", "WBRI": "White", "CHNE": "Asian"})
    'Asian (CHNE); White (WBRI, WIRI)'
    """
    by_group: dict[str, list[str]] = {}
    for code in sorted(groups):
        by_group.setdefault(groups[code], []).append(code)
    return "; ".join(
        f"{group} ({', '.join(by_group[group])})" for group in sorted(by_group)
    )


def _read_as_one(one: Covariate) -> str:
    in_order = Covariate(one.name, one.kind, same_as=dict(sorted(one.same_as.items())))
    return same_as_in_words(in_order) or _NOTHING


def _choices(plan: MatchPlan) -> Iterator[tuple[str, str]]:
    yield "Difference between two cases", MEASURED_BY[plan.distance]
    yield "Who gets whom", CHOSEN_BY[plan.method]
    yield "A gap in a record", GAP_RULES[plan.missing]
    yield "Partners for each case", f"{plan.ratio:,}"
    yield (
        "Uses of one historic case",
        f"{plan.max_reuse:,}" if plan.max_reuse else ("as often as wanted"),
    )
    yield "Candidates to list", f"{plan.candidates:,}"
    yield (
        "Largest difference allowed in a pair",
        "no limit" if plan.caliper is None else f"{plan.caliper:g}",
    )
    yield "Seed", str(plan.seed)
    yield (
        "Values that mean not known",
        ", ".join(sorted(set(plan.missing_values))) or "only empty cells",
    )
    yield "Likeness of notes shown, from", plan.narrative or "none"
    yield "Column of case ids in a table", plan.id


def _named(names: Iterable[str], titles: Mapping[str, str]) -> str:
    return ", ".join(sorted(titles.get(one, one) for one in set(names))) or _NOTHING


def _yes(value: bool) -> str:
    return "yes" if value else _NOTHING
