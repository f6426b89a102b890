"""Changed code lists that a study's cases straddle: found, and warned of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from data.code_lists import CODE_BREAKS, CodeBreak
from matching.cases import Case, CasePool
from matching.comparing.covariates import split_members
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
)
from workbench.wording import joined_by_and

CODED_KINDS = (CovariateKind.CATEGORY, CovariateKind.ORDERED, CovariateKind.SET)


class FieldUse(StrEnum):
    """What a plan does with a field: the rules first, since they rule pairs out."""

    EXACT = "exact"
    DIFFERENT = "different"
    COMPARED = "covariate"


@dataclass(frozen=True, slots=True)
class BreakFound:
    """A changed list of which both sides occur, and which codes each era uses.

    ``use`` is what the plan does with the field, ``is_compared`` whether it is a
    covariate too.
    """

    of: CodeBreak
    contemporary: tuple[str, ...]
    historic: tuple[str, ...]
    use: FieldUse = FieldUse.COMPARED
    is_compared: bool = True


def breaks_not_read_as_one(pool: CasePool, plan: MatchPlan) -> tuple[BreakFound, ...]:
    """The breaks in what the plan compares or asks by rule, and does not read as one.

    A break counts where codes of both its sides occur, in whichever era, and codes of
    one meaning stand apart.
    """
    found = []
    for one in CODE_BREAKS:
        covariate = covariate_of(plan, one.field)
        use = _use_of(plan, one.field, covariate)
        if use is None:
            continue
        now, then = (
            _codes_in(cases, one) for cases in (pool.contemporary, pool.historic)
        )
        used = {*now, *then}
        has_both = used & {*one.before} and used & {*one.after}
        # More levels than the census means by them: the list makes a difference.
        same_as = covariate.same_as if covariate else {}
        read = {same_as.get(code, code) for code in used}
        meant = {one.same_as.get(code, code) for code in used}
        if has_both and len(read) > len(meant):
            found.append(BreakFound(one, now, then, use, covariate is not None))
    return tuple(found)


def covariate_of(plan: MatchPlan, name: str) -> Covariate | None:
    """The plan's covariate of that name, or nothing."""
    return next((one for one in plan.covariates if one.name == name), None)


def _use_of(plan: MatchPlan, name: str, covariate: Covariate | None) -> FieldUse | None:
    if covariate is not None and covariate.kind not in CODED_KINDS:
        # Read as a number or as yes or no, a code has no meaning that a list gives.
        return None
    if name in plan.exact:
        return FieldUse.EXACT
    if name in plan.different:
        return FieldUse.DIFFERENT
    return FieldUse.COMPARED if covariate is not None else None


def _codes_in(cases: Iterable[Case], one: CodeBreak) -> tuple[str, ...]:
    used = {
        code
        for text in {case.values.get(one.field, "") for case in cases}
        for code in split_members(text)
    }
    return tuple(code for code in (*one.before, *one.after) if code in used)


def what_keeps_apart(plan: MatchPlan, found: BreakFound) -> str:
    """Why a plan cannot read a break as one, '' where it can.

    Codes are read as one by a covariate. For a field that a rule alone uses, one of no
    weight is added, and not every distance and rule for gaps bears that.
    """
    if found.is_compared:
        return ""
    if plan.distance is Distance.MAHALANOBIS:
        return (
            "The Mahalanobis distance compares every field it reads, so a field of a "
            "rule alone cannot be read as one: choose the Gower distance, or take the "
            "field out of the rule."
        )
    if plan.missing is GapRule.REFUSE and found.use is FieldUse.DIFFERENT:
        return (
            "Where gaps rule a case out, this would rule out every case in which the "
            "field is not known: choose another rule for gaps, or take the field out "
            "of the rule."
        )
    return ""


def break_in_words(found: BreakFound) -> str:
    """Which era uses which codes of a changed list.

    >>> one = CODE_BREAKS[0]
    >>> break_in_words(BreakFound(one, ("18B", "18C"), ("18A",)))
    'historic cases use 18A, contemporary ones 18B and 18C'
    >>> break_in_words(BreakFound(one, ("18A", "18B"), ()))
    'contemporary cases use 18A and 18B'
    """
    eras = [
        (era, joined_by_and(codes))
        for era, codes in (
            ("historic", found.historic),
            ("contemporary", found.contemporary),
        )
        if codes
    ]
    first, *second = [f"{era} {{}} {codes}" for era, codes in eras]
    return ", ".join(
        [first.format("cases use"), *(one.format("ones") for one in second)]
    )


_EFFECTS = {
    FieldUse.EXACT: "the field must be the same, so cases of one meaning are ruled out",
    FieldUse.DIFFERENT: "the field must not be the same, so cases of one meaning pass",
    FieldUse.COMPARED: "codes of one meaning count as different",
}


def effect_in_words(found: BreakFound) -> str:
    """What a changed list does to the pairs as long as it is not read as one.

    >>> effect_in_words(BreakFound(CODE_BREAKS[2], ("F",), ("2",)))
    'codes of one meaning count as different'
    """
    return _EFFECTS[found.use]


def break_warnings(pool: CasePool, plan: MatchPlan) -> list[dict[str, str]]:
    """What an account warns of where a changed list is not read as one."""
    return [
        {
            "found": f"{break_in_words(one)}; the list was changed, and "
            f"{effect_in_words(one)}",
            "where": f"Plan, {one.use.value} *{one.of.field}*",
            "do_next": what_keeps_apart(plan, one)
            or "Read them as one on the page What to match, or with same_as in the "
            "plan's file.",
        }
        for one in breaks_not_read_as_one(pool, plan)
    ]
