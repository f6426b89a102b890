"""Turns to code next: spread over transcripts by chance, or all that nothing marks.

Coding turns taken at random across transcripts teaches suggestions as much from 400
turns as reading in order does from about 700 (measured on an openly coded set of
interviews); asking for the least certain turns first did no better than chance.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from coding.coded_segments import Segment
from coding.transcripts import Transcript, Turn

FEWEST_WORDS = 6
"""A shorter turn ("Yes, I think so.") is nothing to code by itself."""


@dataclass(frozen=True, slots=True)
class TurnToRead:
    """A turn of a source, and whether something in it is coded already."""

    source_id: str
    turn: Turn
    words: str
    is_coded: bool


def turns_with_something(
    source_id: str, transcript: Transcript, coded: Collection[Segment]
) -> list[TurnToRead]:
    """The turns of whoever is interviewed that say more than a few words, in order."""
    asking = {one.label for one in transcript.speakers if one.is_interviewer}
    found = []
    for turn in transcript.turns:
        words = transcript.text[turn.start : turn.end]
        if turn.speaker in asking or len(words.split()) < FEWEST_WORDS:
            continue
        whole = Segment(turn.start, turn.end)
        is_coded = any(whole.overlaps(one) for one in coded)
        found.append(TurnToRead(source_id, turn, words, is_coded))
    return found


def spread_sample(
    turns: Mapping[str, Sequence[TurnToRead]], size: int, seed: int
) -> list[TurnToRead]:
    """So many turns, taken from the sources in turn and by chance within each.

    All there are, where they are fewer. The same sources, size and seed give the same
    turns in the same order, and a larger size goes on where a smaller one ended. What
    is coded since stays in: a list of work must not move while one works.
    """
    chance = random.Random(seed)
    left: list[list[TurnToRead]] = []
    for source_id in sorted(turns):
        shuffled = list(turns[source_id])
        chance.shuffle(shuffled)
        left.append(shuffled)
    chance.shuffle(left)
    found: list[TurnToRead] = []
    while len(found) < size and any(left):
        found += [listed.pop() for listed in left if listed]
    return found[:size]
