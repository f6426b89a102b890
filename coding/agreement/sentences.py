"""Sentences by rule, for counting: the same on every machine, without a language model.

Two coders' figure must not change because another model was installed, so sentences are
found by their marks alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# A full stop, question or exclamation mark or three dots, with closing marks, and space
# behind; or the end of a paragraph.
_END = re.compile(r"[.!?\u2026]+[\"'\u2019\u201d)\]]*(?=\s)|\n+")
_TITLE = re.compile(
    r"\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|St|Sr|Jr|No|vs|approx|e\.g|i\.e|etc)\.$",
    re.IGNORECASE,
)
_INITIAL = re.compile(r"\b[A-Z]\.$")
_LONGEST_TITLE = 8


def sentences_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each sentence of a turn starts and ends, without the space around it.

    ``start`` and ``end`` are the turn's code points. A full stop behind a title or an
    initial ends nothing, nor does a mark with a small letter behind it. What holds no
    letter or digit is no sentence.

    >>> words = "Mrs. Lane came. Really? Yes... and she asked."
    >>> [words[a:b] for a, b in sentences_in(words, 0, len(words))]
    ['Mrs. Lane came.', 'Really?', 'Yes... and she asked.']
    """
    at = start
    for mark in _END.finditer(text, start, end):
        if not _ends_sentence(text, mark, end):
            continue
        yield from _trimmed(text, at, mark.end())
        at = mark.end()
    yield from _trimmed(text, at, end)


def _ends_sentence(text: str, mark: re.Match[str], end: int) -> bool:
    if "\n" in mark[0]:
        return True
    before = text[max(0, mark.end() - _LONGEST_TITLE) : mark.end()]
    if _TITLE.search(before) or _INITIAL.search(before):
        return False
    behind = mark.end()
    while behind < end and text[behind].isspace():
        if text[behind] == "\n":
            return True
        behind += 1
    return behind >= end or not text[behind].islower()


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    words = text[start:end]
    if any(character.isalnum() for character in words):
        start += len(words) - len(words.lstrip())
        yield start, start + len(words.strip())
