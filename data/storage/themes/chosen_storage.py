"""Quotations that somebody chose to show a theme's range: kept by place, and read.

Their words are not kept. What became of a place is told by what stands there now.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlmodel import Session, col

from coding.transcripts import text_hash
from data.storage.coders.blind_passes import sources_being_coded_blind
from data.storage.database import names_of_people
from data.storage.people_rights.withdrawn import withdrawn_sources
from data.storage.themes.theme_records import ChosenPlace, Place, PlaceState
from data.tables import ChosenQuotationRow, SourceRow


def read_chosen(session: Session, code_id: str) -> tuple[ChosenPlace, ...]:
    """The places chosen for a theme in their order, each as it now stands."""
    rows = _rows(session, code_id)
    people = names_of_people(session) if rows else {}
    withdrawn = withdrawn_sources(session) if rows else set()
    blind = sources_being_coded_blind(session) if rows else set()
    found = []
    for row in rows:
        if row.source_id is None:
            state = PlaceState.ERASED
        elif row.source_id in withdrawn:
            state = PlaceState.WITHDRAWN
        elif row.source_id in blind:
            state = PlaceState.BLIND
        else:
            state = _compared(session, row, row.source_id)
        found.append(
            ChosenPlace(
                (row.source_id or "", row.start, row.end),
                row.words_sha256,
                state,
                people.get(row.chosen_by, ""),
                row.chosen_at,
            )
        )
    return tuple(found)


def replace_chosen(
    session: Session, actor_id: str, code_id: str, places: Sequence[Place]
) -> int:
    """How many places are now chosen for a theme: these, and no others.

    One that was chosen before keeps who chose it and when.
    """
    before = {(r.source_id, r.start, r.end): r for r in _rows(session, code_id)}
    kept = 0
    for place in dict.fromkeys(places):
        row = before.pop(place, None)
        words = _words_at(session, place)
        if words is None:
            continue
        sha256 = text_hash(words)
        if row is not None and row.words_sha256 != sha256:
            # Other words stand there now: they were never chosen before.
            session.delete(row)
            row = None
        if row is None:
            source_id, start, end = place
            row = ChosenQuotationRow(
                code_id=code_id,
                source_id=source_id,
                start=start,
                end=end,
                words_sha256=sha256,
                position=kept,
                chosen_by=actor_id,
            )
        row.position = kept
        session.add(row)
        kept += 1
    for gone in before.values():
        session.delete(gone)
    session.flush()
    return kept


def _rows(session: Session, code_id: str) -> Sequence[ChosenQuotationRow]:
    return session.scalars(
        select(ChosenQuotationRow)
        .where(col(ChosenQuotationRow.code_id) == code_id)
        .order_by(col(ChosenQuotationRow.position), col(ChosenQuotationRow.id))
    ).all()


def _compared(session: Session, row: ChosenQuotationRow, source_id: str) -> PlaceState:
    words = _words_at(session, (source_id, row.start, row.end))
    if words is None:
        return PlaceState.ERASED
    if text_hash(words) == row.words_sha256:
        return PlaceState.AS_CHOSEN
    return PlaceState.CHANGED if words.strip() else PlaceState.BLANKED


def _words_at(session: Session, place: Place) -> str | None:
    source_id, start, end = place
    words = func.substr(col(SourceRow.text), start + 1, end - start)
    return session.scalar(select(words).where(col(SourceRow.id) == source_id))
