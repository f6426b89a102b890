"""Counting the cells of a framework matrix in one pass over what is coded.

A quotation is counted where the row's own people speak in it. Passages that overlap
under one column are one quotation, whoever marked them and under which of its codes;
an interviewer's words are nobody's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coding.framework_matrix.columns import MatrixColumn
from coding.framework_matrix.rows import MatrixRow

Cell = tuple[str, str]
"""A row's key and a column's code."""

Passages = Mapping[str, Mapping[str, Sequence[tuple[int, int]]]]
"""Start and end in code points of what is coded, by code and then by source."""

NOBODY_NAMED = ""


@dataclass(frozen=True, slots=True)
class CellCount:
    """How many quotations of how many people, and from which sources."""

    quotations: int
    people: int
    source_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MatrixCounts:
    """The cells in which anything is coded, and what is in no row at all.

    ``aside`` counts, by column, quotations in which only people speak who are in no
    row: speakers not named, observers.
    """

    cells: Mapping[Cell, CellCount]
    aside: Mapping[str, int]

    def of(self, row: str, column: str) -> CellCount:
        """The count of a cell, nought where nothing is coded."""
        return self.cells.get((row, column), _NOTHING)


_NOTHING = CellCount(0, 0, ())


class SpokenTurns:
    """The turns of one source that are not an interviewer's, and who speaks them.

    Turns are given as start, end and the participant's id, "" for one not named.
    """

    __slots__ = ("_ends", "_only", "_people", "_starts")

    def __init__(self, turns: Iterable[tuple[int, int, str]]) -> None:
        ordered = sorted(turns)
        self._starts = [turn[0] for turn in ordered]
        self._ends = [turn[1] for turn in ordered]
        self._people = [turn[2] for turn in ordered]
        self._only: tuple[str] | None = None

    @classmethod
    def of_one(
        cls, starts: Sequence[int], ends: Sequence[int], person: str
    ) -> SpokenTurns:
        """The turns of a source in which one person speaks, as most interviews are."""
        made = cls(())
        made._starts, made._ends = sorted(starts), sorted(ends)
        made._only = (person,)
        return made

    def speaking(self, start: int, end: int) -> tuple[str, ...]:
        """Who speaks between two places, without repeats; "" for one not named.

        >>> turns = SpokenTurns([(0, 10, "amira"), (30, 40, "")])
        >>> turns.speaking(5, 35), turns.speaking(12, 20)
        (('amira', ''), ())
        """
        at = bisect_right(self._starts, start) - 1
        if at < 0 or self._ends[at] <= start:
            at += 1
        to = bisect_left(self._starts, end, at)
        if at >= to:
            return ()
        return self._only or tuple(dict.fromkeys(self._people[at:to]))

    def by_speaking(
        self, passages: Iterable[tuple[int, int]]
    ) -> Mapping[tuple[str, ...], int]:
        """How many of the passages are spoken by whom; those of nobody are left out."""
        found: dict[tuple[str, ...], int] = {}
        for start, end in passages:
            who = self.speaking(start, end)
            if who:
                found[who] = found.get(who, 0) + 1
        return found


def count_cells(
    rows: Sequence[MatrixRow],
    columns: Sequence[MatrixColumn],
    passages: Passages,
    spoken: Mapping[str, SpokenTurns],
    waves: Mapping[str, str] | None = None,
) -> MatrixCounts:
    """The counts of all cells of the rows and columns in which anything is coded.

    ``spoken`` holds the turns by source; a source that is not there counts for nothing.
    ``waves`` gives the wave of each source, for rows that are waves.
    """
    whose = _Whose(rows, waves or {})
    cells: dict[Cell, CellCount] = {}
    aside: dict[str, int] = {}
    for column in columns:
        by_row: dict[str, _Tally] = defaultdict(_Tally)
        in_no_row = 0
        for source_id, marked in _marked(column, passages).items():
            turns = spoken.get(source_id)
            if turns is None:
                continue
            for speaking, number in turns.by_speaking(_merged(marked)).items():
                keys = whose.rows(source_id, speaking)
                for key, people in keys.items():
                    by_row[key].add(number, source_id, people)
                in_no_row += 0 if keys else number
        for key, tally in by_row.items():
            cells[key, column.code_id] = tally.count
        if in_no_row:
            aside[column.code_id] = in_no_row
    return MatrixCounts(cells, aside)


class _Tally:
    __slots__ = ("_people", "_quotations", "_sources")

    def __init__(self) -> None:
        self._quotations = 0
        self._people: set[str] = set()
        self._sources: dict[str, None] = {}

    def add(self, number: int, source_id: str, people: Iterable[str]) -> None:
        self._quotations += number
        self._people.update(people)
        self._sources[source_id] = None

    @property
    def count(self) -> CellCount:
        named = len(self._people - {NOBODY_NAMED})
        return CellCount(self._quotations, named, tuple(self._sources))


class _Whose:
    """Which rows a passage is in by its source and by those who speak in it."""

    def __init__(self, rows: Sequence[MatrixRow], waves: Mapping[str, str]) -> None:
        self._by_source = {one.source_id: one.key for one in rows if one.source_id}
        by_wave = {one.wave: one.key for one in rows if one.wave is not None}
        if by_wave:
            self._by_source |= {
                source: by_wave[wave]
                for source, wave in waves.items()
                if wave in by_wave
            }
        self._by_person = (
            {}
            if self._by_source
            else {person: one.key for one in rows for person in one.person_ids}
        )

    def rows(
        self, source_id: str, speaking: Sequence[str]
    ) -> Mapping[str, Sequence[str]]:
        if self._by_source:
            key = self._by_source.get(source_id)
            return {} if key is None else {key: speaking}
        if len(speaking) == 1:
            key = self._by_person.get(speaking[0])
            return {} if key is None else {key: speaking}
        found: dict[str, list[str]] = {}
        for person in speaking:
            key = self._by_person.get(person)
            if key is not None:
                found.setdefault(key, []).append(person)
        return found


def _marked(
    column: MatrixColumn, passages: Passages
) -> Mapping[str, Sequence[tuple[int, int]]]:
    of_codes = [passages[code] for code in column.code_ids if code in passages]
    if len(of_codes) == 1:
        return of_codes[0]
    together: dict[str, list[tuple[int, int]]] = {}
    for of_code in of_codes:
        for source_id, marked in of_code.items():
            together.setdefault(source_id, []).extend(marked)
    return together


def _merged(marked: Sequence[tuple[int, int]]) -> Sequence[tuple[int, int]]:
    if len(marked) == 1:
        return marked
    joined: list[tuple[int, int]] = []
    begun, ended = -1, -1
    for start, end in sorted(marked):
        if start < ended:
            ended = max(ended, end)
            continue
        if ended >= 0:
            joined.append((begun, ended))
        begun, ended = start, end
    joined.append((begun, ended))
    return joined
