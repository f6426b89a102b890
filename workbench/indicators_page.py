"""Indicators: published numbers by quarter and area, and the results of surveys."""

from __future__ import annotations

import streamlit as st

from data.figures.indicator_series import (
    IndicatorSeries,
    indicator_names,
    indicator_series,
)
from data.figures.indicators import IndicatorValue
from data.importers.indicator_import import read_indicators
from data.rights import Right, roles_in_words
from workbench import notices, session
from workbench.actions.together import indicators
from workbench.actions.together.wave_windows import wave_windows, windows_in_words
from workbench.widgets.together.indicator_chart import (
    draw_indicator_chart,
    values_by_quarter,
)
from workbench.widgets.together.survey_import import draw_survey_import
from workbench.widgets.together.survey_results import show_survey_results
from workbench.widgets.untrusted import as_html
from workbench.wording import as_sentence

_WIDTH = 860
_HEADINGS = "indicator, quarter (as 2014/15 Q2), area, value, unit, and source if known"


def show() -> None:
    """Draw one indicator and one survey question at a time, and the way to add more."""
    place = session.place()
    notices.page_head(
        "Indicators",
        "Published numbers by quarter and area, as they were reported. "
        "Nothing is smoothed, and a gap stays a gap. Survey results stand below.",
    )
    with st.container(width=_WIDTH):
        _show_indicators(place)
        st.header("Survey results", anchor=False)
        toplines = place.store.toplines.toplines()
        show_survey_results(place, toplines)
        draw_survey_import(place, is_first=not toplines)


def _show_indicators(place: session.Place) -> None:
    values = place.store.indicators.values()
    if not values:
        _show_empty()
        _show_import(place)
        return
    _show_indicator(place, values)
    with st.expander("Add indicators"):
        _show_import(place)


def _show_empty() -> None:
    notices.empty(
        "No indicators yet. They will stand here one at a time: a sentence, a small "
        "chart by quarter and area, and the table."
    )


def _show_indicator(place: session.Place, values: list[IndicatorValue]) -> None:
    names = indicator_names(values)
    asked = session.address("indicator")
    at = int(asked) - 1 if asked.isdigit() and 0 < int(asked) <= len(names) else 0
    chosen = st.selectbox("Indicator", names, index=at, key="indicator chosen")
    session.set_address(indicator=str(names.index(chosen) + 1))
    whole = indicator_series(values, chosen)
    areas = st.multiselect(
        "Areas", whole.areas, default=whole.areas, key=f"areas {names.index(chosen)}"
    )
    if not areas:
        st.info("Choose at least one area.")
        return
    series = indicator_series(values, chosen, areas)
    practice = indicators.practice_quarter(place.store.study.read().practice_start)
    windows = wave_windows(place.store)
    held = windows_in_words(windows, series.quarters)
    _show_words(series, practice)
    draw_indicator_chart(
        series,
        practice_start=practice,
        waves=[(one.wave, one.first, one.last) for one in windows],
        described=" ".join((*indicators.areas_in_words(series), held)),
    )
    if held:
        _note(held)
    _show_movements(series)
    _note(indicators.source_in_words(series))
    if st.toggle("Show as table", key="indicator as table"):
        st.dataframe(
            values_by_quarter(series), placeholder="no value", height="content"
        )


def _show_words(series: IndicatorSeries, practice: str) -> None:
    lines = "".join(
        f"<li>{as_html(line)}</li>" for line in indicators.areas_in_words(series)
    )
    notes = "".join(
        f'<p class="wb-lead">{as_html(note)}</p>'
        for note in indicators.cautions(series)
    )
    notices.draw(
        f'<p style="margin:0 0 4px"><strong>'
        f"{as_html(indicators.series_in_words(series, practice))}</strong></p>"
        f'<ul style="margin:0 0 8px">{lines}</ul>{notes}'
    )


def _show_movements(series: IndicatorSeries) -> None:
    lines = "".join(
        f"<li>{as_html(line)}</li>" for line in indicators.movements_in_words(series)
    )
    notices.draw(
        '<p style="margin:0 0 4px"><strong>How far it moves anyway</strong></p>'
        f'<p class="wb-lead">{as_html(indicators.MOVES_ANYWAY)}</p>'
        f'<ul style="margin:4px 0 8px">{lines}</ul>'
    )


def _show_import(place: session.Place) -> None:
    if not session.may(Right.IMPORT_INDICATORS):
        who = roles_in_words(Right.IMPORT_INDICATORS)
        _note(f"Indicators can be added by: {who}.")
        return
    added = session.recall("indicator files", 0)
    file = st.file_uploader(
        "A table of indicators (.csv or .xlsx)",
        key=f"indicator file {added}",
        help=f"Headings: {_HEADINGS}. The file stays on this computer.",
    )
    if file is None:
        _note(f"Headings: {_HEADINGS}.")
        return
    with notices.problems_shown():
        read = read_indicators(file.name, file.getvalue())
        preview = indicators.preview_indicators(place.store, read.values)
        notices.draw(
            f'<p style="margin:0"><strong>{as_html(preview.in_words())}</strong></p>'
            f'<p class="wb-lead">{as_html(preview.change_in_words())}</p>'
        )
        for warning in read.warnings:
            _note(f"{warning.where}: {as_sentence(warning.found)}")
        with st.expander(f"The {len(preview.indicators)} indicators"):
            notices.draw(
                "<ol>"
                + "".join(f"<li>{as_html(name)}</li>" for name in preview.indicators)
                + "</ol>"
            )
        words = f"Save these {len(preview.values):,} values"
        if st.button(words, type="primary", key="save indicators"):
            count = indicators.save_indicators(
                place.store, place.person, preview.values
            )
            session.remember("indicator files", added + 1)
            notices.saved(f"Saved. {count:,} values of indicators are in the study.")
            st.rerun()


def _note(words: str) -> None:
    notices.draw(f'<p class="wb-lead">{as_html(words)}</p>')
