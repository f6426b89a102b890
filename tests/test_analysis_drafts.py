"""Drafts of records: passages chosen from an interview, no word of the machine's."""

from __future__ import annotations

from dataclasses import replace

from coding.analysis_templates.drafting import CodedWords, draft_answers
from coding.analysis_templates.questions import Question
from coding.codebook import Code
from coding.language import blank_language
from coding.suggestions.vectors import without_vectors

HELP = Code("help", "The way in")
LATE = Code(
    "late",
    "Help that came too late",
    "A family waits for help, and it comes after a crisis.",
    parent_id="help",
)
WORKER = Code(
    "worker",
    "Continuity of worker",
    "One worker stays with a family, or workers change.",
    cues=("same worker all along",),
)
MONEY = Code("money", "Money", "Rent, debt and benefits.")
CODES = (HELP, LATE, WORKER, MONEY)
PASSAGES = (
    CodedWords("c1", "worker", "she came every week", 2, 100, 119),
    CodedWords("c2", "late", "we waited for nine weeks", 4, 200, 224),
    CodedWords("c3", "worker", "it has been her all the way", 6, 300, 327),
    CodedWords("c4", "money", "the waiting list was shut", 8, 400, 425),
    CodedWords("c5", "worker", "been her all the way", 6, 307, 327),
)


def _drafted(question: Question, passages=PASSAGES, **more):
    (lines,) = draft_answers(
        [question],
        passages,
        CODES,
        language=blank_language(),
        vectors=without_vectors(),
        **more,
    ).values()
    return [one.coded_id for one in lines], [one.why for one in lines]


def test_a_question_that_names_a_theme_draws_on_all_codes_under_it() -> None:
    asked = Question("q", "Who stayed?", code_ids=("help",))
    assert _drafted(asked) == (["c2"], ["The question names its code"])
    # What is named goes before what is near.
    both = replace(asked, code_ids=("help", "money"))
    assert _drafted(both)[0] == ["c2", "c4"]


def test_a_code_near_the_question_brings_its_passages_in_their_order() -> None:
    chosen, why = _drafted(Question("q", "Did a worker stay with the family?"))
    # Of two that overlap only one is taken, and each is told why.
    assert chosen in (["c1", "c3"], ["c1", "c5"])
    assert all("What its code means shares" in one and "stay" in one for one in why)
    chosen, why = _drafted(Question("q", "Was it the same worker all along?"))
    assert set(why) == {"The question has the cue “same worker all along”"}


def test_two_neighbouring_words_of_the_passage_are_enough() -> None:
    chosen, why = _drafted(Question("q", "How was the waiting list told?"))
    assert "c4" in chosen
    assert "Shares with the question: waiting list" in why


def test_nothing_is_drafted_where_nothing_fits() -> None:
    assert _drafted(Question("q", "Which football clubs are nearby?")) == ([], [])
    asked = Question("q", "Who stayed?", code_ids=("money",))
    assert _drafted(asked, PASSAGES[:2]) == ([], [])
    assert _drafted(asked, ()) == ([], [])


def test_each_code_comes_once_before_any_comes_twice_and_never_too_many() -> None:
    asked = Question("q", "Who stayed?", code_ids=("worker", "late", "money"))
    assert set(_drafted(asked, most=3)[0]) > {"c2", "c4"}
    assert len(_drafted(asked)[0]) == 4
    turned_round = tuple(reversed(PASSAGES))
    assert _drafted(asked, turned_round) == _drafted(asked)
