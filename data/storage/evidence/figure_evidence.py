"""Published figures as evidence: values and areas of indicators, survey answers."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import Session, col

from coding.transcripts import text_hash
from data.figures.indicator_series import (
    indicator_series,
    read_area,
    value_in_words,
)
from data.figures.indicators import IndicatorValue
from data.storage.evidence.evidence_records import StateNow
from data.tables import IndicatorValueRow, SurveyToplineRow


def indicator_values_now(
    session: Session, ids: Sequence[str], _reader_id: str | None
) -> dict[str, StateNow]:
    """How single values of indicators stand; those that are gone are left out."""
    rows = session.scalars(
        select(IndicatorValueRow).where(col(IndicatorValueRow.id).in_(ids))
    )
    found = {}
    for row in rows:
        value = (
            "no value" if row.value is None else f"{row.value:,g} {row.unit}".strip()
        )
        found[row.id] = StateNow(
            f"{row.indicator}, {row.area}, {row.quarter}",
            value,
            place_id=row.indicator,
            kept={"value": value},
        )
    return found


def indicator_areas_now(
    session: Session, ids: Sequence[str], _reader_id: str | None
) -> dict[str, StateNow]:
    """How an indicator in one area stands over its quarters.

    It is known by the id of any of its values. What is kept tells of every quarter.
    """
    found = {}
    for one in session.scalars(
        select(IndicatorValueRow).where(col(IndicatorValueRow.id).in_(ids))
    ).all():
        values = [
            IndicatorValue(r.indicator, r.quarter, r.area, r.value, r.unit, r.source)
            for r in session.scalars(
                select(IndicatorValueRow).where(
                    col(IndicatorValueRow.indicator) == one.indicator,
                    col(IndicatorValueRow.area) == one.area,
                )
            )
        ]
        series = indicator_series(values, one.indicator)
        read = read_area(series, one.area)
        told = sorted(f"{v.quarter} {v.value}" for v in values)
        found[one.id] = StateNow(
            f"{one.indicator}, {one.area}",
            "no value in any quarter"
            if read is None
            else (
                f"{value_in_words(read.first, series.unit)} in {read.first_quarter}, "
                f"{value_in_words(read.last, series.unit)} in {read.last_quarter}; "
                f"lowest {value_in_words(read.lowest, series.unit)}, "
                f"highest {value_in_words(read.highest, series.unit)}"
            ),
            place_id=one.indicator,
            kept={"words": text_hash("\n".join(told))},
        )
    return found


def survey_answers_now(
    session: Session, ids: Sequence[str], _reader_id: str | None
) -> dict[str, StateNow]:
    """How printed answers of surveys stand; those that are gone are left out."""
    rows = session.scalars(
        select(SurveyToplineRow).where(col(SurveyToplineRow.id).in_(ids))
    )
    found = {}
    for row in rows:
        parts = []
        if row.percent is not None:
            parts.append(f"{row.percent:g}%")
        if row.count is not None:
            parts.append(f"{row.count:,}")
        value = f"{', '.join(parts) or 'no value'} of {row.base:,}"
        found[row.id] = StateNow(
            f"{row.survey}, {row.wave}: {row.statement or row.question}, {row.answer}",
            value,
            place_id=row.survey,
            kept={"value": value},
        )
    return found
