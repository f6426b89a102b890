"""The transcript beside a record: turns in pieces, each with the passages over it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coding.study import Person
from data.storage import StudyStore
from data.storage.analysis_templates.interview_passages import InterviewPassage
from workbench.actions.interviews.pane_content import PaneTurn
from workbench.actions.templates.record_reading import RecordRead

_MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class ReaderChange:
    """A click on a passage: linked to an answer, or its link taken away."""

    number: int
    question_id: str
    coded_id: str
    is_linked: bool


def reader_content(
    turns: Sequence[PaneTurn], passages: Sequence[InterviewPassage]
) -> dict[str, Any]:
    """The turns as the reader shows them.

    Each is its number, speaker, whether it asks, and pieces of text with the numbers of
    the passages over them, so that the browser counts no positions.
    """
    listed = [[one.coded_id, one.code, one.turn, one.may_be_quoted] for one in passages]
    by_turn = _by_turn(turns, passages)
    return {
        "turns": [
            [
                turn.number,
                turn.speaker,
                turn.is_interviewer,
                _pieces(turn, by_turn.get(at, ()), passages),
            ]
            for at, turn in enumerate(turns)
        ],
        "passages": listed,
    }


def _by_turn(
    turns: Sequence[PaneTurn], passages: Sequence[InterviewPassage]
) -> Mapping[int, list[int]]:
    found: dict[int, list[int]] = {}
    first = 0
    for number, one in enumerate(passages):
        while first < len(turns) and _end(turns[first]) <= one.start:
            first += 1
        at = first
        while at < len(turns) and turns[at].start < one.end:
            found.setdefault(at, []).append(number)
            at += 1
    return found


def _end(turn: PaneTurn) -> int:
    return turn.start + len(turn.text)


def _pieces(
    turn: PaneTurn, numbers: Sequence[int], passages: Sequence[InterviewPassage]
) -> list[list[Any]]:
    if not numbers:
        return [[turn.text, []]]
    edges = {0, len(turn.text)}
    for number in numbers:
        one = passages[number]
        edges |= {
            max(0, one.start - turn.start),
            min(len(turn.text), one.end - turn.start),
        }
    ordered = sorted(edges)
    pieces = []
    for start, end in zip(ordered, ordered[1:], strict=False):
        over = [
            number
            for number in numbers
            if passages[number].start - turn.start <= start
            and passages[number].end - turn.start >= end
        ]
        pieces.append([turn.text[start:end], over])
    return pieces


def read_changes(asked: Any) -> tuple[str, list[ReaderChange]]:
    """The browser and its clicks in order; what cannot be one is left out."""
    if not isinstance(asked, Mapping):
        return "", []
    found = []
    for one in asked.get("changes") or ():
        try:
            found.append(
                ReaderChange(
                    int(one["n"]),
                    str(one["question"]),
                    str(one["passage"]),
                    bool(one["linked"]),
                )
            )
        except (KeyError, TypeError, ValueError):
            continue
    found.sort(key=lambda one: one.number)
    return str(asked.get("client", "")), found[:_MOST_CHANGES]


def carry_out(
    store: StudyStore, read: RecordRead, person: Person, change: ReaderChange
) -> None:
    """Store one click; raises DataRefused where the study does not accept it."""
    if change.is_linked:
        store.analysis_records.link(
            person.id, read.record.place, change.question_id, [change.coded_id]
        )
        return
    for one in read.evidence_of(change.question_id):
        if one.thing_id == change.coded_id:
            store.evidence.unlink(person.id, one.id)
