"""Agreement of two judges against figures worked out by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.judging.agreement import (
    FEWEST_CASES,
    TwoReadings,
    agreement_on_choice,
    agreement_on_comparable,
    cohens_kappa,
)
from matching.judging.judgement import Suitability

GOOD, CARE = Suitability.GOOD_MATCH, Suitability.USABLE_WITH_CARE
NOT, UNSURE = Suitability.NOT_COMPARABLE, Suitability.CANNOT_TELL
LETTERS = {"g": GOOD, "c": CARE, "n": NOT, "?": UNSURE}


def case(number, first, second, first_choice="", second_choice=""):
    """A case from two words, a letter for each shown candidate: g, c, n or ?."""
    return TwoReadings(
        f"C{number}",
        {f"H{place}": LETTERS[one] for place, one in enumerate(first)},
        {f"H{place}": LETTERS[one] for place, one in enumerate(second)},
        first_choice,
        second_choice,
    )


def test_kappa_of_the_textbook_table():
    # 50 grants, readers A and B: 20 both yes, 15 both no; chance 0.5, seen 0.7.
    assert cohens_kappa(20, 5, 10, 15) == pytest.approx(0.4)
    # Cohen's formula with unequal margins: (0.6 - 0.54) / (1 - 0.54).
    assert cohens_kappa(45, 15, 25, 15) == pytest.approx(0.1304, abs=5e-5)
    assert cohens_kappa(3, 0, 0, 4) == 1.0
    assert cohens_kappa(0, 5, 5, 0) == -1.0


def test_kappa_has_no_value_where_chance_explains_all():
    assert cohens_kappa(0, 0, 0, 0) is None
    assert cohens_kappa(7, 0, 0, 0) is None
    assert cohens_kappa(0, 0, 0, 7) is None
    # One judge always says yes, the other not: agreement is what chance gives.
    assert cohens_kappa(3, 4, 0, 0) == 0.0


@given(*[st.integers(0, 40)] * 4)
def test_kappa_is_the_same_with_the_judges_or_the_answers_swapped(a, b, c, d):
    one = cohens_kappa(a, b, c, d)
    assert cohens_kappa(a, c, b, d) == one
    assert cohens_kappa(d, b, c, a) == one
    assert one is None or -1 <= one <= 1


def test_good_and_usable_are_both_comparable_and_cannot_tell_is_left_out():
    found = agreement_on_comparable(
        [case(1, "gcn?n", "cgng?"), case(2, "nn", "gn"), case(3, "??", "gn")]
    )
    # C1: yes yes, yes yes, no no, two left out; C2: no yes, no no; C3: both left out.
    assert (found.both, found.first_only, found.second_only, found.neither) == (
        2,
        0,
        1,
        2,
    )
    assert (found.cannot_tell, found.counted, found.agreed) == (4, 5, 4)
    assert found.cases == 2
    assert found.kappa is None
    assert "agreed on 4 of 5 candidates" in found.sentence
    assert "fewer than 10 cases" in found.sentence


def test_candidates_shown_to_one_judge_alone_do_not_count():
    one = TwoReadings("C1", {"H1": GOOD, "H2": NOT}, {"H2": NOT, "H3": GOOD})
    found = agreement_on_comparable([one])
    assert (found.counted, found.neither) == (1, 1)


def test_kappa_over_ten_cases_with_how_far_it_strays():
    # Eight cases agree on one yes and one no, two disagree on both.
    readings = [case(n, "gn", "cn") for n in range(8)]
    readings += [case(8, "gn", "ng"), case(9, "gn", "ng")]
    found = agreement_on_comparable(readings)
    # 16 of 20 agree; both judges say yes to 10: chance 0.5; kappa 0.6.
    assert found.kappa == pytest.approx(0.6)
    # Leaving out an agreeing case: 14 of 18, kappa 10/18; a differing one: 16 of 18,
    # kappa 14/18. Mean 0.6; squares 8 (0.6 - 5/9)^2 + 2 (7/9 - 0.6)^2.
    squares = 8 * (0.6 - 5 / 9) ** 2 + 2 * (7 / 9 - 0.6) ** 2
    assert found.strays == pytest.approx(2 * math.sqrt(0.9 * squares))
    assert "16 of 20 candidates; by chance about 10" in found.sentence
    assert "With 10 cases kappa strays by about 0.53." in found.sentence
    assert "as a hint" in found.sentence


def test_below_ten_cases_there_is_no_figure_and_the_reason_is_said():
    nine = [case(n, "gn", "gn", "H0", "H0") for n in range(FEWEST_CASES - 1)]
    assert agreement_on_comparable(nine).kappa is None
    choice = agreement_on_choice(nine)
    assert (choice.share, choice.chance) == (None, None)
    assert (choice.cases, choice.same) == (9, 9)
    assert "one alone would move a share by a tenth" in choice.sentence
    ten = [*nine, case(9, "gn", "gn", "H0", "H0")]
    assert agreement_on_comparable(ten).kappa == 1.0
    assert agreement_on_choice(ten).share == 1.0


def test_kappa_without_value_is_said_in_words():
    found = agreement_on_comparable([case(n, "nn", "nn") for n in range(12)])
    assert found.kappa is None
    assert "one and the same answer throughout" in found.sentence


def test_judges_who_never_differ_are_not_praised_for_it():
    found = agreement_on_comparable([case(n, "gn", "gn") for n in range(12)])
    assert (found.kappa, found.strays) == (1.0, 0.0)
    assert "cannot show how often they would" in found.sentence
    choice = agreement_on_choice([case(n, "gn", "gn", "H0", "H0") for n in range(12)])
    assert "leave room for about 25% of cases" in choice.sentence


def test_chance_of_the_same_choice_is_one_of_k_or_none_averaged_over_cases():
    # k = 4 in five cases and k = 1 in five: 5/5 + 5/2 = 3.5 expected of ten.
    readings = [case(n, "gnnn", "gnnn", "H0", "H0") for n in range(5)]
    readings += [case(n, "g", "g", "H0", "") for n in range(5, 9)]
    readings += [case(9, "n", "n", "", "")]
    found = agreement_on_choice(readings)
    assert (found.cases, found.same) == (10, 6)
    assert found.expected == pytest.approx(3.5)
    assert found.share == pytest.approx(0.6)
    assert found.chance == pytest.approx(0.35)
    # 2 sqrt(0.6 * 0.4 / 10) = 0.31
    assert "31% higher or lower" in found.sentence


def test_nothing_read_twice_is_said_so():
    assert "No case has been read by two" in agreement_on_choice([]).sentence
    assert "No candidate has a verdict" in agreement_on_comparable([]).sentence


def test_choice_without_verdict_is_no_reading():
    with pytest.raises(ValueError, match="no verdict"):
        TwoReadings("C1", {}, {"H1": GOOD}, "H1", "")


def test_figure_that_hangs_on_one_case_says_so():
    # Without case 9 both judges would say no throughout.
    readings = [case(n, "nn", "nn") for n in range(9)] + [case(9, "gn", "gn")]
    found = agreement_on_comparable(readings)
    assert found.kappa == 1.0
    assert found.strays is None
    assert "hangs on a single case" in found.sentence
