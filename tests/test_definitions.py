"""Likeness of turns to what codes mean, by the words they share."""

from __future__ import annotations

import pytest

from coding.codebook import Code
from coding.language import Word, blank_language
from coding.suggestions.definitions import DefinitionWords, description, meaning

LATE = Code(
    id="late",
    name="Help too late",
    definition="Help arrived after a crisis.",
    use_when="Use when families waited.",
    do_not_use_when="Not for buses.",
    cues=("waiting list",),
    examples=("I rang in September and nobody came until March.",),
    near_miss="The train was delayed.",
)
HEARD = Code(id="heard", name="Being heard", definition="A parent feels listened to.")
TURNS = (
    "We waited for help until the crisis.",
    "She listened to every parent.",
    "The bus was full.",
    "The weather was fine.",
)


def read(text: str) -> tuple[Word, ...]:
    return blank_language().words_only(text)


def fitted(*turns: str) -> DefinitionWords:
    return DefinitionWords([read(t) for t in turns], (LATE, HEARD), blank_language())


def test_a_turn_is_nearer_to_the_code_whose_words_it_shares() -> None:
    table = fitted(*TURNS).likeness([read(TURNS[0]), read(TURNS[1]), read(TURNS[3])])
    assert table.shape == (3, 2)
    assert table[0, 0] > table[0, 1] == 0
    assert table[1, 1] > table[1, 0] == 0
    assert table[2].tolist() == [0, 0]


def test_the_same_words_are_as_like_as_can_be() -> None:
    words = read(description(HEARD))
    table = fitted(*TURNS, description(HEARD)).likeness([words])
    assert table[0, 1] == pytest.approx(1)


def test_a_description_leaves_out_what_a_code_is_not() -> None:
    text = description(LATE)
    assert "crisis" in text
    assert "waiting list" in text
    assert "September" in text
    assert "bus" not in text
    assert "train" not in text
    assert "September" not in meaning(LATE)


def test_shared_words_are_named_as_first_said_the_rarest_first() -> None:
    turns = (
        *TURNS,
        "A crisis.",
        "Another crisis, and nobody helped.",
        *["It rained."] * 12,
    )
    words = fitted(*turns).shared_words(
        read("In a crisis we waited and waited, the families"), 0
    )
    assert [word.lower for word in words] == ["families", "waited", "crisis"]


def test_words_said_in_every_fifth_turn_explain_nothing() -> None:
    turns = ("Help came.", "No help.", "Help!", "It rained.", "It rained.")
    assert fitted(*turns).shared_words(read("help in a crisis"), 0)[0].lower == "crisis"
    assert len(fitted(*turns).shared_words(read("help in a crisis"), 0)) == 1


def test_small_words_are_never_what_a_turn_shares() -> None:
    assert fitted(*TURNS).shared_words(read("to a being too"), 1) == ()


def test_a_word_that_only_a_definition_holds_so_far_counts_too() -> None:
    study = DefinitionWords(
        [read("Rain.")], (Code(id="x", name="Sun"),), blank_language()
    )
    # Rain and sun stand in one text each, so both weigh alike: 1 / sqrt(1 + 1).
    assert study.likeness([read("rain and sun")])[0, 0] == pytest.approx(0.5**0.5)
    assert study.likeness([read("rain and snow")]).tolist() == [[0]]


def test_without_any_subject_in_study_or_codebook_every_likeness_is_nought() -> None:
    nothing = DefinitionWords(
        [read("So it was.")], (Code(id="x", name="..."),), blank_language()
    )
    assert nothing.likeness([read("rain and sun")]).tolist() == [[0]]


def test_no_turn_and_no_code_give_empty_tables() -> None:
    assert fitted().likeness([]).shape == (0, 2)
    assert DefinitionWords([], (), blank_language()).likeness([read("Rain")]).shape == (
        1,
        0,
    )
