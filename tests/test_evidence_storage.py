"""Evidence says what something rests on, and what became of it since it was linked."""

from __future__ import annotations

import pytest
from interview_desk import a_desk, an_operation, code_words, segment_of
from two_coders import as_coded_blind

from coding.coded_segments import Segment
from coding.study import Person, Role
from data.figures.indicators import IndicatorValue
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.evidence.evidence_records import (
    Evidence,
    EvidenceChange,
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
    Stance,
    StateNow,
)
from data.storage.memos.memo_records import NewMemo, Thing

FINDING = Holder(HolderKind.FINDING, "finding 1")
PASSAGE = "The same worker came every week"


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    return (empty_store, *a_desk(empty_store))


def _code(store: StudyStore, source: str, code: str, words: str = PASSAGE) -> str:
    operation = code_words(words, code)
    store.coding.apply("priya", source, [operation])
    return operation.segment_id


def _only(store: StudyStore, reader: str | None = "di") -> Evidence:
    (one,) = store.evidence.of(FINDING, reader_id=reader)
    return one


def _link(store: StudyStore, kind: EvidenceKind, thing: str, **more) -> Evidence:
    store.evidence.link("di", FINDING, [NewEvidence(kind, thing, **more)])
    return _only(store)


def test_a_quotation_is_read_with_its_place_and_whose_words_it_holds(desk) -> None:
    store, source, same, _ = desk
    one = _link(
        store,
        EvidenceKind.CODED_SEGMENT,
        _code(store, source, same),
        stance=Stance.AGAINST,
        note=" Not on weekends. ",
    )
    assert (one.now.words, one.now.speaker) == (PASSAGE, "Mum")
    assert (one.now.name, one.now.source_id) == ("P07 wave 1, turn 2", source)
    assert one.now.start == segment_of(PASSAGE).start
    assert (one.stance, one.note, one.linked_by) == (
        Stance.AGAINST,
        "Not on weekends.",
        "Di Marsh",
    )
    (amira,) = store.study.participants()
    assert one.now.participant_ids == (amira.id,)
    assert one.stands
    assert one.warning == ""


def test_a_recoded_quotation_says_what_it_was(desk) -> None:
    store, source, same, heard = desk
    segment = _code(store, source, same)
    _link(store, EvidenceKind.CODED_SEGMENT, segment)
    store.coding.apply(
        "priya",
        source,
        [an_operation("recode", segment_id=segment, code_id=heard)],
    )
    assert _only(store).warning == (
        "Quotation: recoded (was Same worker, is Being heard now)."
    )


def test_moved_edges_and_taken_away_codes_are_told(desk) -> None:
    store, source, same, _ = desk
    segment = _code(store, source, same)
    _link(store, EvidenceKind.CODED_SEGMENT, segment)
    wider = Segment(segment_of(PASSAGE).start, segment_of("and she asked.").end)
    store.coding.apply(
        "priya",
        source,
        [
            an_operation(
                "move_edges", segment_id=segment, start=wider.start, end=wider.end
            )
        ],
    )
    assert _only(store).change is EvidenceChange.MOVED
    store.coding.apply("priya", source, [an_operation("uncode", segment_id=segment)])
    one = _only(store)
    assert (one.change, one.now.words) == (EvidenceChange.NO_LONGER_CODED, "")


def test_evidence_read_again_stands_as_it_is_now(desk) -> None:
    store, source, same, heard = desk
    segment = _code(store, source, same)
    one = _link(store, EvidenceKind.CODED_SEGMENT, segment)
    store.coding.apply(
        "priya",
        source,
        [an_operation("recode", segment_id=segment, code_id=heard)],
    )
    store.evidence.accept_change("di", one.id)
    assert _only(store).stands
    store.coding.apply("priya", source, [an_operation("uncode", segment_id=segment)])
    with pytest.raises(DataRefused, match="nothing left to read"):
        store.evidence.accept_change("di", one.id)


