"""Storing what coders mark: operations carried out once, passages listed with words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime

from sqlalchemy import bindparam, func, select
from sqlmodel import Session, col

from coding.coded_segments import CodedSegment, Segment
from coding.study import Participant
from data.coding_records import (
    CodedPassage,
    CodeUse,
    CodingChange,
    CodingOperation,
    OperationOutcome,
)
from data.rights import Right, require_right
from data.storage.coders.blind_passes import readable_codings, settled_codings
from data.storage.coders.coding_checks import require_may_code_here
from data.storage.coding_desk.changes import are_on_memos, changes_of
from data.storage.coding_desk.coded_rows import passages_in
from data.storage.coding_desk.coding_bulk import add_codings
from data.storage.coding_desk.operations import answer, count_change
from data.storage.database import StudyDatabase
from data.storage.people_rights.withdrawn import not_to_be_quoted
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    OperationRow,
    ParticipantRow,
    PersonRow,
)

_SEGMENT_COLUMNS = (
    col(CodedSegmentRow.id),
    col(CodedSegmentRow.source_id),
    col(CodedSegmentRow.code_id),
    col(CodedSegmentRow.start),
    col(CodedSegmentRow.end),
    col(CodedSegmentRow.coder_id),
    col(CodedSegmentRow.coded_at),
    col(CodedSegmentRow.suggestion_id),
)


class CodingStorage:
    """Carries out coding operations and reads what is coded."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def apply(
        self, actor_id: str, source_id: str, operations: Sequence[CodingOperation]
    ) -> list[OperationOutcome]:
        """What became of each operation, in order; all are stored when this returns.

        An operation is carried out once: sent again under the same client and number
        it gets the same answer and changes nothing. One that is not accepted is
        answered in words and keeps none of the others back. Raises DataRefused where
        the person may not code at all, or not in this source as it stands, and where
        the source is not in the study. Memos alone, and taking them back, need the
        right to write memos, wherever the source can be read.
        """
        answered: dict[tuple[str, int], str] = {}
        with (
            suppress(_NothingToDo),
            self._database.writing(actor_id, Right.WRITE_MEMOS) as writing,
        ):
            answered.update(_answered(writing.session, operations))
            if all(_key(one) in answered for one in operations):
                raise _NothingToDo
            count_change(writing.session, source_id)
            assert writing.actor is not None, "a right was checked for a person"
            if not are_on_memos(writing.session, actor_id, source_id, operations):
                require_right(writing.actor, Right.CODE_SOURCES)
                require_may_code_here(writing.session, writing.actor, source_id)
            for one in operations:
                if _key(one) not in answered:
                    answered[_key(one)] = answer(writing, source_id, one)
            if not writing.lines:
                writing.record(
                    "operations answered", "source", source_id, count=len(operations)
                )
        return [_outcome(one, answered[_key(one)]) for one in operations]

    def add_all(self, actor_id: str, codings: Sequence[CodedSegment]) -> int:
        """How many passages were added as the actor's own; all of them or none.

        For work done elsewhere: nothing here can be sent twice or undone step by step,
        as it can with :meth:`apply`. Passages the actor has marked already are left
        out. Raises DataRefused with every passage the study does not accept.
        """
        with self._database.writing(actor_id, Right.CODE_SOURCES) as writing:
            added = add_codings(writing, actor_id, codings)
            writing.record("passages added", "coded segment", count=added)
        return added

    def segments(
        self, source_id: str = "", *, reader_id: str | None = None
    ) -> list[CodedSegment]:
        """Every coded segment the reader may see, in the order of the text.

        Of one source, or of the whole study where none is named. Sources being coded
        blind are left out whole where no reader is named: anybody may read that.
        """
        # Columns, not rows: a row of 5,000 costs forty times what its values do.
        query = select(*_SEGMENT_COLUMNS).order_by(
            col(CodedSegmentRow.source_id),
            col(CodedSegmentRow.start),
            col(CodedSegmentRow.end),
            col(CodedSegmentRow.id),
        )
        if source_id:
            query = query.where(col(CodedSegmentRow.source_id) == source_id)
        with self._database.reading() as session:
            query = query.where(readable_codings(session, reader_id))
            return [_as_segment(*row) for row in session.execute(query)]

    def changes(
        self, person_id: str, source_id: str, *, most: int = 50
    ) -> list[CodingChange]:
        """A coder's own changes to a source, oldest first: what can be undone, redone.

        At most ``most`` that are done and ``most`` that were undone.
        """
        with self._database.reading() as session:
            return changes_of(session, person_id, source_id, most)

    def settled(self) -> list[CodedSegment]:
        """What the study says is coded, in the order of the text.

        The agreed layer where the differences of a source are settled, else what each
        coder marked; sources being coded blind are left out.
        """
        query = select(*_SEGMENT_COLUMNS).order_by(
            col(CodedSegmentRow.source_id),
            col(CodedSegmentRow.start),
            col(CodedSegmentRow.end),
            col(CodedSegmentRow.id),
        )
        with self._database.reading() as session:
            query = query.where(settled_codings(session))
            return [_as_segment(*row) for row in session.execute(query)]

    def coded_sources(self) -> set[str]:
        """The sources in which anybody may read that something is coded.

        Those being coded blind are left out; one whose coders settled that nothing
        stands is coded all the same.
        """
        with self._database.reading() as session:
            query = select(col(CodedSegmentRow.source_id)).distinct()
            return set(session.scalars(query.where(readable_codings(session, None))))

    def uses(self, *, reader_id: str | None = None) -> dict[str, CodeUse]:
        """How much each code is used in what the reader may see.

        Codes without a use are left out.
        """
        with self._database.reading() as session:
            rows = session.execute(
                select(
                    col(CodedSegmentRow.code_id),
                    func.count(),
                    func.count(func.distinct(col(CodedSegmentRow.source_id))),
                    func.count(func.distinct(col(CodedSegmentRow.coder_id))),
                )
                .where(readable_codings(session, reader_id))
                .group_by(col(CodedSegmentRow.code_id))
            )
            return {
                code_id: CodeUse(passages, sources, coders)
                for code_id, passages, sources, coders in rows
            }

    def passage_counts(self, *, reader_id: str | None = None) -> dict[str, int]:
        """How many passages carry each code, of those the reader may see."""
        with self._database.reading() as session:
            query = select(col(CodedSegmentRow.code_id), func.count())
            query = query.where(readable_codings(session, reader_id))
            rows = session.execute(query.group_by(col(CodedSegmentRow.code_id)))
            return dict(rows.all())

    def passages(
        self,
        *,
        reader_id: str | None = None,
        code_ids: Iterable[str] | None = None,
        source_ids: Iterable[str] | None = None,
        as_settled: bool = False,
    ) -> list[CodedPassage]:
        """Coded passages with their words and who speaks, by source and position.

        Of the codes and sources named, or of all, as far as the reader may see them;
        ``as_settled`` gives what the study says is coded, as :meth:`settled` does for
        every reader. The coder is named, the participant is given as the study knows.
        """
        query = (
            select(CodedSegmentRow, col(CodeRow.name), col(PersonRow.name))
            .join(CodeRow, col(CodeRow.id) == col(CodedSegmentRow.code_id))
            .join(PersonRow, col(PersonRow.id) == col(CodedSegmentRow.coder_id))
            .order_by(
                col(CodedSegmentRow.source_id),
                col(CodedSegmentRow.start),
                col(CodedSegmentRow.end),
                col(CodedSegmentRow.id),
            )
        )
        if code_ids is not None:
            query = query.where(col(CodedSegmentRow.code_id).in_(list(code_ids)))
        if source_ids is not None:
            query = query.where(col(CodedSegmentRow.source_id).in_(list(source_ids)))
        with self._database.reading() as session:
            if as_settled:
                query = query.where(settled_codings(session))
            else:
                query = query.where(readable_codings(session, reader_id))
            marked: dict[str, list[tuple[CodedSegmentRow, str, str]]] = {}
            for row, code, coder in session.execute(query):
                marked.setdefault(row.source_id, []).append((row, code, coder))
            people = {
                row.id: Participant(
                    row.id, row.pseudonym, row.role, row.team, row.locality
                )
                for row in session.scalars(select(ParticipantRow))
            }
            unquoted = not_to_be_quoted(session)
            # One text at a time: a study's texts together may not fit into memory.
            return [
                passage
                for source_id in marked
                for passage in passages_in(
                    session, source_id, marked[source_id], people, unquoted
                )
            ]


