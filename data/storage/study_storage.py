"""Storing the study itself: its name, people, waves and participants."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, delete, func, select

from coding.study import Participant, Person, Role, Study, Wave
from data.rights import Right
from data.storage.database import StudyDatabase, Writing, refuse
from data.storage.people_rights.withdrawn import (
    not_to_be_quoted,
    withdrawn_participants,
)
from data.tables import (
    ParticipantAttributeRow,
    ParticipantRow,
    PersonRow,
    StudyRow,
    WaveRow,
    new_id,
)


class StudyStorage:
    """Reads and saves the study, its people, waves and participants."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def found(self, study: Study, first_person: Person | None = None) -> None:
        """Save a new study, once, with its first person where one is given."""
        with self._database.founding() as writing:
            if writing.session.exec(select(StudyRow)).first():
                refuse(
                    "This file already holds a study.",
                    "New study",
                    "Open it, or choose another file name. Nothing was saved.",
                )
            writing.session.add(
                StudyRow(
                    name=study.name,
                    description=study.description,
                    practice_start=study.practice_start,
                    is_sample=study.is_sample,
                )
            )
            if first_person:
                writing.session.add(_person_row(first_person))
            writing.record("study founded", "study")

    def read(self) -> Study:
        """The study; an empty one where none was founded yet."""
        with self._database.reading() as session:
            row = session.exec(select(StudyRow)).first()
            if row is None:
                return Study(name="")
            return Study(
                row.name,
                row.description,
                row.practice_start,
                row.is_sample,
                row.version,
            )

    def change(self, actor_id: str, study: Study) -> None:
        """Save the study's name, description and practice start."""
        with self._database.writing(actor_id, Right.MANAGE_STUDY) as writing:
            row = writing.session.exec(select(StudyRow)).one()
            writing.change(
                row,
                study.version,
                name=study.name,
                description=study.description,
                practice_start=study.practice_start,
            )
            writing.record("study changed", "study", row.id)

    # People

    def people(self) -> list[Person]:
        """Everyone of the study, by name; commands that act under a name left out."""
        with self._database.reading() as session:
            rows = session.exec(
                select(PersonRow)
                .where(col(PersonRow.is_command_line).is_(False))
                .order_by(PersonRow.name)
            ).all()
            return [_person(row) for row in rows]

    def person(self, person_id: str) -> Person | None:
        """The person of that id, or nothing."""
        with self._database.reading() as session:
            row = session.get(PersonRow, person_id)
            return _person(row) if row else None

    def add_first_person(self, person: Person) -> Person:
        """The first person, added to a study that has none yet.

        An empty id is given one. The next people are added by a study lead.
        """
        with self._database.founding() as writing:
            people = select(PersonRow).where(col(PersonRow.is_command_line).is_(False))
            if writing.session.exec(people).first():
                refuse(
                    "The study already has people.",
                    "Who are you?",
                    "Choose your name, or ask a study lead to add you. "
                    "Nothing was saved.",
                )
            return _add(writing, person)

    def add_person(self, actor_id: str, person: Person) -> Person:
        """The person added; the name must be new, an empty id is given one."""
        with self._database.writing(actor_id, Right.MANAGE_STUDY) as writing:
            if _person_named(writing.session, person.name):
                refuse(
                    "Someone of this name is already in the study.",
                    "Name",
                    "Add a team or a middle name to tell them apart. "
                    "Nothing was saved.",
                )
            return _add(writing, person)

    def ensure_person(self, person: Person) -> Person:
        """The person of that name, added where the study does not have them yet.

        For commands run on this machine, which trust whoever runs them.
        """
        with self._database.founding() as writing:
            row = _person_named(writing.session, person.name)
            if row is None:
                row = _person_row(person)
                writing.session.add(row)
            writing.record("command run", "person", row.id, role=row.role)
            return _person(row)

    # Waves and participants

    def waves(self) -> list[Wave]:
        """The waves in their order."""
        with self._database.reading() as session:
            rows = session.exec(
                select(WaveRow).order_by(col(WaveRow.position), WaveRow.name)
            ).all()
            return [Wave(row.id, row.name, row.position) for row in rows]

    def participants(self) -> list[Participant]:
        """All participants by pseudonym, with their attributes.

        Those who withdrew are left out; whoever may not be quoted says so.
        """
        with self._database.reading() as session:
            unquoted = not_to_be_quoted(session)
            gone = withdrawn_participants(session)
            rows = session.exec(
                select(ParticipantRow)
                .where(col(ParticipantRow.id).not_in(gone))
                .order_by(ParticipantRow.pseudonym)
            ).all()
            further: dict[str, dict[str, str]] = {}
            for attribute in session.exec(select(ParticipantAttributeRow)):
                of_one = further.setdefault(attribute.participant_id, {})
                of_one[attribute.name] = attribute.value
            return [
                Participant(
                    row.id,
                    row.pseudonym,
                    row.role,
                    row.team,
                    row.locality,
                    further.get(row.id, {}),
                    row.id not in unquoted,
                )
                for row in rows
            ]

    def save_waves(self, actor_id: str, names: Sequence[str]) -> list[Wave]:
        """The waves of these names in this order, those missing added."""
        with self._database.writing(actor_id, Right.IMPORT_SOURCES) as writing:
            rows = [ensure_wave(writing, name) for name in names]
            writing.record("waves saved", "wave", count=len(rows))
        return [Wave(row.id, row.name, row.position) for row in rows]

    def save_participants(
        self, actor_id: str, participants: Iterable[Participant]
    ) -> list[Participant]:
        """The participants saved under their pseudonyms; known ones are brought up
        to date and keep their id."""
        with self._database.writing(actor_id, Right.IMPORT_SOURCES) as writing:
            saved = [_save_participant(writing.session, one) for one in participants]
            writing.record("participants saved", "participant", count=len(saved))
        return saved


