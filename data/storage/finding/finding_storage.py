"""Finding in a study: turns by their words, passages by their codes, quotations."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlmodel import Session, col

from coding.finding.search_words import Search
from coding.study import Participant
from data.found_passages import (
    CellCount,
    FoundPassage,
    FoundTurn,
    GroupTable,
    PassageFilter,
    PassageQuery,
    PassagesFound,
    QuotedPassage,
    TurnsFound,
)
from data.storage.database import StudyDatabase
from data.storage.finding.passage_reading import find_passages
from data.storage.finding.quotation_candidates import turns_like
from data.storage.finding.table_reading import count_by_group, count_together
from data.storage.finding.turn_reading import (
    participants_by_id,
    search_turns,
    sources_in_order,
)
from data.tables import CodeRow, PersonRow, SourceRow


class FindingStorage:
    """Finds; changes nothing.

    Whatever rests on codings takes the reader's id and finds only what they may see;
    without a reader it finds what anybody may.
    """

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def turns(self, search: Search, *, most: int | None) -> TurnsFound:
        """The turns a search is met by, at most so many of them read, or all."""
        with self._database.reading() as session:
            return search_turns(session, search, most)

    def turns_like(self, pasted: str, *, most: int) -> list[FoundTurn]:
        """The turns likeliest to hold pasted words, at most so many, by source."""
        with self._database.reading() as session:
            return turns_like(session, pasted, most)

    def passages(
        self, query: PassageQuery, *, reader_id: str | None = None
    ) -> PassagesFound:
        """The passages a query asks for, in the order of the sources and their text."""
        with self._database.reading() as session, _nothing_collected():
            people = _people_asked_for(session, query.narrowed)
            return find_passages(session, query, people, reader_id)

    def together(
        self,
        choices: Sequence[tuple[str, ...]],
        narrowed: PassageFilter,
        *,
        reader_id: str | None = None,
    ) -> dict[tuple[int, int], CellCount]:
        """For each two choices of codes, by place, who speaks the words under both."""
        with self._database.reading() as session, _nothing_collected():
            people = _people_asked_for(session, narrowed)
            return count_together(session, choices, narrowed, people, reader_id)

    def by_group(
        self,
        choices: Sequence[tuple[str, ...]],
        by: str,
        narrowed: PassageFilter,
        *,
        reader_id: str | None = None,
    ) -> GroupTable:
        """Choices of codes by wave, role, locality, team or another attribute."""
        with self._database.reading() as session, _nothing_collected():
            people = _people_asked_for(session, narrowed)
            return count_by_group(session, choices, by, narrowed, people, reader_id)

    def quoted(self, passages: Sequence[FoundPassage]) -> list[QuotedPassage]:
        """The passages with their words and all that a reference names."""
        with self._database.reading() as session:
            return _quoted(session, passages, participants_by_id(session))


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Python's search for cycles put off: tens of thousands of small values that hold
    none are made at once, and looking through them again and again takes as long as
    finding them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _people_asked_for(
    session: Session, narrowed: PassageFilter
) -> frozenset[str] | None:
    if not narrowed.is_about_people:
        return None
    return narrowed.people_among(participants_by_id(session).values())


def _quoted(
    session: Session,
    passages: Sequence[FoundPassage],
    participants: dict[str, Participant],
) -> list[QuotedPassage]:
    about = sources_in_order(session)
    codes = _names(session, CodeRow, {c for one in passages for c in one.code_ids})
    coders = _names(session, PersonRow, {c for one in passages for c in one.coder_ids})
    return [
        QuotedPassage(
            one,
            _words(session, one),
            about[one.source_id].name,
            about[one.source_id].kind,
            about[one.source_id].wave,
            about[one.source_id].held_on,
            tuple(participants[who] for who in one.participant_ids),
            tuple(sorted(codes[code] for code in one.code_ids)),
            tuple(sorted(coders[coder] for coder in one.coder_ids)),
        )
        for one in passages
    ]


def _words(session: Session, one: FoundPassage) -> str:
    return str(
        session.scalar(
            select(
                func.substr(col(SourceRow.text), one.start + 1, one.end - one.start)
            ).where(col(SourceRow.id) == one.source_id)
        )
    )


def _names(
    session: Session, table: type[CodeRow | PersonRow], ids: Collection[str]
) -> dict[str, str]:
    query = select(col(table.id), col(table.name)).where(col(table.id).in_(list(ids)))
    return dict(session.execute(query).all())
