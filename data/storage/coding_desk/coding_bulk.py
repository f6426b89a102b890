"""Storing many coded passages at once: all of them, or none and every problem."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlmodel import Session, col, select

from coding.coded_segments import CodedSegment
from data.problems import DataProblem, DataRefused
from data.storage.coders.blind_passes import CODERS
from data.storage.coders.coding_checks import require_may_code_here
from data.storage.database import Writing, insert_rows
from data.storage.interviews.source_checks import is_spoken
from data.tables import CodedSegmentRow, CodeRow, SourceRow, TurnRow

_NEXT = "Mend the table and add it again. Nothing was saved."


def add_codings(
    writing: Writing, coder_id: str, codings: Sequence[CodedSegment]
) -> int:
    """How many passages were added; those the coder has marked already are left out.

    Raises DataRefused with every passage whose source or code is not in the study,
    whose code is retired, or that holds no spoken word.
    """
    session = writing.session
    codes = {row.id: row for row in session.exec(select(CodeRow))}
    by_source: dict[str, list[CodedSegment]] = {}
    for one in codings:
        by_source.setdefault(one.source_id, []).append(one)
    problems: list[DataProblem] = []
    rows: list[dict[str, object]] = []
    assert writing.actor is not None, "a right was checked for a person"
    for source_id, listed in by_source.items():
        require_may_code_here(session, writing.actor, source_id)
        problems += _problems(session, source_id, listed, codes)
        rows += [
            {
                "id": one.id,
                "source_id": source_id,
                "code_id": one.code_id,
                "start": one.segment.start,
                "end": one.segment.end,
                "coder_id": coder_id,
                "coded_at": one.coded_at,
            }
            for one in _new(session, source_id, coder_id, listed)
        ]
    if problems:
        raise DataRefused(problems)
    _count_changes(session, by_source)
    insert_rows(session, CodedSegmentRow, rows)
    return len(rows)


def _problems(
    session: Session,
    source_id: str,
    listed: Sequence[CodedSegment],
    codes: dict[str, CodeRow],
) -> Iterable[DataProblem]:
    source = session.get(SourceRow, source_id)
    if source is None:
        yield DataProblem("This source is not in the study.", "A coding", _NEXT)
        return
    turns = session.exec(
        select(TurnRow.start, TurnRow.end).where(col(TurnRow.source_id) == source_id)
    ).all()
    for one in listed:
        where = f"{source.name}, letters {one.segment.start} to {one.segment.end}"
        code = codes.get(one.code_id)
        if code is None:
            yield DataProblem("This code is not in the codebook.", where, _NEXT)
        elif code.is_retired:
            yield DataProblem(f"The code {code.name!r} is retired.", where, _NEXT)
        if not is_spoken(source.text, turns, one.segment):
            yield DataProblem("There are no spoken words here.", where, _NEXT)


def _new(
    session: Session, source_id: str, coder_id: str, listed: Sequence[CodedSegment]
) -> Iterable[CodedSegment]:
    """Those not marked yet by this coder, each once."""
    marked = set(
        session.exec(
            select(CodedSegmentRow.code_id, CodedSegmentRow.start, CodedSegmentRow.end)
            .where(col(CodedSegmentRow.source_id) == source_id)
            .where(col(CodedSegmentRow.coder_id) == coder_id)
            .where(col(CodedSegmentRow.layer) == CODERS)
        ).all()
    )
    for one in listed:
        key = (one.code_id, one.segment.start, one.segment.end)
        if key not in marked:
            marked.add(key)
            yield one


def _count_changes(session: Session, source_ids: Iterable[str]) -> None:
    for source_id in source_ids:
        source = session.get(SourceRow, source_id)
        if source is not None:
            source.revision += 1
            session.add(source)
    session.flush()
