"""The phrases two notes share: content words, at most three, the rarest first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from coding.narratives.shared_phrases import rarity_of_words, shared_phrases


def test_the_longest_shared_run_is_said_once_and_as_the_first_note_writes_it() -> None:
    one = "Mum lost her job in March. The boys were missing school."
    other = "Since Mum lost her jobs he has missed school."
    assert shared_phrases(one, other) == ("mum lost her job", "missing school")


def test_a_phrase_never_runs_over_a_stop_a_comma_or_a_line() -> None:
    for between in (". ", ", ", "\n\n", " (", "; "):
        one = f"worried neighbour{between}mornings alone"
        assert shared_phrases(one, "worried neighbour mornings alone") == (
            "worried neighbour",
            "mornings alone",
        )


def test_grammar_short_words_and_numbers_make_no_phrase() -> None:
    assert shared_phrases("It was on the 14 of it", "it was on the 14 of it") == ()
    assert shared_phrases("He rang at 14 about Jo", "she ran at 14 with Jo") == ()


def test_at_most_three_are_said_and_the_rarest_come_first() -> None:
    notes = ["school and mother"] * 6 + ["school"] * 2 + ["mother fire"] * 2
    rarity = rarity_of_words([*notes, "violin"])
    # In 11 notes: violin 1, fire 2, mother and school 8: not said by themselves.
    text = "school. mother. fire. violin."
    assert shared_phrases(text, text, rarity=rarity) == ("violin", "fire")
    text = "alpha. bravo. charlie. delta."
    assert shared_phrases(text, text, rarity=rarity) == ("alpha", "bravo", "charlie")
    assert shared_phrases(text, text) == ("alpha", "bravo", "charlie")


def test_people_of_every_note_and_calendar_words_are_no_phrase_alone() -> None:
    one = "Mum rang last year. The same family."
    assert shared_phrases(one, "Last year the same family and mum.") == ()
    assert shared_phrases(one, "Since mum rang") == ("mum rang",)


def test_common_words_together_make_a_phrase_where_neither_does_alone() -> None:
    rarity = rarity_of_words(["missing school"] * 5 + ["missing", "school"] * 5)
    text = "missing school"
    assert shared_phrases(text, text, rarity=rarity) == ("missing school",)
    assert shared_phrases(text, "school, missing", rarity=rarity) == ()


def test_few_notes_say_nothing_of_rarity() -> None:
    assert rarity_of_words(["late", "late"]) == {}
    assert rarity_of_words([]) == {}


def test_notes_that_share_nothing_or_are_blank_share_no_phrase() -> None:
    assert shared_phrases("", "violin") == ()
    assert shared_phrases("violin", "cello") == ()


WORDS = st.lists(
    st.sampled_from(["mum", "lost", "her", "job", "School.", "late,", "Zoë", "O’Hara"]),
    max_size=12,
).map(" ".join)


@given(WORDS, WORDS)
def test_every_phrase_stands_in_the_first_note_and_is_found_either_way(
    one: str, other: str
) -> None:
    phrases = shared_phrases(one, other)
    assert len(phrases) <= 3
    assert all(phrase in one.lower() for phrase in phrases)
    assert bool(phrases) == bool(shared_phrases(other, one))
