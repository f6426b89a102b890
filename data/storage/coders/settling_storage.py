"""Storing what coders settle between them: a layer of its own beside their codings.

Nothing of what a coder marked is changed. Each decision keeps the readings it was
about, who made it, when and why; taken back, it stays on file and its codings go.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from coding.agreement.differences import (
    Difference,
    DifferenceKind,
    compare_readings,
)
from coding.coded_segments import CodedSegment
from data.rights import Right
from data.storage.coders.assignment_storage import coders_of_sources
from data.storage.coders.blind_passes import AGREED, readable_codings
from data.storage.coders.coder_records import (
    AgreedDecision,
    Decision,
    SeenReading,
    Settling,
)
from data.storage.coders.coding_checks import settled_row
from data.storage.coders.settling_checks import (
    require_compared,
    require_mark,
    require_open,
    require_reason,
)
from data.storage.coding_desk.coded_rows import as_coded_segment
from data.storage.database import StudyDatabase, Writing, refuse
from data.tables import (
    AgreedDecisionRow,
    CodedSegmentRow,
    PersonRow,
    SettledSourceRow,
    SourceRow,
    new_id,
    now,
)

_WHERE = "Differences"
_NOTHING_SAVED = "Nothing was saved."

Mark = tuple[str, int, int]


class SettlingStorage:
    """Compares coders' readings and keeps what is decided on them."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def read(self, source_id: str) -> Settling:
        """The source between its coders, as anybody may read it.

        Raises DataRefused while a coder is at work on it, or one alone has coded it.
        """
        with self._database.reading() as session:
            return _settling(session, source_id)

    def take_over_alike(self, actor_id: str, source_id: str) -> int:
        """How many passages read alike by all were taken into the agreed layer."""
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            settling = require_open(_settling(writing.session, source_id))
            for one in settling.not_taken_over:
                first = one.of(settling.coders[0])
                _keep(writing, source_id, one, Decision.SAME, _marks(first))
            count = len(settling.not_taken_over)
            writing.record("agreed passages taken over", "source", source_id, n=count)
        return count

    def decide(
        self,
        actor_id: str,
        source_id: str,
        key: str,
        decision: Decision,
        *,
        reading_of: str = "",
        marks: Sequence[Mark] = (),
        rationale: str = "",
    ) -> None:
        """Settle one difference.

        ``reading_of`` is the coder whose reading is taken; ``marks`` are code id, start
        and end where the decision is another one. Both readings of a passage under one
        code become one passage from the first word to the last. A rationale is asked
        for unless the readings differ in their edges alone. Raises DataRefused where
        the readings have changed since they were shown, or somebody was quicker.
        """
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            session = writing.session
            settling = require_open(_settling(session, source_id))
            one = next((d for d in settling.differing if d.key == key), None)
            if one is None:
                refuse(
                    "These readings have changed since they were shown.",
                    _WHERE,
                    f"Read them again as they are now. {_NOTHING_SAVED}",
                )
            if key in settling.decisions:
                by = settling.decisions[key].decided_by
                refuse(
                    f"{by} has decided on this passage.",
                    _WHERE,
                    f"Take that decision back first. {_NOTHING_SAVED}",
                )
            if one.kind is not DifferenceKind.EDGES or decision is Decision.OTHER:
                require_reason(rationale)
            made = _decided(one, decision, reading_of, marks)
            if decision is Decision.OTHER:
                for mark in made:
                    require_mark(session, source_id, mark)
            _keep(
                writing,
                source_id,
                one,
                decision,
                made,
                reading_of=reading_of,
                rationale=rationale.strip(),
            )

    def take_back(self, actor_id: str, source_id: str, decision_id: str) -> None:
        """Take a decision back: its codings go, it stays on file with who did so."""
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            session = writing.session
            if settled_row(session, source_id) is not None:
                refuse(
                    "What the coders settled here is closed.",
                    _WHERE,
                    f"Reopen it first. {_NOTHING_SAVED}",
                )
            row = session.get(AgreedDecisionRow, decision_id)
            if row is None or row.source_id != source_id or row.taken_back_at:
                refuse("This was taken back already.", _WHERE, _NOTHING_SAVED)
            for made in row.made_ids:
                coded = session.get(CodedSegmentRow, made)
                if coded is not None:
                    session.delete(coded)
            row.taken_back_by, row.taken_back_at = actor_id, now()
            session.add(row)
            writing.record(
                "decision taken back", "agreed decision", row.id, source=source_id
            )

    def close(self, actor_id: str, source_id: str) -> None:
        """Let what was settled stand for the source, in themes and debrief too.

        Raises DataRefused while a difference is undecided, an agreed passage not taken
        over, or a decision rests on readings that have changed.
        """
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            settling = require_open(_settling(writing.session, source_id))
            left = len(settling.undecided)
            if left or settling.not_taken_over or settling.outdated:
                refuse(
                    f"Not everything is settled: {left} differences are undecided, "
                    f"{len(settling.not_taken_over)} agreed passages not taken over, "
                    f"{len(settling.outdated)} decisions rest on readings that have "
                    "changed.",
                    _WHERE,
                    f"Settle these first. {_NOTHING_SAVED}",
                )
            writing.session.add(
                SettledSourceRow(source_id=source_id, closed_by=actor_id)
            )
            writing.record(
                "differences settled",
                "source",
                source_id,
                decisions=len(settling.decisions),
                passages=len(settling.agreed),
            )

    def reopen(self, actor_id: str, source_id: str, reason: str) -> None:
        """Take up again what was settled; until it is closed anew the coders' own
        codings count."""
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            row = settled_row(writing.session, source_id)
            if row is None:
                refuse("Nothing is closed here.", _WHERE, _NOTHING_SAVED)
            require_reason(reason)
            row.reopened_by, row.reopened_at = actor_id, now()
            row.reason = reason.strip()
            writing.session.add(row)
            writing.record("settled differences reopened", "source", source_id)

    def settled_sources(self) -> set[str]:
        """The sources whose differences are settled."""
        with self._database.reading() as session:
            return set(
                session.exec(
                    select(SettledSourceRow.source_id).where(
                        col(SettledSourceRow.reopened_at).is_(None)
                    )
                )
            )

    def history(self, source_id: str) -> list[AgreedDecision]:
        """Every decision on a source, those taken back too, newest first."""
        with self._database.reading() as session:
            rows = session.exec(
                select(AgreedDecisionRow)
                .where(AgreedDecisionRow.source_id == source_id)
                .order_by(col(AgreedDecisionRow.decided_at).desc())
            )
            return _decisions(session, rows)


