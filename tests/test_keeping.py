"""How long things are kept: what is due is listed, and nothing goes by itself."""

from __future__ import annotations

from datetime import date

import pytest
from case_desk import a_study_with_cases
from interview_desk import PRIYA
from rights_desk import a_rights_desk

from data.people_rights.keeping import KeepingRule, KeptKind
from data.problems import DataRefused

TODAY = date(2026, 2, 1)


def _due(store, today: date = TODAY) -> dict[str, bool]:
    return {one.about.label: one.is_overdue for one in store.keeping.due(today)}


def test_years_count_from_the_day_of_the_interview_to_the_day(empty_store):
    store = empty_store
    a_rights_desk(store)
    assert _due(store) == {}
    # Both were held on 3 May 2025.
    store.keeping.set_rule("lead", KeepingRule(KeptKind.STUDY, years_after=1))
    assert _due(store, date(2026, 4, 2)) == {}
    both = {"Ada at home", "Parents' group"}
    assert _due(store, date(2026, 4, 3)) == dict.fromkeys(both, False)
    assert _due(store, date(2026, 5, 3)) == dict.fromkeys(both, False)
    assert _due(store, date(2026, 5, 4)) == dict.fromkeys(both, True)
    # Nothing went by itself.
    assert len(store.sources.summaries()) == 2


def test_the_narrower_rule_holds(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    for rule in (
        KeepingRule(KeptKind.STUDY, keep_until="2020-01-01"),
        KeepingRule(KeptKind.SOURCE_KIND, "interview", keep_until="2030-01-01"),
    ):
        store.keeping.set_rule("lead", rule)
    assert _due(store) == {"Parents' group": True}
    store.keeping.set_rule(
        "lead", KeepingRule(KeptKind.SOURCE, ids["alone"], keep_until="2026-02-10")
    )
    assert _due(store) == {"Parents' group": True, "Ada at home": False}
    # A rule without an end takes the one that held away.
    store.keeping.set_rule("lead", KeepingRule(KeptKind.STUDY))
    assert _due(store) == {"Ada at home": False}


def test_cases_count_from_their_closing_and_open_ones_are_not_due(tmp_path):
    store, lead = a_study_with_cases(tmp_path)
    store.keeping.set_rule(
        lead.id, KeepingRule(KeptKind.CASE_ERA, "historic", years_after=2)
    )
    # H1 closed on 19 December 2023, H2 on 12 January 2024, H3 on 24 February 2024.
    assert _due(store) == {"H1": True, "H2": True, "H3": False}
    store.keeping.set_rule(
        lead.id, KeepingRule(KeptKind.CASE_ERA, "contemporary", years_after=0)
    )
    assert "C3" not in _due(store)
    store.close()


def test_rules_that_cannot_be_are_refused(empty_store):
    store = empty_store
    a_rights_desk(store)
    for rule, why in (
        (KeepingRule(KeptKind.STUDY, keep_until="2026-02-30"), "does not exist"),
        (
            KeepingRule(KeptKind.STUDY, keep_until="2026-02-03", years_after=1),
            "at once",
        ),
        (KeepingRule(KeptKind.STUDY, years_after=-1), "between"),
        (KeepingRule(KeptKind.SOURCE, "gone", years_after=1), "not in the study"),
    ):
        with pytest.raises(DataRefused, match=why):
            store.keeping.set_rule("lead", rule)
    with pytest.raises(DataRefused, match="cannot erase"):
        store.keeping.set_rule(PRIYA.id, KeepingRule(KeptKind.STUDY, years_after=1))
    assert store.keeping.rules() == []


def test_a_rule_on_a_source_goes_with_it(empty_store):
    from rights_desk import about

    from data.people_rights.withdrawal import Reason

    store = empty_store
    ids = a_rights_desk(store)
    store.keeping.set_rule(
        "lead", KeepingRule(KeptKind.SOURCE, ids["alone"], years_after=1)
    )
    store.erasures.erase(
        "lead",
        about("source", "Ada at home", store),
        Reason.KEEPING_ENDED,
        typed="Ada at home",
    )
    assert store.keeping.rules() == []
