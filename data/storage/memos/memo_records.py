"""Memos as they are asked for and read: what they can be about, which are wanted.

``coding.coded_segments`` says what a memo is; this adds the things it is about, in
words.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class MemoKind(StrEnum):
    """What a memo can be about; the value is also how it is stored."""

    STUDY = "study"
    SOURCE = "source"
    PASSAGE = "passage"
    CODED_SEGMENT = "coded segment"
    CODE = "code"
    THEME = "theme"
    PARTICIPANT = "participant"
    CASE = "case"
    PAIR = "pair"
    DECISION = "decision"
    MEMO = "memo"


# A theme is a code that gathers others, and becomes or stops being one as codes move.
_ONE_AND_THE_SAME = (MemoKind.CODE, MemoKind.THEME)


def kinds_read_together(kind: str) -> tuple[str, ...]:
    """The kinds under which memos about one thing may be stored.

    >>> kinds_read_together("theme")
    ('code', 'theme')
    >>> kinds_read_together("case")
    ('case',)
    """
    together = [one.value for one in _ONE_AND_THE_SAME]
    return tuple(together) if kind in together else (kind,)


@dataclass(frozen=True, slots=True, order=True)
class Thing:
    """Something a memo is about or leads to, by kind and the study's id."""

    kind: str
    id: str


@dataclass(frozen=True, slots=True)
class ToldThing:
    """A thing in words; ``name`` is empty where it is gone, or not to be read yet.

    ``source_id`` and ``start`` (code points) lead to its place in a source;
    ``place_id`` is the id its own page knows it by. ``quotation`` holds the words of a
    passage and ``speaker`` who says them; ``may_be_quoted`` is false where anybody
    speaks in it who said that they may not be.
    """

    thing: Thing
    name: str = ""
    place_id: str = ""
    source_id: str = ""
    start: int = 0
    quotation: str = ""
    speaker: str = ""
    is_hidden: bool = False
    may_be_quoted: bool = True

    @property
    def is_gone(self) -> bool:
        """Whether the study no longer has it."""
        return not self.name and not self.is_hidden


@dataclass(frozen=True, slots=True)
class MemoQuery:
    """Which memos are wanted; what is empty asks for nothing.

    ``words`` must all stand in title or text, letter case aside. ``about`` takes in
    memos that lead to the thing, ``code_id`` also those on passages under that code,
    ``wave`` those on sources of that wave.
    """

    words: str = ""
    kind: str = ""
    author_id: str = ""
    wave: str = ""
    source_id: str = ""
    code_id: str = ""
    about: Thing | None = None

    @property
    def asks_for_some(self) -> bool:
        """Whether anything narrows the memos down."""
        return self != MemoQuery()


@dataclass(frozen=True, slots=True)
class NewMemo:
    """A memo as its author wrote it, about to be saved."""

    text: str
    title: str = ""
    links: tuple[Thing, ...] = ()


@dataclass(frozen=True, slots=True)
class EarlierWords:
    """What a memo said before a change, and until when."""

    title: str
    text: str
    said_until: datetime


def without_repeats(things: Iterable[Thing]) -> tuple[Thing, ...]:
    """The things in their order, each once.

    >>> without_repeats([Thing("code", "a"), Thing("case", "a"), Thing("code", "a")])
    (Thing(kind='code', id='a'), Thing(kind='case', id='a'))
    """
    return tuple(dict.fromkeys(things))
