"""Storing who codes what: given, taken back, finished, reopened with the reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from coding.study import Role
from data.problems import DataRefused
from data.rights import Right, may
from data.storage.coders.blind_passes import (
    CODERS,
    readable_codings,
    sources_being_coded_blind,
    sources_read_blind,
)
from data.storage.coders.coder_records import Assignment, AssignmentStep, SourceCoders
from data.storage.coders.coding_checks import require_may_code_here, settled_row
from data.storage.coders.others_read import read_at
from data.storage.database import StudyDatabase, Writing, refuse, require_person
from data.tables import (
    AssignmentRow,
    AssignmentStepRow,
    CodedSegmentRow,
    PersonRow,
    SourceRow,
    now,
)

_NOTHING_SAVED = "Nothing was saved."


class AssignmentStorage:
    """Gives sources to coders and knows who is through with which."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def give(
        self, actor_id: str, source_ids: Iterable[str], coder_id: str, *, blind: bool
    ) -> int:
        """How many sources were given to a coder; all of those named, or none.

        Raises DataRefused for a person whose role does not code, for a source they
        have already or that is settled, and for a blind pass where the person has
        read others' codings of the source, there or elsewhere.
        """
        with self._database.writing(actor_id, Right.ASSIGN_CODERS) as writing:
            session = writing.session
            coder = require_person(session, coder_id)
            if not may(coder.role, Right.CODE_SOURCES):
                refuse(
                    f"{coder.name} cannot code: their role is "
                    f"{coder.role.in_words.lower()}.",
                    "Who codes",
                    f"Choose an embedded researcher or a study lead. {_NOTHING_SAVED}",
                )
            given = 0
            for source_id in dict.fromkeys(source_ids):
                source = _source(session, source_id)
                self._require_free(session, source, coder_id, coder.name)
                if blind:
                    _require_not_read(session, source, coder_id, coder.name)
                row = AssignmentRow(
                    source_id=source_id,
                    coder_id=coder_id,
                    is_blind=blind,
                    given_by=actor_id,
                )
                session.add(row)
                _keep_step(writing, row, "given")
                given += 1
            if not given:
                refuse(
                    "No transcript was chosen.",
                    "Transcripts",
                    f"Choose one at least. {_NOTHING_SAVED}",
                )
        return given

    def take_back(self, actor_id: str, assignment_id: str, seen_version: int) -> None:
        """Take a source back from a coder; what they coded stays.

        Nobody takes back their own blind pass that is under way: the others' codings
        would then lie open to them.
        """
        with self._database.writing(actor_id, Right.ASSIGN_CODERS) as writing:
            row = _assignment(writing.session, assignment_id)
            own = row.coder_id == actor_id
            hidden = sources_read_blind(writing.session, actor_id)
            if own and row.source_id in hidden:
                refuse(
                    "You code this transcript blind, so you cannot take it back "
                    "from yourself.",
                    "Who codes what",
                    f"Say that you are done, or ask somebody else. {_NOTHING_SAVED}",
                )
            writing.change(row, seen_version)
            _keep_step(writing, row, "taken back")
            writing.session.delete(row)

    def finish(self, actor_id: str, source_id: str) -> None:
        """Say that one's own pass over a source is done; its codings then rest."""
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            row = _own(writing.session, source_id, actor_id)
            if row.finished_at is not None:
                refuse(
                    "You have said already that this transcript is done.",
                    "Who codes what",
                    _NOTHING_SAVED,
                )
            writing.change(row, row.version, finished_at=now())
            _keep_step(writing, row, "finished")

    def reopen(self, actor_id: str, source_id: str, reason: str) -> bool:
        """Whether one's own pass, taken up again for a reason, is still blind.

        It is no longer blind once the coder has read others' codings of it.
        """
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            session = writing.session
            row = _own(session, source_id, actor_id)
            if row.finished_at is None:
                refuse(
                    "This transcript is open to you as it is.",
                    "Who codes what",
                    _NOTHING_SAVED,
                )
            if not reason.strip():
                refuse(
                    "The reason is missing.",
                    "Why it is taken up again",
                    f"Write it in a few words. {_NOTHING_SAVED}",
                )
            if settled_row(session, source_id) is not None:
                refuse(
                    "The differences of this transcript are settled.",
                    "Who codes what",
                    f"Reopen what was settled first. {_NOTHING_SAVED}",
                )
            has_read = read_at(session, source_id, actor_id) is not None
            blind = row.is_blind and not has_read
            writing.change(row, row.version, finished_at=None, is_blind=blind)
            _keep_step(writing, row, "reopened", reason.strip())
            return blind

    def why_not_coding(self, person_id: str, source_id: str) -> str:
        """Why a person may not mark passages in a source as it stands; '' if they may.

        Asked of somebody whose role codes.
        """
        with self._database.reading() as session:
            try:
                person = require_person(session, person_id)
                require_may_code_here(session, person, source_id)
            except DataRefused as refusal:
                [problem] = refusal.problems
                return f"{problem.found} {problem.do_next}"
        return ""

    def reads_blind(self, person_id: str) -> set[str]:
        """The sources this person codes blind, others' codings hidden as it stands."""
        with self._database.reading() as session:
            return sources_read_blind(session, person_id)

    def coded_blind(self) -> set[str]:
        """The sources that somebody is coding blind and no count takes in yet."""
        with self._database.reading() as session:
            return sources_being_coded_blind(session)

    def assignments(self) -> list[Assignment]:
        """Every assignment, by source and by the coder's name."""
        giver = aliased(PersonRow)
        with self._database.reading() as session:
            rows = session.exec(
                select(AssignmentRow, PersonRow.name, giver.name)
                .join(PersonRow, col(PersonRow.id) == col(AssignmentRow.coder_id))
                .join(giver, col(giver.id) == col(AssignmentRow.given_by))
                .order_by(col(AssignmentRow.source_id), col(PersonRow.name))
            ).all()
            return [
                Assignment(
                    row.id,
                    row.source_id,
                    row.coder_id,
                    coder,
                    row.is_blind,
                    given_by,
                    row.given_at,
                    row.finished_at,
                    row.version,
                )
                for row, coder, given_by in rows
            ]

    def steps(self, source_id: str = "") -> list[AssignmentStep]:
        """What was done with assignments, of one source or of all, newest first."""
        by = aliased(PersonRow)
        query = (
            select(AssignmentStepRow, PersonRow.name, by.name)
            .join(PersonRow, col(PersonRow.id) == col(AssignmentStepRow.coder_id))
            .join(by, col(by.id) == col(AssignmentStepRow.by_id))
            .order_by(col(AssignmentStepRow.at).desc())
        )
        if source_id:
            query = query.where(col(AssignmentStepRow.source_id) == source_id)
        with self._database.reading() as session:
            return [
                AssignmentStep(
                    row.source_id,
                    coder,
                    row.step,
                    row.is_blind,
                    row.reason,
                    name,
                    row.at,
                )
                for row, coder, name in session.exec(query)
            ]

    def people_who_code(self) -> list[tuple[str, str]]:
        """Id and name of everyone whose role codes, by name."""
        with self._database.reading() as session:
            rows = session.exec(
                select(PersonRow)
                .where(col(PersonRow.is_command_line).is_(False))
                .order_by(PersonRow.name)
            )
            return [
                (row.id, row.name)
                for row in rows
                if may(Role(row.role), Right.CODE_SOURCES)
            ]

    def coders(self, *, reader_id: str | None = None) -> dict[str, SourceCoders]:
        """Who codes each source, by source id; sources nobody codes are left out.

        People without an assignment are named as far as the reader may see that they
        have coded there.
        """
        with self._database.reading() as session:
            return coders_of_sources(session, reader_id)

    def _require_free(
        self, session: Session, source: SourceRow, coder_id: str, name: str
    ) -> None:
        taken = session.exec(
            select(AssignmentRow.id).where(
                AssignmentRow.source_id == source.id,
                AssignmentRow.coder_id == coder_id,
            )
        ).first()
        if taken:
            refuse(
                f"{name} has this transcript already.",
                source.name,
                f"Leave it out. {_NOTHING_SAVED}",
            )
        if settled_row(session, source.id) is not None:
            refuse(
                "The differences of this transcript are settled.",
                source.name,
                f"Reopen what was settled first. {_NOTHING_SAVED}",
            )


