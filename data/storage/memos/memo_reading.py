"""Finding memos: by words, author, kind of thing, wave, source and code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, or_, select
from sqlmodel import Session, col

from coding.coded_segments import Memo
from data.storage.database import StudyDatabase, names_of_people
from data.storage.memos.memo_choices import choices
from data.storage.memos.memo_records import (
    MemoKind,
    MemoQuery,
    Thing,
    ToldThing,
    kinds_read_together,
)
from data.storage.memos.memo_rows import as_memo, links_of
from data.storage.memos.memo_things import tell_abouts, tell_things, title_of
from data.storage.memos.readable_memos import readable_memos
from data.tables import (
    CodedSegmentRow,
    MemoLinkRow,
    MemoRow,
    PersonRow,
    SourceRow,
    WaveRow,
)


@dataclass(frozen=True, slots=True)
class ReadMemo:
    """A memo with all that is told around it, in words."""

    memo: Memo
    author: str
    about: ToldThing
    links: tuple[ToldThing, ...] = ()
    linked_from: tuple[ToldThing, ...] = ()

    @property
    def title(self) -> str:
        """Its title, or how it begins."""
        return title_of(self.memo.title, self.memo.text)


class MemoReading:
    """Reads memos as a person, or a report, may read them."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def find(
        self,
        query: MemoQuery,
        *,
        reader_id: str | None,
        first: int = 0,
        most: int | None = None,
    ) -> tuple[list[ReadMemo], int]:
        """The memos wanted, the newest first, from ``first`` on; and how many in all.

        Without a reader they are what anybody may read, for a report.
        """
        with self._database.reading() as session:
            ids = _found(session, query, reader_id)
            last = None if most is None else first + most
            return _read(session, ids[first:last], reader_id), len(ids)

    def one(self, memo_id: str, *, reader_id: str) -> ReadMemo | None:
        """A memo the person may read, or nothing."""
        with self._database.reading() as session:
            stands = select(col(MemoRow.id)).where(
                col(MemoRow.id) == memo_id, readable_memos(session, reader_id)
            )
            if session.scalars(stands).first() is None:
                return None
            return _read(session, [memo_id], reader_id)[0]

    def authors(self, *, reader_id: str) -> dict[str, str]:
        """Who wrote a memo that the person may read, by id with the name."""
        with self._database.reading() as session:
            rows = session.execute(
                select(col(PersonRow.id), col(PersonRow.name))
                .join(MemoRow, col(MemoRow.author_id) == col(PersonRow.id))
                .where(readable_memos(session, reader_id))
                .distinct()
                .order_by(col(PersonRow.name))
            )
            return dict(rows.all())

    def choices(self, kind: str, *, reader_id: str, most: int) -> list[ToldThing]:
        """What a memo of this kind can be about, at most so many, in words."""
        with self._database.reading() as session:
            return choices(session, kind, reader_id, most)

    def tell(self, thing: Thing, *, reader_id: str | None) -> ToldThing:
        """One thing in words."""
        with self._database.reading() as session:
            return tell_things(session, [thing], reader_id)[thing]


def _found(session: Session, query: MemoQuery, reader_id: str | None) -> list[str]:
    """The ids of the memos wanted, the newest first."""
    wanted = select(col(MemoRow.id)).where(
        readable_memos(session, reader_id), *_conditions(query)
    )
    written = func.coalesce(col(MemoRow.changed_at), col(MemoRow.written_at))
    wanted = wanted.order_by(written.desc(), col(MemoRow.id))
    needles = query.words.casefold().split()
    if not needles:
        return list(session.scalars(wanted))
    # Compared here: a database's own lower case knows no accents.
    rows = session.execute(wanted.add_columns(col(MemoRow.title), col(MemoRow.text)))
    return [
        one
        for one, title, text in rows
        if all(needle in f"{title}\n{text}".casefold() for needle in needles)
    ]


