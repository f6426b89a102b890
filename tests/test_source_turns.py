"""Turns kept at hand between questions are never those of an earlier state."""

from __future__ import annotations

from interview_desk import WORDS, a_desk, a_source, code_words

from data.rights import Right
from data.storage import StudyStore
from data.storage.finding.source_turns import KeptTurns, SourceTurns
from data.tables import TurnRow


def _read(kept: KeptTurns, store: StudyStore, *sources: str) -> dict[str, SourceTurns]:
    with store.database.reading() as session:
        return kept.of(session, sources)


def test_turns_come_as_they_stand_in_the_source(empty_store: StudyStore) -> None:
    source, _, _ = a_desk(empty_store)
    turns = _read(KeptTurns(), empty_store, source, "none such")
    assert list(turns) == [source]
    assert list(turns[source].starts) == [13, 42]
    assert list(turns[source].ends) == [35, 97]
    assert list(turns[source].numbers) == [1, 2]
    said_by = [turns[source].labels[at] for at in turns[source].speakers]
    assert said_by == ["Interviewer", "Mum"]


def test_they_are_read_again_once_the_source_has_changed(
    empty_store: StudyStore,
) -> None:
    source, same, _ = a_desk(empty_store)
    kept = KeptTurns()
    first = _read(kept, empty_store, source)[source]
    assert _read(kept, empty_store, source)[source] is first
    empty_store.coding.apply("priya", source, [code_words("she asked", same)])
    assert _read(kept, empty_store, source)[source] is not first


def test_a_label_may_hold_the_sign_between_labels(empty_store: StudyStore) -> None:
    source, _, _ = a_desk(empty_store)
    with empty_store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        row = writing.session.get(TurnRow, (source, 2))
        assert row is not None
        row.speaker = "Mum\x1fDad"
        writing.record("turn named", "source", source)
    assert _read(KeptTurns(), empty_store, source)[source].labels == (
        "Interviewer",
        "Mum\x1fDad",
    )


def test_no_more_turns_are_kept_than_were_allowed(empty_store: StudyStore) -> None:
    source, _, _ = a_desk(empty_store)
    (other,) = empty_store.sources.save(
        "priya", [a_source("Another", WORDS + " Twice.")]
    )
    kept = KeptTurns(most=3)
    first = _read(kept, empty_store, source)[source]
    assert len(_read(kept, empty_store, source, other)) == 2
    assert _read(kept, empty_store, other)[other] is not None
    assert _read(kept, empty_store, source)[source] is not first
