"""Judgements in the store: with a reason, once, locked; files open only after."""

from __future__ import annotations

import pytest
from case_desk import a_plan, a_study_with_matches, ids_of

from coding.study import Person, Role
from data.problems import DataRefused
from matching.account import account_of
from matching.cases import KnownAt
from matching.judging.judgement import Suitability
from matching.pairing import pair_cases
from matching.problems import MatchingRefused

GOOD = Suitability.GOOD_MATCH
NOBODY = Suitability.NOT_COMPARABLE


@pytest.fixture
def study(tmp_path):
    store, person, pairing = a_study_with_matches(tmp_path)
    yield store, person, pairing, ids_of(store)
    store.close()


def judge(study, one="C1", other="H4", **changes):
    store, person, pairing, ids = study
    return store.judgements.save(
        changes.pop("actor", person.id),
        **{
            "pairing_id": pairing.id,
            "contemporary_id": ids[one],
            "historic_id": ids[other] if other else "",
            "suitability": GOOD,
            "rationale": "Both neglect, same estate, mother alone.",
            "seconds_taken": 95,
            **changes,
        },
    )


def test_judgement_keeps_judge_rationale_rank_and_time_taken(study):
    saved = judge(study)
    store, person, _, ids = study
    kept = store.judgements.for_case(ids["C1"])
    assert kept == saved
    assert kept.judgement.rationale == "Both neglect, same estate, mother alone."
    assert (kept.judgement.judge, kept.judgement.chosen_rank) == ("Ama", 2)
    assert (kept.seconds_taken, kept.judge_id) == (95, person.id)
    assert kept.locked_at is not None
    assert kept.is_pair
    line = store.audit.lines()[0]
    assert line.action == "case judged"
    assert line.detail == {"suitability": "good_match", "rank": 2, "seconds": 95}


@pytest.mark.parametrize("rationale", ["", "   ", "\n\t "])
def test_judgement_without_rationale_is_refused_and_nothing_is_kept(study, rationale):
    with pytest.raises(MatchingRefused, match="rationale is empty"):
        judge(study, rationale=rationale)
    assert study[0].judgements.standing() == []


def test_no_suitable_match_is_kept_with_its_reason_and_opens_no_file(study):
    store, person, _, ids = study
    saved = judge(study, other="", suitability=NOBODY, rationale="All much older.")
    assert not saved.is_pair
    assert saved.judgement.chosen_rank is None
    for reference in ("C1", "H1", "H4"):
        with pytest.raises(DataRefused, match="stays hidden"):
            store.cases.case_file(person.id, ids[reference])


def test_case_is_judged_once(study):
    judge(study)
    with pytest.raises(DataRefused, match="judged already, by Ama"):
        judge(study, other="H1")
    assert len(study[0].judgements.standing()) == 1


def test_partner_must_be_among_those_listed(study):
    with pytest.raises(DataRefused, match="not among those listed"):
        judge(study, other="H3")


def test_historic_case_chosen_once_is_not_chosen_again_under_a_plan_of_once(study):
    store, *_, pairing, ids = study
    judge(study, other="H2")
    listed = store.pairings.candidates(pairing.id, ids["C2"])
    assert {one.candidate.historic_id: one.accepted_for for one in listed} == {
        "H3": "",
        "H2": "C1",
    }
    with pytest.raises(DataRefused, match="already chosen for another"):
        judge(study, one="C2", other="H2")


def test_matches_found_anew_meanwhile_are_not_judged_by_the_old_list(study):
    store, person, *_ = study
    plan = store.plans.save(person.id, a_plan(candidates=1))
    pairing = pair_cases(store.cases.case_pool(), plan.plan)
    store.pairings.save(person.id, plan.id, pairing, account=account_of(pairing))
    with pytest.raises(DataRefused, match="found anew"):
        judge(study)


def test_embedded_researcher_cannot_judge(study):
    store, lead, *_ = study
    other = store.study.add_person(lead.id, Person("", "Eve", Role.EMBEDDED_RESEARCHER))
    with pytest.raises(DataRefused, match="cannot judge pairs"):
        judge(study, actor=other.id)


def test_both_files_open_once_the_pair_is_judged_and_the_others_stay_shut(study):
    store, person, _, ids = study
    judge(study)
    whole = store.cases.case_file(person.id, ids["C1"])
    assert [event.event for event in whole.events] == [
        "Referral",
        "Family group conference",
    ]
    assert [note.date for note in whole.later_notes] == ["2024-11-18"]
    outcomes = {
        fact.field.name: fact.value for fact in whole.facts_known(KnownAt.OUTCOME)
    }
    assert outcomes == {"closed_date": "2024-11-22", "closure_reason": "RC7"}
    assert store.cases.case_file(person.id, ids["H4"]).reference == "H4"
    for reference in ("C2", "H1", "H2", "H3"):
        with pytest.raises(DataRefused, match="stays hidden"):
            store.cases.case_file(person.id, ids[reference])


def test_first_reading_is_kept_and_later_ones_leave_it(study):
    store, person, _, ids = study
    judge(study)
    store.cases.case_file(person.id, ids["C1"])
    first = store.judgements.for_case(ids["C1"]).opened_at
    assert first is not None
    assert store.audit.lines()[0].action == "files opened"
    store.cases.case_file(person.id, ids["H4"])
    assert store.judgements.for_case(ids["C1"]).opened_at == first
    assert [line.action for line in store.audit.lines()].count("files opened") == 1


