"""Storing framework matrices and the cells people write in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from coding.framework_matrix.columns import MatrixColumn
from coding.framework_matrix.counting import MatrixCounts
from coding.framework_matrix.rows import MatrixRow
from data.rights import Right
from data.storage.coders.blind_passes import hidden_sources
from data.storage.database import StudyDatabase, refuse
from data.storage.evidence.evidence_records import (
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
)
from data.storage.evidence.evidence_storage import link_evidence
from data.storage.framework.cell_quotations import read_quotations
from data.storage.framework.cell_rows import (
    as_matrix,
    earlier_words,
    holder_of,
    keep_words,
    known_cell,
    known_matrix,
    named,
    shape_of,
    written_cells,
)
from data.storage.framework.changed_evidence import changed_evidence
from data.storage.framework.framework_records import (
    CellPlace,
    CellQuotation,
    EarlierCell,
    Matrix,
    MatrixShape,
    WrittenCell,
)
from data.storage.framework.hidden_cells import hidden_cells
from data.storage.framework.row_reading import read_counts, read_rows, read_waves
from data.tables import (
    AuditLineRow,
    CodedSegmentRow,
    FrameworkCellRow,
    FrameworkMatrixRow,
    now,
)

LONGEST_CELL = 10_000
LONGEST_NAME = 120
MOST_COLUMNS = 200
_ABOUT_MATRIX, _ABOUT_CELL = "matrix", "cell"
_NOTHING_SAVED = "Nothing was saved."


class FrameworkStorage:
    """Reads and saves matrices, their cells, and what those rest on."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    # Matrices

    def matrices(self, *, put_away: bool = False) -> list[Matrix]:
        """The matrices by name, or those that were put away."""
        with self._database.reading() as session:
            rows = session.scalars(
                select(FrameworkMatrixRow)
                .where(col(FrameworkMatrixRow.is_put_away).is_(put_away))
                .order_by(func.lower(col(FrameworkMatrixRow.name)))
            )
            return [as_matrix(session, row) for row in rows]

    def add(self, actor_id: str, shape: MatrixShape) -> Matrix:
        """The matrix as saved; its name must be new, letter case aside."""
        shape = _sound(shape)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            _require_new_name(writing.session, shape.name)
            row = FrameworkMatrixRow(**_columns(shape), made_by=actor_id)
            writing.session.add(row)
            writing.session.flush()
            writing.record(
                "matrix made", _ABOUT_MATRIX, row.id, columns=len(shape.column_ids)
            )
            return as_matrix(writing.session, row)

    def change(self, actor_id: str, matrix: Matrix, shape: MatrixShape) -> Matrix:
        """The matrix with its new shape; cells of rows and columns it no longer shows
        are kept and come back with them."""
        shape = _sound(shape)
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = known_matrix(writing.session, matrix.id)
            _require_new_name(writing.session, shape.name, besides=row.id)
            writing.change(row, matrix.version, **_columns(shape))
            writing.record(
                "matrix changed", _ABOUT_MATRIX, row.id, columns=len(shape.column_ids)
            )
            return as_matrix(writing.session, row)

    def put_away(self, actor_id: str, matrix: Matrix, *, away: bool = True) -> None:
        """Take a matrix off the list, or put it back; none of its words are lost."""
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            row = known_matrix(writing.session, matrix.id)
            writing.change(row, matrix.version, is_put_away=away)
            done = "matrix put away" if away else "matrix put back"
            writing.record(done, _ABOUT_MATRIX, row.id)

    # Rows and counts

    def rows(self, shape: MatrixShape) -> tuple[MatrixRow, ...]:
        """The rows of a matrix in order, gathered as it asks."""
        with self._database.reading() as session:
            return read_rows(session, shape)

    def waves(self) -> list[str]:
        """The waves by which rows can be gathered, in their order."""
        with self._database.reading() as session:
            return read_waves(session)

    def counts(
        self,
        shape: MatrixShape,
        rows: Sequence[MatrixRow],
        columns: Sequence[MatrixColumn],
    ) -> MatrixCounts:
        """How much is coded in each cell, of what the study says is coded.

        Sources that are being coded blind are left out whole.
        """
        with self._database.reading() as session:
            return read_counts(session, shape, rows, columns)

    def coded_until(self) -> int:
        """A number that grows with every change but those made in matrices.

        While it stays, so do rows, columns and counts.
        """
        kinds = [_ABOUT_MATRIX, *(one.value for one in (_CELL, _SUMMARY))]
        with self._database.reading() as session:
            return (
                session.scalar(
                    select(func.max(col(AuditLineRow.number))).where(
                        col(AuditLineRow.about_kind).not_in(kinds)
                    )
                )
                or 0
            )

    # Cells

    def cells(
        self, matrix_id: str, *, reader_id: str | None = None
    ) -> list[WrittenCell]:
        """Every cell somebody wrote in or linked evidence to, those of rows and columns
        no longer shown among them; words that may not be read now are left out."""
        with self._database.reading() as session:
            matrix = known_matrix(session, matrix_id)
            hidden = hidden_cells(session, matrix, shape_of(matrix), reader_id)
            return written_cells(session, matrix_id, hidden)

    def cell(self, place: CellPlace, *, reader_id: str | None = None) -> WrittenCell:
        """One cell; one that nobody touched yet has no id."""
        found = self.cells(place.matrix_id, reader_id=reader_id)
        return next((c for c in found if c.place == place), WrittenCell("", place))

    def changed(
        self, matrix_id: str, *, reader_id: str | None = None
    ) -> dict[str, int]:
        """How much a cell rests on that is not as it was linked, by the cell's id."""
        with self._database.reading() as session:
            return changed_evidence(session, matrix_id, reader_id)

    def matrix_of(self, cell_id: str) -> str:
        """The id of a cell's matrix, '' where there is no such cell."""
        with self._database.reading() as session:
            row = session.get(FrameworkCellRow, cell_id)
            return row.matrix_id if row else ""

    def earlier(
        self, cell_id: str, *, reader_id: str | None = None
    ) -> list[EarlierCell]:
        """What a cell said before, newest first; nothing where it is hidden now."""
        with self._database.reading() as session:
            row = known_cell(session, cell_id)
            matrix = known_matrix(session, row.matrix_id)
            if row.id in hidden_cells(session, matrix, shape_of(matrix), reader_id):
                return []
            return earlier_words(session, cell_id)

    def quotations(
        self, shape: MatrixShape, row: MatrixRow, column: MatrixColumn
    ) -> list[CellQuotation]:
        """The quotations a cell counts, in the order of the sources and their text."""
        with self._database.reading() as session:
            return read_quotations(session, shape, row, column)

    def write(
        self,
        actor_id: str,
        place: CellPlace,
        text: str,
        *,
        seen_version: int,
        is_absent: bool = False,
    ) -> WrittenCell:
        """The cell as saved; what it said before is kept.

        ``seen_version`` is the version its writer saw, 0 where nobody had written.
        Raises DataRefused where someone else wrote since, and where it is too long.
        """
        text = text.strip()
        if len(text) > LONGEST_CELL:
            refuse(
                f"The summary is longer than {LONGEST_CELL:,} characters.",
                "Summary",
                f"Shorten it by {len(text) - LONGEST_CELL:,}. {_NOTHING_SAVED}",
            )
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            matrix = known_matrix(session, place.matrix_id)
            row = named(session, place)
            if row.id in hidden_cells(session, matrix, shape_of(matrix), actor_id):
                _refuse_blind()
            if row.version and row.version == seen_version:
                keep_words(session, row)
            writing.change(
                row,
                seen_version,
                text=text,
                is_absent=is_absent,
                written_by=actor_id,
                written_at=now(),
            )
            kind = holder_of(row).kind.value
            writing.record(
                "cell written",
                kind,
                row.id,
                matrix=row.matrix_id,
                characters=len(text),
                absent=is_absent,
            )
            (saved,) = written_cells(session, row.matrix_id, set(), [row.id])
            return saved

    def link(
        self,
        actor_id: str,
        place: CellPlace,
        thing_ids: Sequence[str],
        kind: EvidenceKind = EvidenceKind.CODED_SEGMENT,
    ) -> Holder:
        """What the quotations, or cells, are now linked to.

        Raises DataRefused where one is gone, or of a source being coded blind.
        """
        with self._database.writing(actor_id, Right.WRITE_FINDINGS) as writing:
            session = writing.session
            known_matrix(session, place.matrix_id)
            if kind is EvidenceKind.CODED_SEGMENT:
                _require_not_blind(session, thing_ids)
            holder = holder_of(named(session, place))
            evidence = [NewEvidence(kind, one) for one in thing_ids]
            linked = link_evidence(writing, holder, evidence)
            writing.record(
                "evidence linked", holder.kind.value, holder.id, count=linked
            )
        return holder


