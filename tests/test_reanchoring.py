"""Passages found again after a text was corrected."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coding.coded_segments import Segment
from coding.reanchoring import Correction, Fate

SAID = (
    "Interviewer: Who came to the house?\n"
    "Mum: The same worker came every week, and she asked how we were.\n"
    "Interviewer: And after that?\n"
    "Mum: Nobody rang for a month. I had to tell the story again.\n"
)


def _segment(text: str, words: str) -> Segment:
    start = text.index(words)
    return Segment(start, start + len(words))


def _placed(words: str, corrected: str) -> tuple[str, Fate]:
    found = Correction(SAID, corrected).place(_segment(SAID, words))
    return found.after.quotation(corrected) if found.after else "", found.fate


@pytest.mark.parametrize("words", ["worker came", "asked how we were.", "month. I"])
def test_words_added_earlier_move_a_passage_along(words: str) -> None:
    corrected = SAID.replace("Who came", "[Door bell]\nSo who first came")
    assert _placed(words, corrected) == (words, Fate.SAME_WORDS)


def test_a_word_corrected_inside_stays_inside() -> None:
    corrected = SAID.replace("came every week", "called in every week")
    assert _placed("same worker came every week", corrected) == (
        "same worker called in every week",
        Fate.OTHER_WORDS,
    )


def test_a_word_corrected_at_the_edge_is_taken_in() -> None:
    corrected = SAID.replace("The same worker", "Our same worker")
    assert _placed("The same worker came", corrected) == (
        "Our same worker came",
        Fate.OTHER_WORDS,
    )
    corrected = SAID.replace("a month", "a fortnight")
    assert _placed("Nobody rang for a month", corrected)[0] == (
        "Nobody rang for a fortnight"
    )


def test_a_sentence_added_beside_a_passage_stays_outside() -> None:
    corrected = SAID.replace("every week,", "every week, on Mondays mostly,")
    assert _placed("The same worker came every week,", corrected)[0] == (
        "The same worker came every week,"
    )


def test_a_passage_keeps_edges_inside_words_and_marks_around_them() -> None:
    corrected = SAID.replace("Who came", "Who first came")
    assert _placed("ame worker came every wee", corrected)[0] == (
        "ame worker came every wee"
    )
    assert _placed(" and she asked ", corrected)[0] == " and she asked "


def test_an_answer_moved_elsewhere_is_found_as_a_whole() -> None:
    line = "Mum: The same worker came every week, and she asked how we were.\n"
    corrected = SAID.replace(line, "") + "Interviewer: Who was it?\n" + line
    words, fate = _placed("Nobody rang for a month.", corrected)
    assert (words, fate) == ("Nobody rang for a month.", Fate.SAME_WORDS)
    assert _placed("The same worker came every week", corrected)[0] == (
        "The same worker came every week"
    )


def test_a_passage_that_was_taken_out_is_left_for_a_person() -> None:
    corrected = SAID.replace("Nobody rang for a month. ", "")
    assert _placed("Nobody rang for a month.", corrected) == ("", Fate.NOT_PLACED)
    assert _placed("I had to tell the story again.", corrected)[1] is Fate.SAME_WORDS


def test_a_passage_that_stands_in_two_places_now_is_left_for_a_person() -> None:
    line = "Mum: Nobody rang for a month. I had to tell the story again.\n"
    twice = "Mum: Nobody rang for a month, no. Interviewer: Nobody rang for a month?\n"
    found = Correction(line, twice + "Mum: I left it.\n")
    placed = found.place(_segment(line, "Nobody rang for a month. I had to tell the"))
    assert placed.after is None or "Nobody rang" in placed.after.quotation(twice)
    assert (
        Correction("One says so much here.", "Nothing.").place(Segment(0, 10)).fate
        is Fate.NOT_PLACED
    )


def test_an_unchanged_text_moves_nothing() -> None:
    laid = Correction(SAID, SAID)
    for start in range(0, len(SAID) - 9, 3):
        if SAID[start : start + 9].strip():
            assert laid.place(Segment(start, start + 9)).after == Segment(
                start, start + 9
            )


_FAMILY = "👩\u200d👩\u200d👧"
_WORDS = st.lists(
    st.sampled_from(["we", "had", "THE", "the", "İs", "ß", "week", ".", ",", _FAMILY])
)


@given(_WORDS, _WORDS, st.data())
def test_a_place_always_lies_inside_the_corrected_text(before, after, data) -> None:
    old, new = " ".join(before), "\n".join(after)
    if not old.strip():
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    placed = Correction(old, new).place(Segment(start, end))
    assert (placed.after is None) == (placed.fate is Fate.NOT_PLACED)
    if placed.after is not None:
        assert 0 <= placed.after.start < placed.after.end <= len(new)
