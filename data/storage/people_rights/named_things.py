"""Participants, sources and cases by the name people know them by."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from data.people_rights.withdrawal import About, Kind
from data.storage.database import refuse
from data.tables import CaseRow, ParticipantRow, SourceRow

_NAME: dict[Kind, tuple[Any, Any]] = {
    Kind.PARTICIPANT: (ParticipantRow, col(ParticipantRow.pseudonym)),
    Kind.SOURCE: (SourceRow, col(SourceRow.name)),
    Kind.CASE: (CaseRow, col(CaseRow.reference)),
}


def names_of(session: Session, kind: Kind) -> dict[str, str]:
    """Every participant's pseudonym, source's name or case's reference, by id."""
    table, name = _NAME[kind]
    return dict(session.execute(select(col(table.id), name)).all())


def find_about(session: Session, kind: Kind, id_or_name: str) -> About:
    """The thing of that id, or of that name, letter case aside.

    Raises DataRefused where the study has none.
    """
    names = names_of(session, kind)
    wanted = id_or_name.strip()
    if wanted in names:
        return About(kind, wanted, names[wanted])
    found = [one for one, name in names.items() if name.casefold() == wanted.casefold()]
    if found:
        return About(kind, found[0], names[found[0]])
    return refuse(
        f"The study has no {kind.value} of this name or id.",
        kind.in_words,
        "Look at the list on the page People's rights: it may have been erased "
        "already. Nothing was changed.",
    )
