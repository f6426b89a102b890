"""Pairing two tables without a study: read, check, pair, write five files or none."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from data.exporters.pairing_tables import pairing_tables
from data.exporters.result_files import write_all_or_nothing
from data.importers.calendar_dates import ReadDate, read_date
from data.importers.cases.plan_file import read_plan
from data.importers.text_encoding import decode_text
from data.importers.text_table import TextTable, read_text_table
from data.problems import DataProblem, DataRefused
from matching.account import account_of
from matching.candidates import Progress
from matching.case_records import age_at_referral
from matching.cases import Case, CasePool, Era, KnownAt
from matching.comparing.covariates import UnreadableCases, UnreadableValue
from matching.pairing import Pairing, pair_cases
from matching.plan import MatchPlan, fields_used
from matching.problems import MatchingRefused
from workbench.actions.cases.pairing_run import (
    deciding_versions,
    narrative_likeness,
    workbench_version,
)
from workbench.actions.cases.plan.code_breaks import break_warnings
from workbench.wording import counted

NOTHING_WRITTEN = "Nothing was written."
_OUTCOMES = ("closure_reason", "closed_date")
_AGE, _AGE_FROM = "age_at_referral", ("date_of_birth", "referral_date")
_PLAUSIBLE_AGES = (-1.0, 26.0)
"""Before birth by no more than a pregnancy; care leavers are served up to 25."""


@dataclass(frozen=True, slots=True)
class PairTablesResult:
    """What pairing two tables gave: counts, warnings and the files written."""

    contemporary: int
    historic: int
    pairs: int
    unpaired: int
    candidates: int
    total_distance: float
    seconds: float
    warnings: tuple[DataProblem, ...]
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class _CaseTable:
    """One table's cases and where each stands in its file."""

    table: TextTable
    cases: tuple[Case, ...]
    rows: dict[str, int]


def pair_tables(
    contemporary: Path,
    historic: Path,
    plan: Path,
    out: Path,
    progress: Progress | None = None,
) -> PairTablesResult:
    """Pair the cases of two tables by a PLAN.toml and write the results to a folder.

    Raises DataRefused with every problem of the three files at once; then, as when
    ``progress`` raises to cancel, nothing at all is written.
    """
    started = time.perf_counter()
    match_plan, tables = _read_files(contemporary, historic, plan)
    read = [
        _cases_of(table, era, match_plan)
        for table, era in zip(tables, Era, strict=True)
    ]
    problems = [problem for _, found, _ in read for problem in found]
    if problems:
        raise DataRefused(problems)
    left, right = (cases for cases, _, _ in read)
    pool = CasePool(left.cases, right.cases, _marks(match_plan, tables))
    pairing = _pair(pool, match_plan, plan, (left, right), progress)
    warnings = [
        *(warning for table in tables for warning in table.warnings),
        *(warning for _, _, found in read for warning in found),
        *(DataProblem(**one) for one in break_warnings(pool, match_plan)),
    ]
    account = _account(pairing, warnings)
    account["seconds"] = round(time.perf_counter() - started, 3)
    account["version"] = workbench_version()
    account["libraries"] = deciding_versions(pairing.plan)
    files = write_all_or_nothing(out, pairing_tables(pairing, account))
    return PairTablesResult(
        contemporary=len(left.cases),
        historic=len(right.cases),
        pairs=len(pairing.pairs),
        unpaired=len(pairing.unpaired),
        candidates=len(pairing.candidates),
        total_distance=pairing.total_distance,
        seconds=account["seconds"],
        warnings=tuple(DataProblem(**warning) for warning in account["warnings"]),
        files=files,
    )


