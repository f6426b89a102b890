"""Keeping what trying suggestions on the study's own codes showed, with its day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from data.rights import Right
from data.storage.coders.blind_passes import sources_being_coded_blind
from data.storage.database import StudyDatabase
from data.tables import PersonRow, TrustReportRow


@dataclass(frozen=True, slots=True)
class KeptTrustReport:
    """A report as kept: numbers, ids and places by name, never words of a source."""

    id: str
    made_by: str
    made_at: datetime
    engine: str
    result: dict[str, Any]


class TrustStorage:
    """Keeps every report; the newest is shown."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def keep(self, actor_id: str, engine: str, result: dict[str, Any]) -> None:
        """Keep a report under the engine's state."""
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            row = TrustReportRow(made_by=actor_id, engine=engine, result=result)
            writing.session.add(row)
            writing.record("suggestions tried", "study", row.id, engine=engine)

    def newest(self) -> KeptTrustReport | None:
        """The last report that was made, or nothing."""
        with self._database.reading() as session:
            found = session.execute(
                select(TrustReportRow, col(PersonRow.name))
                .join(PersonRow, col(PersonRow.id) == col(TrustReportRow.made_by))
                .order_by(col(TrustReportRow.made_at).desc())
                .limit(1)
            ).first()
            if found is None:
                return None
            row, by = found
            return KeptTrustReport(row.id, by, row.made_at, row.engine, row.result)

    def hidden_now(self) -> set[str]:
        """Sources whose codings anybody may not read as it stands now."""
        with self._database.reading() as session:
            return sources_being_coded_blind(session)
