"""Cases worth a second look: mistyped references and siblings not recorded as such."""

from __future__ import annotations

import random
import time
from datetime import date, timedelta

import pytest

from matching.cases import Case, Era
from matching.look_alikes import (
    LookAlike,
    LookAlikeKind,
    Sign,
    look_alikes,
    slip_between,
)


def a_case(reference: str, **values: str) -> Case:
    """A case of a family of its own, in one household and area with all others."""
    usual = {
        "family_id": f"Z{reference[::-1]}{reference}",
        "child_id": f"{reference}00{reference}",
        "date_of_birth": "2015-03-01",
        "referral_date": "2024-05-01",
        "household": "Mother alone",
        "locality": "Sallowby",
    }
    return Case(reference, Era.HISTORIC, {**usual, **values})


def found(*cases: Case, **settings: tuple[str, ...]) -> list[tuple]:
    return [
        (a.one, a.other, a.kind, a.signs[0]) for a in look_alikes(cases, **settings)
    ]


SIBLINGS, SAME_CASE = LookAlikeKind.SIBLINGS, LookAlikeKind.SAME_CASE


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("008812", "008821", "swapped"),
        ("008812", "008813", "off"),
        ("008812", "08812", "off"),
        ("008812", "0088123", "off"),
        ("008812", "008812", ""),
        ("008812", "008831", ""),
        ("881", "882", ""),
        ("", "", ""),
    ],
)
def test_a_slip_is_one_character_or_two_neighbours_swapped(
    one: str, other: str, slip: str
) -> None:
    assert slip_between(one, other) == slip
    assert slip_between(other, one) == slip


@pytest.mark.parametrize(
    ("family", "sign"),
    [
        ("F0181", Sign.FAMILY_REFERENCE_SWAPPED),
        ("F0119", Sign.FAMILY_REFERENCE),
        ("F-118", Sign.FAMILY_PART),
        ("118/2024", None),
        ("F0811", None),
        ("F0118", None),
    ],
)
def test_siblings_are_seen_by_a_mistyped_family(family: str, sign: Sign | None) -> None:
    sibling = {"family_id": family, "date_of_birth": "2012-01-01"}
    pairs = found(a_case("5501", family_id="F0118"), a_case("7302", **sibling))
    assert pairs == ([] if sign is None else [("5501", "7302", SIBLINGS, sign)])


@pytest.mark.parametrize(
    "change",
    [
        {"household": "Father alone"},
        {"locality": "Ormwick"},
        {"household": ""},
        {"date_of_birth": "2006-12-01"},
        {"date_of_birth": ""},
        {"child_id": "5501005501"},
    ],
)
def test_another_home_birth_years_apart_or_the_same_child_is_no_sibling(
    change: dict[str, str],
) -> None:
    one = a_case("5501", family_id="F0118")
    other = {"family_id": "F0181", "date_of_birth": "2012-01-01"}
    assert len(found(one, a_case("7302", **other))) == 1
    assert not found(one, a_case("7302", **{**other, **change}))


def test_without_a_family_child_references_that_begin_alike_are_a_sign() -> None:
    one = a_case("5501", child_id="0104417", family_id="")
    other = a_case(
        "7302", child_id="0104418", family_id="F0300", date_of_birth="2013-01-01"
    )
    assert found(one, other) == [("5501", "7302", SIBLINGS, Sign.CHILD_PART)]
    # Two families that are both recorded, and unlike, are taken at their word.
    recorded = a_case("5501", child_id="0104417", family_id="F9182")
    assert not found(recorded, other)
    # A code for not known is a gap.
    unknown = a_case("5501", child_id="0104417", family_id="UNKNOWN")
    assert found(unknown, other, missing_values=("UNKNOWN",)) == found(one, other)


def test_one_case_twice_is_seen_by_its_reference_and_birth_date() -> None:
    pairs = look_alikes([a_case("5510", sex="F"), a_case("5501")])
    assert pairs == (
        LookAlike(
            "5501",
            "5510",
            SAME_CASE,
            (Sign.CASE_REFERENCE_SWAPPED, Sign.BIRTH_DATE),
        ),
    )


def test_one_child_under_two_references_is_seen_by_its_birth_date() -> None:
    one = a_case("5501", child_id="0104417", household="")
    assert found(one, a_case("7302", child_id="0104471", household="")) == [
        ("5501", "7302", LookAlikeKind.SAME_CHILD, Sign.CHILD_REFERENCE_SWAPPED)
    ]


def test_references_of_different_children_are_only_easily_confused() -> None:
    one = a_case("5501", sex="F")
    for other in (
        a_case("5510", date_of_birth="2001-01-01"),
        a_case("5510", sex="M"),
    ):
        assert found(one, other) == [
            (
                "5501",
                "5510",
                LookAlikeKind.EASILY_CONFUSED,
                Sign.CASE_REFERENCE_SWAPPED,
            )
        ]


def test_numbers_that_run_on_are_no_sign_and_a_planted_slip_still_is() -> None:
    born = date(1990, 1, 1)
    running = [
        a_case(
            f"{number:06d}",
            family_id=f"F{number:05d}",
            date_of_birth=(born + timedelta(number * 40)).isoformat(),
            child_id=f"{number * 13:07d}",
            referral_date=(born + timedelta(number * 60)).isoformat(),
        )
        for number in range(100, 300)
    ]
    assert not [pair for pair in found(*running) if "differ in one" in pair[3]]
    twice = a_case("000201", family_id="F09999", date_of_birth="2001-01-01")
    again = a_case("900201", family_id="F08888", date_of_birth="2001-01-01")
    assert ("000201", "900201", SAME_CASE, Sign.CASE_REFERENCE) in found(
        *(case for case in running if case.id != "000201"), twice, again
    )


def test_order_of_rows_changes_nothing_and_likeliest_come_first() -> None:
    cases = [
        a_case("5501", family_id="F0118"),
        a_case("7302", family_id="F0181", date_of_birth="2012-01-01"),
        a_case("5510", household=""),
        a_case("8800", date_of_birth="2003-01-01", household=""),
        a_case("8080", date_of_birth="2009-01-01", household=""),
    ]
    kinds = [one.kind for one in look_alikes(cases)]
    assert kinds == [SAME_CASE, SIBLINGS, LookAlikeKind.EASILY_CONFUSED]
    assert look_alikes(reversed(cases)) == look_alikes(cases)


def test_twenty_thousand_cases_are_looked_over_without_looking_at_all_pairs() -> None:
    draw = random.Random(3)
    cases = [
        a_case(
            f"{number:06d}",
            child_id=f"{98_000 + 2 * number:07d}",
            family_id=f"F{draw.randrange(15_000):05d}",
            date_of_birth=str(date(2006, 1, 1) + timedelta(draw.randrange(6_500))),
            referral_date=str(date(2020, 1, 1) + timedelta(draw.randrange(1_800))),
            household=draw.choice(["Mother alone", "Both parents", "Father alone"]),
            locality=draw.choice(["Sallowby", "Copperhithe", "Ormwick"]),
        )
        for number in range(20_000)
    ]
    planted = a_case("X5501", family_id="F77118"), a_case("X7302", family_id="F77181")
    started = time.process_time()
    pairs = found(*cases, *planted)
    # All pairs are two hundred million: minutes. Slow machines get room.
    assert time.process_time() - started < 60
    assert len(pairs) < 1_000
    assert any({one, other} == {"X5501", "X7302"} for one, other, *_ in pairs)
