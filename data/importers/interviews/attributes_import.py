"""Who is who in the transcripts: participants and their attributes, from a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from coding.speaker_labels import label_key
from data.importers.column_mapping import (
    claimed_twice,
    field_name_for,
    heading_key,
)
from data.importers.table_problems import no_column_called, no_rows
from data.importers.text_table import TextTable, base_name, read_text_table
from data.problems import DataProblem, DataRefused

_FIELDS = ("file", "participant", "role", "team", "locality", "wave", "speaker")


@dataclass(frozen=True, slots=True)
class SourceAttributes:
    """What one row says of one participant in one file; gaps are ''.

    ``speaker`` is the label by which the file calls the participant, needed only where
    several take part or a label is misspelt: each label then has its row. ``others``
    holds the other columns by name as text, without gaps. ``row`` is the row of the
    table.
    """

    file: str
    participant: str
    role: str = ""
    team: str = ""
    locality: str = ""
    wave: str = ""
    speaker: str = ""
    others: Mapping[str, str] = field(default_factory=dict)
    row: int = 0

    def is_about(self, file_name: str) -> bool:
        """Whether the row means that file: same name, ending and letter case aside.

        >>> SourceAttributes("P07 wave 2", "P07").is_about("folder/p07 wave 2.docx")
        True
        """
        return file_key(self.file) == file_key(file_name)


@dataclass(frozen=True, slots=True)
class AttributeTable:
    """The rows of one table in its order, and what to check."""

    rows: tuple[SourceAttributes, ...]
    warnings: tuple[DataProblem, ...] = ()

    def of(self, file_name: str) -> tuple[SourceAttributes, ...]:
        """The rows about that file, in order."""
        return tuple(row for row in self.rows if row.is_about(file_name))


def file_key(file_name: str) -> str:
    """A file's name without folder, ending and letter case."""
    name = base_name(file_name.strip())
    for ending in (".txt", ".docx"):
        if name.casefold().endswith(ending):
            name = name[: -len(ending)]
    return name.casefold()


def read_attributes(file_name: str, content: bytes) -> AttributeTable:
    """The attributes a .csv or .xlsx table gives: file and participant are needed.

    Raises DataRefused with every problem: columns missing or claimed twice, cells
    empty, one participant twice for one file without a speaker of its own each. A
    participant whose role, team or locality differs between rows is said in a warning.
    """
    table = read_text_table(file_name, content)
    exact = {heading_key(name): name for name in _FIELDS}
    columns = {
        heading: exact.get(heading_key(heading)) or field_name_for(heading)
        for heading in table.headings
    }
    problems = claimed_twice(table.where(), columns)
    missing = [n for n in ("file", "participant") if n not in columns.values()]
    problems += [no_column_called(table, name) for name in missing]
    if problems:
        raise DataRefused(problems)
    rows: list[SourceAttributes] = []
    first: dict[tuple[str, str], list[SourceAttributes]] = {}
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = {
            columns[heading]: cell.strip()
            for heading, cell in zip(table.headings, row, strict=True)
        }
        known = {name: cells.pop(name, "") for name in _FIELDS}
        others = {name: cell for name, cell in cells.items() if cell}
        read = SourceAttributes(**known, others=others, row=number)
        problems += _row_problems(table, read, first)
        rows.append(read)
    if not rows:
        problems.append(no_rows(table.where()))
    if problems:
        raise DataRefused(problems)
    return AttributeTable(tuple(rows), (*table.warnings, *_changing(table, rows)))


def _row_problems(
    table: TextTable,
    row: SourceAttributes,
    first: dict[tuple[str, str], list[SourceAttributes]],
) -> list[DataProblem]:
    problems = [
        _gap(table, row.row, name)
        for name in ("file", "participant")
        if not getattr(row, name)
    ]
    if problems:
        return problems
    alike = first.setdefault((file_key(row.file), row.participant.casefold()), [])
    earlier = next((one for one in alike if not _are_two_labels(one, row)), None)
    alike.append(row)
    if earlier is None:
        return []
    return [
        DataProblem(
            f"rows {earlier.row} and {row.row} are about participant "
            f"{row.participant} in the same file",
            table.where(row.row),
            "Keep the row that is right and take out the other; where the file calls "
            "somebody by two labels, give each label a row, under speaker.",
        )
    ]


def _are_two_labels(one: SourceAttributes, other: SourceAttributes) -> bool:
    """Whether both rows name their speaker, and not the same one."""
    # A file may call somebody by a label that is misspelt once.
    labels = {label_key(one.speaker), label_key(other.speaker)}
    return bool(one.speaker and other.speaker) and len(labels) == 2


def _changing(table: TextTable, rows: list[SourceAttributes]) -> list[DataProblem]:
    first: dict[tuple[str, str], SourceAttributes] = {}
    warnings = []
    for row in rows:
        for name in ("role", "team", "locality"):
            value = getattr(row, name)
            if not value:
                continue
            earlier = first.setdefault((row.participant.casefold(), name), row)
            if getattr(earlier, name) != value:
                warnings.append(
                    DataProblem(
                        f"participant {row.participant} has another {name} in row "
                        f"{earlier.row}",
                        table.where(row.row),
                        "Check which is right; a participant is kept with one.",
                    )
                )
    return warnings


def _gap(table: TextTable, number: int, name: str) -> DataProblem:
    return DataProblem(
        "the cell is empty",
        table.where(number, name),
        "Fill it in, or take the row out.",
    )
