"""Units of agreement: turns, sentences and characters, and what a passage marks."""

from __future__ import annotations

from itertools import pairwise

import pytest
from agreement_texts import long_text, spoken

from coding.agreement.units import (
    UnitKind,
    axis_of,
    how_many,
    positive_units,
    tally,
)

TALK = spoken(
    [
        ("INT", "What helped? Tell me."),
        (
            "Mum",
            "Mrs. Lane came. She asked us... and listened!\nIt was the same worker.",
        ),
        ("Dad", "“Nothing.” No?"),
    ]
)


def _where(words: str) -> tuple[int, int]:
    start = TALK.text.index(words)
    return start, start + len(words)


def test_interviewers_are_left_out_unless_asked_for() -> None:
    assert axis_of(TALK, UnitKind.TURN).size == 2
    assert axis_of(TALK, UnitKind.TURN, interviewers=True).size == 3
    asked = axis_of(TALK, UnitKind.SENTENCE)
    assert positive_units(asked, [_where("Tell me")]) == ()


def test_sentences_end_at_marks_and_paragraphs_and_not_at_titles() -> None:
    axis = axis_of(TALK, UnitKind.SENTENCE)
    said = [TALK.text[a:b] for a, b in zip(axis.starts, axis.ends, strict=True)]
    assert said == [
        "Mrs. Lane came.",
        "She asked us... and listened!",
        "It was the same worker.",
        "“Nothing.”",
        "No?",
    ]


def test_any_coded_character_marks_the_whole_unit() -> None:
    axis = axis_of(TALK, UnitKind.SENTENCE)
    assert positive_units(axis, [_where("came. S")]) == ((0, 2),)
    # The space between two sentences belongs to neither.
    start, _ = _where(" She asked")
    assert positive_units(axis, [(start, start + 1)]) == ()


def test_a_passage_over_several_turns_marks_each_and_no_question_between() -> None:
    start, _ = _where("What helped")
    axis = axis_of(TALK, UnitKind.TURN)
    assert positive_units(axis, [(start, len(TALK.text))]) == ((0, 2),)


def test_characters_count_within_turns_alone() -> None:
    axis = axis_of(TALK, UnitKind.CHARACTER)
    turns = [turn for turn in TALK.turns if turn.speaker != "INT"]
    assert axis.size == sum(turn.end - turn.start for turn in turns)
    assert how_many(positive_units(axis, [(0, len(TALK.text))])) == axis.size
    assert how_many(positive_units(axis, [_where("Lane")])) == len("Lane")


@pytest.mark.parametrize("kind", list(UnitKind), ids=str)
def test_ranges_count_what_one_by_one_would(kind: UnitKind) -> None:
    text = long_text(900, 24, ["a"])
    axis = axis_of(text.transcript, kind)
    if kind is UnitKind.CHARACTER:
        places = [
            (at, at + 1)
            for start, end in zip(axis.starts, axis.ends, strict=True)
            for at in range(start, end)
        ]
    else:
        places = list(zip(axis.starts, axis.ends, strict=True))
    marked = {
        coder: {
            n
            for n, (start, end) in enumerate(places)
            if any(a < end and b > start for a, b in text.passages[coder]["a"])
        }
        for coder in ("ann", "bo")
    }
    ranges = [positive_units(axis, text.passages[c]["a"]) for c in ("ann", "bo")]
    for coder, found in zip(("ann", "bo"), ranges, strict=True):
        assert {n for a, b in found for n in range(a, b)} == marked[coder]
        assert all(one[1] < other[0] for one, other in pairwise(found))
    both = marked["ann"] & marked["bo"]
    either = marked["ann"] | marked["bo"]
    assert both
    assert tally(axis.size, ranges) == (
        len(places) - len(either),
        len(either) - len(both),
        len(both),
    )
