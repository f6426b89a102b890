"""Pairs of small tables checked by hand, and the promises on generated tables."""

from __future__ import annotations

import math
import random
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from promises import (
    assert_sound_pairing,
    best_by_trying_all,
    drawn_pool,
    eligible_pairs,
    pairs_of,
)

from matching.cases import Case, CasePool, Era, KnownAt
from matching.choosing import optimal
from matching.pairing import pair_cases
from matching.plan import (
    Covariate,
    CovariateKind,
    Distance,
    GapRule,
    MatchPlan,
    Method,
    Window,
)
from matching.problems import MatchingRefused

NUMBER, CATEGORY = CovariateKind.NUMBER, CovariateKind.CATEGORY
AGE = Covariate("age", NUMBER, range=10.0)

# Greedy takes 13 for A first and leaves B with 20; together 12 and 13 are nearer.
GREED = drawn_pool(
    """
    id  age
    A   12
    B   13
    """,
    """
    id  age
    H1  13
    H2  10
    """,
)


def test_optimal_gives_up_a_closest_partner_for_a_smaller_total() -> None:
    pairing = pair_cases(GREED, MatchPlan((AGE,)))
    assert pairs_of(pairing) == {"A": "H2", "B": "H1"}
    assert pairing.total_distance == pytest.approx(0.2 + 0.0)
    assert_sound_pairing(pairing, GREED)


def test_nearest_goes_down_the_file_and_does_not_go_back() -> None:
    pairing = pair_cases(GREED, MatchPlan((AGE,), method=Method.NEAREST))
    assert pairs_of(pairing) == {"A": "H1", "B": "H2"}
    assert pairing.total_distance == pytest.approx(0.1 + 0.3)
    assert_sound_pairing(pairing, GREED)


def test_nearest_follows_the_order_of_the_contemporary_file() -> None:
    turned = replace(GREED, contemporary=GREED.contemporary[::-1])
    pairing = pair_cases(turned, MatchPlan((AGE,), method=Method.NEAREST))
    assert pairs_of(pairing) == {"B": "H1", "A": "H2"}
    assert [pair.contemporary_id for pair in pairing.pairs] == ["B", "A"]


def test_the_most_pairs_come_before_the_least_distance() -> None:
    pool = drawn_pool(
        """
        id  need  age
        A   N1    10
        B   N1    19
        """,
        """
        id  need  age
        H1  N1    10
        """,
    )
    wide = drawn_pool(
        """
        id  age
        A   10
        B   12
        """,
        """
        id  age
        H1  10
        H2  4
        """,
    )
    # A with H1 and nobody for B would cost nothing; two pairs are preferred.
    plan = MatchPlan((replace(AGE, caliper=6.0),))
    pairing = pair_cases(wide, plan)
    assert pairs_of(pairing) == {"A": "H2", "B": "H1"}
    assert_sound_pairing(pairing, wide)
    assert pairs_of(pair_cases(pool, MatchPlan((AGE,), exact=("need",)))) == {"A": "H1"}


def test_ids_with_leading_zeros_stay_apart_and_order_as_text() -> None:
    pool = drawn_pool(
        """
        id   age
        007  10
        """,
        """
        id   age
        12   10
        012  10
        0012 10
        """,
    )
    for method in Method:
        pairing = pair_cases(pool, MatchPlan((AGE,), method=method))
        assert pairs_of(pairing) == {"007": "0012"}
    assert [c.historic_id for c in pairing.candidates] == ["0012", "012", "12"]
    assert [c.is_tied for c in pairing.candidates] == [True, True, True]


def test_a_ratio_of_two_gives_everybody_a_first_partner_before_any_second() -> None:
    pool = drawn_pool(
        """
        id  age
        A   10
        B   10
        """,
        """
        id  age
        H1  10
        H2  11
        H3  12
        """,
    )
    plan = MatchPlan((AGE,), ratio=2, method=Method.NEAREST)
    pairing = pair_cases(pool, plan)
    made = [(p.contemporary_id, p.historic_id) for p in pairing.pairs]
    assert made == [("A", "H1"), ("A", "H3"), ("B", "H2")]
    assert pairing.short == ("B",)
    assert_sound_pairing(pairing, pool)


def test_reuse_without_limit_gives_everybody_their_closest() -> None:
    plan = MatchPlan((AGE,), max_reuse=0)
    pairing = pair_cases(GREED, plan)
    assert pairs_of(pairing) == {"A": "H1", "B": "H1"}
    assert_sound_pairing(pairing, GREED)


