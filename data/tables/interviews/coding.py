"""Tables of the coding desk: codes, coded segments, suggestions, memos, changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, Text, UniqueConstraint
from sqlmodel import Field

from data.tables.base import StudyTable, UtcDateTime, new_id, now


class CodeRow(StudyTable, table=True):
    """A code of the codebook; its id is the GUID other programs see."""

    __tablename__ = "code"

    id: str = Field(default_factory=new_id, primary_key=True)
    parent_id: str | None = Field(default=None, foreign_key="code.id", index=True)
    name: str = Field(unique=True)
    definition: str = ""
    use_when: str = ""
    do_not_use_when: str = ""
    cues: list[str] = Field(default_factory=list, sa_type=JSON)
    examples: list[str] = Field(default_factory=list, sa_type=JSON)
    example_places: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
    near_miss: str = ""
    colour: str
    position: int = 0
    is_retired: bool = False
    created_by: str = Field(foreign_key="person.id")
    created_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    version: int = Field(default=1)


class CodedSegmentRow(StudyTable, table=True):
    """A passage under a code, as one coder marked it.

    ``layer`` is empty for what a coder marked as their own reading, and names the layer
    of what coders settled together.
    """

    __tablename__ = "coded_segment"
    # What is marked with a code is answered from this index alone.
    __table_args__ = (
        Index(
            "ix_coded_segment_of_code",
            *("code_id", "source_id", "start", "end", "coder_id", "layer"),
        ),
    )

    id: str = Field(default_factory=new_id, primary_key=True)
    source_id: str = Field(foreign_key="source.id", index=True)
    code_id: str = Field(foreign_key="code.id", index=True)
    start: int
    end: int
    coder_id: str = Field(foreign_key="person.id", index=True)
    coded_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    suggestion_id: str | None = Field(default=None, foreign_key="suggestion.id")
    layer: str = ""


class SuggestionRow(StudyTable, table=True):
    """A machine's proposal, and what a person decided about it.

    ``probability`` is the engine's calibrated one, where it had learned any. A decision
    keeps ``decided_start``, ``decided_end`` and ``decided_code_id`` of the coding made,
    ``shown`` for how its person saw the suggestion, and for a rejection, where given,
    the set reason and its person's words.
    """

    __tablename__ = "suggestion"

    id: str = Field(default_factory=new_id, primary_key=True)
    source_id: str = Field(foreign_key="source.id", index=True)
    code_id: str = Field(foreign_key="code.id", index=True)
    turn_number: int
    start: int
    end: int
    rank: int
    strength: str
    similarity: float
    probability: float | None = None
    reason: dict[str, Any] = Field(sa_type=JSON)
    engine: str
    suggested_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    status: str = Field(default="open", index=True)
    decided_by: str | None = Field(default=None, foreign_key="person.id")
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    decided_start: int | None = None
    decided_end: int | None = None
    # No reference: what was decided stays true when the code has gone.
    decided_code_id: str = ""
    shown: str = ""
    because: str = ""
    because_words: str = Field(default="", sa_type=Text)
    version: int = Field(default=1)


class MemoRow(StudyTable, table=True):
    """A dated analytic note about something.

    One on words of a source says which: those of a coded segment, or a passage without
    a code, whose ``about_id`` is then the source. One about a source as a whole names
    it as ``source_id`` too. A deleted memo stays, for its author to bring back.
    """

    __tablename__ = "memo"

    id: str = Field(default_factory=new_id, primary_key=True)
    about_kind: str
    about_id: str = Field(index=True)
    title: str = ""
    text: str = Field(sa_type=Text)
    author_id: str = Field(foreign_key="person.id")
    written_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    changed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    is_deleted: bool = False
    version: int = Field(default=1)
    source_id: str | None = Field(
        default=None, foreign_key="source.id", index=True, ondelete="CASCADE"
    )
    start: int | None = None
    end: int | None = None


class MemoLinkRow(StudyTable, table=True):
    """Something else that a memo leads to."""

    __tablename__ = "memo_link"

    memo_id: str = Field(foreign_key="memo.id", primary_key=True, ondelete="CASCADE")
    about_kind: str = Field(primary_key=True)
    about_id: str = Field(primary_key=True, index=True)


class MemoWordsRow(StudyTable, table=True):
    """What a memo said before its author changed or deleted it, and until when.

    ``number`` counts a memo's earlier states from 1; ``links`` lists kind and id.
    """

    __tablename__ = "memo_words"
    __table_args__ = (UniqueConstraint("memo_id", "number"),)

    id: str = Field(default_factory=new_id, primary_key=True)
    memo_id: str = Field(foreign_key="memo.id", index=True, ondelete="CASCADE")
    number: int
    title: str = ""
    text: str = Field(sa_type=Text)
    links: list[list[str]] = Field(sa_type=JSON)
    said_until: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class OperationRow(StudyTable, table=True):
    """An operation of a browser already answered, so that none is done twice.

    ``refused`` holds the words for one that was not accepted, what was found and what
    to do on a line each. Where a new code turned out to be there already, ``made_id``
    is the id the browser gave it and ``kept_id`` the one the study knows it by.
    """

    __tablename__ = "operation"

    client: str = Field(primary_key=True)
    sequence: int = Field(primary_key=True)
    person_id: str = Field(foreign_key="person.id")
    refused: str = ""
    made_id: str = ""
    kept_id: str = ""
    done_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)


class CodingChangeRow(StudyTable, table=True):
    """A change a coder made in a source, with the rows it touched before and after.

    ``id`` is the client and sequence of the operation that made it, ``number`` counts
    on within a coder's changes to a source. ``rows`` lists table, id, values before
    and values after, None standing for no row. Undone changes can be done again until
    the coder makes a new one.
    """

    __tablename__ = "coding_change"
    __table_args__ = (
        UniqueConstraint("source_id", "person_id", "number"),
        Index(None, "source_id", "person_id", "undone_at"),
    )

    id: str = Field(primary_key=True)
    source_id: str = Field(foreign_key="source.id", ondelete="CASCADE")
    person_id: str = Field(foreign_key="person.id")
    number: int
    kind: str
    rows: list[Any] = Field(sa_type=JSON)
    made_at: datetime = Field(default_factory=now, sa_type=UtcDateTime)
    undone_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