def _as_segment(
    segment_id: str,
    source_id: str,
    code_id: str,
    start: int,
    end: int,
    coder_id: str,
    coded_at: datetime,
    suggestion_id: str | None,
) -> CodedSegment:
    return CodedSegment(
        segment_id,
        source_id,
        code_id,
        Segment(start, end),
        coder_id,
        coded_at,
        suggestion_id or "",
    )


class _NothingToDo(Exception):  # noqa: N818 - no error
    """Ends a transaction in which there is nothing to do, without keeping anything."""


def _key(operation: CodingOperation) -> tuple[str, int]:
    return operation.client, operation.sequence


_ANSWERED = select(col(OperationRow.sequence), col(OperationRow.refused)).where(
    col(OperationRow.client) == bindparam("client"),
    col(OperationRow.sequence).in_(bindparam("sequences", expanding=True)),
)


def _answered(
    session: Session, operations: Sequence[CodingOperation]
) -> dict[tuple[str, int], str]:
    """How each was answered before: the words it was refused in, or ''."""
    numbers: dict[str, list[int]] = {}
    for one in operations:
        numbers.setdefault(one.client, []).append(one.sequence)
    ask = session.connection().execute
    return {
        (client, sequence): refused
        for client, sequences in numbers.items()
        for sequence, refused in ask(
            _ANSWERED, {"client": client, "sequences": sequences}
        )
    }


def _outcome(operation: CodingOperation, refused: str) -> OperationOutcome:
    found, _, do_next = refused.partition("\n")
    return OperationOutcome(operation.client, operation.sequence, found, do_next)
