"""Reading codes of a changed list as one in a plan, saying so, taking it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.code_lists import CODE_BREAKS, CodeBreak, code_in_words
from matching.plan import Covariate, CovariateKind, MatchPlan
from workbench.actions.cases.plan.code_breaks import BreakFound, covariate_of
from workbench.wording import joined_by_and


@dataclass(frozen=True, slots=True)
class CommonReading:
    """Codes of a field that a plan reads as one, and what is read as what, in words."""

    field: str
    codes: tuple[str, ...]
    words: tuple[str, ...]


def read_as_one(plan: MatchPlan, found: BreakFound) -> MatchPlan:
    """The plan with a break's codes read as their common code.

    Levels in order become levels of the common codes. A field that a rule alone uses
    is added with no weight: it is read as one, and changes no order of candidates.
    """
    name, same_as = found.of.field, found.of.same_as
    covariate = covariate_of(plan, name)
    if covariate is None:
        kind = CovariateKind.SET if found.of.is_set else CovariateKind.CATEGORY
        added = Covariate(name, kind, weight=0.0, same_as=dict(same_as))
        return replace(plan, covariates=(*plan.covariates, added))
    levels = dict.fromkeys(same_as.get(level, level) for level in covariate.levels)
    mapped = replace(
        covariate, same_as={**covariate.same_as, **same_as}, levels=tuple(levels)
    )
    return _with(plan, covariate, mapped)


def read_apart(plan: MatchPlan, reading: CommonReading) -> MatchPlan:
    """The plan with these codes standing apart again.

    A level in order that was common to several becomes those again, in the order they
    were mapped. A covariate of no weight that was there for a rule's reading alone goes
    with its last mapping.
    """
    covariate = covariate_of(plan, reading.field)
    if covariate is None:
        return plan
    left = {k: v for k, v in covariate.same_as.items() if k not in reading.codes}
    apart: dict[str, list[str]] = {}
    for code in reading.codes:
        apart.setdefault(covariate.same_as[code], []).append(code)
    levels = [
        code for level in covariate.levels for code in _levels_apart(level, apart)
    ]
    mapped = replace(covariate, same_as=left, levels=tuple(dict.fromkeys(levels)))
    is_of_a_rule = reading.field in (*plan.exact, *plan.different)
    if not left and is_of_a_rule and not mapped.weight and not _has_limit(mapped):
        others = tuple(one for one in plan.covariates if one is not covariate)
        return replace(plan, covariates=others)
    return _with(plan, covariate, mapped)


def _levels_apart(level: str, apart: Mapping[str, list[str]]) -> list[str]:
    if level not in apart:
        return [level]
    is_own_code = any(level in one.after for one in CODE_BREAKS)
    return [*apart[level], *([level] if is_own_code else [])]


def _has_limit(covariate: Covariate) -> bool:
    return covariate.caliper is not None or covariate.caliper_in_sd is not None


def _with(plan: MatchPlan, was: Covariate, now: Covariate) -> MatchPlan:
    covariates = tuple(now if one is was else one for one in plan.covariates)
    return replace(plan, covariates=covariates)


def without_groups(plan: MatchPlan, name: str) -> MatchPlan:
    """The plan with a covariate's values the same or wholly different."""
    covariate = covariate_of(plan, name)
    if covariate is None:
        return plan
    return _with(plan, covariate, replace(covariate, groups={}))


def common_readings(plan: MatchPlan) -> tuple[CommonReading, ...]:
    """What a plan reads as one: each changed list on its own, then each other code."""
    readings = []
    for covariate in plan.covariates:
        left = dict(covariate.same_as)
        for one in CODE_BREAKS:
            codes = [
                code
                for code, common in one.same_as.items()
                if one.field == covariate.name and left.get(code) == common
            ]
            if codes:
                readings.append(_reading(covariate, codes, one))
            left = {code: left[code] for code in left if code not in codes}
        for common in dict.fromkeys(left.values()):
            codes = [code for code in left if left[code] == common]
            readings.append(_reading(covariate, codes, None))
    return tuple(readings)


def _reading(
    covariate: Covariate, codes: list[str], of: CodeBreak | None
) -> CommonReading:
    by_common: dict[str, list[str]] = {}
    for code in codes:
        by_common.setdefault(covariate.same_as[code], []).append(code)
    words = tuple(
        _in_words(covariate.name, common, mapped, of)
        for common, mapped in by_common.items()
    )
    return CommonReading(covariate.name, tuple(codes), words)


def _in_words(field: str, common: str, codes: list[str], of: CodeBreak | None) -> str:
    """Which codes, of which years, are read as one, and what they mean together."""
    meaning = code_in_words(field, common)
    before = [code for code in codes if of and code in of.before]
    after = [code for code in (*codes, common) if of and code in of.after]
    if of is None or not before or not after:
        return f"{joined_by_and(codes)} {_are(codes)} read as {meaning}"
    return (
        f"{joined_by_and(before)} (until {of.until}) and {joined_by_and(after)} (from "
        f"{of.since}) are read as one: {meaning}"
    )


def _are(codes: list[str]) -> str:
    return "is" if len(codes) == 1 else "are"
