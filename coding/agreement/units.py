"""Units of agreement: the turns, sentences or characters that coders decide on.

Units lie one after the other on an axis of whole numbers, and a marked passage covers
a range of them, whichever kind they are. So counts are of ranges, and a character costs
no more than a turn. What nobody coded lies on the axis too: leaving it out would turn
every agreement that a code does not apply into nothing.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from coding.agreement.sentences import sentences_in
from coding.transcripts import Transcript

Range = tuple[int, int]


class UnitKind(StrEnum):
    """What is counted as one decision of a coder."""

    TURN = "turn"
    SENTENCE = "sentence"
    CHARACTER = "character"

    @property
    def plural(self) -> str:
        """The kind for more than one.

        >>> UnitKind.SENTENCE.plural
        'sentences'
        """
        return f"{self.value}s"


@dataclass(frozen=True, slots=True)
class UnitAxis:
    """The units of one source in the order of its text.

    ``starts`` and ``ends`` are code points. For characters they are those of the turns,
    and a unit is one code point within them; ``before`` then counts the units that lie
    before each turn.
    """

    kind: UnitKind
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    before: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many units there are."""
        return self.before[-1] if self.before else 0

    def covered(self, start: int, end: int) -> Range:
        """The first unit with a character of the passage, and the one after the last.

        Equal where the passage touches no unit that counts.

        >>> axis = UnitAxis(UnitKind.SENTENCE, (0, 10), (9, 20), (0, 1, 2))
        >>> axis.covered(8, 12), axis.covered(9, 10)
        ((0, 2), (1, 1))
        """
        if self.kind is UnitKind.CHARACTER:
            return self._characters_before(start), self._characters_before(end)
        first = bisect_right(self.ends, start)
        return first, max(first, bisect_left(self.starts, end))

    def _characters_before(self, position: int) -> int:
        turn = bisect_right(self.starts, position) - 1
        if turn < 0:
            return 0
        within = min(position, self.ends[turn]) - self.starts[turn]
        return self.before[turn] + within


def axis_of(
    transcript: Transcript, kind: UnitKind, *, interviewers: bool = False
) -> UnitAxis:
    """The units of a transcript, uncoded ones included.

    What interviewers say is left out unless asked for: codes say what people tell, and
    questions that nobody codes would add agreement that nobody reached. A sentence ends
    with its turn at the latest.
    """
    asking = {one.label for one in transcript.speakers if one.is_interviewer}
    turns = [
        (turn.start, turn.end)
        for turn in transcript.turns
        if interviewers or turn.speaker not in asking
    ]
    if kind is UnitKind.SENTENCE:
        turns = [
            sentence
            for start, end in turns
            for sentence in sentences_in(transcript.text, start, end)
        ]
    lengths = (
        (end - start for start, end in turns)
        if kind is UnitKind.CHARACTER
        else (1 for _ in turns)
    )
    return UnitAxis(
        kind,
        tuple(start for start, _ in turns),
        tuple(end for _, end in turns),
        (0, *accumulate(lengths)),
    )


def positive_units(axis: UnitAxis, passages: Iterable[Range]) -> tuple[Range, ...]:
    """The units with any coded character, as ranges in order that do not touch.

    >>> axis = UnitAxis(UnitKind.TURN, (0, 10, 20), (9, 19, 29), (0, 1, 2, 3))
    >>> positive_units(axis, [(12, 15), (3, 5), (17, 22)])
    ((0, 3),)
    """
    covered = sorted(axis.covered(start, end) for start, end in passages)
    merged: list[Range] = []
    for first, last in covered:
        if first >= last:
            continue
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def how_many(ranges: Iterable[Range]) -> int:
    """How many units the ranges hold.

    >>> how_many([(0, 2), (5, 6)])
    3
    """
    return sum(last - first for first, last in ranges)


def tally(size: int, coders: Sequence[Sequence[Range]]) -> tuple[int, ...]:
    """How many of all units were marked by no coder, by one, by two and so on.

    >>> tally(10, [[(0, 4)], [(2, 6)]])
    (4, 4, 2)
    """
    steps: list[tuple[int, int]] = []
    for ranges in coders:
        for first, last in ranges:
            steps += [(first, 1), (last, -1)]
    counts = [0] * (len(coders) + 1)
    at = marked = 0
    for position, change in sorted(steps):
        counts[marked] += position - at
        at, marked = position, marked + change
    counts[0] += size - at
    return tuple(counts)
