"""The report of findings as files for inside the study, made when asked for."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench import notices
from workbench.actions.findings.findings_report import write_findings_report
from workbench.actions.findings.report_material import made_now, read_material
from workbench.actions.together import reports
from workbench.session import Place

_FILES = (
    (
        "Download Word",
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ("Download as a web page", ".html", "text/html"),
    (
        "Download the evidence book",
        ".xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
)


def draw_files(place: Place) -> None:
    """Draw the downloads of the internal report; the book holds every number's rows."""
    st.header("The internal report", anchor=False)
    notices.draw(
        '<p class="wb-lead">All findings, drafts too, with method and appendices. It '
        "identifies people and says so on every page; the evidence book names the rows "
        "behind every number. What may leave is asked for on Releases.</p>"
    )
    moment = made_now()
    with st.container(horizontal=True):
        for label, ending, kind in _FILES:
            st.download_button(
                label,
                _maker(place, ending),
                f"findings-internal-{moment:%Y-%m-%d}{ending}",
                kind,
                key=f"findings {ending}",
                on_click=reports.note_report,
                args=(place.store, place.person, "findings", ending),
            )


def _maker(place: Place, ending: str) -> Callable[[], bytes]:
    def make() -> bytes:
        material = read_material(place.store)
        report = write_findings_report(
            material, made_by=place.person.name, made_at=made_now()
        )
        return report.as_file(ending)

    return make