def _read_files(
    contemporary: Path, historic: Path, plan: Path
) -> tuple[MatchPlan, tuple[TextTable, TextTable]]:
    problems: list[DataProblem] = []

    def attempt(path: Path, read: Callable[[str, bytes], Any]) -> Any:
        try:
            return read(path.name, path.read_bytes())
        except DataRefused as refusal:
            problems.extend(refusal.problems)
        except OSError as fault:
            problems.append(
                DataProblem(
                    f"the file cannot be read: {fault.strerror or 'no reason given'}",
                    str(path),
                    f"Check the path and the name. {NOTHING_WRITTEN}",
                )
            )
        return None

    match_plan = attempt(plan, _read_plan_file)
    tables = attempt(contemporary, read_text_table), attempt(historic, read_text_table)
    if problems:
        raise DataRefused(problems)
    return match_plan, tables


def _read_plan_file(name: str, content: bytes) -> MatchPlan:
    return read_plan(decode_text(name, content).text, name)


def _marks(plan: MatchPlan, tables: Sequence[TextTable]) -> dict[str, KnownAt]:
    """Tables carry no marks: all is known at referral but what names an outcome."""
    columns = {heading for table in tables for heading in table.headings}
    marks = dict.fromkeys(columns | fields_used(plan).keys(), KnownAt.AT_REFERRAL)
    return marks | dict.fromkeys(_OUTCOMES, KnownAt.OUTCOME)


def _columns_needed(plan: MatchPlan, table: TextTable) -> dict[str, int]:
    places = {heading: place for place, heading in enumerate(table.headings)}
    names = [*fields_used(plan), plan.narrative]
    if _AGE in names and _AGE not in places:
        names.extend(_AGE_FROM)
    return {name: places[name] for name in names if name in places}


def _cases_of(
    table: TextTable, era: Era, plan: MatchPlan
) -> tuple[_CaseTable, list[DataProblem], list[DataProblem]]:
    """A table's cases, what is wrong with them, and what to check."""
    if plan.id not in table.headings:
        return _CaseTable(table, (), {}), [_no_id_column(table, plan.id)], []
    if not table.rows:
        return _CaseTable(table, (), {}), [_no_cases(table, era)], []
    at = table.headings.index(plan.id)
    ids = [row[at].strip() for row in table.rows]
    problems = list(_id_problems(table, plan.id, ids))
    needed = _columns_needed(plan, table)
    columns = {name: [row[at] for row in table.rows] for name, at in needed.items()}
    derives_age = _AGE in fields_used(plan) and _AGE not in needed
    warnings: list[DataProblem] = []
    for name in _date_columns(plan, columns, derives_age=derives_age):
        problems.extend(_dates_to_iso(table, name, columns, plan.missing_values))
        warnings.extend(_future_dates(table, name, columns[name]))
    if derives_age and all(name in columns for name in _AGE_FROM):
        born, referred = (columns[name] for name in _AGE_FROM)
        columns[_AGE] = list(map(age_at_referral, born, referred))
        warnings.extend(_implausible_ages(table, columns[_AGE]))
    names = tuple(columns)
    values = zip(*columns.values(), strict=True) if names else ((),) * len(ids)
    cases = tuple(
        Case(case_id, era, dict(zip(names, row, strict=True)))
        for case_id, row in zip(ids, values, strict=True)
    )
    rows = dict(zip(ids, table.row_numbers, strict=True))
    return _CaseTable(table, cases, rows), problems, warnings


def _date_columns(
    plan: MatchPlan, columns: dict[str, list[str]], *, derives_age: bool
) -> list[str]:
    names = [plan.window.date] if plan.window else []
    names += _AGE_FROM if derives_age else ()
    return [name for name in dict.fromkeys(names) if name in columns]


def _dates_to_iso(
    table: TextTable, name: str, columns: dict[str, list[str]], missing: tuple[str, ...]
) -> Iterator[DataProblem]:
    """Puts a column's dates into ISO text; yields each cell that holds none."""
    not_known = frozenset(missing)
    known: dict[str, ReadDate] = {}
    dates = []
    for cell, number in zip(columns[name], table.row_numbers, strict=True):
        if cell not in known:
            known[cell] = ReadDate() if cell.strip() in not_known else read_date(cell)
        read = known[cell]
        dates.append(read.iso)
        if read.problem:
            yield DataProblem(
                read.problem,
                table.where(number, name),
                f"Write the date as YYYY-MM-DD or DD/MM/YYYY. {NOTHING_WRITTEN}",
            )
    columns[name] = dates


