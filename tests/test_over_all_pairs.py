"""Over all pairs: plain words, ordinal alpha, and nothing so few pairs cannot bear."""

from __future__ import annotations

import pytest

from matching.problems import MatchingRefused
from matching.progress.over_all_pairs import (
    Agreement,
    agreement,
    agreement_in_words,
    area_counts,
    area_in_words,
    ordinal_alpha,
    what_so_many_bear,
)
from matching.progress.verdicts import (
    AreaVerdict,
    PairKind,
    PairVerdicts,
    ProgressArea,
    ProgressVerdict,
)

LETTERS = {
    "C": ProgressVerdict.CONTEMPORARY,
    "N": ProgressVerdict.NO_DIFFERENCE,
    "H": ProgressVerdict.HISTORIC,
    "?": ProgressVerdict.CANNOT_TELL,
}
AREA = ProgressArea.ESCALATION


def pairs_of(words, kind=PairKind.BETWEEN_CASES):
    """One pair for each two letters: what the first and the second judge said."""
    return [
        PairVerdicts(f"{n}", kind, {AREA: LETTERS[two[0]]}, {AREA: LETTERS[two[1]]}, {})
        for n, two in enumerate(words.split())
    ]


def test_fourteen_pairs_are_told_in_counts():
    judged = pairs_of("CC CC CC CC CC NN NN NN NN NN NN CN NH CH")
    assert area_in_words(area_counts(judged, AREA)) == (
        "Decisions on escalation: in 5 of 14 pairs both judges saw the contemporary "
        "case progress more effectively; in 6 no real difference; in 3 they differed."
    )


def test_cannot_tell_is_reported_apart_and_numbers_add_up():
    counts = area_counts(pairs_of("CC HH ?? C? ?N NH"), AREA)
    assert (counts.pairs, counts.contemporary, counts.no_difference) == (6, 1, 0)
    assert (counts.historic, counts.differed, counts.cannot_tell) == (1, 1, 3)
    assert area_in_words(counts) == (
        "Decisions on escalation: in 1 of 6 pairs both judges saw the contemporary "
        "case progress more effectively; in 1 the historic case more effectively; in "
        "1 they differed; in 3 one or both could not tell."
    )


def test_area_only_one_judge_has_judged_is_not_counted():
    one = PairVerdicts("a", PairKind.BETWEEN_CASES, {AREA: LETTERS["C"]}, {}, {})
    assert area_counts([one], AREA).pairs == 0
    assert area_in_words(area_counts([one], AREA)) == (
        "Decisions on escalation: no pair is judged by two people yet."
    )


def test_settled_differences_are_counted_and_change_nothing_else():
    (one,) = pairs_of("CN")
    settled = PairVerdicts("a", one.kind, one.first, one.second, {AREA: LETTERS["N"]})
    counts = area_counts([settled], AREA)
    assert (counts.differed, counts.settled, counts.no_difference) == (1, 1, 0)
    assert area_in_words(counts).endswith(
        "in 1 they differed. 1 of the differences was settled together."
    )


def test_within_case_pairs_are_spoken_of_as_times_of_one_case():
    counts = area_counts(pairs_of("CC HH", PairKind.WITHIN_CASE), AREA)
    assert area_in_words(counts, PairKind.WITHIN_CASE) == (
        "Decisions on escalation: in 1 of 2 pairs both judges saw the later time of "
        "the case progress more effectively; in 1 the earlier time more effectively."
    )


def test_ordinal_alpha_of_a_table_worked_by_hand():
    # Two judges, three units: CC, CN, NN. Values 1,1,1,2,2,2: n1 = n2 = 3, n = 6.
    # Disagreement observed 2/6; expected 2 * 3 * 3 / (6 * 5) = 0.6; 1 - (1/3) / 0.6.
    both = [(LETTERS[a], LETTERS[b]) for a, b in ("CC", "CN", "NN")]
    assert ordinal_alpha(both) == pytest.approx(4 / 9)


def test_ordinal_alpha_takes_a_step_of_two_as_worse_than_a_step_of_one():
    common = ["CC", "CC", "NN", "NN", "HH", "HH"]
    near = ordinal_alpha([(LETTERS[a], LETTERS[b]) for a, b in [*common, "CN"]])
    far = ordinal_alpha([(LETTERS[a], LETTERS[b]) for a, b in [*common, "CH"]])
    assert near is not None
    assert far is not None
    assert far < near < 1


