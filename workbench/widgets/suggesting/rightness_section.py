"""How often the machine was right: the sentence, then tables, then files."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.rights import Right
from workbench import notices, session
from workbench.actions.suggesting import rightness as actions
from workbench.actions.suggesting.rightness import Rightness
from workbench.session import Place
from workbench.widgets.coders.coder_style import draw_coders, draw_table
from workbench.widgets.untrusted import as_html

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def draw_rightness(place: Place) -> None:
    """Draw what became of the study's suggestions, as this person may see it."""
    found = actions.rightness(place.store, place.person)
    draw_coders(f"<p><b>{as_html(found.in_words)}</b></p>")
    if not found.overall.proposed:
        return
    points = "".join(f"<li>{as_html(one)}</li>" for one in actions.ABOUT)
    draw_coders(f'<ul style="max-width:46rem">{points}</ul>')
    draw_table(actions.table_by("Strength", found.by_strength))
    draw_table(actions.table_by("Code", found.by_code))
    draw_table(actions.table_by("Coder", found.by_coder))
    draw_table(actions.table_by("Month", found.by_month))
    if found.overall.reasons:
        draw_table(actions.reasons_table(found))
    if session.may(Right.MAKE_REPORTS):
        _draw_downloads(place, found)


def _draw_downloads(place: Place, found: Rightness) -> None:
    with st.container(horizontal=True), notices.problems_shown():
        for ending, words, mime in (
            (".xlsx", "Download as spreadsheet", _SHEET),
            (".csv", "Download by code as .csv", "text/csv"),
        ):
            # Made when it is asked for: a file nobody takes leaves no audit line.
            st.download_button(
                words,
                partial(
                    actions.rightness_file, place.store, place.person, found, ending
                ),
                f"suggestions{ending}",
                mime,
                key=f"download rightness {ending}",
            )
