"""The things memos are about, in words and with their place; what is gone says so.

One query for each kind, however many things are told; passages are read one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from sqlalchemy import func, select
from sqlmodel import Session, col

from coding.coded_segments import Memo
from data.storage.coders.blind_passes import (
    sources_being_coded_blind,
    sources_read_blind,
)
from data.storage.interviews.kept_back import words_kept_back
from data.storage.memos.memo_records import MemoKind, Thing, ToldThing
from data.storage.memos.readable_memos import readable_memos
from data.tables import (
    CaseRow,
    CodebookDecisionRow,
    CodedSegmentRow,
    CodeRow,
    JudgementRow,
    MemoRow,
    ParticipantRow,
    SourceRow,
    StudyRow,
    TurnRow,
)

_TITLE_FROM_TEXT = 60
_Teller = Callable[[Session, Sequence[str], str | None], Iterable[ToldThing]]


def tell_things(
    session: Session, things: Iterable[Thing], reader_id: str | None
) -> dict[Thing, ToldThing]:
    """Each thing in words; one that is gone has no name."""
    wanted: dict[str, set[str]] = {}
    told: dict[Thing, ToldThing] = {}
    for thing in things:
        told[thing] = ToldThing(thing)
        wanted.setdefault(thing.kind, set()).add(thing.id)
    for kind, ids in wanted.items():
        teller = _TELLERS.get(kind)
        if teller is not None:
            told |= {one.thing: one for one in teller(session, sorted(ids), reader_id)}
    return told


def tell_abouts(
    session: Session, memos: Sequence[Memo], reader_id: str | None
) -> dict[str, ToldThing]:
    """What each memo is about, by the memo's id, with the words of its passage."""
    on_words = [one for one in memos if one.end]
    rest = [one for one in memos if not one.end]
    told = tell_things(
        session, (Thing(one.about_kind, one.about_id) for one in rest), reader_id
    )
    found = {one.id: told[Thing(one.about_kind, one.about_id)] for one in rest}
    return found | _on_words(session, on_words, reader_id)


def title_of(title: str, text: str) -> str:
    """A memo's title, or else how it begins.

    >>> title_of("", "They praise it.\\nAnd then they do not.")
    'They praise it.'
    """
    if title:
        return title
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    words = first.lstrip("#->_ ").replace("*", "") or first
    if len(words) <= _TITLE_FROM_TEXT:
        return words
    return f"{words[:_TITLE_FROM_TEXT].rsplit(' ', 1)[0]} ..."


def _on_words(
    session: Session, memos: Sequence[Memo], reader_id: str | None
) -> dict[str, ToldThing]:
    coded = [memo.about_id for memo in memos if _is_coded(memo)]
    segments = _segments(session, coded, reader_id)
    kept_back = words_kept_back(session, (memo.source_id for memo in memos))
    found = {}
    for memo in memos:
        start, end, code = segments.get(memo.about_id, (memo.start, memo.end, ""))
        row = session.execute(
            select(
                col(SourceRow.name),
                func.substr(col(SourceRow.text), start + 1, end - start),
                col(TurnRow.number),
                col(TurnRow.speaker),
            )
            .join(
                TurnRow,
                (col(TurnRow.source_id) == col(SourceRow.id))
                & (col(TurnRow.start) <= start)
                & (col(TurnRow.end) > start),
                isouter=True,
            )
            .where(col(SourceRow.id) == memo.source_id)
        ).first()
        thing = Thing(memo.about_kind, memo.about_id)
        if row is None:
            found[memo.id] = ToldThing(thing)
            continue
        name, words, turn, speaker = row
        place = f"{name}, turn {turn}" if turn else name
        under = f", under {code}" if code else ""
        # The words stay where the code was taken away from them.
        is_taken = _is_coded(memo) and memo.about_id not in segments
        taken = " (no longer coded)" if is_taken else ""
        found[memo.id] = ToldThing(
            thing,
            f"{place}{under}{taken}",
            memo.source_id,
            memo.source_id,
            start,
            words,
            speaker or "",
            may_be_quoted=not kept_back.hold(memo.source_id, start, end),
        )
    return found


def _is_coded(memo: Memo) -> bool:
    return memo.about_kind == MemoKind.CODED_SEGMENT


