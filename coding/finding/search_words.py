"""A search in plain words: what is typed, read as words, phrases, and, or, not.

The words of a text and those of a search are folded alike, for every index: lower case,
no accents, cut wherever a character is neither letter nor digit. An apostrophe between
letters, in whatever form it is typed, belongs to its word; a hyphen parts two words, so
that ``re-referral`` is the phrase ``re referral`` in both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, NoReturn

from coding.problems import CodingProblem, CodingRefused

LONGEST_SEARCH = 1_000
"""Characters of a search; whoever pastes more is after a quotation."""

MOST_WORDS = 40
_SHORTEST_PREFIX = 2
_MOST_BRACKETS = 20
APOSTROPHE = "ʼ"  # noqa: RUF001 - the one apostrophe that databases take for a letter
"""What every apostrophe within a word is folded to."""

_POSSESSIVE = f"{APOSTROPHE}s"
_APOSTROPHES = "'`´‘’‛ʼ′＇"  # noqa: RUF001 - as people and word processors type it
_SOFT_HYPHEN = "\u00ad"
# A soft hyphen shows only where a line is broken: within a word it is nothing.
_WORD = re.compile(
    rf"[^\W_{APOSTROPHE}]+(?:[{_APOSTROPHES}{_SOFT_HYPHEN}][^\W_{APOSTROPHE}]+)*"
)
_FOLDED = str.maketrans(dict.fromkeys(_APOSTROPHES, APOSTROPHE) | {_SOFT_HYPHEN: None})
_SHOWN = str.maketrans({APOSTROPHE: "’"})  # noqa: RUF001
_HYPHENATED = re.compile(r"[-‐‑–]")  # noqa: RUF001
_STRAIGHT = str.maketrans("“”„‟«»＂", '"""""""')  # noqa: RUF001
_PIECE = re.compile(r'"([^"]*)"(\*?)|([()])|([^\s()"]+)')
_OPERATORS = ("and", "or", "not")


class FoldedWord(NamedTuple):
    """A word as it is compared, and where it stands in code points, end exclusive."""

    word: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after another; with ``is_prefix`` the last may go on.

    ``joined_by`` is what stood between them, to say them back.
    """

    words: tuple[str, ...]
    is_prefix: bool = False
    joined_by: str = field(default=" ", compare=False, repr=False)

    @property
    def spellings(self) -> tuple[tuple[str, ...], ...]:
        """The words as they may stand in a text: the last one in its possessive too.

        Who looks for a worker finds the worker's words; who looks for the possessive
        finds it alone.

        >>> Phrase(("my", "worker")).spellings
        (('my', 'worker'), ('my', 'workerʼs'))
        """
        last = self.words[-1]
        if self.is_prefix or APOSTROPHE in last:
            return (self.words,)
        return (self.words, (*self.words[:-1], last + _POSSESSIVE))


