"""Every change at the coding desk is taken back and done again, each coder theirs."""

from __future__ import annotations

import itertools
import uuid
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from interview_desk import (
    WORDS,
    a_desk,
    a_suggestion,
    a_transcript,
    an_operation,
    code_words,
    segment_of,
)

from data.coding_records import CodingOperation, OperationKind, OperationOutcome
from data.rights import Right
from data.storage import StudyStore
from data.tables import AssignmentRow


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    return (empty_store, *a_desk(empty_store))


def _do(store: StudyStore, source: str, *asked: CodingOperation, who="priya"):
    return store.coding.apply(who, source, asked)


def _id(operation: CodingOperation) -> str:
    return f"{operation.client}:{operation.sequence}"


def _undo(store, source, operation, who="priya", kind="undo") -> OperationOutcome:
    asked = an_operation(kind, change_id=_id(operation), client=f"tab of {who}")
    (outcome,) = _do(store, source, asked, who=who)
    return outcome


def _suggest(store: StudyStore, source: str, code: str) -> str:
    proposed = a_suggestion("The same worker came every week", code)
    store.suggestions.replace_open("priya", {source: [proposed]}, engine="test")
    (waiting,) = store.suggestions.open_of(source)
    return waiting.id


def _state(store: StudyStore, source: str) -> dict[str, Any]:
    """All that a coder's operations can change, whatever its version or time."""
    return {
        "segments": {
            one.id: (one.code_id, one.segment, one.coder_id, one.coded_at)
            for one in store.coding.segments(source)
        },
        "decisions": {
            one.id: (one.status, one.decided_by)
            for one in store.suggestions.all_of(source)
        },
        "codes": {one.id: one.name for one in store.codebook.codebook().codes},
        "memos": {
            one.id: (one.text, one.start, one.end, one.about_id)
            for one in store.memos.in_source(source, reader_id="priya")
        },
    }


def _each_kind(store: StudyStore, source: str, same: str, heard: str) -> list:
    """One of each kind of change, in an order in which each is possible."""
    suggestion = _suggest(store, source, same)
    coded = code_words("same worker", same)
    made, accepted = str(uuid.uuid4()), str(uuid.uuid4())
    where, memo = segment_of("every week"), str(uuid.uuid4())
    wider = segment_of("The same worker came")
    on = {"segment_id": coded.segment_id}
    return [
        coded,
        an_operation("recode", code_id=heard, **on),
        an_operation("move_edges", start=wider.start, end=wider.end, **on),
        an_operation("memo", memo_id=memo, text="Trust comes from this.", **on),
        an_operation("memo", memo_id=memo, text="Trust may come from this.", **on),
        an_operation("memo", memo_id=memo, text=" ", **on),
        an_operation(
            "memo",
            memo_id=str(uuid.uuid4()),
            text="And here?",
            start=where.start,
            end=where.end,
        ),
        an_operation("uncode", **on),
        an_operation("make_code", code_id=made, code_name="Late notice"),
        an_operation("accept", suggestion_id=suggestion, segment_id=accepted),
        an_operation("recode", segment_id=accepted, code_id=heard),
        an_operation("uncode", segment_id=accepted),
    ]


def test_each_kind_of_change_is_taken_back_and_done_again_in_turn(desk) -> None:
    store, source, same, heard = desk
    states, operations = [], _each_kind(store, source, same, heard)
    for one in operations:
        states.append(_state(store, source))
        (outcome,) = _do(store, source, one)
        assert not outcome.is_refused, (one.kind, outcome)
        assert _state(store, source) != states[-1], one.kind
    states.append(_state(store, source))
    for one, before in zip(reversed(operations), reversed(states[:-1]), strict=True):
        assert not _undo(store, source, one).is_refused
        assert _state(store, source) == before, one.kind
    for one, after in zip(operations, states[1:], strict=True):
        assert not _undo(store, source, one, kind="redo").is_refused
        assert _state(store, source) == after, one.kind


