"""Finding passages of case notes by cue phrases: a finder, not a judgement.

A sentence that holds a cue is worth reading; whether it shows restorative reasoning is
for the person who reads the file, and a sentence without a cue may show it as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

RESTORATIVE_CUES = (
    "with the family",
    "with them",
    "family network",
    "family group conference",
    "family's own plan",
    "family plan",
    "bring the family",
    "in her own words",
    "in his own words",
    "in their own words",
    "what would help",
    "what is working",
    "what's working",
    "strengths",
    "in the family's favour",
    "restorative",
    "circle",
    "agreed with",
    "hold the risk",
    "holding the risk",
    "wishes and feelings",
    "what matters to",
    "before a strategy discussion is considered",
)
"""Cues of restorative reasoning, where the study's codebook offers none."""

_SENTENCE = re.compile(r".+?(?:[.!?]+['\"’”)]*(?=\s|$)|\n|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A sentence of a note and the cues in it.

    ``start`` and ``end`` count code points of the note, the end not included.
    """

    note: int
    start: int
    end: int
    cues: tuple[str, ...]


def find_passages(texts: Sequence[str], cues: Iterable[str]) -> list[FoundPassage]:
    """The sentences that hold a cue, in the order of the notes; letter case aside.

    ``note`` is the place of the text in the list. Cues are met as whole words; the two
    apostrophes count as one.

    >>> [(p.start, p.end, p.cues) for p in find_passages(["No. We met the family "
    ... "network."], ["family network"])]
    [(4, 30, ('family network',))]
    """
    patterns = {
        cue: re.compile(rf"(?<!\w){_loosely(cue)}(?!\w)", re.IGNORECASE)
        for cue in cues
        if cue.strip()
    }
    return find_patterns(texts, patterns)


def find_patterns(
    texts: Sequence[str], patterns: Mapping[str, re.Pattern[str]]
) -> list[FoundPassage]:
    """The sentences in which one of the patterns is met, in the order of the notes.

    ``cues`` are the names of those met, in the order of the patterns.
    """
    found = []
    for note, text in enumerate(texts):
        for sentence in _SENTENCE.finditer(text):
            words = sentence.group()
            met = tuple(cue for cue, p in patterns.items() if p.search(words))
            if met:
                start = sentence.start() + len(words) - len(words.lstrip())
                end = sentence.start() + len(words.rstrip())
                found.append(FoundPassage(note, start, end, met))
    return found


def _loosely(cue: str) -> str:
    words = [re.sub("['’]", "['’]", re.escape(word)) for word in cue.split()]
    return r"\s+".join(words)
