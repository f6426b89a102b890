"""Cases compared with themselves: chosen, kept with their history, and read in time."""

from __future__ import annotations

from dataclasses import replace

import pytest
from case_desk import a_plan, ids_of
from long_held import SPLIT, WHY, a_study_with_long_held

from coding.study import Person, Role
from data.problems import DataRefused
from data.storage.within_cases.held_cases import held_case
from matching.account import account_of
from matching.judging.judgement import Suitability
from matching.pairing import pair_cases
from matching.within_case import Split, UnfitBecause, halves
from workbench.actions.cases.pairing import find_matches


@pytest.fixture
def study(tmp_path):
    store, lead, pat = a_study_with_long_held(tmp_path)
    yield store, lead, pat, ids_of(store)
    store.close()


@pytest.fixture
def matched(tmp_path):
    store, lead, pat = a_study_with_long_held(tmp_path, matched=True)
    yield store, lead, pat, ids_of(store)
    store.close()


def choose(study, reference, split=SPLIT, why=WHY, seen_id="", by=None):
    store, _, pat, ids = study
    return store.within_cases.choose(
        (by or pat).id, ids[reference], split, why, seen_id=seen_id
    )


def judge(study, contemporary, historic="", suitability=Suitability.GOOD_MATCH):
    store, lead, _, ids = study
    return store.judgements.save(
        lead.id,
        pairing_id=store.pairings.latest().id,
        contemporary_id=ids[contemporary],
        historic_id=ids[historic] if historic else "",
        suitability=suitability if historic else Suitability.NOT_COMPARABLE,
        rationale="Read side by side.",
    )


def references_listed(store, pairing_id, ids):
    """The historic cases a run lists for C1, by reference."""
    listed = store.pairings.candidates(pairing_id, ids["C1"])
    return [one.candidate.historic_id for one in listed]


def do_next(refused):
    (problem,) = refused.value.problems
    return problem.do_next


def test_comparison_reads_back_with_who_when_and_how_long(study):
    store, _, pat, ids = study
    chosen = choose(study, "L1")
    assert chosen.unfit == ()
    (kept,) = store.within_cases.standing()
    assert kept == chosen.comparison
    assert (kept.reference, kept.case_id) == ("L1", ids["L1"])
    assert (kept.split_date, kept.least_days, kept.most_days) == ("2024-04-01", 90, 180)
    assert kept.days_each_side == 180
    assert (kept.rationale, kept.chosen_by) == (WHY, "Pat")
    assert kept.chosen_before_reading
    assert kept.ended_at is None
    ((told, pair),) = store.within_cases.pairs()
    assert told == kept
    file = held_case(store.within_cases.file(pat.id, ids["L1"]))
    assert pair == halves(file, "2024-04-01", 180)
    assert [one.event for one in pair.before.events] == ["Step up", "Plan review"]
    assert [one.event for one in pair.after.events] == [
        "Plan review",
        "Family group conference",
    ]


def test_later_choice_supersedes_and_the_former_stays_with_who_and_when(study):
    store, lead, _, _ = study
    first = choose(study, "L1").comparison
    shorter = replace(SPLIT, most_days=100)
    second = choose(study, "L1", shorter, seen_id=first.id, by=lead).comparison
    assert second.days_each_side == 100
    # By then the file was read, and the record says so.
    assert not second.chosen_before_reading
    assert store.within_cases.standing() == [second]
    (former,) = store.within_cases.former()
    assert (former.id, former.days_each_side, former.chosen_by) == (
        first.id,
        180,
        "Pat",
    )
    assert former.ended_by == "Ama"
    assert former.ended_at >= former.chosen_at
    assert not former.is_withdrawn


def test_choice_made_while_another_was_being_made_is_refused(study):
    store, *_ = study
    first = choose(study, "L1").comparison
    with pytest.raises(DataRefused, match="Someone else chose or withdrew"):
        choose(study, "L1", replace(SPLIT, most_days=100))
    assert store.within_cases.standing() == [first]


