"""Quotations that show a theme's range: those people chose, filled up by the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from coding.theme_summaries.quotation_range import PlaceKey, QuotablePlace
from coding.transcripts import text_hash
from data.storage import StudyStore
from data.storage.themes.theme_records import ChosenPlace, PlaceState
from workbench.actions.memos.memos import day_of
from workbench.actions.themes.quoted_places import (
    QUOTATIONS_FOR_RANGE,
    QuotedPlace,
    chosen_for_range,
    next_in_place_of,
)
from workbench.actions.themes.theme_summary import ThemeRead
from workbench.wording import counted, listed

_NOT_QUOTABLE = "whoever says it may not be quoted now"
_RECODED = "it was coded otherwise"


@dataclass(frozen=True, slots=True)
class ThemeRange:
    """What is shown of a theme, who chose among it, and what of that is dropped.

    ``words`` say so, a sentence each; nothing where nobody chose.
    """

    quoted: tuple[QuotedPlace, ...]
    is_chosen: bool = False
    words: tuple[str, ...] = ()


def read_range(
    store: StudyStore, read: ThemeRead, *, how_many: int = QUOTATIONS_FOR_RANGE
) -> ThemeRange:
    """The quotations of a theme: what people chose first, while it stands as it was."""
    chosen = store.themes.chosen(read.code.id)
    kept, dropped = _stand(store, read, chosen)
    quoted = chosen_for_range(store, read, kept=list(kept), how_many=how_many)
    return ThemeRange(
        tuple(quoted),
        bool(chosen),
        (
            *_chosen_in_words(list(kept.values()), len(quoted)),
            *_dropped_in_words(dropped),
        ),
    )


def swap(
    store: StudyStore,
    actor_id: str,
    read: ThemeRead,
    now: Sequence[PlaceKey],
    at: int,
    aside: Sequence[PlaceKey],
) -> list[PlaceKey]:
    """What was put aside, once one of those shown is swapped and the choice is kept."""
    shown, passed = next_in_place_of(read, now, at, aside)
    store.themes.choose(actor_id, read.code.id, shown)
    return passed


def choose_anew(store: StudyStore, actor_id: str, read: ThemeRead) -> None:
    """Let the rule choose all quotations of a theme again."""
    store.themes.choose(actor_id, read.code.id, [])


def _stand(
    store: StudyStore, read: ThemeRead, chosen: Sequence[ChosenPlace]
) -> tuple[dict[PlaceKey, ChosenPlace], Counter[str]]:
    """The places at which choices stand now, and why others do not, counted."""
    quotable = {one.key: one for one in read.quotable()}
    places = {one.key for one in read.places}
    kept: dict[PlaceKey, ChosenPlace] = {}
    dropped: Counter[str] = Counter()
    for one in chosen:
        as_chosen = one.state is PlaceState.AS_CHOSEN
        if as_chosen and one.place in quotable:
            kept[one.place] = one
        elif as_chosen and one.place in places:
            dropped[_NOT_QUOTABLE] += 1
        elif moved := _moved(store, one, quotable):
            kept[moved] = one
        else:
            dropped[_RECODED if as_chosen else one.state.value] += 1
    return kept, dropped


def _moved(
    store: StudyStore, one: ChosenPlace, quotable: Mapping[PlaceKey, QuotablePlace]
) -> PlaceKey | None:
    """Where the same words stand now, when a correction before them moved them."""
    source_id, start, end = one.place
    if one.state not in (PlaceState.AS_CHOSEN, PlaceState.CHANGED):
        return None
    alike = [
        key
        for key in quotable
        if key[0] == source_id and key[2] - key[1] == end - start
    ]
    alike.sort(key=lambda key: abs(key[1] - start))
    for found in store.themes.words_of(alike):
        if text_hash(found.words) == one.words_sha256:
            return found.place
    return None


def _chosen_in_words(chosen: Sequence[ChosenPlace], shown: int) -> list[str]:
    """Who chose those that stand, and when they last did."""
    if not chosen:
        return []
    people = list(dict.fromkeys(one.chosen_by or "Somebody" for one in chosen))
    last = max(one.chosen_at for one in chosen)
    if len(chosen) >= shown:
        which = "This one was" if shown == 1 else f"All {shown} were"
    else:
        were = "was" if len(chosen) == 1 else "were"
        which = f"{len(chosen)} of them {were}"
    return [f"{which} chosen by {listed(people)}, last on {day_of(last)}."]


def _dropped_in_words(dropped: Mapping[str, int]) -> list[str]:
    return [
        f"{counted(number, 'chosen quotation')} "
        f"{'is' if number == 1 else 'are'} no longer shown: {why}."
        for why, number in dropped.items()
    ]
