"""Records of how cases were chosen, as a study keeps them: who wrote each, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from matching.sampling import SamplingRecord


@dataclass(frozen=True, slots=True)
class StoredSampling:
    """A record as kept: who recorded it when, and what took its place, if anything.

    People are given by name. ``superseded_at`` is nothing while the record stands.
    """

    id: str
    record: SamplingRecord
    recorded_by: str
    recorded_at: datetime
    superseded_by: str = ""
    superseded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SamplingSaved:
    """What was recorded: how many records, and how many took an earlier one's place.

    ``already_there`` counts those that say what the study had word for word; they are
    left as they are.
    """

    recorded: int = 0
    superseded: int = 0
    already_there: int = 0
