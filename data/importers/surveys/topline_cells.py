"""Reading one row of survey toplines, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from rapidfuzz import fuzz, process

from data.figures.survey_toplines import Survey, SurveyTopline, bare_words
from data.importers.text_table import TextTable
from data.problems import DataProblem

_LIKENESS_TO_OFFER = 60.0
_WHOLE = re.compile(r"\d{1,3}(?:,\d{3}){1,2}|\d{1,9}", re.ASCII)
_PERCENT = re.compile(r"(\d{1,3}(?:\.\d+)?)\s*%?", re.ASCII)
_WAVE = re.compile(r"wave\s*0*([1-9]\d?)", re.ASCII | re.I)
_DASHES = {"-", "–", "—"}


class CellReading:
    """The reading of one row: what its cells hold, and each problem met on the way."""

    def __init__(self, table: TextTable, row: int, cells: Mapping[str, str]) -> None:
        self.problems: list[DataProblem] = []
        self._table = table
        self._row = row
        self._cells = cells

    def topline(self) -> SurveyTopline | None:
        """The topline of the row, or nothing where a cell stands in its way."""
        survey = self._survey()
        wave = self._wave()
        places = {name: self._words(name) for name in _PLACES}
        count = self._count()
        percent = self._percent()
        base = self._base()
        if self.problems or survey is None or base is None:
            return None
        return SurveyTopline(
            survey=survey,
            wave=wave,
            **places,
            count=count,
            percent=percent,
            base=base,
            topic=self._cell("topic"),
            fieldwork=self._cell("fieldwork"),
            note=self._cell("note"),
            source=self._cell("source"),
        )

    def _cell(self, name: str) -> str:
        return " ".join(self._cells.get(name, "").split())

    def _words(self, name: str) -> str:
        words = self._cell(name)
        if not words:
            self._problem(name, "the cell is empty", _PLACES[name])
        return words

    def _survey(self) -> Survey | None:
        cell = bare_words(self._cell("survey"))
        known = {bare_words(survey.value): survey for survey in Survey}
        if cell in known:
            return known[cell]
        names = " or ".join(survey.value for survey in Survey)
        near = process.extractOne(
            cell, known.keys(), scorer=fuzz.ratio, score_cutoff=_LIKENESS_TO_OFFER
        )
        meant = f"Did you mean {known[near[0]].value}? " if near else ""
        self._problem(
            "survey",
            "the survey is not one known here" if cell else "the cell is empty",
            f"{meant}Write {names}.",
        )
        return None

    def _wave(self) -> str:
        written = _WAVE.fullmatch(self._cell("wave"))
        if written is None:
            self._problem(
                "wave",
                "the wave is not written as Wave 1",
                "Write Wave and its number, counted from 1.",
            )
            return ""
        return f"Wave {written[1]}"

    def _count(self) -> int | None:
        cell = self._cell("count")
        if cell in _DASHES:
            self._problem(
                "count",
                "a dash may mean nobody or not known",
                "Write 0 for nobody, or leave the cell empty where no count is given.",
            )
        elif cell and not _WHOLE.fullmatch(cell):
            self._problem(
                "count",
                "the count is not a whole number of people, 0 or more",
                "Write digits only, or leave the cell empty where no count is given.",
            )
        elif cell:
            return int(cell.replace(",", ""))
        return None

    def _percent(self) -> float | None:
        cell = self._cell("percent")
        written = _PERCENT.fullmatch(cell)
        if written and float(written[1]) <= 100:
            return float(written[1])
        if cell:
            self._problem(
                "percent",
                "the percentage is not a number from 0 to 100",
                "Write it as 41 or 41%, or leave the cell empty where none is given. A "
                "figure that the source misprints can be told of in note.",
            )
        return None

    def _base(self) -> int | None:
        cell = self._cell("base")
        number = int(cell.replace(",", "")) if _WHOLE.fullmatch(cell) else 0
        if number:
            return number
        self._problem(
            "base",
            "the base is not a whole number of people, 1 or more"
            if cell
            else "the base is missing",
            "Write how many people the counts are of, as the source states it.",
        )
        return None

    def _problem(self, column: str, found: str, do_next: str) -> None:
        self.problems.append(
            DataProblem(found, self._table.where(self._row, column), do_next)
        )


# What each cell that may not be empty is for.
_PLACES = {
    "question": "Write its number, such as Q1.",
    "statement": "Write the statement, or the question where it has none of its own.",
    "answer": "Write the answer that was counted.",
}
