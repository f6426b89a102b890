"""How far a cell is: nothing coded, thin, written, its evidence changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from coding.framework_matrix.columns import MatrixColumn
from coding.framework_matrix.counting import Cell, CellCount, MatrixCounts
from coding.framework_matrix.rows import MatrixRow

THIN_IN_WORDS = (
    "A cell is thin where a single quotation stands behind it, or where only one "
    "person of a row that has several spoke."
)


class CellState(StrEnum):
    """How far a cell is; the value is how it is said."""

    NOTHING_CODED = "Nothing coded"
    NOT_IN_INTERVIEW = "Not in the interview"
    CODED = "Coded, nothing written"
    THIN = "Thin, nothing written"
    WRITTEN = "Written"
    CHANGED = "Written, evidence changed"


@dataclass(frozen=True, slots=True)
class CellWork:
    """What people did with a cell: wrote it, said it is not there, linked evidence.

    ``changed`` of what is linked is no longer what it was. Words beside ``is_absent``
    say why it is not there.
    """

    has_words: bool = False
    is_absent: bool = False
    changed: int = 0


def is_thin(count: CellCount, row: MatrixRow) -> bool:
    """Whether one quotation, or one person of several, stands behind a cell.

    >>> group = MatrixRow("=Parent", "Parent", frozenset({"a", "b"}), is_group=True)
    >>> alone = MatrixRow("a", "Amira", frozenset({"a"}))
    >>> is_thin(CellCount(3, 1, ("s",)), group), is_thin(CellCount(3, 1, ("s",)), alone)
    (True, False)
    """
    if not count.quotations:
        return False
    return count.quotations == 1 or (row.has_several_people and count.people <= 1)


def state_of(count: CellCount, row: MatrixRow, work: CellWork) -> CellState:
    """The state of a cell.

    One that was said not to be in the interview and has quotations since counts as
    changed, and so does one whose linked evidence is no longer what it was.
    """
    if work.is_absent:
        return CellState.CHANGED if count.quotations else CellState.NOT_IN_INTERVIEW
    if work.has_words:
        return CellState.CHANGED if work.changed else CellState.WRITTEN
    if not count.quotations:
        return CellState.NOTHING_CODED
    return CellState.THIN if is_thin(count, row) else CellState.CODED


@dataclass(frozen=True, slots=True)
class Gaps:
    """Of one row or column: cells in all, written, thin (written or not) and empty.

    Empty are those in which nothing is coded and of which nobody said that it is not
    in the interview.
    """

    cells: int = 0
    written: int = 0
    thin: int = 0
    empty: int = 0


def count_gaps(
    rows: Sequence[MatrixRow],
    columns: Sequence[MatrixColumn],
    counts: MatrixCounts,
    work: Mapping[Cell, CellWork],
) -> tuple[dict[str, Gaps], dict[str, Gaps]]:
    """What is thin and empty in each row, by key, and in each column, by its code."""
    thin: set[Cell] = set()
    full: set[Cell] = set()
    by_key = {row.key: row for row in rows}
    codes = {column.code_id for column in columns}
    for cell, count in counts.cells.items():
        if cell[0] in by_key and cell[1] in codes:
            full.add(cell)
            if is_thin(count, by_key[cell[0]]):
                thin.add(cell)
    inside = [(c, w) for c, w in work.items() if c[0] in by_key and c[1] in codes]
    written = {cell for cell, one in inside if one.has_words}
    full |= written | {cell for cell, one in inside if one.is_absent}
    return (
        _gaps(0, list(by_key), len(columns), full, thin, written),
        _gaps(1, [c.code_id for c in columns], len(rows), full, thin, written),
    )


def _gaps(
    side: int,
    names: Sequence[str],
    cells: int,
    full: Iterable[Cell],
    thin: Iterable[Cell],
    written: Iterable[Cell],
) -> dict[str, Gaps]:
    def count(those: Iterable[Cell]) -> dict[str, int]:
        found = dict.fromkeys(names, 0)
        for cell in those:
            found[cell[side]] += 1
        return found

    filled, thinned, wrote = count(full), count(thin), count(written)
    return {
        name: Gaps(cells, wrote[name], thinned[name], cells - filled[name])
        for name in names
    }
