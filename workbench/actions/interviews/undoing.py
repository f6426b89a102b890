"""A coder's own changes as the transcript pane takes them back: at once, from these."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coding.study import Person
from coding.suggestions.suggestion import Strength
from coding.trusting.rates import FEW
from data.coding_records import StoredSuggestion, TouchedRow
from data.storage import StudyStore
from workbench.actions.interviews.pane_content import (
    PaneChange,
    PaneSuggestion,
    suggestion_row,
)

# What a person may want to take back in one go; more comes as these are undone.
MOST_CHANGES = 30
NO_RATE = "No rate has been learned in this study yet."


@dataclass(frozen=True, slots=True)
class ReasonsShown:
    """What the reasons of suggestions are told with: names, rates, and what is hidden.

    ``coders`` and ``sources`` are names by id; a passage of a source in ``hidden`` is
    told to nobody who codes it blind. ``rates`` holds for each strength how many there
    were and how many were right.
    """

    coders: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    hidden: frozenset[str] = frozenset()
    rates: Mapping[str, tuple[int, int]] = field(default_factory=dict)


def pane_suggestion(
    one: StoredSuggestion, shown: ReasonsShown | None = None
) -> PaneSuggestion:
    """A suggestion as the pane shows it, its probability never as a number."""
    shown = shown or ReasonsShown()
    proposed, reason = one.suggestion, one.suggestion.reason
    telling = (*reason.cue_segments, *reason.telling_segments)
    similar = [
        (
            found.source_id,
            found.start,
            f"{shown.sources[found.source_id]}, coded by "
            f"{shown.coders.get(found.coder_id, 'someone')}",
        )
        for found in one.similar
        if found.source_id in shown.sources and found.source_id not in shown.hidden
    ]
    number, right = shown.rates.get(proposed.strength.value, (0, 0))
    return PaneSuggestion(
        one.id,
        proposed.segment.start,
        proposed.segment.end,
        proposed.code_id,
        proposed.strength.in_words,
        reason.sentence,
        [(cue.start, cue.end) for cue in telling],
        proposed.strength is Strength.GUESS,
        "Explicit: it is said in these words"
        if reason.is_explicit
        else "Interpretive: it is like what was coded, no word says it",
        reason.definition_sentence,
        similar,
        _rate(right, number),
    )


def _rate(right: int, number: int) -> str:
    """How often suggestions of a strength were right, with what that rests on.

    >>> _rate(14, 20)
    'Tried on transcripts held out, 14 of 20 like this were right.'
    """
    if not number:
        return NO_RATE
    few = ": too few to go by" if number < FEW else ""
    return (
        f"Tried on transcripts held out, {right:,} of {number:,} like this were "
        f"right{few}."
    )


def pane_changes(store: StudyStore, person: Person, source_id: str) -> list[PaneChange]:
    """The last changes of a coder to a source, done and undone, oldest first."""
    changes = store.coding.changes(person.id, source_id, most=MOST_CHANGES)
    decided = {
        row.id for one in changes for row in one.rows if row.table == "suggestion"
    }
    suggestions = store.suggestions.named(decided, reader_id=person.id)
    return [
        PaneChange(
            one.id,
            one.number,
            one.kind,
            one.is_undone,
            [_row(row, suggestions) for row in one.rows],
        )
        for one in changes
    ]


def _row(row: TouchedRow, suggestions: Mapping[str, StoredSuggestion]) -> list[Any]:
    if row.table == "coded_segment":
        return ["span", row.id, _place(row.before), _place(row.after)]
    if row.table == "suggestion":
        stored = suggestions.get(row.id)
        return [
            row.table,
            row.id,
            _waits(row.before),
            _waits(row.after),
            suggestion_row(pane_suggestion(stored)) if stored else None,
        ]
    return [row.table, row.id, int(row.before is not None), int(row.after is not None)]


def _place(segment: Mapping[str, Any] | None) -> list[Any] | None:
    if segment is None:
        return None
    return [segment["start"], segment["end"], segment["code_id"]]


def _waits(suggestion: Mapping[str, Any] | None) -> int:
    return int(suggestion is not None and suggestion["status"] == "open")
