"""Storing aims, whole and beside the former ones, and reasons for shortfalls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from coding.mentions import NO_WAVE
from coding.study_design.aims import Aim, Group
from data.rights import Right
from data.storage.database import StudyDatabase, Writing, names_of_people, refuse
from data.storage.study_design.design_checks import (
    NOTHING_SAVED,
    earlier_words,
    keep_words,
    refuse_if,
    text_problems,
)
from data.storage.study_design.design_records import (
    NO_WAVE_ID,
    AimsVersion,
    EarlierDesignWords,
    ShortfallReason,
)
from data.tables import AimsVersionRow, ShortfallReasonRow, WaveRow, now


class AimsStorage:
    """Saves aims as versions, and why groups were not reached."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def standing(self) -> AimsVersion:
        """The aims as they now stand; number 0 where none were ever set."""
        versions = self.versions()
        return versions[0] if versions else AimsVersion(0, ())

    def versions(self) -> list[AimsVersion]:
        """Every version of the aims, the newest first."""
        with self._database.reading() as session:
            names = names_of_people(session)
            waves = _wave_names(session)
            rows = session.scalars(
                select(AimsVersionRow).order_by(col(AimsVersionRow.number).desc())
            )
            return [
                AimsVersion(
                    row.number or 0,
                    tuple(_aim(one, waves) for one in row.aims),
                    row.reason,
                    names.get(row.set_by, ""),
                    row.set_at,
                )
                for row in rows
            ]

    def set(
        self, actor_id: str, aims: Sequence[Aim], *, seen: int, reason: str = ""
    ) -> AimsVersion:
        """The aims as kept, with their number; those before stay readable.

        ``seen`` is the number that stood when they were opened. Raises DataRefused
        where others were set meanwhile, or a wave is not in the study.
        """
        with self._database.writing(actor_id, Right.DESIGN_STUDY) as writing:
            refuse_if(text_problems((reason, "Why they changed")))
            if _newest(writing.session) != seen:
                refuse(
                    "Somebody else set aims while you were working on these.",
                    "Aims",
                    "Open the page in another window, compare, and save again from "
                    f"there. {NOTHING_SAVED}",
                )
            row = add_aims_version(writing, aims, reason)
            return AimsVersion(row.number or 0, tuple(aims), row.reason)

    def reasons(self) -> dict[Group, ShortfallReason]:
        """Why groups were not reached, by group."""
        with self._database.reading() as session:
            names, waves = names_of_people(session), _wave_names(session)
            found = [
                _reason(row, names, waves)
                for row in session.scalars(select(ShortfallReasonRow))
                if row.words
            ]
            return {one.group: one for one in found}

    def give_reason(
        self, actor_id: str, group: Group, words: str, *, seen: int = 0
    ) -> None:
        """Keep why a group was not reached; what was said before stays readable.

        ``seen`` is the version of the reason that was read, 0 for none. Empty words
        take the reason away.
        """
        with self._database.writing(actor_id, Right.TELL_OF_FIELDWORK) as writing:
            session = writing.session
            refuse_if(text_problems((words, f"{group.in_words}, reason")))
            key = _wave_key(session, group.wave)
            row = session.scalars(
                select(ShortfallReasonRow).where(
                    col(ShortfallReasonRow.wave_key) == key,
                    col(ShortfallReasonRow.role) == group.role,
                    col(ShortfallReasonRow.team) == group.team,
                    col(ShortfallReasonRow.locality) == group.locality,
                )
            ).first()
            if row is None:
                row = ShortfallReasonRow(
                    wave_key=key,
                    role=group.role,
                    team=group.team,
                    locality=group.locality,
                    written_by=actor_id,
                )
                session.add(row)
                session.flush()
            # A reason that was taken away again is as good as none.
            was_seen = seen or (row.version if not row.words else 0)
            new: dict[str, Any] = {"words": words.strip()}
            keep_words(writing, row, new)
            writing.change(row, was_seen, **new, written_by=actor_id, written_at=now())
            writing.record("reason for a shortfall", "shortfall_reason", row.id)

    def earlier_reasons(self, reason_id: str) -> list[EarlierDesignWords]:
        """What a reason said before, the newest first."""
        with self._database.reading() as session:
            return earlier_words(session, reason_id)


def add_aims_version(
    writing: Writing, aims: Sequence[Aim], reason: str
) -> AimsVersionRow:
    """A new version of the aims inside a change."""
    assert writing.actor is not None
    session = writing.session
    row = AimsVersionRow(
        aims=[
            {
                "wave": _wave_key(session, aim.group.wave),
                "role": aim.group.role,
                "team": aim.group.team,
                "locality": aim.group.locality,
                "people": aim.people,
                "interviews": aim.interviews,
            }
            for aim in aims
        ],
        reason=reason.strip(),
        set_by=writing.actor.id,
    )
    session.add(row)
    session.flush()
    writing.record("aims set", "aims", str(row.number), count=len(aims))
    return row


def standing_aims(session: Session) -> list[Aim]:
    """The aims that stand, inside a change."""
    row = session.scalars(
        select(AimsVersionRow).order_by(col(AimsVersionRow.number).desc())
    ).first()
    waves = _wave_names(session)
    return [_aim(one, waves) for one in row.aims] if row else []


def with_fact(aim: Aim, field: str, was: str, becomes: str) -> Aim:
    """The aim with one spelling of a fact in place of another."""
    if getattr(aim.group, field) != was:
        return aim
    return replace(aim, group=replace(aim.group, **{field: becomes}))


def _newest(session: Session) -> int:
    rows = session.scalars(select(col(AimsVersionRow.number))).all()
    return max((one or 0 for one in rows), default=0)


def _wave_names(session: Session) -> dict[str, str]:
    return {row.id: row.name for row in session.scalars(select(WaveRow))}


def _wave_key(session: Session, wave: str) -> str:
    if wave in ("", NO_WAVE):
        return NO_WAVE_ID if wave else ""
    found = session.scalars(
        select(col(WaveRow.id)).where(col(WaveRow.name) == wave)
    ).first()
    if found is None:
        refuse(
            "The study has no wave of this name.",
            wave,
            f"Choose one of its waves. {NOTHING_SAVED}",
        )
    return found


def _wave_of(key: str, waves: Mapping[str, str]) -> str:
    return NO_WAVE if key == NO_WAVE_ID else waves.get(key, "")


def _aim(kept: Mapping[str, Any], waves: Mapping[str, str]) -> Aim:
    group = Group(
        _wave_of(kept["wave"], waves), kept["role"], kept["team"], kept["locality"]
    )
    return Aim(group, kept["people"], kept["interviews"])


def _reason(
    row: ShortfallReasonRow, names: Mapping[str, str], waves: Mapping[str, str]
) -> ShortfallReason:
    return ShortfallReason(
        row.id,
        Group(_wave_of(row.wave_key, waves), row.role, row.team, row.locality),
        row.words,
        names.get(row.written_by, ""),
        row.written_at,
        row.version,
    )
