"""A transcript cut into passages that can be compared: turns, long ones in parts."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coding.agreement.sentences import sentences_in
from coding.coded_segments import Segment
from coding.transcripts import Transcript, Turn

MOST_WORDS = 70
FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class ComparedPassage:
    """A turn or a part of one, with its words; positions count in the source's text."""

    source_id: str
    turn_number: int
    segment: Segment
    words: str


def passages_in(
    source_id: str, transcript: Transcript, *, skip_speakers: Collection[str] = ()
) -> Iterator[ComparedPassage]:
    """The passages of a transcript in order, those of a few words left out.

    Whole sentences go together up to about 70 words: what a longer turn says of one
    thing would be lost among the rest.
    """
    for turn in transcript.turns:
        if turn.speaker in skip_speakers:
            continue
        for segment in _parts(transcript.text, turn):
            words = segment.quotation(transcript.text)
            if len(words.split()) >= FEWEST_WORDS:
                yield ComparedPassage(source_id, turn.number, segment, words)


def _parts(text: str, turn: Turn) -> Iterator[Segment]:
    start, end, length = turn.start, turn.start, 0
    for first, last in sentences_in(text, turn.start, turn.end):
        words = len(text[first:last].split())
        if length and length + words > MOST_WORDS:
            yield Segment(start, end)
            start, length = first, 0
        if not length:
            start = first
        end, length = last, length + words
    if length:
        yield Segment(start, end)