def test_alpha_is_not_changed_by_who_is_first_or_by_cannot_tell():
    both = [(LETTERS[a], LETTERS[b]) for a, b in ("CC", "CN", "NH", "HH", "NN")]
    swapped = [(b, a) for a, b in both]
    unsure = [*both, (LETTERS["?"], LETTERS["C"])]
    alpha = ordinal_alpha(both)
    assert alpha is not None
    assert ordinal_alpha(swapped) == pytest.approx(alpha)
    assert ordinal_alpha(unsure) == pytest.approx(alpha)


def test_alpha_waits_for_ten_areas_and_says_so():
    found = agreement(pairs_of("CC NN CN ?C HH"))
    assert (found.rated, found.same, found.cannot_tell, found.alpha) == (4, 3, 1, None)
    assert agreement_in_words(found) == (
        "The two judges said the same on 3 of 4 areas. Alpha is not given: below 10 "
        "areas it would say more about chance than about the judges. 1 more was left "
        "out because one or both could not tell."
    )
    assert agreement(pairs_of("CC NN " * 5)).alpha == pytest.approx(1)


def test_where_everybody_says_the_same_there_is_no_alpha():
    found = agreement(pairs_of("NN " * 12))
    assert found == Agreement(12, 12, 0, None)
    assert "all answers are the same" in agreement_in_words(found)


def test_no_percentage_and_no_test_and_why():
    assert what_so_many_bear(14) == (
        "14 pairs: counts only. One pair more or less would move a percentage by 7 "
        "points, and pairs chosen to be read are no sample, so no test of "
        "significance is made."
    )
    said = area_in_words(area_counts(pairs_of("CC " * 14), AREA))
    assert "%" not in said
    assert "per cent" not in said


def test_verdict_without_reason_is_refused():
    with pytest.raises(MatchingRefused, match="the reason is empty"):
        AreaVerdict(AREA, LETTERS["C"], "  ")


def test_areas_on_which_two_differ_are_named_in_order():
    one = PairVerdicts(
        "a",
        PairKind.BETWEEN_CASES,
        {AREA: LETTERS["C"], ProgressArea.FAMILY: LETTERS["N"]},
        {AREA: LETTERS["?"], ProgressArea.FAMILY: LETTERS["N"]},
        {},
    )
    assert one.differ_on() == (AREA,)


def test_nothing_judged_yet_is_said_in_words():
    assert what_so_many_bear(0).startswith("Nothing is counted until two people")
    assert agreement_in_words(agreement([])).startswith("No area of a pair is placed")


def test_alpha_is_told_with_what_it_can_bear():
    # CC and NN five times over: full agreement.
    assert agreement_in_words(agreement(pairs_of("CC NN " * 5))) == (
        "The two judges said the same on 10 of 10 areas. Krippendorff's ordinal alpha "
        "is 1.00 (1 is full agreement, 0 what chance brings); areas of one pair hang "
        "together, so it is a guide and no proof."
    )


def test_areas_and_verdicts_have_words_and_only_situations_need_days():
    assert ProgressArea.AT_6_MONTHS.in_words == "Situation at 6 months"
    assert [area.needs_days for area in ProgressArea] == [0, 0, 0, 0, 0, 91, 183, 365]
    assert LETTERS["H"].in_words == "Historic more effective"
    assert AreaVerdict(AREA, LETTERS["C"], "Sooner.").reason == "Sooner."


def test_area_nobody_could_see_is_counted_apart_from_cannot_tell():
    seen, late = ProgressArea.AT_6_MONTHS, ProgressArea.AT_12_MONTHS
    both = {seen: LETTERS["C"], late: LETTERS["?"]}
    short = {seen: LETTERS["C"]}
    judged = [
        PairVerdicts("a", PairKind.BETWEEN_CASES, both, both, {}),
        PairVerdicts("b", PairKind.BETWEEN_CASES, short, short, {}),
        PairVerdicts("c", PairKind.BETWEEN_CASES, short, short, {}),
    ]
    counts = area_counts(judged, late)
    assert (counts.pairs, counts.cannot_tell, counts.not_seen) == (1, 1, 2)
    assert area_counts(judged, seen).not_seen == 0
    assert area_in_words(counts).endswith(
        "in 1 one or both could not tell. In 2 more pairs the records end before it, "
        "so nobody was asked."
    )
    assert area_in_words(area_counts(judged[1:], late)) == (
        "Situation at 12 months: in 2 pairs the records end before it, so nobody was "
        "asked."
    )
    assert agreement(judged).cannot_tell == 1
