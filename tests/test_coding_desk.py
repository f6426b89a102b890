"""What the pane shows of one source, and what becomes of what it sends."""

from __future__ import annotations

import uuid
from dataclasses import replace

import pytest
from interview_desk import DI, PRIYA, TOM, WORDS, a_desk, a_suggestion, code_words

from coding.codebook import Code
from coding.suggestions.suggestion import Strength
from data.problems import DataRefused
from data.rights import Right
from data.storage import StudyStore
from data.tables import PersonRow
from workbench.actions.interviews import coding_desk
from workbench.actions.interviews.pane_operations import PaneOperation


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    return (empty_store, *a_desk(empty_store))


def _content(store: StudyStore, source_id: str, person=PRIYA):
    source = store.sources.read(source_id)
    assert source is not None
    turns = coding_desk.turns_of(source)
    return coding_desk.desk_content(store, person, source, turns)


def _sent(number: int, kind: str, **fields) -> PaneOperation:
    return PaneOperation("browser1", number, kind, fields)


def test_the_pane_shows_turns_codes_passages_and_suggestions(desk) -> None:
    store, source, same, heard = desk
    store.coding.apply("tom", source, [code_words("same worker", same)])
    proposed = a_suggestion("she asked", heard)
    store.suggestions.replace_open("priya", {source: [proposed]}, engine="test")
    content = _content(store, source)
    assert content.subtitle == "Interview · Wave 1 · 3 May 2025 · Amira (Parent)"
    asked, said = content.turns
    assert (asked.speaker, asked.is_interviewer) == ("Interviewer", True)
    assert WORDS[said.start :].startswith(said.text)
    assert [(c.name, c.count, c.key) for c in content.codes] == [
        ("Same worker", 1, "1"),
        ("Being heard", 0, "2"),
    ]
    assert content.codes[0].ink_light == "#0B5EC7"
    (span,) = content.spans
    assert (span.coder, span.is_mine) == ("Tom Ibbotson", False)
    (waiting,) = content.suggestions
    assert (waiting.strength, waiting.reason) == (
        "fairly sure",
        "Because of same worker.",
    )
    assert not waiting.is_guess
    assert content.may_code
    assert content.coder == "priya"
    assert not _content(store, source, DI).may_code


def test_a_guess_is_marked_so_that_the_pane_can_fold_it_away(desk) -> None:
    store, source, same, _ = desk
    guess = replace(a_suggestion("asked", same), strength=Strength.GUESS)
    store.suggestions.replace_open("priya", {source: [guess]}, engine="test")
    (waiting,) = _content(store, source).suggestions
    assert (waiting.strength, waiting.is_guess) == (Strength.GUESS.in_words, True)


def test_headings_have_no_key_and_retired_codes_stay_readable(desk) -> None:
    store, source, same, heard = desk
    store.codebook.add("priya", Code("", "Late notice", parent_id=heard))
    store.coding.apply("priya", source, [code_words("same worker", same)])
    store.codebook.retire("priya", same, 1)
    shown = [(c.name, c.key, c.depth) for c in _content(store, source).codes]
    assert shown == [
        ("Being heard", "", 0),
        ("Late notice", "1", 1),
        ("Same worker (retired)", "", 0),
    ]


def test_what_the_pane_sends_is_kept_and_what_is_refused_is_said(desk) -> None:
    store, source, same, _ = desk
    sent = [
        _sent(
            1,
            "code",
            segment_id=str(uuid.uuid4()),
            start=13,
            end=16,
            code_id=same,
        ),
        _sent(2, "reject", suggestion_id="gone"),
        _sent(3, "make_code", code_id=str(uuid.uuid4()), name="Late notice"),
    ]
    with pytest.raises(DataRefused) as refusal:
        coding_desk.apply_operations(store, PRIYA, source, sent)
    (problem,) = refusal.value.problems
    assert problem.found.startswith("This suggestion is no longer there")
    assert len(store.coding.segments(source)) == 1
    assert store.codebook.codebook().named("late notice")
    # Sent one by one afterwards, as the pane does: only the refused one refuses.
    coding_desk.apply_operations(store, PRIYA, source, sent[:1])
    coding_desk.apply_operations(store, PRIYA, source, sent[2:])
    assert len(store.coding.segments(source)) == 1


