"""Two judges of a case: blind, locked when alike, reconciled when not."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from two_judges import CARE, GOOD, NOT, Desk, read_by_two

from data.problems import DataRefused
from matching.problems import MatchingRefused


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = read_by_two(tmp_path)
    yield made
    made.store.close()


def test_setting_is_the_study_leads_and_every_change_is_kept(desk):
    store, pat, ama = desk.store, desk.people["Pat"], desk.people["Ama"]
    assert store.judging.setting().judges == 2
    with pytest.raises(DataRefused, match="cannot change the study"):
        store.judging.set_judges(pat.id, 1, seen=1)
    with pytest.raises(DataRefused, match="Someone else changed"):
        store.judging.set_judges(ama.id, 1, seen=0)
    store.judging.set_judges(ama.id, 1, seen=1)
    assert [(one.number, one.judges, one.set_by) for one in store.judging.settings()]
    assert [one.judges for one in store.judging.settings()] == [2, 1]
    assert store.audit.lines()[0].detail == {"was": 2, "judges": 1}


def test_first_judgement_alone_locks_nothing_and_opens_no_file(desk):
    saved = desk.first(words="gnn", choice="H1")
    store, ids = desk.store, desk.ids
    assert saved.locked_at is None
    assert store.judgements.standing() == []
    assert store.judgements.for_case(ids["C1"]) is None
    assert store.progress.counts().cases_judged == 0
    for reference in ("C1", "H1"):
        with pytest.raises(DataRefused, match="stays hidden"):
            store.cases.case_file(desk.people["Ama"].id, ids[reference])
    assert store.pairings.queue()[0].waits


def test_two_who_say_the_same_lock_the_pair_and_both_readings_stay(desk):
    desk.first(words="gnn", choice="H1")
    desk.second(words="gcn", choice="H1", rationale="Both seven, both neglect.")
    (decided,) = desk.store.judgements.standing()
    assert (decided.given_as, decided.judgement.historic_id) == (1, "H1")
    assert decided.is_pair
    assert not decided.may_be_taken_back
    one, other = desk.store.judging.readings(desk.people["Ama"].id, desk.ids["C1"])
    assert other.locked_at is None
    assert other.judgement.rationale == "Both seven, both neglect."
    assert dict(other.verdicts) == {
        desk.ids["H1"]: GOOD,
        desk.ids["H4"]: CARE,
        desk.ids["H2"]: NOT,
    }
    pat = desk.people["Pat"].id
    assert desk.store.cases.case_file(pat, desk.ids["H1"]).reference == "H1"


@pytest.mark.parametrize(
    ("words", "choice"), [("ggn", "H4"), ("cnn", "H1"), ("nnn", "")]
)
def test_another_choice_or_another_word_on_it_is_a_difference(desk, words, choice):
    desk.first(words="gnn", choice="H1")
    desk.second(words=words, choice=choice)
    assert desk.store.judgements.standing() == []
    assert desk.stage("Ama") == desk.stage("Pat") == desk.stage("Eve") == "reconcile"
    assert desk.stage("Bo") == "being_reconciled"
    with pytest.raises(DataRefused, match="stays hidden"):
        desk.store.cases.case_file(desk.people["Ama"].id, desk.ids["C1"])


def test_nobody_chosen_by_either_is_the_same_and_no_pair(desk):
    desk.first(words="nnn")
    desk.second(words="?nn")
    (decided,) = desk.store.judgements.standing()
    assert not decided.is_pair
    assert desk.stage("Pat") == "through"


def reconcile(desk, who, choice="H4", **changes):
    return desk.store.reconciling.save(
        desk.people[who].id,
        desk.ids["C1"],
        **{
            "historic_id": desk.ids[choice] if choice else "",
            "suitability": CARE if choice else NOT,
            "rationale": "After reading both again: the younger one.",
            **changes,
        },
    )


def differ(desk):
    desk.first(words="ggn", choice="H1")
    desk.second(words="ggn", choice="H4")


def test_difference_is_reconciled_by_both_names_in_a_further_row(desk):
    differ(desk)
    saved = reconcile(desk, "Pat")
    assert (saved.judgement.judge, saved.agreed_with) == ("Pat", "Ama")
    (decided,) = desk.store.judgements.standing()
    assert decided == saved
    assert (decided.given_as, decided.judgement.historic_id) == (3, "H4")
    readings = desk.store.judging.readings(desk.people["Eve"].id, desk.ids["C1"])
    assert [one.judgement.historic_id for one in readings] == ["H1", "H4", "H4"]
    assert [one.given_as for one in readings] == [1, 2, 3]
    ((one, other),) = desk.store.judging.two_readings()
    assert (one.judgement.judge, other.judgement.judge) == ("Ama", "Pat")


def test_difference_is_reconciled_by_a_supervisor_alone(desk):
    differ(desk)
    saved = reconcile(desk, "Eve", choice="")
    assert (saved.judgement.judge, saved.agreed_with) == ("Eve", "")
    assert [one.is_pair for one in desk.store.judgements.standing()] == [False]


def test_nobody_else_reconciles_nor_before_both_are_through(desk):
    desk.first(words="ggn", choice="H1")
    with pytest.raises(DataRefused, match="still at work"):
        reconcile(desk, "Ama")
    desk.second(words="ggn", choice="H4")
    with pytest.raises(DataRefused, match="its two judges or by a supervisor"):
        reconcile(desk, "Bo")
    with pytest.raises(DataRefused, match="cannot supervise"):
        reconcile(desk, "Dee")
    with pytest.raises(MatchingRefused, match="rationale is empty"):
        reconcile(desk, "Ama", rationale=" ")
    reconcile(desk, "Ama")
    with pytest.raises(DataRefused, match="decided together already"):
        reconcile(desk, "Pat")


def test_reconciled_decision_is_taken_back_by_either_name_until_files_are_opened(desk):
    differ(desk)
    saved = reconcile(desk, "Pat")
    with pytest.raises(DataRefused, match="Only the judge"):
        desk.store.judgements.take_back(desk.people["Bo"].id, saved.id, "No.")
    desk.store.judgements.take_back(desk.people["Ama"].id, saved.id, "We misread.")
    assert desk.store.judgements.standing() == []
    assert desk.stage("Pat") == "reconcile"
    again = reconcile(desk, "Ama", choice="H1")
    desk.store.cases.case_file(desk.people["Pat"].id, desk.ids["C1"])
    with pytest.raises(DataRefused, match="this judgement stands"):
        desk.store.judgements.take_back(desk.people["Pat"].id, again.id, "No.")
    (kept,) = desk.store.judgements.taken_back(desk.ids["C1"])
    assert (kept.given_as, kept.taken_back_reason) == (3, "We misread.")


def test_agreed_pair_may_be_decided_anew_together_until_it_is_opened(desk):
    desk.first(words="ggn", choice="H1")
    desk.second(words="ggn", choice="H1")
    anew = reconcile(desk, "Ama")
    assert desk.store.judgements.standing() == [anew]
    desk.store.judgements.take_back(desk.people["Ama"].id, anew.id, "The first stays.")
    (decided,) = desk.store.judgements.standing()
    assert decided.judgement.historic_id == "H1"
    desk.store.cases.case_file(desk.people["Ama"].id, desk.ids["C1"])
    with pytest.raises(DataRefused, match="the judgement stands"):
        reconcile(desk, "Pat")


def test_reading_is_taken_back_while_it_is_blind_and_not_after(desk):
    first = desk.first(words="gnn", choice="H1")
    desk.store.judgements.take_back(desk.people["Ama"].id, first.id, "Misread.")
    assert desk.stage("Ama") == "first"
    first = desk.reads("Ama", words="ngn", choice="H4")
    second = desk.second(words="gnn", choice="H1")
    for who, one in (("Ama", first), ("Pat", second)):
        with pytest.raises(DataRefused, match="Both judges are through"):
            desk.store.judgements.take_back(desk.people[who].id, one.id, "Misread.")
    assert len(desk.store.judging.two_readings()) == 1


def test_second_judge_is_another_person_who_never_saw_the_order(desk):
    desk.begin("Bo")
    assert desk.stage("Ama") == "begun_by_other"
    desk.first("Ama", words="gnn", choice="H1")
    assert (desk.stage("Ama"), desk.stage("Pat")) == ("waits_for_second", "second")
    assert desk.stage("Bo") == "saw_list"
    with pytest.raises(DataRefused, match="another person"):
        desk.second("Ama", words="gnn", choice="H1")
    with pytest.raises(DataRefused, match="in order of closeness"):
        desk.second("Bo", words="gnn", choice="H1")
    with pytest.raises(DataRefused, match="not begun it as the first"):
        desk.reads("Pat", "C2", words="gn", choice="H3")
    with pytest.raises(DataRefused, match="no judgement that waits for a second"):
        desk.second("Pat", "C2", words="gn", choice="H3")
    with pytest.raises(DataRefused, match="not yours to begin"):
        desk.begin("Pat")
    desk.second("Pat", words="gnn", choice="H1")
    with pytest.raises(DataRefused, match="no judgement that waits"):
        desk.second("Pat", words="gnn", choice="H1")


def test_second_judge_is_given_the_shown_cases_shuffled_and_without_any_measure(desk):
    desk.begin("Ama")
    ids = desk.ids
    verdicts = {ids["H1"]: GOOD, ids["H4"]: NOT}
    desk.store.judgements.save(
        desk.people["Ama"].id,
        pairing_id=desk.pairing.id,
        contemporary_id=ids["C1"],
        historic_id=ids["H1"],
        suitability=GOOD,
        rationale="Same worries.",
        verdicts=verdicts,
        shown=[ids["H1"], ids["H4"]],
    )
    given = desk.store.judging.candidates(desk.people["Pat"].id, ids["C1"])
    assert given.ranked == ()
    # H2 was listed and the first judge never asked for more: it is not shown.
    assert {one.reference for one in given.blind} == {"H1", "H4"}
    again = desk.store.judging.candidates(desk.people["Bo"].id, ids["C1"])
    assert [one.reference for one in again.blind] == [
        one.reference for one in given.blind
    ]
    fields = set(type(given.blind[0]).__dataclass_fields__)
    assert not fields & {"rank", "distance", "is_tied", "is_chosen_by_plan", "share"}
    for one in given.blind:
        assert one.comparisons
        assert all(math.isnan(line.share) for line in one.comparisons)
        assert one.may_be_chosen
    # What the first is given stays in order.
    ranked = desk.store.judging.candidates(desk.people["Eve"].id, ids["C2"]).ranked
    assert [one.candidate.historic_id for one in ranked] == ["H3", "H2"]


def test_nobody_is_given_a_list_before_they_begin_or_while_they_wait(desk):
    pat, ids = desk.people["Pat"].id, desk.ids
    assert desk.store.judging.candidates(pat, ids["C1"]).ranked == ()
    desk.begin("Pat")
    assert len(desk.store.judging.candidates(pat, ids["C1"]).ranked) == 3
    desk.reads("Pat", words="gnn", choice="H1")
    given = desk.store.judging.candidates(pat, ids["C1"])
    assert (given.ranked, given.blind) == ((), ())


def test_each_shown_case_needs_a_verdict_of_both_judges(desk):
    desk.begin("Ama")
    ids = desk.ids
    form = {
        "pairing_id": desk.pairing.id,
        "contemporary_id": ids["C1"],
        "suitability": NOT,
        "rationale": "All much older.",
        "shown": [ids["H1"], ids["H4"]],
    }
    ama, pat = desk.people["Ama"].id, desk.people["Pat"].id
    with pytest.raises(MatchingRefused, match="1 of 2 cases shown have no verdict"):
        desk.store.judgements.save(ama, verdicts={ids["H1"]: NOT}, **form)
    desk.store.judgements.save(ama, verdicts={ids["H1"]: NOT, ids["H4"]: NOT}, **form)
    with pytest.raises(MatchingRefused, match="2 of 2 cases shown"):
        desk.store.judgements.save(pat, given_as=2, **{**form, "shown": []})
    assert len(desk.store.judging.readings(ama, ids["C1"])) == 1


def test_first_choice_is_not_told_by_what_others_can_no_longer_choose(desk):
    desk.first(words="nng", choice="H2")
    blind = desk.store.judging.candidates(desk.people["Pat"].id, desk.ids["C1"]).blind
    assert all(one.may_be_chosen and not one.accepted_for for one in blind)
    desk.begin("Pat", "C2")
    other = desk.store.judging.candidates(desk.people["Pat"].id, desk.ids["C2"]).ranked
    assert [(o.candidate.historic_id, o.may_be_chosen) for o in other] == [
        ("H3", True),
        ("H2", True),
    ]


def test_partner_another_case_got_meanwhile_is_left_to_be_reconciled(desk):
    desk.first("Ama", "C1", words="nng", choice="H2")
    desk.first("Ama", "C2", words="ng", choice="H2")
    desk.second("Pat", "C1", words="nng", choice="H2")
    assert [one.judgement.contemporary_id for one in desk.store.judgements.standing()]
    with pytest.raises(DataRefused, match="already chosen for another"):
        desk.second("Pat", "C2", words="ng", choice="H2")
    desk.second("Pat", "C2", words="nn")
    assert desk.stage("Ama", "C2") == "reconcile"
    assert len(desk.store.judgements.standing()) == 1


def test_file_stays_shut_while_a_blind_judge_reads_with_it(desk):
    # C1 is through with H2, which C2's second judge still has before them.
    desk.first("Ama", "C2", words="cn", choice="H3")
    desk.first("Ama", "C1", words="nng", choice="H2")
    desk.second("Pat", "C1", words="nng", choice="H2")
    ama, ids = desk.people["Ama"].id, desk.ids
    with pytest.raises(DataRefused, match="others still judge") as refused:
        desk.store.cases.case_file(ama, ids["H2"])
    assert "C2" in refused.value.problems[0].do_next
    desk.second("Pat", "C2", words="cn", choice="H3")
    assert desk.store.cases.case_file(ama, ids["H2"]).reference == "H2"


def test_list_of_the_first_judge_holds_for_the_second_whatever_is_found_since(desk):
    from case_desk import a_plan

    from matching.pairing import pair_cases

    desk.first(words="nng", choice="H2")
    ama = desk.people["Ama"].id
    plan = desk.store.plans.save(ama, a_plan(candidates=1))
    pairing = pair_cases(desk.store.cases.case_pool(), plan.plan)
    newest = desk.store.pairings.save(ama, plan.id, pairing, account={})
    given = desk.store.judging.candidates(desk.people["Pat"].id, desk.ids["C1"])
    assert given.pairing_id == desk.pairing.id != newest.id
    assert len(given.blind) == 3
    desk.second(words="nng", choice="H2")
    assert [one.judgement.historic_id for one in desk.store.judgements.standing()] == [
        "H2"
    ]


def test_going_back_to_one_judge_locks_what_waited_for_a_second(desk):
    desk.first("Ama", "C1", words="gnn", choice="H1")
    desk.first("Ama", "C2", words="gn", choice="H3")
    desk.second("Pat", "C2", words="ng", choice="H2")
    desk.store.judging.set_judges(desk.people["Ama"].id, 1, seen=1)
    assert [
        one.judgement.contemporary_id for one in desk.store.judgements.standing()
    ] == ["C1"]
    # Two who differ are still to be reconciled.
    assert desk.stage("Pat", "C2") == "reconcile"


def test_cases_judged_by_one_stay_locked_when_two_are_set(tmp_path):
    desk = read_by_two(tmp_path, judges=1)
    desk.reads("Pat", words="gnn", choice="H1")
    desk.store.judging.set_judges(desk.people["Ama"].id, 2, seen=0)
    assert len(desk.store.judgements.standing()) == 1
    assert desk.stage("Bo") == "through"
    assert desk.stage("Bo", "C2") == "first"
    desk.store.close()


def test_audit_trail_says_who_judged_and_not_what(desk):
    desk.first(words="gnn", choice="H1")
    line = desk.store.audit.lines()[0]
    assert (line.action, line.person) == ("case judged", "Ama")
    assert line.detail == {"judge": 1, "seconds": 60}


def test_what_a_blind_judge_may_not_see_is_named_per_person(desk):
    hidden = {
        who: desk.store.judging.hidden_from(one.id) for who, one in desk.people.items()
    }
    assert hidden["Ama"] == hidden["Pat"] == {"C1", "C2"}
    assert hidden["Eve"] == hidden["Dee"] == set()
    desk.first("Ama", words="gnn", choice="H1")
    assert desk.store.judging.hidden_from(desk.people["Ama"].id) == {"C2"}
    assert desk.store.judging.hidden_from(desk.people["Pat"].id) == {"C1", "C2"}
    assert desk.store.judging.readings(desk.people["Pat"].id, desk.ids["C1"]) == []
    desk.second("Pat", words="ngn", choice="H4")
    for who in ("Ama", "Pat", "Bo"):
        assert desk.store.judging.hidden_from(desk.people[who].id) == {"C2"}
    assert len(desk.store.judging.readings(desk.people["Pat"].id, desk.ids["C1"])) == 2
