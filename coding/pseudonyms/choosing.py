"""Pseudonyms offered for a name, and what keeps one from being used.

The same part of two names gets the same word, so that what a reader could not tell
before (which of two people called so is meant) is neither hidden nor given away.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import chain

from coding.pseudonyms.names import ListedName, NameKind, folded, words_of
from coding.pseudonyms.replacing import clashes
from coding.pseudonyms.word_lists import (
    FIRST_NAMES,
    LAST_NAMES,
    PLACE_NAMES,
    WORDS_FOR_PLACES,
)


def offered_pseudonym(
    name: ListedName, listed: Sequence[ListedName], taken_words: Collection[str]
) -> str:
    """A pseudonym for a name that fits those given already and stands nowhere yet.

    ``taken_words`` are folded words of all texts and names of the study: none of them
    is offered. A number or address is told by its kind in square brackets, counted.
    """
    if name.kind.is_number or name.kind is NameKind.OTHER:
        return _counted(name, listed)
    taken = set(taken_words) | set(
        chain.from_iterable(words_of(one.pseudonym) for one in listed)
    )
    if name.kind is NameKind.PERSON:
        return _for_person(name, listed, taken)
    stem = _free(PLACE_NAMES, taken)
    return f"{stem} {_service_word(name.name)}".strip()


def problems_with(
    name: ListedName, listed: Sequence[ListedName], real_words: Collection[str]
) -> list[str]:
    """What keeps a pseudonym from being used, in sentences without any name; or none.

    ``real_words`` are the folded words that stand for somebody real in the study:
    parts of listed names, speakers, people at work, participants.
    """
    found = []
    words = words_of(name.pseudonym)
    if not words:
        return ["The pseudonym has no words."]
    own = set(words_of(name.name))
    general = WORDS_FOR_PLACES
    real = set(real_words) - general
    if not name.kind.is_number and name.kind is not NameKind.OTHER:
        if any(word in own - general for word in words):
            found.append("The pseudonym holds a part of the name it stands for.")
        elif any(word in real for word in words):
            found.append("The pseudonym is, or holds, a real name of this study.")
    others = [one for one in listed if one.id != name.id]
    if any(
        folded(one.pseudonym) == folded(name.pseudonym) and one.pseudonym
        for one in others
    ):
        found.append("The pseudonym stands for another name already.")
    if any(name in pair[:2] for pair in clashes([*others, name])):
        found.append(
            "Somebody else on the list shares a part of this name and has another "
            "word for it: give the shared part the same word."
        )
    return found


def _for_person(name: ListedName, listed: Sequence[ListedName], taken: set[str]) -> str:
    given: dict[str, str] = {}
    for one in listed:
        real, other = words_of(one.name), one.pseudonym.split()
        if one.kind is not NameKind.PERSON or not real or not other:
            continue
        given.setdefault(real[0], other[0])
        if len(real) > 1 and len(other) > 1:
            given.setdefault(real[-1], other[-1])
    words = words_of(name.name)
    if not words:
        return ""
    parts = [given.get(words[0]) or _free(FIRST_NAMES, taken)]
    if len(words) > 1:
        taken = taken | set(words_of(parts[0]))
        parts.append(given.get(words[-1]) or _free(LAST_NAMES, taken))
    return " ".join(parts)


def _free(words: Sequence[str], taken: set[str]) -> str:
    found = next((one for one in words if folded(one) not in taken), "")
    number = 2
    while not found:
        found = next(
            (
                f"{one}{number}"
                for one in words
                if f"{folded(one)}{number}" not in taken
            ),
            "",
        )
        number += 1
    return found


def _service_word(name: str) -> str:
    last = name.split()[-1] if name.split() else ""
    known = {"school", "academy", "college", "nursery", "centre", "hospital", "clinic"}
    known |= {"surgery", "road", "street", "avenue", "lane", "hub", "ward", "club"}
    return last.capitalize() if folded(last) in known and len(name.split()) > 1 else ""


def _counted(name: ListedName, listed: Sequence[ListedName]) -> str:
    word = "detail left out" if name.kind is NameKind.OTHER else str(name.kind.value)
    taken = {one.pseudonym for one in listed}
    number = 1
    while f"[{word} {number}]" in taken:
        number += 1
    return f"[{word} {number}]"