_CELL, _SUMMARY = HolderKind.CELL, HolderKind.SUMMARY


def _sound(shape: MatrixShape) -> MatrixShape:
    name = " ".join(shape.name.split())
    columns = tuple(dict.fromkeys(shape.column_ids))
    if not name or len(name) > LONGEST_NAME:
        refuse(
            "The matrix needs a name."
            if not name
            else f"The name is longer than {LONGEST_NAME} characters.",
            "Name of the matrix",
            f"Give it a short one. {_NOTHING_SAVED}",
        )
    if not columns or len(columns) > MOST_COLUMNS:
        refuse(
            "No column was chosen."
            if not columns
            else f"{len(columns)} columns were chosen; a matrix has {MOST_COLUMNS} "
            "at most.",
            "Columns",
            f"Choose themes or codes. {_NOTHING_SAVED}",
        )
    return replace(shape, name=name, column_ids=columns)


def _columns(shape: MatrixShape) -> dict[str, Any]:
    return {
        "name": shape.name,
        "rows_are": shape.rows_are.value,
        "rows_by": shape.rows_by,
        "grouped_by": shape.grouped_by.value,
        "column_ids": list(shape.column_ids),
        "takes_comments": shape.takes_comments,
    }


def _require_new_name(session: Session, name: str, besides: str = "") -> None:
    rows = session.execute(
        select(col(FrameworkMatrixRow.id), col(FrameworkMatrixRow.name))
    )
    if any(n.casefold() == name.casefold() and i != besides for i, n in rows):
        refuse(
            "Another matrix has this name.",
            "Name of the matrix",
            f"Choose another; it may be one that was put away. {_NOTHING_SAVED}",
        )


def _require_not_blind(session: Session, coded_ids: Sequence[str]) -> None:
    """A summary that others read rests on nothing that is being coded blind."""
    blind = hidden_sources(session, None)
    sources = session.scalars(
        select(col(CodedSegmentRow.source_id)).where(
            col(CodedSegmentRow.id).in_(list(coded_ids))
        )
    )
    if blind & set(sources):
        refuse(
            "This quotation is of a source that is being coded blind.",
            "Quotations",
            f"Link it once its coders are through. {_NOTHING_SAVED}",
        )


def _refuse_blind() -> None:
    refuse(
        "You code a source of this cell blind, so it cannot be read or written now.",
        "The cell",
        f"Come back to it when the coders of the source are through. {_NOTHING_SAVED}",
    )
