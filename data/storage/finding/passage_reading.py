"""Finding passages by their codes: what is marked, how it stands, who speaks there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TypeVarTuple, overload

import numpy as np
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Row,
    Select,
    String,
    case,
    cast,
    func,
    select,
)
from sqlmodel import Session, col

from coding.finding.code_relations import Passage, Relation
from coding.finding.many_passages import (
    Column,
    ManyPassages,
    Related,
    many_passages,
    many_related,
    off_the_line,
    on_the_line,
)
from coding.theme_summaries.said import numbers_in
from data.found_passages import (
    FoundPassage,
    PassageFilter,
    PassageQuery,
    PassagesFound,
)
from data.storage.coders.blind_passes import readable_codings
from data.storage.finding.source_turns import FEW_SOURCES
from data.storage.finding.turn_reading import sources_in_order
from data.storage.finding.who_speaks import WhoSpeaks, turns_on_the_line
from data.tables import CodedSegmentRow, PersonRow, SourceRow, WaveRow

Columns = TypeVarTuple("Columns")


def find_passages(
    session: Session,
    query: PassageQuery,
    people: frozenset[str] | None,
    reader_id: str | None,
) -> PassagesFound:
    """The passages a query asks for, as far as the reader may see codings.

    They come in the order of the sources and of their text. ``people`` are the
    participants who meet the filter, nothing where it asks nothing of them; else
    passages in which none of them speaks fall away. Whoever marked a passage, it is
    found once.
    """
    sources = list(sources_in_order(session))
    relation, first_codes, second_codes = query.relation, query.first, query.second
    if relation is Relation.OR:
        # Passages under either are those of the marks of both.
        relation, first_codes = Relation.ALONE, (*query.first, *query.second)
    if relation is Relation.ALONE:
        second_codes = ()
    choices = (first_codes, second_codes)
    first, second = marked_with(session, choices, query.narrowed, reader_id, sources)
    found = many_related(
        first.passages,
        relation,
        second.passages,
        within=query.within,
        count_words=lambda starts, ends: _words_between(session, sources, starts, ends),
    )
    turns = turns_on_the_line(session, sources, [found.starts], people)
    speaking = turns.speaking(found.starts, found.ends)
    by_nobody = int((~speaking.named).sum())
    if people is not None:
        found, by_nobody = found.kept(speaking.named), 0
    shown = _PassagesOnDemand(found, first, second, sources, turns.who, people)
    return PassagesFound(shown, speaking.everyone, by_nobody)


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """What is marked with some codes, as columns: passages, and each mark's ids."""

    passages: ManyPassages
    codes: Column
    coders: Column
    code_ids: Sequence[str]
    coder_ids: Sequence[str]

    def ids(self, first: int, after: int) -> tuple[set[str], set[str]]:
        """The codes and the coders of the passages from first to before after."""
        marks = self.passages.marks(first, after)
        return (
            {self.code_ids[one] for one in self.codes[marks].tolist()},
            {self.coder_ids[one] for one in self.coders[marks].tolist()},
        )


class _PassagesOnDemand(Sequence[FoundPassage]):
    """The passages found, each put together when it is asked for.

    An answer may hold tens of thousands, of which a page shows twenty.
    """

    def __init__(
        self,
        found: Related,
        first: Marked,
        second: Marked,
        sources: Sequence[str],
        who: WhoSpeaks,
        people: frozenset[str] | None,
    ) -> None:
        self._found = found
        self._first, self._second = first, second
        self._sources, self._who, self._people = sources, who, people

    def __len__(self) -> int:
        return len(self._found)

    def __iter__(self) -> Iterator[FoundPassage]:
        return map(self._passage, range(len(self)))

    @overload
    def __getitem__(self, at: int) -> FoundPassage: ...
    @overload
    def __getitem__(self, at: slice) -> list[FoundPassage]: ...
    def __getitem__(self, at: int | slice) -> FoundPassage | list[FoundPassage]:
        if isinstance(at, slice):
            return [self._passage(one) for one in range(len(self))[at]]
        return self._passage(range(len(self))[at])

    def _passage(self, at: int) -> FoundPassage:
        found = self._found
        source, start = off_the_line(found.starts[at])
        _, end = off_the_line(found.ends[at])
        of_first = int(found.first[at])
        codes, coders = self._first.ids(of_first, of_first + 1)
        more = self._second.ids(int(found.second[at]), int(found.second_end[at]))
        ids = frozenset(codes | more[0]), frozenset(coders | more[1])
        passage = Passage(int(start), int(end), *ids)
        return self._who.found(self._sources[int(source)], passage, self._people)