def test_an_accepted_pair_stays_and_the_rest_is_chosen_around_it() -> None:
    for method in Method:
        plan = MatchPlan((AGE,), method=method)
        pairing = pair_cases(GREED, plan, locked={"B": "H2"})
        assert pairs_of(pairing) == {"A": "H1", "B": "H2"}
        assert pairing.locked == (("B", "H2"),)
        assert not pairing.warnings


def test_an_accepted_pair_against_the_plan_is_kept_and_said() -> None:
    plan = MatchPlan((replace(AGE, caliper=1.0),))
    pairing = pair_cases(GREED, plan, locked={"B": "H2"})
    assert pairs_of(pairing) == {"A": "H1", "B": "H2"}
    assert [w.where for w in pairing.warnings] == ["Pair B with H2"]
    assert "caliper age" in pairing.warnings[0].found


def test_an_accepted_pair_that_cannot_be_measured_adds_no_distance() -> None:
    pool = drawn_pool(
        """
        id  age
        A   10
        B   -
        """,
        """
        id  age
        H1  11
        H2  10
        """,
    )
    plan = MatchPlan((AGE,), missing=GapRule.REFUSE)
    pairing = pair_cases(pool, plan, locked={"B": "H2"})
    assert math.isnan(pairing.pairs[1].distance)
    assert pairing.total_distance == pytest.approx(0.1)


def test_an_accepted_pair_of_a_case_that_left_is_refused_in_words() -> None:
    with pytest.raises(MatchingRefused) as refusal:
        pair_cases(GREED, MatchPlan((AGE,)), locked={"A": "H9"})
    assert [p.where for p in refusal.value.problems] == ["Pair A with H9"]


def test_a_partner_accepted_as_one_of_two_is_not_given_twice() -> None:
    for reuse, method in product((0, 1, 2), Method):
        plan = MatchPlan((AGE,), ratio=2, max_reuse=reuse, method=method)
        pairing = pair_cases(GREED, plan, locked={"A": "H1"})
        made = [(p.contemporary_id, p.historic_id) for p in pairing.pairs]
        assert ("A", "H1") in made
        assert len(set(made)) == len(made)


def test_a_rejected_pair_is_neither_listed_nor_made_again() -> None:
    pairing = pair_cases(
        GREED, MatchPlan((AGE,)), rejected=[("B", "H1"), ("left", "H1")]
    )
    assert pairs_of(pairing) == {"A": "H1", "B": "H2"}
    listed = [(c.contemporary_id, c.historic_id) for c in pairing.candidates]
    assert listed == [("A", "H1"), ("A", "H2"), ("B", "H2")]
    assert pairing.steps[-1].rule == "rejected"
    assert pairing.steps[-1].pairs_left == 3


def test_cancelling_stops_the_pairing() -> None:
    told = []

    def progress(step: str, done: int, total: int) -> None:
        told.append((step, done, total))
        if step == "Choosing pairs":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pair_cases(GREED, MatchPlan((AGE,)), progress=progress)
    assert told == [("Comparing cases", 2, 2), ("Choosing pairs", 0, 1)]


def test_without_historic_cases_everybody_is_unpaired_with_that_reason() -> None:
    pool = replace(GREED, historic=())
    for method in Method:
        pairing = pair_cases(pool, MatchPlan((AGE,), method=method))
        assert not pairing.pairs
        reasons = {case.reason for case in pairing.unpaired}
        assert reasons == {"There are no historic cases."}


def test_without_contemporary_cases_the_pairing_is_empty() -> None:
    pool = replace(GREED, contemporary=())
    pairing = pair_cases(pool, MatchPlan((AGE,)))
    assert (pairing.pairs, pairing.unpaired, pairing.candidates) == ((), (), ())


def test_one_case_each_all_equal_is_a_pair_at_distance_nothing() -> None:
    pool = drawn_pool("id age\nA 10", "id age\nH1 10")
    for distance in Distance:
        pairing = pair_cases(pool, MatchPlan((AGE,), distance=distance))
        assert pairs_of(pairing) == {"A": "H1"}
        assert pairing.total_distance == 0


