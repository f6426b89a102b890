"""Suggestions and decisions as they are listed: over the whole study, with names."""

from __future__ import annotations

from dataclasses import dataclass

from data.coding_records import StoredSuggestion


@dataclass(frozen=True, slots=True)
class ListedSuggestion:
    """A suggestion with the names of its source, its code and who decided on it."""

    stored: StoredSuggestion
    source_name: str
    code_name: str
    decider: str = ""
    instead_name: str = ""


@dataclass(frozen=True, slots=True)
class SeenDecided:
    """What came of deciding on a list that was seen.

    ``batch`` takes it back in one go. ``refused`` holds a line for each suggestion that
    stays as it is.
    """

    batch: str
    done: int
    refused: tuple[str, ...] = ()
