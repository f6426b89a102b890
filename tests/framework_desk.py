"""A matrix over the small interview of ``interview_desk``, one quotation coded."""

from __future__ import annotations

from interview_desk import a_desk, code_words

from coding.framework_matrix.columns import MatrixColumn, columns_of
from coding.framework_matrix.rows import MatrixRow, RowsAre
from data.storage import StudyStore
from data.storage.framework.framework_records import CellPlace, Matrix, MatrixShape

PASSAGE = "The same worker came every week"


class MatrixDesk:
    """The store, its source and codes, a matrix of participants, Amira's first cell."""

    def __init__(
        self, store: StudyStore, rows_are: RowsAre = RowsAre.PARTICIPANTS, by: str = ""
    ) -> None:
        self.store = store
        self.source, self.same, self.heard = a_desk(store)
        self.coded = self.code(PASSAGE, self.same)
        shape = MatrixShape(
            "By theme", rows_are, by, column_ids=(self.same, self.heard)
        )
        self.matrix: Matrix = store.framework.add("di", shape)
        self.row: MatrixRow = store.framework.rows(shape)[0]
        self.place = CellPlace(self.matrix.id, self.row.key, self.same)

    def code(self, words: str, code_id: str) -> str:
        operation = code_words(words, code_id)
        self.store.coding.apply("priya", self.source, [operation])
        return operation.segment_id

    @property
    def columns(self) -> tuple[MatrixColumn, ...]:
        codebook = self.store.codebook
        return columns_of(
            self.matrix.shape.column_ids, codebook.codebook(), codebook.retired()
        )

    def cell(self, reader: str | None = "di"):
        return self.store.framework.cell(self.place, reader_id=reader)

    def write(self, text: str, who: str = "di", seen: int | None = None, **more):
        seen = self.cell(who).version if seen is None else seen
        return self.store.framework.write(
            who, self.place, text, seen_version=seen, **more
        )

    def link(self):
        return self.store.framework.link("di", self.place, [self.coded])

    def changed(self, reader: str | None = "di") -> dict[str, int]:
        return self.store.framework.changed(self.matrix.id, reader_id=reader)
