"""Reading a search: words, phrases, and, or, not; what cannot be read, in words."""

from __future__ import annotations

import pytest

from coding.finding.keyword_in_context import LineOrder, context_lines, order_key
from coding.finding.search_words import (
    LONGEST_SEARCH,
    AllOf,
    AnyOf,
    Phrase,
    in_words,
    phrases_sought,
    read_search,
    words_to_index,
)
from coding.problems import CodingRefused
from data.storage.finding.turn_search import as_fts5, as_tsquery

SAME, WORK, SCHOOL = (Phrase((word,)) for word in ("same", "work", "school"))


def test_words_beside_each_other_must_all_stand_in_the_turn() -> None:
    assert (
        read_search("same WORK") == read_search("same and work") == AllOf((SAME, WORK))
    )


def test_not_binds_closest_then_and_then_or() -> None:
    assert read_search("same or work not school") == AnyOf(
        (SAME, AllOf((WORK,), (SCHOOL,)))
    )
    assert read_search("(same or work) not school") == AllOf(
        (AnyOf((SAME, WORK)),), (SCHOOL,)
    )
    assert read_search("same and not (work or school)") == AllOf(
        (SAME,), (AnyOf((WORK, SCHOOL)),)
    )


def test_joining_words_in_quotation_marks_are_words() -> None:
    assert read_search("“one or not”") == Phrase(("one", "or", "not"))


def test_an_apostrophe_belongs_to_its_word_in_every_spelling() -> None:
    spellings = ("don't", "DON’T", "don‘t", "donʼt", "don`t", "do\u00adn't")  # noqa: RUF001
    assert len({read_search(one) for one in spellings}) == 1
    (word,) = read_search("don't").words
    assert words_to_index("I “don’t” know, 'don't'") == f"i {word} know {word}"
    assert in_words(read_search("nobody's telling")) == "nobody’s and telling"  # noqa: RUF001


def test_words_that_a_hyphen_joins_follow_each_other_and_are_said_back_so() -> None:
    for typed in ("re-referral", "re‑referral"):  # noqa: RUF001
        assert read_search(typed) == Phrase(("re", "referral"))
        assert in_words(read_search(typed)) == "“re-referral”"
    assert words_to_index("re-referral") == words_to_index("re referral")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("worker", ["worker", "worker’s"]),  # noqa: RUF001
        ("worker's", ["worker’s"]),  # noqa: RUF001
        ("workers", ["workers", "workers"]),
        ("work*", ["worker", "worker’s", "workers", "workers"]),  # noqa: RUF001
        ('"my worker"', ["my worker’s"]),  # noqa: RUF001
        ("don", []),
        ("ill", []),
    ],
)
def test_a_word_finds_its_possessive_and_no_part_of_another(typed, found) -> None:
    text = "A worker: my worker’s two workers, workers' don’t say I'll."  # noqa: RUF001
    lines = context_lines(text, phrases_sought(read_search(typed)), 1)
    assert [one.keyword for one in lines] == found


def test_a_star_finds_beginnings() -> None:
    assert read_search("work*") == Phrase(("work",), is_prefix=True)
    assert read_search('"same work"*') == Phrase(("same", "work"), is_prefix=True)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("x" * (LONGEST_SEARCH + 1), "characters long"),
        ("word " * 10_000, "characters long"),
        ("?!... -- ;", "no word to look for"),
        ("", "no word to look for"),
        ("and or not", "no word to look for"),
        ("👍🏽👨‍👩‍👧", "no word to look for"),
        ('"same worker', "opened and not closed"),
        ("(same worker", "bracket is opened"),
        ("same) worker", "bracket is closed"),
        ("same and", "word is missing"),
        ("or same", "word is missing"),
        ("same () worker", "word is missing"),
        ("not school", "only says what is not"),
        ("same or not school", "only says what is not"),
        ("same not not school", "twice in a row"),
        ("wo*er", "star stands inside"),
        ("w*", "after a single letter"),
        ("(" * 400 + "a" + ")" * 400, "brackets"),
        ("a " * 60, "more than 40 words"),
    ],
)
def test_a_search_that_cannot_be_read_is_answered_in_words(typed, found) -> None:
    with pytest.raises(CodingRefused) as refused:
        read_search(typed)
    problem = refused.value.problems[0]
    assert found in problem.found
    assert problem.do_next
    assert problem.where == "The words to look for"


@pytest.mark.parametrize(
    "typed",
    [
        'NEAR(same worker, 5) {col} : ^same + "wo""rk" - NOT* AND+',
        "words:same -worker ^start",
        "<b onclick=x>same</b> <script>alert(1)</script>",
        "same\u202eworker\u202c \u2066x\u2069",
        "'; DROP TABLE turn; -- same",
        "same\x00 worker\\ %s %(x)s :sought & ! | <->",
    ],
)
def test_signs_of_the_database_are_never_its_syntax(typed, empty_store) -> None:
    try:
        search = read_search(typed)
    except CodingRefused:
        return  # in words, as above
    assert empty_store.finding.turns(search, most=5).total == 0
    for rendered in (as_fts5(search), as_tsquery(search)):
        words = [word for phrase in phrases_sought(search) for word in phrase.words]
        assert words
        assert all(word in rendered for word in words)


def test_the_search_is_said_back_as_it_was_read() -> None:
    assert in_words(read_search('"same worker" and (visit or call) not school')) == (
        "“same worker” and (visit or call) and not school"
    )


def test_lines_show_the_words_around_and_stay_in_their_turn() -> None:
    text = "Nobody asked. She asked me twice: what did I want? Then she asked again."
    lines = context_lines(text, [Phrase(("asked",))], 2)
    assert [(one.left, one.keyword, one.right) for one in lines] == [
        ("Nobody ", "asked", ". She asked"),
        ("asked. She ", "asked", " me twice:"),
        ("Then she ", "asked", " again."),
    ]
    assert all(text[one.start : one.end] == one.keyword for one in lines)
    by_left = sorted(lines, key=lambda one: order_key(one, LineOrder.LEFT))
    assert [one.left.split()[-1] for one in by_left] == ["Nobody", "She", "she"]
    by_right = sorted(lines, key=lambda one: order_key(one, LineOrder.RIGHT))
    assert [order_key(one, LineOrder.RIGHT)[0] for one in by_right] == [
        "again",
        "me",
        "she",
    ]


def test_a_line_begins_and_ends_with_whole_written_words() -> None:
    (line,) = context_lines("I'd said we-all asked him", [Phrase(("said",))], 1)
    assert (line.left, line.right) == ("I'd ", " we-all")


def test_overlapping_places_are_one_line_and_prefixes_reach_the_whole_word() -> None:
    sought = phrases_sought(read_search('"same work"* or worker'))
    (line,) = context_lines("the same workers' worker", sought[:1], 1)
    assert line.keyword == "same workers"
    (line,) = context_lines(
        "the same worker", phrases_sought(read_search('"same worker" or worker')), 1
    )
    assert line.keyword == "same worker"
