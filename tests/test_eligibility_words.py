"""Eligibility in words: what rules left, broke and would let in, drawn and escaped."""

from __future__ import annotations

from dataclasses import replace

import pytest

from matching.candidates import RuleCount
from matching.eligibility_loosened import (
    CaseGain,
    NearMiss,
    StudyGain,
    Way,
    loosenings_of,
)
from matching.look_alikes import LookAlike, LookAlikeKind, Sign
from matching.pairing import StepCount
from matching.plan import Covariate, CovariateKind, GapRule, MatchPlan, Window
from workbench.widgets.cases.eligibility.eligibility_shown import (
    gains_to_try,
    ruled_out_markup,
    study_gains_markup,
    unpaired_markup,
)
from workbench.widgets.cases.eligibility.eligibility_words import (
    broken_in_words,
    case_in_one_sentence,
    loosening_in_words,
    study_in_one_sentence,
)
from workbench.widgets.cases.eligibility.look_alikes_shown import (
    cautions_for,
    worth_a_look_markup,
)

AGE = Covariate("age_at_referral", CovariateKind.NUMBER, caliper=4.0)
SDQ = Covariate("sdq_score", CovariateKind.NUMBER, caliper_in_sd=0.5)
PLAN = MatchPlan(
    (AGE, SDQ),
    exact=("primary_need",),
    different=("family_id", "child_id", "school"),
    window=Window("referral_date", 1, 548, "2024-04-15", 180),
    missing=GapRule.REFUSE,
    caliper=0.3,
)
TITLES = {
    "primary_need": "Primary need",
    "age_at_referral": "Age at referral",
    "sdq_score": "SDQ score",
    "school": "School",
}


def counted(**left: int) -> list[RuleCount]:
    names = {"need": "exact primary_need", "family": "different family_id"}
    names |= {"age": "caliper age_at_referral"}
    return [RuleCount(names.get(rule, rule), "", count) for rule, count in left.items()]


def test_one_sentence_counts_down_in_plan_order() -> None:
    counts = counted(all=1204, need=310, family=305, window=84, follow_up=79, age=12)
    assert case_in_one_sentence(counts, PLAN, TITLES) == (
        "Of 1,204 historic cases 310 share the primary need, 305 are left after "
        "siblings, 84 are in the window of 1 day to 18 months, 79 have 180 days of "
        "follow-up before it, 12 are within 4 years of its age at referral."
    )


def test_sentence_ends_where_nobody_is_left_and_speaks_of_one_as_one() -> None:
    counts = counted(all=1, need=1, window=0, age=0)
    assert case_in_one_sentence(counts, PLAN, TITLES) == (
        "Of 1 historic case 1 shares the primary need, none are in the window of 1 day "
        "to 18 months."
    )
    assert case_in_one_sentence(counted(all=7), PLAN, TITLES) == (
        "All 7 historic cases are eligible."
    )


def test_for_the_study_a_case_counts_that_any_contemporary_case_is_left() -> None:
    steps = [StepCount("exact primary_need", 40, 3, 9), StepCount("gaps", 30, 3, 8)]
    assert study_in_one_sentence(3, 20, steps, PLAN, TITLES) == (
        "Of 20 historic cases 9 share the primary need, 8 have what the rule for gaps "
        "asks for. Each counts for at least one of 3 cases."
    )


def test_every_loosening_is_something_to_do_or_a_reason_to_keep() -> None:
    words = [loosening_in_words(one, PLAN, TITLES) for one in loosenings_of(PLAN)]
    assert words == [
        "Do not ask for the same primary need",
        "Siblings stay ruled out: they share a household, and the new practice reaches "
        "both.",
        "Another case of the same child stays ruled out as its partner.",
        "Another school stays required.",
        "Reach back 24 months instead of 18 months",
        "Historic cases stay before the start of the new practice: later ones had it "
        "too.",
        "Ask for 90 days of follow-up instead of 180",
        "Ask for no follow-up before the new practice",
        "Allow 6 years of age at referral instead of 4 years",
        "Set no limit to age at referral",
        "Allow 0.75 standard deviations of SDQ score instead of 0.5 standard "
        "deviations",
        "Set no limit to SDQ score",
        "Count a gap as half a difference instead of refusing it",
        "Allow a distance of 0.45 instead of 0.3",
        "Set no limit to the whole distance",
    ]
    (gaps,) = loosenings_of(MatchPlan((SDQ,), missing=GapRule.DROP))[-1:]
    assert loosening_in_words(gaps, PLAN, TITLES).startswith("Gaps stay ruled out")


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("exact primary_need", "has another primary need, or none recorded"),
        ("different school", "is of the same school"),
        ("window", "was not referred 1 day to 18 months earlier"),
        ("follow_up", "has fewer than 180 days of follow-up before the new practice"),
        ("caliper age_at_referral", "is more than 4 years from its age at referral"),
        ("caliper", "lies further than a distance of 0.3"),
        ("rejected", "was turned down by a judge"),
        ("gaps", "has a gap in what is compared"),
        ("practice_start", "does not lie on the other side of the start"),
    ],
)
def test_what_stands_in_the_way_is_said_of_the_nearest_miss(
    rule: str, words: str
) -> None:
    assert words in broken_in_words(rule, PLAN, TITLES)


