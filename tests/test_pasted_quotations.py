"""Where words pasted from a report come from, and how alike they are."""

from __future__ import annotations

import pytest

from coding.finding.pasted_quotations import (
    Likeness,
    StretchKind,
    align,
    likeness_of,
    pieces_of,
)
from coding.problems import CodingRefused

TURN = (
    "Well, it was hard at first. The same worker came every single week, and she "
    "remembered our names — even the dog's. I didn’t have to tell it all again. So "
    "yes, that made a difference to us as a family."
)


def test_the_same_words_are_word_for_word_whatever_the_quotation_marks() -> None:
    found = align("“I didn't have to tell it ALL again.”", TURN)
    assert TURN[found.start : found.end] == "I didn’t have to tell it all again"
    assert likeness_of([found]) is Likeness.SAME
    assert [one.kind for one in found.stretches] == [StretchKind.BOTH]


def test_differing_words_are_named_on_both_sides() -> None:
    found = align("the same worker came every week and she knew our names", TURN)
    assert likeness_of([found]) is Likeness.ALMOST
    assert [(one.kind.value, one.words) for one in found.stretches] == [
        ("both", "The same worker came every"),
        ("source", "single"),
        ("both", "week, and she"),
        ("pasted", "knew"),
        ("source", "remembered"),
        ("both", "our names"),
    ]


def test_words_are_shown_as_they_were_pasted_and_as_they_stand() -> None:
    found = align("she remembered the workers' names, nobody's telling me", TURN)
    said = [(one.kind.value, one.words) for one in found.stretches]
    assert said[-2:] == [
        ("pasted", "workers' names, nobody's telling me"),
        ("source", "dog's. I didn’t have to"),  # noqa: RUF001
    ]


def test_what_was_left_out_cuts_the_quotation_into_pieces() -> None:
    for sign in ("[...]", "[…]", "…", "...", "(. . .)"):
        pieces = pieces_of(f"The same worker came {sign} she remembered our names")
        assert len(pieces) == 2, sign
        aligned = [align(piece, TURN) for piece in pieces]
        assert likeness_of(aligned) is Likeness.SAME
        assert aligned[0].end < aligned[1].start


def test_a_place_is_found_deep_in_a_very_long_turn() -> None:
    long = "and then we went on with it as one does " * 3_000
    found = align("She remembered our names, even the dog’s", long + TURN + long)
    assert likeness_of([found]) is Likeness.SAME
    assert found.start > len(long)


def test_a_place_reaches_no_farther_than_the_quotation() -> None:
    found = align("I did not have to tell it all over", TURN)
    assert TURN[found.start : found.end] == "I didn’t have to tell it all again"


def test_nothing_shared_is_no_place() -> None:
    assert align("quarterly indicators rose sharply", TURN) is None
    assert align("the same worker", "") is None
    assert align("the same worker", "…!") is None


@pytest.mark.parametrize(
    ("pasted", "found"),
    [
        ("", "No words are too few"),
        ("…", "No words are too few"),
        ("👩‍👩‍👧 !!!", "No words are too few"),
        ("once", "1 word is too few"),
        ("[the worker and the whole family]", "No words are too few"),
        ("word " * 401, "401 words"),
        ("x" * 20_000, "characters long"),
    ],
)
def test_what_is_no_quotation_is_answered_in_words(pasted: str, found: str) -> None:
    with pytest.raises(CodingRefused) as refused:
        pieces_of(pasted)
    assert found in refused.value.problems[0].found
    assert refused.value.problems[0].do_next
