"""A coder's own changes as the transcript pane takes them back: at once, from these."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from coding.study import Person
from coding.suggestions.suggestion import Strength
from data.coding_records import StoredSuggestion, TouchedRow
from data.storage import StudyStore
from workbench.actions.interviews.pane_content import (
    PaneChange,
    PaneSuggestion,
    suggestion_row,
)

# What a person may want to take back in one go; more comes as these are undone.
MOST_CHANGES = 30


def pane_suggestion(one: StoredSuggestion) -> PaneSuggestion:
    """A suggestion as the pane shows it."""
    proposed = one.suggestion
    return PaneSuggestion(
        one.id,
        proposed.segment.start,
        proposed.segment.end,
        proposed.code_id,
        proposed.strength.in_words,
        proposed.reason.sentence,
        [(cue.start, cue.end) for cue in proposed.reason.cue_segments],
        proposed.strength is Strength.GUESS,
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
