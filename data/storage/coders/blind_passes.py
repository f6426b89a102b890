"""What a coder may not read yet: others' codings of a source coded blind.

A blind first pass hides from its coder what the others marked, and every suggestion,
until all who code the source blind say that they are done: a coder who has finished and
reads the other's work could still talk about it while the other is reading. The
queries leave hidden rows in the database, so that no page, count or file can hold them.
"""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, or_, select
from sqlmodel import Session, col

from data.tables import AssignmentRow, CodedSegmentRow, SuggestionRow

# Codings that coders made, each as their own, stand in the layer without a name; what
# they settled together in the other.
CODERS = ""
AGREED = "agreed"


def sources_being_coded_blind(session: Session) -> set[str]:
    """Sources with a blind first pass that somebody has not finished."""
    return set(session.scalars(_open_passes()))


def sources_read_blind(session: Session, reader_id: str) -> set[str]:
    """Sources where this person may read their own codings alone, as it stands now."""
    query = select(col(AssignmentRow.source_id)).where(
        col(AssignmentRow.coder_id) == reader_id,
        col(AssignmentRow.is_blind).is_(True),
        col(AssignmentRow.source_id).in_(_open_passes()),
    )
    return set(session.scalars(query))


def readable_codings(session: Session, reader_id: str | None) -> ColumnElement[bool]:
    """The condition that keeps codings hidden from the reader out of a query.

    Without a reader it is for what anybody may read, a report or a count: sources being
    coded blind are then left out whole. It also keeps to the coders' own layer; what
    they settled together is asked for by name.
    """
    own_layer = col(CodedSegmentRow.layer) == CODERS
    if reader_id is None:
        hidden = sources_being_coded_blind(session)
        return own_layer & col(CodedSegmentRow.source_id).not_in(hidden)
    hidden = sources_read_blind(session, reader_id)
    return own_layer & or_(
        col(CodedSegmentRow.source_id).not_in(hidden),
        col(CodedSegmentRow.coder_id) == reader_id,
    )


def readable_suggestions(
    session: Session, reader_id: str | None
) -> ColumnElement[bool]:
    """The condition that keeps every suggestion for a source read blind out."""
    hidden = (
        sources_being_coded_blind(session)
        if reader_id is None
        else sources_read_blind(session, reader_id)
    )
    return col(SuggestionRow.source_id).not_in(hidden)


def _open_passes() -> Select[str]:
    return select(col(AssignmentRow.source_id)).where(
        col(AssignmentRow.is_blind).is_(True), col(AssignmentRow.finished_at).is_(None)
    )