@pytest.mark.parametrize("kind", ["reject", "instead", "accept"])
def test_a_decision_is_taken_back_and_done_again(desk, kind) -> None:
    store, source, same, heard = desk
    suggestion = _suggest(store, source, same)
    before = _state(store, source)
    decided = an_operation(
        kind, suggestion_id=suggestion, segment_id=str(uuid.uuid4()), code_id=heard
    )
    _do(store, source, decided)
    after = _state(store, source)
    assert after != before
    _undo(store, source, decided)
    assert _state(store, source) == before
    _undo(store, source, decided, kind="redo")
    assert _state(store, source) == after


def test_changes_outlive_the_program_and_are_each_coders_own(
    desk, tmp_path: Path
) -> None:
    store, source, same, heard = desk
    mine, theirs = code_words("same worker", same), code_words("every week", heard)
    _do(store, source, mine)
    _do(store, source, theirs, who="tom")
    again = StudyStore(store.database.file)
    (change,) = again.coding.changes("priya", source)
    assert (change.id, change.kind, change.is_undone) == (_id(mine), "code", False)
    assert change.rows[0].after["code_id"] == same
    refused = _undo(again, source, theirs)
    assert "no longer there" in refused.found
    assert not _undo(again, source, mine).is_refused
    assert [one.coder_id for one in again.coding.segments(source)] == ["tom"]
    assert [one.is_undone for one in again.coding.changes("priya", source)] == [True]
    again.close()


def test_an_undo_sent_again_is_done_once(desk) -> None:
    store, source, same, _ = desk
    coded = code_words("same worker", same)
    back = an_operation("undo", change_id=_id(coded))
    _do(store, source, coded, back)
    _undo(store, source, coded, kind="redo")
    kept = store.coding.segments(source)
    # The browser did not hear the answer to the undo and sends both again.
    _do(store, source, coded, back)
    assert store.coding.segments(source) == kept
    assert len(kept) == 1


def test_a_new_change_ends_what_can_be_done_again(desk) -> None:
    store, source, same, heard = desk
    first, second = code_words("same worker", same), code_words("every week", heard)
    _do(store, source, first)
    _undo(store, source, first)
    _do(store, source, second)
    assert [one.id for one in store.coding.changes("priya", source)] == [_id(second)]
    refused = _undo(store, source, first, kind="redo")
    assert "no longer there to take back or do again" in refused.found
    assert len(store.coding.segments(source)) == 1


def test_what_was_changed_since_is_not_overwritten_and_is_let_go_of(desk) -> None:
    store, source, same, heard = desk
    coded = code_words("same worker", same)
    recoded = an_operation("recode", segment_id=coded.segment_id, code_id=heard)
    earlier = code_words("every week", same)
    _do(store, source, earlier, coded, recoded)
    refused = _undo(store, source, coded)
    assert refused.found == "The passage has changed since, so it stays as it is."
    assert refused.do_next
    kept = {one.id: one.code_id for one in store.coding.segments(source)}
    assert kept[coded.segment_id] == heard
    # It no longer stands in the way of what came before it.
    left = [one.id for one in store.coding.changes("priya", source)]
    assert left == [_id(earlier), _id(recoded)]


def test_suggestions_made_again_are_not_decided_by_an_old_redo(desk) -> None:
    store, source, same, _ = desk
    decided = an_operation(
        "accept",
        suggestion_id=_suggest(store, source, same),
        segment_id=str(uuid.uuid4()),
    )
    _do(store, source, decided)
    _undo(store, source, decided)
    # On other words: proposed again on the same it would be the same suggestion.
    other = {source: [a_suggestion("she asked", same)]}
    store.suggestions.replace_open("priya", other, engine="later")
    refused = _undo(store, source, decided, kind="redo")
    assert "decided or made again since" in refused.found
    assert store.coding.segments(source) == []


def test_a_new_code_goes_with_its_undo_unless_somebody_uses_it(desk) -> None:
    store, source, _, _ = desk
    made = an_operation("make_code", code_id=str(uuid.uuid4()), code_name="Late notice")
    _do(store, source, made)
    theirs = code_words("every week", made.code_id)
    _do(store, source, theirs, who="tom")
    refused = _undo(store, source, made)
    assert refused.found == (
        "The code 'Late notice' is in use by now, so it stays in the codebook."
    )
    assert made.code_id in store.codebook.codebook().by_id()