def test_withdrawn_comparison_stays_on_file_with_the_reason_and_the_case_stays_read(
    study,
):
    store, _, pat, ids = study
    kept = choose(study, "L1").comparison
    with pytest.raises(DataRefused, match="not said why"):
        store.within_cases.withdraw(pat.id, kept.id, "  ")
    store.within_cases.withdraw(pat.id, kept.id, "The wrong sibling.")
    assert store.within_cases.standing() == []
    (former,) = store.within_cases.former()
    assert former.is_withdrawn
    assert (former.withdrawn_reason, former.ended_by) == ("The wrong sibling.", "Pat")
    assert {one.reference for one in store.within_cases.cases() if one.is_read} == {
        "L1"
    }
    with pytest.raises(DataRefused, match="does not stand any longer"):
        store.within_cases.withdraw(pat.id, kept.id, "Again.")
    again = choose(study, "L1").comparison
    assert not again.chosen_before_reading


def test_lines_left_hold_ids_and_settings_and_nobodys_words(study):
    store, _, _, ids = study
    kept = choose(study, "L1").comparison
    chosen, read = store.audit.lines()[:2]
    assert (read.action, read.about_id) == (
        "file read to compare within the case",
        ids["L1"],
    )
    assert (chosen.person, chosen.action, chosen.about_id) == (
        "Pat",
        "case compared with itself",
        kept.id,
    )
    assert chosen.detail == {"split_date": "2024-04-01", "days": 180, "supersedes": ""}


def test_case_that_turns_out_unfit_stays_shut_and_says_why_without_days(study):
    store, lead, _, ids = study
    chosen = choose(study, "L3")
    assert (chosen.comparison, chosen.is_read) == (None, False)
    assert [(one.because, one.words) for one in chosen.unfit] == [
        (UnfitBecause.TOO_SHORT_AFTER, "was not held long enough after the split date")
    ]
    assert store.within_cases.standing() == []
    assert not any(one.is_read for one in store.within_cases.cases())
    with pytest.raises(DataRefused, match="stays hidden"):
        store.within_cases.file(lead.id, ids["L3"])
    line = store.audit.lines()[0]
    assert (line.about_id, line.detail) == (ids["L3"], {"because": ["too_short_after"]})


def test_open_case_is_followed_until_its_last_record(study):
    # From 1 April to 9 July 2024: 30 + 31 + 30 + 9 days.
    assert choose(study, "L2").comparison.days_each_side == 100


def test_open_case_is_followed_to_the_day_the_records_were_read(study):
    store, lead, *_ = study
    settings = replace(store.comparison.settings(), records_read_to="2024-08-31")
    store.comparison.save_settings(lead.id, settings)
    # From 1 April to the end of August: 30 + 31 + 30 + 31 + 31.
    assert choose(study, "L2").comparison.days_each_side == 153


def test_case_referred_too_late_is_refused_before_anything_is_read(study):
    store, *_ = study
    with pytest.raises(DataRefused, match="was referred 34 days before") as refused:
        choose(study, "H4")
    assert do_next(refused).endswith("Nothing was opened or saved.")
    with pytest.raises(DataRefused, match="none is written"):
        choose(study, "L1", why="   ")
    assert not any(one.is_read for one in store.within_cases.cases())


@pytest.mark.parametrize("role", [Role.EMBEDDED_RESEARCHER, Role.DEBRIEF_TEAM])
def test_others_than_practitioner_researchers_and_leads_choose_nothing(study, role):
    store, lead, _, ids = study
    other = store.study.add_person(lead.id, Person("", "Kim", role))
    with pytest.raises(DataRefused, match="cannot compare a case with itself"):
        choose(study, "L1", by=other)
    kept = choose(study, "L1").comparison
    with pytest.raises(DataRefused, match="cannot compare a case with itself"):
        store.within_cases.withdraw(other.id, kept.id, "No.")
    # Reading is for anyone of the study once the case was read, and nobody else.
    assert store.within_cases.file(other.id, ids["L1"]).reference == "L1"
    with pytest.raises(DataRefused, match="not in the study"):
        store.within_cases.file("stranger", ids["L1"])


