"""Where a study stands, counted: what waits is what a person still has to judge."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_desk import a_plan, a_study_with_matches, ids_of

from coding.study import Role
from data.storage import StudyStore
from matching.account import account_of
from matching.judging.judgement import Suitability
from matching.pairing import pair_cases
from matching.plan import Window
from workbench.actions.home.home_tasks import tasks


@pytest.fixture
def study(tmp_path: Path):
    store, person, pairing = a_study_with_matches(tmp_path)
    yield store, person, pairing
    store.close()


def _judging(store: StudyStore) -> tuple[str, str]:
    listed = tasks(store.progress.counts(), Role.PRACTITIONER_RESEARCHER)
    return next((one.status, one.count) for one in listed if one.page == "judge")


def test_a_case_judged_under_an_earlier_plan_hides_none_that_waits(study) -> None:
    store, person, pairing = study
    assert _judging(store) == ("2 waiting", "0 of 3 judged, 1 without candidate")
    store.judgements.save(
        person.id,
        pairing_id=pairing.id,
        contemporary_id=ids_of(store)["C1"],
        suitability=Suitability.NOT_COMPARABLE,
        rationale="All live elsewhere.",
    )
    assert _judging(store) == ("1 waiting", "1 of 3 judged, 1 without candidate")
    # A narrower plan lists nobody for C1, which is judged, and somebody for C2.
    late = Window("referral_date", 1, 548, practice_start="2024-06-01")
    plan = store.plans.save(person.id, a_plan(window=late))
    anew = pair_cases(store.cases.case_pool(), plan.plan)
    assert {one.contemporary_id for one in anew.candidates} == {"C2"}
    store.pairings.save(person.id, plan.id, anew, account=account_of(anew))
    assert _judging(store) == ("1 waiting", "1 of 3 judged, 1 without candidate")
