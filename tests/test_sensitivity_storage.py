"""Runs of other settings in the store: kept with their pairing, none replaced."""

from __future__ import annotations

import pytest
from case_desk import a_study_with_matches

from data.problems import DataRefused
from matching.checking.sensitivity import try_other_settings


def test_run_reads_back_equal_with_who_made_it_and_the_newest_counts(tmp_path):
    store, person, pairing = a_study_with_matches(tmp_path)
    assert store.sensitivity.latest(pairing.id) is None
    plan = store.plans.current().plan
    results = try_other_settings(store.cases.case_pool(), plan)
    assert len(results) > 8
    store.sensitivity.save(person.id, pairing.id, results[:2], cases_version=3)
    store.sensitivity.save(person.id, pairing.id, results, cases_version=4)
    run = store.sensitivity.latest(pairing.id)
    assert run.results == results
    assert (run.run_by, run.cases_version) == ("Ama", 4)
    assert store.audit.lines(limit=1)[0].detail == {"settings": len(results)}
    store.close()


def test_run_of_no_pairing_is_refused(tmp_path):
    store, person, _ = a_study_with_matches(tmp_path)
    with pytest.raises(DataRefused, match="not in the study"):
        store.sensitivity.save(person.id, "none", (), cases_version=1)
    store.close()
