"""The phrases two notes share, so that a likeness can be judged by eye.

Words are compared by their roots. Grammar words may stand inside a phrase but neither
begin nor end it nor make one. Which phrases come first is weighed by how rare their
words are over all notes (inverse document frequency: Sparck Jones 1972), as in the
likeness itself. Nothing is said about meaning.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from coding.word_roots import FUNCTION_WORDS, word_root

MOST_PHRASES = 3
LONGEST_PHRASE = 5

RARE_ALONE = math.log(4)
"""A word by itself says something where about one note in four has it or fewer."""

# Words of calendar and order: two notes share them by being notes.
_CALENDAR_WORDS = """
year month week day today yesterday tomorrow time monday tuesday wednesday thursday
friday saturday sunday january february march april june july august september october
november december last next first second same other another ago since after before
again now new seen told asked
"""
# Words for the people that every note is about: part of a phrase, never one.
_PEOPLE_WORDS = """
child young person family mother father mum dad parent boy girl referral referred note
"""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*")
_SHORTEST_WORD = 3
TEXTS_WEIGHED = 4_000
"""Enough to know which words are rare; more would only take longer."""

_FEWEST_TO_WEIGH = 10
_CALENDAR = frozenset(map(word_root, _CALENDAR_WORDS.split()))
_PEOPLE = frozenset(map(word_root, _PEOPLE_WORDS.split()))
_NO_WEIGHTS: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class _NoteWord:
    start: int
    end: int
    root: str
    is_content: bool
    is_person: bool
    follows: bool


def rarity_of_words(texts: Iterable[str]) -> dict[str, float]:
    """How rare each word's root is over the texts: ln((1 + n) / (1 + texts with it)).

    Over more than four thousand texts every so-manieth is weighed. Below ten texts
    nothing is, since nothing is known to be rare. 0 is a word that every text has.

    >>> rarity_of_words(["school again"] * 10)["school"]
    0.0
    """
    read = list(texts)
    step = max(1, math.ceil(len(read) / TEXTS_WEIGHED))
    weighed = read[::step]
    if len(weighed) < _FEWEST_TO_WEIGH:
        return {}
    counts: Counter[str] = Counter()
    for text in weighed:
        counts.update({word_root(_lower(word)) for word in _WORD.findall(text)})
    return {
        root: math.log((1 + len(weighed)) / (1 + count))
        for root, count in counts.items()
    }


def shared_phrases(
    one: str,
    other: str,
    *,
    rarity: Mapping[str, float] = _NO_WEIGHTS,
    most: int = MOST_PHRASES,
) -> tuple[str, ...]:
    """At most three phrases both texts share, as the first writes them, rarest first.

    A phrase never runs over a full stop, comma or line. No content word is said twice.
    A word is said alone only where it is rare, and never a word of calendar or order.
    Ties are in the order of the first text.

    >>> shared_phrases("Mum lost her job and was missing shifts.",
    ...                "He says mum lost her job in May.")
    ('mum lost her job',)
    """
    words, others = _words(one), _words(other)
    there = {_roots(run) for run in _runs(others)}
    highest = max(rarity.values(), default=1.0)

    def worth(run: Sequence[_NoteWord]) -> float:
        roots = {word.root for word in run if word.is_content}
        # Added exactly: a set has no order, and ties must stay ties.
        return math.fsum(rarity.get(r, highest) if rarity else 1.0 for r in roots)

    found = [run for run in _runs(words) if _roots(run) in there]
    found = [run for run in found if _says_something(run, rarity)]
    found.sort(key=lambda run: (-worth(run), run[0].start, -len(run)))
    said: set[str] = set()
    phrases: list[str] = []
    for run in found:
        roots = {word.root for word in run if word.is_content}
        if not roots & said:
            said |= roots
            phrases.append(" ".join(one[run[0].start : run[-1].end].lower().split()))
        if len(phrases) == most:
            break
    return tuple(phrases)


def _says_something(run: Sequence[_NoteWord], rarity: Mapping[str, float]) -> bool:
    telling = [word.root for word in run if word.is_content and not word.is_person]
    if len(telling) > 1:
        return not rarity or sum(rarity.get(r, RARE_ALONE) for r in telling) > 0
    return bool(telling) and (
        not rarity or rarity.get(telling[0], RARE_ALONE) >= RARE_ALONE
    )


def _lower(word: str) -> str:
    return word.lower().replace("\u2019", "'").removesuffix("'s")


def _roots(run: Sequence[_NoteWord]) -> tuple[str, ...]:
    return tuple(word.root for word in run)


def _words(text: str) -> list[_NoteWord]:
    words: list[_NoteWord] = []
    for found in _WORD.finditer(text):
        lower = _lower(found.group())
        between = text[words[-1].end : found.start()] if words else ""
        root = word_root(lower)
        grammar = lower in FUNCTION_WORDS or root in _CALENDAR
        words.append(
            _NoteWord(
                found.start(),
                found.end(),
                root,
                is_content=len(lower) >= _SHORTEST_WORD and not grammar,
                is_person=root in _PEOPLE,
                follows=bool(words) and between.strip(" ") == "",
            )
        )
    return words


def _runs(words: Sequence[_NoteWord]) -> Iterator[Sequence[_NoteWord]]:
    """Every run of neighbouring words that begins and ends with a content word."""
    for start, first in enumerate(words):
        if not first.is_content:
            continue
        for end in range(start, min(start + LONGEST_PHRASE, len(words))):
            if end > start and not words[end].follows:
                break
            if words[end].is_content:
                yield words[start : end + 1]