# Generated tables: few distinct values, so that ties and gaps are common.
VALUES = {
    "age": st.sampled_from(["", "3", "7.5", "12", "12.1", "16"]),
    "need": st.sampled_from(["", "N1", "N1", "N2", "N0"]),
    "ethnicity": st.sampled_from(["", "WBRI", "WIRI", "CHNE", "REFU"]),
    "family": st.sampled_from(["", "f1", "f2", "f3"]),
    "referred": st.sampled_from(
        ["", "2014-01-01", "2014-12-31", "2015-09-30", "2015-10-01", "2016-03-01"]
    ),
    "disability": st.sampled_from(
        ["", "|", "AUT", "AUT|LD", "LD | MOB", "AUT|N0", "N0", "LD|AUT"]
    ),
    "severity": st.sampled_from(["", "low", "medium", "high"]),
    "early_help": st.sampled_from(["", "yes", "No", "1", "0"]),
}
MARKS = dict.fromkeys(VALUES, KnownAt.AT_REFERRAL)


def tables(most: int) -> st.SearchStrategy[list[dict[str, str]]]:
    return st.lists(st.fixed_dictionaries(VALUES), min_size=1, max_size=most)


def pools(contemporary: int = 4, historic: int = 6) -> st.SearchStrategy[CasePool]:
    return st.builds(_pool, tables(contemporary), tables(historic))


def _pool(left: list[dict[str, str]], right: list[dict[str, str]]) -> CasePool:
    # Ids whose order as text is not their order as numbers.
    return CasePool(
        tuple(Case(f"{n}", Era.CONTEMPORARY, v) for n, v in enumerate(left, 8)),
        tuple(Case(f"{n}", Era.HISTORIC, v) for n, v in enumerate(right, 8)),
        MARKS,
    )


COVARIATES = (
    Covariate("age", NUMBER, weight=2.0),
    Covariate("ethnicity", CATEGORY, groups={"WBRI": "White", "WIRI": "White"}),
    Covariate("disability", CovariateKind.SET, weight=0.1),
    Covariate("severity", CovariateKind.ORDERED, levels=("low", "medium", "high")),
    Covariate("early_help", CovariateKind.YES_NO, weight=0.7),
)
# Codes of a changed list, read as one; REFU and N0 mean not known in half the plans.
SAME_AS = {
    "ethnicity": (
        {},
        {"WIRI": "WBRI"},
        {"WBRI": "W", "WIRI": "W"},
        {"CHNE": "REFU"},
        {"REFU": "CHNE"},
    ),
    "disability": (
        {},
        {"AUT": "LD"},
        {"AUT": "AUT+", "LD": "AUT+"},
        {"AUT": "N0", "LD": "N0"},
    ),
    "severity": ({}, {"medium": "high"}),
}
WINDOWS = (
    None,
    Window("referred", 1, 548),
    Window("referred", 0, 1000, "2015-10-01"),
    Window("referred", 1, 800, "2015-10-01", 180),
)


@st.composite
def plans(draw: st.DrawFn) -> MatchPlan:
    covariates = draw(
        st.lists(
            st.sampled_from(COVARIATES), min_size=1, unique_by=lambda c: c.name
        ).map(tuple)
    )
    calipers = {
        "age": draw(st.sampled_from([None, 4.5, 0.0])),
        "severity": draw(st.sampled_from([None, 1.0])),
    }
    return MatchPlan(
        tuple(
            replace(
                c,
                caliper=calipers.get(c.name),
                same_as=draw(st.sampled_from(SAME_AS.get(c.name, ({},)))),
            )
            for c in covariates
        ),
        exact=draw(
            st.sampled_from([(), ("need",), ("need", "early_help"), ("ethnicity",)])
        ),
        different=draw(st.sampled_from([(), ("family",), ("disability",)])),
        missing_values=draw(st.sampled_from([(), ("N0", "REFU")])),
        window=draw(st.sampled_from(WINDOWS)),
        method=draw(st.sampled_from(list(Method))),
        missing=draw(st.sampled_from(list(GapRule))),
        ratio=draw(st.sampled_from([1, 1, 1, 2])),
        max_reuse=draw(st.sampled_from([1, 1, 1, 2, 0])),
        candidates=draw(st.sampled_from([2, 10])),
        caliper=draw(st.sampled_from([None, None, 0.5, 0.25])),
    )


generated = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def paired(pool: CasePool, plan: MatchPlan):
    """The pairing, or nothing where the plan does not suit these cases."""
    try:
        return pair_cases(pool, plan)
    except MatchingRefused as refusal:
        # A column may come out wholly empty; that is refused in words.
        found = {problem.found for problem in refusal.problems}
        assert found == {"no case of either era has a known value"}
        return None


