"""Changed code lists that a study's cases straddle, and reading them as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from data.code_lists import CODE_BREAKS, CodeBreak
from matching.cases import Case, CasePool
from matching.comparing.covariates import split_members
from matching.plan import CovariateKind, MatchPlan
from workbench.wording import joined_by_and


@dataclass(frozen=True, slots=True)
class BreakFound:
    """A changed list of which both sides occur, and which codes each era uses."""

    of: CodeBreak
    contemporary: tuple[str, ...]
    historic: tuple[str, ...]


def breaks_not_read_as_one(pool: CasePool, plan: MatchPlan) -> tuple[BreakFound, ...]:
    """The breaks in what the plan compares that it does not read as one.

    A break counts where codes of both its sides occur, in whichever era, and codes of
    one meaning stand apart.
    """
    found = []
    for one in CODE_BREAKS:
        covariate = next((c for c in plan.covariates if c.name == one.field), None)
        if covariate is None or covariate.kind not in (
            CovariateKind.CATEGORY,
            CovariateKind.SET,
        ):
            continue
        now, then = (
            _codes_in(cases, one) for cases in (pool.contemporary, pool.historic)
        )
        used = {*now, *then}
        has_both = used & {*one.before} and used & {*one.after}
        # More levels than the census means by them: the list makes a difference.
        read = {covariate.same_as.get(code, code) for code in used}
        meant = {one.same_as.get(code, code) for code in used}
        if has_both and len(read) > len(meant):
            found.append(BreakFound(one, now, then))
    return tuple(found)


def _codes_in(cases: Iterable[Case], one: CodeBreak) -> tuple[str, ...]:
    used = {
        code
        for text in {case.values.get(one.field, "") for case in cases}
        for code in split_members(text)
    }
    return tuple(code for code in (*one.before, *one.after) if code in used)


def read_as_one(plan: MatchPlan, found: BreakFound) -> MatchPlan:
    """The plan with a break's codes read as their common code."""
    return replace(
        plan,
        covariates=tuple(
            replace(one, same_as={**one.same_as, **found.of.same_as})
            if one.name == found.of.field
            else one
            for one in plan.covariates
        ),
    )


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


def break_warnings(pool: CasePool, plan: MatchPlan) -> list[dict[str, str]]:
    """What an account warns of where a changed list is not read as one."""
    return [
        {
            "found": f"{break_in_words(one)}; the list was changed, and the plan takes "
            "codes of one meaning for different",
            "where": f"Plan, covariate *{one.of.field}*",
            "do_next": "Read them as one on the page What to match, or with same_as in "
            "the plan's file.",
        }
        for one in breaks_not_read_as_one(pool, plan)
    ]