@dataclass(frozen=True, slots=True)
class AllOf:
    """What stands in one turn together; nothing of ``left_out`` may stand there."""

    parts: tuple[Search, ...]
    left_out: tuple[Search, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of these stands in the turn."""

    parts: tuple[Search, ...]


Search = Phrase | AllOf | AnyOf


def fold(word: str) -> str:
    """The word in lower case without accents, every apostrophe the same.

    >>> fold("Élan"), fold("Zoë’s") == fold("ZOE'S")
    ('elan', True)
    """
    apart = unicodedata.normalize("NFD", word.lower().translate(_FOLDED))
    bare = "".join(one for one in apart if not unicodedata.combining(one))
    return unicodedata.normalize("NFC", bare)


def folded_words(text: str) -> list[FoldedWord]:
    """The words of a text as they are compared, in order, with their positions.

    >>> [one.word for one in folded_words("Zoë's café: 24 hours")]
    ['zoeʼs', 'cafe', '24', 'hours']
    """
    if text.isascii():
        return [
            FoldedWord(
                found.group().lower().translate(_FOLDED), found.start(), found.end()
            )
            for found in _WORD.finditer(text)
        ]
    return [
        FoldedWord(folded, found.start(), found.end())
        for found in _WORD.finditer(text)
        if (folded := fold(found.group()))
    ]


def words_to_index(text: str) -> str:
    """The words of a text as a search index keeps them: folded, a space between.

    >>> words_to_index("Don’t ask—again.")
    'donʼt ask again'
    """
    if text.isascii():
        return " ".join(_WORD.findall(text.lower())).translate(_FOLDED)
    return " ".join(folded for word in _WORD.findall(text) if (folded := fold(word)))


def read_search(typed: str) -> Search:
    """What was typed, as what is searched for.

    Words beside each other must all stand in a turn, in any order; ``"in quotation
    marks"`` they must follow each other; ``work*`` finds every word that begins so.
    *and*, *or* and *not*, written as plain words in any case, join what stands beside
    them: *not* binds closest, then *and*, then *or*; brackets group. In quotation marks
    the three are words like any other. An apostrophe belongs to its word, however it is
    typed; words that a hyphen joins must follow each other. Punctuation and everything
    else that is neither letter nor digit is passed over.

    Raises CodingRefused, in words, for a search that cannot be read.

    >>> read_search('"same worker" or keyw*')  # doctest: +NORMALIZE_WHITESPACE
    AnyOf(parts=(Phrase(words=('same', 'worker'), is_prefix=False),
                 Phrase(words=('keyw',), is_prefix=True)))
    """
    if len(typed) > LONGEST_SEARCH:
        _refuse(
            f"The search is {len(typed):,} characters long.",
            f"Write at most {LONGEST_SEARCH:,}. To find where a longer text comes "
            "from, use A quotation.",
        )
    pieces = list(_pieces(typed.translate(_STRAIGHT)))
    if not any(isinstance(one, Phrase) for one in pieces):
        _refuse(
            "There is no word to look for.",
            "Write at least one word; and, or and not only join others. Signs and "
            "emoji cannot be searched for.",
        )
    if pieces.count("(") > _MOST_BRACKETS:
        _refuse(
            f"The search has more than {_MOST_BRACKETS} brackets.",
            "Look for its parts one at a time.",
        )
    if sum(len(one.words) for one in pieces if isinstance(one, Phrase)) > MOST_WORDS:
        _refuse(
            f"The search has more than {MOST_WORDS} words.",
            "Write fewer. To find where a longer text comes from, use A quotation.",
        )
    return _Reader(pieces).whole()


def phrases_sought(search: Search) -> tuple[Phrase, ...]:
    """Every phrase that a turn may be found by; those left out are not among them."""
    match search:
        case Phrase():
            return (search,)
        case AllOf() | AnyOf():
            found = [phrase for part in search.parts for phrase in phrases_sought(part)]
            return tuple(dict.fromkeys(found))


def in_words(search: Search) -> str:
    """The search said back, so that one sees how it was read.

    >>> in_words(read_search("worker (visit or call*) not school"))
    'worker and (visit or words beginning with call) and not school'
    """
    match search:
        case Phrase(words, is_prefix):
            joined = search.joined_by.join(words).translate(_SHOWN)
            if is_prefix:
                start = "a phrase" if len(words) > 1 else "words"
                return f"{start} beginning with {joined}"
            return f"“{joined}”" if len(words) > 1 else joined
        case AnyOf(parts):
            return " or ".join(_bracketed(part) for part in parts)
        case AllOf(parts, left_out):
            kept = [_bracketed(part) for part in parts]
            return " and ".join(
                [*kept, *(f"not {_bracketed(part)}" for part in left_out)]
            )


def _bracketed(part: Search) -> str:
    return in_words(part) if isinstance(part, Phrase) else f"({in_words(part)})"


def _pieces(typed: str) -> Iterator[Phrase | str]:
    """Phrases, operators and brackets in order; what holds no word is left out."""
    if typed.count('"') % 2:
        _refuse(
            "A quotation mark is opened and not closed.",
            "Close it, or take it out.",
        )
    for found in _PIECE.finditer(typed):
        quoted, star, bracket, plain = found.groups()
        if bracket:
            yield bracket
            continue
        if plain is not None and plain.lower() in _OPERATORS:
            yield plain.lower()
            continue
        text = plain.rstrip("*") if plain is not None else quoted
        is_prefix = plain.endswith("*") if plain is not None else bool(star)
        folded = folded_words(text)
        words = tuple(one.word for one in folded)
        if not words:
            continue
        if "*" in text and plain is not None:
            _refuse(
                "A star stands inside a word.",
                "Put it at the end: work* finds worker, workers and working.",
            )
        if is_prefix and len(words[-1]) < _SHORTEST_PREFIX:
            _refuse(
                "A star stands after a single letter.",
                "Write at least two letters before it.",
            )
        between = [text[a.end : b.start] for a, b in pairwise(folded)]
        is_joined = bool(between) and all(map(_HYPHENATED.fullmatch, between))
        yield Phrase(words, is_prefix, "-" if is_joined else " ")


class _Reader:
    """Reads the pieces from left to right, one kind of join a method."""

    def __init__(self, pieces: list[Phrase | str]) -> None:
        self._pieces = pieces
        self._at = 0

    def whole(self) -> Search:
        found = self._any_of()
        if self._next() is not None:
            _refuse(
                "A bracket is closed that was not opened.",
                "Open it, or take it out.",
            )
        return found

    def _next(self) -> Phrase | str | None:
        return self._pieces[self._at] if self._at < len(self._pieces) else None

    def _takes(self, piece: str) -> bool:
        if self._next() == piece:
            self._at += 1
            return True
        return False

    def _any_of(self) -> Search:
        parts = [self._all_of()]
        while self._takes("or"):
            parts.append(self._all_of())
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all_of(self) -> Search:
        kept: list[Search] = []
        left_out: list[Search] = []
        while True:
            is_left_out = self._takes("not")
            if self._takes("not"):
                _refuse("Not stands twice in a row.", "Take one out.")
            (left_out if is_left_out else kept).append(self._one())
            if self._takes("and"):
                continue
            if self._next() in (None, ")", "or"):
                break
        if not kept:
            _refuse(
                "The search only says what is not to stand there.",
                "Say what to look for first: worker not school.",
            )
        if len(kept) == 1 and not left_out:
            return kept[0]
        return AllOf(tuple(kept), tuple(left_out))

    def _one(self) -> Search:
        piece = self._next()
        if isinstance(piece, Phrase):
            self._at += 1
            return piece
        if not self._takes("("):
            _refuse(
                "A word is missing beside and, or, not, or between brackets.",
                "Write one on both sides, or put the joining word in quotation marks "
                "to look for it.",
            )
        found = self._any_of()
        if not self._takes(")"):
            _refuse(
                "A bracket is opened and not closed.",
                "Close it, or take it out.",
            )
        return found


def _refuse(found: str, do_next: str) -> NoReturn:
    raise CodingRefused([CodingProblem(found, "The words to look for", do_next)])
