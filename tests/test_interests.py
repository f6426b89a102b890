"""Declared interests: who worked a case is not offered it, and it stays on record."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from two_judges import Desk, read_by_two

from data.problems import DataRefused


@pytest.fixture(params=[1, 2])
def desk(tmp_path: Path, request) -> Iterator[Desk]:
    made = read_by_two(tmp_path, judges=request.param)
    yield made
    made.store.close()


def declare(desk, who, case):
    desk.store.interests.declare(desk.people[who].id, desk.ids[case])


def test_contemporary_case_is_not_offered_to_whoever_worked_it(desk):
    declare(desk, "Pat", "C1")
    assert desk.stage("Pat") == "not_yours"
    assert desk.stage("Bo") == "first"
    given = desk.store.judging.candidates(desk.people["Pat"].id, desk.ids["C1"])
    assert (given.ranked, given.blind) == ((), ())
    with pytest.raises(DataRefused, match="not yours to begin"):
        desk.begin("Pat")
    line = desk.store.audit.lines()[0]
    assert (line.action, line.person) == ("interest declared", "Pat")


def test_whoever_worked_it_is_not_its_second_judge_either(tmp_path):
    desk = read_by_two(tmp_path)
    desk.first("Ama", words="gnn", choice="H1")
    declare(desk, "Pat", "C1")
    assert desk.stage("Pat") == "not_yours"
    with pytest.raises(DataRefused, match="your team or you worked"):
        desk.second("Pat", words="gnn", choice="H1")
    assert "C1" in desk.store.judging.hidden_from(desk.people["Pat"].id)
    desk.store.close()


def test_historic_case_is_marked_for_its_worker_alone_and_cannot_be_chosen(desk):
    declare(desk, "Ama", "H4")
    desk.begin("Ama")
    ranked = desk.store.judging.candidates(desk.people["Ama"].id, desk.ids["C1"]).ranked
    assert [(o.candidate.historic_id, o.is_not_yours) for o in ranked] == [
        ("H1", False),
        ("H4", True),
        ("H2", False),
    ]
    seen_by_eve = desk.store.judging.candidates(
        desk.people["Eve"].id, desk.ids["C1"]
    ).ranked
    assert not any(one.is_not_yours for one in seen_by_eve)
    with pytest.raises(DataRefused, match="your team or you worked this case"):
        desk.reads("Ama", words="ngn", choice="H4")


def test_second_judge_gives_no_verdict_on_a_historic_case_of_their_team(tmp_path):
    desk = read_by_two(tmp_path)
    desk.first("Ama", words="gnn", choice="H1")
    declare(desk, "Pat", "H2")
    blind = desk.store.judging.candidates(desk.people["Pat"].id, desk.ids["C1"]).blind
    assert {one.reference for one in blind if one.is_not_yours} == {"H2"}
    ids = desk.ids
    from two_judges import GOOD, NOT

    desk.store.judgements.save(
        desk.people["Pat"].id,
        pairing_id=desk.pairing.id,
        contemporary_id=ids["C1"],
        historic_id=ids["H1"],
        suitability=GOOD,
        rationale="Same worries.",
        given_as=2,
        verdicts={ids["H1"]: GOOD, ids["H4"]: NOT},
        shown=[ids["H4"], ids["H1"]],
    )
    assert desk.stage("Pat") == "through"
    desk.store.close()


def test_declaration_is_withdrawn_with_a_reason_and_stays_on_record(desk):
    declare(desk, "Pat", "C1")
    pat, c1 = desk.people["Pat"].id, desk.ids["C1"]
    with pytest.raises(DataRefused, match="not said why"):
        desk.store.interests.withdraw(pat, c1, " ")
    with pytest.raises(DataRefused, match="have not declared"):
        desk.store.interests.withdraw(desk.people["Bo"].id, c1, "Another family.")
    desk.store.interests.withdraw(pat, c1, "Another family of that name.")
    assert desk.stage("Pat") == "first"
    (kept,) = desk.store.interests.everyone()
    assert (kept.person, kept.reference) == ("Pat", "C1")
    assert kept.withdrawn_at is not None
    assert kept.withdrawn_reason == "Another family of that name."


def test_declared_twice_by_others_who_do_not_judge_or_after_judging_is_refused(desk):
    declare(desk, "Pat", "C1")
    with pytest.raises(DataRefused, match="declared this already"):
        declare(desk, "Pat", "C1")
    with pytest.raises(DataRefused, match="cannot judge pairs"):
        declare(desk, "Eve", "C1")
    desk.first("Ama", words="gnn", choice="H1")
    for case in ("C1", "H1"):
        with pytest.raises(DataRefused, match="judgement of yours rests on"):
            declare(desk, "Ama", case)
    assert len(desk.store.interests.everyone()) == 1
