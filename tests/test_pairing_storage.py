"""Pairings in the store: everything a judge is shown comes back as it was shown."""

from __future__ import annotations

import pytest
from case_desk import a_plan, a_study_with_matches, ids_of

from data.problems import DataRefused
from matching.account import account_of
from matching.judging.judgement import Suitability
from matching.pairing import Relation, pair_cases


@pytest.fixture
def study(tmp_path):
    store, person, pairing = a_study_with_matches(tmp_path)
    yield store, person, pairing
    store.close()


def test_candidates_come_back_in_the_order_shown_with_values_and_shares(study):
    store, _, pairing = study
    listed = store.pairings.candidates(pairing.id, ids_of(store)["C1"])
    assert [one.candidate.historic_id for one in listed] == ["H1", "H4", "H2"]
    assert [one.candidate.rank for one in listed] == [1, 2, 3]
    first = {line.covariate: line for line in listed[0].candidate.comparisons}
    assert first["locality"].relation == Relation.SAME
    assert first["locality"].historic_value == "Sallowby"
    assert listed[0].candidate.days_earlier == 370
    assert sum(line.share for line in first.values()) == pytest.approx(1)


def test_gap_of_a_candidate_is_unknown_and_not_different(study):
    store, _, pairing = study
    listed = store.pairings.candidates(pairing.id, ids_of(store)["C2"])
    closest = listed[0].candidate
    assert closest.historic_id == "H3"
    relations = {line.covariate: line.relation for line in closest.comparisons}
    assert relations["previous_referrals"] == Relation.UNKNOWN


def test_partner_chosen_over_all_cases_is_marked(study):
    store, _, pairing = study
    assert [
        (p.contemporary_id, p.historic_id) for p in store.pairings.pairs(pairing.id)
    ] == [
        ("C1", "H1"),
        ("C2", "H3"),
    ]
    listed = store.pairings.candidates(pairing.id, ids_of(store)["C1"])
    assert [one.is_chosen_by_plan for one in listed] == [True, False, False]
    assert store.pairings.plans_choice(pairing.id, ids_of(store)["C2"]) == ["H3"]


def test_unpaired_case_keeps_its_reason(study):
    store, _, pairing = study
    (unpaired,) = store.pairings.unpaired(pairing.id)
    assert unpaired.reference == "C3"
    assert "none has the same primary need" in unpaired.reason


def test_queue_lists_each_contemporary_case_with_what_it_waits_for(study):
    store, _, _ = study
    queue = store.pairings.queue()
    assert [(one.reference, one.candidates, one.waits) for one in queue] == [
        ("C1", 3, True),
        ("C2", 2, True),
        ("C3", 0, False),
    ]
    assert queue[2].unpaired_because


def test_account_and_balance_come_back_as_they_were_written(study):
    store, _, pairing = study
    latest = store.pairings.latest()
    assert (latest.number, latest.plan_number, latest.run_by) == (1, 1, "Ama")
    assert latest.account["pairs"] == 2
    assert latest.account["counts"]["contemporary"] == 3
    assert {line["covariate"] for line in latest.balance} == {
        "age_at_referral",
        "locality",
        "previous_referrals",
    }


def test_newest_pairing_is_the_one_that_is_judged(study):
    store, person, _ = study
    plan = store.plans.save(person.id, a_plan(exact=()))
    pairing = pair_cases(store.cases.case_pool(), plan.plan)
    saved = store.pairings.save(
        person.id, plan.id, pairing, account=account_of(pairing)
    )
    assert (saved.number, saved.plan_number) == (2, 2)
    assert store.pairings.latest() == saved
    assert store.pairings.queue()[2].candidates > 0


def test_pairing_of_a_plan_that_was_never_saved_is_refused(study):
    store, person, _ = study
    pairing = pair_cases(store.cases.case_pool(), a_plan())
    with pytest.raises(DataRefused, match="plan of this pairing is not in the study"):
        store.pairings.save(person.id, "nowhere", pairing, account={})
    assert store.pairings.latest().number == 1


def test_only_standing_pairs_of_other_cases_are_named_beside_a_candidate(study):
    store, person, pairing = study
    ids = ids_of(store)

    def judge(one, other, suitability):
        return store.judgements.save(
            person.id,
            pairing_id=pairing.id,
            contemporary_id=ids[one],
            historic_id=ids[other],
            suitability=suitability,
            rationale="They are of one age.",
        )

    def named(one):
        listed = store.pairings.candidates(pairing.id, ids[one])
        return {c.candidate.historic_id: c.accepted_for for c in listed}

    first = judge("C1", "H2", Suitability.GOOD_MATCH)
    assert named("C2") == {"H3": "", "H2": "C1"}
    # Its own partner is not "chosen for another".
    assert named("C1") == {"H1": "", "H4": "", "H2": ""}
    store.judgements.take_back(person.id, first.id, "I misread the age.")
    assert named("C2") == {"H3": "", "H2": ""}
    judge("C1", "H2", Suitability.CANNOT_TELL)
    assert named("C2") == {"H3": "", "H2": ""}
