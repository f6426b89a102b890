"""Storing withdrawals: out of analysis from now on, and back in where taken back."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session, col, select

from data.people_rights.withdrawal import About, Kind, Reason, Withdrawal
from data.rights import Right
from data.storage.coding_desk.changes import forget_changes
from data.storage.database import StudyDatabase, Writing, names_of_people, refuse
from data.storage.people_rights.named_things import find_about, names_of
from data.storage.people_rights.withdrawn import withdrawn_cases, withdrawn_sources
from data.storage.people_rights.words_aside import (
    put_back,
    refresh_index,
    set_aside,
    sources_alone_and_shared,
)
from data.tables import SourceRow, WithdrawalRow, now

_NOTHING_CHANGED = "Nothing was changed."


class WithdrawalStorage:
    """Reads and saves withdrawals."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def find(self, kind: Kind, id_or_name: str) -> About:
        """The participant, source or case of that id or name; refused where none is."""
        with self._database.reading() as session:
            return find_about(session, kind, id_or_name)

    def named(self, kind: Kind) -> list[About]:
        """Everything of a kind by name, withdrawn or not."""
        with self._database.reading() as session:
            names = names_of(session, kind)
        ordered = sorted(names.items(), key=lambda one: one[1].casefold())
        return [About(kind, one, name) for one, name in ordered]

    def standing(self) -> list[Withdrawal]:
        """What stands withdrawn, the newest first."""
        with self._database.reading() as session:
            return _read(session, stands=True)

    def former(self) -> list[Withdrawal]:
        """Withdrawals that were taken back, the newest first."""
        with self._database.reading() as session:
            return _read(session, stands=False)

    def sources_out(self) -> set[str]:
        """The sources, by id, that are out of analysis as a whole."""
        with self._database.reading() as session:
            return withdrawn_sources(session)

    def cases_out(self) -> set[str]:
        """The cases, by id, that are out of analysis."""
        with self._database.reading() as session:
            return withdrawn_cases(session)

    def withdraw(
        self, actor_id: str, about: About, reason: Reason, withdrawn_on: str
    ) -> None:
        """Take a participant, a source or a case out of analysis from now on.

        Where a participant is heard among others their words are set aside; a source in
        which nobody else is heard leaves as a whole. Codings stay, and count again once
        it is taken back. Raises DataRefused for what is withdrawn already, a day that
        does not exist or lies ahead, and what the study does not have.
        """
        _require_past_day(withdrawn_on)
        with self._database.writing(actor_id, Right.RECORD_CONSENT) as writing:
            session = writing.session
            about = find_about(session, about.kind, about.id)
            if _standing_row(session, about) is not None:
                refuse(
                    "It is withdrawn already.",
                    about.in_words,
                    f"Open the page again. {_NOTHING_CHANGED}",
                )
            row = WithdrawalRow(
                about_kind=about.kind.value,
                about_id=about.id,
                reason=reason.value,
                withdrawn_on=withdrawn_on,
                recorded_by=actor_id,
            )
            session.add(row)
            session.flush()
            alone, shared = _sources_of(session, about)
            if about.kind is Kind.PARTICIPANT:
                set_aside(session, row.id, about.id, shared)
            _count_change(writing, [*alone, *shared])
            writing.record(
                "withdrawn",
                about.kind.value,
                about.id,
                reason=reason.value,
                sources=len(alone),
                shared_sources=len(shared),
            )

    def take_back(self, actor_id: str, about: About) -> None:
        """Put back into analysis what was withdrawn, just as it was.

        Raises DataRefused where it does not stand withdrawn.
        """
        with self._database.writing(actor_id, Right.RECORD_CONSENT) as writing:
            session = writing.session
            row = _standing_row(session, about)
            if row is None:
                refuse(
                    "It is not withdrawn, or it was erased.",
                    about.in_words,
                    f"Open the page again. {_NOTHING_CHANGED}",
                )
            put_back(session, row.id)
            row.standing = None
            row.taken_back_by, row.taken_back_at = actor_id, now()
            session.add(row)
            session.flush()
            alone, shared = _sources_of(session, about)
            _count_change(writing, [*alone, *shared])
            writing.record("withdrawal taken back", about.kind.value, about.id)


def _require_past_day(day: str) -> None:
    try:
        given = date.fromisoformat(day)
    except ValueError:
        refuse(
            "This day does not exist.",
            "Withdrawn on",
            f"Write it as year, month, day: 2026-03-31. {_NOTHING_CHANGED}",
        )
    if given > date.today():
        refuse(
            "This day lies ahead.",
            "Withdrawn on",
            f"A withdrawal counts from now on: choose today. {_NOTHING_CHANGED}",
        )


def _sources_of(session: Session, about: About) -> tuple[list[str], list[str]]:
    if about.kind is Kind.PARTICIPANT:
        return sources_alone_and_shared(session, about.id)
    return ([about.id], []) if about.kind is Kind.SOURCE else ([], [])


def _count_change(writing: Writing, source_ids: list[str]) -> None:
    """Make sources be found by what is left, and let open pages learn of it."""
    session = writing.session
    refresh_index(session, source_ids)
    for source_id in source_ids:
        forget_changes(session, source_id)
        source = session.get_one(SourceRow, source_id)
        source.revision += 1
        session.add(source)
    session.flush()


def _standing_row(session: Session, about: About) -> WithdrawalRow | None:
    return session.exec(
        select(WithdrawalRow).where(
            WithdrawalRow.about_kind == about.kind.value,
            WithdrawalRow.about_id == about.id,
            col(WithdrawalRow.standing).is_not(None),
        )
    ).first()


def _read(session: Session, *, stands: bool) -> list[Withdrawal]:
    standing = col(WithdrawalRow.standing)
    people = names_of_people(session)
    names = {kind: names_of(session, kind) for kind in Kind}
    rows = session.exec(
        select(WithdrawalRow)
        .where(standing.is_not(None) if stands else standing.is_(None))
        .order_by(col(WithdrawalRow.recorded_at).desc())
    )
    return [
        Withdrawal(
            row.id,
            About(kind, row.about_id, names[kind].get(row.about_id, "")),
            Reason(row.reason),
            row.withdrawn_on,
            people[row.recorded_by],
            row.recorded_at,
            row.taken_back_at,
            people.get(row.taken_back_by or "", ""),
        )
        for row in rows
        for kind in [Kind(row.about_kind)]
    ]
