"""What stretch of a turn a suggestion covers: a sentence, or two neighbours.

A whole turn can run to a page; a researcher wants the words that made the machine
speak. Passages never cross a turn and have no space around them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.coded_segments import Segment
from coding.language import Sentence, Word
from coding.suggestions.cues import CueHit

# Automatic transcripts often have no full stops: past this a sentence is cut, at a
# pause where there is one.
LONGEST_PASSAGE_IN_WORDS = 60
# Under this a sentence is seldom understood alone ("And again. Every time.").
SHORTEST_PASSAGE_IN_WORDS = 8


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one turn and its words."""

    segment: Segment
    words: tuple[Word, ...]


def passages_of(sentences: Sequence[Sentence]) -> tuple[Passage, ...]:
    """The sentences of a turn as passages, overlong ones cut into pieces."""
    return tuple(p for sentence in sentences for p in _pieces(sentence))


def touching(passages: Sequence[Passage], segments: Iterable[Segment]) -> list[int]:
    """The numbers of the passages that any of the segments touches, in order."""
    marks = list(segments)
    return [
        number
        for number, passage in enumerate(passages)
        if any(passage.segment.overlaps(mark) for mark in marks)
    ]


def widened(passages: Sequence[Passage], first: int, *, closed: set[int]) -> list[int]:
    """A passage, and where it is very short the neighbour that explains it.

    The neighbour is the one after it, else the one before; never one in ``closed`` and
    never one that would make the two overlong.
    """
    if len(passages[first].words) >= SHORTEST_PASSAGE_IN_WORDS:
        return [first]
    for neighbour in (first + 1, first - 1):
        if 0 <= neighbour < len(passages) and neighbour not in closed:
            pair = sorted((first, neighbour))
            if _words_in(passages, pair) <= LONGEST_PASSAGE_IN_WORDS:
                return pair
    return [first]


def best_passage(
    passages: Sequence[Passage],
    hits: Sequence[CueHit],
    nearness: npt.NDArray[np.float64],
    *,
    closed: set[int],
) -> list[int]:
    """The numbers of the passages a suggestion is to cover; none where none is open.

    Where there are cues, the passage that holds most of them; between equals, and
    without cues, the nearest to the definition, then the earliest. Passages in
    ``closed`` (decided on already) are left out.
    """
    open_to = [number for number in range(len(passages)) if number not in closed]
    if hits:
        open_to = [n for n in open_to if _worth(passages[n], hits)]
    if not open_to:
        return []
    best = max(open_to, key=lambda n: (_worth(passages[n], hits), nearness[n], -n))
    return widened(passages, best, closed=closed)


def covering(passages: Sequence[Passage], numbers: Sequence[int]) -> Segment:
    """The one segment from the first of the numbered passages to the last."""
    chosen = [passages[number].segment for number in numbers]
    return Segment(min(s.start for s in chosen), max(s.end for s in chosen))


def _words_in(passages: Sequence[Passage], numbers: Iterable[int]) -> int:
    return sum(len(passages[number].words) for number in numbers)


def _worth(passage: Passage, hits: Iterable[CueHit]) -> float:
    return sum(hit.worth for hit in hits if hit.segment.overlaps(passage.segment))


def _pieces(sentence: Sentence) -> Iterable[Passage]:
    rest = sentence.words
    start = sentence.start
    while len(rest) > LONGEST_PASSAGE_IN_WORDS:
        cut = _best_cut(rest)
        yield Passage(Segment(start, rest[cut - 1].end), rest[:cut])
        rest = rest[cut:]
        start = rest[0].start
    yield Passage(Segment(start, sentence.end), rest)


def _best_cut(words: Sequence[Word]) -> int:
    """Where to cut an overlong sentence: at the last pause not too near its start."""
    shortest = LONGEST_PASSAGE_IN_WORDS // 3
    for position in range(LONGEST_PASSAGE_IN_WORDS, shortest, -1):
        if words[position].after_pause:
            return position
    return LONGEST_PASSAGE_IN_WORDS
