"""Reading the audit trail; its lines are written by the changes themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, func, select

from data.storage.coders.blind_passes import readable_lines
from data.storage.coders.others_read import OTHERS_OPENED
from data.storage.database import StudyDatabase
from data.tables import AuditLineRow, PersonRow


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the audit trail; ``person`` is empty before the study has people."""

    number: int
    at: datetime
    person: str
    action: str
    about_kind: str
    about_id: str
    detail: Mapping[str, Any]


class AuditStorage:
    """Reads the audit trail."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def lines(
        self, *, limit: int | None = None, reader_id: str | None = None
    ) -> list[AuditLine]:
        """The newest lines first, of those the reader may see.

        Lines on a source being coded blind say where its coders marked what: they are
        left out for each of them but their own, and whole where no reader is named.
        """
        with self._database.reading() as session:
            query = (
                select(AuditLineRow, PersonRow)
                .join(
                    PersonRow,
                    col(PersonRow.id) == col(AuditLineRow.person_id),
                    isouter=True,
                )
                .where(readable_lines(session, reader_id))
                .order_by(col(AuditLineRow.number).desc())
            )
            return [
                AuditLine(
                    row.number or 0,
                    row.at,
                    person.name if person else "",
                    row.action,
                    row.about_kind,
                    row.about_id,
                    row.detail,
                )
                for row, person in session.exec(query.limit(limit) if limit else query)
            ]

    def last_change(self) -> datetime | None:
        """When something was last changed, or nothing.

        That somebody read others' codings changes nothing that is counted or shown.
        """
        query = select(func.max(AuditLineRow.at)).where(
            AuditLineRow.action != OTHERS_OPENED
        )
        with self._database.reading() as session:
            return session.exec(query).one()
