"""Codes of a changed list read as one: no difference, one level, shown as recorded."""

from __future__ import annotations

from dataclasses import replace

import pytest
from promises import drawn_pool

from matching.balance import balance_of_pairs
from matching.pairing import Relation, pair_cases
from matching.plan import Covariate, CovariateKind, MatchPlan, plan_hash
from matching.plan_check import check_settings

SPLIT = {"18A": "18", "18B": "18", "18C": "18"}
FACTORS = Covariate("factors", CovariateKind.SET, same_as=SPLIT)
SEX = Covariate("sex", CovariateKind.CATEGORY, same_as={"1": "M", "2": "F", "9": "U"})
POOL = drawn_pool(
    """
    id  factors  sex
    A   18B|2A   F
    B   18C      M
    """,
    """
    id  factors  sex
    H1  2A|18A   2
    H2  18A      1
    """,
)


def unmapped(plan: MatchPlan) -> MatchPlan:
    return replace(
        plan, covariates=tuple(replace(one, same_as={}) for one in plan.covariates)
    )


def test_a_break_is_no_difference_where_the_plan_maps_it() -> None:
    plan = MatchPlan((FACTORS, SEX))
    pairing = pair_cases(POOL, plan)
    assert [(p.contemporary_id, p.historic_id) for p in pairing.pairs] == [
        ("A", "H1"),
        ("B", "H2"),
    ]
    assert pairing.total_distance == 0
    first = next(c for c in pairing.candidates if c.contemporary_id == "A")
    assert [one.relation for one in first.comparisons] == [Relation.SAME] * 2
    # Values stay as they were recorded.
    assert [one.historic_value for one in first.comparisons] == ["2A|18A", "2"]


def test_a_plan_without_the_mapping_sees_the_break_as_a_difference() -> None:
    plan = unmapped(MatchPlan((FACTORS, SEX)))
    # A and H1: of 18A, 18B and 2A one is shared, so 2/3; sex 1; half of the sum each.
    # B and H2: nothing is shared, so 1 and 1.
    assert pair_cases(POOL, plan).total_distance == pytest.approx(5 / 6 + 1)


def test_an_exact_rule_reads_the_field_as_its_covariate_does() -> None:
    plan = MatchPlan((SEX,), exact=("sex",))
    assert len(pair_cases(POOL, plan).pairs) == 2
    assert pair_cases(POOL, unmapped(plan)).pairs == ()


def test_balance_counts_one_level_across_a_break() -> None:
    plan = MatchPlan((FACTORS,))
    levels = [r.level for r in balance_of_pairs(POOL, plan, [("A", "H1"), ("B", "H2")])]
    assert levels == ["18", "2A", "not known"]
    rows = balance_of_pairs(POOL, plan, [("A", "H1"), ("B", "H2")])
    assert (rows[0].smd_before, rows[0].smd_after) == (0.0, 0.0)


def test_a_code_read_as_one_that_means_not_known_is_a_gap() -> None:
    pool = drawn_pool("id sex\nA U", "id sex\nH1 9\nH2 1")
    plan = MatchPlan((SEX,), missing_values=("U",))
    relations = [
        comparison.relation
        for candidate in pair_cases(pool, plan).candidates
        for comparison in candidate.comparisons
    ]
    assert relations == [Relation.UNKNOWN, Relation.UNKNOWN]


def test_the_mapping_is_part_of_the_hash_whatever_its_order() -> None:
    plan = MatchPlan((FACTORS,))
    turned = replace(FACTORS, same_as=dict(reversed(SPLIT.items())))
    assert plan_hash(plan) == plan_hash(MatchPlan((turned,)))
    assert plan_hash(plan) != plan_hash(unmapped(plan))


@pytest.mark.parametrize(
    ("covariate", "found"),
    [
        (replace(FACTORS, kind=CovariateKind.NUMBER), "this is number"),
        (replace(FACTORS, same_as={"18A": "18", "18": "1"}), "*18* is what other"),
    ],
)
def test_a_mapping_that_cannot_hold_is_told(covariate: Covariate, found: str) -> None:
    (problem,) = check_settings(MatchPlan((covariate,)))
    assert found in problem.found
    assert problem.where == "Plan, covariate *factors*, same_as"


@pytest.mark.parametrize("same_as", [{}, SPLIT])
def test_a_rule_takes_sets_of_the_same_members_for_the_same(same_as) -> None:
    pool = drawn_pool(
        "id factors\nA 2A|18B\nB |", "id factors\nH1 18B|2A\nH2 |\nH3 2A|18B|2A"
    )
    covariate = Covariate("factors", CovariateKind.SET, same_as=same_as)
    pairing = pair_cases(pool, MatchPlan((covariate,), exact=("factors",), max_reuse=0))
    listed = {(c.contemporary_id, c.historic_id) for c in pairing.candidates}
    assert listed == {("A", "H1"), ("A", "H3"), ("B", "H2")}


def test_a_member_the_plan_does_not_map_stays_beside_one_it_does() -> None:
    # Without a mapping N0 is a member of the set; mapping another code changes nothing.
    pool = drawn_pool("id factors\nA 18B|N0", "id factors\nH1 18A|N0\nH2 18A")
    plan = MatchPlan((FACTORS,), missing_values=("N0",))
    distances = [c.distance for c in pair_cases(pool, plan).candidates]
    assert distances == [0.0, 0.5]
