"""Names planted by seed are found once each is confirmed; little else is proposed."""

from __future__ import annotations

from pathlib import Path

import pytest
from planted_names import OWN_NAMES, in_lower_case, invented_names, plant, without_turns

from coding.language import load_names_reader, no_names_reader
from coding.pseudonyms.names import How, ListedName, NameKind
from coding.pseudonyms.proposals import SourcesRead
from coding.transcripts import Transcript
from data.importers.interviews.transcript_import import read_transcript

_SAMPLE = Path(__file__).parents[1] / "data" / "sample_study" / "transcripts"
_LEAST_FOUND = 0.98
_MOST_OTHER = 6.0


def _transcripts(most: int) -> list[Transcript]:
    paths = sorted(_SAMPLE.glob("*.txt"))[:most]
    return [read_transcript(path.name, path.read_bytes()) for path in paths]


def _confirmed(planted: list) -> list[ListedName]:
    used = {m.name.name: m.name for one in planted for m in one.mentions}
    return [
        ListedName(str(number), NameKind(one.kind), one.name, "x")
        for number, one in enumerate(used.values())
    ]


@pytest.mark.language_model
@pytest.mark.parametrize("small", [False, True], ids=["as written", "lower case"])
def test_each_mention_of_a_confirmed_name_is_proposed_and_little_else(
    small: bool,
) -> None:
    names = invented_names(11, 16)
    planted = [plant(one, names, at, every=1) for at, one in enumerate(_transcripts(3))]
    if small:
        planted = [in_lower_case(one) for one in planted]
    sources = {str(at): one.transcript for at, one in enumerate(planted)}
    read = SourcesRead(sources, load_names_reader())
    review = read.review(_confirmed(planted))
    total = found = other = 0
    for source_id, one in zip(sources, planted, strict=True):
        spans = [(m.start, m.end) for m in review.mentions[source_id]]
        for mention in one.mentions:
            total += 1
            found += any(a <= mention.start and b >= mention.end for a, b in spans)
        gold = [(m.start, m.end) for m in one.mentions]
        spans += [
            (place.start, place.end)
            for proposal in review.proposals
            # Names that stand there of themselves are no false proposals.
            if not OWN_NAMES & set(proposal.key.split())
            for place in proposal.places
            if place.source_id == source_id
        ]
        other += sum(not any(a < e and b > s for s, e in gold) for a, b in spans)
    words = sum(len(one.words) for one in read.words.values())
    assert total > 100
    assert {m.form for one in planted for m in one.mentions} >= {
        "lower case",
        "possessive",
        "one letter wrong",
    }
    assert found >= _LEAST_FOUND * total
    assert other <= _MOST_OTHER * words / 1000


@pytest.mark.language_model
def test_the_model_proposes_some_names_that_nobody_listed() -> None:
    text = "I think Emma Thompson rang from Manchester. I met Sarah, and Sarah sat."
    read = SourcesRead({"1": without_turns(text)}, load_names_reader())
    proposed = {one.key: one for one in read.review([]).proposals}
    assert {"emma thompson", "manchester", "sarah"} <= set(proposed)
    assert len(proposed["sarah"].places) == 2
    assert proposed["manchester"].kind is NameKind.PLACE
    after = read.review(
        [ListedName("1", NameKind.PERSON, "Sarah", "x")], {"manchester"}
    )
    assert {one.key for one in after.proposals} == {"emma thompson"}
    assert len(after.mentions["1"]) == 2


def test_without_a_model_labels_and_patterns_are_proposed_and_it_is_said() -> None:
    text = "Adunola: Ring me on 07700 900123.\nInterviewer: I will."
    transcript = read_transcript("one.txt", text.encode())
    reader = no_names_reader()
    proposed = SourcesRead({"1": transcript}, reader).review([]).proposals
    assert {(one.words, one.how) for one in proposed} == {
        ("Adunola", (How.SPEAKER,)),
        ("07700 900123", (How.PATTERN,)),
    }
    assert "No English pipeline" in reader.in_words


@pytest.mark.language_model
def test_a_turn_of_twenty_thousand_words_and_one_without_names_are_read() -> None:
    text = "We went along and it was all right in the end. " * 2_000 + "Then Emma came."
    read = SourcesRead({"1": without_turns(text)}, load_names_reader())
    review = read.review([ListedName("1", NameKind.PERSON, "Emma", "x")])
    assert [text[m.start : m.end] for m in review.mentions["1"]] == ["Emma"]
    assert review.proposals == ()
    assert SourcesRead({}, load_names_reader()).review([]).proposals == ()


def test_a_place_left_out_is_neither_mention_nor_proposal() -> None:
    text = "Adunola: Yes.\nKemi: No.\nAdunola: Well."
    transcript = read_transcript("one.txt", text.encode())
    read = SourcesRead({"1": transcript}, no_names_reader())
    names = [ListedName("1", NameKind.PERSON, "Adunola", "x")]
    left = [("1", transcript.sha256, 0, 7)]
    assert len(read.review(names).mentions["1"]) == 2
    after = read.review(names, (), left)
    assert len(after.mentions["1"]) == 1
    assert {one.key for one in after.proposals} == {"kemi"}


def test_a_name_of_which_a_part_is_listed_is_proposed_whole() -> None:
    text = "Kemi Adebola: Yes.\nInterviewer: And?\nKemi Adebola: No. Mrs Kemi rang."
    read = SourcesRead(
        {"1": read_transcript("a.txt", text.encode())}, no_names_reader()
    )
    names = [ListedName("1", NameKind.PERSON, "Kemi", "x")]
    (proposal,) = read.review(names).proposals
    assert (proposal.words, proposal.listed_id) == ("Kemi Adebola", "1")
    names = [ListedName("1", NameKind.PERSON, "Kemi Adebola", "x")]
    assert read.review(names).proposals == ()
