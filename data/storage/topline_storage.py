"""Storing survey toplines, and what is assumed where their waves are compared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select

from data.figures.survey_toplines import Survey, SurveyTopline
from data.figures.wave_comparison import WaveAssumption
from data.rights import Right
from data.storage.database import StudyDatabase, names_of_people, refuse
from data.tables import SurveyAssumptionRow, SurveyToplineRow, now

_NOTHING = "Nothing was saved."
_Place = tuple[str, str, str, str, str]
"""Survey, wave, question, statement and answer of a figure."""


@dataclass(frozen=True, slots=True)
class KeptAssumption:
    """An assumption as it is kept: who said it, when, and its version."""

    assumption: WaveAssumption
    said_by: str
    said_at: datetime
    version: int


class ToplineStorage:
    """Reads and saves the printed figures of surveys."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def save(self, actor_id: str, toplines: Sequence[SurveyTopline]) -> int:
        """How many figures were saved.

        A wave of a survey is one publication: whatever the study holds of the same
        survey and wave goes, so that no figure of an earlier file stays among them. An
        answer that is there again keeps its id: what rests on it still finds it.
        """
        with self._database.writing(actor_id, Right.IMPORT_SURVEYS) as writing:
            session = writing.session
            waves = dict.fromkeys((one.survey, one.wave) for one in toplines)
            former: dict[_Place, str] = {}
            for wave in waves:
                former |= _take_out(session, *wave)
            last = session.exec(select(func.max(SurveyToplineRow.position))).one()
            start = 0 if last is None else last + 1
            session.add_all(
                _row(one, position, former.get(_place(one)))
                for position, one in enumerate(toplines, start=start)
            )
            writing.record(
                "survey results imported",
                "survey",
                count=len(toplines),
                waves=len(waves),
                replaced=len(former),
            )
        return len(toplines)

    def toplines(self) -> list[SurveyTopline]:
        """All figures, each file's in its own order, the newest file last."""
        with self._database.reading() as session:
            rows = session.exec(
                select(SurveyToplineRow).order_by(col(SurveyToplineRow.position))
            ).all()
            return [_topline(row) for row in rows]

    def assumption(self, survey: Survey) -> KeptAssumption | None:
        """What is assumed of a survey's waves, or nothing where nobody said it."""
        with self._database.reading() as session:
            row = session.get(SurveyAssumptionRow, survey.value)
            if row is None:
                return None
            return KeptAssumption(
                WaveAssumption(row.share, row.source, row.context),
                names_of_people(session).get(row.said_by, ""),
                row.said_at,
                row.version,
            )

    def assume(
        self,
        actor_id: str,
        survey: Survey,
        share_percent: float,
        source: str,
        context: str = "",
        *,
        seen_version: int = 0,
    ) -> None:
        """Keep what share of everybody each wave reached, in per cent, and who says so.

        Raises DataRefused for a survey whose waves are never compared, a share that
        cannot be one, a source that is empty, and where somebody else was quicker.
        """
        if not survey.waves_compared:
            refuse(
                f"The waves of a {survey.value.lower()} are never compared.",
                survey.value,
                f"They are unweighted and not representative. {_NOTHING}",
            )
        if not 0 < share_percent < 100:
            refuse(
                f"{share_percent:g} per cent cannot be the share of all staff.",
                "Share of all staff",
                f"Write a number between 0 and 100. {_NOTHING}",
            )
        if not source.strip():
            refuse(
                "It does not say where the share is stated.",
                "Where that is stated",
                f"Name the report and the page, or what you know it from. {_NOTHING}",
            )
        kept: dict[str, Any] = {
            "share": share_percent / 100,
            "source": source.strip(),
            "context": context.strip(),
            "said_by": actor_id,
            "said_at": now(),
        }
        with self._database.writing(actor_id, Right.IMPORT_SURVEYS) as writing:
            row = writing.session.get(SurveyAssumptionRow, survey.value)
            if row is None:
                writing.session.add(SurveyAssumptionRow(id=survey.value, **kept))
            else:
                writing.change(row, seen_version, **kept)
            writing.record("survey assumption said", "survey", survey.value)


def _take_out(session: Session, survey: Survey, wave: str) -> dict[_Place, str]:
    """The ids of the figures that went, by their place."""
    rows = session.exec(
        select(SurveyToplineRow).where(
            col(SurveyToplineRow.survey) == survey.value,
            col(SurveyToplineRow.wave) == wave,
        )
    ).all()
    former = {_place(row): row.id for row in rows}
    for row in rows:
        session.delete(row)
    # Before the new rows come: they may have the same question, statement and answer.
    session.flush()
    session.expunge_all()
    return former


def _place(one: SurveyTopline | SurveyToplineRow) -> _Place:
    return (str(one.survey), one.wave, one.question, one.statement, one.answer)


def _row(one: SurveyTopline, position: int, former_id: str | None) -> SurveyToplineRow:
    # A driver may write an enumeration by its name; what is kept is its value.
    kept = asdict(one) | {"survey": one.survey.value}
    if former_id is not None:
        kept["id"] = former_id
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
