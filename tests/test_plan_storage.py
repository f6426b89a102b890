"""Plans in the store: numbered, never overwritten, equal ones one plan."""

from __future__ import annotations

import pytest
from case_desk import a_plan, a_study, a_study_with_matches, ids_of
from long_held import SPLIT, WHY, a_study_with_long_held

from coding.study import Person, Role
from data.pairings import OutcomesRead
from data.problems import DataRefused
from matching.judging.judgement import Suitability
from matching.plan import GapRule, plan_hash
from workbench.actions.cases.plans import after_outcomes_in_words


@pytest.fixture
def study(tmp_path):
    store, person = a_study(tmp_path)
    yield store, person
    store.close()


def test_study_without_plan_has_no_current_plan(study):
    store, _ = study
    assert store.plans.current() is None
    assert store.plans.all() == []


def test_each_change_is_a_new_numbered_plan_and_the_newest_is_current(study):
    store, person = study
    first = store.plans.save(person.id, a_plan())
    second = store.plans.save(person.id, a_plan(missing=GapRule.LEVEL))
    assert (first.number, second.number) == (1, 2)
    assert store.plans.current() == second
    assert [saved.number for saved in store.plans.all()] == [2, 1]
    assert store.plans.find(first.id).plan == a_plan()


def test_plan_saved_unchanged_keeps_its_number(study):
    store, person = study
    first = store.plans.save(person.id, a_plan())
    again = store.plans.save(person.id, a_plan())
    assert (again.id, again.number) == (first.id, 1)


def test_plan_reads_back_equal_with_its_hash_and_who_saved_it(study):
    store, person = study
    saved = store.plans.save(person.id, a_plan(narrative="referral_note"))
    assert saved.plan == a_plan(narrative="referral_note")
    assert saved.sha256 == plan_hash(saved.plan)
    assert saved.saved_by == "Ama"
    assert 'exact = ["primary_need"]' in saved.toml


def test_debrief_team_cannot_save_a_plan(study):
    store, lead = study
    reader = store.study.add_person(lead.id, Person("", "Dee", Role.DEBRIEF_TEAM))
    with pytest.raises(DataRefused, match="cannot choose what cases are matched on"):
        store.plans.save(reader.id, a_plan())
    assert store.plans.current() is None


def a_study_with_an_opened_pair(tmp_path):
    store, person, pairing = a_study_with_matches(tmp_path)
    ids = ids_of(store)
    judged = (("C1", "H1", Suitability.GOOD_MATCH), ("C2", "", Suitability.CANNOT_TELL))
    for one, other, suitability in judged:
        store.judgements.save(
            person.id,
            pairing_id=pairing.id,
            contemporary_id=ids[one],
            historic_id=ids.get(other, ""),
            suitability=suitability,
            rationale="They share need and area.",
        )
    assert store.plans.outcomes_read() == OutcomesRead()
    store.cases.case_file(person.id, ids["C1"])
    assert store.plans.outcomes_read() == OutcomesRead(1)
    return store, person


def test_plan_is_not_changed_silently_once_outcomes_were_read(tmp_path):
    store, person = a_study_with_an_opened_pair(tmp_path)
    changed = a_plan(missing=GapRule.LEVEL)
    for reason in ("", "  "):
        with pytest.raises(DataRefused) as refused:
            store.plans.save(person.id, changed, reason=reason)
        (problem,) = refused.value.problems
        assert problem.found == (
            "What came later has been read for 1 pair, so the plan cannot be changed "
            "without saying why."
        )
        assert "Nothing was saved" in problem.do_next
    assert store.plans.current().number == 1
    saved = store.plans.save(person.id, changed, reason=" A gap was misread. ")
    assert (saved.number, saved.outcomes) == (2, OutcomesRead(1))
    assert saved.reason == "A gap was misread."
    assert store.plans.find(saved.id) == saved
    first = store.plans.all()[-1]
    assert (first.is_after_outcomes, saved.is_after_outcomes) == (False, True)
    assert store.audit.lines(limit=1)[0].detail["pairs_opened"] == 1
    store.close()


def test_equal_plan_needs_no_reason_after_outcomes_were_read(tmp_path):
    store, person = a_study_with_an_opened_pair(tmp_path)
    assert store.plans.save(person.id, a_plan()).number == 1
    store.close()


def test_case_read_alone_counts_as_outcomes_read_as_much_as_a_pair(tmp_path):
    store, lead, pat = a_study_with_long_held(tmp_path)
    store.plans.save(lead.id, a_plan())
    ids = ids_of(store)
    assert not store.plans.outcomes_read()
    store.within_cases.choose(pat.id, ids["L1"], SPLIT, WHY, seen_id="")
    changed = a_plan(max_reuse=2)
    with pytest.raises(DataRefused, match="read for 1 case read on its own, so the"):
        store.plans.save(lead.id, changed)
    saved = store.plans.save(lead.id, changed, reason="Too few were left.")
    assert saved.outcomes == OutcomesRead(0, 1)
    assert saved.is_after_outcomes
    assert store.plans.find(saved.id) == saved
    assert "outcomes of 1 case read on its own had been opened" in (
        after_outcomes_in_words(saved)
    )
    store.close()