def test_debrief_team_reads_files_a_judge_has_opened_and_no_others(study):
    store, lead, _, ids = study
    reader = store.study.add_person(lead.id, Person("", "Dee", Role.DEBRIEF_TEAM))
    judge(study)
    with pytest.raises(DataRefused, match="cannot judge pairs"):
        store.cases.case_file(reader.id, ids["C1"])
    store.cases.case_file(lead.id, ids["C1"])
    assert store.cases.case_file(reader.id, ids["C1"]).reference == "C1"


def test_judgement_taken_back_stays_on_record_and_the_case_is_judged_anew(study):
    store, person, _, ids = study
    first = judge(study)
    store.judgements.take_back(person.id, first.id, "I misread the age.")
    assert store.judgements.for_case(ids["C1"]) is None
    with pytest.raises(DataRefused, match="stays hidden"):
        store.cases.case_file(person.id, ids["C1"])
    second = judge(study, other="H1")
    assert store.judgements.standing() == [second]
    (kept,) = store.judgements.taken_back(ids["C1"])
    assert (kept.id, kept.taken_back_reason) == (first.id, "I misread the age.")


def test_judgement_stands_once_what_came_later_was_read(study):
    store, person, _, ids = study
    saved = judge(study)
    store.cases.case_file(person.id, ids["C1"])
    with pytest.raises(DataRefused, match="this judgement stands"):
        store.judgements.take_back(person.id, saved.id, "I misread the age.")
    assert store.judgements.for_case(ids["C1"]).id == saved.id


def test_judgement_is_taken_back_by_its_judge_only_and_with_a_reason(study):
    store, lead, *_ = study
    saved = judge(study)
    other = store.study.add_person(
        lead.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    with pytest.raises(DataRefused, match="Only the judge"):
        store.judgements.take_back(other.id, saved.id, "I would not have.")
    with pytest.raises(DataRefused, match="not said why"):
        store.judgements.take_back(lead.id, saved.id, "  ")
    assert len(store.judgements.standing()) == 1


def test_opened_files_are_shut_to_anyone_who_is_not_of_the_study(study):
    store, person, _, ids = study
    judge(study)
    store.cases.case_file(person.id, ids["C1"])
    with pytest.raises(DataRefused, match="not in the study"):
        store.cases.case_file("nobody", ids["C1"])


# H2 is listed for C1 and for C2; with reuse, both may choose it.


def pair_anew(study, **changes):
    store, person, _, ids = study
    plan = store.plans.save(person.id, a_plan(**changes), reason="Files were scarce.")
    accepted = {
        one.judgement.contemporary_id: one.judgement.historic_id
        for one in store.judgements.standing()
        if one.is_pair
    }
    pairing = store.pairings.save(
        person.id,
        plan.id,
        pair_cases(store.cases.case_pool(), plan.plan, locked=accepted),
        account={},
        accepted=accepted,
    )
    return store, person, pairing, ids


@pytest.mark.parametrize("max_reuse", [0, 2])
def test_files_stay_shut_while_another_case_could_choose_the_same_partner(
    study, max_reuse
):
    study = pair_anew(study, max_reuse=max_reuse)
    store, person, _, ids = study
    saved = judge(study, other="H2")
    assert store.judgements.to_judge_first(saved.id) == ["C2"]
    for reference in ("H2", "C1"):
        with pytest.raises(DataRefused) as refused:
            store.cases.case_file(person.id, ids[reference])
        (problem,) = refused.value.problems
        assert "while others still judge with the historic case" in problem.found
        assert problem.do_next == "Judge these first: C2; then both files open."
    assert store.judgements.for_case(ids["C1"]).opened_at is None
    # Judged by whomever, with another partner, the same or none: nobody waits.
    other = store.study.add_person(
        person.id, Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    judge(study, one="C2", other="H2", actor=other.id)
    assert store.judgements.to_judge_first(saved.id) == []
    assert store.cases.case_file(person.id, ids["H2"]).reference == "H2"
    assert store.cases.case_file(person.id, ids["C1"]).reference == "C1"


def test_files_of_a_partner_listed_for_nobody_else_open_at_once(study):
    study = pair_anew(study, max_reuse=0)
    store, person, _, ids = study
    judge(study, other="H4")
    assert store.cases.case_file(person.id, ids["H4"]).reference == "H4"


def test_partner_used_as_often_as_the_plan_allows_keeps_nobody_waiting(study):
    store, person, _, ids = study
    saved = judge(study, other="H2")
    assert store.judgements.to_judge_first(saved.id) == []
    assert store.cases.case_file(person.id, ids["H2"]).reference == "H2"


def test_judgement_taken_back_shuts_what_was_not_yet_opened(study):
    study = pair_anew(study, max_reuse=0)
    store, person, _, ids = study
    judge(study, other="H2")
    second = judge(study, one="C2", other="H3")
    store.judgements.take_back(person.id, second.id, "I misread the age.")
    with pytest.raises(DataRefused, match="others still judge"):
        store.cases.case_file(person.id, ids["H2"])


def test_partner_whose_file_was_opened_is_never_chosen_again(study):
    # Opened under a plan of once; a plan of any number then lists it for C2.
    store, person, _, ids = study
    judge(study, other="H2")
    store.cases.case_file(person.id, ids["H2"])
    study = pair_anew(study, max_reuse=0)
    listed = store.pairings.candidates(study[2].id, ids["C2"])
    assert {one.candidate.historic_id: one.may_be_chosen for one in listed} == {
        "H3": True,
        "H2": False,
    }
    with pytest.raises(DataRefused, match="What came later in this historic case"):
        judge(study, one="C2", other="H2")
    assert store.judgements.for_case(ids["C2"]) is None
    # It cannot be judged with any more, so whoever reads it harms no judgement.
    assert store.cases.case_file(person.id, ids["H2"]).reference == "H2"
