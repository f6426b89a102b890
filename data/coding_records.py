"""Coding as it is asked for, answered and listed: operations, passages, uses of codes.

``coding.coded_segments`` says what a coded segment is; this adds how a change to one is
numbered, so that it is carried out once, and how passages read beside their source.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from coding.coded_segments import CodedSegment
from coding.study import Participant
from coding.suggestions.suggestion import CodeSuggestion
from coding.transcripts import SourceKind


class OperationKind(StrEnum):
    """The kinds of change a coder makes while reading."""

    CODE = "code"
    UNCODE = "uncode"
    MAKE_CODE = "make_code"
    ACCEPT = "accept"
    REJECT = "reject"
    INSTEAD = "instead"
    REOPEN = "reopen"
    RECODE = "recode"
    MOVE_EDGES = "move_edges"
    MEMO = "memo"
    UNDO = "undo"
    REDO = "redo"


@dataclass(frozen=True, slots=True)
class CodingOperation:
    """One change a person made while reading, numbered by where they made it.

    ``client`` and ``sequence`` together are unique for ever: the same two name the same
    change, however often it is sent. ``segment_id`` and a new code's ``code_id`` are
    GUIDs made there, and ``memo_id`` too for a new memo. ``change_id`` is the change to
    take back or do again: the client and sequence of the operation that made it, with a
    colon between. Fields a kind does not need stay empty.
    """

    client: str
    sequence: int
    kind: OperationKind
    segment_id: str = ""
    suggestion_id: str = ""
    code_id: str = ""
    code_name: str = ""
    start: int = 0
    end: int = 0
    change_id: str = ""
    memo_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class TouchedRow:
    """A row as a change found it and left it; None where there was no such row."""

    table: str
    id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class CodingChange:
    """What one operation changed, and whether it has been taken back since.

    ``number`` counts a coder's changes to one source; ``kind`` is the operation's.
    """

    id: str
    number: int
    kind: str
    is_undone: bool
    rows: tuple[TouchedRow, ...]


@dataclass(frozen=True, slots=True)
class OperationOutcome:
    """What became of an operation: kept, or refused with words for the person."""

    client: str
    sequence: int
    found: str = ""
    do_next: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether the study did not accept it."""
        return bool(self.found)


@dataclass(frozen=True, slots=True)
class StoredSuggestion:
    """A suggestion as kept; ``status`` is open, accepted, rejected or replaced."""

    id: str
    source_id: str
    suggestion: CodeSuggestion
    engine: str
    suggested_at: datetime
    status: str = "open"
    decided_by: str = ""


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A coded segment with its words, code, coder and where it stands.

    ``participant`` is the person behind the speaker of the turn in which the passage
    begins: nothing for the interviewer, for unmapped speakers and between turns.
    """

    coded: CodedSegment
    quotation: str
    code_name: str
    coder: str
    source_name: str
    kind: SourceKind
    wave: str
    held_on: str
    turn_number: int = 0
    speaker: str = ""
    is_interviewer: bool = False
    participant: Participant | None = None


@dataclass(frozen=True, slots=True)
class CodeUse:
    """How much a code is used: passages, sources with any, coders who marked them."""

    passages: int = 0
    sources: int = 0
    coders: int = 0
