"""Storing the logic model: parts added, reworded, put in order, retired."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import select
from sqlmodel import Session, col

from data.problems import DataRefused
from data.rights import Right
from data.storage.database import StudyDatabase, names_of_people, refuse
from data.storage.numbering import next_number
from data.storage.outcomes.logic_model_records import (
    NOTHING_SAVED,
    EarlierPart,
    Part,
    PartKind,
    PartWords,
    part_problems,
    tidy,
)
from data.tables import LogicModelRow, LogicModelWordsRow, now

_FIELDS = tuple(PartWords.__dataclass_fields__)


class LogicModelStorage:
    """Saves the parts of the logic model, keeps how each was worded, reads them."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def add(self, actor_id: str, words: PartWords) -> Part:
        """The part as kept, last of its kind; an outcome gets the next number.

        Raises DataRefused where it has no name or one that its kind has already.
        """
        new = _sound(words)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            _require_new_name(session, new)
            number = next_number(session, col(LogicModelRow.number))
            row = LogicModelRow(
                **_kept(new),
                number=number if new.kind.is_outcome else 0,
                position=next_number(session, _POSITION),
                written_by=actor_id,
            )
            session.add(row)
            session.flush()
            writing.record("logic model part added", "logic model", row.id)
            return as_part(row, names_of_people(session))

    def change(self, actor_id: str, part: Part, words: PartWords) -> Part:
        """The part in its new words; those it had are kept.

        Raises DataRefused where somebody else was quicker, and where an outcome would
        become something else: its evidence would then hang on nothing.
        """
        new = _sound(words)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            row = session.get_one(LogicModelRow, part.id)
            if PartKind(row.kind).is_outcome != new.kind.is_outcome:
                refuse(
                    "An outcome stays an outcome, and another part stays none.",
                    "Where it stands in the model",
                    f"Retire it and add it anew. {NOTHING_SAVED}",
                )
            _require_new_name(session, new, besides=row.id)
            if any(getattr(row, n) != value for n, value in _kept(new).items()):
                _keep_words(session, row)
            writing.change(
                row,
                part.version,
                **_kept(new),
                changed_by=actor_id,
                changed_at=now(),
            )
            writing.record("logic model part changed", "logic model", row.id)
            return as_part(row, names_of_people(session))

    def retire(self, actor_id: str, part: Part, *, away: bool = True) -> None:
        """Take a part out of the model, or put it back; nothing of it is lost."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = writing.session.get_one(LogicModelRow, part.id)
            writing.change(row, part.version, is_retired=away)
            action = "retired" if away else "brought back"
            writing.record(f"logic model part {action}", "logic model", row.id)

    def move(self, actor_id: str, part_id: str, *, up: bool) -> None:
        """Put a part one place up or down among its kind; at the end it stays."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            moved = session.get_one(LogicModelRow, part_id)
            rows = [
                row
                for row in _rows(session)
                if row.kind == moved.kind and not row.is_retired
            ]
            places = [row.position for row in rows]
            at = rows.index(moved)
            to = max(0, min(len(rows) - 1, at - 1 if up else at + 1))
            rows.insert(to, rows.pop(at))
            for row, position in zip(rows, places, strict=True):
                row.position = position
            writing.record("logic model part moved", "logic model", part_id, place=to)

    def parts(self, *, retired: bool = False) -> list[Part]:
        """The parts in the order of the model, or those that were retired."""
        with self._database.reading() as session:
            names = names_of_people(session)
            found = [
                as_part(row, names)
                for row in _rows(session)
                if row.is_retired == retired
            ]
        order = list(PartKind)
        return sorted(found, key=lambda one: order.index(one.words.kind))

    def outcomes(self) -> list[Part]:
        """The outcomes of the model in its order, without those retired."""
        return [one for one in self.parts() if one.words.kind.is_outcome]

    def part(self, part_id: str) -> Part | None:
        """One part, a retired one too, or nothing."""
        with self._database.reading() as session:
            row = session.get(LogicModelRow, part_id)
            return as_part(row, names_of_people(session)) if row else None

    def earlier(self, part_id: str) -> list[EarlierPart]:
        """How a part was worded before its changes, the newest first."""
        with self._database.reading() as session:
            names = names_of_people(session)
            rows = session.scalars(
                select(LogicModelWordsRow)
                .where(col(LogicModelWordsRow.part_id) == part_id)
                .order_by(col(LogicModelWordsRow.number).desc())
            )
            return [
                EarlierPart(_words(row), names.get(row.worded_by, ""), row.said_until)
                for row in rows
            ]


_POSITION = col(LogicModelRow.position)


def as_part(row: LogicModelRow, names: Mapping[str, str]) -> Part:
    """A row as a part, with people's names."""
    return Part(
        row.id,
        row.number,
        _words(row),
        names.get(row.written_by, ""),
        row.written_at,
        names.get(row.changed_by or "", ""),
        row.changed_at,
        row.is_retired,
        row.version,
    )


def _rows(session: Session) -> list[LogicModelRow]:
    return list(
        session.scalars(
            select(LogicModelRow).order_by(_POSITION, col(LogicModelRow.written_at))
        )
    )


def _words(row: LogicModelRow | LogicModelWordsRow) -> PartWords:
    kept = {name: getattr(row, name) for name in _FIELDS}
    return PartWords(**{**kept, "kind": PartKind(row.kind)})


def _kept(words: PartWords) -> dict[str, Any]:
    # A driver may write an enumeration by its name; what is kept is its value.
    return asdict(words) | {"kind": words.kind.value}


def _sound(words: PartWords) -> PartWords:
    new = tidy(words)
    if problems := part_problems(new):
        raise DataRefused(problems)
    return new


def _require_new_name(session: Session, words: PartWords, besides: str = "") -> None:
    for row in _rows(session):
        same = row.name.casefold() == words.name.casefold()
        if same and row.kind == words.kind and row.id != besides:
            state = "a retired one" if row.is_retired else "one"
            refuse(
                f"The model has {state} of that name already.",
                words.kind.value.capitalize(),
                f"Give it another name, or open the one there is. {NOTHING_SAVED}",
            )


def _keep_words(session: Session, row: LogicModelRow) -> None:
    of_part = col(LogicModelWordsRow.part_id) == row.id
    session.add(
        LogicModelWordsRow(
            part_id=row.id,
            number=next_number(session, col(LogicModelWordsRow.number), of_part),
            **{name: getattr(row, name) for name in _FIELDS},
            worded_by=row.changed_by or row.written_by,
        )
    )
