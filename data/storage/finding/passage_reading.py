"""Finding passages by their codes: what is marked, how it stands, who speaks there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from coding.finding.code_relations import (
    Mark,
    Passage,
    Relation,
    passages_of,
    related,
)
from data.found_passages import FoundPassage, PassageFilter, PassageQuery
from data.storage.coders.blind_passes import readable_codings
from data.storage.finding.turn_reading import speakers_of
from data.tables import CodedSegmentRow, SourceRow, TurnRow, WaveRow

# Up to so many sources are named to the database; beyond, it reads those of the codes.
_FEW_SOURCES = 500


Columns = TypeVarTuple("Columns")
Marks = dict[str, list[Mark]]
BySource = dict[str, list[Passage]]


class SpokenTurn(NamedTuple):
    """A turn as far as counting needs it; ``participant_id`` is "" for nobody."""

    start: int
    end: int
    number: int
    is_interviewer: bool
    participant_id: str


class WhoSpeaks:
    """The turns that passages lie in, and who speaks them."""

    def __init__(self, turns: Mapping[str, Sequence[SpokenTurn]]) -> None:
        self._turns = turns
        self._starts = {
            source: [turn.start for turn in of_source]
            for source, of_source in turns.items()
        }

    def found(
        self, source_id: str, passage: Passage, people: frozenset[str] | None
    ) -> FoundPassage:
        """The passage with those who speak in it, of the people given or of all."""
        turns = self._touched(source_id, passage)
        if len(turns) == 1:
            # Nearly every passage lies in one turn, and there may be very many.
            turn = turns[0]
            speaks = turn.participant_id and not turn.is_interviewer
            counts = speaks and (people is None or turn.participant_id in people)
            return FoundPassage(
                source_id,
                passage.start,
                passage.end,
                passage.code_ids,
                passage.coder_ids,
                (turn.participant_id,) if counts else (),
                turn.is_interviewer,
                turn.number,
            )
        who = dict.fromkeys(
            turn.participant_id
            for turn in turns
            if turn.participant_id
            and not turn.is_interviewer
            and (people is None or turn.participant_id in people)
        )
        return FoundPassage(
            source_id,
            passage.start,
            passage.end,
            passage.code_ids,
            passage.coder_ids,
            tuple(who),
            bool(turns) and all(turn.is_interviewer for turn in turns),
            turns[0].number if turns else 0,
        )

    def _touched(self, source_id: str, passage: Passage) -> list[SpokenTurn]:
        turns = self._turns.get(source_id, ())
        starts = self._starts.get(source_id, [])
        first = max(bisect_right(starts, passage.start) - 1, 0)
        end = bisect_left(starts, passage.end)
        return [turn for turn in turns[first:end] if turn.end > passage.start]


def find_passages(
    session: Session,
    query: PassageQuery,
    people: frozenset[str] | None,
    reader_id: str | None,
) -> dict[str, list[FoundPassage]]:
    """The passages a query asks for, by source, as far as the reader may see codings.

    ``people`` are the participants who meet the filter, nothing where it asks nothing
    of them; else passages in which none of them speaks fall away. Whoever marked a
    passage, it is found once.
    """
    first = _passages(session, query.first, query.narrowed, reader_id)
    second = (
        {}
        if query.relation is Relation.ALONE
        else _passages(session, query.second, query.narrowed, reader_id)
    )
    found = _related(session, query, first, second)
    codes = query.first
    if query.relation is Relation.OR:
        codes = (*query.first, *query.second)
    who = who_speaks(session, codes, query.narrowed, reader_id, found)
    return {
        source_id: kept
        for source_id, passages in found.items()
        if (
            kept := [
                one
                for passage in passages
                if (one := who.found(source_id, passage, people)).participant_ids
                or people is None
            ]
        )
    }


def marks_of(
    session: Session,
    code_ids: Collection[str],
    narrowed: PassageFilter,
    reader_id: str | None,
) -> Marks:
    """What is marked with any of the codes, by source, unsorted."""
    query = select(
        col(CodedSegmentRow.source_id),
        col(CodedSegmentRow.start),
        col(CodedSegmentRow.end),
        col(CodedSegmentRow.code_id),
        col(CodedSegmentRow.coder_id),
    )
    marks: Marks = defaultdict(list)
    query = _of_codes(query, session, code_ids, narrowed, reader_id)
    for row in session.connection().execute(query).fetchall():
        marks[row[0]].append(Mark(row[1], row[2], row[3], row[4]))
    return marks


def who_speaks(
    session: Session,
    code_ids: Collection[str],
    narrowed: PassageFilter,
    reader_id: str | None,
    source_ids: Collection[str],
) -> WhoSpeaks:
    """Who speaks in what is marked with the codes in these sources."""
    if not source_ids:
        return WhoSpeaks({})
    before = aliased(TurnRow)
    first = (
        select(func.max(col(before.start)))
        .where(
            col(before.source_id) == col(CodedSegmentRow.source_id),
            col(before.start) <= col(CodedSegmentRow.start),
        )
        .correlate(CodedSegmentRow)
        .scalar_subquery()
    )
    query = (
        select(
            col(TurnRow.source_id),
            col(TurnRow.start),
            col(TurnRow.end),
            col(TurnRow.number),
            col(TurnRow.speaker),
        )
        .select_from(CodedSegmentRow)
        .join(
            TurnRow,
            (col(TurnRow.source_id) == col(CodedSegmentRow.source_id))
            & (col(TurnRow.start) >= func.coalesce(first, 0))
            & (col(TurnRow.start) < col(CodedSegmentRow.end)),
        )
    )
    query = _of_codes(query, session, code_ids, narrowed, reader_id)
    few = list(source_ids) if len(source_ids) <= _FEW_SOURCES else None
    if few is not None:
        query = query.where(col(CodedSegmentRow.source_id).in_(few))
    speakers = speakers_of(session, few)
    turns: dict[str, dict[int, SpokenTurn]] = defaultdict(dict)
    rows = session.connection().execute(query).fetchall()
    for source_id, start, end, number, label in rows:
        is_interviewer, participant = speakers.get((source_id, label), (False, ""))
        turns[source_id][number] = SpokenTurn(
            start, end, number, is_interviewer, participant
        )
    return WhoSpeaks(
        {source: sorted(those.values()) for source, those in turns.items()}
    )


def _of_codes(
    query: Select[*Columns],
    session: Session,
    code_ids: Collection[str],
    narrowed: PassageFilter,
    reader_id: str | None,
) -> Select[*Columns]:
    """The query kept to codings of the codes, the filter, and what the reader may see.

    What a filter says of people is not in it.
    """
    query = query.where(
        col(CodedSegmentRow.code_id).in_(list(code_ids)),
        readable_codings(session, reader_id),
    )
    if narrowed.coder_ids:
        query = query.where(col(CodedSegmentRow.coder_id).in_(narrowed.coder_ids))
    if narrowed.waves or narrowed.kinds:
        sources = select(col(SourceRow.id))
        if narrowed.kinds:
            kinds = [kind.value for kind in narrowed.kinds]
            sources = sources.where(col(SourceRow.kind).in_(kinds))
        if narrowed.waves:
            waves = select(col(WaveRow.id)).where(col(WaveRow.name).in_(narrowed.waves))
            of_wave: ColumnElement[bool] = col(SourceRow.wave_id).in_(waves)
            if "" in narrowed.waves:
                of_wave = of_wave | col(SourceRow.wave_id).is_(None)
            sources = sources.where(of_wave)
        query = query.where(col(CodedSegmentRow.source_id).in_(sources))
    return query


def _passages(
    session: Session,
    code_ids: Collection[str],
    narrowed: PassageFilter,
    reader_id: str | None,
) -> BySource:
    marks = marks_of(session, code_ids, narrowed, reader_id)
    return {source: passages_of(those) for source, those in marks.items()}


def _related(
    session: Session, query: PassageQuery, first: BySource, second: BySource
) -> BySource:
    if query.relation is Relation.NEAR:
        return _near(session, query, first, second)
    sources: Iterable[str] = first
    if query.relation is Relation.OR:
        sources = dict.fromkeys([*first, *second])
    elif query.relation in (Relation.AND, Relation.OVERLAPPING):
        sources = [source for source in first if source in second]
    found = {
        source: related(first.get(source, []), query.relation, second.get(source, []))
        for source in sources
    }
    return {source: passages for source, passages in found.items() if passages}


def _near(
    session: Session, query: PassageQuery, first: BySource, second: BySource
) -> BySource:
    both = [source for source in first if source in second]

    def near(source: str, words_between: object) -> list[Passage]:
        return related(
            first[source],
            Relation.NEAR,
            second[source],
            within=query.within,
            words_between=words_between,  # type: ignore[arg-type]
        )

    # Only texts in which some gap may be short enough are read, and those at once.
    possible = [source for source in both if near(source, lambda _start, _end: 0)]
    found: BySource = {}
    for at in range(0, len(possible), _FEW_SOURCES):
        texts = session.execute(
            select(col(SourceRow.id), col(SourceRow.text)).where(
                col(SourceRow.id).in_(possible[at : at + _FEW_SOURCES])
            )
        )
        for source, text in texts:

            def between(start: int, end: int, text: str = text) -> int:
                return len(text[start:end].split())

            if passages := near(source, between):
                found[source] = passages
    return found
