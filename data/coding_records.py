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

from coding.coded_segments import CodedSegment, Segment
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
    BECAUSE = "because"
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
    colon between. ``shown`` says how the person saw a suggestion they decide on, and
    ``reason`` with ``text`` why they rejected it. One accepted with no ``start`` and
    ``end`` keeps its own. Fields a kind does not need stay empty.
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
    reason: str = ""
    shown: str = ""


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


class Shown(StrEnum):
    """How a person saw the suggestion they decided on."""

    IN_TEXT = "in the text"
    AMONG_GUESSES = "among the guesses"
    IN_LIST = "in a list"


class RejectedBecause(StrEnum):
    """The set reasons for turning a suggestion down; none has to be given."""

    OPPOSITE = "opposite"
    OTHER_SENSE = "other sense"
    PASSING = "passing"
    DEFINITION = "definition"
    ASKED = "asked"
    OTHER = "other"

    @property
    def in_words(self) -> str:
        """The reason as a choice reads.

        >>> RejectedBecause.OPPOSITE.in_words
        'It says the opposite'
        """
        return {
            "opposite": "It says the opposite",
            "other sense": "The words mean something else here",
            "passing": "It is only mentioned in passing",
            "definition": "The definition leaves it out",
            "asked": "It only repeats the question",
            "other": "Something else",
        }[self.value]


@dataclass(frozen=True, slots=True)
class SimilarCoding:
    """A coded passage that a suggestion is like: where it begins, and whose it is."""

    source_id: str
    start: int
    coder_id: str


@dataclass(frozen=True, slots=True)
class StoredSuggestion:
    """A suggestion as kept; ``status`` is open, accepted, rejected or replaced.

    What was decided is kept whole: by whom and when, the ``decided_segment`` and code
    of the coding made (nothing and '' for a rejection), how it was ``shown``, and why
    it was rejected where a reason was given. ``probability`` is the engine's, where it
    had learned any, and ``similar`` the coded passages it is like.
    """

    id: str
    source_id: str
    suggestion: CodeSuggestion
    engine: str
    suggested_at: datetime
    status: str = "open"
    decided_by: str = ""
    decided_at: datetime | None = None
    decided_segment: Segment | None = None
    decided_code_id: str = ""
    shown: str = ""
    because: str = ""
    because_words: str = ""
    probability: float | None = None
    similar: tuple[SimilarCoding, ...] = ()

    @property
    def has_other_edges(self) -> bool:
        """Whether its code was accepted on other words than those suggested."""
        return self.status == "accepted" and self.decided_segment not in (
            None,
            self.suggestion.segment,
        )


@dataclass(frozen=True, slots=True)
class CodedPassage:
    """A coded segment with its words, code, coder and where it stands.

    ``participant`` is the person behind the speaker of the turn in which the passage
    begins: nothing for the interviewer, for unmapped speakers and between turns.
    ``may_be_quoted`` is false where anybody who speaks in it said that they may not be.
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
    may_be_quoted: bool = True


@dataclass(frozen=True, slots=True)
class CodeUse:
    """How much a code is used: passages, sources with any, coders who marked them."""

    passages: int = 0
    sources: int = 0
    coders: int = 0
