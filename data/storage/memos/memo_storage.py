"""Storing memos: dated analytic notes about anything in the study.

A memo is changed and deleted by its author alone, and what it said before is kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy import delete, select
from sqlmodel import Session, col

from coding.coded_segments import Memo, Segment
from data.problems import DataProblem, DataRefused
from data.rights import Right
from data.storage.coders.blind_passes import sources_read_blind
from data.storage.database import StudyDatabase, Writing, insert_rows, refuse
from data.storage.memos.memo_records import (
    EarlierWords,
    MemoKind,
    NewMemo,
    Thing,
    without_repeats,
)
from data.storage.memos.memo_rows import as_memo, keep_words, links_of
from data.storage.memos.memo_things import tell_things
from data.tables import CodedSegmentRow, MemoLinkRow, MemoRow, MemoWordsRow, now

LONGEST_TITLE = 200
# As long as one written while reading; a spreadsheet's cell would hold some more.
LONGEST_TEXT = 20_000
MOST_LINKS = 100


class MemoStorage:
    """Saves memos, and reads those of one source and what one said before."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def add(
        self,
        actor_id: str,
        about: Thing,
        new: NewMemo,
        *,
        passage: Segment | None = None,
    ) -> Memo:
        """The memo as saved; ``passage`` says which words of a source it is on.

        Raises DataRefused where it says nothing or too much, and where what it is
        about is not in the study.
        """
        _require_sound(new)
        with self._database.writing(actor_id, Right.WRITE_MEMOS) as writing:
            _require_there(writing.session, [about], actor_id)
            source_id = None
            if about.kind in (MemoKind.SOURCE, MemoKind.PASSAGE):
                source_id = about.id
            elif about.kind == MemoKind.CODED_SEGMENT:
                # By its source it hides from whoever codes that blind.
                coded = writing.session.get_one(CodedSegmentRow, about.id)
                source_id, passage = coded.source_id, Segment(coded.start, coded.end)
            row = MemoRow(
                about_kind=about.kind,
                about_id=about.id,
                title=_tidy(new.title),
                text=new.text.strip(),
                author_id=actor_id,
                source_id=source_id,
                start=passage.start if passage else None,
                end=passage.end if passage else None,
            )
            writing.session.add(row)
            writing.session.flush()
            _save_links(writing, row, new.links)
            _record(writing, "memo written", row)
            return _with_links(writing.session, row)

    def change(self, actor_id: str, memo: Memo, new: NewMemo) -> Memo:
        """The memo with its new words; those it had are kept.

        Raises DataRefused where another person wrote it, or it changed meanwhile.
        """
        _require_sound(new)
        with self._database.writing(actor_id, Right.WRITE_MEMOS) as writing:
            row = _own(writing, memo.id, "change")
            keep_words(writing.session, row)
            writing.change(
                row,
                memo.version,
                title=_tidy(new.title),
                text=new.text.strip(),
                changed_at=now(),
            )
            _save_links(writing, row, new.links)
            _record(writing, "memo changed", row)
            return _with_links(writing.session, row)

    def delete(self, actor_id: str, memo: Memo) -> None:
        """Take a memo of one's own out of every list; nothing of it is lost."""
        with self._database.writing(actor_id, Right.WRITE_MEMOS) as writing:
            row = _own(writing, memo.id, "delete")
            keep_words(writing.session, row)
            writing.change(row, memo.version, is_deleted=True)
            _record(writing, "memo deleted", row)

    def bring_back(self, actor_id: str, memo_id: str) -> None:
        """Put a memo of one's own back that was deleted; where it stands, it stays."""
        with self._database.writing(actor_id, Right.WRITE_MEMOS) as writing:
            row = _own(writing, memo_id, "bring back")
            writing.change(row, row.version, is_deleted=False)
            _record(writing, "memo brought back", row)

    def earlier_words(self, actor_id: str, memo_id: str) -> list[EarlierWords]:
        """What a memo of one's own said before its changes, the newest first.

        Nothing of another's: what somebody took out is no longer theirs to be read.
        """
        with self._database.reading() as session:
            rows = session.scalars(
                select(MemoWordsRow)
                .join(MemoRow, col(MemoRow.id) == col(MemoWordsRow.memo_id))
                .where(
                    col(MemoWordsRow.memo_id) == memo_id,
                    col(MemoRow.author_id) == actor_id,
                )
                .order_by(col(MemoWordsRow.number).desc())
            )
            return [EarlierWords(row.title, row.text, row.said_until) for row in rows]

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
                    (col(MemoRow.about_kind) == MemoKind.CODED_SEGMENT.value)
                    & (col(CodedSegmentRow.id) == col(MemoRow.about_id)),
                    isouter=True,
                )
                .where(
                    col(MemoRow.source_id) == source_id,
                    col(MemoRow.about_kind) != MemoKind.SOURCE.value,
                    col(MemoRow.is_deleted).is_(False),
                )
            )
            if source_id in sources_read_blind(session, reader_id):
                query = query.where(col(MemoRow.author_id) == reader_id)
            found = [
                replace(as_memo(row), start=segment.start, end=segment.end)
                if segment
                else as_memo(row)
                for row, segment in session.execute(query)
            ]
        return sorted(found, key=lambda memo: (memo.start, memo.end, memo.written_at))


