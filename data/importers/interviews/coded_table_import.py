"""A table of turns that people coded: one row a turn, its labels between bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.importers.column_mapping import claimed_twice, heading_key
from data.importers.table_problems import lacks_columns, no_rows
from data.importers.text_table import TextTable, read_text_table
from data.problems import DataProblem, DataRefused

NEEDED = ("doc_id", "text", "labels")
OPTIONAL = ("seq", "speaker")
HEADINGS = ("doc_id", "seq", "speaker", "text", "labels")


@dataclass(frozen=True, slots=True)
class CodedRow:
    """One turn: transcript, place in it from 1, who speaks, words and labels."""

    doc_id: str
    place: int
    speaker: str
    text: str
    labels: tuple[str, ...]
    row: int


@dataclass(frozen=True, slots=True)
class CodedTable:
    """All turns in the order of their transcripts, and what to check."""

    rows: tuple[CodedRow, ...]
    warnings: tuple[DataProblem, ...]


def read_coded_table(file_name: str, content: bytes) -> CodedTable:
    """The turns of a .csv or .xlsx table, each with the labels it was given.

    Columns doc_id, text and labels are needed (labels separated by |, none where the
    cell is empty); seq says the order within a transcript, without it that of the rows
    counts; speaker may be there. Raises DataRefused with every problem by row: no
    doc_id, a seq that is no whole number or stands twice in its transcript.
    """
    table = read_text_table(file_name, content)
    columns = _columns(table)
    if not table.rows:
        raise DataRefused([no_rows(table.where())])
    problems: list[DataProblem] = []
    read: list[tuple[str, float, CodedRow]] = []
    seen: dict[tuple[str, int], int] = {}
    for number, cells in zip(table.row_numbers, table.rows, strict=True):
        cell = {name: cells[position].strip() for name, position in columns.items()}
        if not cell["doc_id"]:
            problems.append(_no_transcript(table, number))
            continue
        order = number
        if "seq" in columns:
            found = _whole_number(cell["seq"])
            if found is None:
                problems.append(_no_number(table, number))
                continue
            first = seen.setdefault((cell["doc_id"], found), number)
            if first != number:
                problems.append(_twice(table, number, first))
                continue
            order = found
        labels = (" ".join(part.split()) for part in cell["labels"].split("|"))
        row = CodedRow(
            cell["doc_id"],
            0,
            cell.get("speaker", ""),
            cell["text"],
            tuple(dict.fromkeys(label for label in labels if label)),
            number,
        )
        read.append((cell["doc_id"], order, row))
    if problems:
        raise DataRefused(problems)
    warnings = [*table.warnings]
    if "seq" not in columns:
        warnings.append(_in_row_order(table))
    return CodedTable(_numbered(read), tuple(warnings))


def _columns(table: TextTable) -> dict[str, int]:
    ours = {heading_key(name): name for name in HEADINGS}
    found = {
        heading: ours[heading_key(heading)]
        for heading in table.headings
        if heading_key(heading) in ours
    }
    problems = claimed_twice(table.where(), found)
    missing = [name for name in NEEDED if name not in found.values()]
    if missing:
        problems.append(lacks_columns(table, missing, NEEDED, OPTIONAL))
    if problems:
        raise DataRefused(problems)
    return {name: table.headings.index(heading) for heading, name in found.items()}


def _numbered(read: Sequence[tuple[str, float, CodedRow]]) -> tuple[CodedRow, ...]:
    """The rows by transcript and order, counted from 1 in each transcript."""
    numbered: list[CodedRow] = []
    place = 0
    for doc_id, _, row in sorted(read, key=lambda one: one[:2]):
        place = place + 1 if numbered and numbered[-1].doc_id == doc_id else 1
        numbered.append(
            CodedRow(doc_id, place, row.speaker, row.text, row.labels, row.row)
        )
    return tuple(numbered)


def _whole_number(cell: str) -> int | None:
    """The number in a cell, a spreadsheet's "3.0" too; nothing where it is none."""
    try:
        number = float(cell)
    except ValueError:
        return None
    return int(number) if number.is_integer() else None


def _no_transcript(table: TextTable, number: int) -> DataProblem:
    return DataProblem(
        "the row names no transcript",
        table.where(number, "doc_id"),
        "Write which transcript the turn belongs to.",
    )


def _no_number(table: TextTable, number: int) -> DataProblem:
    return DataProblem(
        "the place in the transcript is not a whole number",
        table.where(number, "seq"),
        "Number the turns of each transcript in order, or take the column out: then "
        "the order of the rows counts.",
    )


def _twice(table: TextTable, number: int, first: int) -> DataProblem:
    return DataProblem(
        f"the same place of the same transcript stands in row {first} already",
        table.where(number, "seq"),
        "Give each turn a number of its own. If one turn stands in several rows, one "
        "for each label, put the labels in one row with | between them.",
    )


def _in_row_order(table: TextTable) -> DataProblem:
    return DataProblem(
        "there is no column seq",
        table.where(),
        "The order of the rows was taken as the order of the turns. Add seq if that "
        "is not so.",
    )
