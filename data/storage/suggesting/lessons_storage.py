"""What suggestions may learn from: what people decided, as far as anybody may read it.

Never a suggestion that waits, and nothing of a source while somebody codes it blind:
whoever is shown a suggestion would read in it what another coder has marked there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import func, select
from sqlmodel import Session, col

from data.rights import Right
from data.storage.coders.blind_passes import (
    readable_codings,
    readable_suggestions,
    settled_codings,
    sources_being_coded_blind,
)
from data.storage.database import StudyDatabase
from data.tables import (
    AssignmentRow,
    CodedSegmentRow,
    CodeRow,
    LearningRow,
    PersonRow,
    ReadThroughRow,
    SourceRow,
    SpeakerRow,
    SuggestionRow,
    TurnRow,
)

# A source's id, a turn's number and a code's id.
Place = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Lessons:
    """What people decided, turn by turn.

    ``applied`` are turns that a coded passage touches, ``turned_down`` those where a
    suggestion was rejected or got another code. In a source ``read_through`` what was
    left uncoded was left on purpose, save for (source, code) pairs ``not_there_yet``:
    the code was made after the source was read. ``state`` is the same for the same
    texts, codes and decisions, and for no others.
    """

    applied: tuple[Place, ...] = ()
    turned_down: tuple[Place, ...] = ()
    read_through: tuple[str, ...] = ()
    not_there_yet: tuple[tuple[str, str], ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class Learning:
    """One time suggestions learned: when, for whom, from how much, by which engine.

    ``strengths`` holds for each strength how many held-out decisions there were and how
    many were right.
    """

    learned_at: datetime
    learned_by: str
    engine: str
    lessons: str
    applied: int
    turned_down: int
    read_through: int
    has_learned: bool
    in_words: str
    strengths: dict[str, tuple[int, int]] = field(default_factory=dict)


class LessonsStorage:
    """Reads what may be learned from, and keeps when it was."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def read(self) -> Lessons:
        """Everything that may be learned from as the study now stands."""
        with self._database.reading() as session:
            hidden = sources_being_coded_blind(session)
            read = _read_through(session, hidden)
            made = {
                row.id: row.created_at
                for row in session.scalars(
                    select(CodeRow).where(col(CodeRow.is_retired).is_(False))
                )
            }
            lessons = Lessons(
                tuple(sorted(set(_applied(session)))),
                tuple(sorted(set(_turned_down(session)))),
                tuple(sorted(read)),
                tuple(
                    sorted(
                        (source, code)
                        for source, at in read.items()
                        for code, made_at in made.items()
                        if made_at > at
                    )
                ),
            )
            return Lessons(
                lessons.applied,
                lessons.turned_down,
                lessons.read_through,
                lessons.not_there_yet,
                _state(session, lessons),
            )

    def decided_since(self, at: datetime | None) -> int:
        """How many codings and decisions there were since a moment, or in all.

        Counted is what may be learned from alone.
        """
        codings = select(func.count()).select_from(CodedSegmentRow)
        decided = select(func.count()).select_from(SuggestionRow)
        # What was accepted counts once, as the coding it made.
        decided = decided.where(col(SuggestionRow.status).in_(("rejected", "replaced")))
        if at is not None:
            codings = codings.where(col(CodedSegmentRow.coded_at) > at)
            decided = decided.where(col(SuggestionRow.decided_at) > at)
        with self._database.reading() as session:
            codings = codings.where(readable_codings(session, None))
            decided = decided.where(readable_suggestions(session, None))
            return int(session.scalar(codings) or 0) + int(session.scalar(decided) or 0)

    def keep(self, actor_id: str, learning: Learning) -> None:
        """Keep that suggestions learned, in place of the time before."""
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            session = writing.session
            row = session.get(LearningRow, "last")
            if row is not None:
                session.delete(row)
                session.flush()
            session.add(
                LearningRow(
                    id="last",
                    learned_by=actor_id,
                    learned_at=learning.learned_at,
                    engine=learning.engine,
                    lessons=learning.lessons,
                    applied=learning.applied,
                    turned_down=learning.turned_down,
                    read_through=learning.read_through,
                    has_learned=learning.has_learned,
                    in_words=learning.in_words,
                    strengths={k: list(v) for k, v in learning.strengths.items()},
                )
            )
            writing.record(
                "suggestions learned",
                "study",
                engine=learning.engine,
                applied=learning.applied,
                turned_down=learning.turned_down,
                read_through=learning.read_through,
            )

    def last(self) -> Learning | None:
        """The last time suggestions learned, or nothing."""
        with self._database.reading() as session:
            found = session.execute(
                select(LearningRow, col(PersonRow.name)).join(
                    PersonRow, col(PersonRow.id) == col(LearningRow.learned_by)
                )
            ).first()
            if found is None:
                return None
            row, by = found
            return Learning(
                row.learned_at,
                by,
                row.engine,
                row.lessons,
                row.applied,
                row.turned_down,
                row.read_through,
                row.has_learned,
                row.in_words,
                {k: (int(v[0]), int(v[1])) for k, v in row.strengths.items()},
            )