def test_a_code_somebody_worked_on_stays(desk) -> None:
    store, source, _, _ = desk
    made = an_operation("make_code", code_id=str(uuid.uuid4()), code_name="Late notice")
    _do(store, source, made)
    code = store.codebook.codebook().by_id()[made.code_id]
    store.codebook.change("tom", replace(code, definition="Told too late."))
    refused = _undo(store, source, made)
    assert refused.found == "The code has been worked on since, so it stays as it is."


def test_only_own_passages_are_recoded_or_moved(desk) -> None:
    store, source, same, heard = desk
    coded = code_words("same worker", same)
    _do(store, source, coded)
    on = {"segment_id": coded.segment_id}
    asked = [
        an_operation("recode", code_id=heard, **on),
        an_operation("move_edges", start=50, end=60, **on),
    ]
    for outcome in _do(store, source, *asked, who="tom"):
        assert outcome.found.startswith("Priya Wetherall coded this passage")
    (kept,) = store.coding.segments(source)
    assert (kept.code_id, kept.segment) == (same, segment_of("same worker"))


def test_recoding_keeps_id_and_memos_and_tells_the_suggestion(desk) -> None:
    store, source, same, heard = desk
    suggestion, segment = _suggest(store, source, same), str(uuid.uuid4())
    memo = str(uuid.uuid4())
    _do(
        store,
        source,
        an_operation("accept", suggestion_id=suggestion, segment_id=segment),
        an_operation("memo", memo_id=memo, segment_id=segment, text="Why her?"),
        an_operation("recode", segment_id=segment, code_id=heard),
    )
    (kept,) = store.coding.segments(source)
    assert (kept.id, kept.code_id) == (segment, heard)
    (note,) = store.memos.in_source(source, reader_id="priya")
    assert (note.about_id, note.text) == (segment, "Why her?")
    assert store.suggestions.all_of(source)[0].status == "replaced"
    _do(store, source, an_operation("recode", segment_id=segment, code_id=same))
    assert store.suggestions.all_of(source)[0].status == "accepted"


def test_a_passage_is_not_moved_or_recoded_onto_its_twin(desk) -> None:
    store, source, same, heard = desk
    first, second = code_words("same worker", same), code_words("same worker", heard)
    third = code_words("every week", same)
    where = segment_of("same worker")
    outcomes = _do(
        store,
        source,
        *(first, second, third),
        an_operation("recode", segment_id=second.segment_id, code_id=same),
        an_operation(
            "move_edges",
            segment_id=third.segment_id,
            start=where.start,
            end=where.end,
        ),
    )
    assert [one.found[:30] for one in outcomes[3:]] == [
        "These words already carry 'Sam"
    ] * 2
    assert len(store.coding.segments(source)) == 3


@pytest.mark.parametrize(("start", "end"), [(0, 12), (20, 20), (0, 10_000)])
def test_edges_stay_around_words_that_were_said(desk, start, end) -> None:
    store, source, same, _ = desk
    coded = code_words("same worker", same)
    moved = an_operation(
        "move_edges", segment_id=coded.segment_id, start=start, end=end
    )
    outcome = _do(store, source, coded, moved)[1]
    assert outcome.is_refused
    assert store.coding.segments(source)[0].segment == segment_of("same worker")


def test_a_memo_is_its_authors_and_follows_its_passage(desk) -> None:
    store, source, same, _ = desk
    coded = code_words("same worker", same)
    memo = an_operation(
        "memo",
        memo_id=str(uuid.uuid4()),
        segment_id=coded.segment_id,
        text="  She stayed.  ",
    )
    _do(store, source, coded, memo)
    (theirs,) = _do(
        store,
        source,
        an_operation("memo", memo_id=memo.memo_id, text="Did she?"),
        who="tom",
    )
    assert theirs.found == "Only its author can change a memo."
    (kept,) = store.memos.in_source(source, reader_id="tom")
    assert (kept.text, kept.author_id, kept.about_kind) == (
        "She stayed.",
        "priya",
        "coded segment",
    )
    wider = segment_of("The same worker came")
    _do(
        store,
        source,
        an_operation(
            "move_edges",
            segment_id=coded.segment_id,
            start=wider.start,
            end=wider.end,
        ),
    )
    (kept,) = store.memos.in_source(source, reader_id="tom")
    assert (kept.start, kept.end) == (wider.start, wider.end)
    # The code goes, the thought stays where it was written.
    _do(store, source, an_operation("uncode", segment_id=coded.segment_id))
    (kept,) = store.memos.in_source(source, reader_id="tom")
    assert (kept.start, kept.end) == (coded.start, coded.end)


