"""The numbers a report prints: each gets an id, and the book says what it counts.

A report asks here for every number it prints, so that none is printed that is not in
the book, and none leaves that was not made fit to.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from data.disclosure.counts import CellKey
from data.disclosure.protection import FitToLeave
from data.exporters.report_document import ReportTable
from workbench.actions.findings.report_counts import CountsOfStudy
from workbench.actions.together.theme_reading import shortened

_SENTENCE = re.compile(r"(?<=[.;!?])\s+")
_NUMERAL = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?%?(?![\w])")


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


class PrintedNumbers:
    """Gives out numbers as a report may print them, and keeps what was given out.

    Without ``fit`` the true counts are printed, for inside the study.
    """

    def __init__(self, counts: CountsOfStudy, fit: FitToLeave | None) -> None:
        self.counts = counts
        self.fit = fit
        self._printed: list[PrintedNumber] = []

    @property
    def printed(self) -> tuple[PrintedNumber, ...]:
        """Every number given out, in the order of the report."""
        return tuple(self._printed)

    def count(self, key: CellKey, where: str) -> str:
        """A count as it is printed there: the number, or what stands for a hidden."""
        counted = self.counts.counted[key]
        words = self.fit.cell(key) if self.fit else f"{counted.value:,}"
        rows = () if self.fit else counted.rows
        self._keep(where, counted.what, words, key, rows)
        return words

    def value(self, key: CellKey) -> int | None:
        """A count as a number, nothing where it is hidden; for the length of a bar."""
        if self.fit:
            return self.fit.shown[key]
        return self.counts.counted[key].value

    def other(self, words: str, what: str, where: str, rows: Sequence[str] = ()) -> str:
        """A number that counts no people, cases or sources, as it is printed there."""
        self._keep(where, what, words, None, tuple(rows))
        return words

    def _keep(
        self,
        where: str,
        what: str,
        words: str,
        key: CellKey | None,
        rows: tuple[str, ...],
    ) -> None:
        number = f"N{len(self._printed) + 1}"
        self._printed.append(PrintedNumber(number, where, what, words, key, rows))


def table_kept(
    numbers: PrintedNumbers, table: ReportTable, rows: Sequence[str] = ()
) -> ReportTable:
    """The same table, after every number in it was given an id."""
    for row in table.rows:
        for at in table.number_columns:
            if row[at]:
                what = f"{table.caption}: {row[0]}, {table.headings[at]}"
                numbers.other(row[at], what, table.caption, rows)
    return table


def written_kept(numbers: PrintedNumbers, heading: str, words: str) -> str:
    """The same words, after every numeral that a person wrote in them got an id."""
    for sentence in _SENTENCE.split(words):
        for numeral in _NUMERAL.findall(sentence):
            numbers.other(numeral, f"As written: {shortened(sentence, 30)}", heading)
    return words
