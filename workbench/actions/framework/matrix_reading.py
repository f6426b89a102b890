"""Reading a framework matrix: rows, columns, counts, states, and what is still thin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from coding.codebook import Codebook
from coding.framework_matrix.columns import (
    MatrixColumn,
    columns_of,
    theme_ids,
)
from coding.framework_matrix.counting import Cell, CellCount, MatrixCounts
from coding.framework_matrix.rows import (
    MatrixRow,
    RowsAre,
    group_key,
    name_of_group,
)
from coding.framework_matrix.states import (
    CellState,
    CellWork,
    Gaps,
    count_gaps,
    state_of,
)
from coding.study import Person
from data.storage import StudyStore
from data.storage.framework.framework_records import (
    Matrix,
    MatrixShape,
    WrittenCell,
)
from workbench.wording import counted

FIRST_NAME = "Participants by theme"
NO_LONGER_HERE = "No longer in the study"


@dataclass(frozen=True, slots=True)
class Counted:
    """What a matrix counts; it stays while nothing but matrices is changed."""

    rows: tuple[MatrixRow, ...]
    columns: tuple[MatrixColumn, ...]
    counts: MatrixCounts


@dataclass(frozen=True, slots=True)
class MatrixRead:
    """A matrix as a person reads it.

    Rows of which something is written and who are no longer in the study stand last.
    ``work`` says by cell what people did; ``gaps`` are by row's key and column's code.
    """

    matrix: Matrix
    rows: tuple[MatrixRow, ...]
    columns: tuple[MatrixColumn, ...]
    counts: MatrixCounts
    cells: Mapping[Cell, WrittenCell]
    work: Mapping[Cell, CellWork]
    row_gaps: Mapping[str, Gaps]
    column_gaps: Mapping[str, Gaps]

    def row(self, key: str) -> MatrixRow | None:
        """The row of that key, or nothing."""
        return next((one for one in self.rows if one.key == key), None)

    def column(self, code_id: str) -> MatrixColumn | None:
        """The column of that code, or nothing."""
        return next((one for one in self.columns if one.code_id == code_id), None)

    def state(self, row: MatrixRow, code_id: str) -> CellState:
        """The state of a cell."""
        cell = row.key, code_id
        return state_of(self.counts.of(*cell), row, self.work.get(cell, CellWork()))

    @property
    def written(self) -> int:
        """How many cells have words, summaries of rows and columns aside."""
        return sum(one.written for one in self.row_gaps.values())


def default_shape(store: StudyStore) -> MatrixShape:
    """The matrix a study begins with: participants by the themes of the codebook."""
    return MatrixShape(FIRST_NAME, column_ids=theme_ids(store.codebook.codebook()))


def columns_of_matrix(store: StudyStore, matrix: Matrix) -> tuple[MatrixColumn, ...]:
    """The columns of a matrix, those of codes out of use among them."""
    return columns_of(
        matrix.shape.column_ids,
        store.codebook.codebook(),
        store.codebook.retired(),
        store.codebook.merged_away(),
    )


def count_matrix(store: StudyStore, matrix: Matrix) -> Counted:
    """Rows, columns and counts of a matrix: the part that takes time."""
    rows = store.framework.rows(matrix.shape)
    columns = columns_of_matrix(store, matrix)
    return Counted(rows, columns, store.framework.counts(matrix.shape, rows, columns))


def read_matrix(
    store: StudyStore,
    matrix: Matrix,
    reader: Person | None,
    counted_before: Counted | None = None,
) -> MatrixRead:
    """The matrix as the reader may see it; without a reader, as anybody may."""
    base = counted_before or count_matrix(store, matrix)
    reader_id = reader.id if reader else None
    written = store.framework.cells(matrix.id, reader_id=reader_id)
    changed = store.framework.changed(matrix.id, reader_id=reader_id)
    cells = {(c.place.row_key, c.place.column_id): c for c in written}
    work = {
        place: CellWork(bool(c.text) or c.is_hidden, c.is_absent, changed.get(c.id, 0))
        for place, c in cells.items()
    }
    rows = (*base.rows, *_rows_gone(store, matrix, base, cells))
    row_gaps, column_gaps = count_gaps(rows, base.columns, base.counts, work)
    return MatrixRead(
        matrix, rows, base.columns, base.counts, cells, work, row_gaps, column_gaps
    )


def _rows_gone(
    store: StudyStore,
    matrix: Matrix,
    base: Counted,
    cells: Mapping[Cell, WrittenCell],
) -> list[MatrixRow]:
    """Rows with words that nobody stands for any longer: the words stay in sight."""
    here = {row.key for row in base.rows}
    left = {
        key
        for (key, _), one in cells.items()
        if key and key not in here and one.version
    }
    if not left:
        return []
    names = {one.id: one.pseudonym for one in store.study.participants()}
    names |= {one.id: one.name for one in store.sources.summaries()}
    rows = []
    for key in sorted(left):
        is_group = key.startswith(group_key(""))
        if is_group != (matrix.shape.rows_are is RowsAre.GROUPS):
            # Written while the rows of this matrix were something else.
            continue
        name = name_of_group(key) if is_group else names.get(key, NO_LONGER_HERE)
        rows.append(MatrixRow(key, name, is_group=is_group, group=NO_LONGER_HERE))
    return rows


# In words


def count_in_words(count: CellCount, row: MatrixRow) -> str:
    """How much is coded in a cell.

    >>> alone = MatrixRow("a", "Amira", frozenset({"a"}))
    >>> count_in_words(CellCount(2, 1, ("s", "t")), alone)
    '2 quotations in 2 sources'
    """
    if not count.quotations:
        return "no quotation"
    said = counted(count.quotations, "quotation")
    if row.is_group or row.has_several_people:
        said += f" of {counted(count.people, 'person', 'people')}"
    return f"{said} in {counted(len(count.source_ids), 'source')}"


def gaps_in_words(gaps: Gaps) -> str:
    """What is written, thin and empty in a row or column.

    >>> gaps_in_words(Gaps(5, written=2, thin=1, empty=1))
    '2 of 5 written, 1 thin, 1 empty'
    """
    return (
        f"{gaps.written} of {gaps.cells} written, {gaps.thin} thin, {gaps.empty} empty"
    )


def lead_in_words(read: MatrixRead) -> str:
    """Where the matrix stands, in one sentence."""
    total = len(read.rows) * len(read.columns)
    empty = sum(one.empty for one in read.row_gaps.values())
    thin = sum(one.thin for one in read.row_gaps.values())
    changed = sum(
        1
        for row in read.rows
        for column in read.columns
        if (row.key, column.code_id) in read.work
        and read.state(row, column.code_id) is CellState.CHANGED
    )
    said = (
        f"{counted(len(read.rows), 'row')} by {counted(len(read.columns), 'column')}: "
        f"{read.written:,} of {total:,} cells written, {thin:,} thin, "
        f"{empty:,} with nothing coded"
    )
    if changed:
        said += f", {changed:,} whose evidence changed since"
    return f"{said}."


def aside_in_words(read: MatrixRead) -> str:
    """How much is coded that is in no row, '' where nothing is."""
    number = sum(read.counts.aside.values())
    if not number:
        return ""
    return (
        f"{counted(number, 'quotation')} of speakers who are not named, or of "
        "observers' notes, are in no row."
    )


def attribute_names(store: StudyStore) -> list[str]:
    """What groups can be by besides wave, role, team and locality."""
    return sorted(
        {name for one in store.study.participants() for name in one.attributes},
        key=str.casefold,
    )


def code_choices(codebook: Codebook) -> Mapping[str, str]:
    """Every code that can be a column by its id: its name, with how deep it lies."""
    headings = codebook.heading_ids
    return {
        code.id: f"{'  ' * depth}{code.name}"
        + (" (with the codes under it)" if code.id in headings else "")
        for depth, code in codebook.in_tree_order()
    }
