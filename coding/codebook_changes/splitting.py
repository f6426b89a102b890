"""Splitting a code: which of its passages go to which part, the others stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PassageFacts:
    """What a passage can be chosen by: its coder, its wave, its words."""

    id: str
    coder: str
    wave: str
    words: str


def choose_passages(
    passages: Iterable[PassageFacts],
    *,
    coders: Sequence[str] = (),
    waves: Sequence[str] = (),
    words: str = "",
) -> list[str]:
    """The ids of passages that answer everything asked for; nothing asked leaves all.

    Words are found letter case aside; several, with commas between, are any of them.

    >>> told = PassageFacts("1", "Ann", "Wave 1", "They told us late.")
    >>> asked = PassageFacts("2", "Ann", "Wave 2", "They asked us.")
    >>> choose_passages([told, asked], coders=["Ann"], words="LATE, never")
    ['1']
    """
    wanted = [one for part in words.split(",") if (one := part.strip().casefold())]
    return [
        one.id
        for one in passages
        if (not coders or one.coder in coders)
        and (not waves or one.wave in waves)
        and (not wanted or any(word in one.words.casefold() for word in wanted))
    ]


def settled_places(
    chosen: Mapping[tuple[str, int, int], Iterable[int]],
) -> dict[tuple[str, int, int], int]:
    """For each place in a text the one part all its chosen passages go to.

    What coders settled together follows their passages to that part, and stays where
    their passages go to several.

    >>> settled_places({("s", 0, 9): [0, 0], ("s", 20, 29): [0, 1]})
    {('s', 0, 9): 0}
    """
    return {
        place: next(iter(parts))
        for place, listed in chosen.items()
        if len(parts := set(listed)) == 1
    }