def test_listing_tells_only_what_was_known_at_referral(study):
    store, *_ = study
    (one,) = [one for one in store.within_cases.cases() if one.reference == "L1"]
    assert (one.referral_date, one.is_read) == ("2023-02-01", False)
    assert set(one.__slots__) == {"id", "reference", "era", "referral_date", "is_read"}


def test_whether_a_case_is_fit_is_told_only_where_nobody_has_still_to_judge(matched):
    store, _, _, ids = matched
    told = store.within_cases.fitness(SPLIT)
    # L1 is listed for C1, which waits; L2 and L3 are listed for nobody.
    assert ids["L1"] not in told
    assert told[ids["L2"]] == ()
    assert [one.words for one in told[ids["L3"]]] == [
        "was not held long enough after the split date"
    ]
    judge(matched, "C1", "H1")
    assert store.within_cases.fitness(SPLIT)[ids["L1"]] == ()
    choose(matched, "L1")
    assert ids["L1"] not in store.within_cases.fitness(SPLIT)


def test_before_matches_were_found_no_fitness_is_told(study):
    store, *_ = study
    assert store.within_cases.fitness(SPLIT) == {}


# Outcomes stay hidden


def test_unread_file_is_given_to_nobody(study):
    store, lead, _, ids = study
    with pytest.raises(DataRefused, match="stays hidden"):
        store.within_cases.file(lead.id, ids["L1"])
    choose(study, "L1")
    # What was read alone is no pair: the file of a judged pair is another door.
    with pytest.raises(DataRefused, match="stays hidden until this case is part of"):
        store.cases.case_file(lead.id, ids["L1"])


def test_case_that_a_waiting_one_could_choose_is_not_read(matched):
    store, _, _, ids = matched
    assert store.within_cases.to_judge_first(ids["L1"]) == ["C1"]
    with pytest.raises(DataRefused, match="while others still judge") as refused:
        choose(matched, "L1")
    assert "Judge these first: C1. Nothing was opened" in do_next(refused)
    assert not any(one.is_read for one in store.within_cases.cases())
    judge(matched, "C1", "H1")
    assert store.within_cases.to_judge_first(ids["L1"]) == []
    assert choose(matched, "L1").comparison is not None


def test_case_nobody_that_waits_could_choose_is_read_at_once(matched):
    store, _, _, ids = matched
    assert store.within_cases.to_judge_first(ids["L2"]) == []
    assert choose(matched, "L2").comparison is not None


def test_contemporary_case_is_not_read_before_its_judgement(matched):
    # Split where C2 was open on both sides: it waits for its judge all the same.
    store, _, _, ids = matched
    split = Split("2024-10-01", 60, 180)
    assert store.within_cases.to_judge_first(ids["C2"]) == ["C2"]
    with pytest.raises(DataRefused, match="until this case is judged"):
        choose(matched, "C2", split)
    judge(matched, "C2")
    assert store.within_cases.to_judge_first(ids["C2"]) == []
    assert choose(matched, "C2", split).comparison is not None


def test_partner_another_case_could_still_choose_keeps_both_of_a_pair_shut(tmp_path):
    # H2 is listed for C1 and C2, and the plan uses each as often as it likes.
    store, lead, pat = a_study_with_long_held(tmp_path, matched=True, max_reuse=0)
    study = (store, lead, pat, ids_of(store))
    judge(study, "C1", "H2")
    for reference in ("C1", "H2"):
        assert store.within_cases.to_judge_first(study[3][reference]) == ["C2"]
    with pytest.raises(DataRefused, match="while others still judge"):
        choose(study, "C1", Split("2024-10-01", 60, 180))
    judge(study, "C2")
    assert store.within_cases.to_judge_first(study[3]["C1"]) == []
    store.close()


def test_judgement_on_a_case_read_alone_stands_from_then_on(matched):
    store, lead, _, ids = matched
    saved = judge(matched, "C1", "L1")
    choose(matched, "L1")
    assert store.judgements.for_case(ids["C1"]).opened_at is not None
    with pytest.raises(DataRefused, match="this judgement stands"):
        store.judgements.take_back(lead.id, saved.id, "On reflection.")
    assert store.cases.case_file(lead.id, ids["C1"]).reference == "C1"


