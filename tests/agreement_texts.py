"""Small transcripts with invented codings, for figures one can work out by hand."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from coding.agreement.report import CodedText
from coding.transcripts import SourceKind, Speaker, Transcript, Turn


def spoken(turns: Sequence[tuple[str, str]], name: str = "P01") -> Transcript:
    """A transcript of these speakers and words; "INT" asks."""
    text, placed = "", []
    for number, (speaker, words) in enumerate(turns, start=1):
        text += f"{speaker}: "
        placed.append(Turn(number, len(text), len(text) + len(words), speaker))
        text += f"{words}\n"
    labels = dict.fromkeys(speaker for speaker, _ in turns)
    speakers = tuple(Speaker(label, label == "INT") for label in labels)
    return Transcript(name, SourceKind.INTERVIEW, text, tuple(placed), speakers)


def fifty_turns(
    marked: Mapping[str, Mapping[str, Sequence[int]]],
    source_id: str = "s1",
    turns: int = 50,
) -> CodedText:
    """Turns of one speaker, coded whole by number (from 1), by coder and code."""
    transcript = spoken([("Mum", f"We talked about {n}.") for n in range(turns)])
    return CodedText(
        source_id,
        source_id.upper(),
        transcript,
        {
            coder: {
                code: [
                    (transcript.turns[n - 1].start, transcript.turns[n - 1].end)
                    for n in numbers
                ]
                for code, numbers in codes.items()
            }
            for coder, codes in marked.items()
        },
    )


def long_text(
    words: int, codings: int, codes: Sequence[str], *, seed: int = 7
) -> CodedText:
    """A long interview that two coders, ann and bo, coded half alike, at random."""
    chance = random.Random(seed)
    vocabulary = [
        "we",
        "sat",
        "down",
        "with",
        "the",
        "family",
        "and",
        "they",
        "said",
        "what",
        "helped",
        "most",
    ]
    turns, left = [], words
    while left > 0:
        sentences = []
        for _ in range(chance.randint(1, 6)):
            length = chance.randint(4, 22)
            left -= length
            said = " ".join(chance.choice(vocabulary) for _ in range(length))
            sentences.append(f"{said.capitalize()}.")
        turns.append((("INT", "Mum")[len(turns) % 2], " ".join(sentences)))
    transcript = spoken(turns)
    passages: dict[str, dict[str, list[tuple[int, int]]]] = {"ann": {}, "bo": {}}
    size = len(transcript.text)
    for number in range(codings):
        code = codes[number % len(codes)]
        start = chance.randrange(size - 400)
        end = start + chance.randint(20, 400)
        passages["ann"].setdefault(code, []).append((start, end))
        if number % 2:
            start = chance.randrange(size - 400)
        shift = chance.randint(-15, 15)
        passages["bo"].setdefault(code, []).append((max(0, start + shift), end))
    for of_coder in passages.values():
        for code, listed in of_coder.items():
            of_coder[code] = [(min(a, b), max(a, b, a + 5)) for a, b in listed]
    return CodedText("long", "Long", transcript, passages)