def ensure_wave(writing: Writing, name: str) -> WaveRow:
    """The wave of that name, added at the end of the order where it is new."""
    row = writing.session.exec(select(WaveRow).where(WaveRow.name == name)).first()
    if row is None:
        last = writing.session.exec(select(func.max(WaveRow.position))).one()
        row = WaveRow(name=name, position=(last or 0) + 1)
        writing.session.add(row)
        writing.session.flush()
    return row


def _save_participant(session: Session, one: Participant) -> Participant:
    row = session.exec(
        select(ParticipantRow).where(ParticipantRow.pseudonym == one.pseudonym)
    ).first()
    if row is None:
        row = ParticipantRow(pseudonym=one.pseudonym)
        if one.id:
            row.id = one.id
        session.add(row)
    else:
        row.version += 1
    row.role, row.team, row.locality = one.role, one.team, one.locality
    session.flush()
    session.exec(
        delete(ParticipantAttributeRow).where(
            col(ParticipantAttributeRow.participant_id) == row.id
        )
    )
    for name, value in one.attributes.items():
        session.add(
            ParticipantAttributeRow(participant_id=row.id, name=name, value=value)
        )
    return Participant(
        row.id, row.pseudonym, row.role, row.team, row.locality, dict(one.attributes)
    )


def _person_named(session: Session, name: str) -> PersonRow | None:
    wanted = name.strip().casefold()
    everyone = session.exec(select(PersonRow)).all()
    return next((row for row in everyone if row.name.casefold() == wanted), None)


def _add(writing: Writing, person: Person) -> Person:
    row = _person_row(person)
    writing.session.add(row)
    writing.record("person added", "person", row.id, role=row.role)
    return _person(row)


def _person_row(person: Person) -> PersonRow:
    return PersonRow(
        id=person.id or new_id(),
        name=person.name.strip(),
        role=person.role.value,
        is_command_line=person.is_command_line,
    )


def _person(row: PersonRow) -> Person:
    return Person(row.id, row.name, Role(row.role), row.is_command_line)
