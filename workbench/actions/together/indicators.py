"""What people do with quarterly indicators: add them, and read them in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from coding.study import Person
from data.exporters.report_document import Paragraph, Part, ReportTable
from data.figures.indicator_movement import FEWEST_CHANGES, movement_of
from data.figures.indicator_series import (
    SMALL_NUMBER,
    AreaReading,
    IndicatorSeries,
    indicator_names,
    is_count,
    is_percent,
    quarter_of,
    quarters_in_order,
    read_area,
    value_in_words,
)
from data.figures.indicators import IndicatorValue
from data.storage import StudyStore
from workbench.wording import counted

MOVES_ANYWAY = (
    "A difference no larger than an ordinary change says nothing by itself. No trend "
    "line is drawn: so few quarters would carry none."
)


@dataclass(frozen=True, slots=True)
class IndicatorPreview:
    """What a file of indicators holds and what saving it would change.

    ``replaced`` counts values whose indicator, quarter and area the study already has
    with another number; ``unchanged`` those it has as they are.
    """

    values: tuple[IndicatorValue, ...]
    indicators: tuple[str, ...]
    areas: tuple[str, ...]
    quarters: tuple[str, ...]
    gaps: int
    replaced: int
    unchanged: int

    def in_words(self) -> str:
        """The preview in two sentences."""
        held = (
            f"{counted(len(self.values), 'value')}: "
            f"{counted(len(self.indicators), 'indicator')}, "
            f"{counted(len(self.areas), 'area')}, "
            f"{counted(len(self.quarters), 'quarter')} "
            f"({self.quarters[0]} to {self.quarters[-1]})."
        )
        gaps = (
            f" {counted(self.gaps, 'value')} not given: kept as gaps, not as zero."
            if self.gaps
            else " None is missing."
        )
        return held + gaps

    def change_in_words(self) -> str:
        """What saving would do to what the study has."""
        new = len(self.values) - self.replaced - self.unchanged
        said = [f"{new} new"]
        if self.replaced:
            said.append(f"{self.replaced} put in place of an earlier number")
        if self.unchanged:
            said.append(f"{self.unchanged} the same as before")
        return ", ".join(said).capitalize() + "."


def preview_indicators(
    store: StudyStore, values: tuple[IndicatorValue, ...]
) -> IndicatorPreview:
    """What the values of a file hold, beside what the study has."""
    known = {(v.indicator, v.quarter, v.area): v for v in store.indicators.values()}
    met = [(known.get((v.indicator, v.quarter, v.area)), v) for v in values]
    return IndicatorPreview(
        values,
        tuple(indicator_names(values)),
        tuple(dict.fromkeys(v.area for v in values)),
        tuple(quarters_in_order(v.quarter for v in values)),
        sum(1 for v in values if v.value is None),
        sum(1 for old, v in met if old is not None and old.value != v.value),
        sum(1 for old, v in met if old is not None and old.value == v.value),
    )


def save_indicators(
    store: StudyStore, person: Person, values: tuple[IndicatorValue, ...]
) -> int:
    """How many values were saved."""
    return store.indicators.save(person.id, values)


def practice_quarter(practice_start: str) -> str:
    """The quarter in which the new practice began, '' where no date is set."""
    try:
        return quarter_of(date.fromisoformat(practice_start))
    except ValueError:
        return ""


def series_in_words(
    series: IndicatorSeries, practice: str = "", *, named: bool = True
) -> str:
    """What is shown, over which quarters and where, and when the practice began.

    ``named`` leaves the indicator's name out where it stands above already.
    """
    unit = "per cent" if is_percent(series.unit) else series.unit
    unit = "counts" if is_count(unit) else unit
    shown = f"{series.indicator} ({unit})" if unit else series.indicator
    if not named:
        shown = unit.capitalize() if unit else "Values"
    began = f" The new practice began in {practice}." if practice else ""
    if practice and practice not in series.quarters:
        side = "before" if practice < series.quarters[0] else "after"
        began = (
            f" The new practice began in {practice}, {side} the quarters shown: "
            "nothing here lies on both sides of it."
        )
    return (
        f"{shown}, {series.quarters[0]} to {series.quarters[-1]}, "
        f"{counted(len(series.areas), 'area')}.{began}"
    )


def movements_in_words(series: IndicatorSeries) -> tuple[str, ...]:
    """One sentence for each area: how far it moves anyway from quarter to quarter."""
    return tuple(_movement(series, area) for area in series.areas)


def _movement(series: IndicatorSeries, area: str) -> str:
    moved = movement_of(series, area)
    if moved is None:
        return (
            f"{area}: too few neighbouring quarters have values (fewer than "
            f"{FEWEST_CHANGES} changes) to tell how far it moves anyway."
        )
    points = is_percent(series.unit)
    ordinary, largest = (
        f"{value_in_words(abs(v), '' if points else series.unit)}"
        + (" points" if points else "")
        for v in (moved.ordinary, moved.largest)
    )
    middle = value_in_words(moved.middle, series.unit)
    kind = "moves"
    if moved.is_volatile:
        kind = "volatile"
    elif moved.is_steady:
        kind = "steady"
    way = "up" if moved.largest > 0 else "down"
    most = (
        f"at most by {largest} ({way}, {moved.largest_from} to {moved.largest_to})"
        if moved.largest
        else "never by more"
    )
    return (
        f"{area}, {kind}: from one quarter to the next it usually changes by "
        f"{ordinary}, {most}; its middle value is {middle}."
    )


def areas_in_words(series: IndicatorSeries) -> tuple[str, ...]:
    """One sentence for each area: first and last value, the span between, cautions."""
    return tuple(_area_in_words(series, area) for area in series.areas)


def cautions(series: IndicatorSeries) -> tuple[str, ...]:
    """What a reader of this indicator should keep in mind."""
    said = []
    name = series.indicator.casefold()
    if is_percent(series.unit):
        said.append(
            "The file does not say how many children each percentage rests on: in a "
            "small area one child can move it far."
        )
        if name.startswith("number"):
            said.append(
                "The name says number and the unit says per cent. Check which with "
                "the source."
            )
    if is_count(series.unit) and name.startswith("percentage"):
        said.append(
            "The name says percentage and the unit says count. Check which with the "
            "source."
        )
    return tuple(said)


def source_in_words(series: IndicatorSeries) -> str:
    """The sources the values name, or that none is named."""
    if not series.sources:
        return "The file names no source."
    return "Source: " + "; ".join(series.sources) + "."


def report_parts(series: IndicatorSeries, practice: str = "") -> tuple[Part, ...]:
    """An indicator for a report: a table by area, how it moves, cautions, source."""
    table = ReportTable(
        "By area: first and last quarter, lowest and highest value"
        + (
            f". Counts below {SMALL_NUMBER} are small numbers: read with care"
            if is_count(series.unit)
            else ""
        ),
        (
            "Area",
            series.quarters[0],
            series.quarters[-1],
            "Lowest",
            "Highest",
            "Gaps",
            *([f"Below {SMALL_NUMBER}"] if is_count(series.unit) else []),
        ),
        tuple(_area_row(series, area) for area in series.areas),
        number_columns=(1, 2, 3, 4),
    )
    notes = [*movements_in_words(series), *cautions(series), source_in_words(series)]
    return (
        Paragraph(series_in_words(series, practice, named=False)),
        table,
        *(Paragraph(note, is_note=True) for note in notes),
    )


def _area_in_words(series: IndicatorSeries, area: str) -> str:
    read = read_area(series, area)
    if read is None:
        return f"{area}: no value in any quarter."
    first, last = (value_in_words(v, series.unit) for v in (read.first, read.last))
    if read.quarters == 1:
        said = f"{area}: {first} in {read.first_quarter}, the only value"
    else:
        said = (
            f"{area}: {first} in {read.first_quarter}, {last} in {read.last_quarter}; "
            f"{_span(read, series.unit)}"
        )
    if read.gaps:
        said += f"; {counted(read.gaps, 'quarter')} without a value"
    return said + _small(read) + "."


def _span(read: AreaReading, unit: str) -> str:
    low, high = (value_in_words(v, unit) for v in (read.lowest, read.highest))
    if read.lowest == read.highest:
        return "the same throughout"
    return f"lowest {low}, highest {high}"


def _small(read: AreaReading) -> str:
    if not read.small:
        return ""
    where = (
        ""
        if read.small == read.quarters
        else f" in {read.small} of {counted(read.quarters, 'quarter')}"
    )
    return f" (small numbers{where}: below {SMALL_NUMBER}, read with care)"


def _area_row(series: IndicatorSeries, area: str) -> tuple[str, ...]:
    ends = [
        value_in_words(series.values[area, quarter], series.unit)
        if (area, quarter) in series.values
        else "no value"
        for quarter in (series.quarters[0], series.quarters[-1])
    ]
    small = [] if not is_count(series.unit) else ["none"]
    read = read_area(series, area)
    if read is None:
        return (area, *ends, "no value", "no value", "all quarters", *small)
    if read.small:
        small = [f"{read.small} of {counted(read.quarters, 'quarter')}"]
    return (
        area,
        *ends,
        value_in_words(read.lowest, series.unit),
        value_in_words(read.highest, series.unit),
        counted(read.gaps, "quarter") if read.gaps else "none",
        *small,
    )
