"""The turns of a study as learning sees them, and what stands around each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from coding.transcripts import text_hash

Rows = npt.NDArray[np.intp]
Number = TypeVar("Number", np.float32, np.float64)
NO_TURN = -1


@dataclass(frozen=True, slots=True)
class StudyTurn:
    """One turn of one source: its number, who speaks and the words said.

    Interviewers' turns belong in too: what was asked says much about an answer. They
    teach nothing as long as no coding names them.
    """

    source_id: str
    number: int
    speaker: str
    text: str

    @property
    def key(self) -> tuple[str, int]:
        """The source's id and the turn's number."""
        return self.source_id, self.number


def in_reading_order(turns: Sequence[StudyTurn]) -> tuple[StudyTurn, ...]:
    """The turns by source and number, so that no result hangs on the order given."""
    return tuple(sorted(turns, key=lambda turn: turn.key))


def text_key(turn: StudyTurn) -> str:
    """A hash of the words alone, under which a reading of them is kept."""
    return text_hash(turn.text)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """For each turn (row) the rows of its neighbours in the same source, and its place.

    A neighbour that is not there is ``NO_TURN``. ``other_speaker`` is the last turn
    before by anybody else: the question, mostly. ``place`` runs from 0 (a source's
    first turn) to 1 (its last).
    """

    previous: Rows
    next: Rows
    previous_but_one: Rows
    previous_but_two: Rows
    next_but_one: Rows
    other_speaker: Rows
    place: npt.NDArray[np.float64]

    @classmethod
    def of(cls, turns: Sequence[StudyTurn]) -> Surroundings:
        """The surroundings of turns in reading order."""
        rows = np.arange(len(turns))
        sources = [turn.source_id for turn in turns]
        begins = np.array(
            [not row or sources[row] != sources[row - 1] for row in rows], dtype=bool
        )
        ends = np.append(begins[1:], True)[: len(turns)]
        previous = np.where(begins, NO_TURN, rows - 1)
        following = np.where(ends, NO_TURN, rows + 1)
        before_last = _followed(previous, previous)
        return cls(
            previous,
            following,
            before_last,
            _followed(previous, before_last),
            _followed(following, following),
            _last_other_speaker(turns, previous),
            _places(begins),
        )


def shifted(table: npt.NDArray[Number], rows: Rows) -> npt.NDArray[Number]:
    """The rows of a dense table asked for; zeros where there is no such turn.

    >>> shifted(np.array([[1.0], [2.0]], dtype=np.float32), np.array([-1, 0])).tolist()
    [[0.0], [1.0]]
    """
    with_nothing = np.vstack([table, np.zeros((1, table.shape[1]), table.dtype)])
    found: npt.NDArray[Number] = with_nothing[rows]
    return found


def _followed(step: Rows, rows: Rows) -> Rows:
    """One step on from each of the rows, ``NO_TURN`` where either is missing."""
    return np.where(rows == NO_TURN, NO_TURN, step[rows]) if len(rows) else rows


def _last_other_speaker(turns: Sequence[StudyTurn], previous: Rows) -> Rows:
    found = np.full(len(turns), NO_TURN)
    for row, before in enumerate(previous):
        if before != NO_TURN:
            same = turns[before].speaker == turns[row].speaker
            found[row] = found[before] if same else before
    return found


def _places(begins: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
    rows = np.arange(len(begins))
    starts = np.flatnonzero(begins)
    lengths = np.diff(np.append(starts, len(begins)))
    source = np.cumsum(begins) - 1
    if not len(begins):
        return np.zeros(0)
    places: npt.NDArray[np.float64] = (rows - starts[source]) / np.maximum(
        lengths[source] - 1, 1
    )
    return places
