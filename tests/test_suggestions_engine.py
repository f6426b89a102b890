"""Codes suggested for turns: which, where, how strongly, why; and silence."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coding.codebook import Code, Codebook
from coding.coded_segments import Segment
from coding.language import blank_language
from coding.suggestions.engine import SuggestionEngine, codes_to_suggest
from coding.suggestions.suggestion import CodeSuggestion, Strength
from coding.suggestions.vectors import without_vectors
from coding.transcripts import Turn

FAMILIES = Code(id="families", name="What families lived through", position=0)
RETELLING = Code(
    id="retelling",
    name="Repeating one's story",
    definition="A family tells the same things again to one person after another.",
    use_when="Use for questions already answered.",
    cues=("tell our story again", "same questions"),
    parent_id="families",
    position=1,
)
LATE = Code(
    id="late",
    name="Help that came too late",
    definition="Help arrived after things had got worse, below the threshold.",
    cues=("waiting list", "too late"),
    parent_id="families",
    position=2,
)
LISTS = Code(id="lists", name="Waiting list", parent_id="families", position=3)
BOOK = Codebook((FAMILIES, RETELLING, LATE, LISTS))

FILLER = [f"We went to the {place} by bus and it rained." for place in "abcdefghij"] * 4


AGAIN = "So I had to tell my story again to them."


def a_source(*turns: tuple[str, str]) -> tuple[str, tuple[Turn, ...]]:
    text, made = "", []
    for number, (speaker, said) in enumerate(turns, start=1):
        text += f"{speaker}: "
        made.append(Turn(number, len(text), len(text) + len(said), speaker))
        text += f"{said}\n\n"
    return text, tuple(made)


def an_engine(book: Codebook = BOOK, *, turns: list[str] = FILLER) -> SuggestionEngine:
    return SuggestionEngine.fit(
        turns, book, language=blank_language(), vectors=without_vectors()
    )


def suggested(*said: str, book: Codebook = BOOK) -> list[tuple[str, str]]:
    text, turns = a_source(*(("P", words) for words in said))
    return [
        (s.code_id, s.segment.quotation(text))
        for s in an_engine(book).suggest(text, turns)
    ]


def test_a_cue_brings_a_suggestion_on_its_own_sentence() -> None:
    text, turns = a_source(
        ("P", "It rained 😀. We had to, um, tell my story again to him. It rained."),
    )
    (only,) = an_engine().suggest(text, turns)
    assert only.code_id == "retelling"
    assert (only.turn_number, only.rank) == (1, 1)
    assert only.segment.quotation(text) == "We had to, um, tell my story again to him."
    assert only.strength in (Strength.VERY_LIKELY, Strength.FAIRLY_SURE)
    assert only.reason.cues == ("tell our story again",)
    (cue,) = only.reason.cue_segments
    assert cue.quotation(text) == "tell my story again"


def test_the_reason_says_the_cue_and_the_words_shared() -> None:
    text, turns = a_source(("P", "One family had to tell their story again weekly."))
    (only,) = an_engine().suggest(text, turns)
    assert only.reason.sentence == (
        "Because it says “tell their story again”, a cue of this code, and it shares "
        "‘family’ with the definition."
    )
    assert only.reason.definition_words == ("family",)


def test_a_negated_cue_is_a_guess_and_the_reason_says_so() -> None:
    text, turns = a_source(("P", "We did not ever tell our story again to any man."))
    (only,) = an_engine().suggest(text, turns)
    assert only.strength is Strength.GUESS
    assert only.reason.sentence == (
        "Because it says “tell our story again” (though after “not”), a cue of this "
        "code."
    )


def test_a_code_without_cues_is_suggested_by_its_name() -> None:
    text, turns = a_source(("P", "There was a waiting list as long as your arm."))
    found = {s.code_id: s for s in an_engine().suggest(text, turns)}
    assert set(found) == {"late", "lists"}
    assert found["lists"].reason.sentence == (
        "Because it says “waiting list”, the name of this code."
    )


def test_two_different_cues_are_both_named() -> None:
    said = "It was too late, there was a waiting list and then a second waiting list."
    text, turns = a_source(("P", said))
    late = {s.code_id: s for s in an_engine().suggest(text, turns)}["late"]
    assert late.strength is Strength.VERY_LIKELY
    assert late.reason.cues == ("too late", "waiting list")
    assert len(late.reason.cue_segments) == 3
    assert late.reason.sentence.startswith(
        "Because it says “too late” and “waiting list”, cues of this code"
    )


def test_without_a_cue_a_clearly_near_turn_is_a_guess() -> None:
    text, turns = a_source(("P", "Things got worse and we were under the threshold."))
    (only,) = an_engine().suggest(text, turns)
    assert (only.code_id, only.strength) == ("late", Strength.GUESS)
    assert only.reason.cues == ()
    assert only.reason.sentence == (
        "Because it shares ‘worse’ and ‘threshold’ with the definition and is "
        "nearer to this code than to any other; none of its cues is said."
    )


def test_without_cues_only_the_likeliest_code_of_a_turn_is_suggested() -> None:
    said = "Things got worse under the threshold, and one person asked after another."
    assert [code for code, _ in suggested(said)] == ["retelling"]
    without = Codebook((FAMILIES, LATE, LISTS))
    assert [code for code, _ in suggested(said, book=without)] == ["late"]


def test_what_is_about_nothing_in_the_codebook_gets_nothing() -> None:
    assert suggested("The bus was full.", "Yes.", "...", "") == []


def test_a_heading_is_left_to_people_unless_it_has_cues() -> None:
    assert codes_to_suggest(BOOK)[0] == (RETELLING, LATE, LISTS)
    with_cues = Codebook((Code(id="h", name="H", cues=("bus pass",)), RETELLING))
    child = Code(id="c", name="C", parent_id="h", position=1)
    codes, headings = codes_to_suggest(Codebook((*with_cues.codes, child)))
    assert [code.id for code in codes] == ["h", "c", "retelling"]
    assert headings == {"h", "families"}


def test_no_cue_is_found_across_two_turns() -> None:
    def cues_in(*said: str) -> list[str]:
        text, turns = a_source(*(("P", words) for words in said))
        return [c for s in an_engine().suggest(text, turns) for c in s.reason.cues]

    assert cues_in("They were at the same questions of yours.") == ["same questions"]
    assert cues_in("They were at the same", "questions of yours.") == []


def test_at_most_three_a_turn_the_strongest_first() -> None:
    codes = tuple(
        Code(id=f"c{n}", name=f"Code {n}", cues=("same questions",), position=n)
        for n in range(5)
    )
    text, turns = a_source(("P", "They asked us all the same questions every time."))
    found = an_engine(Codebook(codes)).suggest(text, turns)
    assert [(s.code_id, s.rank) for s in found] == [("c0", 1), ("c1", 2), ("c2", 3)]
    assert (
        an_engine(Codebook(codes)).suggest(text, turns, limit_per_turn=1) == found[:1]
    )


def test_stronger_suggestions_come_before_likelier_ones() -> None:
    common = Code(
        id="common",
        name="Bus",
        definition="We asked the bus driver things at the bus stop.",
        cues=("asked",),
        position=0,
    )
    book = Codebook((common, RETELLING))
    said = "Nobody asked the bus driver things at the bus stop, the same questions."
    text, turns = a_source(("P", said))
    stronger, likelier = an_engine(book).suggest(text, turns)
    assert (stronger.code_id, likelier.code_id) == ("retelling", "common")
    assert likelier.similarity > stronger.similarity


def test_what_a_person_decided_is_not_suggested_again() -> None:
    text, turns = a_source(
        (
            "P",
            "They had the same questions for me. I had to tell my story again there.",
        ),
    )
    engine = an_engine()
    (first,) = engine.suggest(text, turns)
    (second,) = engine.suggest(text, turns, decided=[("retelling", first.segment)])
    assert not second.segment.overlaps(first.segment)
    both = [("retelling", first.segment), ("retelling", second.segment)]
    assert engine.suggest(text, turns, decided=both) == ()
    other_code = [("late", first.segment)]
    assert engine.suggest(text, turns, decided=other_code) == (first,)


def test_a_near_turn_in_which_the_code_was_decided_on_stays_silent() -> None:
    said = "Things got worse and we were under the threshold. It rained all day."
    text, turns = a_source(("P", said))
    (guess,) = an_engine().suggest(text, turns)
    rest = Segment(guess.segment.end + 1, guess.segment.end + 10)
    assert an_engine().suggest(text, turns, decided=[("late", rest)]) == ()


def test_the_state_changes_with_the_codebook_and_with_nothing_else() -> None:
    state = an_engine().state
    assert len(state) == 12
    assert an_engine(turns=["Something else."]).state == state
    renamed = Codebook((*BOOK.codes[:3], Code(id="lists", name="Waiting lists")))
    assert an_engine(renamed).state != state


def test_it_says_which_models_it_rests_on() -> None:
    assert "No English pipeline" in an_engine().in_words
    assert "No packaged vectors" in an_engine().in_words


def test_an_empty_codebook_and_an_empty_study_suggest_nothing() -> None:
    text, turns = a_source(("P", "We had to tell our story again."))
    assert an_engine(Codebook()).suggest(text, turns) == ()
    assert an_engine(turns=[]).suggest(text, ()) == ()
    assert len(an_engine(turns=["", "…"]).suggest(text, turns)) == 1
    assert an_engine(Codebook(), turns=[]).suggest(text, turns) == ()


PIECES = st.sampled_from(
    [
        "tell our story again",
        "the same questions",
        "too late",
        "never",
        "a waiting list,",
        "😀",
        "it rained.",
        "threshold worse",
        "\n",
        "…",
        "word " * 70,
    ]
)
SAID = st.lists(PIECES, max_size=8).map(" ".join)
ENGINE = an_engine()


def assert_sound(found: tuple[CodeSuggestion, ...], text: str, turns: tuple[Turn, ...]):
    by_number = {turn.number: turn for turn in turns}
    for one in found:
        turn = by_number[one.turn_number]
        assert turn.start <= one.segment.start < one.segment.end <= turn.end
        quotation = one.segment.quotation(text)
        assert quotation == quotation.strip()
        assert one.reason.sentence.startswith("Because it ")
        for cue in one.reason.cue_segments:
            assert one.segment.start <= cue.start < cue.end <= one.segment.end
    for number in by_number:
        ranks = [s.rank for s in found if s.turn_number == number]
        assert ranks == list(range(1, len(ranks) + 1))
        assert len(ranks) <= 3
    assert len({(s.turn_number, s.code_id) for s in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(SAID, max_size=5))
def test_every_suggestion_lies_in_its_turn_and_carries_its_cues(
    said: list[str],
) -> None:
    text, turns = a_source(*(("P", words) for words in said))
    found = ENGINE.suggest(text, turns)
    assert_sound(found, text, turns)
    assert ENGINE.suggest(text, turns) == found
    decided = [(one.code_id, one.segment) for one in found]
    again = ENGINE.suggest(text, turns, decided=decided)
    assert_sound(again, text, turns)
    for one in again:
        assert not any(
            one.code_id == code and one.segment.overlaps(seg) for code, seg in decided
        )


@pytest.mark.language_model
def test_ten_thousand_words_take_seconds() -> None:
    said = [
        f"{turn} We had to tell our story again, and so on." for turn in FILLER
    ] * 15
    assert sum(len(turn.split()) for turn in said) > 10_000
    text, turns = a_source(*(("P", words) for words in said))
    engine = SuggestionEngine.fit(said, BOOK)
    begun = time.process_time()
    assert len(engine.suggest(text, turns)) >= len(said)
    assert time.process_time() - begun < 90
