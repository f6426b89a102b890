"""Storing when waves were held and what for."""

from __future__ import annotations

from sqlalchemy import select
from sqlmodel import col

from coding.study_design.wave_times import dates_problems
from data.rights import Right
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.study_design.design_checks import (
    NOTHING_SAVED,
    earlier_words,
    keep_words,
    no_longer_there,
    refuse_if,
    text_problems,
)
from data.storage.study_design.design_records import EarlierDesignWords, WavePlan
from data.storage.study_storage import ensure_wave
from data.tables import WavePlanRow, WaveRow


class WaveStorage:
    """Saves the time and the purpose of waves."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def all(self) -> list[WavePlan]:
        """Every wave in its order, with what was said of it."""
        with self._database.reading() as session:
            plans = {row.wave_id: row for row in session.scalars(select(WavePlanRow))}
            waves = session.scalars(
                select(WaveRow).order_by(col(WaveRow.position), col(WaveRow.name))
            )
            return [_plan(wave, plans.get(wave.id)) for wave in waves]

    def add_wave(self, actor_id: str, name: str) -> WavePlan:
        """A new wave, last in the order. Raises DataRefused where there is one so."""
        wanted = " ".join(name.split())
        with self._database.writing(actor_id, Right.DESIGN_STUDY) as writing:
            known = writing.session.scalars(select(col(WaveRow.name))).all()
            if not wanted:
                refuse("It has no name.", "Wave", f"Give it one. {NOTHING_SAVED}")
            if wanted.casefold() in {one.casefold() for one in (*known, "No wave")}:
                refuse(
                    "Another wave has this name.",
                    "Wave",
                    f"Choose another name. {NOTHING_SAVED}",
                )
            row = ensure_wave(writing, wanted)
            writing.record("wave added", "wave", row.id)
            return _plan(row, None)

    def change(self, actor_id: str, plan: WavePlan) -> WavePlan:
        """The wave with these days and this purpose; the former words are kept.

        Raises DataRefused where it ends before it starts, or somebody was quicker.
        """
        with self._database.writing(actor_id, Right.DESIGN_STUDY) as writing:
            session = writing.session
            wave = session.get(WaveRow, plan.wave_id)
            if wave is None:
                refuse_if([no_longer_there("Wave")])
            assert wave is not None
            refuse_if(
                [
                    *dates_problems(plan.time),
                    *text_problems((plan.purpose, f"{plan.wave}, purpose")),
                ]
            )
            row = _row_of(writing, wave)
            seen = max(plan.version, 1)
            new = {
                "starts_on": plan.starts_on,
                "ends_on": plan.ends_on,
                "purpose": plan.purpose.strip(),
            }
            keep_words(writing, row, new)
            writing.change(row, seen, **new)
            writing.record("wave described", "wave", wave.id)
            return _plan(wave, row)

    def earlier_words(self, wave_id: str) -> list[EarlierDesignWords]:
        """What was said of a wave before, the newest first."""
        with self._database.reading() as session:
            row = session.scalars(
                select(WavePlanRow).where(col(WavePlanRow.wave_id) == wave_id)
            ).first()
            return earlier_words(session, row.id) if row else []


def _row_of(writing: Writing, wave: WaveRow) -> WavePlanRow:
    """The row of a wave's plan, made where there is none yet."""
    session = writing.session
    row = session.scalars(
        select(WavePlanRow).where(col(WavePlanRow.wave_id) == wave.id)
    ).first()
    if row is None:
        row = WavePlanRow(wave_id=wave.id)
        session.add(row)
        session.flush()
    return row


def _plan(wave: WaveRow, row: WavePlanRow | None) -> WavePlan:
    if row is None:
        return WavePlan(wave.id, wave.name)
    return WavePlan(
        wave.id, wave.name, row.starts_on, row.ends_on, row.purpose, row.version
    )
