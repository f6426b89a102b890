"""What is stored of a theme beside its codes, and words of places that were chosen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Place = tuple[str, int, int]
"""A source's id, and start and end in code points."""


@dataclass(frozen=True, slots=True)
class ContrarySearch:
    """Somebody looked for what does not fit a theme: where, who and when."""

    where_looked: str
    looked_by: str
    looked_at: datetime


class PlaceState(StrEnum):
    """What became of words since they were chosen; the value is said of a quotation."""

    AS_CHOSEN = "as it was chosen"
    CHANGED = "its words were corrected or changed"
    BLANKED = "its words were withdrawn or erased"
    WITHDRAWN = "its source was withdrawn"
    ERASED = "its words were erased"
    BLIND = "its source is being coded blind"


@dataclass(frozen=True, slots=True)
class ChosenPlace:
    """Words somebody chose to show a theme's range: who, when, what became of them.

    The source's id is empty where it was erased.
    """

    place: Place
    words_sha256: str
    state: PlaceState
    chosen_by: str
    chosen_at: datetime


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The words of a place, the number of the turn it begins in, and who speaks there.

    ``speaker`` is the label of the turn; ``coded_ids`` and ``code_ids`` are those of
    the settled codings that share a character with the place, in the same order.
    """

    place: Place
    words: str
    source_name: str
    turn_number: int
    speaker: str
    coded_ids: tuple[str, ...] = ()
    code_ids: tuple[str, ...] = ()
