"""Writing a role, team or locality in one way where it was written in two."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlmodel import col

from coding.study_design.aims import FACTS
from data.rights import Right
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.study_design.aims_storage import (
    add_aims_version,
    standing_aims,
    with_fact,
)
from data.storage.study_design.design_checks import NOTHING_SAVED
from data.tables import ParticipantRow, ShortfallReasonRow


@dataclass(frozen=True, slots=True)
class Respelt:
    """One spelling in place of another: of which participants, and whether of aims."""

    field: str
    was: str
    becomes: str
    participant_ids: tuple[str, ...]
    in_aims: bool


class SpellingStorage:
    """Joins two spellings of one thing on a person's word, and parts them again."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def join(self, actor_id: str, field: str, was: str, becomes: str) -> Respelt:
        """What was changed: participants and aims of one spelling have the other now.

        Raises DataRefused where it would give two aims for one group, and changes
        nothing then.
        """
        if field not in FACTS:
            raise ValueError(f"no such fact: {field}")
        with self._database.writing(actor_id, Right.IMPORT_SOURCES) as writing:
            writing.require(Right.DESIGN_STUDY)
            column = getattr(ParticipantRow, field)
            ids = writing.session.scalars(
                select(col(ParticipantRow.id)).where(column == was)
            ).all()
            done = Respelt(field, was, becomes, tuple(ids), _has(writing, field, was))
            _respell(writing, done, was, becomes)
            return done

    def part(self, actor_id: str, done: Respelt) -> None:
        """Take a joining back: those it changed are spelt as before."""
        with self._database.writing(actor_id, Right.IMPORT_SOURCES) as writing:
            writing.require(Right.DESIGN_STUDY)
            _respell(writing, done, done.becomes, done.was)


def _has(writing: Writing, field: str, was: str) -> bool:
    aims = standing_aims(writing.session)
    return any(getattr(aim.group, field) == was for aim in aims)


def _respell(writing: Writing, done: Respelt, was: str, becomes: str) -> None:
    session = writing.session
    rows = session.scalars(
        select(ParticipantRow).where(
            col(ParticipantRow.id).in_(done.participant_ids),
            getattr(ParticipantRow, done.field) == was,
        )
    ).all()
    for row in rows:
        writing.change(row, row.version, **{done.field: becomes})
    if done.in_aims:
        _respell_aims(writing, done.field, was, becomes)
    writing.record("spelling joined", "participant", "", count=len(rows))


def _respell_aims(writing: Writing, field: str, was: str, becomes: str) -> None:
    aims = [with_fact(a, field, was, becomes) for a in standing_aims(writing.session)]
    groups = [aim.group for aim in aims]
    twice = _first_twice(groups)
    if twice:
        refuse(
            f"There would be two aims for one group: {twice}.",
            "Aims",
            f"Make one of the two rows first. {NOTHING_SAVED}",
        )
    add_aims_version(writing, aims, f"{was} is now spelt {becomes}.")
    reasons = writing.session.scalars(select(ShortfallReasonRow)).all()
    taken = {(r.wave_key, r.role, r.team, r.locality) for r in reasons}
    for row in reasons:
        if getattr(row, field) != was:
            continue
        key = {
            "wave_key": row.wave_key,
            "role": row.role,
            "team": row.team,
            "locality": row.locality,
            field: becomes,
        }
        if tuple(key.values()) not in taken:
            writing.change(row, row.version, **{field: becomes})


def _first_twice(groups: Sequence[object]) -> str:
    seen = set()
    for one in groups:
        if one in seen:
            return str(getattr(one, "in_words", one))
        seen.add(one)
    return ""
