"""Storing memos: dated analytic notes about anything in the study."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import select
from sqlmodel import col

from coding.coded_segments import Memo
from data.rights import Right
from data.storage.coders.blind_passes import sources_read_blind
from data.storage.database import StudyDatabase, refuse
from data.tables import CodedSegmentRow, MemoRow

# What a memo on words of a source is about; other kinds are named where they are shown.
CODED_SEGMENT = "coded segment"
PASSAGE = "passage"


class MemoStorage:
    """Reads and saves memos; each is changed by its author alone."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def add(self, actor_id: str, about_kind: str, about_id: str, text: str) -> Memo:
        """The memo as saved; refused where it says nothing."""
        _require_words(text)
        with self._database.writing(actor_id, Right.WRITE_MEMOS) as writing:
            row = MemoRow(
                about_kind=about_kind,
                about_id=about_id,
                text=text.strip(),
                author_id=actor_id,
            )
            writing.session.add(row)
            writing.record("memo written", about_kind, about_id, memo=row.id)
        return _memo(row)

    def change(self, actor_id: str, memo: Memo, text: str) -> Memo:
        """The memo with its new words.

        Raises DataRefused where another person wrote it, or it changed meanwhile.
        """
        _require_words(text)
        with self._database.writing(actor_id, Right.WRITE_MEMOS) as writing:
            row = writing.session.get(MemoRow, memo.id)
            if row is None or row.author_id != actor_id:
                refuse(
                    "Only its author can change a memo.",
                    "Memo",
                    "Write one of your own beside it. Nothing was saved.",
                )
            writing.change(row, memo.version, text=text.strip())
            writing.record("memo changed", row.about_kind, row.about_id, memo=row.id)
        return _memo(row)

    def about(self, about_kind: str, about_id: str) -> list[Memo]:
        """The memos about one thing, oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(MemoRow)
                .where(
                    col(MemoRow.about_kind) == about_kind,
                    col(MemoRow.about_id) == about_id,
                )
                .order_by(col(MemoRow.written_at), col(MemoRow.id))
            )
            return [_memo(row) for row in rows]

    def in_source(self, source_id: str, *, reader_id: str) -> list[Memo]:
        """The memos on words of a source, in the order of the text.

        One on a coded segment stands where that now stands, and where its code was
        taken away, where it stood. While the reader codes the source blind, only
        their own are given.
        """
        with self._database.reading() as session:
            query = (
                select(MemoRow, CodedSegmentRow)
                .join(
                    CodedSegmentRow,
                    (col(MemoRow.about_kind) == CODED_SEGMENT)
                    & (col(CodedSegmentRow.id) == col(MemoRow.about_id)),
                    isouter=True,
                )
                .where(col(MemoRow.source_id) == source_id)
            )
            if source_id in sources_read_blind(session, reader_id):
                query = query.where(col(MemoRow.author_id) == reader_id)
            found = [
                replace(_memo(row), start=segment.start, end=segment.end)
                if segment
                else _memo(row)
                for row, segment in session.execute(query)
            ]
        return sorted(found, key=lambda memo: (memo.start, memo.end, memo.written_at))

    def memos(self) -> list[Memo]:
        """Every memo of the study, oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(MemoRow).order_by(col(MemoRow.written_at), col(MemoRow.id))
            )
            return [_memo(row) for row in rows]


def _require_words(text: str) -> None:
    if not text.strip():
        refuse("The memo is empty.", "Memo", "Write a sentence. Nothing was saved.")


def _memo(row: MemoRow) -> Memo:
    return Memo(
        row.id,
        row.about_kind,
        row.about_id,
        row.text,
        row.author_id,
        row.written_at,
        row.version,
        row.source_id or "",
        row.start or 0,
        row.end or 0,
    )