def _segments(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> dict[str, tuple[int, int, str]]:
    """Where coded segments stand, with the code's name where it may be read."""
    blind = (
        sources_being_coded_blind(session)
        if reader_id is None
        else sources_read_blind(session, reader_id)
    )
    rows = session.execute(
        select(CodedSegmentRow, col(CodeRow.name))
        .join(CodeRow, col(CodeRow.id) == col(CodedSegmentRow.code_id))
        .where(col(CodedSegmentRow.id).in_(ids))
    )
    return {
        row.id: (
            row.start,
            row.end,
            code if row.source_id not in blind or row.coder_id == reader_id else "",
        )
        for row, code in rows
    }


def _study(session: Session, ids: Sequence[str], _: str | None) -> Iterable[ToldThing]:
    name = session.scalars(select(col(StudyRow.name))).first()
    for one in ids:
        yield ToldThing(Thing(MemoKind.STUDY, one), name or "The study")


def _sources(
    session: Session, ids: Sequence[str], _: str | None
) -> Iterable[ToldThing]:
    rows = session.execute(
        select(col(SourceRow.id), col(SourceRow.name)).where(col(SourceRow.id).in_(ids))
    )
    for one, name in rows:
        yield ToldThing(Thing(MemoKind.SOURCE, one), name, one, one)


def _passages(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> Iterable[ToldThing]:
    # Without its memo a passage is known by its source alone.
    for one in _sources(session, ids, reader_id):
        yield ToldThing(
            Thing(MemoKind.PASSAGE, one.thing.id), one.name, one.place_id, one.source_id
        )


def _coded_segments(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> Iterable[ToldThing]:
    for one, (_, _, code) in _segments(session, ids, reader_id).items():
        name = f"A passage under {code}" if code else "A passage"
        yield ToldThing(Thing(MemoKind.CODED_SEGMENT, one), name)


def _codes(session: Session, ids: Sequence[str], _: str | None) -> Iterable[ToldThing]:
    rows = session.execute(
        select(col(CodeRow.id), col(CodeRow.name), col(CodeRow.is_retired)).where(
            col(CodeRow.id).in_(ids)
        )
    )
    for one, name, is_retired in rows:
        shown = f"{name} (retired)" if is_retired else name
        for kind in (MemoKind.CODE, MemoKind.THEME):
            yield ToldThing(Thing(kind, one), shown, one)


def _participants(
    session: Session, ids: Sequence[str], _: str | None
) -> Iterable[ToldThing]:
    rows = session.execute(
        select(
            col(ParticipantRow.id),
            col(ParticipantRow.pseudonym),
            col(ParticipantRow.role),
        ).where(col(ParticipantRow.id).in_(ids))
    )
    for one, name, role in rows:
        shown = f"{name} ({role})" if role else name
        yield ToldThing(Thing(MemoKind.PARTICIPANT, one), shown, one)


def _cases(session: Session, ids: Sequence[str], _: str | None) -> Iterable[ToldThing]:
    rows = session.execute(
        select(col(CaseRow.id), col(CaseRow.reference), col(CaseRow.era)).where(
            col(CaseRow.id).in_(ids)
        )
    )
    for one, reference, era in rows:
        place = one if era == "contemporary" else ""
        yield ToldThing(
            Thing(MemoKind.CASE, one), f"{era.capitalize()} case {reference}", place
        )


def _pairs(session: Session, ids: Sequence[str], _: str | None) -> Iterable[ToldThing]:
    judgements = session.scalars(
        select(JudgementRow).where(col(JudgementRow.id).in_(ids))
    ).all()
    cases = {row.contemporary_id for row in judgements}
    cases |= {row.historic_id for row in judgements if row.historic_id}
    rows = session.execute(
        select(col(CaseRow.id), col(CaseRow.reference)).where(
            col(CaseRow.id).in_(cases)
        )
    )
    named = dict(rows.all())
    for row in judgements:
        contemporary = named.get(row.contemporary_id, "")
        historic = named.get(row.historic_id or "", "")
        name = f"{contemporary} and {historic}" if historic else contemporary
        back = " (taken back)" if row.judge_number is None else ""
        yield ToldThing(
            Thing(MemoKind.PAIR, row.id), f"{name}{back}", row.contemporary_id
        )


def _decisions(
    session: Session, ids: Sequence[str], _: str | None
) -> Iterable[ToldThing]:
    numbers = [int(one) for one in ids if one.isdecimal()]
    rows = session.scalars(
        select(CodebookDecisionRow).where(col(CodebookDecisionRow.number).in_(numbers))
    )
    for row in rows:
        back = " (withdrawn)" if row.withdrawn_at else ""
        one = str(row.number)
        name = f"D{one}, {title_of('', row.words)}{back}"
        yield ToldThing(Thing(MemoKind.DECISION, one), name, one)


def _memos(
    session: Session, ids: Sequence[str], reader_id: str | None
) -> Iterable[ToldThing]:
    readable = readable_memos(session, reader_id)
    shown = {
        one: title_of(title, text)
        for one, title, text in session.execute(
            select(col(MemoRow.id), col(MemoRow.title), col(MemoRow.text)).where(
                col(MemoRow.id).in_(ids), readable
            )
        )
    }
    there = session.scalars(
        select(col(MemoRow.id)).where(
            col(MemoRow.id).in_(ids), col(MemoRow.is_deleted).is_(False)
        )
    )
    for one in there:
        thing = Thing(MemoKind.MEMO, one)
        yield ToldThing(thing, shown.get(one, ""), one, is_hidden=one not in shown)


_TELLERS: dict[str, _Teller] = {
    MemoKind.STUDY: _study,
    MemoKind.SOURCE: _sources,
    MemoKind.PASSAGE: _passages,
    MemoKind.CODED_SEGMENT: _coded_segments,
    MemoKind.CODE: _codes,
    MemoKind.THEME: _codes,
    MemoKind.PARTICIPANT: _participants,
    MemoKind.CASE: _cases,
    MemoKind.PAIR: _pairs,
    MemoKind.DECISION: _decisions,
    MemoKind.MEMO: _memos,
}
