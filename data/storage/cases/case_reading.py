"""Reading cases back: as known at referral for lists, matching and judging, or whole.

Which facts may be read is decided in the queries, so that nothing known later is
fetched and dropped afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, func, or_, select

from data.case_files import CaseAtReferral, CaseFact, CaseFile, ListedCase
from data.storage.database import refuse
from data.storage.people_rights.withdrawn import withdrawn_cases
from data.tables import (
    CaseEventRow,
    CaseFactRow,
    CaseFieldRow,
    CaseNoteRow,
    CaseRow,
)
from matching.case_records import (
    DERIVED_FIELDS,
    CaseEvent,
    CaseField,
    CaseNote,
    CaseRecord,
    age_at_referral,
    case_at_referral,
)
from matching.cases import Case, CasePool, Era, KnownAt

_AT_ONCE = 500


def fields_of(session: Session) -> list[CaseField]:
    """The fields of the stored cases in their order."""
    rows = session.exec(
        select(CaseFieldRow).order_by(col(CaseFieldRow.position), CaseFieldRow.name)
    )
    return [CaseField(row.name, row.title, KnownAt(row.known)) for row in rows]


def read_pool(
    session: Session, during: frozenset[str], *, with_notes: bool
) -> CasePool:
    """All cases at referral; see :meth:`CaseStorage.case_pool`."""
    out = withdrawn_cases(session)
    known = {field.name: field.known for field in fields_of(session)}
    allowed = [
        name
        for name, mark in known.items()
        if mark == KnownAt.AT_REFERRAL or (mark == KnownAt.DURING and name in during)
    ]
    facts: dict[str, dict[str, str]] = {}
    for case_id, name, value in session.exec(
        select(CaseFactRow.case_id, CaseFactRow.field_name, CaseFactRow.value).where(
            col(CaseFactRow.field_name).in_(allowed)
        )
    ):
        facts.setdefault(case_id, {})[name] = value
    notes: dict[str, list[CaseNote]] = {}
    if with_notes and "referral_date" in allowed:
        notes = _notes(session, up_to_referral=True)
    # A column that nobody filled is a gap in every case, and no absent column.
    gaps = dict.fromkeys(allowed, "")
    cases: dict[Era, list[Case]] = {Era.CONTEMPORARY: [], Era.HISTORIC: []}
    for case_id, reference, era in session.exec(
        select(CaseRow.id, CaseRow.reference, CaseRow.era)
        .where(col(CaseRow.id).not_in(out))
        .order_by(col(CaseRow.position))
    ):
        record = CaseRecord(reference, Era(era), gaps | facts.get(case_id, {}))
        cases[record.era].append(
            case_at_referral(record, notes.get(case_id, ()), known)
        )
    return CasePool(
        tuple(cases[Era.CONTEMPORARY]),
        tuple(cases[Era.HISTORIC]),
        {**known, **{field.name: field.known for field in DERIVED_FIELDS}},
    )


def read_at_referral(
    session: Session, case_ids: Sequence[str]
) -> Iterable[CaseAtReferral]:
    """Each case as known at referral, in the order asked for."""
    fields = [f for f in fields_of(session) if f.known == KnownAt.AT_REFERRAL]
    values = _facts(session, case_ids, [field.name for field in fields])
    notes: dict[str, list[CaseNote]] = {}
    if any(field.name == "referral_date" for field in fields):
        notes = _notes(session, case_ids, up_to_referral=True)
    rows = {row.id: row for row in _cases(session, case_ids)}
    for case_id in case_ids:
        row = rows.get(case_id)
        if row is None:
            continue
        found = values.get(case_id, {})
        referred = found.get("referral_date", "")
        yield CaseAtReferral(
            row.id,
            row.reference,
            Era(row.era),
            referred,
            tuple(_facts_with_age(fields, found)),
            tuple(notes.get(case_id, ())),
        )


def read_notes_at_referral(session: Session, most: int) -> list[str]:
    """Notes up to the referral; see :meth:`CaseStorage.notes_at_referral`."""
    if not any(
        field.name == "referral_date" and field.known == KnownAt.AT_REFERRAL
        for field in fields_of(session)
    ):
        return []
    ids = session.exec(
        select(CaseRow.id)
        .where(col(CaseRow.id).not_in(withdrawn_cases(session)))
        .order_by(col(CaseRow.position))
    ).all()
    step = max(1, -(-len(ids) // most))
    asked = ids[::step]
    notes = _notes(session, asked, up_to_referral=True)
    return ["\n\n".join(n.text for n in notes[one]) for one in asked if one in notes]


def read_case_file(session: Session, case_id: str) -> CaseFile:
    """The whole file of a case; whoever calls has checked that it may be read."""
    row = session.get(CaseRow, case_id)
    if row is None:
        refuse("This case is not in the study.", "Case file", "Choose it in the list.")
    if case_id in withdrawn_cases(session):
        refuse(
            "This case was withdrawn, so its file stays shut.",
            f"Case {row.reference}",
            "Go on with another. A study lead can say more.",
        )
    fields = fields_of(session)
    values = _facts(session, [case_id], [field.name for field in fields])
    found = values.get(case_id, {})
    events = session.exec(
        select(CaseEventRow)
        .where(CaseEventRow.case_id == case_id)
        .order_by(CaseEventRow.date, col(CaseEventRow.position))
    )
    return CaseFile(
        row.id,
        row.reference,
        Era(row.era),
        found.get("referral_date", ""),
        tuple(_facts_with_age(fields, found)),
        tuple(CaseEvent(row.reference, e.date, e.event, e.detail) for e in events),
        tuple(_notes(session, [case_id]).get(case_id, ())),
    )


def read_listing(
    session: Session, era: Era | None, search: str, limit: int
) -> tuple[int, list[ListedCase]]:
    """How many cases are found, and the first of them."""
    names = [f.name for f in fields_of(session) if f.known == KnownAt.AT_REFERRAL]
    where: list[ColumnElement[bool]] = [
        col(CaseRow.id).not_in(withdrawn_cases(session))
    ]
    if era is not None:
        where.append(col(CaseRow.era) == era.value)
    if search:
        where.append(_found_by(search, names))
    total = session.exec(select(func.count()).select_from(CaseRow).where(*where)).one()
    rows = session.exec(
        select(CaseRow).where(*where).order_by(col(CaseRow.position)).limit(limit)
    ).all()
    values = _facts(session, [row.id for row in rows], names)
    listed = []
    for row in rows:
        found = values.get(row.id, {})
        age = age_at_referral(
            found.get("date_of_birth", ""), found.get("referral_date", "")
        )
        listed.append(
            ListedCase(
                row.id, row.reference, Era(row.era), {**found, "age_at_referral": age}
            )
        )
    return total, listed


def _found_by(search: str, names: Sequence[str]) -> ColumnElement[bool]:
    in_facts = select(CaseFactRow.case_id).where(
        col(CaseFactRow.field_name).in_(names),
        col(CaseFactRow.value).icontains(search, autoescape=True),
    )
    return or_(
        col(CaseRow.reference).icontains(search, autoescape=True),
        col(CaseRow.id).in_(in_facts),
    )


def _facts_with_age(
    fields: Sequence[CaseField], values: dict[str, str]
) -> Iterable[CaseFact]:
    age = DERIVED_FIELDS[0]
    for field in fields:
        yield CaseFact(field, values.get(field.name, ""))
        if field.name == "date_of_birth":
            yield CaseFact(
                age,
                age_at_referral(
                    values.get("date_of_birth", ""), values.get("referral_date", "")
                ),
            )


def _cases(session: Session, case_ids: Sequence[str]) -> Iterable[CaseRow]:
    for ids in _portions(case_ids):
        yield from session.exec(select(CaseRow).where(col(CaseRow.id).in_(ids)))


def _facts(
    session: Session, case_ids: Sequence[str], names: Sequence[str]
) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for ids in _portions(case_ids):
        query = select(
            CaseFactRow.case_id, CaseFactRow.field_name, CaseFactRow.value
        ).where(
            col(CaseFactRow.case_id).in_(ids), col(CaseFactRow.field_name).in_(names)
        )
        for case_id, name, value in session.exec(query):
            found.setdefault(case_id, {})[name] = value
    return found


def _notes(
    session: Session,
    case_ids: Sequence[str] | None = None,
    *,
    up_to_referral: bool = False,
) -> dict[str, list[CaseNote]]:
    query = (
        select(
            CaseNoteRow.case_id, CaseRow.reference, CaseNoteRow.date, CaseNoteRow.text
        )
        .join(CaseRow, col(CaseRow.id) == col(CaseNoteRow.case_id))
        .order_by(CaseNoteRow.date, col(CaseNoteRow.position))
    )
    if up_to_referral:
        # An undated referral has no fact here, and so no notes.
        query = query.join(
            CaseFactRow,
            (col(CaseFactRow.case_id) == col(CaseNoteRow.case_id))
            & (col(CaseFactRow.field_name) == "referral_date"),
        ).where(col(CaseNoteRow.date) <= col(CaseFactRow.value))
    queries = (
        [query]
        if case_ids is None
        else [query.where(col(CaseNoteRow.case_id).in_(p)) for p in _portions(case_ids)]
    )
    found: dict[str, list[CaseNote]] = {}
    for one in queries:
        for case_id, reference, date, text in session.exec(one):
            found.setdefault(case_id, []).append(CaseNote(reference, date, text))
    return found


def _portions(ids: Sequence[str]) -> Iterable[Sequence[str]]:
    for start in range(0, len(ids), _AT_ONCE):
        yield ids[start : start + _AT_ONCE]
