"""A hypothesis moves by recorded steps alone, and what it said before is kept."""

from __future__ import annotations

import pytest
from debrief_table import a_table, now_read

from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.debriefs.hypothesis_records import HypothesisStatus, NewStep
from data.storage.evidence.evidence_records import (
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
)

HELD, CHANGED = HypothesisStatus.HELD, HypothesisStatus.CHANGED
SAID = "Families feel heard where one worker stays"


@pytest.fixture
def table(empty_store: StudyStore) -> tuple[StudyStore, str, str]:
    return (empty_store, *a_table(empty_store))


def _put_up(store: StudyStore, **more):
    return store.hypotheses.put_up("di", SAID, "Three parents said so.", **more)


def test_a_hypothesis_is_put_up_with_its_reason_and_number(table) -> None:
    store, _, _ = table
    first = _put_up(store)
    second = store.hypotheses.put_up("priya", "Another", "Reading")
    assert (first.label, second.label) == ("H1", "H2")
    assert (first.status, first.put_up_by) == (HypothesisStatus.PUT_UP, "Di Marsh")
    (step,) = first.steps
    assert (step.statement, step.why) == (SAID, "Three parents said so.")


def test_each_step_keeps_the_wording_the_reason_and_the_debrief(table) -> None:
    store, debrief, _ = table
    one = _put_up(store)
    new = "Families feel heard where somebody comes back to them"
    one = store.hypotheses.step(
        "di", one, NewStep(CHANGED, "Two had three workers.", new, debrief)
    )
    one = store.hypotheses.step("priya", one, NewStep(HELD, "Read again."))
    assert (one.status, one.statement) == (HELD, new)
    assert one.wordings == (SAID, new)
    assert [(s.status.value, s.statement, s.debrief_number) for s in one.steps] == [
        ("put up", SAID, 0),
        ("changed", new, 1),
        ("held", new, 0),
    ]
    assert [s.taken_by for s in one.steps] == [
        "Di Marsh",
        "Di Marsh",
        "Priya Wetherall",
    ]
    # What is moved in a debrief was on its table.
    assert [d.hypothesis_id for d in now_read(store, debrief).discussed] == [one.id]


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (NewStep(HELD, " "), "empty"),
        (NewStep(CHANGED, "Why not."), "wording is the same"),
        (NewStep(CHANGED, "Why not.", f"  {SAID} "), "wording is the same"),
        (NewStep(HELD, "Why not.", "Another wording"), "wording is another"),
        (NewStep(HypothesisStatus.PUT_UP, "Why not."), "put up once"),
    ],
)
def test_a_step_that_does_not_fit_is_refused(table, step: NewStep, said: str) -> None:
    store, _, _ = table
    one = _put_up(store)
    with pytest.raises(DataRefused, match=said):
        store.hypotheses.step("di", one, step)
    assert len(store.hypotheses.hypothesis(one.id).steps) == 1


def test_the_same_words_are_not_put_up_twice(table) -> None:
    store, _, _ = table
    _put_up(store)
    with pytest.raises(DataRefused, match="H1 says the same"):
        store.hypotheses.put_up("di", SAID.upper(), "Again.")


def test_two_people_do_not_move_it_over_each_other(table) -> None:
    store, _, _ = table
    seen = _put_up(store)
    store.hypotheses.step("di", seen, NewStep(HELD, "It stands."))
    with pytest.raises(DataRefused, match="Someone else changed this"):
        store.hypotheses.step("priya", seen, NewStep(CHANGED, "No.", "Other words"))
    assert store.hypotheses.hypothesis(seen.id).status is HELD


def test_a_search_that_found_nothing_is_kept_with_who_and_where(table) -> None:
    store, _, _ = table
    one = _put_up(store)
    store.hypotheses.record_search("priya", one.id, " Wave 1, parents ", "2025-06-01")
    with pytest.raises(DataRefused, match="no day"):
        store.hypotheses.record_search("priya", one.id, "Wave 2", "soon")
    (search,) = store.hypotheses.hypothesis(one.id).searches
    assert (search.where_looked, search.looked_by, search.looked_on) == (
        "Wave 1, parents",
        "Priya Wetherall",
        "2025-06-01",
    )


def test_who_does_not_write_findings_reads_and_changes_nothing(table) -> None:
    store, _, _ = table
    one = _put_up(store)
    for refused in (
        lambda: store.hypotheses.put_up("nell", "Mine", "Because"),
        lambda: store.hypotheses.step("nell", one, NewStep(HELD, "Because")),
        lambda: store.hypotheses.record_search("nell", one.id, "All", "2025-06-01"),
    ):
        with pytest.raises(DataRefused, match="cannot write what the study found"):
            refused()
    assert [h.version for h in store.hypotheses.hypotheses()] == [1]


def test_audit_lines_hold_no_words_of_a_hypothesis(table) -> None:
    store, _, _ = table
    one = store.hypotheses.step("di", _put_up(store), NewStep(HELD, "It stands."))
    lines = [li for li in store.audit.lines() if li.about_id == one.id]
    assert [line.action for line in lines] == ["hypothesis moved", "hypothesis put up"]
    assert "heard" not in repr(lines)
    assert "stands" not in repr(lines)


def test_a_hypothesis_as_evidence_tells_when_it_moves(table) -> None:
    store, _, _ = table
    one = _put_up(store)
    finding = Holder(HolderKind.FINDING, "finding 1")
    store.evidence.link("di", finding, [NewEvidence(EvidenceKind.HYPOTHESIS, one.id)])

    def warning() -> str:
        (evidence,) = store.evidence.of(finding, reader_id="di")
        return evidence.warning

    assert warning() == ""
    one = store.hypotheses.step("di", one, NewStep(HELD, "It stands."))
    assert warning() == ("Hypothesis: it stands otherwise (was put up, is held now).")
    store.hypotheses.step("di", one, NewStep(CHANGED, "No.", "Other words"))
    assert warning() == "Hypothesis: its words were changed."
