"""The numbers a report prints: each gets an id, and the book says what it counts.

A report asks here for every number it counts, so that none is printed that is not in
the book, and none leaves that was not made fit to. Of words that hold numbers it tells
here whose they are; ``rows/rest_of_numbers.py`` then gives their numerals an id too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from data.disclosure.counts import CellKey
from data.disclosure.protection import FitToLeave
from data.exporters.report_document import ReportTable
from workbench.actions.findings.report_counts import CountsOfStudy

NUMERAL = re.compile(r"(?<![\w.])\d+(?:,\d{3})*(?:\.\d+)?%?(?!\w)")
MOST_ROWS = 500
"""Rows listed of a number that counts no people, sources or judged cases; how many
more there are the book says. Of these counts every row is listed."""


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number as printed: its id, where it stands, what it counts, from which rows.

    ``key`` names the count, and is nothing where the number counts no people, cases or
    sources; ``rows`` is then what it was read from.
    """

    id: str
    where: str
    what: str
    printed: str
    key: CellKey | None = None
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ToldWords:
    """Words that may hold numbers, with what these are and the rows they lead to."""

    what: str
    rows: tuple[str, ...]


class PrintedNumbers:
    """Gives out numbers as a report may print them, and keeps what was given out.

    Without ``fit`` the true counts are printed, for inside the study; rows are kept
    there alone, for they name people, sources and cases.
    """

    def __init__(self, counts: CountsOfStudy, fit: FitToLeave | None) -> None:
        self.counts = counts
        self.fit = fit
        self._printed: list[PrintedNumber] = []
        self._told: dict[str, dict[str, ToldWords]] = {}

    @property
    def printed(self) -> tuple[PrintedNumber, ...]:
        """Every number given out, in the order of the report."""
        return tuple(self._printed)

    def told_at(self, place: str) -> Iterator[tuple[str, ToldWords]]:
        """What was told of words at this place, and of words wherever they stand."""
        for one in (place, ""):
            yield from self._told.get(one, {}).items()

    def count(self, key: CellKey, where: str) -> str:
        """A count as it is printed there: the number, or what stands for a hidden."""
        counted = self.counts.counted[key]
        words = self.fit.cell(key) if self.fit else f"{counted.value:,}"
        self._keep(where, counted.what, words, key, counted.rows)
        return words

    def value(self, key: CellKey) -> int | None:
        """A count as a number, nothing where it is hidden; for the length of a bar."""
        if self.fit:
            return self.fit.shown[key]
        return self.counts.counted[key].value

    def other(self, words: str, what: str, where: str, rows: Sequence[str] = ()) -> str:
        """A number that counts no people, cases or sources, as it is printed there."""
        self._keep(where, what, words, None, capped(rows))
        return words

    def tells(self, words: str, what: str, rows: Sequence[str], *, at: str = "") -> str:
        """The same words, after it was told what the numerals in them lead to.

        ``at`` is the one heading or caption under which they mean that; without it
        they do wherever they stand, and then hold a letter at least. What was told of
        the same words first stays.
        """
        if NUMERAL.search(words) and (at or any(map(str.isalpha, words))):
            told = ToldWords(what, tuple(rows))
            self._told.setdefault(at, {}).setdefault(words, told)
        return words

    def _keep(
        self,
        where: str,
        what: str,
        words: str,
        key: CellKey | None,
        rows: Sequence[str],
    ) -> None:
        number = f"N{len(self._printed) + 1}"
        kept = () if self.fit else tuple(rows)
        self._printed.append(PrintedNumber(number, where, what, words, key, kept))


def capped(rows: Sequence[str]) -> tuple[str, ...]:
    """The rows up to the most that are listed, and a line that says how many more."""
    if len(rows) <= MOST_ROWS:
        return tuple(rows)
    return (
        *rows[:MOST_ROWS],
        f"{len(rows) - MOST_ROWS:,} more of {len(rows):,}: not listed one by one",
    )


def table_kept(
    numbers: PrintedNumbers,
    table: ReportTable,
    rows: Callable[[int, int], Sequence[str]],
) -> ReportTable:
    """The same table, after every number in it was given an id.

    ``rows`` are those behind a cell, by the places of its row and column.
    """
    for line, row in enumerate(table.rows):
        for at in table.number_columns:
            if NUMERAL.search(row[at]):
                what = f"{table.caption}: {row[0]}, {table.headings[at]}"
                numbers.other(row[at], what, what, rows(line, at))
    return table
