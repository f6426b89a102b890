"""A plan in words: what must hold, what is compared, and how partners are chosen."""

from __future__ import annotations

from collections.abc import Mapping

from data.exporters.report_document import ReportTable
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
    Method,
)
from workbench.case_words import (
    date_in_words,
    days_in_words,
    in_a_sentence,
)
from workbench.wording import counted, joined_by_and

GAP_RULES = {
    GapRule.HALF: "a gap in either file counts as half different",
    GapRule.DROP: "a gap takes the covariate and its weight out of the comparison",
    GapRule.LEVEL: "a gap counts as a value of its own",
    GapRule.REFUSE: "a case with a gap is not eligible",
}
MEASURED_BY = {
    Distance.GOWER: "shares of difference (Gower)",
    Distance.MAHALANOBIS: "standard deviations (Mahalanobis)",
}
CHOSEN_BY = {
    Method.OPTIMAL: "best for all cases together (optimal)",
    Method.NEAREST: "first come, first served (nearest)",
}
KIND_WORDS = {
    CovariateKind.NUMBER: "number",
    CovariateKind.CATEGORY: "category",
    CovariateKind.ORDERED: "levels in order",
    CovariateKind.SET: "set of codes",
    CovariateKind.YES_NO: "yes or no",
}


def plan_in_words(plan: MatchPlan, titles: Mapping[str, str]) -> tuple[str, ...]:
    """The plan as sentences: rules first, then distance, gaps, choice and limits."""
    said = [*_rules(plan, titles), *_measure(plan), *_choice(plan)]
    if plan.narrative:
        said.append(
            "The likeness of the notes up to the referral is shown beside the distance "
            "and is never part of it."
        )
    return tuple(said)


def covariates_table(plan: MatchPlan, titles: Mapping[str, str]) -> ReportTable:
    """What is compared: how each covariate is read, its weight, span and limit."""
    return ReportTable(
        "What is compared",
        ("Covariate", "Read as", "Weight", "Wholly different at", "Furthest apart"),
        tuple(
            (
                titles.get(one.name, one.name),
                KIND_WORDS[one.kind],
                f"{one.weight:g}",
                _span(one),
                limit_in_words(one),
            )
            for one in plan.covariates
        ),
        number_columns=(2,),
    )


def _rules(plan: MatchPlan, titles: Mapping[str, str]) -> list[str]:
    def named(names: tuple[str, ...]) -> str:
        return " and ".join(in_a_sentence(titles.get(one, one)) for one in names)

    said = []
    if plan.exact:
        said.append(f"Both cases must have the same {named(plan.exact)}.")
    if plan.different:
        said.append(f"They must be of another {named(plan.different)}.")
    window = plan.window
    if window is not None:
        said.append(
            f"The historic case came {days_in_words(window.min_days)} to "
            f"{days_in_words(window.max_days)} earlier ({window.min_days} to "
            f"{window.max_days:,} days, both included)."
        )
        if window.practice_start:
            follow_up = (
                f", and its {window.follow_up_days} days of follow-up ended by then"
                if window.follow_up_days is not None
                else ""
            )
            said.append(
                "It came before the new practice began on "
                f"{date_in_words(window.practice_start)}{follow_up}; the contemporary "
                "case came on that day or after it."
            )
    if plan.missing_values:
        said.append(
            f"Recorded as not known: {', '.join(plan.missing_values)}, and empty cells."
        )
    for one in plan.covariates:
        if one.same_as:
            said.append(
                f"Read as one in {named((one.name,))}: {same_as_in_words(one)}."
            )
    admitted = tuple(one.name for one in plan.covariates if one.override)
    if admitted:
        said.append(
            f"Known only during a case and admitted by override: {named(admitted)}."
        )
    return said


def same_as_in_words(covariate: Covariate) -> str:
    """Which codes are read as which common code.

    >>> mapped = {"18A": "18", "18B": "18", "1": "M"}
    >>> same_as_in_words(Covariate("x", CovariateKind.SET, same_as=mapped))
    '18A and 18B as 18; 1 as M'
    """
    by_common: dict[str, list[str]] = {}
    for code, common in covariate.same_as.items():
        by_common.setdefault(common, []).append(code)
    return "; ".join(
        f"{joined_by_and(by)} as {common}" for common, by in by_common.items()
    )


def _measure(plan: MatchPlan) -> list[str]:
    if plan.distance is Distance.MAHALANOBIS:
        said = [
            "Distance: Mahalanobis (1936), with the covariance within the two eras; a "
            "case with a gap is not eligible."
        ]
    else:
        said = [
            "Distance: weighted Gower (1971), from 0, alike in everything, to 1; "
            f"{GAP_RULES[plan.missing]}."
        ]
    if plan.caliper is not None:
        said.append(f"No pair may be further apart than {plan.caliper:g}.")
    return said


def _choice(plan: MatchPlan) -> list[str]:
    chosen = (
        "Optimal: as many pairs as can be made, then the least total distance. Row "
        "order changes nothing."
        if plan.method is Method.OPTIMAL
        else "Nearest: down the list of contemporary cases, each takes its closest "
        "historic case that is still free."
    )
    times = "once" if plan.max_reuse == 1 else f"{plan.max_reuse} times"
    reuse = f"at most {times}" if plan.max_reuse else "as often as it is closest"
    return [
        chosen,
        f"{counted(plan.ratio, 'historic case')} for each contemporary case; each "
        f"historic case is used {reuse}.",
    ]


def _span(covariate: Covariate) -> str:
    if covariate.levels:
        return f"{covariate.levels[0]} to {covariate.levels[-1]}"
    if covariate.kind is CovariateKind.NUMBER:
        return f"{covariate.range:g}" if covariate.range else "the span of both eras"
    if covariate.groups:
        return "another group; half within a group"
    return "no member shared" if covariate.kind is CovariateKind.SET else "not the same"


def limit_in_words(covariate: Covariate) -> str:
    """How far apart two cases may be on a covariate, in its own unit.

    >>> limit_in_words(Covariate("x", CovariateKind.NUMBER, caliper_in_sd=0.2))
    '0.2 standard deviations'
    """
    if covariate.caliper is not None:
        unit = " years" if covariate.name == "age_at_referral" else ""
        return f"{covariate.caliper:g}{unit}"
    if covariate.caliper_in_sd is not None:
        return f"{covariate.caliper_in_sd:g} standard deviations"
    return "no limit"