@generated
@given(pools(), plans())
def test_every_pairing_keeps_its_promises(pool: CasePool, plan: MatchPlan) -> None:
    pairing = paired(pool, plan)
    if pairing is not None:
        assert_sound_pairing(pairing, pool)


@generated
@given(pools(), plans())
def test_optimal_is_what_trying_every_choice_finds(
    pool: CasePool, plan: MatchPlan
) -> None:
    plan = replace(plan, method=Method.OPTIMAL)
    pairing = paired(pool, plan)
    if pairing is not None:
        count, total = best_by_trying_all(pool, plan, eligible_pairs(pool, plan))
        assert len(pairing.pairs) == count
        assert pairing.total_distance == pytest.approx(total, abs=1e-9)


@generated
@given(pools(6, 8), plans(), st.randoms(use_true_random=False))
def test_shuffling_rows_changes_nothing_for_optimal(
    pool: CasePool, plan: MatchPlan, chance: random.Random
) -> None:
    for distance in Distance:
        asked = replace(plan, method=Method.OPTIMAL, distance=distance)
        if distance is Distance.MAHALANOBIS:
            plain = tuple(replace(c, weight=1.0) for c in plan.covariates)
            asked = replace(asked, covariates=plain, caliper=None)
        first = paired(pool, asked)
        shuffled = replace(
            pool,
            contemporary=tuple(
                chance.sample(pool.contemporary, len(pool.contemporary))
            ),
            historic=tuple(chance.sample(pool.historic, len(pool.historic))),
        )
        second = paired(shuffled, asked)
        if first is None or second is None:
            assert first is second
            continue
        assert sorted(first.pairs, key=repr) == sorted(second.pairs, key=repr)
        assert first.total_distance == second.total_distance
        assert first.steps == second.steps
        assert sorted(first.candidates, key=repr) == sorted(second.candidates, key=repr)
        assert first.balance == second.balance


@generated
@given(pools(), plans())
def test_a_wider_caliper_never_makes_fewer_pairs_eligible(
    pool: CasePool, plan: MatchPlan
) -> None:
    narrow = replace(plan, caliper=0.3)
    wide = replace(plan, caliper=0.6)
    first, second = paired(pool, narrow), paired(pool, wide)
    if first is not None and second is not None:
        assert first.steps[-1].rule == second.steps[-1].rule == "caliper"
        assert first.steps[-1].pairs_left <= second.steps[-1].pairs_left


@generated
@given(pools(7, 9), plans())
def test_short_lists_that_are_proved_give_the_whole_optimum(
    pool: CasePool, plan: MatchPlan
) -> None:
    """With lists of one the proof has to ask for more, and the end is the same."""
    plan = replace(plan, method=Method.OPTIMAL, candidates=1, ratio=1)
    for contested, cells in ((0.0, 10_000), (2.0, 0)):
        patch = pytest.MonkeyPatch()
        with patch.context() as patched:
            patched.setattr("matching.candidates.SHORT_LIST", 1)
            patched.setattr(optimal, "_CONTESTED", contested)
            patched.setattr(optimal, "DENSE_CELLS", cells)
            pairing = paired(pool, plan)
        whole = paired(pool, plan)
        if pairing is None or whole is None:
            assert pairing is whole
            continue
        assert len(pairing.pairs) == len(whole.pairs)
        assert pairing.total_distance == pytest.approx(whole.total_distance, abs=1e-9)


def a_crowd(contemporary: int, historic: int, seed: int, ages: int = 400) -> CasePool:
    chance = random.Random(seed)

    def some(era: Era, count: int, letter: str) -> tuple[Case, ...]:
        return tuple(
            Case(
                f"{letter}{n}",
                era,
                {
                    "age": str(chance.randrange(ages)),
                    "sex": chance.choice("MF"),
                    "need": chance.choice(["N1", "N2"]),
                },
            )
            for n in range(count)
        )

    names = ("age", "sex", "need")
    return CasePool(
        some(Era.CONTEMPORARY, contemporary, "c"),
        some(Era.HISTORIC, historic, "h"),
        dict.fromkeys(names, KnownAt.AT_REFERRAL),
    )


CROWD_PLAN = MatchPlan(
    (Covariate("age", NUMBER, range=400.0, caliper=40.0), Covariate("sex", CATEGORY)),
    exact=("need",),
)


