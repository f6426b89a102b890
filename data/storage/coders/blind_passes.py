"""What a coder may not read yet: others' codings of a source coded blind.

A blind first pass hides from its coder what the others marked, and every suggestion,
until all who code the source blind say that they are done: a coder who has finished and
reads the other's work could still talk about it while the other is reading. The
queries leave hidden rows in the database, so that no page, count or file can hold them.
Suggestions are hidden likewise where transcripts were drawn to be coded without them.
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import ColumnElement, Select, or_, select
from sqlmodel import Session, col

from data.storage.database import once
from data.storage.people_rights.withdrawn import (
    codings_in_analysis,
    suggestions_in_analysis,
)
from data.tables import (
    AssignmentRow,
    AuditLineRow,
    CodedSegmentRow,
    DrawnSourceRow,
    SettledSourceRow,
    SuggestionDrawRow,
    SuggestionRow,
)

# Codings that coders made, each as their own, stand in the layer without a name; what
# they settled together in the other.
CODERS = ""
AGREED = "agreed"


def sources_being_coded_blind(session: Session) -> set[str]:
    """Sources with a blind first pass that somebody has not finished."""
    return set(session.scalars(open_passes()))


def sources_read_blind(session: Session, reader_id: str) -> set[str]:
    """Sources where this person may read their own codings alone, as it stands now."""
    query = select(col(AssignmentRow.source_id)).where(
        col(AssignmentRow.coder_id) == reader_id,
        col(AssignmentRow.is_blind).is_(True),
        col(AssignmentRow.source_id).in_(open_passes()),
    )
    return once(
        session, f"read blind by {reader_id}", lambda: set(session.scalars(query))
    )


def readable_codings(session: Session, reader_id: str | None) -> ColumnElement[bool]:
    """The condition that keeps codings hidden from the reader out of a query.

    Without a reader it is for what anybody may read, a report or a count: sources being
    coded blind are then left out whole. It also keeps to the coders' own layer; what
    they settled together is asked for by name. Nobody reads codings of what was
    withdrawn.
    """
    own_layer = (col(CodedSegmentRow.layer) == CODERS) & codings_in_analysis(session)
    if reader_id is None:
        hidden = sources_being_coded_blind(session)
        return own_layer & col(CodedSegmentRow.source_id).not_in(hidden)
    hidden = sources_read_blind(session, reader_id)
    return own_layer & or_(
        col(CodedSegmentRow.source_id).not_in(hidden),
        col(CodedSegmentRow.coder_id) == reader_id,
    )


def settled_codings(session: Session) -> ColumnElement[bool]:
    """The condition for what a study says: the agreed layer where a source has one.

    In a source whose differences are settled, what coders agreed on stands in place of
    what each marked; elsewhere all their codings count. Sources being coded blind are
    left out whole, and so is what was withdrawn.
    """
    hidden = sources_being_coded_blind(session)
    settled = _settled_sources()
    source = col(CodedSegmentRow.source_id)
    layer = col(CodedSegmentRow.layer)
    in_analysis = source.not_in(hidden) & codings_in_analysis(session)
    return in_analysis & or_(
        (layer == CODERS) & source.not_in(settled),
        (layer == AGREED) & source.in_(settled),
    )


def settled_in_layers(
    session: Session,
) -> tuple[tuple[ColumnElement[bool], Callable[[str], bool]], ...]:
    """The same as ``settled_codings``, layer by layer, for counting a whole study.

    For each layer the condition on its codings, and whether a source's are taken from
    it: asked once for a source, and not for each of its codings.
    """
    hidden = sources_being_coded_blind(session)
    settled = set(session.scalars(_settled_sources()))
    layer, in_analysis = col(CodedSegmentRow.layer), codings_in_analysis(session)
    return (
        (
            (layer == CODERS) & in_analysis,
            lambda source: source not in settled and source not in hidden,
        ),
        (
            (layer == AGREED) & in_analysis,
            lambda source: source in settled and source not in hidden,
        ),
    )


def _settled_sources() -> Select[str]:
    return select(col(SettledSourceRow.source_id)).where(
        col(SettledSourceRow.reopened_at).is_(None)
    )


def readable_suggestions(
    session: Session, reader_id: str | None
) -> ColumnElement[bool]:
    """The condition that keeps every suggestion for a source read blind out.

    And those for what was withdrawn; those for a transcript drawn to be coded without
    are kept from everybody.
    """
    source = col(SuggestionRow.source_id)
    hidden = hidden_sources(session, reader_id)
    return (
        source.not_in(hidden)
        & source.not_in(_drawn_without())
        & suggestions_in_analysis(session)
    )


def sources_drawn_without(session: Session) -> set[str]:
    """Sources that chance has coded without suggestions, while a draw is under way."""
    return set(session.scalars(_drawn_without()))


def drawn_without(session: Session, source_id: str) -> bool:
    """Whether chance fell so that a transcript is coded without suggestions."""
    query = _drawn_without().where(col(DrawnSourceRow.source_id) == source_id)
    return session.scalars(query.limit(1)).first() is not None


def readable_lines(session: Session, reader_id: str | None) -> ColumnElement[bool]:
    """The condition that keeps out audit lines on hidden work: they name its places.

    A person's own lines stay.
    """
    source = col(AuditLineRow.detail)["source"].as_string()
    readable = or_(source.is_(None), source.not_in(hidden_sources(session, reader_id)))
    if reader_id is None:
        return readable
    return or_(readable, col(AuditLineRow.person_id) == reader_id)


def hidden_sources(session: Session, reader_id: str | None) -> set[str]:
    """Sources the reader codes blind; where no reader is named, all coded blind."""
    if reader_id is None:
        return sources_being_coded_blind(session)
    return sources_read_blind(session, reader_id)


def _drawn_without() -> Select[str]:
    return (
        select(col(DrawnSourceRow.source_id))
        .join(
            SuggestionDrawRow,
            col(SuggestionDrawRow.id) == col(DrawnSourceRow.draw_id),
        )
        .where(
            col(DrawnSourceRow.with_suggestions).is_(False),
            col(SuggestionDrawRow.ended_at).is_(None),
        )
    )


def open_passes() -> Select[str]:
    """The sources of blind first passes that somebody has not finished."""
    return select(col(AssignmentRow.source_id)).where(
        col(AssignmentRow.is_blind).is_(True), col(AssignmentRow.finished_at).is_(None)
    )
