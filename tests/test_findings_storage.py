"""A finding is final only when it rests on evidence and answers what speaks against."""

from __future__ import annotations

import pytest
from interview_desk import a_desk, an_operation, code_words

from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence, Stance
from data.storage.findings.finding_records import (
    LONGEST_STATEMENT,
    Finding,
    FindingState,
    FindingWords,
    what_stops,
)

FOR, AGAINST = "The same worker came every week", "she asked"
WORDS = FindingWords("Families meet fewer workers.", "Moderate: one interview.")


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    return (empty_store, *a_desk(empty_store))


def _code(store: StudyStore, source: str, code: str, words: str) -> str:
    operation = code_words(words, code)
    store.coding.apply("priya", source, [operation])
    return operation.segment_id


def _link(
    store: StudyStore, one: Finding, thing: str, stance: Stance = Stance.SUPPORTS
) -> None:
    new = NewEvidence(EvidenceKind.CODED_SEGMENT, thing, stance)
    store.evidence.link("di", one.holder, [new])


def _read(store: StudyStore) -> Finding:
    (one,) = store.findings.all()
    return one


def _stops(store: StudyStore) -> list[str]:
    one = _read(store)
    return [p.found for p in what_stops(one, store.evidence.of(one.holder))]


def test_a_finding_without_evidence_cannot_be_final(desk) -> None:
    store, *_ = desk
    one = store.findings.add("di", WORDS)
    with pytest.raises(DataRefused, match="No evidence is linked"):
        store.findings.make_final("di", one)
    assert _read(store).state is FindingState.DRAFT


def test_one_with_counter_evidence_alone_cannot_be_final(desk) -> None:
    store, source, same, _ = desk
    one = store.findings.add("di", FindingWords("A", "Weak.", "One says no."))
    _link(store, one, _code(store, source, same, FOR), Stance.AGAINST)
    with pytest.raises(DataRefused, match="All evidence linked speaks against it"):
        store.findings.make_final("di", one)


def test_every_thing_left_open_is_named_at_once(desk) -> None:
    store, source, same, _ = desk
    one = store.findings.add("di", FindingWords("Families meet fewer workers."))
    _link(store, one, _code(store, source, same, FOR), Stance.AGAINST)
    with pytest.raises(DataRefused) as refused:
        store.findings.make_final("di", one)
    assert [p.where for p in refused.value.problems] == [
        "How strong the evidence is",
        "Evidence",
        "What does not fit",
    ]


def test_counter_evidence_is_answered_by_what_is_written_after_it(desk) -> None:
    store, source, same, heard = desk
    one = store.findings.add("di", FindingWords("A", "Strong.", "Nothing yet."))
    _link(store, one, _code(store, source, same, FOR))
    _link(store, one, _code(store, source, heard, AGAINST), Stance.AGAINST)
    assert _stops(store) == ["1 piece of counter-evidence is linked and not answered."]
    # Another statement does not answer it; new words, or saying so, do.
    reworded = FindingWords("B", "Strong.", "Nothing yet.")
    one = store.findings.change("di", one, reworded)
    assert _stops(store) != []
    one = store.findings.change("di", one, reworded, all_told=True)
    assert _stops(store) == []
    assert store.findings.make_final("di", one).is_final


def test_saying_that_all_is_told_answers_nothing_where_nothing_is_written(desk) -> None:
    store, source, same, heard = desk
    one = store.findings.add("di", WORDS)
    _link(store, one, _code(store, source, same, FOR))
    _link(store, one, _code(store, source, heard, AGAINST), Stance.AGAINST)
    one = store.findings.change("di", one, WORDS, all_told=True)
    with pytest.raises(DataRefused, match="not answered"):
        store.findings.make_final("di", one)


def _a_final_finding(desk) -> tuple[StudyStore, str]:
    store, source, same, _ = desk
    one = store.findings.add("di", WORDS)
    segment = _code(store, source, same, FOR)
    _link(store, one, segment)
    store.findings.make_final("di", one)
    assert _stops(store) == []
    return store, segment


