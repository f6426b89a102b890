"""Quotations of one theme chosen for range: many people, waves, roles and localities.

For a reader of one theme, who wants to know how widely it is said. The quotations of a
whole document are chosen over all its themes at once (:mod:`coding.quotations`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from coding.mentions import NO_ROLE, NO_WAVE, NOT_NAMED, OBSERVER
from coding.quotations import BEARABLE, READABLE
from coding.theme_summaries.who_says import NO_LOCALITY

LETTERS_A_WORD = 6
"""Letters of a word of speech with the space after it: lengths are told from places."""

_UNKNOWN = (NO_WAVE, NO_ROLE, NOT_NAMED, OBSERVER, NO_LOCALITY)

PlaceKey = tuple[str, int, int]
"""Source, start and end of words of one person."""


@dataclass(frozen=True, slots=True)
class QuotablePlace:
    """Words of one speaker under a theme, by their place; they are read when chosen.

    ``person_id`` is "" for who is not named: all of them count as one person.
    """

    source_id: str
    start: int
    end: int
    person_id: str
    wave: str
    role: str
    locality: str

    @property
    def key(self) -> PlaceKey:
        """What tells this place from every other."""
        return self.source_id, self.start, self.end

    @property
    def about_words(self) -> int:
        """About how many words it holds, by its letters."""
        return -(-(self.end - self.start) // LETTERS_A_WORD)


@dataclass(frozen=True, slots=True)
class ChosenQuotation:
    """A place that was chosen, and why, each reason a few words."""

    place: QuotablePlace
    because: tuple[str, ...]


def choose_for_range(
    places: Sequence[QuotablePlace],
    how_many: int,
    *,
    kept: Sequence[PlaceKey] = (),
    aside: Collection[PlaceKey] = (),
) -> tuple[ChosenQuotation, ...]:
    """At most so many quotations, one after another, each adding most to those before.

    First by whom is quoted least, so that nobody comes twice before everybody came
    once; somebody named before who is not; then of 5 to 120 words before fragments and
    pages; of as many new waves, roles and localities as can be; of those least quoted
    so far; of 12 to 60 words. Ties that are left go to the order of the places.

    ``kept`` come first, as they are; those ``aside`` are not chosen. The same places
    give the same quotations.
    """
    chosen = _Chosen()
    left: Sequence[QuotablePlace] = places
    if kept or aside:
        by_key = {one.key: one for one in places}
        for key in kept:
            if key in by_key and len(chosen.quotations) < how_many:
                chosen.take(by_key[key])
        passed = {*kept, *aside}
        left = [one for key, one in by_key.items() if key not in passed]
    waiting = _by_what_counts(left, how_many)
    while waiting and len(chosen.quotations) < how_many:
        best = min(waiting, key=lambda alike: _rank(chosen, waiting[alike][0]))
        chosen.take(waiting[best].pop(0)[1])
        if not waiting[best]:
            del waiting[best]
    return tuple(chosen.quotations)


def swapped(
    places: Sequence[QuotablePlace],
    now: Sequence[PlaceKey],
    at: int,
    aside: Collection[PlaceKey],
) -> PlaceKey | None:
    """What comes in place of one of those shown now; nothing where no other is left."""
    others = [key for number, key in enumerate(now) if number != at]
    chosen = choose_for_range(places, len(now), kept=others, aside=[*aside, now[at]])
    return chosen[-1].place.key if len(chosen) == len(now) else None


class _Chosen:
    """What was chosen so far, and how often each person, wave, role and locality."""

    def __init__(self) -> None:
        self.quotations: list[ChosenQuotation] = []
        self._people: Counter[str] = Counter()
        self._groups: Counter[tuple[str, str]] = Counter()

    def take(self, place: QuotablePlace) -> None:
        self.quotations.append(ChosenQuotation(place, self._because(place)))
        self._people[place.person_id] += 1
        self._groups.update(_groups(place))

    def staleness(self, place: QuotablePlace) -> tuple[int, ...]:
        """How little a place would add; lower adds more."""
        groups = _groups(place)
        return (
            self._people[place.person_id],
            not place.person_id,
            place.about_words not in BEARABLE,
            -sum(
                not self._groups[group] for group in groups if group[1] not in _UNKNOWN
            ),
            *(self._groups[group] for group in groups),
            place.about_words not in READABLE,
        )

    def _because(self, place: QuotablePlace) -> tuple[str, ...]:
        said = []
        if self._people[place.person_id]:
            said.append("everybody else who may be quoted is quoted already")
        elif self.quotations:
            said.append("another person")
        said += [
            f"the first from {name}" if kind == "locality" else f"the first of {name}"
            for kind, name in _groups(place)
            if name not in _UNKNOWN and not self._groups[kind, name]
        ]
        if place.about_words not in BEARABLE:
            long = place.about_words >= BEARABLE.stop
            said.append("long, cut here" if long else "short")
        elif place.about_words in READABLE:
            said.append("of a length that reads well")
        return tuple(said)


def _groups(place: QuotablePlace) -> tuple[tuple[str, str], ...]:
    return (
        ("wave", place.wave),
        ("role", place.role),
        ("locality", place.locality),
    )


def _rank(chosen: _Chosen, first: tuple[int, QuotablePlace]) -> tuple[int, ...]:
    order, place = first
    return (*chosen.staleness(place), order)


def _by_what_counts(
    places: Sequence[QuotablePlace], how_many: int
) -> dict[tuple[str, str, bool, bool], list[tuple[int, QuotablePlace]]]:
    """The places by all that a choice looks at, with their order: those alike are
    taken one after the other, so no more are kept than could be chosen."""
    found: dict[tuple[str, str, bool, bool], list[tuple[int, QuotablePlace]]] = {}
    for order, one in enumerate(places):
        words = one.about_words
        # Role and locality are a person's own; of those not named all say nothing.
        whose = one.person_id or one.role
        alike = found.setdefault(
            (whose, one.wave, words in BEARABLE, words in READABLE), []
        )
        if len(alike) < how_many:
            alike.append((order, one))
    return found
