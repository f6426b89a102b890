"""What stretch of a turn a suggestion covers."""

from __future__ import annotations

import numpy as np

from coding.codebook import Code
from coding.coded_segments import Segment
from coding.language import blank_language
from coding.suggestions.cues import CueHit, read_cues
from coding.suggestions.passages import (
    Passage,
    best_passage,
    covering,
    passages_of,
    touching,
)

LONG = "This is a sentence of nine words, no fewer. "


def passages(text: str) -> tuple[Passage, ...]:
    return passages_of(blank_language().read(text))


def covered(text: str, numbers: list[int]) -> str:
    return covering(passages(text), numbers).quotation(text)


def hits(text: str, *cues: str) -> tuple[CueHit, ...]:
    code = Code(id="c", name="A code", cues=cues)
    index = read_cues([code], blank_language(), headings=frozenset())
    return index.find(blank_language().read(text))


def chosen(text: str, *cues: str, near: list[float], closed: set[int]) -> str:
    numbers = best_passage(
        passages(text), hits(text, *cues), np.array(near), closed=closed
    )
    return covered(text, numbers) if numbers else ""


def test_a_passage_is_a_sentence_without_outer_space() -> None:
    text = "  We waited and waited.  Nobody came!  "
    assert [p.segment.quotation(text) for p in passages(text)] == [
        "We waited and waited.",
        "Nobody came!",
    ]


def test_a_sentence_without_end_is_cut_at_its_last_pause() -> None:
    text = "word " * 49 + "word, " + "more " * 30
    first, second = passages(text)
    assert len(first.words) == 50
    assert len(second.words) == 30
    assert second.segment.quotation(text).startswith("more")


def test_a_sentence_without_end_or_pause_is_cut_after_sixty_words() -> None:
    sizes = [len(p.words) for p in passages("word " * 130)]
    assert sizes == [60, 60, 10]


def test_the_passage_with_most_cues_is_chosen_before_the_nearest() -> None:
    text = LONG + "We told our story and the story again to them. " + LONG
    best = chosen(text, "story", near=[9, 0, 0], closed=set())
    assert best == "We told our story and the story again to them."


def test_between_equal_cues_the_nearer_and_then_the_earlier_is_chosen() -> None:
    text = "One story is told there by all of us. Two story is told there by all of us."
    assert chosen(text, "story", near=[1, 2], closed=set()).startswith("Two")
    assert chosen(text, "story", near=[1, 1], closed=set()).startswith("One")


def test_a_very_short_passage_takes_its_neighbour_in() -> None:
    text = "And again. We told it four times over to four people. Then it rained."
    near = [0.0, 0.0, 0.0]
    assert chosen(text, "again", near=near, closed=set()) == (
        "And again. We told it four times over to four people."
    )
    assert chosen(text, "rained", near=near, closed=set()) == (
        "We told it four times over to four people. Then it rained."
    )
    assert chosen(text, "again", near=near, closed={1}) == "And again."


def test_a_neighbour_that_would_make_it_overlong_stays_out() -> None:
    text = "And again. " + "word " * 58 + "end."
    assert chosen(text, "again", near=[0, 0], closed=set()) == "And again."


def test_what_is_decided_is_left_out_and_may_leave_nothing() -> None:
    text = LONG + "We told our story and nothing came of it then."
    assert chosen(text, "story", near=[0, 0], closed={1}) == ""
    assert chosen(text, near=[1, 2], closed={1}) == LONG.strip()
    assert chosen(text, near=[1, 2], closed={0, 1}) == ""


def test_touching_names_the_passages_a_segment_reaches_into() -> None:
    text = "One two. Three four. Five six."
    assert touching(passages(text), [Segment(6, 10)]) == [0, 1]
    assert touching(passages(text), [Segment(20, 21)]) == []
