"""What each rule of a plan left, broke or would let in, as a practitioner says it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from matching.candidates import RuleCount
from matching.eligibility_loosened import Loosening, Way
from matching.pairing import StepCount
from matching.plan import Covariate, MatchPlan, Window
from workbench.case_words import (
    date_in_words,
    days_in_words,
    in_a_sentence,
    window_in_words,
)
from workbench.wording import counted, listed

_NO_WINDOW = Window("referral_date", 0, 0)


def case_in_one_sentence(
    counts: Sequence[RuleCount], plan: MatchPlan, titles: Mapping[str, str]
) -> str:
    """How many historic cases each rule in turn left for one case, as one sentence."""
    everyone, *left = [count.historic_left for count in counts]
    rules = [count.rule for count in counts[1:]]
    return _in_one_sentence(everyone, zip(rules, left, strict=True), plan, titles)


def study_in_one_sentence(
    contemporary: int,
    historic: int,
    steps: Iterable[StepCount],
    plan: MatchPlan,
    titles: Mapping[str, str],
) -> str:
    """How many historic cases each rule left for any contemporary case."""
    left = ((step.rule, step.historic_left) for step in steps)
    words = _in_one_sentence(historic, left, plan, titles)
    if contemporary == 1:
        return words
    return f"{words} Each counts for at least one of {contemporary:,} cases."


def _in_one_sentence(
    everyone: int,
    left: Iterable[tuple[str, int]],
    plan: MatchPlan,
    titles: Mapping[str, str],
) -> str:
    parts = []
    for rule, count in left:
        number = f"{count:,}" if count else "none"
        parts.append(f"{number} {left_in_words(rule, plan, titles, one=count == 1)}")
        if not count:
            break
    cases = counted(everyone, "historic case")
    return f"Of {cases} {', '.join(parts)}." if parts else f"All {cases} are eligible."


def left_in_words(
    rule: str, plan: MatchPlan, titles: Mapping[str, str], *, one: bool = False
) -> str:
    """What a rule left, completing "84 ..."; ``one`` for a single case.

    >>> from matching.plan import MatchPlan
    >>> left_in_words("exact primary_need", MatchPlan(()), {"primary_need": "Need"})
    'share the need'
    """
    kind, _, name = rule.partition(" ")
    are, share, have = ("is", "shares", "has") if one else ("are", "share", "have")
    window = plan.window or _NO_WINDOW
    words = {
        "exact": f"{share} the {_title(name, titles)}",
        "different": f"{are} left after {_kept_apart(name, titles)}",
        "window": f"{are} in the window of {window_in_words(window)}",
        "practice_start": "came before the new practice began on "
        f"{date_in_words(window.practice_start)}",
        "follow_up": f"{have} {window.follow_up_days} days of follow-up before it",
        "gaps": f"{have} what the rule for gaps asks for",
        "rejected": f"{are} left after those turned down",
    }
    if kind == "caliper" and name:
        width = caliper_in_words(_covariate(name, plan))
        return f"{are} within {width} of its {_title(name, titles)}"
    if kind == "caliper":
        return f"{are} within a distance of {plan.caliper:g}"
    return words.get(kind, f"{are} left after {rule}")


def broken_in_words(rule: str, plan: MatchPlan, titles: Mapping[str, str]) -> str:
    """What stands between a case and its nearest miss, completing "because it ..."."""
    kind, _, name = rule.partition(" ")
    window = plan.window or _NO_WINDOW
    words = {
        "exact": f"has another {_title(name, titles)}, or none recorded",
        "different": f"is of the same {_title(name, titles)}",
        "window": f"was not referred {window_in_words(window)} earlier",
        "practice_start": "does not lie on the other side of the start of the new "
        f"practice, {date_in_words(window.practice_start)}",
        "follow_up": f"has fewer than {window.follow_up_days} days of follow-up before "
        "the new practice began",
        "gaps": "has a gap in what is compared, or its own case has",
        "rejected": "was turned down by a judge",
    }
    if kind == "caliper" and name:
        width = caliper_in_words(_covariate(name, plan))
        return f"is more than {width} from its {_title(name, titles)}"
    if kind == "caliper":
        return f"lies further than a distance of {plan.caliper:g}"
    return words.get(kind, f"does not meet {rule}")


def loosening_in_words(
    loosening: Loosening, plan: MatchPlan, titles: Mapping[str, str]
) -> str:
    """One change to a plan as something to do, or why a rule is never relaxed."""
    if loosening.way is Way.KEPT:
        return _kept_in_words(loosening.rule, titles)
    kind, _, name = loosening.rule.partition(" ")
    if kind == "exact":
        return f"Do not ask for the same {_title(name, titles)}"
    if kind == "window":
        window = plan.window or _NO_WINDOW
        further = days_in_words(int(loosening.limit or 0))
        return f"Reach back {further} instead of {days_in_words(window.max_days)}"
    if kind == "follow_up":
        days = (plan.window or _NO_WINDOW).follow_up_days
        if loosening.way is Way.WITHOUT:
            return "Ask for no follow-up before the new practice"
        return f"Ask for {loosening.limit:g} days of follow-up instead of {days}"
    if kind == "gaps":
        return "Count a gap as half a difference instead of refusing it"
    return _caliper_loosened(loosening, name, plan, titles)


def _caliper_loosened(
    loosening: Loosening, name: str, plan: MatchPlan, titles: Mapping[str, str]
) -> str:
    if not name:
        if loosening.way is Way.WITHOUT:
            return "Set no limit to the whole distance"
        return f"Allow a distance of {loosening.limit:g} instead of {plan.caliper:g}"
    title = _title(name, titles)
    if loosening.way is Way.WITHOUT:
        return f"Set no limit to {title}"
    before = caliper_in_words(_covariate(name, plan))
    after = caliper_in_words(_covariate(name, loosening.plan))
    return f"Allow {after} of {title} instead of {before}"


def _kept_in_words(rule: str, titles: Mapping[str, str]) -> str:
    kind, _, name = rule.partition(" ")
    if kind == "different" and name == "family_id":
        return (
            "Siblings stay ruled out: they share a household, and the new practice "
            "reaches both."
        )
    if kind == "different" and name == "child_id":
        return "Another case of the same child stays ruled out as its partner."
    if kind == "different":
        return f"Another {_title(name, titles)} stays required."
    if kind == "practice_start":
        return (
            "Historic cases stay before the start of the new practice: later ones had "
            "it too."
        )
    return "Gaps stay ruled out: this distance cannot measure what is not known."


def caliper_in_words(covariate: Covariate) -> str:
    """The width of a caliper with its unit.

    >>> from matching.plan import CovariateKind
    >>> caliper_in_words(Covariate("age_at_referral", CovariateKind.NUMBER, caliper=4))
    '4 years'
    """
    if covariate.caliper is None:
        return f"{covariate.caliper_in_sd or 0:g} standard deviations"
    unit = " years" if covariate.name == "age_at_referral" else ""
    return f"{covariate.caliper:g}{unit}"


def misses_in_words(
    rules: Sequence[str], plan: MatchPlan, titles: Mapping[str, str]
) -> str:
    """Every rule a nearest miss breaks, in plan order, completing "because it ..."."""
    return listed([broken_in_words(rule, plan, titles) for rule in rules])


def _covariate(name: str, plan: MatchPlan) -> Covariate:
    return next(one for one in plan.covariates if one.name == name)


def _title(name: str, titles: Mapping[str, str]) -> str:
    return in_a_sentence(titles.get(name, name))


def _kept_apart(name: str, titles: Mapping[str, str]) -> str:
    usual = {"family_id": "siblings", "child_id": "other cases of the same child"}
    return usual.get(name, f"those of the same {_title(name, titles)}")