# Start, length and coder of a mark as one whole number of 63 bits: an answer may rest
# on a hundred thousand marks, and each value that crosses from the database costs more
# than all that is done with it.
_LENGTHS = 1 << 24
_CODERS = 1 << 12


def marked_with(
    session: Session,
    choices: Sequence[Collection[str]],
    narrowed: PassageFilter,
    reader_id: str | None,
    sources: Sequence[str],
) -> list[Marked]:
    """For each choice of codes what is marked with any of them, on the sources' line.

    All are read at once, each mark a single time whatever choices it answers.
    """
    codes = list(dict.fromkeys(chain.from_iterable(choices)))
    coders = list(session.scalars(select(col(PersonRow.id)))) if codes else []
    rows = _packed_marks(session, codes, coders, narrowed, reader_id) if codes else []
    places = {source: at for at, source in enumerate(sources)}
    numbers = {code: at for at, code in enumerate(codes)}
    rows = [row for row in rows if row[1] in places]
    counts = np.array([row[3] for row in rows], np.int64)
    packed = numbers_in(" ".join(row[2] for row in rows))
    at = np.repeat(np.array([places[row[1]] for row in rows], np.int64), counts)
    code = np.repeat(np.array([numbers[row[0]] for row in rows], np.int64), counts)
    starts = on_the_line(at, packed // (_LENGTHS * _CODERS))
    ends = starts + packed // _CODERS % _LENGTHS
    coder = packed % _CODERS
    marked = []
    for choice in choices:
        chosen = np.zeros(len(codes), bool)
        chosen[[numbers[one] for one in choice]] = True
        which = chosen[code]
        passages = many_passages(starts[which], ends[which])
        marked.append(Marked(passages, code[which], coder[which], codes, coders))
    return marked


def _packed_marks(
    session: Session,
    code_ids: Sequence[str],
    coder_ids: Sequence[str],
    narrowed: PassageFilter,
    reader_id: str | None,
) -> Sequence[Row[str, str, str, int]]:
    """For each code and source, the marks packed, and how many they are."""
    start, end = (
        cast(column, BigInteger)
        for column in (col(CodedSegmentRow.start), col(CodedSegmentRow.end))
    )
    numbers = {coder: at for at, coder in enumerate(coder_ids)}
    coder = case(numbers, value=col(CodedSegmentRow.coder_id))
    packed = (start * _LENGTHS + (end - start)) * _CODERS + coder
    # In the order of the index that answers this.
    by = (col(CodedSegmentRow.code_id), col(CodedSegmentRow.source_id))
    query = select(
        *by, func.aggregate_strings(cast(packed, String), " "), func.count()
    ).group_by(*by)
    query = _of_codes(query, session, code_ids, narrowed, reader_id)
    return session.connection().execute(query).fetchall()


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


def _words_between(
    session: Session, sources: Sequence[str], starts: Column, ends: Column
) -> Column:
    """How many words stand between places of the line, counted in the texts."""
    counts = np.zeros(len(starts), np.int64)
    at, begin = off_the_line(starts)
    _, end = off_the_line(ends)
    gaps: dict[str, list[int]] = defaultdict(list)
    for one, source in enumerate(at.tolist()):
        gaps[sources[source]].append(one)
    # Only texts with a gap that may be short enough are read, and many at once.
    ids = list(gaps)
    for first in range(0, len(ids), FEW_SOURCES):
        texts = session.execute(
            select(col(SourceRow.id), col(SourceRow.text)).where(
                col(SourceRow.id).in_(ids[first : first + FEW_SOURCES])
            )
        )
        for source_id, text in texts:
            for one in gaps[source_id]:
                counts[one] = len(text[begin[one] : end[one]].split())
    return counts