def _record(writing: Writing, action: str, row: MemoRow) -> None:
    # The source is named so that the line is hidden wherever work on it is.
    source = {"source": row.source_id} if row.source_id else {}
    writing.record(action, row.about_kind, row.about_id, memo=row.id, **source)


def _own(writing: Writing, memo_id: str, what: str) -> MemoRow:
    row = writing.session.get(MemoRow, memo_id)
    if row is None or writing.actor is None or row.author_id != writing.actor.id:
        refuse(
            f"Only its author can {what} a memo.",
            "Memo",
            "Write one of your own beside it. Nothing was saved.",
        )
    return row


def _require_sound(new: NewMemo) -> None:
    problems = []
    if not new.text.strip():
        problems.append(
            DataProblem(
                "The memo is empty.", "Memo", "Write a sentence. Nothing was saved."
            )
        )
    for words, where, most in (
        (new.text, "Memo", LONGEST_TEXT),
        (new.title, "Title of the memo", LONGEST_TITLE),
    ):
        if len(words) > most:
            problems.append(
                DataProblem(
                    f"It has {len(words):,} characters; {most:,} can be kept.",
                    where,
                    "Shorten it, or write two memos and link them. Nothing was saved.",
                )
            )
    if len(new.links) > MOST_LINKS:
        problems.append(
            DataProblem(
                f"The memo leads to {len(new.links)} things; {MOST_LINKS} can be kept.",
                "Links of the memo",
                "Leave some out. Nothing was saved.",
            )
        )
    if problems:
        raise DataRefused(problems)


def _require_there(session: Session, things: Iterable[Thing], actor_id: str) -> None:
    told = tell_things(session, things, actor_id)
    if any(one.is_gone for one in told.values()):
        refuse(
            "What the memo is about, or leads to, is no longer in the study.",
            "Memo",
            "Choose something else. Nothing was saved.",
        )


def _save_links(writing: Writing, row: MemoRow, wanted: Iterable[Thing]) -> None:
    """The memo leads to these things and no others; kept ones may be gone since."""
    session = writing.session
    links = [one for one in without_repeats(wanted) if one.id != row.id]
    had = {Thing(*one) for one in links_of(session, [row.id])[row.id]}
    new = [one for one in links if one not in had]
    _require_there(session, new, row.author_id)
    for one in had.difference(links):
        session.execute(
            delete(MemoLinkRow).where(
                col(MemoLinkRow.memo_id) == row.id,
                col(MemoLinkRow.about_kind) == one.kind,
                col(MemoLinkRow.about_id) == one.id,
            )
        )
    if new:
        insert_rows(
            session,
            MemoLinkRow,
            [
                {"memo_id": row.id, "about_kind": one.kind, "about_id": one.id}
                for one in new
            ],
        )


def _with_links(session: Session, row: MemoRow) -> Memo:
    return as_memo(row, links_of(session, [row.id])[row.id])


def _tidy(title: str) -> str:
    return " ".join(title.split())
