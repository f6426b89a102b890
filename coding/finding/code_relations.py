"""How passages of one choice of codes stand to those of another, within one source.

All positions are code points of one source, ends exclusive. Passages under one choice
that overlap are one passage, whoever marked them and under which of its codes; touching
ones stay apart. Each relation says which words it returns:

============  ==================================================================
relation      what is returned
============  ==================================================================
alone         every passage under the first choice
and           the words that stand under both, and nothing around them
or            every passage under either; those that overlap are one
not           passages of the first that share no character with the second
overlapping   whole passages of the first that share a character with the second
near          whole passages of the first with one of the second at most n words
              before or after in the same source; overlapping ones are near
============  ==================================================================
"""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

LONGEST_WORD = 40
"""A gap of more characters a word than this is taken for too far without counting."""

_NONE: frozenset[str] = frozenset()


class Relation(StrEnum):
    """How the passages of a first choice of codes stand to those of a second."""

    ALONE = "alone"
    AND = "and"
    OR = "or"
    NOT = "not"
    OVERLAPPING = "overlapping"
    NEAR = "near"

    @property
    def in_words(self) -> str:
        """The relation as it is chosen, between the first codes and the second."""
        return {
            "alone": "by themselves",
            "and": "and, on the same words",
            "or": "or",
            "not": "not touching",
            "overlapping": "overlapping",
            "near": "near",
        }[self.value]

    @property
    def returned(self) -> str:
        """What is returned, as the help says it."""
        return {
            "alone": "Every passage under the codes.",
            "and": "Only the words that stand under both.",
            "or": "Every passage under either; those that overlap are shown as one.",
            "not": "Whole passages of the first codes that share no word with a "
            "passage of the second.",
            "overlapping": "Whole passages of the first codes that share at least one "
            "character with a passage of the second.",
            "near": "Whole passages of the first codes with a passage of the second "
            "at most so many words before or after, in the same source. The words "
            "between are counted as they stand, speakers' labels too; passages that "
            "overlap are near.",
        }[self.value]


class Passage(NamedTuple):
    """A stretch of a source with the codes it is under and who marked it so."""

    start: int
    end: int
    code_ids: frozenset[str] = _NONE
    coder_ids: frozenset[str] = _NONE
