"""Codes that may be one: names nearly the same, definitions much alike.

A machine can only say that letters agree; whether two codes mean the same a person
says. Names that differ in their numbers alone (*Wave 1*, *Wave 2*) are told apart.
Likeness is rapidfuzz's: edit distance for names, the share of letters in common order
(normalised indel similarity) for definitions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process, utils
from rapidfuzz.distance import Levenshtein

from coding.codebook import Code

# A letter in a short name makes another word; in a longer one it is often a slip.
_SHORTEST_ONE, _SHORTEST_TWO = 5, 9
_MUCH_ALIKE = 90.0
# Two letters changed in a name of nine leave 78 of 100, one in a name of five 80.
_NAMES_NEAR = 75.0
_SHORTEST_DEFINITION = 20
_AT_ONCE = 500
_LIKE_ENOUGH_TO_FIND = 75.0
_MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class AlikeCodes:
    """Two codes that may be one, and in words what is alike."""

    first: Code
    second: Code
    why: str

    @property
    def key(self) -> tuple[str, str]:
        """The two ids, the same whichever comes first."""
        return pair_key(self.first.id, self.second.id)

    @property
    def in_words(self) -> str:
        """Both names and what is alike.

        >>> AlikeCodes(Code("1", "Same worker"), Code("2", "Same workers"),
        ...            "one letter apart").in_words
        'Same worker / Same workers: one letter apart'
        """
        return f"{self.first.name} / {self.second.name}: {self.why}"


def pair_key(one: str, other: str) -> tuple[str, str]:
    """Two ids as the key of their pair, whichever comes first."""
    return (one, other) if one < other else (other, one)


def names_alike(one: str, other: str) -> str:
    """In words how two names are alike, '' where they are not.

    >>> names_alike("Same worker", "Same workers")
    'one letter apart'
    >>> names_alike("Late notice", "Notice, late")
    'the same words in another order'
    >>> names_alike("Home", "Hope"), names_alike("Wave number 1", "Wave number 2")
    ('', '')
    """
    first, second = utils.default_process(one), utils.default_process(other)
    if not first or not second:
        return ""
    if first == second:
        return "only signs and spaces apart"
    if _numbers(first) != _numbers(second):
        return ""
    if sorted(first.split()) == sorted(second.split()):
        return "the same words in another order"
    apart = Levenshtein.distance(first, second, score_cutoff=2)
    shorter = min(len(first), len(second))
    if apart == 1 and shorter >= _SHORTEST_ONE:
        return "one letter apart"
    if apart == 2 and shorter >= _SHORTEST_TWO:
        return "two letters apart"
    return ""


def definitions_alike(one: str, other: str) -> str:
    """In words how two definitions are alike, '' where they are not.

    >>> definitions_alike("Who decides in a meeting.", "Who decides in meetings.")
    'what they mean is said in almost the same words'
    """
    first, second = utils.default_process(one), utils.default_process(other)
    if min(len(first), len(second)) < _SHORTEST_DEFINITION:
        return ""
    if first == second:
        return "what they mean is said in the same words"
    if _numbers(first) != _numbers(second):
        return ""
    if fuzz.ratio(first, second, score_cutoff=_MUCH_ALIKE):
        return "what they mean is said in almost the same words"
    return ""


def alike_to(name: str, codes: Iterable[Code]) -> list[tuple[Code, str]]:
    """The codes whose names are nearly this one, each with why."""
    return [(code, why) for code in codes if (why := names_alike(name, code.name))]


def names_found(names: Mapping[str, str], wanted: str) -> list[str]:
    """Ids of the names that hold what is wanted, letter case aside, in their order;
    where none does, of those most like it, closest first.

    >>> names = {"1": "Same worker", "2": "Late notice", "3": "Worker's notes"}
    >>> names_found(names, "worker"), names_found(names, "lat notise")
    (['1', '3'], ['2'])
    """
    plain = wanted.casefold()
    found = [one for one, name in names.items() if plain in name.casefold()]
    if found:
        return found
    alike = process.extract(
        wanted,
        names,
        scorer=fuzz.WRatio,
        processor=utils.default_process,
        score_cutoff=_LIKE_ENOUGH_TO_FIND,
        limit=_MOST_FOUND,
    )
    return [one for _, _, one in alike]


def codes_alike(
    codes: Sequence[Code], told_apart: Iterable[tuple[str, str]] = ()
) -> list[AlikeCodes]:
    """Pairs of codes that may be one, in the order of the codes given.

    Pairs a person has told apart (ids, either way round) are left out; so is a code
    with the one it stands under where only their definitions agree.
    """
    apart = {pair_key(*pair) for pair in told_apart}
    found = []
    for at, other in sorted(_near(codes)):
        first, second = codes[at], codes[other]
        if pair_key(first.id, second.id) in apart:
            continue
        why = names_alike(first.name, second.name)
        is_family = first.id == second.parent_id or second.id == first.parent_id
        if not is_family:
            meaning = definitions_alike(first.definition, second.definition)
            why = "; ".join(part for part in (why, meaning) if part)
        if why:
            found.append(AlikeCodes(first, second, why))
    return found


def _near(codes: Sequence[Code]) -> set[tuple[int, int]]:
    """Places of pairs worth a closer look; a coarse and quick first pass."""
    names = [
        " ".join(sorted(utils.default_process(code.name).split())) for code in codes
    ]
    meanings = [utils.default_process(code.definition) for code in codes]
    plain = [utils.default_process(code.name) for code in codes]
    return (
        _pairs(names, _NAMES_NEAR)
        | _pairs(plain, _NAMES_NEAR)
        | _pairs(meanings, _MUCH_ALIKE)
    )


def _pairs(texts: Sequence[str], least: float) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    # Texts of other numbers are told apart: left out here, a thousand numbered codes
    # do not make half a million pairs.
    kinds: dict[tuple[str, ...], int] = {}
    numbers = np.array([kinds.setdefault(_numbers(one), len(kinds)) for one in texts])
    # Rows of a few hundred at a time: two thousand codes at once would take memory.
    for start in range(0, len(texts), _AT_ONCE):
        some = texts[start : start + _AT_ONCE]
        scores = process.cdist(some, texts, scorer=fuzz.ratio, score_cutoff=least)
        same = numbers[start : start + _AT_ONCE, None] == numbers[None, :]
        for row, other in zip(*np.nonzero((scores > 0) & same), strict=True):
            at = start + int(row)
            if at < int(other) and texts[at] and texts[int(other)]:
                found.add((at, int(other)))
    return found


def _numbers(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\d+", text))
