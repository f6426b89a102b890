"""Passages like another, groups of them, and the order of work: pure and seeded."""

from __future__ import annotations

from interview_desk import a_transcript, segment_of

from coding.coded_segments import Segment
from coding.more_like_this.groups import groups_among
from coding.more_like_this.index import PassageIndex
from coding.more_like_this.passages import passages_in
from coding.order_of_work.turns_to_read import spread_sample, turns_with_something
from coding.suggestions.vectors import without_vectors

BUSES = [
    "The bus was late again so we missed the appointment at the centre.",
    "Buses do not run out here and the fare is more than we have.",
    "I walk because the bus fare went up twice this year for us.",
    "Without a bus the children cannot get to the contact centre at all.",
    "They cut the bus so every visit means two hours on foot for me.",
    "A bus pass would have helped us more than any of the letters did.",
]
NIGHTS = [
    "He does not sleep at night and wakes the little ones with him.",
    "At night she screams and none of us sleep until the morning.",
    "Sleep is what we lost first when the nights became so loud.",
    "Every night the baby wakes and I sleep for an hour at most.",
    "The night worker taught me to settle him so that he could sleep.",
    "I slept on the floor by the cot every night until the spring.",
]


def _index() -> PassageIndex:
    passages = []
    for number, said in enumerate(zip(BUSES, NIGHTS, strict=True)):
        words = "\n".join(f"Mum: {one}" for one in said)
        transcript = a_transcript(f"P{number}", words)
        passages += passages_in(f"source {number}", transcript)
    return PassageIndex(passages, without_vectors())


def test_the_nearest_share_the_subject_and_say_by_which_words() -> None:
    index = _index()
    assert "No packaged vectors can be read" in index.in_words
    found = index.nearest(
        BUSES[:1], leave_out=lambda one: one.words in BUSES[:1], most=3
    )
    assert len(found) == 3
    assert all("bus" in one.passage.words.lower() for one in found)
    assert all({"bus", "buses"} & set(one.shared_words) for one in found)
    assert [one.likeness for one in found] == sorted(
        (one.likeness for one in found), reverse=True
    )


def test_what_is_to_be_left_out_is_never_among_them() -> None:
    found = _index().nearest(BUSES, leave_out=lambda one: one.words in BUSES, most=20)
    assert not {one.passage.words for one in found} & set(BUSES)


def test_groups_are_named_by_their_own_words_and_come_out_the_same() -> None:
    index = _index()
    every = list(range(len(index.passages)))
    groups = groups_among(index, every)
    assert groups == groups_among(index, every)
    named = {word for group in groups for word in group.words[:3]}
    assert {"bus", "night"} & named
    assert all(group.sources > 1 and len(group.passages) >= 4 for group in groups)
    assert groups_among(index, every[:11]) == []


def test_a_study_without_words_of_any_subject_finds_nothing() -> None:
    transcript = a_transcript("P1", "Mum: And so it was that we had been there too.")
    index = PassageIndex(list(passages_in("s", transcript)), without_vectors())
    assert index.nearest(["The bus was late."], leave_out=lambda _: False, most=3) == []


def test_a_long_turn_is_compared_in_parts_of_whole_sentences() -> None:
    said = " ".join(BUSES + NIGHTS)
    transcript = a_transcript("P1", f"Mum: {said}")
    parts = list(passages_in("s", transcript))
    assert len(parts) > 1
    assert all(one.words[0].isupper() and one.words.endswith(".") for one in parts)
    assert " ".join(one.words for one in parts) == said


def test_a_spread_sample_takes_from_every_transcript_and_is_seeded() -> None:
    turns = {}
    for number in range(3):
        words = "\n".join(f"Mum: {one}" for one in BUSES)
        turns[f"s{number}"] = turns_with_something(
            f"s{number}", a_transcript(f"P{number}", words), ()
        )
    sample = spread_sample(turns, 6, seed=5)
    assert [sum(one.source_id == s for one in sample) for s in turns] == [2, 2, 2]
    assert sample == spread_sample(turns, 6, seed=5)
    assert sample == spread_sample(turns, 9, seed=5)[:6]
    assert sample != spread_sample(turns, 6, seed=6)
    assert len(spread_sample(turns, 100, seed=5)) == 18


def test_interviewers_and_few_words_are_left_out_of_the_work() -> None:
    transcript = a_transcript()
    (turn,) = turns_with_something("s", transcript, ())
    assert (turn.turn.number, turn.is_coded) == (2, False)
    (turn,) = turns_with_something("s", transcript, [segment_of("she asked")])
    assert turn.is_coded
    assert turns_with_something("s", transcript, [Segment(0, 5)])[0].is_coded is False
