"""What rows of survey toplines must agree on, and what is worth a second look."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from data.figures.survey_toplines import SurveyTopline, bare_words
from data.importers.text_table import TextTable
from data.problems import DataProblem

_ROWS_NAMED = 10
# Each percentage is rounded by half a point at most, and publications round unlike.
_ROUNDING = 0.5
_A_POINT = 1.0
_COMPARE = (
    "They are kept as they stand. Compare with the source; where it is printed so, say "
    "so in note."
)

_Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NumberedTopline:
    """A topline and the row it stands in."""

    row: int
    topline: SurveyTopline

    @property
    def statement_key(self) -> _Key:
        """What tells the statement from others of the file."""
        one = self.topline
        return (one.survey, one.wave, one.question, bare_words(one.statement))


def problems_between_rows(
    table: TextTable, read: Sequence[NumberedTopline]
) -> list[tuple[int, DataProblem]]:
    """Every problem of rows that do not go together, with the row it is told at."""
    return [
        *_twice(table, read),
        *_two_bases(table, read),
        *_two_times(table, read),
        *_above_base(table, read),
    ]


def things_to_check(
    table: TextTable, read: Sequence[NumberedTopline]
) -> list[DataProblem]:
    """Gaps, and printed figures that do not fit each other and no note says why.

    Counts that do not add up to their base, percentages that do not add up to about
    100, and percentages that are not those of their counts. They are kept as printed.
    """
    checks = []
    gaps = [one.row for one in read if one.topline.count is None]
    if gaps:
        counts = "1 count is" if len(gaps) == 1 else f"{len(gaps)} counts are"
        checks.append(
            DataProblem(
                f"{counts} not given, kept as a gap and not as nobody",
                _rows(table, gaps),
                "Nothing need be done.",
            )
        )
    silent = [
        listed
        for listed in _by_statement(read)
        if not any(one.topline.note for one in listed)
    ]
    uneven = [
        (listed[0].row, f"{total} of {listed[0].topline.base}")
        for listed in silent
        if (total := _total(listed)) != listed[0].topline.base
    ]
    if uneven:
        checks.append(_uneven_counts(table, uneven))
    counted_right = [one for one in silent if one[0].row not in dict(uneven)]
    not_whole = [
        (listed[0].row, f"{whole:g}")
        for listed in counted_right
        if (whole := _percent_total(listed)) is not None
        and abs(whole - 100) > _ROUNDING * len(listed)
    ]
    if not_whole:
        checks.append(_uneven_percentages(table, not_whole))
    misfits = [
        (one.row, f"{one.topline.percent:g}% for {one.topline.count} of {base}")
        for listed in silent
        for one in listed
        if not _fits(one, base := one.topline.base) and not _fits(one, _total(listed))
    ]
    if misfits:
        checks.append(_misfits(table, misfits))
    return checks


def _total(listed: Sequence[NumberedTopline]) -> int:
    return sum(one.topline.count or 0 for one in listed)


def _percent_total(listed: Sequence[NumberedTopline]) -> float | None:
    """The sum of a statement's percentages, nothing where one is not printed."""
    printed = [one.topline.percent for one in listed]
    known = [percent for percent in printed if percent is not None]
    return sum(known) if len(known) == len(printed) else None


def _fits(one: NumberedTopline, of: int) -> bool:
    """Whether a percentage is that of its count, however it was rounded."""
    count, percent = one.topline.count, one.topline.percent
    if count is None or percent is None or not of:
        return True
    return abs(100 * count / of - percent) < _A_POINT


def _uneven_counts(table: TextTable, uneven: Sequence[tuple[int, str]]) -> DataProblem:
    statements = _of_statements(len(uneven))
    return DataProblem(
        f"the counts {statements} not add up to the base ({_named(uneven)}), and no "
        "note says why",
        _rows(table, [row for row, _ in uneven]),
        _COMPARE,
    )


