"""Pseudonyms take the form of the names they stand for, and places stay in place."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coding.coded_segments import Segment
from coding.pseudonyms.choosing import offered_pseudonym, problems_with
from coding.pseudonyms.listed_mentions import NameList
from coding.pseudonyms.names import ListedName, NameKind
from coding.pseudonyms.ordinary_words import OrdinaryWords
from coding.pseudonyms.replacing import (
    Edit,
    ReplacedWords,
    clashes,
    edits_for,
    replaced_transcript,
)
from coding.pseudonyms.text_words import TextWords
from coding.transcripts import SourceKind, Speaker, Transcript, Turn

PERSON = NameKind.PERSON
_NAMES = [
    ListedName("a", PERSON, "Adunola Grace Thornlee", "Wren Hallam", ("Addy",)),
    ListedName("s", NameKind.SERVICE, "Fernwick Primary School", "Millbeck School"),
    ListedName("p", NameKind.PHONE, "01632 960123", "[phone number 1]"),
]


def _replaced(text: str) -> ReplacedWords:
    words = TextWords(text)
    found = NameList(_NAMES, OrdinaryWords(frozenset(), [words])).mentions(words)
    return ReplacedWords(text, edits_for(text, found, {one.id: one for one in _NAMES}))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Then Adunola’s mum", "Then Wren’s mum"),
        ("then adunola thornlee rang", "then wren hallam rang"),
        ("ADUNOLA!", "WREN!"),
        ("the Thornlees", "the Hallams"),
        ("Mrs Thornlee and Addy", "Mrs Hallam and Wren"),
        ("Adunola Grace Thornlee", "Wren Hallam"),
        ("Adunloa Thornlee", "Wren Hallam"),
        (
            "at Fernwick primary school, Fernwick's",
            "at Millbeck School, Millbeck School's",
        ),
        ("01632 960 123", "[phone number 1]"),
        ("Nobody rang", "Nobody rang"),
    ],
)
def test_a_pseudonym_takes_the_form_of_the_name(before: str, after: str) -> None:
    assert _replaced(before).after == after


def test_passages_keep_their_words_and_take_whole_names() -> None:
    said = _replaced("Then Adunola rang Thornlee twice.")
    assert said.after == "Then Wren rang Hallam twice."
    placed = {
        (before.start, before.end): said.place(before).after
        for before in (Segment(0, 4), Segment(5, 12), Segment(7, 9), Segment(13, 25))
    }
    cut = {at: said.after[s.start : s.end] for at, s in placed.items() if s}
    assert cut == {
        (0, 4): "Then",
        (5, 12): "Wren",
        (7, 9): "Wren",
        (13, 25): "rang Hallam",
    }


def test_putting_back_gives_the_very_same_text() -> None:
    text = "Adunola’s mum, ADUNLOA and 01632 960 123."
    said = _replaced(text)
    assert said.after != text
    assert ReplacedWords(said.after, said.inverse()).after == text


@given(
    some.text(alphabet="ab ", min_size=1, max_size=40),
    some.lists(some.tuples(some.integers(0, 40), some.integers(1, 5)), max_size=6),
    some.lists(
        some.text(alphabet="xyz", min_size=1, max_size=8), min_size=6, max_size=6
    ),
)
def test_what_lies_outside_the_names_is_found_where_it_is_told(
    text: str, spans: list[tuple[int, int]], words: list[str]
) -> None:
    edits, behind = [], 0
    for (start, length), word in zip(sorted(spans), words, strict=False):
        end = min(start + length, len(text))
        if behind <= start < end:
            edits.append(Edit(start, end, text[start:end], word))
            behind = end
    said = ReplacedWords(text, edits)
    inside = {at for one in edits for at in range(one.start, one.end)}
    for at in range(len(text)):
        if at not in inside:
            moved = said.place(Segment(at, at + 1)).after
            assert moved is not None
            assert said.after[moved.start : moved.end] == text[at]
    assert ReplacedWords(said.after, said.inverse()).after == text


def test_edits_of_another_text_are_refused() -> None:
    with pytest.raises(ValueError, match="another text"):
        ReplacedWords("Then Ben rang", [Edit(5, 8, "Ann", "Wren")])


def test_turns_and_labels_follow_and_labels_that_become_one_are_one_speaker() -> None:
    text = "Adunola: I rang Addy.\nAdunloa: Yes."
    transcript = Transcript(
        "Adunola wave 1",
        SourceKind.INTERVIEW,
        text,
        (Turn(1, 9, 21, "Adunola"), Turn(2, 31, 35, "Adunloa")),
        (Speaker("Adunola"), Speaker("Adunloa")),
    )
    changed = replaced_transcript(
        transcript, _replaced(text), lambda label: _replaced(label).after
    )
    assert changed.text == "Wren: I rang Wren.\nWren: Yes."
    assert [changed.text[t.start : t.end] for t in changed.turns] == [
        "I rang Wren.",
        "Yes.",
    ]
    assert [one.label for one in changed.speakers] == ["Wren"]
    assert changed.name == "Wren wave 1"


def test_what_two_people_share_gets_the_same_word() -> None:
    first = ListedName("1", PERSON, "Safiya Brackwell", "Rowan Hebden")
    second = ListedName("2", PERSON, "Safiya Dunmoor")
    offered = offered_pseudonym(second, [first], {"alder"})
    assert offered.split()[0] == "Rowan"
    assert offered.split()[1] != "Hebden"
    other = ListedName("2", PERSON, "Safiya Dunmoor", "Quinn Farrow")
    assert [(a.id, b.id) for a, b, _ in clashes([first, other])] == [("1", "2")]
    assert problems_with(other, [first], set())


def test_nothing_that_stands_in_the_study_is_offered() -> None:
    name = ListedName("1", PERSON, "Safiya")
    first = offered_pseudonym(name, [], set())
    assert offered_pseudonym(name, [], {first.lower()}) != first


def test_a_pseudonym_that_is_a_real_name_is_refused() -> None:
    asked = ListedName("1", PERSON, "Safiya", "Dunmoor")
    assert problems_with(asked, [], {"dunmoor"})
    assert problems_with(ListedName("1", PERSON, "Safiya", "safiya"), [], set())
    assert not problems_with(ListedName("1", PERSON, "Safiya", "Wren"), [], {"dunmoor"})
    used = ListedName("2", PERSON, "Kemi", "Wren")
    assert problems_with(ListedName("1", PERSON, "Safiya", "wren"), [used], set())


def test_a_number_is_told_by_its_kind_and_counted() -> None:
    one = ListedName("1", NameKind.PHONE, "01632 960123", "[phone number 1]")
    other = ListedName("2", NameKind.PHONE, "01632 960124")
    assert offered_pseudonym(other, [one], set()) == "[phone number 2]"
