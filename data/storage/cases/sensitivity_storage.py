"""Storing what other settings of a plan chose, with the pairing it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlmodel import col, select

from data.pairings import SensitivityRun
from data.rights import Right
from data.storage.database import StudyDatabase, refuse
from data.tables import PairingRow, PersonRow, SensitivityRunRow
from matching.checking.sensitivity import Setting, SettingResult
from matching.pairing import IncompleteRecords


class SensitivityStorage:
    """Reads and saves runs of other settings; a later run never replaces one."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(
        self,
        actor_id: str,
        pairing_id: str,
        results: Sequence[SettingResult],
        *,
        cases_version: int,
    ) -> None:
        """Keep the results with their pairing; DataRefused where there is none."""
        with self._database.writing(actor_id, Right.MAKE_REPORTS) as writing:
            if writing.session.get(PairingRow, pairing_id) is None:
                refuse(
                    "The matches these settings belong to are not in the study.",
                    "Other settings",
                    "Open the page again. Nothing was saved.",
                )
            row = SensitivityRunRow(
                pairing_id=pairing_id,
                results=[asdict(one) for one in results],
                cases_version=cases_version,
                run_by=actor_id,
            )
            writing.session.add(row)
            writing.session.flush()
            writing.record(
                "other settings tried",
                "pairing",
                pairing_id,
                settings=len(results),
            )

    def latest(self, pairing_id: str) -> SensitivityRun | None:
        """The run of a pairing that was made last, or nothing."""
        with self._database.reading() as session:
            row = session.exec(
                select(SensitivityRunRow)
                .where(SensitivityRunRow.pairing_id == pairing_id)
                .order_by(col(SensitivityRunRow.run_at).desc())
                .limit(1)
            ).first()
            if row is None:
                return None
            person = session.get(PersonRow, row.run_by)
            return SensitivityRun(
                row.pairing_id,
                tuple(_result(one) for one in row.results),
                row.cases_version,
                person.name if person else "",
                row.run_at,
            )


def _result(kept: dict[str, Any]) -> SettingResult:
    return SettingResult(
        **{
            **kept,
            "setting": Setting(kept["setting"]),
            "incomplete": IncompleteRecords(**kept["incomplete"]),
        }
    )