def test_a_source_coded_blind_gives_nothing_away(desk) -> None:
    store, source, same, _ = desk
    _link(store, EvidenceKind.CODED_SEGMENT, _code(store, source, same))
    as_coded_blind(store, source)
    for reader in (None, "tom"):
        one = _only(store, reader)
        assert one.change is EvidenceChange.BEING_CODED_BLIND, reader
        assert one.now == StateNow()
    assert _only(store, "priya").now.words == PASSAGE


def test_an_indicator_whose_value_changed_says_both(empty_store: StudyStore) -> None:
    a_desk(empty_store)
    value = IndicatorValue("Referrals", "2014/15 Q2", "Stockport", 120.0, "count")
    empty_store.indicators.save("priya", [value])
    (thing,) = empty_store.evidence.indicator_ids().values()
    one = _link(empty_store, EvidenceKind.INDICATOR, thing)
    assert (one.now.name, one.now.words) == (
        "Referrals, Stockport, 2014/15 Q2",
        "120 count",
    )
    newer = IndicatorValue("Referrals", "2014/15 Q2", "Stockport", 125.0, "count")
    empty_store.indicators.save("priya", [newer])
    assert _only(empty_store).warning == (
        "Indicator: its value was changed (was 120 count, is 125 count now)."
    )


def test_a_memo_that_says_something_else_now_is_told(desk) -> None:
    store, source, _, _ = desk
    memo = store.memos.add("priya", Thing("source", source), NewMemo("They meet."))
    _link(store, EvidenceKind.MEMO, memo.id)
    changed = store.memos.change("priya", memo, NewMemo("They seldom meet."))
    assert _only(store).change is EvidenceChange.WORDS_CHANGED
    store.memos.delete("priya", changed)
    assert _only(store).change is EvidenceChange.GONE


def test_a_withdrawn_decision_is_told(desk) -> None:
    store, _, same, _ = desk
    number = store.codebook_decisions.decide("priya", "Keep it.", "It holds.", [same])
    _link(store, EvidenceKind.DECISION, str(number))
    store.codebook_decisions.withdraw("priya", number, "It does not.")
    assert _only(store).change is EvidenceChange.WITHDRAWN


def test_what_is_linked_twice_is_linked_once_and_unlinked_once(desk) -> None:
    store, source, same, _ = desk
    segment = _code(store, source, same)
    one = _link(store, EvidenceKind.CODED_SEGMENT, segment)
    again = NewEvidence(EvidenceKind.CODED_SEGMENT, segment)
    assert store.evidence.link("di", FINDING, [again]) == 0
    assert [linked.id for linked in store.evidence.of(FINDING)] == [one.id]
    store.evidence.unlink("di", one.id)
    store.evidence.unlink("di", one.id)
    assert not store.evidence.of(FINDING)


def test_what_is_not_in_the_study_is_refused(desk) -> None:
    store, *_ = desk
    for kind in (EvidenceKind.CODED_SEGMENT, EvidenceKind.MEMO, EvidenceKind.SURVEY):
        with pytest.raises(DataRefused, match="no longer in the study"):
            _link(store, kind, "nothing")
    assert not store.evidence.of(FINDING)


def test_evidence_for_comes_before_evidence_against(desk) -> None:
    store, source, same, heard = desk
    first = _code(store, source, same)
    second = _code(store, source, heard)
    kind = EvidenceKind.CODED_SEGMENT
    store.evidence.link(
        "di",
        FINDING,
        [NewEvidence(kind, first, Stance.AGAINST), NewEvidence(kind, second)],
    )
    stances = [one.stance for one in store.evidence.of(FINDING, reader_id="di")]
    assert stances == [Stance.SUPPORTS, Stance.AGAINST]


def test_who_may_not_write_findings_links_nothing(desk) -> None:
    store, source, same, _ = desk
    segment = _code(store, source, same)
    judge = Person("judge", "Fionnuala Kerr", Role.PRACTITIONER_RESEARCHER)
    store.study.add_person("lead", judge)
    with pytest.raises(DataRefused, match="write what the study found"):
        store.evidence.link(
            "judge", FINDING, [NewEvidence(EvidenceKind.CODED_SEGMENT, segment)]
        )
