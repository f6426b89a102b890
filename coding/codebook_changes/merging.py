"""Merging one code into another: what becomes of its passages and its words.

Every coded segment of every coder is kept under the code that stays. Where a coder had
marked exactly the same words under both, the two become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from coding.codebook import Code


@dataclass(frozen=True, slots=True)
class MarkedPassage:
    """A coded segment as far as merging needs it; ``layer`` as the store names it."""

    id: str
    source_id: str
    coder_id: str
    start: int
    end: int
    layer: str = ""
    suggestion_id: str = ""

    @property
    def place(self) -> tuple[str, str, str, int, int]:
        """What makes two passages of one code the same: coder, layer and words."""
        return self.source_id, self.coder_id, self.layer, self.start, self.end


@dataclass(frozen=True, slots=True)
class JoinedPassages:
    """Two passages that become one: which goes, which stays.

    ``takes_suggestion`` says that the one that stays had come from no suggestion and
    takes over that of the one that goes.
    """

    gone: MarkedPassage
    kept: MarkedPassage
    takes_suggestion: bool


def merge_passages(
    moving: Iterable[MarkedPassage], staying: Iterable[MarkedPassage]
) -> tuple[list[MarkedPassage], list[JoinedPassages]]:
    """The passages that move as they are, and those that become one with another.

    >>> ann = MarkedPassage("1", "s", "ann", 0, 9, suggestion_id="x")
    >>> twin, other = MarkedPassage("2", "s", "ann", 0, 9), replace(ann, id="3", end=5)
    >>> moved, joined = merge_passages([ann, other], [twin])
    >>> [one.id for one in moved], joined[0].kept.id, joined[0].takes_suggestion
    (['3'], '2', True)
    """
    there = {one.place: one for one in staying}
    moved, joined = [], []
    for one in moving:
        twin = there.get(one.place)
        if twin is None:
            there[one.place] = one
            moved.append(one)
            continue
        takes = bool(one.suggestion_id) and not twin.suggestion_id
        joined.append(JoinedPassages(one, twin, takes))
        if takes:
            there[one.place] = replace(twin, suggestion_id=one.suggestion_id)
    return moved, joined


def with_words_of(stays: Code, goes: Code) -> Code:
    """The code that stays, with the cues and examples of the one that goes added.

    >>> with_words_of(Code("1", "Power", cues=("decide",)),
    ...               Code("2", "Say", cues=("Decide", "have a say"))).cues
    ('decide', 'have a say')
    """
    places = {place.words: place for place in goes.example_places}
    places |= {place.words: place for place in stays.example_places}
    return replace(
        stays,
        cues=_together(stays.cues, goes.cues),
        examples=_together(stays.examples, goes.examples),
        example_places=tuple(places.values()),
    )


def _together(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    by_key = {one.casefold(): one for one in reversed((*first, *second))}
    return tuple(reversed(by_key.values()))
