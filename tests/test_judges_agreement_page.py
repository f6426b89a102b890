"""The page on two judges' agreement, and the account it and the reports read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from case_desk import a_study
from page_tests import open_page, words_on
from two_judges import Desk, read_by_two

from workbench.actions.cases.judges_account import (
    account_as_values,
    cases_in_words,
    interest_in_words,
    read_judges_account,
    readings_table,
    setting_in_words,
)
from workbench.actions.together.reports import pairs_document


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = read_by_two(tmp_path)
    yield made
    made.store.close()


def judged(desk):
    """C1 alike, C2 differing and not settled."""
    desk.first("Ama", words="gcn", choice="H1")
    desk.second("Pat", words="gn?", choice="H1")
    desk.first("Ama", "C2", words="gn", choice="H3")
    desk.second("Bo", "C2", words="ng", choice="H2")
    desk.store.interests.declare(desk.people["Pat"].id, desk.ids["H3"])


def test_empty_study_teaches_what_agreement_is_for(tmp_path):
    store, person = a_study(tmp_path)
    app = open_page("judges_agreement_page", tmp_path / "study.sqlite", person.id)
    words = words_on(app)
    assert "a study lead can ask for a second, blind judge" in words
    assert "Each case is judged by one person. No case is decided yet." in words
    store.close()


def test_differences_lead_and_figures_follow_with_what_they_can_bear(desk):
    judged(desk)
    app = open_page("judges_agreement_page", desk.path, desk.people["Eve"].id)
    assert not app.exception
    words = words_on(app)
    assert "Ama chose case H3, Bo chose case H2. Not settled yet." in words
    # C1: H1 both yes, H4 yes and no, H2 left out; C2: yes and no, no and yes.
    assert "The two judges agreed on 1 of 4 candidates" in words
    assert "fewer than 10 cases" in words
    assert "same choice in 1 of 2 cases" in words
    assert "none given" in words
    assert words.index("Where they differ") < words.index("How often they agree")
    assert "Pat or their team worked case H3" in words


def test_account_tells_who_judged_what_when_of_decided_cases_alone(desk):
    judged(desk)
    account = read_judges_account(desk.store)
    assert cases_in_words(account) == (
        "Decided cases: 1. Read by one person: 0, by two: 1; decided together after "
        "two readings: 0."
    )
    assert setting_in_words(account).startswith("Each case is judged by two people")
    assert "Set by Ama on" in setting_in_words(account)
    rows = readings_table(account.cases)
    assert [row[:4] for row in rows] == [
        ("C1", "first judge", "Ama", "H1"),
        ("C1", "second judge", "Pat", "H1"),
    ]
    assert [row[5] for row in rows] == ["1", "1"]
    values = json.loads(json.dumps(account_as_values(account)))
    assert values["judges"] == 2
    assert [one["contemporary"] for one in values["decided"]] == ["C1"]
    assert values["agreement"]["comparable"]["cannot_tell_left_out"] == 1
    assert values["agreement"]["same_choice"]["share"] is None
    # 1/(3 + 1) + 1/(2 + 1)
    assert values["agreement"]["same_choice"]["expected_by_chance"] == pytest.approx(
        7 / 12
    )
    assert values["interests"][0]["case"] == "H3"


def test_reconciled_decision_stands_in_the_account_beside_both_readings(desk):
    from matching.judging.judgement import Suitability

    judged(desk)
    desk.store.reconciling.save(
        desk.people["Bo"].id,
        desk.ids["C2"],
        historic_id=desk.ids["H3"],
        suitability=Suitability.USABLE_WITH_CARE,
        rationale="Closer in age.",
    )
    account = read_judges_account(desk.store)
    assert [row[1:4] for row in readings_table(account.cases)][2:] == [
        ("first judge", "Ama", "H3"),
        ("second judge", "Bo", "H2"),
        ("decided together", "Bo and Ama", "H3"),
    ]
    assert len(account.reconciled) == 1
    # Agreement is that of the readings, whatever was settled since.
    assert account.choice.same == 1


def test_report_prints_setting_judges_agreement_and_interests(desk):
    judged(desk)
    report = pairs_document(desk.store, "Ama", datetime(2026, 1, 5, tzinfo=UTC))
    (section,) = [
        one for one in report.sections if one.heading == "How the cases were judged"
    ]
    said = repr(section)
    for expected in (
        "Each case is judged by two people",
        "agreed on 1 of 4 candidates",
        "second judge",
        "Pat or their team worked case H3",
    ):
        assert expected in said
    # Nothing of the case that is not decided but for its being counted.
    assert "('C2'" not in said


def test_withdrawn_interest_is_told_with_its_reason(desk):
    pat = desk.people["Pat"].id
    desk.store.interests.declare(pat, desk.ids["C1"])
    desk.store.interests.withdraw(pat, desk.ids["C1"], "Another family.")
    (one,) = read_judges_account(desk.store).interests
    assert interest_in_words(one).endswith(": Another family.)")
