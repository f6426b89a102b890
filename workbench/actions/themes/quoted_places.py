"""Words of a theme read by their place: chosen for range, or behind a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.mentions import NO_ROLE, NO_WAVE, NOT_NAMED, OBSERVER
from coding.theme_summaries.quotation_range import (
    PlaceKey,
    QuotablePlace,
    choose_for_range,
    swapped,
)
from data.exporters.report_document import Quotation
from data.storage import StudyStore
from workbench.actions.themes.summary_words import because_in_words
from workbench.actions.themes.theme_summary import ThemeRead
from workbench.actions.together.theme_reading import shortened

QUOTATIONS_FOR_RANGE = 6


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """Words of one speaker as a page shows them, with why and by which coding.

    ``coded_id`` is that of the widest coding of the theme there, "" where none was
    asked for; ``because`` is empty where the words were not chosen.
    """

    place: QuotablePlace
    quotation: Quotation
    because: str = ""
    coded_id: str = ""


def chosen_for_range(
    store: StudyStore,
    read: ThemeRead,
    *,
    kept: Sequence[PlaceKey] = (),
    how_many: int = QUOTATIONS_FOR_RANGE,
) -> list[QuotedPlace]:
    """A theme's quotations chosen for range, those kept in the order given first."""
    chosen = choose_for_range(read.quotable(), how_many, kept=kept)
    quoted = read_quoted(store, read, [one.place for one in chosen])
    why = {one.place.key: because_in_words(one.because) for one in chosen}
    return [
        QuotedPlace(one.place, one.quotation, why[one.place.key], one.coded_id)
        for one in quoted
    ]


def next_in_place_of(
    read: ThemeRead, now: Sequence[PlaceKey], at: int, aside: Sequence[PlaceKey]
) -> tuple[list[PlaceKey], list[PlaceKey]]:
    """What is shown, and what was put aside, after one is swapped for the next.

    Where nothing else is left, those put aside earlier come round again; where there
    never was another, all stays as it is.
    """
    places = read.quotable()
    for passed in (list(aside), []):
        new = swapped(places, now, at, passed)
        if new is not None:
            shown = [new if n == at else key for n, key in enumerate(now)]
            return shown, [*passed, now[at]]
    return list(now), list(aside)


def read_quoted(
    store: StudyStore, read: ThemeRead, places: Sequence[QuotablePlace]
) -> list[QuotedPlace]:
    """The words of these places, cut where they are very long, in their order."""
    by_key = {one.key: one for one in places}
    codes = [read.code.id, *(code.id for code in read.codes_under)]
    found = []
    for one in store.themes.words_of(list(by_key), codes):
        place = by_key[one.place]
        found.append(
            QuotedPlace(
                place,
                Quotation(
                    shortened(one.words.strip()),
                    whose_words(read, place, one.speaker),
                    f"{one.source_name}, turn {one.turn_number}",
                    place.source_id,
                    place.start,
                ),
                coded_id=one.coded_ids[0] if one.coded_ids else "",
            )
        )
    return found


def whose_words(read: ThemeRead, place: QuotablePlace, speaker: str = "") -> str:
    """Pseudonym, role and wave; for who is not named, that they are not."""
    if place.person_id:
        whose = [read.people[place.person_id].pseudonym]
    else:
        whose = [OBSERVER if place.role == OBSERVER else NOT_NAMED]
        if speaker and place.role != OBSERVER:
            whose.append(speaker)
    if place.role not in (NO_ROLE, NOT_NAMED, OBSERVER):
        whose.append(place.role)
    whose.append(place.wave if place.wave != NO_WAVE else "no wave")
    return ", ".join(whose)
