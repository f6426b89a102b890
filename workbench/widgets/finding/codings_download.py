"""Every coding of the study as a file, a coding a row."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

import streamlit as st

from data.exporters.report_document import ReportTable
from data.exporters.table_file import table_as_csv, table_as_xlsx
from workbench.actions.finding.codings_list import codings_table
from workbench.actions.together.reports import note_report
from workbench.session import Place

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer_codings(place: Place) -> None:
    """Draw the ways to take all codings away, each made when it is asked for."""
    with st.expander("Every coding as a table"):
        st.write(
            "One row for each passage under each code, as its coder marked it, with "
            "its words, place, speaker and day. What you may not see yet is left out."
        )
        ways: tuple[tuple[str, str, str, Callable[[ReportTable], bytes]], ...] = (
            ("Download as .csv", ".csv", "text/csv", table_as_csv),
            ("Download as .xlsx", ".xlsx", _SHEET, _as_sheet),
        )
        with st.container(horizontal=True):
            for label, ending, kind, write in ways:
                st.download_button(
                    label,
                    partial(_made_now, place, write),
                    f"codings-{datetime.now():%Y-%m-%d}{ending}",
                    kind,
                    key=f"codings {ending}",
                    on_click=note_report,
                    args=(place.store, place.person, "codings", ending),
                )


def _made_now(place: Place, write: Callable[[ReportTable], bytes]) -> bytes:
    return write(codings_table(place.store, place.person.id))


def _as_sheet(table: ReportTable) -> bytes:
    return table_as_xlsx(table, "Codings")