@pytest.mark.parametrize("dense", [True, False], ids=["whole table", "longer lists"])
@pytest.mark.parametrize("historic", [160, 200, 600])
def test_scarce_partners_are_shared_out_as_scipy_does_on_the_whole_table(
    historic: int, dense: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    import numpy as np
    from scipy.optimize import linear_sum_assignment

    pool = a_crowd(180, historic, seed=historic)
    if not dense:
        monkeypatch.setattr(optimal, "DENSE_CELLS", 0)
    monkeypatch.setattr("matching.candidates.SHORT_LIST", 12)
    pairing = pair_cases(pool, CROWD_PLAN)
    eligible = eligible_pairs(pool, CROWD_PLAN)
    never = 1_000.0
    costs = np.full((180, historic), never)
    for (one, other), distance in eligible.items():
        costs[int(one[1:]), int(other[1:])] = distance
    rows, columns = linear_sum_assignment(costs)
    kept = costs[rows, columns] < never
    assert len(pairing.pairs) == kept.sum() > 100
    assert pairing.total_distance == pytest.approx(
        costs[rows, columns][kept].sum(), abs=1e-9
    )
    assert len({pair.historic_id for pair in pairing.pairs}) == len(pairing.pairs)


@pytest.mark.parametrize("dense", [True, False], ids=["whole table", "longer lists"])
def test_accepted_pairs_stay_fixed_where_partners_are_scarce(
    dense: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = a_crowd(60, 70, seed=11)
    plan = replace(CROWD_PLAN, candidates=1)
    locked = {
        pair.contemporary_id: pair.historic_id
        for pair in pair_cases(pool, plan).pairs[:20]
    }
    if not dense:
        monkeypatch.setattr(optimal, "DENSE_CELLS", 0)
    monkeypatch.setattr("matching.candidates.SHORT_LIST", 1)
    monkeypatch.setattr(optimal, "_CONTESTED", 0.0)
    around = pair_cases(pool, plan, locked=locked)
    whole = pair_cases(pool, plan)
    # What was best with these pairs free is best with them fixed.
    assert len(around.pairs) == len(whole.pairs) > 40
    assert around.total_distance == pytest.approx(whole.total_distance, abs=1e-9)
    assert locked.items() <= pairs_of(around).items()


def test_a_short_list_that_an_accepted_pair_has_emptied_is_made_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("matching.candidates.SHORT_LIST", 1)
    pool = drawn_pool(
        """
        id  age
        A   10
        B   10
        C   10
        """,
        """
        id  age
        H1  10
        H2  10
        H3  13
        """,
    )
    # The list of B names H1 and H2, and both are taken.
    for cells in (100, 0):
        monkeypatch.setattr(optimal, "DENSE_CELLS", cells)
        plan = MatchPlan((AGE,), candidates=1)
        pairing = pair_cases(pool, plan, locked={"A": "H1", "C": "H2"})
        assert pairs_of(pairing) == {"A": "H1", "B": "H3", "C": "H2"}


def test_an_accepted_pair_is_not_chosen_again_where_cases_are_used_twice() -> None:
    pool = drawn_pool("id age\nA 10\nB 10", "id age\nH1 10\nH2 10\nH3 13")
    twice = MatchPlan((AGE,), candidates=1, ratio=2, max_reuse=2)
    for method in Method:
        asked = replace(twice, method=method)
        made = pair_cases(pool, asked, locked={"A": "H1", "B": "H2"}).pairs
        ids = [(p.contemporary_id, p.historic_id) for p in made]
        assert sorted(ids) == [("A", "H1"), ("A", "H2"), ("B", "H1"), ("B", "H2")]


def test_greedy_choice_goes_beyond_a_list_whose_cases_are_all_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool = a_crowd(60, 80, seed=3)
    plan = replace(CROWD_PLAN, method=Method.NEAREST, candidates=1)
    monkeypatch.setattr("matching.candidates.SHORT_LIST", 1)
    assert_sound_pairing(pair_cases(pool, plan), pool)


def test_several_partners_each_used_several_times_are_solved_on_longer_lists(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pool = a_crowd(30, 12, seed=5, ages=30)
    plan = replace(CROWD_PLAN, ratio=2, max_reuse=3)
    whole = pair_cases(pool, plan)
    assert_sound_pairing(whole, pool)
    monkeypatch.setattr("matching.candidates.SHORT_LIST", 2)
    short = pair_cases(pool, replace(plan, candidates=1))
    assert len(short.pairs) == len(whole.pairs) > 20
    assert short.total_distance == pytest.approx(whole.total_distance, abs=1e-9)
