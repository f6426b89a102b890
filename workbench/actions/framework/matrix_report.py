"""All matrices of a study as one file: cells, references, the quotations they cite.

What is being coded blind by anybody is left out: a file may be read by everybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from coding.framework_matrix.rows import MatrixRow
from coding.framework_matrix.states import THIN_IN_WORDS, is_thin
from coding.study import Participant
from data.exporters.framework_matrix.matrix_book import (
    BookCell,
    BookMatrix,
    BookRow,
    CitedQuotation,
    MatrixBook,
)
from data.exporters.framework_matrix.matrix_word import matrices_as_word
from data.exporters.framework_matrix.matrix_workbook import matrices_as_xlsx
from data.exporters.report_document import made_in_words
from data.problems import DataProblem, DataRefused
from data.storage import StudyStore
from data.storage.evidence.evidence_records import Evidence, EvidenceKind, HolderKind
from data.storage.framework.framework_records import WHOLE, Matrix, WrittenCell
from workbench.actions.evidence.evidence_words import words_to_quote
from workbench.actions.framework.matrix_reading import (
    MatrixRead,
    count_in_words,
    lead_in_words,
    read_matrix,
)

_WHOLE_ROW, _WHOLE_COLUMN = "Whole row", "Whole column"
_NOT_NOW = "Not to be read now: a source of it is being coded blind."
_HOW_READ = (
    "Numbers in square brackets lead to the quotations a summary rests on. Counts are "
    "of what people coded; suggestions are not counted."
)


def matrix_workbook(store: StudyStore, made_by: str, made_at: datetime) -> bytes:
    """Every matrix as a sheet of a workbook, and the quotations they cite."""
    return matrices_as_xlsx(read_book(store, made_by, made_at))


def matrix_word_file(store: StudyStore, made_by: str, made_at: datetime) -> bytes:
    """Every matrix as landscape tables of a Word file, and the quotations they cite."""
    return matrices_as_word(read_book(store, made_by, made_at))


def read_book(store: StudyStore, made_by: str, made_at: datetime) -> MatrixBook:
    """What the files say. Raises DataRefused where the study has no matrix."""
    matrices = store.framework.matrices()
    if not matrices:
        raise DataRefused(
            [
                DataProblem(
                    "The study has no matrix yet.",
                    "Themes matrix",
                    "Make one on the page Themes matrix. Nothing was written.",
                )
            ]
        )
    evidence: dict[str, list[Evidence]] = {}
    for kind in (HolderKind.CELL, HolderKind.SUMMARY):
        evidence |= store.evidence.of_all(kind)
    people = {one.id: one for one in store.study.participants()}
    cited = _Cited(evidence, people)
    books = tuple(_matrix(read_matrix(store, m, None), m, cited) for m in matrices)
    return MatrixBook(
        store.study.read().name,
        made_in_words(made_by, made_at),
        made_by,
        made_at,
        books,
        tuple(cited.quotations),
        (_HOW_READ, THIN_IN_WORDS),
    )


class _Cited:
    """Numbers quotations in the order they are first cited."""

    def __init__(
        self,
        evidence: Mapping[str, Sequence[Evidence]],
        people: Mapping[str, Participant],
    ) -> None:
        self._evidence = evidence
        self._people = people
        self.quotations: list[CitedQuotation] = []

    def references(self, cell: WrittenCell, where: str) -> tuple[int, ...]:
        numbers = []
        for one in self._evidence.get(cell.id, ()):
            if one.kind is EvidenceKind.CELL:
                continue
            numbers.append(len(self.quotations) + 1)
            number = numbers[-1]
            self.quotations.append(cited_quotation(one, number, where, self._people))
        return tuple(numbers)

    def cells(self, cell: WrittenCell) -> str:
        """The cells that a summary rests on, by name."""
        names = [
            one.now.name
            for one in self._evidence.get(cell.id, ())
            if one.kind is EvidenceKind.CELL and one.now.name
        ]
        return f"Rests on {'; '.join(names)}." if names else ""


def cited_quotation(
    one: Evidence, number: int, where: str, people: Mapping[str, Participant]
) -> CitedQuotation:
    """A quotation as a file cites it; of who may not be quoted, without its words."""
    source, _, turn = one.now.name.rpartition(", turn ")
    ids = one.now.participant_ids
    heard = [people[p] for p in ids if p in people]
    return CitedQuotation(
        number,
        words_to_quote(one),
        ", ".join(person.pseudonym for person in heard) or one.now.speaker,
        source or one.now.name,
        turn if source else "",
        where,
        one.warning,
    )


def _matrix(read: MatrixRead, matrix: Matrix, cited: _Cited) -> BookMatrix:
    codes = [*(column.code_id for column in read.columns), WHOLE]
    names = (*(column.name for column in read.columns), _WHOLE_ROW)
    rows = [
        BookRow(
            row.name,
            row.group,
            tuple(_cell(read, row, code, cited) for code in codes),
        )
        for row in read.rows
    ]
    rows.append(
        BookRow(
            _WHOLE_COLUMN, "", tuple(_cell(read, None, code, cited) for code in codes)
        )
    )
    gathered = matrix.shape.grouped_by.value.capitalize()
    return BookMatrix(
        matrix.shape.name, lead_in_words(read), gathered, names, tuple(rows)
    )


def _cell(
    read: MatrixRead, row: MatrixRow | None, code: str, cited: _Cited
) -> BookCell:
    key = row.key if row else WHOLE
    written = read.cells.get((key, code))
    state = ""
    if row is not None and code != WHOLE:
        count = read.counts.of(key, code)
        state = read.state(row, code).value
        if count.quotations:
            thin = ", thin" if is_thin(count, row) else ""
            state += f": {count_in_words(count, row)}{thin}"
    elif (key, code) in read.work and read.work[key, code].changed:
        state = "What it rests on changed"
    if written is None:
        return BookCell("", state)
    if written.is_hidden:
        return BookCell("", _NOT_NOW)
    column = read.column(code)
    names = [row.name if row else _WHOLE_COLUMN, column.name if column else _WHOLE_ROW]
    where = f"{read.matrix.shape.name}: {', '.join(names)}"
    resting = cited.cells(written)
    state = " ".join(part for part in (resting, state) if part)
    return BookCell(written.text, state, cited.references(written, where))
