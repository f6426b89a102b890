"""Who may mark passages in a source that was given to coders."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BindParameter, bindparam
from sqlmodel import Session, col, select

from coding.study import Person
from data.storage.coders.blind_passes import (
    drawn_without,
    open_passes,
    sources_read_blind,
)
from data.storage.database import refuse
from data.storage.people_rights.withdrawn import withdrawn_sources
from data.tables import AssignmentRow, SettledSourceRow

_WHERE = "The transcript"

_SOURCE: BindParameter[Any] = bindparam("source")
_GIVEN = (
    col(AssignmentRow.source_id) == _SOURCE,
    col(AssignmentRow.coder_id) == bindparam("coder"),
)
# Asked for every coding, so it is one question.
_STANDING = select(
    select(SettledSourceRow.id)
    .where(
        col(SettledSourceRow.source_id) == _SOURCE,
        col(SettledSourceRow.reopened_at).is_(None),
    )
    .exists(),
    select(AssignmentRow.id).where(*_GIVEN).exists(),
    select(AssignmentRow.finished_at).where(*_GIVEN).scalar_subquery(),
    open_passes().where(col(AssignmentRow.source_id) == _SOURCE).exists(),
)


def require_may_code_here(session: Session, actor: Person, source_id: str) -> None:
    """Refuse whoever may not mark passages in this source as it stands.

    That is whoever said that they are done, who is not among the coders of a source
    being coded blind, and everybody once its differences are settled or it was
    withdrawn.
    """
    if source_id in withdrawn_sources(session):
        refuse(
            "This source was withdrawn, so nothing was changed.",
            _WHERE,
            "Go on with another. A study lead can say more.",
        )
    asked = {"source": source_id, "coder": actor.id}
    is_settled, is_given, finished_at, is_coded_blind = (
        session.connection().execute(_STANDING, asked).one()
    )
    if is_settled:
        refuse(
            "What the coders settled here is closed, so nothing was changed.",
            _WHERE,
            "Reopen it on the page Two coders first.",
        )
    if finished_at is not None:
        refuse(
            "You said that you are done with this transcript, so nothing was changed.",
            _WHERE,
            "Reopen it on the page Two coders, with the reason.",
        )
    if is_coded_blind and not is_given:
        refuse(
            "This transcript is being coded blind by others, so nothing was changed.",
            _WHERE,
            "Wait until they are done, or have it given to you on the page Two coders.",
        )


def require_sees_suggestions(session: Session, actor: Person, source_id: str) -> None:
    """Refuse a decision on a suggestion where none is to be seen.

    By who codes the source blind, and by anybody where it was drawn to go without.
    """
    if drawn_without(session, source_id):
        refuse(
            "This transcript was drawn to be coded without suggestions.",
            _WHERE,
            "Code the passage yourself.",
        )
    if source_id in sources_read_blind(session, actor.id):
        refuse(
            "Suggestions are hidden while you code this transcript blind.",
            _WHERE,
            "Code the passage yourself.",
        )


def settled_row(session: Session, source_id: str) -> SettledSourceRow | None:
    """The row that says a source is settled, as it stands now, or nothing."""
    return session.exec(
        select(SettledSourceRow).where(
            col(SettledSourceRow.source_id) == source_id,
            col(SettledSourceRow.reopened_at).is_(None),
        )
    ).first()
