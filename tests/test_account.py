"""The account says what was done, what is lacking, and can be written as JSON."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from promises import drawn_pool

from matching.account import account_of, effective_sample_size
from matching.cases import KnownAt
from matching.pairing import pair_cases
from matching.plan import Covariate, CovariateKind, GapRule, MatchPlan, plan_hash
from matching.sampling import Sampling, SamplingRecord

AGE = Covariate("age", CovariateKind.NUMBER, range=10.0)
POOL = drawn_pool(
    """
    id  need  age
    A   N1    5
    B   N1    6
    C   N2    6
    """,
    """
    id  need  age
    H1  N1    5
    H2  N3    5
    """,
)
PLAN = MatchPlan((AGE,), exact=("need",))


def found_in(account: dict) -> list[str]:
    return [warning["found"] for warning in account["warnings"]]


def test_the_account_counts_what_each_rule_left_and_what_came_of_it() -> None:
    account = account_of(pair_cases(POOL, PLAN))
    assert account["counts"] == {
        "contemporary": 3,
        "historic": 2,
        "rules": [
            {
                "rule": "exact need",
                "pairs_left": 2,
                "contemporary_left": 2,
                "historic_left": 1,
                "passed_by_gap": 0,
            }
        ],
    }
    assert (account["pairs"], account["unpaired"], account["seed"]) == (1, 2, 1)
    assert account["total_distance"] == 0
    assert account["plan"]["exact"] == ["need"]
    assert account["plan_hash"] == plan_hash(PLAN)
    taken, alone = account["unpaired_cases"]
    assert (taken["contemporary"], alone["contemporary"]) == ("B", "C")
    # H1 is a year of ten from B, but A has it; of the need of C there is nobody.
    assert (taken["nearest"], alone["nearest"]) == ("H1", "")
    assert taken["nearest_distance"] == pytest.approx(0.1, abs=1e-12)
    assert alone["nearest_distance"] is None
    assert found_in(account) == ["2 of 3 contemporary cases have no partner"]


def test_the_account_is_written_as_json_even_where_nothing_could_be_measured() -> None:
    pool = drawn_pool("id age\nA -", "id age\nH 5")
    plan = MatchPlan((AGE,), missing=GapRule.REFUSE)
    for locked in ({}, {"A": "H"}):
        account = account_of(pair_cases(pool, plan, locked=locked))
        again = json.loads(json.dumps(account, allow_nan=False))
        assert again == account
    assert account["accepted_pairs"] == [["A", "H"]]


def test_reuse_is_told_with_the_sample_size_it_is_worth() -> None:
    account = account_of(pair_cases(POOL, replace(PLAN, max_reuse=2)))
    assert account["historic_used"] == {
        "cases": 1,
        "most_often": 2,
        "effective_sample_size": 1.0,
    }
    # One used three times and one once: 16 over 10.
    assert effective_sample_size([3, 1]) == 1.6
    assert effective_sample_size([]) == 0


def test_cases_with_fewer_partners_than_asked_for_are_warned_of() -> None:
    account = account_of(pair_cases(POOL, replace(PLAN, ratio=2)))
    assert account["short"] == ["A"]
    assert "fewer partners than the 2" in found_in(account)[1]


def test_an_override_is_printed() -> None:
    plan = replace(PLAN, covariates=(replace(AGE, override=True),))
    pool = replace(POOL, known={**POOL.known, "age": KnownAt.DURING})
    account = account_of(pair_cases(pool, plan))
    assert account["overrides"] == ["age"]
    assert "by override" in found_in(account)[0]
    needless = replace(
        PLAN,
        covariates=(replace(AGE, override=True, known=KnownAt.AT_REFERRAL),),
    )
    assert len(found_in(account_of(pair_cases(POOL, needless)))) == 1


def test_incomplete_files_drawn_into_the_pairs_are_warned_of() -> None:
    historic = "\n".join(
        [f"G{n} - -" for n in range(10)] + [f"H{n} 2{n} M" for n in range(40)]
    )
    contemporary = "\n".join(f"C{n} 5 F" for n in range(10))
    pool = drawn_pool(f"id age sex\n{contemporary}", f"id age sex\n{historic}")
    pool = replace(
        pool,
        historic=tuple(
            replace(c, values=c.values | {"sex": "F"}) if c.id[0] == "G" else c
            for c in pool.historic
        ),
    )
    covariates = (AGE, Covariate("sex", CovariateKind.CATEGORY))
    dropped = account_of(pair_cases(pool, MatchPlan(covariates, missing=GapRule.DROP)))
    assert dropped["incomplete_historic"] == {
        "in_pool": 10,
        "pool": 50,
        "in_pairs": 10,
        "pairs": 10,
    }
    assert found_in(dropped) == [
        "100% of the paired historic files have a gap, against 20% of all"
    ]


def test_pairs_that_pass_a_caliper_for_a_gap_are_warned_of() -> None:
    pool = drawn_pool("id age\nA 5", "id age\nH1 9\nH2 -")
    plan = MatchPlan((replace(AGE, caliper=1.0),))
    account = account_of(pair_cases(pool, plan))
    assert account["counts"]["rules"][0]["passed_by_gap"] == 1
    assert found_in(account)[0].startswith("1 possible pairs passed this rule only")


CHOSEN = SamplingRecord(
    "A", "2024-06-04", "Kim", "46 referrals", "every 9th", "Z: gone"
)


def test_the_account_tells_how_the_contemporary_cases_were_chosen() -> None:
    sampling = Sampling(("A", "B", "C"), (CHOSEN,))
    account = account_of(pair_cases(POOL, PLAN), sampling=sampling)
    assert account["sampling"] == {
        "counts": {
            "contemporary": 3,
            "recorded": 1,
            "lists": 1,
            "people": 1,
            "stand_ins": 1,
            "first_drawn_on": "2024-06-04",
            "last_drawn_on": "2024-06-04",
            "by_hand": 0,
        },
        "without_record": ["B", "C"],
        "records": [
            {
                "case_id": "A",
                "drawn_on": "2024-06-04",
                "drawn_by": "Kim",
                "from": "46 referrals",
                "rule": "every 9th",
                "replaced": "Z: gone",
                "note": "",
            }
        ],
    }
    assert json.loads(json.dumps(account))["sampling"] == account["sampling"]
    assert found_in(account)[-1] == (
        "2 of 3 contemporary cases have no record of how they were chosen"
    )


def test_the_account_of_two_tables_leaves_out_how_cases_were_chosen() -> None:
    account = account_of(pair_cases(POOL, PLAN))
    assert "sampling" not in account
    assert not [found for found in found_in(account) if "chosen" in found]


def test_nothing_is_lacking_where_every_case_has_its_record() -> None:
    records = tuple(replace(CHOSEN, case_id=name) for name in "ABC")
    sampling = Sampling(("A", "B", "C"), records)
    account = account_of(pair_cases(POOL, PLAN), sampling=sampling)
    assert account["sampling"]["without_record"] == []
    assert found_in(account) == ["2 of 3 contemporary cases have no partner"]
