"""Storing what participants agreed to: one record stands, former ones stay on file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from data.people_rights.consent import Answer, Consent, HowGiven, Use
from data.rights import Right
from data.storage.database import StudyDatabase, names_of_people, refuse
from data.storage.interviews.kept_back import WordsKeptBack, words_kept_back
from data.storage.people_rights.withdrawn import withdrawn_participants
from data.tables import (
    ConsentRow,
    ParticipantRow,
    SourceRow,
    SpeakerRow,
    now,
)

_NOTHING_SAVED = "Nothing was saved."
_LONGEST_NOTE = 2_000


@dataclass(frozen=True, slots=True)
class PersonTakingPart:
    """A participant with where they are heard, what they agreed to, and whether they
    stand withdrawn."""

    id: str
    pseudonym: str
    role: str
    sources: tuple[str, ...]
    consent: Consent | None
    is_withdrawn: bool


class ConsentStorage:
    """Reads and saves consent."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def people(self) -> list[PersonTakingPart]:
        """Everyone who takes part, withdrawn or not, by pseudonym."""
        with self._database.reading() as session:
            consents = {one.participant_id: one for one in _read(session, stands=True)}
            withdrawn = withdrawn_participants(session)
            heard: dict[str, list[str]] = {}
            for participant, name in session.exec(
                select(SpeakerRow.participant_id, SourceRow.name)
                .join(SourceRow, col(SourceRow.id) == col(SpeakerRow.source_id))
                .where(col(SpeakerRow.participant_id).is_not(None))
                .order_by(SourceRow.name)
            ):
                heard.setdefault(participant or "", []).append(name)
            return [
                PersonTakingPart(
                    row.id,
                    row.pseudonym,
                    row.role,
                    tuple(dict.fromkeys(heard.get(row.id, ()))),
                    consents.get(row.id),
                    row.id in withdrawn,
                )
                for row in session.exec(
                    select(ParticipantRow).order_by(ParticipantRow.pseudonym)
                )
            ]

    def standing(self) -> dict[str, Consent]:
        """The record that stands for each participant who has one, by id."""
        with self._database.reading() as session:
            return {one.participant_id: one for one in _read(session, stands=True)}

    def words_kept_back(self, source_ids: Iterable[str]) -> WordsKeptBack:
        """Where in these sources whoever may not be quoted speaks."""
        with self._database.reading() as session:
            return words_kept_back(session, source_ids)

    def former(self, participant_id: str) -> list[Consent]:
        """A participant's records whose place a later one took, the newest first."""
        with self._database.reading() as session:
            rows = _read(session, stands=False)
            return [one for one in rows if one.participant_id == participant_id]

    def record(
        self, actor_id: str, consent: Consent, *, seen_id: str = ""
    ) -> Consent | None:
        """Keep what a participant agreed to; the record that stood stays on file.

        ``seen_id`` is the record that stood when the form was opened, '' for none.
        Raises DataRefused for a participant the study does not have, a day that does
        not exist or lies ahead, a note that is too long, and where somebody recorded
        another meanwhile. A record that says the same is not kept twice: nothing is
        then returned.
        """
        _require_sound(consent)
        with self._database.writing(actor_id, Right.RECORD_CONSENT) as writing:
            session = writing.session
            if session.get(ParticipantRow, consent.participant_id) is None:
                refuse(
                    "This participant is not in the study any more.",
                    "Consent",
                    f"Open the list again. {_NOTHING_SAVED}",
                )
            stood = session.exec(
                select(ConsentRow).where(
                    ConsentRow.participant_id == consent.participant_id,
                    col(ConsentRow.standing).is_not(None),
                )
            ).first()
            if (stood.id if stood else "") != seen_id:
                refuse(
                    "Somebody else recorded consent for this participant meanwhile.",
                    "Consent",
                    f"Open it again and read their record. {_NOTHING_SAVED}",
                )
            new = _row(consent, actor_id)
            if stood is not None and _said(stood) == _said(new):
                writing.record("consent looked at", "participant", new.participant_id)
                return None
            if stood is not None:
                stood.standing = None
                stood.superseded_by, stood.superseded_at = actor_id, now()
                session.flush()
            session.add(new)
            session.flush()
            writing.record(
                "consent recorded",
                "participant",
                consent.participant_id,
                **{use.value: consent.answers[use].value for use in Use},
            )
            return _consent(new, names_of_people(session))


def _require_sound(consent: Consent) -> None:
    if consent.given_on:
        try:
            given = date.fromisoformat(consent.given_on)
        except ValueError:
            refuse(
                "This day does not exist.",
                "Given on",
                f"Write it as year, month, day: 2026-03-31. {_NOTHING_SAVED}",
            )
        if given > date.today():  # noqa: DTZ011 - a day as the person counts it
            refuse(
                "This day lies ahead, so nobody can have agreed on it.",
                "Given on",
                f"Choose today or earlier. {_NOTHING_SAVED}",
            )
    if len(consent.note) > _LONGEST_NOTE:
        refuse(
            f"The note is longer than {_LONGEST_NOTE:,} characters.",
            "Note",
            f"Shorten it. {_NOTHING_SAVED}",
        )


def _row(consent: Consent, actor_id: str) -> ConsentRow:
    return ConsentRow(
        participant_id=consent.participant_id,
        answers={use.value: consent.answers[use].value for use in Use},
        form_version=consent.form_version.strip(),
        given_on=consent.given_on,
        how=consent.how.value if consent.how else "",
        note=consent.note.strip(),
        recorded_by=actor_id,
    )


def _said(row: ConsentRow) -> tuple[object, ...]:
    return (row.answers, row.form_version, row.given_on, row.how, row.note)


def _read(session: Session, *, stands: bool) -> list[Consent]:
    standing = col(ConsentRow.standing)
    names = names_of_people(session)
    rows = session.exec(
        select(ConsentRow)
        .where(standing.is_not(None) if stands else standing.is_(None))
        .order_by(col(ConsentRow.recorded_at).desc())
    )
    return [_consent(row, names) for row in rows]


def _consent(row: ConsentRow, names: Mapping[str, str]) -> Consent:
    return Consent(
        row.participant_id,
        {use: Answer(row.answers.get(use.value, Answer.NOT_ASKED)) for use in Use},
        row.form_version,
        row.given_on,
        HowGiven(row.how) if row.how else None,
        row.note,
        row.id,
        names.get(row.recorded_by, ""),
        row.recorded_at,
        row.superseded_at,
    )
