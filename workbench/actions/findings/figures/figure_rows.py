"""The published figures that evidence cites, and the rows of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.figures.indicator_series import quarters_in_order
from data.figures.indicators import IndicatorValue
from data.figures.survey_toplines import SurveyTopline
from data.storage import StudyStore
from data.storage.evidence.evidence_records import Evidence, EvidenceKind
from workbench.actions.together.indicators import practice_quarter
from workbench.actions.together.wave_windows import WaveWindow, wave_windows


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """Every indicator value and survey answer, the waves and the practice's quarter."""

    values: tuple[IndicatorValue, ...] = ()
    toplines: tuple[SurveyTopline, ...] = ()
    windows: tuple[WaveWindow, ...] = ()
    practice: str = ""

    def series_of(self, evidence: Evidence) -> tuple[str, str] | None:
        """Indicator and area of cited evidence, nothing where it is of neither."""
        return next(
            (
                (one.indicator, one.area)
                for one in self.values
                if evidence.now.name in _names(one)
            ),
            None,
        )

    def answers_of(self, evidence: Evidence) -> list[SurveyTopline]:
        """All answers to the statement that a cited answer belongs to, in its wave."""
        cited = next(
            (one for one in self.toplines if _answer(one) == evidence.now.name), None
        )
        if evidence.kind is not EvidenceKind.SURVEY or cited is None:
            return []
        return [one for one in self.toplines if _statement(one) == _statement(cited)]

    def rows_of(self, evidence: Evidence) -> list[str]:
        """The rows of the tables of figures that cited evidence was read from."""
        name = evidence.now.name
        if evidence.kind is EvidenceKind.SURVEY:
            return [topline_row(o) for o in self.toplines if _answer(o) == name]
        if evidence.kind is EvidenceKind.INDICATOR:
            return [value_row(o) for o in self.values if _names(o)[0] == name]
        if evidence.kind is EvidenceKind.INDICATOR_AREA:
            found = [one for one in self.values if _names(one)[1] == name]
            return [value_row(one) for one in in_time(found)]
        return []


def read_figures(store: StudyStore) -> PublishedFigures:
    """The figures of the study as they stand."""
    return PublishedFigures(
        tuple(store.indicators.values()),
        tuple(store.toplines.toplines()),
        wave_windows(store),
        practice_quarter(store.study.read().practice_start),
    )


def in_time(values: Sequence[IndicatorValue]) -> list[IndicatorValue]:
    """The values by quarter."""
    order = {q: at for at, q in enumerate(quarters_in_order(v.quarter for v in values))}
    return sorted(values, key=lambda one: order[one.quarter])


def value_row(one: IndicatorValue) -> str:
    """An indicator's value as a row of the evidence book names it."""
    value = "no value" if one.value is None else f"{one.value:g} {one.unit}".strip()
    source = f" ({one.source})" if one.source else ""
    return f"{one.indicator}, {one.area}, {one.quarter}: {value}{source}"


def topline_row(one: SurveyTopline) -> str:
    """A survey's answer as a row of the evidence book names it."""
    count = "no count" if one.count is None else f"{one.count}"
    percent = "" if one.percent is None else f", {one.percent:g}%"
    source = f" ({one.source})" if one.source else ""
    return f"{_answer(one)}: {count} of {one.base}{percent}{source}"


def _names(one: IndicatorValue) -> tuple[str, str]:
    """What evidence calls a single value, and an indicator in one area."""
    area = f"{one.indicator}, {one.area}"
    return f"{area}, {one.quarter}", area


def _answer(one: SurveyTopline) -> str:
    said = one.statement or one.question
    return f"{one.survey.value}, {one.wave}: {said}, {one.answer}"


def _statement(one: SurveyTopline) -> tuple[str, str, str, str]:
    return (one.survey.value, one.wave, one.question, one.statement)
