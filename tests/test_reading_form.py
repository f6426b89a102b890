"""The case-reading form: what a form may be, and the one that ships."""

from __future__ import annotations

import pytest

from matching.problems import MatchingRefused
from matching.progress.reading_form import (
    DEFAULT_FORM,
    ReadingForm,
    ReadingQuestion,
    key_for,
)


def test_form_that_ships_asks_about_every_area():
    words = " ".join(one.text for one in DEFAULT_FORM.questions).casefold()
    assert len(DEFAULT_FORM.questions) == 11
    for about in (
        "allocated",
        "child seen",
        "family",
        "partner",
        "escalating",
        "3 mon",
    ):
        assert about in words


def test_every_problem_of_a_form_is_named_at_once():
    with pytest.raises(MatchingRefused) as refusal:
        ReadingForm(
            (
                ReadingQuestion("a", "Who took part?"),
                ReadingQuestion("b", "who  took part?"),
                ReadingQuestion("c", " "),
                ReadingQuestion("d", "Seen?", choices=("Yes",)),
                ReadingQuestion("a", "Alone?", choices=("Yes", "Yes")),
            )
        )
    assert [(one.where, one.found) for one in refusal.value.problems] == [
        ("Question 2", "the same question is asked twice"),
        ("Question 3", "a question has no words"),
        ("Question 4", "only one answer is offered"),
        ("Question 5", "a question has no key of its own"),
        ("Question 5", "an answer is offered twice"),
    ]


def test_form_without_questions_is_refused():
    with pytest.raises(MatchingRefused, match="asks nothing"):
        ReadingForm(())


def test_new_question_gets_a_key_of_its_own():
    assert key_for("Wer? ¿", {"wer"}) == "wer_2"
    assert key_for("¿?", set()) == "question"
    assert DEFAULT_FORM.question("partners").text.startswith("Which partner")
    assert DEFAULT_FORM.question("nobody") is None
