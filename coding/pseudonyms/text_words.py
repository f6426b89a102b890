"""A text as words with their places, folded once and found quickly by what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from coding.pseudonyms.names import folded

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# A possessive, or what is said short after a name: Aisha'd, Aisha'll.
_POSSESSIVE = re.compile(r"(?:['’](?:s|d|ll|ve|re))+$", re.IGNORECASE)
# Space, a hyphen or a full stop after an initial; a new paragraph parts a name.
_BETWEEN = re.compile(r"[ \t\u00a0]{0,3}[-\u2010\u2011]?[ \t\u00a0]{0,3}|\n|\. ?")
_ENDS_A_SENTENCE = re.compile(r"[.!?:…\n\"“”‘][\s\"“”‘'(\[]*$|^\s*$")
# Of a hundred words that many begin with a capital in English as it is usually written.
_LEAST_CAPITALS = 2.0


@dataclass(frozen=True, slots=True)
class TextWord:
    """One word without its possessive: place, folded, and whether it has a capital.

    ``whole_end`` is where it ends with its possessive.
    """

    start: int
    end: int
    whole_end: int
    folded: str
    is_capital: bool
    is_possessive: bool


class TextWords:
    """The words of one text in order, and where each distinct one stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = tuple(_words(text))
        self.places: dict[str, list[int]] = {}
        for number, word in enumerate(self.words):
            self.places.setdefault(word.folded, []).append(number)

    @cached_property
    def is_cased(self) -> bool:
        """Whether sentences and names begin with capitals here, as English is written.

        A text in capitals throughout is not.
        """
        if not self.words:
            return True
        capital = sum(word.is_capital for word in self.words)
        share = 100 * capital / len(self.words)
        return _LEAST_CAPITALS <= share <= 100 - _LEAST_CAPITALS

    def joined_to_next(self, number: int) -> bool:
        """Whether nothing but what may stand inside a name parts a word from the next.

        A full stop does so after an initial alone, a line's end never.
        """
        if number + 1 >= len(self.words):
            return False
        word, after = self.words[number], self.words[number + 1]
        between = self.text[word.whole_end : after.start]
        if "." in between:
            return word.end - word.start == 1 and len(between) <= len(". ")
        return "\n" not in between and _BETWEEN.fullmatch(between) is not None

    def opens_a_sentence(self, number: int) -> bool:
        """Whether a capital there says nothing."""
        start = self.words[number].start
        return (
            _ENDS_A_SENTENCE.search(self.text[max(start - 12, 0) : start]) is not None
        )

    def neighbour(self, number: int, by: int) -> str:
        """The word so many further on, folded, '' where there is none."""
        at = number + by
        return self.words[at].folded if 0 <= at < len(self.words) else ""


def opens_a_sentence(text: str, start: int) -> bool:
    """Whether a word that begins there is the first of its sentence, turn or line.

    >>> opens_a_sentence("I see. Grace came", 7), opens_a_sentence("I see Grace", 6)
    (True, False)
    """
    return _ENDS_A_SENTENCE.search(text[max(start - 12, 0) : start]) is not None


def _words(text: str) -> Iterator[TextWord]:
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match.group()
        possessive = _POSSESSIVE.search(word)
        if possessive:
            end -= len(possessive.group())
        yield TextWord(
            start,
            end,
            match.end(),
            folded(text[start:end]),
            text[start].isupper(),
            possessive is not None or _plural_possessive(text, end),
        )


def _plural_possessive(text: str, end: int) -> bool:
    after = text[end : end + 2]
    return (
        text[end - 1 : end] in ("s", "S")
        and after[:1] in ("'", "’")
        and not after[1:].isalnum()
    )
