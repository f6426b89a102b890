"""Words that may be somebody's or some place's name, for a person to look at.

An English pipeline with a reader of names proposes where one is installed; capitals
within a sentence are told in any case. Both find too much and miss some: they propose,
and a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from coding.language import load_names_reader

_KINDS = {
    "PERSON": "name",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "name of a service",
    "NORP": "name of a group",
}
_WORD = re.compile(r"[^\W\d_][\w'’-]*")
_OPENS = re.compile(r"(?:^|[.!?:;\n“\"‘(\[…]|\s[-–—])\s*[“\"‘'(\[]*$")  # noqa: RUF001
_NOBODY = (
    "i i'm i've i'd i'll mum dad mam nan gran grandad mummy daddy english british god "
    "monday tuesday wednesday thursday friday saturday sunday january february march "
    "april may june july august september october november december christmas easter "
    "ok tv gp a&e nhs"
)
_POINTS_AT_NOBODY = frozenset(_NOBODY.split())


@dataclass(frozen=True, slots=True)
class PossibleName:
    """Words that may be a name: where they stand (code points, end exclusive), what."""

    start: int
    end: int
    words: str
    kind: str


def possible_names(
    words: str, known: Collection[str] = (), *, by_reading: bool = True
) -> list[PossibleName]:
    """What may be names in the words, in order, each place once.

    ``known`` are names to look for in any case, letter case aside; without reading
    nothing else is looked for.
    """
    read = (*_by_reading(words), *_by_capitals(words)) if by_reading else ()
    found: dict[int, PossibleName] = {}
    for start, end, kind in (*_of_those_known(words, known), *read):
        if not any(start < one.end and one.start < end for one in found.values()):
            found[start] = PossibleName(start, end, words[start:end], kind)
    return [found[start] for start in sorted(found)]


def without_names(words: str, names: Collection[PossibleName]) -> str:
    """The words with each possible name replaced by what it may be the name of.

    >>> without_names("ask Kim now", [PossibleName(4, 7, "Kim", "name")])
    'ask [name] now'
    """
    for one in sorted(names, key=lambda name: -name.start):
        words = f"{words[: one.start]}[{one.kind}]{words[one.end :]}"
    return words


def _of_those_known(
    words: str, known: Collection[str]
) -> Iterator[tuple[int, int, str]]:
    for name in sorted(known, key=len, reverse=True):
        if name.strip():
            pattern = rf"(?<!\w){re.escape(name.strip())}(?!\w)"
            for match in re.finditer(pattern, words, re.IGNORECASE):
                yield (*match.span(), "name")


def _by_capitals(words: str) -> Iterator[tuple[int, int, str]]:
    """Capitalised words within a sentence; neighbours are one name."""
    at: tuple[int, int] | None = None
    for match in _WORD.finditer(words):
        word = match.group()
        plain = word.lower().replace("’", "'")  # noqa: RUF001
        is_name = (
            word[0].isupper()
            and plain not in _POINTS_AT_NOBODY
            and plain.removesuffix("'s") not in _POINTS_AT_NOBODY
            and not _OPENS.search(words[: match.start()])
        )
        if is_name and at and words[at[1] : match.start()] == " ":
            at = (at[0], match.end())
        elif is_name:
            if at:
                yield (*at, "name")
            at = match.span()
    if at:
        yield (*at, "name")


def _by_reading(words: str) -> Iterator[tuple[int, int, str]]:
    (found,) = load_names_reader().read_many([words])
    for start, end, label in found:
        plain = words[start:end].lower().strip()
        if label in _KINDS and plain not in _POINTS_AT_NOBODY:
            yield start, end, _KINDS[label]
