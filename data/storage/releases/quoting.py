"""Who may not be quoted: those who said so, and those who withdrew."""

from __future__ import annotations

from sqlmodel import Session

from data.storage.people_rights.withdrawn import (
    not_to_be_quoted,
    withdrawn_participants,
)


def may_not_be_quoted(session: Session) -> set[str]:
    """The participants, by id, whose words may not leave the study."""
    return not_to_be_quoted(session) | withdrawn_participants(session)
