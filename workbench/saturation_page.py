"""Saturation: whether interviews still brought new codes, in the order of their day."""

from __future__ import annotations

import streamlit as st

from coding.theme_summaries.saturation import BASE_SIZES, RUN_LENGTHS, THRESHOLDS
from data.rights import Right
from workbench import notices, session
from workbench.actions.themes import saturation_reading
from workbench.actions.themes.saturation_reading import SaturationRead
from workbench.widgets.themes.said_cache import said_themes
from workbench.widgets.themes.saturation_chart import (
    chart_in_words,
    saturation_chart,
)
from workbench.widgets.themes.theme_style import draw_lines, draw_prose, draw_table

_ROWS = 40


def show() -> None:
    """Draw the answer, what it can bear, the chart, and every interview in order."""
    place = session.place()
    with notices.problems_shown():
        themes = said_themes(place)
        head = st.container()
        if not any(
            one.codes for one in saturation_reading.read_saturation(themes).interviews
        ):
            notices.page_head("Saturation")
            notices.empty(
                "No interview is coded yet. Whether later interviews still bring new "
                "codes will stand here.",
                "Read and code" if session.may(Right.CODE_SOURCES) else "",
                "code",
            )
            return
        base, run, threshold = _choose()
        read = saturation_reading.read_saturation(
            themes, base=base, run=run, threshold=threshold
        )
        with head:
            notices.page_head("Saturation", saturation_reading.result_in_words(read))
        _draw(read)


def _choose() -> tuple[int, int, float]:
    with st.container(horizontal=True):
        base = st.selectbox(
            "Base: first interviews", BASE_SIZES, key="saturation base", width=200
        )
        run = st.selectbox(
            "Run of interviews", RUN_LENGTHS, key="saturation run", width=200
        )
        threshold = st.selectbox(
            "New codes at most",
            THRESHOLDS,
            format_func=saturation_reading.share_in_words,
            key="saturation threshold",
            width=200,
        )
    return int(base), int(run), float(threshold)


def _draw(read: SaturationRead) -> None:
    draw_prose(saturation_reading.bears_in_words())
    draw_lines(saturation_reading.cautions_in_words(read))
    words = chart_in_words(read)
    st.altair_chart(saturation_chart(read), width="stretch", alt=words)
    draw_prose(words)
    table = saturation_reading.saturation_table(read)
    st.header("Runs after the base", anchor=False)
    runs = read.result.runs
    if runs:
        draw_table(
            "Runs after the base",
            f"New codes in each run, as a share of the {read.result.base_codes} codes "
            "of the base.",
            ("Interviews", "New codes", "Share of the base"),
            [
                (
                    f"{one.first} to {one.last}",
                    (str(one.new), saturation_reading.share_in_words(one.share)),
                )
                for one in runs[:_ROWS]
            ],
        )
    else:
        draw_prose("Too few interviews for a run.")
    st.header("Interviews in order", anchor=False)
    draw_table(
        "Interviews in order",
        table.caption,
        ("Interview", "Held on", "Codes", "New", "So far", "New codes"),
        [(f"{row[0]}. {row[1]}", row[2:]) for row in table.rows[:_ROWS]],
    )
    if len(table.rows) > _ROWS:
        st.caption(
            f"The first {_ROWS} of {len(table.rows)} are shown; the Excel file of a "
            "theme holds all of them."
        )
    with st.expander("How this is worked out"):
        draw_prose(saturation_reading.SATURATION_RULE)
