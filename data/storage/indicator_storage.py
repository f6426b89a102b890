"""Storing quarterly indicators."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from data.figures.indicators import IndicatorValue
from data.rights import Right
from data.storage.database import StudyDatabase
from data.tables import IndicatorValueRow


class IndicatorStorage:
    """Reads and saves indicator values."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(self, actor_id: str, values: Sequence[IndicatorValue]) -> int:
        """How many values were saved; one known by indicator, quarter and area is
        replaced by the newer."""
        with self._database.writing(actor_id, Right.IMPORT_INDICATORS) as writing:
            session = writing.session
            known = {
                (row.indicator, row.quarter, row.area): row
                for row in session.exec(select(IndicatorValueRow))
            }
            replaced = 0
            for position, one in enumerate(values, start=len(known)):
                row = known.get((one.indicator, one.quarter, one.area))
                if row is None:
                    row = IndicatorValueRow(
                        indicator=one.indicator,
                        quarter=one.quarter,
                        area=one.area,
                        position=position,
                    )
                    session.add(row)
                else:
                    replaced += 1
                row.value, row.unit, row.source = one.value, one.unit, one.source
            writing.record(
                "indicators imported", "indicator", count=len(values), replaced=replaced
            )
        return len(values)

    def values(self) -> list[IndicatorValue]:
        """All values in the order they were first imported."""
        with self._database.reading() as session:
            rows = session.exec(
                select(IndicatorValueRow).order_by(col(IndicatorValueRow.position))
            ).all()
            return [
                IndicatorValue(
                    row.indicator,
                    row.quarter,
                    row.area,
                    row.value,
                    row.unit,
                    row.source,
                )
                for row in rows
            ]
