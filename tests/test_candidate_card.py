"""Cards: words in a fixed order, shares that add to 100, everything escaped."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.case_files import CaseAtReferral, CaseFact
from data.judging import BlindCandidate
from data.pairings import ListedCandidate
from matching.case_records import (
    DERIVED_FIELDS,
    STANDARD_FIELDS,
    CaseNote,
    age_at_referral,
)
from matching.cases import Era
from matching.pairing import Candidate, CovariateComparison, Relation
from matching.plan import Covariate, CovariateKind, Distance, MatchPlan
from workbench.case_words import age_in_words
from workbench.widgets.cases.candidate_card import (
    CardWords,
    alike_in_words,
    candidate_card,
    case_card,
    comparison_in_words,
    relations_markup,
    ties_in_words,
    whole_per_cents,
)
from workbench.widgets.cases.pair_view import pair_at_referral
from workbench.widgets.judging.blind_list import blind_card

FIELDS = {field.name: field for field in STANDARD_FIELDS}


def a_case(reference="C1", notes=(), **values):
    facts = tuple(CaseFact(FIELDS[name], value) for name, value in values.items())
    era = Era.CONTEMPORARY if reference.startswith("C") else Era.HISTORIC
    return CaseAtReferral("id", reference, era, "2024-05-14", facts, tuple(notes))


def compared(name, relation, now, then, share=0.0):
    return CovariateComparison(name, relation, now, then, share)


def listed(*comparisons, rank=2, distance=0.3, tied=False, chosen=False, name="H1"):
    candidate = Candidate("C1", name, rank, distance, tied, comparisons, 243)
    return ListedCandidate("c", name.lower(), candidate, chosen)


def words(**plan):
    settings = {
        "covariates": (Covariate("sex", CovariateKind.CATEGORY),),
        "exact": ("primary_need",),
        **plan,
    }
    return CardWords(
        MatchPlan(**settings),
        {"primary_need": "Primary need", "household": "Household"},
        a_case(primary_need="N1"),
    )


SAME = compared("sex", Relation.SAME, "F", "F")
SIMILAR = compared("age_at_referral", Relation.SIMILAR, "9.0", "10.0", 0.08)
DIFFERENT = compared("previous_referrals", Relation.DIFFERENT, "1", "3", 0.62)
UNKNOWN = compared("household", Relation.UNKNOWN, "Mother alone", "", 0.3)


def test_relations_stand_in_one_order_with_both_values_where_they_differ():
    card = candidate_card(listed(UNKNOWN, DIFFERENT, SIMILAR, SAME), words(), notes=())
    order = re.findall(r"</span>(SAME|SIMILAR|DIFFERENT|UNKNOWN)</dt>", card)
    assert order == ["SAME", "SIMILAR", "DIFFERENT", "UNKNOWN"]
    assert "primary need (Abuse or neglect); sex (Female)" in card
    assert "previous_referrals: 1 now, 3 then" in card
    assert "household: Mother alone now, not recorded then" in card


def test_field_that_is_exact_and_compared_is_said_once():
    card = candidate_card(listed(SAME), words(exact=("sex", "primary_need")), notes=())
    assert card.count("sex (Female)") == 1
    assert "Alike on 2 of 2" in card


def test_head_says_rank_case_and_how_much_earlier_and_never_the_distance():
    card = candidate_card(listed(SAME, distance=0.3141), words(), notes=())
    assert "2nd closest" in card
    assert "8 months earlier" in card
    assert "0.3141" not in card


def test_what_keeps_them_apart_adds_to_a_hundred_with_the_unknown_hatched():
    card = candidate_card(listed(SAME, SIMILAR, DIFFERENT, UNKNOWN), words(), notes=())
    legend = re.search(r"How much each makes of the difference: (.*?)</p>", card)[1]
    assert legend == "age_at_referral 8%, previous_referrals 62%, unknown 30%"
    assert card.count('class="gap"') == 1
    assert card.count('class="part"') == 2


def test_two_cases_alike_in_everything_say_so():
    card = candidate_card(listed(SAME, distance=0.0), words(), notes=())
    assert "Nothing that is compared differs." in card
    assert "wb-bar" not in card


def test_with_mahalanobis_the_furthest_are_named_in_standard_deviations():
    far = compared("re74", Relation.DIFFERENT, "0", "9000", -1.84)
    lost = compared("re75", Relation.DIFFERENT, "0", "1", math.nan)
    card = candidate_card(
        listed(far, lost), words(distance=Distance.MAHALANOBIS), notes=()
    )
    assert "re74 by 1.8" in card
    assert "nan" not in card
    assert "%" not in re.sub(r'style="[^"]*"', "", card)


def test_likeness_of_notes_is_said_in_words_apart_from_the_rank():
    one = listed(SAME)
    assert "not part of the rank" not in candidate_card(one, words(), notes=())
    card = candidate_card(one, words(narrative="referral_note"), notes=())
    assert "Notes cannot be compared" in card


@pytest.mark.parametrize(
    ("likeness", "said"),
    [(0.0999, None), (0.0, None), (0.1, "some of their"), (0.3, "much of their")],
)
def test_likeness_is_said_only_where_notes_share_more_than_a_little(likeness, said):
    one = ListedCandidate(
        "c", "h1", Candidate("C1", "H1", 1, 0.3, False, (SAME,), 243, likeness)
    )
    asked = words(narrative="referral_note")
    card = candidate_card(one, asked, phrases=["late"], notes=())
    assert ("notes share" in card) is bool(said)
    assert ("late" in card) is bool(said)
    if said:
        assert said in card


def test_phrases_both_notes_share_are_quoted_beside_the_distance():
    one = ListedCandidate(
        "c", "h1", Candidate("C1", "H1", 1, 0.3, False, (SAME,), 243, 0.1234)
    )
    asked = words(narrative="referral_note")
    card = candidate_card(one, asked, phrases=["missed school", "<b>fire"], notes=())
    assert (
        "Beside the distance, not part of the rank: notes share some of their wording "
        "(0.12 of 1), among it “missed school”, “&lt;b&gt;fire”."
    ) in card
    assert "among it" not in candidate_card(one, asked, notes=())
    # A plan that does not ask for the likeness of notes says nothing of it.
    assert "missed" not in candidate_card(one, words(), phrases=["missed"], notes=())


def test_caution_is_said_and_removes_nothing():
    card = candidate_card(listed(SAME), words(), caution="May be <i>a", notes=())
    assert "May be &lt;i&gt;a. Check the records before you choose it" in card
    assert "nothing was removed" in card
    assert "Check the records" not in candidate_card(listed(SAME), words(), notes=())


def test_choice_of_the_plan_is_said_only_where_it_is_not_the_closest():
    assert "The plan gives this one" in candidate_card(
        listed(SAME, chosen=True), words(), notes=()
    )
    assert "The plan gives this one" not in candidate_card(
        listed(SAME, chosen=True, rank=1), words(), notes=()
    )


def test_ties_name_the_other_cases():
    one, other = listed(tied=True, name="H1"), listed(tied=True, name="H2")
    alone = listed(tied=True, name="H3", distance=0.9)
    third = listed(tied=True, name="H5")
    assert ties_in_words([one, other, third])["h1"] == ("Just as close as H2 and H5")
    assert ties_in_words([one, other, alone, listed(name="H4", distance=1.0)]) == {
        "h1": "Just as close as H2",
        "h2": "Just as close as H1",
        "h3": "Just as close as the next one, which is not listed",
    }


def test_card_of_a_tied_candidate_says_tied_in_its_head():
    card = candidate_card(listed(SAME), words(), tie="Just as close", notes=())
    assert '<span class="wb-flag">tied</span></header>' in card
    assert "Just as close." in card
    assert card.casefold().count("tied") == 1
    assert "tied" not in candidate_card(listed(SAME), words(), notes=())


def test_ages_are_those_of_the_calendar_on_every_card_and_side_by_side():
    # Seven years and three months to the day, which twelfths of a year fall short of.
    now = age_at_referral("2017-02-14", "2024-05-14")
    then = age_at_referral("2016-02-14", "2023-05-14")
    assert age_in_words(now) == age_in_words(then) == "7 years 2 months"
    (age,) = [one for one in DERIVED_FIELDS if one.name == "age_at_referral"]
    contemporary, historic = (
        CaseAtReferral("id", name, era, day, (CaseFact(age, value),), ())
        for name, era, day, value in (
            ("C1", Era.CONTEMPORARY, "2024-05-14", now),
            ("H1", Era.HISTORIC, "2023-05-14", then),
        )
    )
    compare = compared("age_at_referral", Relation.SIMILAR, now, then)
    asked = CardWords(
        MatchPlan((Covariate("sex", CovariateKind.CATEGORY),)), {}, contemporary
    )
    blind = BlindCandidate("h1", "H1", (compare,), 366)
    day = historic.referral_date
    for markup, times in (
        (case_card(contemporary), 1),
        (pair_at_referral(contemporary, historic), 2),
        (candidate_card(listed(compare), asked, notes=(), referred=day), 1),
        (blind_card(blind, asked, notes=(), referred=day), 1),
    ):
        assert markup.count("7 years 3 months") == times
        assert "7 years 2 months" not in markup


def test_gap_is_neither_zero_nor_different():
    both = compared("household", Relation.UNKNOWN, "", "")
    assert comparison_in_words(both, "household") == "household: recorded in neither"
    assert alike_in_words((SAME, SIMILAR, DIFFERENT, UNKNOWN, both), 1) == (
        "Alike on 3 of 6, different on 1, unknown on 2"
    )


def test_words_of_a_file_never_become_markup():
    evil = '<img src=x onerror="alert(1)">'
    note = CaseNote("C1", "2024-05-14", evil)
    case = a_case(evil, notes=[note], household=evil)
    comparison = compared("household", Relation.DIFFERENT, evil, evil)
    name = listed(comparison, name=evil)
    for markup in (
        case_card(case),
        candidate_card(name, words(exact=("household",)), tie=evil, notes=[note]),
        pair_at_referral(case, case, (comparison,), ("household",)),
    ):
        assert "<img" not in markup
        assert "&lt;img" in markup


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_whole_per_cents_add_to_a_hundred_and_stray_less_than_one(shares):
    cents = whole_per_cents(shares)
    total = math.fsum(shares)
    if total <= 0:
        assert set(cents) == {0}
        return
    assert sum(cents) == 100
    for share, cent in zip(shares, cents, strict=True):
        assert abs(100 * share / total - cent) < 1 + 1e-6


def test_second_judge_is_cautioned_and_told_nothing_of_likeness():
    one = BlindCandidate("h1", "H1", (SAME,), 243)
    asked = words(narrative="referral_note")
    card = blind_card(one, asked, caution="May be a sibling: <i>", notes=())
    assert "May be a sibling: &lt;i&gt;. Check the records" in card
    assert "wording" not in card
    assert "Check the records" not in blind_card(one, asked, notes=())


def test_card_says_which_recorded_codes_were_read_as_one():
    split = {"18A": "18", "18B": "18", "18C": "18"}
    plan = MatchPlan(
        (Covariate("assessment_factors", CovariateKind.SET, same_as=split),)
    )
    comparison = compared("assessment_factors", Relation.SAME, "18B", "18A")
    words = CardWords(plan, {}, a_case())
    assert "[18A and 18B read as one]" in relations_markup((comparison,), words)
    alike = compared("assessment_factors", Relation.SAME, "18A", "18A")
    assert "read as one" not in relations_markup((alike,), words)
