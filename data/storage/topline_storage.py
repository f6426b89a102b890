"""Storing survey toplines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

from sqlmodel import Session, col, func, select

from data.figures.survey_toplines import Survey, SurveyTopline
from data.rights import Right
from data.storage.database import StudyDatabase
from data.tables import SurveyToplineRow


class ToplineStorage:
    """Reads and saves the printed figures of surveys."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(self, actor_id: str, toplines: Sequence[SurveyTopline]) -> int:
        """How many figures were saved.

        A wave of a survey is one publication: whatever the study holds of the same
        survey and wave goes, so that no figure of an earlier file stays among them.
        """
        with self._database.writing(actor_id, Right.IMPORT_SURVEYS) as writing:
            session = writing.session
            waves = dict.fromkeys((one.survey, one.wave) for one in toplines)
            replaced = sum(_take_out(session, *wave) for wave in waves)
            last = session.exec(select(func.max(SurveyToplineRow.position))).one()
            start = 0 if last is None else last + 1
            session.add_all(
                _row(one, position)
                for position, one in enumerate(toplines, start=start)
            )
            writing.record(
                "survey results imported",
                "survey",
                count=len(toplines),
                waves=len(waves),
                replaced=replaced,
            )
        return len(toplines)

    def toplines(self) -> list[SurveyTopline]:
        """All figures, each file's in its own order, the newest file last."""
        with self._database.reading() as session:
            rows = session.exec(
                select(SurveyToplineRow).order_by(col(SurveyToplineRow.position))
            ).all()
            return [_topline(row) for row in rows]


def _take_out(session: Session, survey: Survey, wave: str) -> int:
    rows = session.exec(
        select(SurveyToplineRow).where(
            col(SurveyToplineRow.survey) == survey.value,
            col(SurveyToplineRow.wave) == wave,
        )
    ).all()
    for row in rows:
        session.delete(row)
    # Before the new rows come: they may have the same question, statement and answer.
    session.flush()
    return len(rows)


def _row(one: SurveyTopline, position: int) -> SurveyToplineRow:
    # A driver may write an enumeration by its name; what is kept is its value.
    kept = asdict(one) | {"survey": one.survey.value}
    return SurveyToplineRow(**kept, position=position)


def _topline(row: SurveyToplineRow) -> SurveyTopline:
    return SurveyTopline(
        survey=Survey(row.survey),
        wave=row.wave,
        question=row.question,
        statement=row.statement,
        answer=row.answer,
        count=row.count,
        percent=row.percent,
        base=row.base,
        topic=row.topic,
        fieldwork=row.fieldwork,
        note=row.note,
        source=row.source,
    )
