"""Counting the cells of a framework matrix in one pass over what is coded.

A quotation is counted where the row's own people speak in it. Passages that overlap
under one column are one quotation, whoever marked them and under which of its codes;
an interviewer's words are nobody's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coding.framework_matrix.columns import MatrixColumn
from coding.framework_matrix.rows import MatrixRow
from coding.mentions import NO_WAVE
from coding.theme_summaries.counting import (
    SaidMentions,
    mentions_of_themes,
    once_each,
)
from coding.theme_summaries.said import Numbers, SaidInStudy, numbers

Cell = tuple[str, str]
"""A row's key and a column's code."""


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


def count_cells(
    rows: Sequence[MatrixRow],
    columns: Sequence[MatrixColumn],
    said: SaidInStudy,
    taken: Collection[str] | None = None,
) -> MatrixCounts:
    """The counts of all cells of the rows and columns in which anything is coded.

    Of the sources ``taken`` by id, or of all.
    """
    mentions = mentions_of_themes(said, [column.code_ids for column in columns])
    row_of_part = _row_of_part(rows, said, mentions)
    if taken is not None:
        of_source = numbers([one.id in taken for one in said.sources])
        row_of_part[of_source[mentions.source[mentions.part_mention]] == 0] = _NOT_TAKEN
    kept = row_of_part >= 0
    mention, row = mentions.part_mention[kept], row_of_part[kept]
    stride = max(len(rows), 1)
    cell = mentions.theme[mention] * stride + row
    pairs = once_each(mention * stride + row)
    quotations = mentions.theme[pairs // stride] * stride + pairs % stride
    people = _of_cells(cell, mentions.part_person[kept], len(said.people))
    sources = _of_cells(cell, mentions.source[mention], len(said.sources))
    cells = {}
    for at, number in zip(*np.unique(quotations, return_counts=True), strict=True):
        column, key = divmod(int(at), stride)
        cells[rows[key].key, columns[column].code_id] = CellCount(
            int(number),
            len(people.get(int(at), ())),
            tuple(said.sources[one].id for one in sources[int(at)]),
        )
    return MatrixCounts(cells, _aside(columns, mentions, row_of_part))


_IN_NO_ROW, _NOT_TAKEN = -1, -2


def _row_of_part(
    rows: Sequence[MatrixRow], said: SaidInStudy, mentions: SaidMentions
) -> Numbers:
    """The row each part of a mention is in, by its source or by who speaks."""
    by_source = {one.source_id: at for at, one in enumerate(rows) if one.source_id}
    by_wave = {one.wave: at for at, one in enumerate(rows) if one.wave is not None}
    if by_source or by_wave:
        of_source = numbers(
            [
                by_source.get(one.id, by_wave.get(_wave(one.wave), _IN_NO_ROW))
                for one in said.sources
            ]
        )
        return of_source[mentions.source[mentions.part_mention]]
    of_person = np.full(len(said.people) + 1, _IN_NO_ROW, dtype=np.int64)
    for at, one in enumerate(rows):
        for person in one.person_ids:
            if person in said.person_index:
                of_person[said.person_index[person]] = at
    # The last place stands for all who are not named.
    return of_person[np.maximum(mentions.part_person, -1)]


def _wave(wave: str) -> str:
    return "" if wave == NO_WAVE else wave


def _of_cells(cell: Numbers, values: Numbers, most: int) -> dict[int, list[int]]:
    """By cell: the values in it, each once; those below 0 are left out."""
    kept = values >= 0
    stride = max(most, 1)
    found: dict[int, list[int]] = {}
    for pair in once_each(cell[kept] * stride + values[kept]).tolist():
        found.setdefault(pair // stride, []).append(pair % stride)
    return found


def _aside(
    columns: Sequence[MatrixColumn], mentions: SaidMentions, row_of_part: Numbers
) -> dict[str, int]:
    best = np.full(len(mentions.theme), _NOT_TAKEN, dtype=np.int64)
    np.maximum.at(best, mentions.part_mention, row_of_part)
    in_no_row = np.bincount(mentions.theme[best == _IN_NO_ROW], minlength=len(columns))
    return {
        column.code_id: int(number)
        for column, number in zip(columns, in_no_row, strict=True)
        if number
    }
