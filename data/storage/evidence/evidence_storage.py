"""Storing evidence: linked by a person, read with what became of it since."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlmodel import Session, col

from data.rights import Right
from data.storage.database import StudyDatabase, Writing, names_of_people, refuse
from data.storage.evidence.evidence_records import (
    FOR_AND_AGAINST,
    Evidence,
    EvidenceChange,
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
    Stance,
    StateNow,
)
from data.storage.evidence.evidence_states import became, states_now
from data.tables import (
    EvidenceRow,
    IndicatorValueRow,
    SurveyToplineRow,
)

LONGEST_NOTE = 2_000


class EvidenceStorage:
    """Links evidence to what rests on it, and reads it as it now stands."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def link(
        self, actor_id: str, holder: Holder, evidence: Sequence[NewEvidence]
    ) -> int:
        """How many were linked; what was linked already stays as it is.

        Raises DataRefused where one is not in the study, or may not be read now.
        """
        _require_not_sealed(holder.kind)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            linked = link_evidence(writing, holder, evidence)
            writing.record(
                "evidence linked", holder.kind.value, holder.id, count=linked
            )
        return linked

    def unlink(self, actor_id: str, evidence_id: str) -> None:
        """Take a link away; the thing stays. One that is gone already is fine."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = writing.session.get(EvidenceRow, evidence_id)
            if row is None:
                writing.record("evidence unlinked", "evidence", evidence_id, count=0)
                return
            _require_not_sealed(row.holder_kind)
            writing.record(
                "evidence unlinked",
                row.holder_kind,
                row.holder_id,
                kind=row.kind,
                thing=row.thing_id,
            )
            writing.session.delete(row)

    def accept_change(self, actor_id: str, evidence_id: str) -> None:
        """Take evidence as it now stands: a person read it and it still holds.

        Raises DataRefused where there is nothing left to read.
        """
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = writing.session.get_one(EvidenceRow, evidence_id)
            _require_not_sealed(row.holder_kind)
            kind = EvidenceKind(row.kind)
            state = states_now(writing.session, kind, [row.thing_id], actor_id).get(
                row.thing_id
            )
            if state is None or state.kept is None:
                refuse(
                    "There is nothing left to read here.",
                    kind.in_words,
                    "Take the link away, or link other evidence. Nothing was saved.",
                )
            row.as_linked = dict(state.kept)
            writing.record(
                "evidence read again", row.holder_kind, row.holder_id, kind=row.kind
            )

    def of(self, holder: Holder, *, reader_id: str | None = None) -> list[Evidence]:
        """The evidence of one thing as it was linked, what speaks against it last."""
        found = self.of_all(holder.kind, reader_id=reader_id, holder_ids=[holder.id])
        return found.get(holder.id, [])

    def of_all(
        self,
        kind: HolderKind,
        *,
        reader_id: str | None = None,
        holder_ids: Collection[str] | None = None,
    ) -> dict[str, list[Evidence]]:
        """The evidence of all holders of a kind, or of those named, by their id."""
        wanted = col(EvidenceRow.holder_kind) == kind.value
        if holder_ids is not None:
            wanted &= col(EvidenceRow.holder_id).in_(list(holder_ids))
        with self._database.reading() as session:
            found: dict[str, list[Evidence]] = {}
            for one in _read(session, wanted, reader_id):
                found.setdefault(one.holder.id, []).append(one)
        return found

    def tell(
        self, kind: EvidenceKind, ids: Sequence[str], *, reader_id: str | None
    ) -> dict[str, StateNow]:
        """How things of a kind stand that can be linked now; the others are left out.

        In the order of the ids.
        """
        with self._database.reading() as session:
            states = states_now(session, kind, ids, reader_id)
        return {
            one: states[one]
            for one in ids
            if one in states and states[one].kept is not None
        }

    def indicator_ids(self) -> dict[tuple[str, str, str], str]:
        """Ids of indicator values as evidence, by indicator, quarter and area."""
        with self._database.reading() as session:
            rows = session.scalars(select(IndicatorValueRow))
            return {(row.indicator, row.quarter, row.area): row.id for row in rows}

    def survey_ids(self) -> dict[tuple[str, str, str, str, str], str]:
        """The id of each survey figure as evidence, by what tells it apart."""
        with self._database.reading() as session:
            return {
                (row.survey, row.wave, row.question, row.statement, row.answer): row.id
                for row in session.scalars(select(SurveyToplineRow))
            }


def link_evidence(
    writing: Writing, holder: Holder, evidence: Sequence[NewEvidence]
) -> int:
    """How many were linked, inside a change that records itself."""
    session = writing.session
    assert writing.actor is not None
    known = {
        (row.kind, row.thing_id)
        for row in session.scalars(select(EvidenceRow).where(_held_by(holder)))
    }
    new = [one for one in evidence if (one.kind.value, one.thing_id) not in known]
    _require_sound(new, holder.kind)
    states = {
        kind: states_now(
            session,
            kind,
            [one.thing_id for one in new if one.kind is kind],
            writing.actor.id,
        )
        for kind in {one.kind for one in new}
    }
    for position, one in enumerate(new, start=len(known)):
        state = states[one.kind].get(one.thing_id)
        if state is None or state.kept is None:
            why = state.change if state and state.change else EvidenceChange.GONE
            refuse(
                f"This cannot be evidence: {why.value}.",
                one.kind.in_words,
                "Choose something else. Nothing was saved.",
            )
        session.add(
            EvidenceRow(
                holder_kind=holder.kind.value,
                holder_id=holder.id,
                kind=one.kind.value,
                thing_id=one.thing_id,
                stance=one.stance.value,
                note=one.note.strip(),
                position=position,
                as_linked=dict(state.kept),
                linked_by=writing.actor.id,
            )
        )
    session.flush()
    return len(new)


def seal_evidence(writing: Writing, holder: Holder, minutes: Holder) -> None:
    """Keep what a thing rests on now for minutes, each as it stood when linked."""
    for row in writing.session.scalars(select(EvidenceRow).where(_held_by(holder))):
        writing.session.add(
            EvidenceRow(
                holder_kind=minutes.kind.value,
                holder_id=minutes.id,
                kind=row.kind,
                thing_id=row.thing_id,
                stance=row.stance,
                note=row.note,
                position=row.position,
                as_linked=dict(row.as_linked),
                linked_by=row.linked_by,
                linked_at=row.linked_at,
            )
        )
    writing.session.flush()


def evidence_held_by(
    session: Session, holders: Sequence[Holder], reader_id: str | None
) -> dict[str, list[Evidence]]:
    """The evidence of things of one kind, by their id, inside a change."""
    found: dict[str, list[Evidence]] = {one.id: [] for one in holders}
    for holder in holders:
        found[holder.id] += _read(session, _held_by(holder), reader_id)
    return found


def _require_not_sealed(holder_kind: str) -> None:
    if holder_kind == HolderKind.MINUTES:
        refuse(
            "The minutes are closed.",
            "Evidence",
            "Change the evidence of the hypothesis itself. Nothing was saved.",
        )


def _require_sound(new: Sequence[NewEvidence], holder_kind: HolderKind) -> None:
    if holder_kind is not HolderKind.OUTCOME and any(
        one.stance not in FOR_AND_AGAINST for one in new
    ):
        refuse(
            "Only an outcome has mixed evidence, or evidence for context.",
            "Evidence",
            "Say whether it speaks for it or against it. Nothing was saved.",
        )
    if any(len(one.note) > LONGEST_NOTE for one in new):
        refuse(
            f"The note is longer than {LONGEST_NOTE:,} characters.",
            "Note on evidence",
            "Shorten it, or write a memo. Nothing was saved.",
        )


def _held_by(holder: Holder) -> ColumnElement[bool]:
    return (col(EvidenceRow.holder_kind) == holder.kind.value) & (
        col(EvidenceRow.holder_id) == holder.id
    )


def _read(
    session: Session, wanted: ColumnElement[bool], reader_id: str | None
) -> list[Evidence]:
    rows = session.scalars(
        select(EvidenceRow)
        .where(wanted)
        .order_by(
            func.coalesce(col(EvidenceRow.stance) == Stance.AGAINST.value, False),
            col(EvidenceRow.position),
            col(EvidenceRow.linked_at),
            col(EvidenceRow.id),
        )
    ).all()
    people = names_of_people(session)
    ids: dict[EvidenceKind, list[str]] = {}
    for row in rows:
        ids.setdefault(EvidenceKind(row.kind), []).append(row.thing_id)
    states = {
        kind: states_now(session, kind, sorted(set(things)), reader_id)
        for kind, things in ids.items()
    }
    found = []
    for row in rows:
        kind = EvidenceKind(row.kind)
        state = states[kind].get(row.thing_id)
        change, detail = became(kind, row.as_linked, state)
        found.append(
            Evidence(
                row.id,
                Holder(HolderKind(row.holder_kind), row.holder_id),
                kind,
                row.thing_id,
                Stance(row.stance),
                row.note,
                people.get(row.linked_by, ""),
                row.linked_at,
                state if state is not None and state.kept is not None else StateNow(),
                change,
                detail,
            )
        )
    return found
