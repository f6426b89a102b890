"""Keyword in context: each place where a search is met, with the words around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coding.finding.search_words import FoldedWord, Phrase, folded_words

_SPACES = re.compile(r"\s+")
# What is written without a space is a word's length, or it is no word.
_EDGE = 40
_COMPARED = 5
"""Words that the order by the left or right goes by."""


class LineOrder(StrEnum):
    """What lines of a concordance are sorted by."""

    SOURCE = "source"
    LEFT = "left"
    RIGHT = "right"

    @property
    def in_words(self) -> str:
        """The order as a page offers it."""
        return {
            "source": "Source and turn",
            "left": "Word before",
            "right": "Word after",
        }[self.value]


@dataclass(frozen=True, slots=True)
class ContextLine:
    """One place: the words before, those found, those after, as they stand.

    Joined they are the text again, line breaks and runs of spaces made one space.
    ``start`` and ``end`` are code points of the words found within the text given.
    """

    left: str
    keyword: str
    right: str
    start: int
    end: int


def context_lines(
    text: str, phrases: Sequence[Phrase], words_beside: int
) -> tuple[ContextLine, ...]:
    """A line for each place in a text where one of the phrases stands.

    Up to ``words_beside`` words on either side, with their punctuation; nothing from
    beyond the text. Places that overlap are one line, reaching over both. Empty where
    no phrase stands in the text.

    >>> context_lines("She came every week, on time.", [Phrase(("every",))], 2)[0]
    ContextLine(left='She came ', keyword='every', right=' week, on', start=9, end=14)
    """
    words = folded_words(text)
    lines = []
    for first, last in _places(words, phrases):
        start, end = words[first].start, words[last].end
        begin = words[max(0, first - words_beside)].start
        finish = words[min(len(words) - 1, last + words_beside)].end
        if first - words_beside <= 0:
            begin = 0
        if last + words_beside >= len(words) - 1:
            finish = len(text)
        # To the edge of what is written without a space: "I'd", not "d".
        begin -= _written(text[max(0, begin - _EDGE) : begin][::-1])
        finish += _written(text[finish : finish + _EDGE])
        lines.append(
            ContextLine(
                _on_one_line(text[begin:start]).removeprefix(" "),
                text[start:end],
                _on_one_line(text[end:finish]).removesuffix(" "),
                start,
                end,
            )
        )
    return tuple(lines)


def _written(text: str) -> int:
    """How many characters stand before the first space."""
    return next((at for at, one in enumerate(text) if one.isspace()), len(text))


def _on_one_line(text: str) -> str:
    return _SPACES.sub(" ", text)


def order_key(line: ContextLine, order: LineOrder) -> tuple[str, ...]:
    """What to sort a line by: the words beside it, nearest first; () for the source.

    >>> order_key(ContextLine("She Came", "every", "week", 9, 14), LineOrder.LEFT)
    ('came', 'she')
    """
    if order is LineOrder.SOURCE:
        return ()
    beside = line.left if order is LineOrder.LEFT else line.right
    words = [one.word for one in folded_words(beside)]
    if order is LineOrder.LEFT:
        words.reverse()
    return tuple(words[:_COMPARED])


def _places(
    words: Sequence[FoldedWord], phrases: Iterable[Phrase]
) -> list[tuple[int, int]]:
    """First and last word of each place, in order, those that overlap made one."""
    plain = [one.word for one in words]
    found = sorted(
        (at, at + len(spelling) - 1)
        for phrase in phrases
        for spelling in phrase.spellings
        for at in _stands_at(plain, list(spelling), is_prefix=phrase.is_prefix)
    )
    joined: list[tuple[int, int]] = []
    for first, last in found:
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], last)
        else:
            joined.append((first, last))
    return joined


def _stands_at(
    words: list[str], spelling: list[str], *, is_prefix: bool
) -> Iterator[int]:
    """Where the spelling begins; its last word may begin a longer one if so asked."""
    *before, last = spelling
    for end, word in enumerate(words[len(before) :], len(before)):
        if (word.startswith(last) if is_prefix else word == last) and words[
            end - len(before) : end
        ] == before:
            yield end - len(before)
