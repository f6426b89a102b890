"""Findings: what the study found, worded, resting on evidence, answered for."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from workbench import notices, session
from workbench.actions.findings.finding_words import (
    evidence_in_words,
    standing_in_words,
)
from workbench.actions.findings.report_material import FindingRead, read_findings
from workbench.session import Place
from workbench.widgets.findings.finding_form import draw_new
from workbench.widgets.findings.finding_shown import draw_finding
from workbench.widgets.findings.report_files import draw_files
from workbench.widgets.untrusted import as_html

_LEAD = (
    "What the study found, each with its evidence for and against. A finding is final "
    "once somebody says how strong its evidence is and answers what does not fit."
)


def show() -> None:
    """Draw the list of findings, or one of them opened."""
    place = session.place()
    notices.page_head("Findings", _LEAD)
    listed = read_findings(place.store, place.person.id)
    opened = session.address("finding")
    found = next((one for one in listed if one.finding.id == opened), None)
    if found is not None:
        if st.button("All findings", key="all findings", type="tertiary"):
            session.set_address(finding="")
            st.rerun()
        draw_finding(place, found)
        return
    _offer_to_bring_back(place)
    if not listed:
        notices.empty(
            "No finding yet. Write what the study found as one statement; then link "
            "the quotations, pairs and figures it rests on, and what speaks against it."
        )
    for at, one in enumerate(listed, start=1):
        _draw_row(place, at, one, is_last=at == len(listed))
    if session.may(Right.WRITE_FINDINGS):
        draw_new(place, is_first=not listed)
    if listed:
        draw_files(place)
        if session.may(Right.ASK_FOR_RELEASE):
            session.link_to("releases", "Let something leave the study")


def _draw_row(place: Place, at: int, one: FindingRead, *, is_last: bool) -> None:
    finding = one.finding
    with st.container(border=True, gap="small"):
        notices.draw(
            '<p style="margin:0;overflow-wrap:anywhere;line-height:1.5">'
            f"<strong>{at}.</strong> <bdi>{as_html(finding.words.statement)}</bdi></p>"
            f'<p class="wb-small">{as_html(standing_in_words(one))} '
            f"{as_html(evidence_in_words(one))}</p>"
        )
        with st.container(horizontal=True, vertical_alignment="center"):
            session.link_to("findings", f"Open finding {at}", finding=finding.id)
            if session.may(Right.WRITE_FINDINGS):
                _draw_moves(place, at, one, is_last=is_last)


def _draw_moves(place: Place, at: int, one: FindingRead, *, is_last: bool) -> None:
    for up, word, is_end in ((True, "up", at == 1), (False, "down", is_last)):
        if st.button(
            f"Move finding {at} {word}",
            key=f"move {word} {one.finding.id}",
            type="tertiary",
            disabled=is_end,
        ):
            with notices.problems_shown():
                place.store.findings.move(place.person.id, one.finding.id, up=up)
                notices.saved(f"Finding {at} was moved {word}.")
                st.rerun()


def _offer_to_bring_back(place: Place) -> None:
    taken_out = session.recall("finding taken out", "")
    if not taken_out:
        return
    notices.draw('<p class="wb-saved" role="status">✓ The finding was taken out.</p>')
    if st.button("Undo: bring it back", key="bring finding back"):
        with notices.problems_shown():
            place.store.findings.bring_back(place.person.id, taken_out)
            session.forget("finding taken out")
            notices.saved("The finding is back.")
            st.rerun()
