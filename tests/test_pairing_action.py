"""Finding matches: saved whole, accepted pairs kept, files complete."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from importlib import metadata

import pytest
from case_desk import (
    a_plan,
    a_study,
    a_study_with_cases,
    a_study_with_matches,
    ids_of,
    some_fields,
    some_records,
)

from data.problems import DataRefused
from matching.cases import Era
from matching.judging.judgement import Suitability
from workbench.actions.cases.judging import open_files
from workbench.actions.cases.pairing import (
    MatchesChange,
    accepted_balance,
    change_of_matches,
    find_matches,
    matches_in_words,
    pairing_files,
    planned_balance,
    prepare_for_judging,
    rejected_before,
)
from workbench.actions.cases.plans import save_plan


@pytest.fixture
def study(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    save_plan(store, person, a_plan(narrative="referral_note"))
    yield store, person
    store.close()


def test_matches_need_a_plan(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    with pytest.raises(DataRefused, match="no plan yet"):
        find_matches(store, person)
    store.close()


def test_matches_are_saved_with_account_and_told_in_words(study):
    store, person = study
    told = []
    pairing = find_matches(store, person, lambda done, words: told.append(done))
    assert matches_in_words(pairing) == (
        "Matches found. 2 of 3 contemporary cases have a partner among 4 historic "
        "ones. 1 without partner: the reason is given for each."
    )
    assert pairing.account["plan_hash"] == store.plans.current().sha256
    assert pairing.account["seconds"] >= 0
    assert told == sorted(told)
    assert told[0] == 0.0
    assert store.pairings.latest() == pairing


def test_likeness_of_notes_reads_only_notes_up_to_the_referral(study):
    store, person = study
    pairing = find_matches(store, person)
    listed = store.pairings.candidates(pairing.id, ids_of(store)["C1"])
    likeness = {
        one.candidate.historic_id: one.candidate.narrative_likeness for one in listed
    }
    # "School is worried about mornings." and "A neighbour rang about mornings."
    assert 0 < likeness["H1"] < 1
    assert likeness["H2"] is None


def test_cancelled_run_saves_nothing(study):
    store, person = study

    class StoppedError(Exception):
        pass

    def stop(done, words):
        if done > 0:
            raise StoppedError

    with pytest.raises(StoppedError):
        find_matches(store, person, stop)
    assert store.pairings.latest() is None


def test_accepted_pair_stays_when_matches_are_found_anew(study):
    store, person = study
    first = find_matches(store, person)
    ids = ids_of(store)
    store.judgements.save(
        person.id,
        pairing_id=first.id,
        contemporary_id=ids["C1"],
        historic_id=ids["H4"],
        suitability=Suitability.GOOD_MATCH,
        rationale="Same estate.",
    )
    second = find_matches(store, person)
    pairs = {p.contemporary_id: p.historic_id for p in store.pairings.pairs(second.id)}
    assert pairs == {"C1": "H4", "C2": "H3"}
    assert second.account["accepted_pairs"] == [["C1", "H4"]]
    count, balance = accepted_balance(store, second)
    assert count == 1
    assert {line.covariate for line in balance} == {
        line.covariate for line in planned_balance(second)
    }


def test_files_of_a_saved_pairing_hold_every_pair_candidate_and_reason(tmp_path):
    store, person, pairing = a_study_with_matches(tmp_path)
    files = pairing_files(store, pairing, person)
    rows = {
        name: list(csv.DictReader(io.StringIO(content.decode())))
        for name, content in files.items()
        if name.endswith(".csv")
    }
    assert [(r["contemporary"], r["historic"]) for r in rows["pairs.csv"]] == [
        ("C1", "H1"),
        ("C2", "H3"),
    ]
    assert [(r["contemporary"], r["historic"]) for r in rows["candidates.csv"]] == [
        ("C1", "H1"),
        ("C1", "H4"),
        ("C1", "H2"),
        ("C2", "H3"),
        ("C2", "H2"),
    ]
    assert [row["contemporary"] for row in rows["unpaired.csv"]] == ["C3"]
    assert json.loads(files["account.json"])["pairs"] == 2
    everything = b"".join(files.values()).decode()
    for later in ("RC7", "RC4", "2024-11-22", "2023-12-19"):
        assert later not in everything
    store.close()


def test_prepared_pool_never_holds_an_outcome(tmp_path):
    store, *_ = a_study_with_matches(tmp_path)
    plan = store.plans.current().plan
    prepared = prepare_for_judging(store.cases.case_pool(), plan)
    assert prepared.read.contemporary_ids == ("C1", "C2", "C3")
    store.close()


def accept(store, person, pairing, one, other):
    ids = ids_of(store)
    return store.judgements.save(
        person.id,
        pairing_id=pairing.id,
        contemporary_id=ids[one],
        historic_id=ids[other],
        suitability=Suitability.GOOD_MATCH,
        rationale="Same estate.",
    )


def test_pair_judged_while_matches_are_found_is_not_undone_by_them(study):
    store, person = study
    first = find_matches(store, person)

    def judge_meanwhile(done, words):
        if words == "saving":
            accept(store, person, first, "C1", "H2")

    with pytest.raises(DataRefused) as refused:
        find_matches(store, person, judge_meanwhile)
    (problem,) = refused.value.problems
    assert problem.found == "A pair was judged while matches were being found."
    assert problem.do_next == "Find matches again. Nothing was saved."
    assert store.pairings.latest() == first
    again = find_matches(store, person)
    pairs = {p.contemporary_id: p.historic_id for p in store.pairings.pairs(again.id)}
    assert pairs["C1"] == "H2"


def test_pair_taken_back_while_matches_are_found_is_not_kept_by_them(study):
    store, person = study
    first = find_matches(store, person)
    saved = accept(store, person, first, "C1", "H2")

    def take_back_meanwhile(done, words):
        if words == "saving":
            store.judgements.take_back(person.id, saved.id, "Misread.")

    with pytest.raises(DataRefused, match="while matches were being found"):
        find_matches(store, person, take_back_meanwhile)
    assert store.pairings.latest() == first


@pytest.mark.parametrize(
    ("era", "missing"),
    [(Era.CONTEMPORARY, "historic"), (Era.HISTORIC, "contemporary")],
)
def test_matches_need_cases_of_both_eras(tmp_path, era, missing):
    store, person = a_study(tmp_path)
    records = [one for one in some_records() if one.era == era]
    store.cases.save(person.id, fields=some_fields(), records=records)
    save_plan(store, person, a_plan())
    with pytest.raises(DataRefused, match=f"The study has no {missing} case, so"):
        find_matches(store, person)
    assert store.pairings.latest() is None
    store.close()


def turn_down(store, person, pairing, one, suitability=Suitability.NOT_COMPARABLE):
    return store.judgements.save(
        person.id,
        pairing_id=pairing.id,
        contemporary_id=ids_of(store)[one],
        historic_id="",
        suitability=suitability,
        rationale="None is comparable, they all had a plan before.",
    )


def test_pairs_turned_down_are_not_made_again_and_accepted_ones_stay(study):
    store, person = study
    save_plan(store, person, a_plan(candidates=2))
    first = find_matches(store, person)
    # C1 lists H1 and H4, the two closest of three; C2 has H3.
    turn_down(store, person, first, "C1")
    accept(store, person, first, "C2", "H3")
    second = find_matches(store, person)
    pairs = {p.contemporary_id: p.historic_id for p in store.pairings.pairs(second.id)}
    assert pairs == {"C1": "H2", "C2": "H3"}
    assert second.account["rejected_pairs"] == [["C1", "H1"], ["C1", "H4"]]
    assert second.account["counts"]["rules"][-1]["rule"] == "rejected"
    listed = store.pairings.candidates(second.id, ids_of(store)["C1"])
    assert [one.candidate.historic_id for one in listed] == ["H2"]
    prepared = prepare_for_judging(
        store.cases.case_pool(),
        store.plans.current().plan,
        rejected_before(second),
    )
    assert prepared.rules.all[-1].name == "rejected"


def test_verdict_on_each_case_says_which_pairs_are_not_made_again(study):
    store, person = study
    first = find_matches(store, person)
    ids = ids_of(store)
    verdicts = {
        ids["H1"]: Suitability.NOT_COMPARABLE,
        ids["H4"]: Suitability.CANNOT_TELL,
    }
    store.judgements.save(
        person.id,
        pairing_id=first.id,
        contemporary_id=ids["C1"],
        historic_id="",
        suitability=Suitability.NOT_COMPARABLE,
        rationale="The one had a plan before, the other says too little.",
        verdicts=verdicts,
        shown=[ids["H1"], ids["H4"]],
    )
    second = find_matches(store, person)
    assert second.account["rejected_pairs"] == [["C1", "H1"]]


def test_who_could_not_tell_or_took_back_turned_nothing_down(study):
    store, person = study
    first = find_matches(store, person)
    turn_down(store, person, first, "C1", Suitability.CANNOT_TELL)
    saved = turn_down(store, person, first, "C2")
    store.judgements.take_back(person.id, saved.id, "Misread.")
    second = find_matches(store, person)
    assert second.account["rejected_pairs"] == []
    assert store.pairings.pairs(second.id) == store.pairings.pairs(first.id)


def test_what_finding_again_changes_is_told_before_anything_is_done(study):
    store, person = study
    save_plan(store, person, a_plan(candidates=2))
    first = find_matches(store, person)
    nothing = change_of_matches(store, first)
    assert (nothing.changed, nothing.gained, nothing.lost) == ((), (), ())
    turn_down(store, person, first, "C1")
    accept(store, person, first, "C2", "H3")
    assert change_of_matches(store, first) == MatchesChange(
        plan_number=2,
        is_saved=True,
        is_other_plan=False,
        accepted=("C2",),
        turned_down=2,
        changed=("C1",),
        gained=(),
        lost=(),
        pairs=2,
    )
    assert store.pairings.latest() == first
    # Age at most a year apart leaves C1 without the last of its three.
    age, *others = a_plan().covariates
    narrow = a_plan(covariates=(replace(age, caliper=1.0), *others))
    asked = change_of_matches(store, first, plan=narrow)
    assert (asked.plan_number, asked.is_saved, asked.lost) == (3, False, ("C1",))
    assert store.plans.current().number == 2
    save_plan(store, person, narrow)
    told = change_of_matches(store, first)
    assert (told.plan_number, told.is_other_plan, told.lost) == (3, True, ("C1",))
    assert told == replace(asked, is_saved=True)


def test_account_names_versions_that_decide_and_a_plan_made_after_outcomes(study):
    store, person = study
    first = find_matches(store, person)
    assert set(first.account["libraries"]) == {
        *("python", "numpy", "scipy", "scikit-learn")
    }
    assert all(first.account["libraries"].values())
    assert first.account["version"] == metadata.version("workbench")
    saved = accept(store, person, first, "C2", "H3")
    turn_down(store, person, first, "C1")
    open_files(store, person, saved)
    with pytest.raises(DataRefused, match="without saying why"):
        save_plan(store, person, a_plan(max_reuse=2))
    save_plan(store, person, a_plan(max_reuse=2), reason="Two siblings share a file.")
    second = find_matches(store, person)
    assert (
        "plan 2 was made after outcomes of 1 pair had been opened, with this reason: "
        "Two siblings share a file"
    ) in [one["found"] for one in second.account["warnings"]]
    assert "plan" not in [one["found"][:4] for one in first.account["warnings"]]
