"""Likeness of narratives by the words they share."""

from __future__ import annotations

import pytest

from coding.narratives.likeness import text_likeness

SCHOOL = "Attendance at school has fallen since the move."
DEBT = "Rent arrears and debt; the landlord has written twice."


def test_the_same_words_are_wholly_alike_and_others_not_at_all() -> None:
    assert text_likeness([(SCHOOL, SCHOOL), (SCHOOL, DEBT)]) == [1.0, 0.0]


def test_likeness_does_not_depend_on_which_comes_first() -> None:
    mixed = "School attendance, and debt."
    assert text_likeness([(SCHOOL, mixed)]) == text_likeness([(mixed, SCHOOL)])
    assert 0 < text_likeness([(SCHOOL, mixed)])[0] < 1


def test_blank_texts_and_texts_without_words_have_no_likeness() -> None:
    pairs = [(SCHOOL, ""), ("  ", DEBT), (SCHOOL, "the and of"), (SCHOOL, SCHOOL)]
    assert text_likeness(pairs) == [None, None, None, 1.0]
    assert text_likeness([("the", "of")]) == [None]
    assert text_likeness([("", "")]) == [None]
    assert text_likeness([]) == []
    assert text_likeness([("", ""), (SCHOOL, " ")]) == [None, None]


def test_a_word_rare_among_all_narratives_counts_more() -> None:
    pair = ("school circle", "circle debt")
    common = ["circle " + word for word in ("rain", "snow", "wind", "sun")]
    alone = text_likeness([pair])[0]
    assert text_likeness([pair], among=[*pair, *common])[0] < alone


def test_accents_and_letter_case_do_not_count() -> None:
    assert text_likeness([("CAFÉ visit", "cafe Visit")]) == [pytest.approx(1.0)]