def _conditions(query: MemoQuery) -> list[ColumnElement[bool]]:
    where: list[ColumnElement[bool]] = []
    if query.kind:
        where.append(col(MemoRow.about_kind) == query.kind)
    if query.author_id:
        where.append(col(MemoRow.author_id) == query.author_id)
    if query.source_id:
        where.append(_on_source(query.source_id))
    if query.wave:
        of_wave = (
            select(col(SourceRow.id))
            .join(WaveRow, col(WaveRow.id) == col(SourceRow.wave_id))
            .where(col(WaveRow.name) == query.wave)
        )
        where.append(col(MemoRow.source_id).in_(of_wave))
    if query.code_id:
        under = select(col(CodedSegmentRow.id)).where(
            col(CodedSegmentRow.code_id) == query.code_id
        )
        on_code = Thing(MemoKind.CODE, query.code_id)
        where.append(
            or_(
                _about(on_code),
                _leads_to(on_code),
                (col(MemoRow.about_kind) == MemoKind.CODED_SEGMENT.value)
                & col(MemoRow.about_id).in_(under),
            )
        )
    if query.about is not None:
        where.append(or_(_about(query.about), _leads_to(query.about)))
    return where


def _on_source(source_id: str) -> ColumnElement[bool]:
    leads = _leads_to(Thing(MemoKind.SOURCE, source_id))
    return or_(col(MemoRow.source_id) == source_id, leads)


def _about(thing: Thing) -> ColumnElement[bool]:
    kinds = kinds_read_together(thing.kind)
    return col(MemoRow.about_kind).in_(kinds) & (col(MemoRow.about_id) == thing.id)


def _leads_to(thing: Thing) -> ColumnElement[bool]:
    kinds = kinds_read_together(thing.kind)
    return col(MemoRow.id).in_(
        select(col(MemoLinkRow.memo_id)).where(
            col(MemoLinkRow.about_kind).in_(kinds),
            col(MemoLinkRow.about_id) == thing.id,
        )
    )


def _read(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> list[ReadMemo]:
    rows = {
        row.id: row
        for row in session.scalars(select(MemoRow).where(col(MemoRow.id).in_(ids)))
    }
    links = links_of(session, ids)
    memos = [as_memo(rows[one], links[one]) for one in ids]
    names = names_of_people(session)
    abouts = tell_abouts(session, memos, reader_id)
    led = tell_things(
        session, (Thing(*link) for memo in memos for link in memo.links), reader_id
    )
    back = _linked_from(session, ids, reader_id)
    return [
        ReadMemo(
            memo,
            names.get(memo.author_id, "Someone"),
            abouts[memo.id],
            tuple(led[Thing(*link)] for link in memo.links),
            back.get(memo.id, ()),
        )
        for memo in memos
    ]


def _linked_from(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> dict[str, tuple[ToldThing, ...]]:
    """The memos that lead to each of these or are about it, as far as may be read."""
    readable = readable_memos(session, reader_id)
    kind = MemoKind.MEMO.value
    about = select(col(MemoRow.about_id), col(MemoRow.id)).where(
        col(MemoRow.about_kind) == kind, col(MemoRow.about_id).in_(ids), readable
    )
    leading = (
        select(col(MemoLinkRow.about_id), col(MemoRow.id))
        .join(MemoRow, col(MemoRow.id) == col(MemoLinkRow.memo_id))
        .where(
            col(MemoLinkRow.about_kind) == kind,
            col(MemoLinkRow.about_id).in_(ids),
            readable,
        )
    )
    pairs = [*session.execute(about), *session.execute(leading)]
    told = tell_things(session, (Thing(kind, one) for _, one in pairs), reader_id)
    found: dict[str, dict[Thing, ToldThing]] = {}
    for memo_id, other in pairs:
        found.setdefault(memo_id, {})[Thing(kind, other)] = told[Thing(kind, other)]
    return {one: tuple(others.values()) for one, others in found.items()}
