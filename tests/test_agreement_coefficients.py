"""Coefficients against figures worked out by hand, in print, and by other libraries."""

from __future__ import annotations

import random

import krippendorff
import pytest
from nltk.metrics.agreement import AnnotationTask

from coding.agreement.coefficients import (
    Counts,
    alpha,
    alpha_of_two,
    gwet_ac1,
    kappa,
    positive_agreement,
    prevalence,
    share_agreed,
)

# Fifty proposals: yes by both to 20, by the first alone to 5, by the second to 10.
FIFTY = Counts(20, 5, 10, 15)


def test_fifty_proposals_by_hand() -> None:
    # Yes from the first 25 of 50, from the second 30 of 50.
    by_chance = 25 / 50 * 30 / 50 + 25 / 50 * 20 / 50
    assert share_agreed(FIFTY) == pytest.approx(35 / 50)
    assert kappa(FIFTY) == pytest.approx((0.7 - by_chance) / (1 - by_chance))
    assert kappa(FIFTY) == pytest.approx(0.4)
    # 100 values, 55 of them yes; 15 units hold one of each.
    assert alpha_of_two(FIFTY) == pytest.approx(1 - 99 * 15 / (55 * 45))
    # Mean share of yes 0.55.
    chance = 2 * 0.55 * 0.45
    assert gwet_ac1(FIFTY) == pytest.approx((0.7 - chance) / (1 - chance))
    assert positive_agreement(FIFTY) == pytest.approx(40 / 55)
    assert prevalence(FIFTY) == pytest.approx(0.55)


def test_a_rare_no_makes_kappa_negative_and_leaves_ac1_high() -> None:
    # Gwet (2008), table of 125 subjects.
    rare = Counts(118, 5, 2, 0)
    assert kappa(rare) == pytest.approx(-0.0234, abs=0.0001)
    assert gwet_ac1(rare) == pytest.approx(0.9408, abs=0.0001)


def test_ten_articles_in_print() -> None:
    # Krippendorff (2011), binary data of two observers without gaps: 0.095.
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    assert alpha_of_two(_counts(meg, owen)) == pytest.approx(0.095, abs=0.0005)


def test_the_sum_of_chances_is_used_and_not_their_product() -> None:
    # A product p_e = p(1 - p) would give 0.59 for the like of this; all units count.
    counts = Counts(60, 20, 20, 1900)
    p = 80 / 2000
    by_chance = p * p + (1 - p) * (1 - p)
    assert kappa(counts) == pytest.approx((1960 / 2000 - by_chance) / (1 - by_chance))


@pytest.mark.parametrize(
    "counts", [Counts(), Counts(0, 0, 0, 40), Counts(40, 0, 0, 0)], ids=str
)
def test_where_all_is_alike_there_is_no_figure_beyond_chance(counts: Counts) -> None:
    assert kappa(counts) is None
    assert alpha_of_two(counts) is None


def test_nothing_marked_has_no_positive_agreement() -> None:
    assert positive_agreement(Counts(0, 0, 0, 40)) is None
    assert gwet_ac1(Counts(0, 0, 0, 40)) == 1
    assert gwet_ac1(Counts()) is None


@pytest.mark.parametrize("seed", range(8))
def test_other_libraries_give_the_same(seed: int) -> None:
    first, second = _two_readings(seed)
    counts = _counts(first, second)
    task = AnnotationTask(
        [("a", str(n), one) for n, one in enumerate(first)]
        + [("b", str(n), one) for n, one in enumerate(second)]
    )
    assert kappa(counts) == pytest.approx(task.kappa())
    assert share_agreed(counts) == pytest.approx(task.avg_Ao())
    assert alpha_of_two(counts) == pytest.approx(
        krippendorff.alpha([first, second], level_of_measurement="nominal")
    )
    assert alpha_of_two(counts) == pytest.approx(task.alpha())


@pytest.mark.parametrize("seed", range(4))
def test_alpha_of_several_coders_with_gaps_is_krippendorffs(seed: int) -> None:
    chance = random.Random(seed)
    rows = [[chance.choice((0, 1, 1, 0, 0, None)) for _ in range(60)] for _ in range(4)]
    tallies: dict[tuple[int, int], int] = {}
    for unit in zip(*rows, strict=True):
        said = [one for one in unit if one is not None]
        key = (len(said), sum(said))
        tallies[key] = tallies.get(key, 0) + 1
    with_gaps = [[float("nan") if one is None else one for one in row] for row in rows]
    assert alpha(tallies) == pytest.approx(
        krippendorff.alpha(with_gaps, level_of_measurement="nominal")
    )


def _two_readings(seed: int) -> tuple[list[int], list[int]]:
    chance = random.Random(seed)
    first = [int(chance.random() < 0.2) for _ in range(200)]
    second = [one if chance.random() < 0.85 else 1 - one for one in first]
    return first, second


def _counts(first: list[int], second: list[int]) -> Counts:
    pairs = list(zip(first, second, strict=True))
    return Counts(
        pairs.count((1, 1)),
        pairs.count((1, 0)),
        pairs.count((0, 1)),
        pairs.count((0, 0)),
    )