def test_table_tells_what_each_rule_removed() -> None:
    counts = counted(all=100, need=30, age=12)
    markup = ruled_out_markup(counts, PLAN, TITLES, listed=10)
    # 100 - 30 and 30 - 12.
    for number in (70, 18):
        assert f'<td class="number">{number}</td>' in markup
    assert "2 more are eligible and not listed." in markup
    miss = NearMiss("<i>H7", ("window",))
    named = ruled_out_markup(counts, PLAN, TITLES, [miss], listed=12)
    assert "Case &lt;i&gt;H7</span> was not referred 1 day to 18 months" in named
    assert "not listed" not in ruled_out_markup(counts, PLAN, TITLES, listed=12)


def study_gains() -> list[StudyGain]:
    by_rule = {"exact primary_need": ("C1", "C2", "<b>", "C4", "C5", "C6")}
    return [
        StudyGain(one, by_rule.get(one.rule, ()) if one.way is not Way.KEPT else ())
        for one in loosenings_of(PLAN)
    ]


def test_study_table_names_some_of_those_who_gain_and_what_is_never_loosened() -> None:
    markup = study_gains_markup(study_gains(), 6, PLAN, TITLES)
    assert "6 contemporary cases without candidate" in markup
    assert '<td class="number">+6</td><td>do not ask for the same' in markup
    assert "C1, C2, &lt;b&gt;, C4 and 2 more" in markup
    assert markup.count('<td class="number">none</td>') == 10
    assert "Never loosened:</p><ul><li>Siblings stay ruled out" in markup
    assert [one.rule for one in gains_to_try(study_gains())] == ["exact primary_need"]


def test_study_where_nobody_lacks_a_candidate_needs_no_table() -> None:
    markup = study_gains_markup((), 0, PLAN, TITLES)
    assert "Every contemporary case has a candidate" in markup
    assert "<table" not in markup


def test_unpaired_case_tells_reason_nearest_miss_and_changes_without_markup() -> None:
    need, *others = loosenings_of(PLAN)
    gains = [CaseGain(need, 3, "<i>H1"), *(CaseGain(one) for one in others)]
    markup = unpaired_markup(
        "<u>None.",
        counted(all=9, need=0),
        gains,
        PLAN,
        TITLES,
        nearest="<i>H2",
        broken=("window", "caliper"),
    )
    assert "<i>" not in markup
    assert "<u>" not in markup
    assert "closest &lt;i&gt;H1" in markup
    assert (
        "It is ruled out because it was not referred 1 day to 18 months earlier, lies "
        "further than a distance of 0.3."
    ) in markup
    nothing = unpaired_markup("None.", counted(all=9), gains[1:], PLAN, TITLES)
    assert "No single change to the plan would bring a candidate." in nothing
    assert "Nearest miss" not in nothing


def alike(one: str, other: str, kind: LookAlikeKind) -> LookAlike:
    return LookAlike(one, other, kind, (Sign.FAMILY_REFERENCE, Sign.HOUSEHOLD))


def test_cautions_are_for_the_candidates_of_this_case_alone() -> None:
    found = [
        alike("C1", "H1", LookAlikeKind.SIBLINGS),
        alike("C1", "H9", LookAlikeKind.SIBLINGS),
        alike("H1", "H2", LookAlikeKind.SAME_CASE),
        alike("C2", "H2", LookAlikeKind.SAME_CHILD),
    ]
    assert cautions_for(found, "C1", ["H1", "H2"]) == {
        "H1": "May be a sibling: family references that differ in one character, the "
        "same household and area"
    }
    assert cautions_for([], "C1", ["H1"]) == {}


def test_pairs_worth_a_look_are_listed_escaped_and_counted_beyond_fifty() -> None:
    many = [alike("C1", f"<i>{n}", LookAlikeKind.SAME_CASE) for n in range(53)]
    markup = worth_a_look_markup(many)
    assert markup.count("<li>") == 50
    assert "and 3 more." in markup
    assert "<i>" not in markup
    assert "nothing is removed here" in markup


def test_a_window_of_any_length_reaches_further_when_loosened() -> None:
    short = replace(PLAN, window=Window("referral_date", 0, 0))
    window = next(o for o in loosenings_of(short) if o.rule == "window")
    assert loosening_in_words(window, short, TITLES) == (
        "Reach back 30 days instead of 0 days"
    )
