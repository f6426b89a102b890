"""Which memos a person may read yet: nothing that would end a blind reading.

Others' memos stay in the database, whatever page or file asks, while they are on a
source that the person codes blind, on a case they may still have to judge blind or a
candidate of it, or by somebody who is comparing a pair apart from its other judge. A
memo that leads to such a thing, or is about a memo that does, could say as much. Memos
on a source or a case that was withdrawn hide in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, select
from sqlmodel import Session, col

from coding.study import Person, Role
from data.rights import Right, may
from data.storage.case_progress.compared_pairs import TOGETHER, standing_places
from data.storage.coders.blind_passes import (
    sources_being_coded_blind,
    sources_read_blind,
)
from data.storage.database import require_person
from data.storage.judges.queue_reading import hidden_from
from data.storage.memos.memo_records import MemoKind, Thing
from data.storage.people_rights.withdrawn import withdrawn_cases, withdrawn_sources
from data.tables import (
    CandidateRow,
    ComparedPairRow,
    JudgementRow,
    MemoLinkRow,
    MemoRow,
    PersonRow,
)

_ON_CASES = (MemoKind.CASE.value, MemoKind.PAIR.value)


def readable_memos(session: Session, reader_id: str | None) -> ColumnElement[bool]:
    """The condition that keeps deleted memos and those hidden from the reader out.

    Without a reader it is for what anybody may read, a report: whatever is hidden from
    somebody is then left out.
    """
    stands = col(MemoRow.is_deleted).is_(False)
    hidden = hidden_memos(session, reader_id)
    return stands & col(MemoRow.id).not_in(hidden) if hidden else stands


def hidden_memos(session: Session, reader_id: str | None) -> set[str]:
    """The memos, by id, that the reader may not read yet."""
    sources = (
        sources_being_coded_blind(session)
        if reader_id is None
        else sources_read_blind(session, reader_id)
    )
    sources |= withdrawn_sources(session)
    are_on_cases = _some_are_on_cases(session)
    cases = _cases_hidden(session, reader_id) if are_on_cases else set()
    cases |= withdrawn_cases(session) if are_on_cases else set()
    apart = _compared_apart(session) if are_on_cases else {}
    if not (sources or cases or apart):
        # Nothing is read blind, as mostly: then the memos need not be gone through.
        return set()
    memos = _Memos.read(session)
    told = {one for one, source in memos.sources.items() if source in sources}
    told |= memos.touching({Thing(MemoKind.SOURCE, one) for one in sources})
    told |= _on_cases(session, memos, cases, apart)
    told = memos.with_those_on(told)
    if reader_id is None:
        return told
    return {one for one in told if memos.authors[one] != reader_id}


@dataclass
class _Memos:
    """Every memo by id: author, source, what it touches, and who touches a thing."""

    authors: dict[str, str] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    on: dict[Thing, set[str]] = field(default_factory=lambda: defaultdict(set))

    @staticmethod
    def read(session: Session) -> _Memos:
        memos = _Memos()
        for memo_id, author, kind, about_id, source in session.execute(
            select(
                col(MemoRow.id),
                col(MemoRow.author_id),
                col(MemoRow.about_kind),
                col(MemoRow.about_id),
                col(MemoRow.source_id),
            ).where(col(MemoRow.is_deleted).is_(False))
        ):
            memos.authors[memo_id] = author
            memos.on[Thing(kind, about_id)].add(memo_id)
            if source:
                memos.sources[memo_id] = source
        for memo_id, kind, about_id in session.execute(
            select(
                col(MemoLinkRow.memo_id),
                col(MemoLinkRow.about_kind),
                col(MemoLinkRow.about_id),
            )
        ):
            if memo_id in memos.authors:
                memos.on[Thing(kind, about_id)].add(memo_id)
        return memos

    def touching(self, things: Iterable[Thing]) -> set[str]:
        return {memo for one in things for memo in self.on.get(one, ())}

    def with_those_on(self, memo_ids: set[str]) -> set[str]:
        """These memos, those about them or leading to them, and so on."""
        found, new = set(memo_ids), set(memo_ids)
        while new:
            new = self.touching(Thing(MemoKind.MEMO, one) for one in new) - found
            found |= new
        return found


def _some_are_on_cases(session: Session) -> bool:
    about = select(col(MemoRow.id)).where(col(MemoRow.about_kind).in_(_ON_CASES))
    leading = select(col(MemoLinkRow.memo_id)).where(
        col(MemoLinkRow.about_kind).in_(_ON_CASES)
    )
    return any(session.scalars(one.limit(1)).first() for one in (about, leading))


def _on_cases(
    session: Session,
    memos: _Memos,
    hidden: set[str],
    apart: Mapping[frozenset[str], set[str]],
) -> set[str]:
    """The memos on hidden cases, their candidates, and pairs compared apart."""
    things = [one for one in memos.on if one.kind in _ON_CASES]
    cases = _cases_of(session, things)
    if hidden:
        # What is written on a candidate may tell how close it is, or that it was taken.
        touched = {case for one in cases.values() for case in one}
        hidden = hidden | {
            historic
            for historic, contemporary in session.execute(
                select(
                    col(CandidateRow.historic_id), col(CandidateRow.contemporary_id)
                ).where(col(CandidateRow.historic_id).in_(touched))
            )
            if contemporary in hidden
        }
    told = memos.touching(one for one in things if cases[one] & hidden)
    for pair, judges in apart.items():
        on_pair = memos.touching(one for one in things if cases[one] & pair)
        told |= {one for one in on_pair if memos.authors[one] in judges}
    return told


def _cases_of(session: Session, things: Iterable[Thing]) -> dict[Thing, set[str]]:
    """The cases, by id, that each thing is or is made of."""
    found = {one: {one.id} if one.kind == MemoKind.CASE else set() for one in things}
    pairs = [one.id for one in found if one.kind == MemoKind.PAIR]
    for judgement, contemporary, historic in session.execute(
        select(
            col(JudgementRow.id),
            col(JudgementRow.contemporary_id),
            col(JudgementRow.historic_id),
        ).where(col(JudgementRow.id).in_(pairs))
    ):
        cases = {one for one in (contemporary, historic) if one}
        found[Thing(MemoKind.PAIR, judgement)] = cases
    return found


def _cases_hidden(session: Session, reader_id: str | None) -> set[str]:
    if reader_id is not None:
        return hidden_from(session, require_person(session, reader_id))
    rows = session.execute(
        select(col(PersonRow.id), col(PersonRow.name), col(PersonRow.role))
    )
    people = [Person(one, name, Role(role)) for one, name, role in rows]
    hidden = (hidden_from(session, one) for one in people if _may_judge(one))
    return set().union(*hidden)


def _may_judge(person: Person) -> bool:
    return may(person.role, Right.JUDGE_PAIRS)


def _compared_apart(session: Session) -> dict[frozenset[str], set[str]]:
    """The two cases of each pair compared by judges not through, with those judges."""
    pairs = {
        one: frozenset((contemporary, historic))
        for one, contemporary, historic in session.execute(
            select(
                col(ComparedPairRow.id),
                col(ComparedPairRow.contemporary_id),
                col(ComparedPairRow.historic_id),
            )
        )
    }
    judges: dict[str, set[str]] = defaultdict(set)
    through: dict[str, int] = defaultdict(int)
    for place in standing_places(session, pairs):
        if place.judge_number != TOGETHER:
            judges[place.pair_id].add(place.judge_id)
            through[place.pair_id] += place.finished_at is not None
    apart: dict[frozenset[str], set[str]] = defaultdict(set)
    for pair, people in judges.items():
        if through[pair] < 2:
            apart[pairs[pair]] |= people
    return apart
