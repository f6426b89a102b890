"""Finding passages by their codes: what is marked, how it stands, who speaks there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, select
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
from data.storage.finding.source_turns import FEW_SOURCES, KEPT, SourceTurns
from data.storage.finding.turn_reading import speakers_of
from data.tables import CodedSegmentRow, SourceRow, WaveRow

Columns = TypeVarTuple("Columns")
Marks = dict[str, list[Mark]]
BySource = dict[str, list[Passage]]


Speaking = tuple[bool, str]
"""Whether a speaker is an interviewer, and the participant's id, "" for nobody."""
_UNKNOWN: Speaking = (False, "")


class WhoSpeaks:
    """The turns that passages lie in, and who speaks them."""

    def __init__(
        self,
        turns: Mapping[str, SourceTurns],
        speakers: Mapping[tuple[str, str], Speaking],
    ) -> None:
        self._turns = {
            source: (those, [speakers.get((source, one), _UNKNOWN) for one in those[4]])
            for source, those in turns.items()
        }

    def found(
        self, source_id: str, passage: Passage, people: frozenset[str] | None
    ) -> FoundPassage:
        """The passage with those who speak in it, of the people given or of all."""
        start, end, code_ids, coder_ids = passage
        of_source = self._turns.get(source_id)
        if of_source is None:
            return FoundPassage(source_id, *passage, (), False, 0)
        (starts, ends, numbers, speakers, _), who = of_source
        first = bisect_right(starts, start) - 1
        if first < 0:
            first = 0
        after = first + 1
        if after < len(starts) and starts[after] < end:
            after = bisect_left(starts, end, after)
        elif starts[first] < end and ends[first] > start:
            # Nearly every passage lies in one turn, and there may be very many.
            asks, one = who[speakers[first]]
            counts = one and not asks and (people is None or one in people)
            named: tuple[str, ...] = (one,) if counts else ()
            return FoundPassage(
                source_id, start, end, code_ids, coder_ids, named, asks, numbers[first]
            )
        touched = [
            at for at in range(first, after) if starts[at] < end and ends[at] > start
        ]
        speaking = [who[speakers[at]] for at in touched]
        named = tuple(
            dict.fromkeys(
                one
                for asks, one in speaking
                if one and not asks and (people is None or one in people)
            )
        )
        return FoundPassage(
            source_id,
            start,
            end,
            code_ids,
            coder_ids,
            named,
            bool(speaking) and all(asks for asks, _ in speaking),
            numbers[touched[0]] if touched else 0,
        )


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
    who = who_speaks(session, found)
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


def who_speaks(session: Session, source_ids: Collection[str]) -> WhoSpeaks:
    """Who speaks where in these sources."""
    if not source_ids:
        return WhoSpeaks({}, {})
    few = list(source_ids) if len(source_ids) <= FEW_SOURCES else None
    return WhoSpeaks(KEPT.of(session, source_ids), speakers_of(session, few))


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
    for at in range(0, len(possible), FEW_SOURCES):
        texts = session.execute(
            select(col(SourceRow.id), col(SourceRow.text)).where(
                col(SourceRow.id).in_(possible[at : at + FEW_SOURCES])
            )
        )
        for source, text in texts:

            def between(start: int, end: int, text: str = text) -> int:
                return len(text[start:end].split())

            if passages := near(source, between):
                found[source] = passages
    return found
