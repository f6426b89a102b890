"""What changing a codebook means: places, likeness, colours, comparison."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.codebook import Code, Codebook
from coding.codebook_changes.colours import shared_colours
from coding.codebook_changes.comparing import compare_codebooks
from coding.codebook_changes.likeness import codes_alike, names_alike
from coding.codebook_changes.moving import Beside, NewPlace, Step, place_beside, step_of
from coding.palette import COLOUR_NAMES
from coding.problems import CodingRefused


def _book(*named: tuple[str, str]) -> Codebook:
    return Codebook(
        tuple(
            Code(name, name, parent_id=parent, position=at)
            for at, (name, parent) in enumerate(named)
        )
    )


def _moved(book: Codebook, places: tuple[NewPlace, ...]) -> Codebook:
    new = {one.code_id: one for one in places}
    return Codebook(
        tuple(
            replace(
                code, parent_id=new[code.id].parent_id, position=new[code.id].position
            )
            if code.id in new
            else code
            for code in book.codes
        )
    )


def _drawn(book: Codebook) -> str:
    return " ".join("." * depth + code.name for depth, code in book.in_tree_order())


TREE = _book(("a", ""), ("b", "a"), ("c", "a"), ("d", ""))


@pytest.mark.parametrize(
    ("code", "step", "drawn"),
    [
        ("d", Step.UP, "d a .b .c"),
        ("a", Step.DOWN, "d a .b .c"),
        ("d", Step.UNDER, "a .b .c .d"),
        ("b", Step.OUT, "a .c b d"),
        ("c", Step.UP, "a .c .b d"),
        ("c", Step.UNDER, "a .b ..c d"),
    ],
)
def test_a_step_moves_a_code_with_all_under_it(code, step, drawn) -> None:
    assert _drawn(_moved(TREE, step_of(TREE, code, step))) == drawn


@pytest.mark.parametrize(
    ("target", "where", "drawn"),
    [
        ("b", Beside.BEFORE, "a .d .b .c"),
        ("b", Beside.AFTER, "a .b .d .c"),
        ("b", Beside.INSIDE, "a .b ..d .c"),
    ],
)
def test_a_code_is_put_beside_another(target, where, drawn) -> None:
    assert _drawn(_moved(TREE, place_beside(TREE, "d", target, where))) == drawn


def test_a_code_is_never_put_under_itself() -> None:
    for target in ("a", "b"):
        with pytest.raises(CodingRefused, match="under itself"):
            place_beside(TREE, "a", target, Beside.INSIDE)
    with pytest.raises(CodingRefused, match="not in use"):
        step_of(TREE, "nowhere", Step.UP)


@given(st.lists(st.tuples(st.integers(0, 7), st.sampled_from(Step)), max_size=20))
def test_no_move_loses_a_code_or_makes_a_ring(moves) -> None:
    book = _book(*((name, "") for name in "abcdefgh"))
    for at, step in moves:
        try:
            book = _moved(book, step_of(book, "abcdefgh"[at], step))
        except CodingRefused:
            continue
        assert len(book.in_tree_order()) == 8


@given(st.lists(st.text("abc 1", min_size=1, max_size=14), min_size=2, max_size=12))
def test_the_quick_first_pass_misses_no_pair_of_names(names) -> None:
    codes = [Code(str(at), name) for at, name in enumerate(names)]
    found = {pair.key for pair in codes_alike(codes)}
    for at, one in enumerate(codes):
        for other in codes[at + 1 :]:
            if names_alike(one.name, other.name):
                assert (min(one.id, other.id), max(one.id, other.id)) in found


def test_definitions_in_the_same_words_are_flagged_and_families_are_not() -> None:
    meaning = "Who decides what is said at the meeting."
    codes = [Code("1", "Power", meaning), Code("2", "Voice", meaning)]
    (pair,) = codes_alike(codes)
    assert pair.in_words == "Power / Voice: what they mean is said in the same words"
    assert codes_alike(codes, [("2", "1")]) == []
    assert codes_alike([codes[0], Code("2", "Voice", meaning, parent_id="1")]) == []


def test_numbered_codes_are_told_apart() -> None:
    codes = [Code(str(at), f"Number {at:04}") for at in range(300)]
    assert codes_alike(codes) == []


def test_colours_are_named_once_more_codes_share_one_than_must() -> None:
    heads = [
        Code(str(at), f"H{at}", colour=name) for at, name in enumerate(COLOUR_NAMES)
    ]
    assert shared_colours(Codebook(tuple(heads))) == []
    thirteenth = Code("x", "Thirteenth", colour="Blue")
    assert shared_colours(Codebook((*heads, thirteenth))) == []
    again = Code("y", "Fourteenth", colour="Blue")
    (shared,) = shared_colours(Codebook((*heads, thirteenth, again)))
    assert "all Blue" in shared.in_words
    own = [Code(one, one, parent_id="0", colour="Plum") for one in ("p", "q")]
    (shared,) = shared_colours(Codebook((*heads, *own)))
    assert shared.in_words == "p and q under H0 are both Plum"


def test_every_kind_of_difference_is_said() -> None:
    then = Codebook(
        (
            Code("1", "Power", "Old.", cues=("a",)),
            Code("2", "Voice", position=1),
            Code("3", "Say", position=2),
            Code("4", "Gone", position=3),
            Code("5", "Last", position=4),
        )
    )
    now = Codebook(
        (
            Code("5", "Last"),
            Code("1", "Strength", "New.", position=1, colour="Plum"),
            Code("2", "Voice", position=1, parent_id="1"),
            Code("6", "Fresh", position=2, parent_id="1"),
        )
    )
    said = [one.in_words for one in compare_codebooks(then, now, {"3": "9", "9": "2"})]
    assert said == [
        "Power: renamed to Strength.",
        "Strength: what it means changed from “Old.” to “New.”.",
        "Strength: cues taken away: “a”.",
        "Strength: colour changed from “Blue” to “Plum”.",
        "Voice: moved from the top to under Strength.",
        "Fresh: added under Strength.",
        "Say: merged into Voice.",
        "Gone: taken out of use.",
        "The codes at the top stand in another order.",
    ]
    assert compare_codebooks(now, now) == []
    shuffled = list(now.codes)
    random.Random(1).shuffle(shuffled)
    assert compare_codebooks(now, Codebook(tuple(shuffled))) == []