def test_what_was_changed_comes_along_so_that_it_can_be_taken_back_at_once(
    desk,
) -> None:
    store, source, same, heard = desk
    suggestion = a_suggestion("she asked", heard)
    store.suggestions.replace_open("priya", {source: [suggestion]}, engine="test")
    (waiting,) = store.suggestions.open_of(source)
    made, coded, memo = (str(uuid.uuid4()) for _ in range(3))
    words = {"start": 13, "end": 16}
    sent = [
        _sent(1, "accept", suggestion_id=waiting.id, segment_id=made),
        _sent(2, "code", segment_id=coded, code_id=same, **words),
        _sent(3, "memo", memo_id=memo, segment_id=coded, text="Who?", **words),
        _sent(4, "undo", change_id="browser1:3"),
    ]
    coding_desk.apply_operations(store, PRIYA, source, sent)
    accepted, added, noted = _content(store, source).changes
    assert (accepted.id, accepted.kind, accepted.is_undone) == (
        "browser1:1",
        "accept",
        False,
    )
    where = waiting.suggestion.segment
    decided, span = accepted.rows
    assert decided[:4] == ["suggestion", waiting.id, 1, 0]
    assert decided[4][:4] == [waiting.id, where.start, where.end, heard]
    assert span == ["span", made, None, [where.start, where.end, heard]]
    assert added.rows == [["span", coded, None, [13, 16, same]]]
    assert noted.is_undone
    assert noted.rows == [["memo", memo, 0, 1]]
    assert _content(store, source).memos == []
    coding_desk.apply_operations(
        store, PRIYA, source, [_sent(5, "redo", change_id="browser1:3")]
    )
    (kept,) = _content(store, source).memos
    assert (kept.text, kept.start, kept.segment_id) == ("Who?", 13, coded)
    assert (kept.author, kept.is_mine) == ("Priya Wetherall", True)
    # Another coder has nothing of hers to take back.
    assert _content(store, source, TOM).changes == []
    assert _content(store, source, TOM).memos[0].is_mine is False


def _memo(number: int, memo_id: str, text: str) -> PaneOperation:
    at = WORDS.index("same worker")
    place = {"segment_id": "", "start": at, "end": at + 11}
    return _sent(number, "memo", memo_id=memo_id, text=text, **place)


def test_who_does_not_code_writes_memos_on_words_and_takes_them_back(desk) -> None:
    store, source, same, _ = desk
    content = _content(store, source, DI)
    assert (content.may_code, content.may_write_memos) == (False, True)
    one = str(uuid.uuid4())
    coding_desk.apply_operations(store, DI, source, [_memo(1, one, "Which worker?")])
    (memo,) = _content(store, source, DI).memos
    assert (memo.text, memo.is_mine) == ("Which worker?", True)
    undo = _sent(2, "undo", change_id="browser1:1")
    coding_desk.apply_operations(store, DI, source, [undo])
    assert _content(store, source, DI).memos == []
    again = [_memo(3, one, "Once more."), _sent(4, "undo", change_id="browser1:3")]
    coding_desk.apply_operations(store, DI, source, again)
    assert _content(store, source, DI).memos == []
    at = WORDS.index("same worker")
    place = {"start": at, "end": at + 11, "code_id": same}
    code = _sent(5, "code", segment_id=str(uuid.uuid4()), **place)
    with pytest.raises(DataRefused, match="cannot code transcripts"):
        coding_desk.apply_operations(store, DI, source, [_memo(6, one, "More."), code])
    assert store.coding.segments(source, reader_id="di") == []


def test_who_codes_no_longer_takes_back_no_coding(desk) -> None:
    store, source, same, _ = desk
    (done,) = store.coding.apply("tom", source, [code_words("same worker", same)])
    change = f"{done.client}:{done.sequence}"
    tom = next(one for one in store.study.people() if one.id == "tom")
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        row = writing.session.get(PersonRow, "tom")
        assert row is not None
        row.role = DI.role.value
        writing.record("role changed", "person", "tom")
    undo = _sent(1, "undo", change_id=change)
    with pytest.raises(DataRefused, match="cannot code transcripts"):
        coding_desk.apply_operations(store, tom, source, [undo])
    assert len(store.coding.segments(source, reader_id="di")) == 1


def test_siblings_have_lines_of_their_own(desk) -> None:
    store, source, same, heard = desk
    content = _content(store, source)
    lines = {one.id: one.line for one in content.codes}
    colours = {one.id: one.ink_light for one in content.codes}
    if colours[same] == colours[heard]:
        assert lines[same] != lines[heard]
    under = [
        store.codebook.add("priya", Code("", name, parent_id=heard)).id
        for name in ("Asked", "Answered", "Believed")
    ]
    lines = {one.id: one.line for one in _content(store, source).codes}
    assert len({lines[one] for one in (*under, heard)}) == 4
    assert lines[under[0]].in_words == "single line"