def _future_dates(
    table: TextTable, name: str, dates: Sequence[str]
) -> Iterator[DataProblem]:
    today = date.today().isoformat()
    rows = [n for d, n in zip(dates, table.row_numbers, strict=True) if d > today]
    # An unborn child has an expected date of birth, which is no mistake.
    if rows and name != "date_of_birth":
        yield DataProblem(
            f"{counted(len(rows), 'date')} after today",
            table.where(rows[0], name),
            "Check the dates; the cases are used as they stand.",
        )


def _implausible_ages(table: TextTable, ages: Sequence[str]) -> Iterator[DataProblem]:
    youngest, oldest = _PLAUSIBLE_AGES
    rows = [
        number
        for age, number in zip(ages, table.row_numbers, strict=True)
        if age and not youngest <= float(age) <= oldest
    ]
    if rows:
        yield DataProblem(
            f"{counted(len(rows), 'case')} with an age at referral outside "
            f"{youngest:g} to {oldest:g} years",
            table.where(rows[0], "date_of_birth"),
            "Check date of birth and referral date; the cases are used as they stand.",
        )


def _no_id_column(table: TextTable, name: str) -> DataProblem:
    return DataProblem(
        f"there is no column *{name}*, which the plan names as the case id",
        table.where(),
        f"Name the id column in the plan with id = ..., or rename the heading. The "
        f"headings are {', '.join(table.headings)}. {NOTHING_WRITTEN}",
    )


def _no_cases(table: TextTable, era: Era) -> DataProblem:
    return DataProblem(
        "the table has headings and no cases",
        table.where(),
        f"Add the {era.value} cases below the headings. {NOTHING_WRITTEN}",
    )


def _id_problems(
    table: TextTable, name: str, ids: Sequence[str]
) -> Iterator[DataProblem]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for case_id, number in zip(ids, table.row_numbers, strict=True):
        rows[case_id].append(number)
    for number in rows.pop("", []):
        yield DataProblem(
            "the case has no id",
            table.where(number, name),
            f"Give the case an id of its own. {NOTHING_WRITTEN}",
        )
    for case_id, numbers in rows.items():
        if len(numbers) > 1:
            listed = ", ".join(str(number) for number in numbers)
            yield DataProblem(
                f"the id {case_id} stands in rows {listed}",
                table.where(heading=name),
                f"Give each case one row and an id of its own. {NOTHING_WRITTEN}",
            )


def _pair(
    pool: CasePool,
    plan: MatchPlan,
    plan_path: Path,
    tables: tuple[_CaseTable, _CaseTable],
    progress: Progress | None,
) -> Pairing:
    likeness = narrative_likeness(pool, plan)
    try:
        return pair_cases(pool, plan, narrative_likeness=likeness, progress=progress)
    except UnreadableCases as refusal:
        by_era = dict(zip(Era, tables, strict=True))
        raise DataRefused(
            _unreadable(cell, by_era[cell.era]) for cell in refusal.unreadable
        ) from None
    except MatchingRefused as refusal:
        raise DataRefused(
            DataProblem(
                problem.found,
                problem.where.replace("Plan", plan_path.name, 1),
                f"{problem.do_next} {NOTHING_WRITTEN}",
            )
            for problem in refusal.problems
        ) from None


def _unreadable(cell: UnreadableValue, cases: _CaseTable) -> DataProblem:
    return DataProblem(
        f"{cell.needed} is needed and the cell holds something else",
        cases.table.where(cases.rows[cell.case_id], cell.column),
        "Correct the cell, or name its value under missing_values in the plan. "
        f"{NOTHING_WRITTEN}",
    )


def _account(pairing: Pairing, warnings: Sequence[DataProblem]) -> dict[str, Any]:
    account = account_of(pairing)
    account["warnings"] = [
        *({"found": w.found, "where": w.where, "do_next": w.do_next} for w in warnings),
        *account["warnings"],
    ]
    return account
