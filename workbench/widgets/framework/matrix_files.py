"""Taking matrices away: a workbook, and a Word file to read them in print."""

from __future__ import annotations

from functools import partial

import streamlit as st

from workbench.actions.together.reports import report_content
from workbench.session import Place

_FILES = (("Download as .xlsx", ".xlsx"), ("Download as .docx", ".docx"))


def draw_downloads(place: Place) -> None:
    """A button for each file; it is made when it is pressed."""
    for words, ending in _FILES:
        st.download_button(
            words,
            partial(report_content, place.store, "matrix", ending, person=place.person),
            f"framework-matrices-internal{ending}",
            key=f"download matrix {ending}",
            on_click="ignore",
        )
