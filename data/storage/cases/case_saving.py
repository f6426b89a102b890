"""Writing new cases in bulk, after checking them against what is stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, func, select

from data.case_files import CasesSaved
from data.problems import DataProblem, DataRefused
from data.storage.database import insert_rows
from data.tables import (
    CaseEventRow,
    CaseFactRow,
    CaseFieldRow,
    CaseNoteRow,
    CaseRow,
    new_id,
    now,
)
from matching.case_records import CaseEvent, CaseField, CaseNote, CaseRecord
from matching.cases import Era, KnownAt


@dataclass(frozen=True, slots=True)
class NewCases:
    """Cases with their events and notes, as one import holds them."""

    fields: Sequence[CaseField]
    records: Sequence[CaseRecord]
    events: Sequence[CaseEvent]
    notes: Sequence[CaseNote]
    places: Mapping[str, str]


def save_new_cases(session: Session, actor_id: str, new: NewCases) -> CasesSaved:
    """What was added; raises DataRefused before anything is written."""
    stored: dict[str, str] = dict(
        session.exec(select(CaseRow.reference, CaseRow.id)).all()
    )
    _require_new(new, stored)
    fields = _save_fields(session, new.fields)
    ids = {**stored, **_save_cases(session, actor_id, new.records, len(stored))}
    insert_rows(session, CaseFactRow, _facts(new.records, ids))
    events = _new_events(session, new.events, ids)
    notes = _new_notes(session, new.notes, ids)
    insert_rows(session, CaseEventRow, events)
    insert_rows(session, CaseNoteRow, notes)
    eras = [record.era for record in new.records]
    return CasesSaved(
        cases=len(new.records),
        events=len(events),
        notes=len(notes),
        contemporary=eras.count(Era.CONTEMPORARY),
        historic=eras.count(Era.HISTORIC),
        already_there=len(new.events) + len(new.notes) - len(events) - len(notes),
        unmarked_fields=tuple(f for f in fields if f.known == KnownAt.UNMARKED),
    )


def _require_new(new: NewCases, stored: Mapping[str, str]) -> None:
    problems: list[DataProblem] = []
    seen: set[str] = set()
    for record in new.records:
        reference = record.reference
        where = new.places.get(reference, f"Case {reference}")
        if reference in stored:
            problems.append(
                DataProblem(
                    f"Case {reference} is already in the study.",
                    where,
                    "Leave it out of the file, or give this case its own reference. "
                    "Nothing was saved.",
                )
            )
        elif reference in seen:
            problems.append(
                DataProblem(
                    f"Case {reference} is listed more than once.",
                    where,
                    "Keep one row for each case. Nothing was saved.",
                )
            )
        seen.add(reference)
    problems.extend(_without_case("event", new.events, seen, stored))
    problems.extend(_without_case("note", new.notes, seen, stored))
    if problems:
        raise DataRefused(problems)


def _without_case(
    what: str,
    things: Iterable[CaseEvent | CaseNote],
    new: set[str],
    stored: Mapping[str, str],
) -> list[DataProblem]:
    counted: dict[str, int] = {}
    for thing in things:
        reference = thing.case_reference
        if reference not in new and reference not in stored:
            counted[reference] = counted.get(reference, 0) + 1
    return [
        DataProblem(
            f"{count} {what}{'' if count == 1 else 's'} of a case that is neither in "
            "these files nor in the study.",
            f"Case {reference}",
            "Add the case too, or take its rows out. Nothing was saved.",
        )
        for reference, count in counted.items()
    ]


def _save_fields(session: Session, fields: Sequence[CaseField]) -> list[CaseField]:
    # A mark given in the study stands: a later file does not change it.
    known = set(session.exec(select(CaseFieldRow.name)))
    position = len(known)
    added: list[CaseField] = []
    for field in fields:
        if field.name not in known:
            session.add(
                CaseFieldRow(
                    name=field.name,
                    title=field.title,
                    known=field.known.value,
                    position=position + len(added),
                )
            )
            added.append(field)
    session.flush()
    return added


def _save_cases(
    session: Session, actor_id: str, records: Sequence[CaseRecord], stored: int
) -> dict[str, str]:
    moment = now()
    rows = [
        {
            "id": new_id(),
            "reference": record.reference,
            "era": record.era.value,
            "position": position,
            "imported_by": actor_id,
            "imported_at": moment,
        }
        for position, record in enumerate(records, start=stored)
    ]
    insert_rows(session, CaseRow, rows)
    return {str(row["reference"]): str(row["id"]) for row in rows}


def _facts(
    records: Sequence[CaseRecord], ids: Mapping[str, str]
) -> list[dict[str, Any]]:
    return [
        {"case_id": ids[record.reference], "field_name": name, "value": value}
        for record in records
        for name, value in record.facts.items()
        if value != ""
    ]


def _new_events(
    session: Session, events: Sequence[CaseEvent], ids: Mapping[str, str]
) -> list[dict[str, Any]]:
    if not events:
        return []
    stored = set(
        session.exec(
            select(
                CaseEventRow.case_id,
                CaseEventRow.date,
                CaseEventRow.event,
                CaseEventRow.detail,
            )
        )
    )
    first = session.exec(select(func.count()).select_from(CaseEventRow)).one()
    return [
        {
            "id": new_id(),
            "case_id": ids[one.case_reference],
            "date": one.date,
            "event": one.event,
            "detail": one.detail,
            "position": position,
        }
        for position, one in enumerate(events, start=first)
        if (ids[one.case_reference], one.date, one.event, one.detail) not in stored
    ]


def _new_notes(
    session: Session, notes: Sequence[CaseNote], ids: Mapping[str, str]
) -> list[dict[str, Any]]:
    if not notes:
        return []
    stored = set(
        session.exec(select(CaseNoteRow.case_id, CaseNoteRow.date, CaseNoteRow.text))
    )
    first = session.exec(select(func.count()).select_from(CaseNoteRow)).one()
    return [
        {
            "id": new_id(),
            "case_id": ids[one.case_reference],
            "date": one.date,
            "text": one.text,
            "position": position,
        }
        for position, one in enumerate(notes, start=first)
        if (ids[one.case_reference], one.date, one.text) not in stored
    ]