def _settling(session: Session, source_id: str) -> Settling:
    source = session.get(SourceRow, source_id)
    coders = require_compared(source, coders_of_sources(session, None), source_id)
    assert source is not None, "a source that is compared is there"
    own = session.exec(
        select(CodedSegmentRow)
        .where(CodedSegmentRow.source_id == source_id)
        .where(readable_codings(session, None))
    )
    differences = compare_readings(source.text, coders, map(as_coded_segment, own))
    standing = _decisions(
        session,
        session.exec(
            select(AgreedDecisionRow)
            .where(AgreedDecisionRow.source_id == source_id)
            .where(col(AgreedDecisionRow.taken_back_at).is_(None))
        ),
    )
    keys = {one.key for one in differences}
    agreed = session.exec(
        select(CodedSegmentRow)
        .where(CodedSegmentRow.source_id == source_id, CodedSegmentRow.layer == AGREED)
        .order_by(col(CodedSegmentRow.start), col(CodedSegmentRow.end))
    )
    closed = settled_row(session, source_id)
    return Settling(
        source_id,
        coders,
        differences,
        {one.key: one for one in standing if one.key in keys},
        tuple(one for one in standing if one.key not in keys),
        tuple(map(as_coded_segment, agreed)),
        _name(session, closed.closed_by) if closed else "",
        closed.closed_at if closed else None,
    )


def _decided(
    one: Difference, decision: Decision, reading_of: str, marks: Sequence[Mark]
) -> list[Mark]:
    """The marks a decision makes."""
    if decision is Decision.NEITHER:
        return []
    if decision is Decision.READING:
        if reading_of not in dict(one.readings):
            refuse(
                "Whose reading is taken is missing.",
                _WHERE,
                f"Choose one of the coders. {_NOTHING_SAVED}",
            )
        return _marks(one.of(reading_of))
    if decision is Decision.BOTH:
        return _marks(coded for _, reading in one.readings for coded in reading)
    if decision is Decision.OTHER:
        if not marks:
            refuse(
                "The code and its words are missing.",
                _WHERE,
                f"Choose a code and where it begins and ends. {_NOTHING_SAVED}",
            )
        return list(marks)
    raise AssertionError("passages read alike are taken over, not decided on")


def _marks(reading: Iterable[CodedSegment]) -> list[Mark]:
    """Code, start and end of what is marked, passages of a code that overlap as one."""
    joined: list[Mark] = []
    listed = sorted(
        reading, key=lambda c: (c.code_id, c.segment.start, c.segment.end, c.id)
    )
    for one in listed:
        start, end = one.segment.start, one.segment.end
        if joined and joined[-1][0] == one.code_id and start < joined[-1][2]:
            joined[-1] = (one.code_id, joined[-1][1], max(end, joined[-1][2]))
        else:
            joined.append((one.code_id, start, end))
    return joined


def _keep(
    writing: Writing,
    source_id: str,
    one: Difference,
    decision: Decision,
    marks: Iterable[Mark],
    *,
    reading_of: str = "",
    rationale: str = "",
) -> None:
    assert writing.actor is not None, "a right was checked for a person"
    made = [
        CodedSegmentRow(
            id=new_id(),
            source_id=source_id,
            code_id=code_id,
            start=start,
            end=end,
            coder_id=writing.actor.id,
            layer=AGREED,
        )
        for code_id, start, end in marks
    ]
    writing.session.add_all(made)
    row = AgreedDecisionRow(
        source_id=source_id,
        difference_key=one.key,
        kind=one.kind.value,
        decision=decision.value,
        reading_of=(reading_of or None) if decision is Decision.READING else None,
        rationale=rationale,
        seen=[
            [coder, c.code_id, c.segment.start, c.segment.end]
            for coder, reading in one.readings
            for c in reading
        ],
        made_ids=[one.id for one in made],
        decided_by=writing.actor.id,
    )
    writing.session.add(row)
    if decision is not Decision.SAME:
        writing.record(
            "difference decided",
            "agreed decision",
            row.id,
            source=source_id,
            decision=decision.value,
            passages=len(made),
        )


def _decisions(
    session: Session, rows: Iterable[AgreedDecisionRow]
) -> list[AgreedDecision]:
    names = {row.id: row.name for row in session.exec(select(PersonRow))}
    return [
        AgreedDecision(
            row.id,
            row.source_id,
            row.difference_key,
            DifferenceKind(row.kind),
            Decision(row.decision),
            row.reading_of or "",
            row.rationale,
            tuple(SeenReading(*seen) for seen in row.seen),
            tuple(row.made_ids),
            names.get(row.decided_by, ""),
            row.decided_at,
            names.get(row.taken_back_by or "", ""),
            row.taken_back_at,
        )
        for row in rows
    ]


def _name(session: Session, person_id: str) -> str:
    person = session.get(PersonRow, person_id)
    return person.name if person else ""
