"""Survey toplines from a table: one row for each answer, every problem named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.figures.survey_toplines import SurveyTopline
from data.importers.column_mapping import claimed_twice, propose_mapping, understood
from data.importers.surveys.topline_cells import CellReading
from data.importers.surveys.topline_checks import (
    NumberedTopline,
    problems_between_rows,
    things_to_check,
)
from data.importers.table_problems import lacks_columns, no_rows
from data.importers.text_table import TextTable, read_text_table
from data.problems import DataProblem, DataRefused

NEEDED = ("survey", "wave", "question", "statement", "answer", "count", "base")
_MORE = ("fieldwork", "topic", "percent", "note", "source")
HEADINGS = (*NEEDED, *_MORE)

# Other names published tables give these columns. They are proposed and never taken.
_ALSO_CALLED = {
    "round": "wave",
    "item": "statement",
    "response": "answer",
    "option": "answer",
    "n": "count",
    "number": "count",
    "people": "count",
    "%": "percent",
    "percentage": "percent",
    "percentages": "percent",
    "per cent": "percent",
    "total": "base",
    "respondents": "base",
    "n base": "base",
    "dates": "fieldwork",
    "comment": "note",
    "publication": "source",
}


@dataclass(frozen=True, slots=True)
class ToplineTable:
    """The toplines of one table in its order, and what to check; iterates over them."""

    toplines: tuple[SurveyTopline, ...]
    warnings: tuple[DataProblem, ...] = ()

    def __iter__(self) -> Iterator[SurveyTopline]:
        """The toplines in order."""
        return iter(self.toplines)

    def __len__(self) -> int:
        """How many toplines there are, gaps included."""
        return len(self.toplines)


def read_toplines(file_name: str, content: bytes) -> ToplineTable:
    """The toplines of a .csv or .xlsx table: survey, wave, question, statement, answer,
    count and base; fieldwork, topic, percent, note and source where they are known.

    An empty count or percent is a gap. A dash is refused, because publications write it
    for nobody and for not known. Raises DataRefused with every problem by row and
    column: a survey or wave that is none, a cell that is empty or no such number, a
    figure twice, two bases for one statement, a count above its base that no note
    speaks of. Counts and percentages that do not add up, or not agree, are a warning.
    """
    table = read_text_table(file_name, content)
    columns, unread = _columns(table)
    problems: list[tuple[int, DataProblem]] = []
    read: list[NumberedTopline] = []
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = {name: row[position].strip() for name, position in columns.items()}
        reading = CellReading(table, number, cells)
        topline = reading.topline()
        problems += [(number, problem) for problem in reading.problems]
        if topline is not None:
            read.append(NumberedTopline(number, topline))
    problems += problems_between_rows(table, read)
    if not table.rows:
        raise DataRefused([no_rows(table.where())])
    if problems:
        ordered = sorted(problems, key=lambda numbered: numbered[0])
        raise DataRefused(problem for _, problem in ordered)
    return ToplineTable(
        tuple(one.topline for one in read),
        (*table.warnings, *unread, *things_to_check(table, read)),
    )


def _columns(table: TextTable) -> tuple[dict[str, int], list[DataProblem]]:
    """The position of each of our columns, and a warning for each that is not read."""
    found = understood(table.headings, None, HEADINGS)
    problems = claimed_twice(table.where(), found)
    others = [heading for heading in table.headings if heading not in found]
    meant = _proposed(others, found)
    problems += [_did_you_mean(table, heading, meant[heading]) for heading in meant]
    missing = [
        name
        for name in NEEDED
        if name not in found.values() and name not in meant.values()
    ]
    if missing:
        problems.append(lacks_columns(table, missing, NEEDED, _MORE))
    if problems:
        raise DataRefused(problems)
    places = {name: table.headings.index(heading) for heading, name in found.items()}
    return places, [_not_read(table, heading) for heading in others]


def _proposed(others: list[str], found: Mapping[str, str]) -> dict[str, str]:
    """For each unknown heading the column it most likely is, where one still lacks."""
    lacking = [name for name in HEADINGS if name not in found.values()]
    meant = {}
    for proposal in propose_mapping(others, lacking):
        words = " ".join(proposal.heading.casefold().split())
        name = proposal.field or _ALSO_CALLED.get(words, "")
        if name in lacking:
            meant[proposal.heading] = name
    return meant


def _did_you_mean(table: TextTable, heading: str, name: str) -> DataProblem:
    return DataProblem(
        f"no column is called {heading} here",
        table.where(None, heading),
        f"Did you mean {name}? Rename the column to {name}, or take it out.",
    )


def _not_read(table: TextTable, heading: str) -> DataProblem:
    return DataProblem(
        f"the column {heading} is not read",
        table.where(None, heading),
        "Nothing need be done; what should be kept belongs in the column note.",
    )