def coders_of_sources(
    session: Session, reader_id: str | None
) -> dict[str, SourceCoders]:
    """Who codes each source; see :meth:`AssignmentStorage.coders`."""
    found: dict[str, SourceCoders] = {}
    blind = sources_being_coded_blind(session)
    assigned: set[tuple[str, str]] = set()
    for row in session.exec(select(AssignmentRow).order_by(col(AssignmentRow.id))):
        assigned.add((row.source_id, row.coder_id))
        one = found.setdefault(row.source_id, SourceCoders(row.source_id, ()))
        found[row.source_id] = (
            replace(one, waiting=(*one.waiting, row.coder_id))
            if row.finished_at is None
            else replace(one, coders=(*one.coders, row.coder_id))
        )
    marked = session.exec(
        select(CodedSegmentRow.source_id, CodedSegmentRow.coder_id)
        .where(col(CodedSegmentRow.layer) == CODERS)
        .where(readable_codings(session, reader_id))
        .distinct()
    ).all()
    for source_id, coder_id in marked:
        if (source_id, coder_id) not in assigned:
            one = found.setdefault(source_id, SourceCoders(source_id, ()))
            found[source_id] = replace(one, coders=(*one.coders, coder_id))
    names = {row.id: row.name for row in session.exec(select(PersonRow))}

    def by_name(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted(ids, key=lambda one: (names.get(one, ""), one)))

    return {
        source_id: replace(
            one,
            coders=by_name(one.coders),
            waiting=by_name(one.waiting),
            is_blind=source_id in blind,
        )
        for source_id, one in found.items()
    }


