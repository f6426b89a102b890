"""Cases, their events and their dated notes from the tables of one import.

Several files of one import belong together. Everything is checked before anything is
handed on, and every problem is told at once, by file and row.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from data.importers.cases.case_problems import case_twice, unknown_case
from data.importers.cases.case_rows import (
    DATE_FIELDS,
    PlacedTable,
    TableKind,
    dated,
    era_of,
    future_date,
    future_referral,
    lacks_eras,
    order_of_dates,
    place_table,
)
from data.importers.column_mapping import ColumnMapping, heading_key
from data.importers.table_problems import no_rows
from data.importers.text_table import read_text_table
from data.problems import DataProblem, DataRefused
from matching.case_records import (
    STANDARD_FIELDS,
    CaseEvent,
    CaseField,
    CaseNote,
    CaseRecord,
)
from matching.sampling import SamplingRecord

ERAS_TO_ASK_FOR = ("contemporary", "historic", "by-date")


@dataclass(frozen=True, slots=True)
class CaseBatch:
    """What one import holds, ready to be stored together.

    ``fields`` are the facts the tables have, standard ones first, each marked by when
    it is known. ``left_out`` says which rows were not taken, only where a partial
    import was accepted; ``warnings`` say what to check. ``sampling`` tells how cases
    were chosen, where files beside those read here say so.
    """

    records: tuple[CaseRecord, ...] = ()
    events: tuple[CaseEvent, ...] = ()
    notes: tuple[CaseNote, ...] = ()
    fields: tuple[CaseField, ...] = ()
    left_out: tuple[DataProblem, ...] = ()
    warnings: tuple[DataProblem, ...] = ()
    sampling: tuple[SamplingRecord, ...] = ()


@dataclass(slots=True)
class _Reading:
    """What has been read so far, with the file and row each problem belongs to."""

    era: str | None
    cutover: date | None
    mapping: ColumnMapping | None
    today: date | None
    known: frozenset[str]
    accept_partial: bool
    is_unread: bool = False
    records: list[CaseRecord] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    notes: list[CaseNote] = field(default_factory=list)
    places: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    problems: list[tuple[int, int, DataProblem]] = field(default_factory=list)
    warnings: list[DataProblem] = field(default_factory=list)

    def refuse_file(self, position: int, problems: Sequence[DataProblem]) -> None:
        """Problems of a file as a whole; with them no part of the import is taken."""
        self.problems += [(position, 0, problem) for problem in problems]
        self.is_unread = self.is_unread or bool(problems)


def read_cases(
    files: Sequence[tuple[str, bytes]],
    *,
    era: str | None = None,
    cutover: date | None = None,
    mapping: ColumnMapping | None = None,
    accept_partial: bool = False,
    known_references: Collection[str] = (),
    today: date | None = None,
) -> CaseBatch:
    """The cases, events and notes of the files, told apart by their headings.

    ``era`` is contemporary, historic or by-date (with ``cutover``) and counts where a
    row has none of its own. Events and notes may belong to cases of the same import or
    to ``known_references``, those already in the study. Columns nobody asked for are
    kept as facts marked *unmarked*. Raises DataRefused with every problem in order of
    file and row; with ``accept_partial`` good rows are kept and ``left_out`` lists the
    others, unless nothing is left. ``today`` is needed to notice dates in the future.
    """
    _check_era(era, cutover)
    known = frozenset(known_references)
    reading = _Reading(era, cutover, mapping, today, known, accept_partial)
    placed = _placed_tables(reading, files)
    reading.places = _places_of_cases(reading, placed)
    for position, table in placed.items():
        if table.kind is TableKind.CASES:
            _read_case_rows(reading, position, table)
    for position, table in placed.items():
        if table.kind is not TableKind.CASES:
            _read_dated_rows(reading, position, table)
    ordered = sorted(reading.problems, key=lambda p: (p[0], p[1]))
    problems = tuple(problem for _, _, problem in ordered)
    nothing = not (reading.records or reading.events or reading.notes)
    if problems and (not accept_partial or reading.is_unread or nothing):
        raise DataRefused(problems)
    if nothing:
        raise DataRefused([no_rows(", ".join(name for name, _ in files))])
    return CaseBatch(
        tuple(reading.records),
        tuple(reading.events),
        tuple(reading.notes),
        _fields_of(tuple(placed.values())),
        problems,
        tuple(reading.warnings),
    )


def _check_era(era: str | None, cutover: date | None) -> None:
    if era is not None and era not in ERAS_TO_ASK_FOR:
        raise DataRefused(
            [
                DataProblem(
                    f"{era} is not an era",
                    "the era asked for",
                    "Choose contemporary, historic or by-date.",
                )
            ]
        )
    if era == "by-date" and cutover is None:
        raise DataRefused(
            [
                DataProblem(
                    "eras by date need the day on which practice changed",
                    "the era asked for",
                    "Give the cutover as a date, such as 2015-10-01.",
                )
            ]
        )


def _placed_tables(
    reading: _Reading, files: Sequence[tuple[str, bytes]]
) -> dict[int, PlacedTable]:
    """The tables told apart, by the position of their file."""
    placed: dict[int, PlacedTable] = {}
    headings: set[str] = set()
    for position, (name, content) in enumerate(files):
        try:
            table = read_text_table(name, content)
        except DataRefused as refusal:
            reading.refuse_file(position, refusal.problems)
            continue
        headings |= {heading_key(h) for h in table.headings}
        found, problems, checks = place_table(table, reading.mapping)
        reading.warnings += [*table.warnings, *checks]
        if found is not None:
            placed[position] = found
            if reading.era is None and lacks_eras(found):
                problems.append(_no_era_column(table.where()))
        reading.refuse_file(position, problems)
    mapped = reading.mapping.columns if reading.mapping else {}
    unused = [h for h in mapped if heading_key(h) not in headings]
    if unused and not reading.is_unread:
        reading.warnings.append(_unused_mapping(unused))
    return placed


def _read_case_rows(reading: _Reading, position: int, placed: PlacedTable) -> None:
    table = placed.table
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        record, problems = _case_of(reading, placed, number, row)
        if record is not None and not problems:
            reading.records.append(record)
            reading.warnings += order_of_dates(
                placed, number, record.facts, reading.today
            )
        reading.problems += [(position, number, problem) for problem in problems]


def _case_of(
    reading: _Reading, placed: PlacedTable, number: int, row: tuple[str, ...]
) -> tuple[CaseRecord | None, list[DataProblem]]:
    cells = _our_cells(reading, placed, row)
    reference = cells.pop("case_id")
    problems = _reference_problems(reading, placed, number, reference)
    for name in DATE_FIELDS:
        if name in cells:
            cells[name], problem = dated(placed, number, name, cells[name])
            if problem:
                problems.append(problem)
    referred = cells.get("referral_date", "")
    problems += future_referral(placed, number, referred, reading.today)
    written = cells.pop("era", "")
    era, fault = era_of(written, referred, reading.era, reading.cutover)
    if era is None:
        # Of a table without eras that is told once, for the whole of it.
        if reading.era is not None or not lacks_eras(placed):
            where = placed.table.where(number, placed.heading_of("era"))
            problems.append(DataProblem(fault, where, _HOW_TO_GIVE_ERAS))
        return None, problems
    facts = {**cells, **placed.extra_cells(row)}
    return CaseRecord(reference, era, facts), problems


def _our_cells(
    reading: _Reading, placed: PlacedTable, row: tuple[str, ...]
) -> dict[str, str]:
    cells = placed.cells(row)
    if reading.mapping is None:
        return cells
    return {name: reading.mapping.value(name, cell) for name, cell in cells.items()}


def _reference_problems(
    reading: _Reading, placed: PlacedTable, number: int, reference: str
) -> list[DataProblem]:
    where = placed.table.where(number, placed.heading_of("case_id"))
    if not reference:
        return [_no_reference(where)]
    if reference in reading.known:
        return [_already_stored(where, reference)]
    places = reading.places[reference]
    if len(places) > 1:
        return [case_twice(where, reference, places)]
    return []


def _places_of_cases(
    reading: _Reading, placed: Mapping[int, PlacedTable]
) -> dict[str, list[tuple[str, int]]]:
    """File and row of each case reference, to find those that stand twice."""
    places: dict[str, list[tuple[str, int]]] = {}
    for cases in placed.values():
        if cases.kind is not TableKind.CASES:
            continue
        table = cases.table
        for number, row in zip(table.row_numbers, table.rows, strict=True):
            reference = _our_cells(reading, cases, row)["case_id"]
            places.setdefault(reference, []).append((table.file, number))
    return places


def _read_dated_rows(reading: _Reading, position: int, placed: PlacedTable) -> None:
    table = placed.table
    known = {record.reference for record in reading.records}.union(reading.known)
    is_event = placed.kind is TableKind.EVENTS
    for number, row in zip(table.row_numbers, table.rows, strict=True):
        cells = _our_cells(reading, placed, row)
        reference = cells["case_id"]
        problems = []
        if not reference:
            where = table.where(number, placed.heading_of("case_id"))
            problems.append(_no_reference(where))
        elif reference not in known:
            where = table.where(number, placed.heading_of("case_id"))
            problems += _without_case(reading, where, reference)
        day, problem = dated(placed, number, "date", cells["date"])
        if problem:
            problems.append(problem)
        elif not day:
            problems.append(_gap(table.where(number, placed.heading_of("date"))))
        said = "event" if is_event else "text"
        if not cells[said]:
            problems.append(_gap(table.where(number, placed.heading_of(said))))
        if problems:
            reading.problems += [(position, number, p) for p in problems]
            continue
        reading.warnings += future_date(placed, number, day, reading.today)
        if is_event:
            reading.events.append(
                CaseEvent(reference, day, cells["event"], cells.get("detail", ""))
            )
        else:
            reading.notes.append(CaseNote(reference, day, cells["text"]))


def _without_case(reading: _Reading, where: str, reference: str) -> list[DataProblem]:
    """What to say of an event or note whose case was not read.

    Nothing where the case's own row or file is already among the problems.
    """
    if reference in reading.places:
        return [_case_left_out(where, reference)] if reading.accept_partial else []
    return [] if reading.is_unread else [unknown_case(where, reference)]


def _fields_of(placed: Sequence[PlacedTable]) -> tuple[CaseField, ...]:
    """Standard fields in their usual order, then the files' own in theirs."""
    tables = [table for table in placed if table.kind is TableKind.CASES]
    present = {name for table in tables for name in table.columns.values()}
    standard = [f for f in STANDARD_FIELDS if f.name in present]
    extras: dict[str, CaseField] = {}
    for table in tables:
        for extra in table.extras.values():
            extras.setdefault(extra.name, extra)
    return (*standard, *extras.values())


_HOW_TO_GIVE_ERAS = (
    "Write contemporary or historic in a column era, or choose the era for the import."
)


def _no_reference(where: str) -> DataProblem:
    return DataProblem(
        "the case_id is missing", where, "Write the id of the case the row belongs to."
    )


def _already_stored(where: str, reference: str) -> DataProblem:
    return DataProblem(
        f"case {reference} is already in the study",
        where,
        "Take the row out; cases in the study are never overwritten by an import.",
    )


def _case_left_out(where: str, reference: str) -> DataProblem:
    return DataProblem(
        f"case {reference} was left out, and this row with it",
        where,
        "Correct the row of the case and import both again.",
    )


def _no_era_column(where: str) -> DataProblem:
    return DataProblem(
        "the table has no column era, and no era was chosen",
        where,
        _HOW_TO_GIVE_ERAS,
    )


def _gap(where: str) -> DataProblem:
    return DataProblem("the cell is empty", where, "Fill it in, or take the row out.")


def _unused_mapping(headings: Sequence[str]) -> DataProblem:
    return DataProblem(
        f"no file has the columns {', '.join(headings)} of the mapping",
        "the mapping",
        "Check the spelling if they should be there.",
    )
