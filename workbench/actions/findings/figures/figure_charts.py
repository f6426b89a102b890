"""Charts of the published figures that findings and outcomes cite, as pictures.

An indicator is drawn as the page on indicators draws it: by quarter, waves and the
start of the practice marked, no trend line. A survey's answer stands with the others to
the same statement in its wave. In what leaves, small numbers are hidden.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.disclosure.rules import DisclosureRule
from data.exporters.bar_chart import Bar, bar_chart, chart_in_words
from data.exporters.quarter_chart import (
    QuarterValue,
    Span,
    quarter_chart,
    quarters_in_words,
)
from data.exporters.report_document import Paragraph, Part, Picture
from data.figures.indicator_series import (
    SMALL_NUMBER,
    IndicatorSeries,
    indicator_series,
    is_count,
    read_area,
    value_in_words,
)
from data.figures.indicators import IndicatorValue
from data.figures.survey_toplines import SurveyTopline
from data.figures.topline_reading import SurveyWave, read_question
from data.storage.evidence.evidence_records import Evidence, EvidenceKind
from workbench.actions.findings.figures.figure_rows import (
    PublishedFigures,
    topline_row,
    value_row,
)
from workbench.actions.findings.printed_numbers import PrintedNumbers
from workbench.actions.together.indicators import (
    cautions,
    movements_in_words,
)
from workbench.actions.together.indicators import (
    source_in_words as source_of_series,
)
from workbench.actions.together.survey_results import (
    cautions as cautions_of_survey,
)
from workbench.actions.together.survey_results import (
    people_in_words,
    percent_in_words,
)
from workbench.actions.together.survey_results import (
    source_in_words as source_of_question,
)
from workbench.actions.together.wave_windows import windows_in_words

PRACTICE = "The new practice began"
_NOT_GIVEN = "no value"
_LEFT_OUT = (
    "Not drawn: so few people gave one of the answers that the others would tell of "
    "them."
)


class FigureCharts:
    """Draws each cited figure once, and says where it stands when it is cited again."""

    def __init__(
        self, figures: PublishedFigures, numbers: PrintedNumbers, first: int
    ) -> None:
        self._figures = figures
        self._numbers = numbers
        self._next = first
        self._drawn: dict[tuple[str, ...], int] = {}

    def of(self, evidence: Sequence[Evidence]) -> list[Part]:
        """The charts of the figures among this evidence, in its order."""
        return [part for one in evidence for part in self._of_one(one)]

    def _of_one(self, one: Evidence) -> list[Part]:
        series, answers = self._series(one), self._figures.answers_of(one)
        key: tuple[str, ...]
        if series is not None:
            key = ("indicator", series.indicator, *series.areas)
        elif answers:
            head = answers[0]
            key = (head.survey.value, head.wave, head.question, head.statement)
        else:
            return []
        if key in self._drawn:
            words = f"See Figure {self._drawn[key]}."
            return [Paragraph(words, is_note=True)]
        drawn = self._indicator(series) if series else self._survey(answers)
        if not isinstance(drawn, Picture):
            return [drawn]
        self._drawn[key] = self._next
        self._next += 1
        notes = self._about(series) if series else self._about_survey(answers)
        return [drawn, *(Paragraph(note, is_note=True) for note in notes)]

    def _about(self, series: IndicatorSeries) -> list[str]:
        """When waves were held, how far it moves anyway, cautions and source."""
        notes = [windows_in_words(self._figures.windows, series.quarters)]
        if self._rule is None:
            # How far it moves would tell of a quarter that is hidden in what leaves.
            notes += [*movements_in_words(series), *_small(series)]
        notes += [*cautions(series), source_of_series(series)]
        rows = [
            value_row(one)
            for one in self._figures.values
            if one.indicator == series.indicator and one.area in series.areas
        ]
        told = (note for note in notes if note)
        return [self._numbers.tells(one, "Of an indicator", rows) for one in told]

    def _about_survey(self, answers: Sequence[SurveyTopline]) -> list[str]:
        """What a reader of a survey should keep in mind, and its source."""
        first = answers[0]
        waves = [SurveyWave(first.wave, first.fieldwork)]
        read = read_question(answers, first.survey, first.question, waves)
        rows = [topline_row(one) for one in answers]
        notes = [*cautions_of_survey(first.survey, read), source_of_question(read)]
        return [self._numbers.tells(one, "Of a survey", rows) for one in notes]

    def _series(self, one: Evidence) -> IndicatorSeries | None:
        if one.kind not in (EvidenceKind.INDICATOR, EvidenceKind.INDICATOR_AREA):
            return None
        found = self._figures.series_of(one)
        if found is None:
            return None
        return indicator_series(self._figures.values, found[0], [found[1]])

    def _indicator(self, series: IndicatorSeries) -> Part:
        (area,) = series.areas
        caption = f"Figure {self._next}. {series.indicator}, {area}"
        raw = {
            one.quarter: one
            for one in self._figures.values
            if (one.indicator, one.area) == (series.indicator, area)
        }
        values = [self._value(series, area, quarter) for quarter in series.quarters]
        for one in values:
            rows = _rows(raw.get(one.quarter))
            if one.words != _NOT_GIVEN:
                what = f"{series.indicator}, {area}, {one.quarter}"
                where = f"{caption}: {one.quarter}"
                self._numbers.other(one.words, what, where, rows)
        spans = [Span(one.wave, one.first, one.last) for one in self._figures.windows]
        if practice := self._figures.practice:
            spans.insert(0, Span(PRACTICE, practice, practice))
        what = f"{series.indicator}, {area}"
        return Picture(
            quarter_chart(values, spans),
            caption,
            quarters_in_words(what, values, spans),
        )

    def _value(self, series: IndicatorSeries, area: str, quarter: str) -> QuarterValue:
        value = series.values.get((area, quarter))
        if value is None:
            return QuarterValue(quarter, None, _NOT_GIVEN)
        rule = self._rule
        if rule is not None and is_count(series.unit):
            # A count of people, as published: hidden and rounded as the study's own.
            if rule.hides(round(value)):
                return QuarterValue(quarter, None, rule.hidden_as)
            value = float(rule.rounded(round(value)))
        return QuarterValue(quarter, value, value_in_words(value, series.unit))

    def _survey(self, answers: Sequence[SurveyTopline]) -> Part:
        first = answers[0]
        if self._rule is not None and any(
            self._rule.hides(_people(one)) or self._rule.rounded_to > 1
            for one in answers
        ):
            return Paragraph(_LEFT_OUT, is_note=True)
        title = first.statement or first.question
        caption = f"Figure {self._next}. {first.survey.value}, {first.wave}: {title}"
        bars = []
        for one in answers:
            percent = percent_in_words(one)
            said = people_in_words(one) + (f", {percent}" if percent else "")
            if one.count is None and percent:
                said = f"{percent} of {one.base:,} people"
            bars.append(Bar(one.answer, _people(one), said))
            where = f"{caption}: {one.answer}"
            self._numbers.other(said, where, where, (topline_row(one),))
        what = f"{first.survey.value}, {first.wave}: {title}. People"
        return Picture(bar_chart(bars), caption, chart_in_words(bars, what))

    @property
    def _rule(self) -> DisclosureRule | None:
        return self._numbers.fit.rule if self._numbers.fit else None


def _small(series: IndicatorSeries) -> list[str]:
    """That counts of an area are small numbers, where they are."""
    found = [read_area(series, area) for area in series.areas]
    return [
        f"In {one.small} of {one.quarters} quarters it is below {SMALL_NUMBER}: a "
        "small number, read with care."
        for one in found
        if one is not None and one.small
    ]


def _people(one: SurveyTopline) -> int:
    """How many people gave an answer, worked out where only the share is printed."""
    if one.count is not None:
        return one.count
    return round((one.percent or 0.0) * one.base / 100)


def _rows(one: IndicatorValue | None) -> tuple[str, ...]:
    return (value_row(one),) if one else ()
