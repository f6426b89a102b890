"""The finder of passages: whole sentences, whole words, exact positions."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from matching.progress.passages import RESTORATIVE_CUES, find_passages


def test_sentence_with_a_cue_is_quoted_whole():
    notes = [
        "Nothing here.",
        "House cold. Agreed with Steph to bring the family network together first; "
        "clear what would change our minds. Closed.",
    ]
    (found,) = find_passages(notes, ["family network", "agreed with"])
    assert found.note == 1
    assert notes[1][found.start : found.end] == (
        "Agreed with Steph to bring the family network together first; clear what "
        "would change our minds."
    )
    assert found.cues == ("family network", "agreed with")


def test_cue_inside_a_longer_word_is_not_met_and_apostrophes_are_one():
    assert find_passages(["The circled date."], ["circle"]) == []
    (found,) = find_passages(["The family’s own plan."], ["family's own plan"])
    assert found.cues == ("family's own plan",)


def test_empty_cue_finds_nothing():
    assert find_passages(["Anything."], ["", " "]) == []


@given(st.lists(st.text(alphabet="ab circle.!?\n'\"é😀", max_size=60), max_size=4))
def test_every_passage_lies_in_its_note_and_holds_its_cue(texts):
    for found in find_passages(texts, RESTORATIVE_CUES):
        quoted = texts[found.note][found.start : found.end]
        assert quoted == quoted.strip()
        assert "circle" in quoted.casefold()
