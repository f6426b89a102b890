"""A whole answer as a table to take away, as .csv or .xlsx."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import streamlit as st

from data.exporters.report_document import ReportTable
from data.exporters.table_file import table_as_csv, table_as_xlsx
from workbench.actions.finding.codings_list import codings_table
from workbench.actions.finding.finding_report import about_lines
from workbench.actions.together.reports import note_report
from workbench.session import Place
from workbench.widgets.finding.found_passages import SHEET
from workbench.wording import CODINGS_COUNTED


def offer_codings(place: Place) -> None:
    """Draw the ways to take all codings away."""
    with st.expander("Every coding as a table"):
        st.write(
            f"One row for each coding, with its words, place, speaker and day. "
            f"{CODINGS_COUNTED} What you may not see yet is left out."
        )
        offer_table(place, "codings", partial(every_coding, place))


def every_coding(place: Place) -> ReportTable:
    """Every coding; of what others marked it is kept that the person has read it."""
    everything = [
        (one.source_id, one.segment.start, one.segment.end)
        for one in place.store.coding.segments(reader_id=place.person.id)
        if one.coder_id != place.person.id
    ]
    place.store.others_read.note_passages(place.person.id, everything)
    return codings_table(place.store, place.person.id)


def offer_table(
    place: Place, name: str, make: Callable[[], ReportTable], about: Sequence[str] = ()
) -> None:
    """Draw the ways to take a table away, made only when it is asked for.

    What is said ``about`` it stands on a second sheet, with who made it and when.
    """
    ways: tuple[tuple[str, str, Callable[[ReportTable], bytes]], ...] = (
        (".csv", "text/csv", table_as_csv),
        (".xlsx", SHEET, partial(_as_sheet, place, tuple(about))),
    )
    with st.container(horizontal=True):
        for ending, kind, write in ways:
            st.download_button(
                f"Download as {ending}",
                partial(_made_now, make, write),
                f"{name}-{datetime.now():%Y-%m-%d}{ending}",
                kind,
                key=f"{name} {ending}",
                on_click=note_report,
                args=(place.store, place.person, name, ending),
            )


def _made_now(
    make: Callable[[], ReportTable], write: Callable[[ReportTable], bytes]
) -> bytes:
    return write(make())


def _as_sheet(place: Place, about: tuple[str, ...], table: ReportTable) -> bytes:
    now = datetime.now().astimezone()
    lines = about_lines(place.store, about, place.person.name, now) if about else ()
    return table_as_xlsx(table, table.caption, about=lines)
