"""Draws of transcripts to be coded with or without suggestions, as they are listed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class DrawnSource:
    """A transcript of a draw, and whether it is coded with suggestions."""

    source_id: str
    name: str
    with_suggestions: bool


@dataclass(frozen=True, slots=True)
class SuggestionDraw:
    """A draw: who drew when and from which seed, what fell to each transcript.

    ``ended_at`` is set once it hides nothing any longer.
    """

    id: str
    seed: int
    drawn_by: str
    drawn_at: datetime
    sources: tuple[DrawnSource, ...]
    ended_by: str = ""
    ended_at: datetime | None = None
    reason: str = ""

    @property
    def is_under_way(self) -> bool:
        """Whether suggestions are hidden where it fell so."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class PassOverSource:
    """One coder's pass over a drawn transcript, from when their codings were made.

    ``is_finished`` where they said that they are done or have read it through.
    """

    source_id: str
    coder_id: str
    is_finished: bool
    coded_at: tuple[datetime, ...]