def test_a_final_finding_says_when_its_evidence_changed(desk) -> None:
    store, segment = _a_final_finding(desk)
    store.coding.apply(
        "priya", desk[1], [an_operation("recode", segment_id=segment, code_id=desk[3])]
    )
    (said,) = _stops(store)
    assert "recoded" in said
    one = store.findings.back_to_draft("di", _read(store))
    with pytest.raises(DataRefused, match="recoded"):
        store.findings.make_final("di", one)
    (link,) = store.evidence.of(one.holder)
    store.evidence.accept_change("di", link.id)
    assert store.findings.make_final("di", one).is_final


def test_a_final_finding_says_when_evidence_was_added_or_taken_away(desk) -> None:
    store, _ = _a_final_finding(desk)
    one = _read(store)
    _link(store, one, _code(store, desk[1], desk[3], AGAINST))
    said = ["Evidence was linked or taken away since it was made final."]
    assert _stops(store) == said
    for link in store.evidence.of(one.holder):
        store.evidence.unlink("di", link.id)
    assert said[0] in _stops(store)


def test_a_final_finding_is_not_reworded(desk) -> None:
    store, _ = _a_final_finding(desk)
    with pytest.raises(DataRefused, match="A final finding is not changed"):
        store.findings.change("di", _read(store), FindingWords("Other words."))
    assert _read(store).words == WORDS


def test_earlier_wordings_are_kept_with_who_wrote_them(desk) -> None:
    store, *_ = desk
    one = store.findings.add("di", FindingWords("First."))
    one = store.findings.change("priya", one, FindingWords("Second."))
    one = store.findings.change("priya", one, FindingWords("Second."))
    one = store.findings.change("di", one, FindingWords("Third.", "Weak."))
    kept = store.findings.earlier_wordings(one.id)
    assert [(k.words.statement, k.worded_by) for k in kept] == [
        ("Second.", "Priya Wetherall"),
        ("First.", "Di Marsh"),
    ]


def test_two_people_never_overwrite_each_other(desk) -> None:
    store, *_ = desk
    seen = store.findings.add("di", FindingWords("First."))
    store.findings.change("priya", seen, FindingWords("Hers."))
    with pytest.raises(DataRefused, match="Someone else changed this"):
        store.findings.change("di", seen, FindingWords("Mine."))
    assert _read(store).words.statement == "Hers."


def test_findings_are_put_in_order_taken_out_and_brought_back(desk) -> None:
    store, *_ = desk
    a, b, c = (store.findings.add("di", FindingWords(one)) for one in "ABC")
    store.findings.move("di", c.id, up=True)
    store.findings.move("di", a.id, up=True)
    assert [one.id for one in store.findings.all()] == [a.id, c.id, b.id]
    a_now = store.findings.all()[0]
    store.findings.take_out("di", a_now)
    assert [one.id for one in store.findings.all()] == [c.id, b.id]
    with pytest.raises(DataRefused, match="no longer in the list"):
        store.findings.change("di", a_now, FindingWords("Again."))
    store.findings.bring_back("di", a.id)
    assert [one.id for one in store.findings.all()] == [a.id, c.id, b.id]


def test_words_that_say_nothing_or_too_much_are_refused(desk) -> None:
    store, *_ = desk
    with pytest.raises(DataRefused, match="says nothing"):
        store.findings.add("di", FindingWords("  "))
    with pytest.raises(DataRefused, match="can be kept"):
        store.findings.add("di", FindingWords("a" * (LONGEST_STATEMENT + 1)))
    assert store.findings.all() == []


def test_only_those_who_may_write_findings(desk) -> None:
    store, *_ = desk
    from coding.study import Person, Role

    worker = Person("wyn", "Wyn", Role.PRACTITIONER_RESEARCHER)
    store.study.add_person("lead", worker)
    with pytest.raises(DataRefused, match="cannot write what the study found"):
        store.findings.add("wyn", WORDS)
    kept = [line.action for line in store.audit.lines()]
    assert not [one for one in kept if one.startswith("finding")]
