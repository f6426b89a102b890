"""Chance, months of referral, and which partners differ between two pairings."""

from __future__ import annotations

import pytest

from matching.cases import Case, CasePool, Era
from matching.checking.chance import sampling_error
from matching.checking.changes import ChangedPartner, changed_partners
from matching.checking.referral_months import ReferralMonth, referral_months


def test_thirteen_pairs_differ_by_four_tenths_through_chance_alone():
    # sqrt(1 / 13 + 1 / 13) = 0.392
    assert sampling_error(13, 13) == pytest.approx(0.3922, abs=5e-5)


def test_a_larger_difference_strays_further():
    # sqrt(20 / 100 + 1 / 40) = sqrt(0.225)
    assert sampling_error(10, 10, -1.0) == pytest.approx(0.225**0.5)


def test_reused_cases_count_by_their_effective_sample_size():
    # 13 pairs on historic cases that carry as much as 6.5: sqrt(19.5 / 84.5)
    assert sampling_error(13, 6.5) == pytest.approx((19.5 / 84.5) ** 0.5)


def test_no_cases_have_no_sampling_error():
    with pytest.raises(ValueError, match="without cases"):
        sampling_error(0, 3)


def test_partners_that_differ_are_named_before_and_after():
    before = [("B", "H2"), ("B", "H1"), ("C", "H4"), ("A", "H3")]
    after = [("B", "H1"), ("B", "H2"), ("D", "H9"), ("A", "H4")]
    assert changed_partners(before, after) == (
        ChangedPartner("A", ("H3",), ("H4",)),
        ChangedPartner("C", ("H4",), ()),
        ChangedPartner("D", (), ("H9",)),
    )


def referred(era, *days):
    return tuple(
        Case(f"{era.value[0]}{place}", era, {"referral_date": day})
        for place, day in enumerate(days)
    )


def test_months_of_both_eras_count_all_and_paired_and_cases_without_date():
    pool = CasePool(
        referred(Era.CONTEMPORARY, "2024-05-14", "2024-05-30", "2024-07-01"),
        referred(Era.HISTORIC, "2023-05-10", "2024-05-01", "", "soon"),
    )
    # One historic case serves two pairs and counts once.
    found = referral_months(pool, [("c0", "h0"), ("c2", "h0")])
    assert found.months == (
        ReferralMonth("2023-05", 0, 0, 1, 1),
        ReferralMonth("2024-05", 2, 1, 1, 0),
        ReferralMonth("2024-07", 1, 1, 0, 0),
    )
    assert found.undated == 2
