"""Reasons in words: how two values stand to each other, and narratives beside them."""

from __future__ import annotations

import pytest
from promises import drawn_pool

from matching.pairing import Relation, pair_cases
from matching.plan import Covariate, CovariateKind, Distance, GapRule, MatchPlan, Method

LEVELS = ("none", "low", "medium", "high", "severe")
COVARIATES = (
    Covariate("age", CovariateKind.NUMBER, range=10.0),
    Covariate("ethnicity", CovariateKind.CATEGORY, groups={"WBRI": "W", "WIRI": "W"}),
    Covariate("needs", CovariateKind.SET),
    Covariate("severity", CovariateKind.ORDERED, levels=LEVELS),
    Covariate("help", CovariateKind.YES_NO),
)
POOL = drawn_pool(
    """
    id  age  ethnicity  needs  severity  help
    A   5    WBRI       a|b    medium    yes
    """,
    """
    id  age  ethnicity  needs  severity  help
    H1  5    WBRI       b|a    medium    y
    H2  6    WIRI       a      high      no
    H3  6.1  CHNE       a|c|d  severe    -
    H4  -    REFU       -      -         no
    """,
)
PLAN = MatchPlan(COVARIATES, missing_values=("REFU",))
SAME, SIMILAR = Relation.SAME, Relation.SIMILAR
DIFFERENT, UNKNOWN = Relation.DIFFERENT, Relation.UNKNOWN


def test_each_value_stands_to_the_other_in_one_word() -> None:
    relations = {
        c.historic_id: [comparison.relation for comparison in c.comparisons]
        for c in pair_cases(POOL, PLAN).candidates
    }
    assert relations == {
        "H1": [SAME, SAME, SAME, SAME, SAME],
        "H2": [SIMILAR, SIMILAR, SIMILAR, SIMILAR, DIFFERENT],
        "H3": [DIFFERENT, DIFFERENT, DIFFERENT, DIFFERENT, UNKNOWN],
        "H4": [UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN, DIFFERENT],
    }


def test_values_are_shown_as_recorded_and_gaps_as_nothing() -> None:
    last = pair_cases(POOL, PLAN).candidates[-1]
    assert last.historic_id == "H4"
    shown = [
        (c.covariate, c.contemporary_value, c.historic_value) for c in last.comparisons
    ]
    assert shown[:3] == [
        ("age", "5", ""),
        ("ethnicity", "WBRI", ""),
        ("needs", "a|b", ""),
    ]


def test_likeness_of_narratives_stands_beside_the_distance_and_never_in_it() -> None:
    plain = pair_cases(POOL, PLAN)
    asked = []

    def likeness(pairs):
        asked.extend(pairs)
        return [0.25] * len(pairs)

    for told in ({("A", "H2"): 0.9}, likeness):
        pairing = pair_cases(POOL, PLAN, narrative_likeness=told)
        assert pairing.pairs == plain.pairs
        assert [c.distance for c in pairing.candidates] == [
            c.distance for c in plain.candidates
        ]
        found = {c.historic_id: c.narrative_likeness for c in pairing.candidates}
        assert found["H2"] == (0.25 if callable(told) else 0.9)
        assert found["H1"] == (0.25 if callable(told) else None)
    assert sorted(asked) == [("A", f"H{n}") for n in range(1, 5)]
    assert {c.narrative_likeness for c in plain.candidates} == {None}


REASONS = drawn_pool(
    """
    id  need  age
    A   N1    5
    B   N1    6
    C   -     5
    D   N2    -
    """,
    """
    id  need  age
    H1  N1    5
    H2  N2    5
    """,
)


@pytest.mark.parametrize("distance", list(Distance))
def test_every_unpaired_case_has_its_own_reason(distance: Distance) -> None:
    age = Covariate("age", CovariateKind.NUMBER)
    plan = MatchPlan(
        (age,),
        exact=("need",),
        distance=distance,
        missing=GapRule.REFUSE,
        method=Method.NEAREST,
    )
    unpaired = {c.contemporary_id: c for c in pair_cases(REASONS, plan).unpaired}
    assert {case: (c.reason, c.ruled_out_by) for case, c in unpaired.items()} == {
        "B": (
            "1 historic case could be its partner, all given to others.",
            "max_reuse",
        ),
        "C": (
            "Its own need is not known, and not known equals nothing.",
            "exact need",
        ),
        "D": ("Its own record has a gap: age.", "gaps"),
    }
    assert unpaired["B"].nearest_id == "H1"
    assert unpaired["C"].nearest_id == unpaired["D"].nearest_id == ""


def test_a_case_whose_only_candidates_have_gaps_is_told_so() -> None:
    pool = drawn_pool("id age\nA 5", "id age\nH1 -")
    plan = MatchPlan((Covariate("age", CovariateKind.NUMBER),), missing=GapRule.REFUSE)
    (case,) = pair_cases(pool, plan).unpaired
    assert case.ruled_out_by == "gaps"
    assert case.reason.startswith("Of 1 historic case, none has a known value")