def test_memos_of_others_are_hidden_while_the_source_is_coded_blind(desk) -> None:
    store, source, _, _ = desk
    where = segment_of("every week")
    for who in ("priya", "tom"):
        memo = an_operation(
            "memo",
            memo_id=str(uuid.uuid4()),
            text=f"By {who}.",
            start=where.start,
            end=where.end,
            client=f"tab of {who}",
        )
        _do(store, source, memo, who=who)
    assert len(store.memos.in_source(source, reader_id="tom")) == 2
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        writing.session.add(
            AssignmentRow(
                source_id=source, coder_id="tom", is_blind=True, given_by="lead"
            )
        )
        writing.record("source assigned")
    (own,) = store.memos.in_source(source, reader_id="tom")
    assert own.text == "By tom."
    assert len(store.memos.in_source(source, reader_id="lead")) == 2


def test_a_correction_moves_memos_and_ends_what_can_be_undone(desk) -> None:
    store, source, same, _ = desk
    where, gone = segment_of("every week"), segment_of("she asked")
    taken = code_words("same worker", same)
    memos = [
        an_operation(
            "memo", memo_id=str(uuid.uuid4()), text=text, start=at.start, end=at.end
        )
        for text, at in (("Often.", where), ("Did she?", gone))
    ]
    away = an_operation("uncode", segment_id=taken.segment_id)
    _do(store, source, *memos, taken, away)
    corrected = WORDS.replace("Who came", "So who came").replace(", and she asked", "")
    seen = store.sources.read(source).transcript.sha256
    store.corrections.correct(
        "priya", source, a_transcript(words=corrected), "Misheard", seen_sha256=seen
    )
    often, did = store.memos.in_source(source, reader_id="priya")
    assert corrected[often.start : often.end] == "every week"
    # Its words are gone; the thought stays, within the text.
    assert (did.text, did.end <= len(corrected)) == ("Did she?", True)
    # Brought back now, the passage would cover other words.
    assert _undo(store, source, away).is_refused
    assert store.coding.segments(source) == []


_numbers = itertools.count(1)


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["code", "uncode", "recode", "undo", "redo"]),
            st.integers(0, 5),
        ),
        max_size=14,
    )
)
def test_undoing_all_of_any_work_leads_back_to_where_it_began(desk, work) -> None:
    store, source, same, heard = desk
    client = f"browser{next(_numbers):04}"
    before = _state(store, source)
    numbers = itertools.count(1)

    def one(kind: str, **fields) -> None:
        asked = CodingOperation(client, next(numbers), OperationKind(kind), **fields)
        _do(store, source, asked)

    def line(*, undone: bool) -> list[str]:
        mine = store.coding.changes("priya", source)
        return [c.id for c in mine if c.is_undone is undone and client in c.id]

    for kind, at in work:
        segments = store.coding.segments(source)
        if kind == "code":
            segment = str(uuid.uuid4())
            one(kind, segment_id=segment, start=43 + at, end=60 + at, code_id=same)
        elif kind == "undo" and line(undone=False):
            one(kind, change_id=line(undone=False)[-1])
        elif kind == "redo" and line(undone=True):
            one(kind, change_id=line(undone=True)[0])
        elif kind in ("uncode", "recode") and segments:
            segment = segments[at % len(segments)].id
            one(kind, segment_id=segment, code_id=heard if kind == "recode" else "")
    while line(undone=False):
        one("undo", change_id=line(undone=False)[-1])
    assert _state(store, source) == before