def _source(session: Session, source_id: str) -> SourceRow:
    row = session.get(SourceRow, source_id)
    if row is None:
        refuse(
            "This source is not in the study.",
            "Transcripts",
            f"Open the page again. {_NOTHING_SAVED}",
        )
    return row


def _require_not_read(
    session: Session, source: SourceRow, coder_id: str, name: str
) -> None:
    at = read_at(session, source.id, coder_id)
    if at is not None:
        refuse(
            f"{name} read on {at:%d/%m/%Y} what others had coded in this "
            "transcript: a blind pass of theirs would not be blind.",
            source.name,
            f"Give it to them open, or choose another coder. {_NOTHING_SAVED}",
        )


def _assignment(session: Session, assignment_id: str) -> AssignmentRow:
    row = session.get(AssignmentRow, assignment_id)
    if row is None:
        refuse(
            "This has been taken back already.",
            "Who codes what",
            _NOTHING_SAVED,
        )
    return row


def _own(session: Session, source_id: str, coder_id: str) -> AssignmentRow:
    row = session.exec(
        select(AssignmentRow).where(
            AssignmentRow.source_id == source_id, AssignmentRow.coder_id == coder_id
        )
    ).first()
    if row is None:
        refuse(
            "This transcript was not given to you.",
            "Who codes what",
            f"Have it given to you first. {_NOTHING_SAVED}",
        )
    return row


def _keep_step(
    writing: Writing, row: AssignmentRow, step: str, reason: str = ""
) -> None:
    assert writing.actor is not None, "a right was checked for a person"
    writing.session.add(
        AssignmentStepRow(
            source_id=row.source_id,
            coder_id=row.coder_id,
            step=step,
            is_blind=row.is_blind,
            reason=reason,
            by_id=writing.actor.id,
        )
    )
    writing.record(
        f"source {step}",
        "source",
        row.source_id,
        coder=row.coder_id,
        blind=row.is_blind,
    )