def test_judgement_without_partner_stands_once_the_case_was_read(matched):
    store, lead, _, ids = matched
    saved = judge(matched, "C2")
    choose(matched, "C2", Split("2024-10-01", 60, 180))
    with pytest.raises(DataRefused, match="this judgement stands"):
        store.judgements.take_back(lead.id, saved.id, "On reflection.")


def test_case_read_alone_is_nobodys_candidate_from_then_on(matched):
    store, lead, _, ids = matched
    kept = judge(matched, "C1", "H1")
    choose(matched, "L1")
    store.judgements.take_back(lead.id, kept.id, "Wrong child.")
    listed = store.pairings.candidates(store.pairings.latest().id, ids["C1"])
    may = {one.candidate.historic_id: one.may_be_chosen for one in listed}
    assert may["L1"] is False
    assert may["H1"] is True
    with pytest.raises(DataRefused, match="has been read, so it can no longer"):
        judge(matched, "C1", "L1")
    # Withdrawing does not make anyone forget what was read.
    (comparison,) = store.within_cases.standing()
    store.within_cases.withdraw(lead.id, comparison.id, "Not needed.")
    with pytest.raises(DataRefused, match="has been read, so it can no longer"):
        judge(matched, "C1", "L1")


def test_case_read_alone_is_in_no_later_run_and_the_account_says_so(matched):
    store, lead, _, ids = matched
    before = find_matches(store, lead)
    assert "L1" in references_listed(store, before.id, ids)
    kept = judge(matched, "C1", "H1")
    choose(matched, "L1")
    store.judgements.take_back(lead.id, kept.id, "Wrong child.")
    after = find_matches(store, lead)
    listed = references_listed(store, after.id, ids)
    assert listed
    assert "L1" not in listed
    counts = [run.account["counts"]["historic"] for run in (before, after)]
    assert counts[1] == counts[0] - 1
    (warning,) = [
        one["found"]
        for one in after.account["warnings"]
        if one["where"] == "Historic cases"
    ]
    assert warning.startswith("1 historic case whose later file was read")
    assert "L1" in warning


def test_accepted_pair_keeps_its_partner_that_was_read_alone_later(matched):
    store, lead, _, _ = matched
    judge(matched, "C1", "L1")
    choose(matched, "L1")
    run = find_matches(store, lead)
    pairs = {(p.contemporary_id, p.historic_id) for p in store.pairings.pairs(run.id)}
    assert ("C1", "L1") in pairs
    assert "Historic cases" not in [one["where"] for one in run.account["warnings"]]


def test_case_read_alone_keeps_no_other_pair_waiting(matched):
    store, lead, _, ids = matched
    choose(matched, "L2")
    saved = judge(matched, "C1", "H1")
    assert store.judgements.to_judge_first(saved.id) == []


def test_contemporary_case_with_nobody_listed_is_read_alone_and_judged_no_more(matched):
    store, lead, _, ids = matched
    split = Split("2024-10-01", 30, 180)
    # No historic case shares the need of C3.
    assert store.within_cases.to_judge_first(ids["C3"]) == []
    assert choose(matched, "C3", split).comparison is not None
    plan = store.plans.save(lead.id, a_plan(exact=()), reason="Too few.")
    anew = pair_cases(store.cases.case_pool(), plan.plan)
    assert "C3" in {one.contemporary_id for one in anew.candidates}
    store.pairings.save(lead.id, plan.id, anew, account=account_of(anew))
    waits = {one.reference: one for one in store.pairings.queue()}
    assert (waits["C3"].candidates, waits["C3"].waits) == (0, False)
    assert "read to compare it with itself" in waits["C3"].unpaired_because
    assert store.progress.counts().cases_to_judge == 2
    with pytest.raises(DataRefused, match="nobody can judge it without knowing"):
        judge(matched, "C3")


def test_before_matches_were_found_every_contemporary_case_may_still_be_judged(study):
    store, _, _, ids = study
    assert store.within_cases.to_judge_first(ids["C3"]) == ["C3"]
