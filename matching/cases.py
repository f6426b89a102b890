"""Cases as matching sees them: an id, an era and what was written down.

Values stay text exactly as they were recorded; each covariate of a plan says how its
own text is read. Nothing here knows what happened to a case later unless it was put
in, and fields marked *outcome* are refused by every plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Era(StrEnum):
    """Which side of the change in practice a case belongs to."""

    CONTEMPORARY = "contemporary"
    HISTORIC = "historic"


class KnownAt(StrEnum):
    """When a fact about a case came to be known."""

    AT_REFERRAL = "at_referral"
    DURING = "during"
    OUTCOME = "outcome"
    UNMARKED = "unmarked"


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its id, its era, and its recorded values as text.

    A value that is absent or empty is a gap. Values are never guessed or converted
    here, so an id of ``000123`` stays ``000123``.
    """

    id: str
    era: Era
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CasePool:
    """All cases of a study or of two tables, in the order they were listed.

    ``known`` marks each field; a field without a mark counts as *unmarked* and no
    plan may use it.
    """

    contemporary: tuple[Case, ...]
    historic: tuple[Case, ...]
    known: Mapping[str, KnownAt] = field(default_factory=dict)