def _applied(session: Session) -> Iterable[Place]:
    """The turns that what the study says is coded touches."""
    query = (
        select(
            col(CodedSegmentRow.source_id),
            col(TurnRow.number),
            col(CodedSegmentRow.code_id),
        )
        .join(
            TurnRow,
            (col(TurnRow.source_id) == col(CodedSegmentRow.source_id))
            & (col(TurnRow.start) < col(CodedSegmentRow.end))
            & (col(TurnRow.end) > col(CodedSegmentRow.start)),
        )
        .where(settled_codings(session))
        .distinct()
    )
    return [(source, number, code) for source, number, code in session.execute(query)]


def _turned_down(session: Session) -> Iterable[Place]:
    query = select(
        col(SuggestionRow.source_id),
        col(SuggestionRow.turn_number),
        col(SuggestionRow.code_id),
    ).where(
        col(SuggestionRow.status).in_(("rejected", "replaced")),
        readable_suggestions(session, None),
    )
    return [(source, number, code) for source, number, code in session.execute(query)]


def _read_through(session: Session, hidden: set[str]) -> dict[str, datetime]:
    """The sources that somebody has read from end to end, and when the first did."""
    read: dict[str, datetime] = {}
    said = [(one.source_id, one.at) for one in session.scalars(select(ReadThroughRow))]
    said += [
        (one.source_id, one.finished_at)
        for one in session.scalars(select(AssignmentRow))
        if one.finished_at is not None
    ]
    for source, at in said:
        if source not in hidden:
            read[source] = min(at, read.get(source, at))
    return read


def _state(session: Session, lessons: Lessons) -> str:
    """Another one for other texts, codes or decisions; of no words of a source."""
    texts = session.execute(
        select(col(SourceRow.id), col(SourceRow.text_sha256)).order_by(
            col(SourceRow.id)
        )
    ).all()
    codes = session.execute(
        select(col(CodeRow.id), col(CodeRow.version), col(CodeRow.is_retired)).order_by(
            col(CodeRow.id)
        )
    ).all()
    asking = session.execute(
        select(col(SpeakerRow.source_id), col(SpeakerRow.label))
        .where(col(SpeakerRow.is_interviewer).is_(True))
        .order_by(col(SpeakerRow.source_id), col(SpeakerRow.label))
    ).all()
    parts = [
        [list(one) for one in texts],
        [list(one) for one in asking],
        [list(one) for one in codes],
        lessons.applied,
        lessons.turned_down,
        lessons.read_through,
        lessons.not_there_yet,
    ]
    return hashlib.sha256(json.dumps(parts).encode("utf-8")).hexdigest()[:16]