def _uneven_percentages(
    table: TextTable, uneven: Sequence[tuple[int, str]]
) -> DataProblem:
    statements = _of_statements(len(uneven))
    return DataProblem(
        f"the percentages {statements} not add up to about 100 ({_named(uneven)}), and "
        "no note says why",
        _rows(table, [row for row, _ in uneven]),
        _COMPARE,
    )


def _misfits(table: TextTable, misfits: Sequence[tuple[int, str]]) -> DataProblem:
    said = (
        "1 percentage does" if len(misfits) == 1 else f"{len(misfits)} percentages do"
    )
    return DataProblem(
        f"{said} not fit the count beside it ({_named(misfits)}), and no note says why",
        _rows(table, [row for row, _ in misfits]),
        _COMPARE,
    )


def _of_statements(number: int) -> str:
    return "of 1 statement do" if number == 1 else f"of {number} statements do"


def _named(figures: Sequence[tuple[int, str]]) -> str:
    more = ", ..." if len(figures) > _ROWS_NAMED else ""
    return ", ".join(words for _, words in figures[:_ROWS_NAMED]) + more


def _twice(
    table: TextTable, read: Sequence[NumberedTopline]
) -> Iterator[tuple[int, DataProblem]]:
    first: dict[_Key, int] = {}
    for one in read:
        key = (*one.statement_key, one.topline.answer.casefold())
        earlier = first.setdefault(key, one.row)
        if earlier != one.row:
            yield (
                one.row,
                DataProblem(
                    f"rows {earlier} and {one.row} give the same answer to the same "
                    "statement",
                    table.where(one.row, "answer"),
                    "Keep the one that is right and take out the other.",
                ),
            )


def _two_bases(
    table: TextTable, read: Sequence[NumberedTopline]
) -> Iterator[tuple[int, DataProblem]]:
    for first, *others in _by_statement(read):
        for one in others:
            if one.topline.base != first.topline.base:
                yield (
                    one.row,
                    DataProblem(
                        f"rows {first.row} and {one.row} give one statement two bases, "
                        f"{first.topline.base} and {one.topline.base}",
                        table.where(one.row, "base"),
                        "Give every answer to a statement the same base.",
                    ),
                )


def _two_times(
    table: TextTable, read: Sequence[NumberedTopline]
) -> Iterator[tuple[int, DataProblem]]:
    first: dict[_Key, NumberedTopline] = {}
    for one in read:
        earlier = first.setdefault((one.topline.survey, one.topline.wave), one)
        if earlier.topline.fieldwork != one.topline.fieldwork:
            yield (
                one.row,
                DataProblem(
                    f"rows {earlier.row} and {one.row} say differently when one wave "
                    "was asked",
                    table.where(one.row, "fieldwork"),
                    "Write the same words in every row of a wave.",
                ),
            )


def _above_base(
    table: TextTable, read: Sequence[NumberedTopline]
) -> Iterator[tuple[int, DataProblem]]:
    for one in read:
        count = one.topline.count
        if count is not None and count > one.topline.base and not one.topline.note:
            yield (
                one.row,
                DataProblem(
                    f"the count of {count} is more than the base of {one.topline.base}",
                    table.where(one.row, "count"),
                    "Correct it. Where the source prints it so, leave it and say so "
                    "in note.",
                ),
            )


def _by_statement(read: Sequence[NumberedTopline]) -> list[list[NumberedTopline]]:
    statements: dict[_Key, list[NumberedTopline]] = {}
    for one in read:
        statements.setdefault(one.statement_key, []).append(one)
    return list(statements.values())


def _rows(table: TextTable, rows: Sequence[int]) -> str:
    if len(rows) == 1:
        return table.where(rows[0])
    named = ", ".join(map(str, rows[:_ROWS_NAMED]))
    more = ", ..." if len(rows) > _ROWS_NAMED else ""
    return f"{table.where()}, rows {named}{more}"
