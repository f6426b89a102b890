"""Where pasted words may come from: turns that hold the rarest of them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from sqlmodel import Session

from coding.finding.search_words import Phrase, folded_words
from data.found_passages import FoundTurn
from data.storage.finding.turn_reading import read_turns
from data.storage.finding.turn_search import turns_holding, turns_meeting

_RARE = 3_000
"""Turns up to which a word is rare enough to lead to a quotation."""

_MOST_WORDS = 12
_MOST_PHRASES = 12
_PHRASE = 3
_PER_PHRASE = 400


def turns_like(session: Session, pasted: str, most: int) -> list[FoundTurn]:
    """The turns likeliest to hold pasted words, at most so many, by source.

    A turn counts for each of the rarest words that stand in it, the more the rarer the
    word. Where few are rare, three words in a row count in their place.
    """
    words = [one.word for one in folded_words(pasted)]
    counts = turns_holding(session, list(dict.fromkeys(words)))
    rare = sorted((n, word) for word, n in counts.items() if n <= _RARE)[:_MOST_WORDS]
    scores: dict[int, float] = defaultdict(float)
    for count, word in rare:
        for turn in _turns_with(session, Phrase((word,)), _RARE):
            scores[turn] += 1 / (1 + math.log(count))
    for phrase in _rarest_phrases(words, counts):
        found = _turns_with(session, phrase, _PER_PHRASE)
        for turn in found:
            scores[turn] += 2 / (1 + math.log(len(found)))
    likeliest = sorted(scores, key=lambda turn: (-scores[turn], turn))[:most]
    return read_turns(session, likeliest)


def _turns_with(session: Session, phrase: Phrase, most: int) -> Sequence[int]:
    return session.scalars(turns_meeting(session, phrase).limit(most)).all()


def _rarest_phrases(words: Sequence[str], counts: dict[str, int]) -> list[Phrase]:
    """Three words in a row of the pasted ones, those with the rarest words first."""
    rows = dict.fromkeys(zip(words, words[1:], words[2:], strict=False))
    known = [row for row in rows if all(word in counts for word in row)]
    known.sort(key=lambda row: sorted(counts[word] for word in row))
    return [Phrase(row) for row in known[:_MOST_PHRASES]]
