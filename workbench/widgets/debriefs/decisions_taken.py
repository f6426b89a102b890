"""Decisions on the codebook that a debrief took: made here or linked from the log."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from data.storage.debriefs.debrief_records import Debrief
from workbench import notices, session
from workbench.actions.codebook.decisions import cite, decisions_to_cite
from workbench.session import Place
from workbench.widgets.untrusted import as_html

_ROUND = "debrief decision round"


def draw_decisions_taken(place: Place, debrief: Debrief, *, may_write: bool) -> None:
    """Draw the decisions, and the two ways to add one."""
    for one in decisions_to_cite(place.store, debrief.decisions):
        notices.draw(
            '<p style="margin:0 0 8px;max-width:46rem;overflow-wrap:anywhere">'
            f"<bdi>{as_html(cite(one))}</bdi></p>"
        )
    if not debrief.decisions:
        st.write("None was taken.")
    if not may_write:
        return
    if session.may(Right.EDIT_CODEBOOK):
        _draw_new(place, debrief)
    _draw_link(place, debrief)


def _draw_new(place: Place, debrief: Debrief) -> None:
    names = {one.id: one.name for one in place.store.codebook.codebook().codes}
    at = session.recall(_ROUND, 0)
    with (
        st.expander("Record a decision on the codebook"),
        st.form(f"decided here {at}", border=False),
        notices.problems_shown_above(),
    ):
        words = st.text_area("What was decided", key=f"decided words {at}", height=80)
        reason = st.text_area("Why", key=f"decided why {at}", height=80)
        about = st.multiselect(
            "Codes it is about",
            list(names),
            format_func=lambda one: names.get(one, ""),
            key=f"decided codes {at}",
        )
        if st.form_submit_button("Record this decision"):
            number = place.store.debriefs.decide(
                place.person.id, debrief.id, words, reason, about
            )
            notices.saved(f"Recorded as D{number}, in the codebook's log too.")
            session.remember(_ROUND, at + 1)
            st.rerun()


def _draw_link(place: Place, debrief: Debrief) -> None:
    names = {
        one.number: f"{one.label}: {one.words}"
        for one in decisions_to_cite(place.store)
        if one.number not in debrief.decisions
    }
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "One that stands in the log already",
            list(names),
            format_func=lambda one: names.get(one, ""),
            key=f"link decision {debrief.id}",
            index=None,
            placeholder="Choose one",
        )
        if st.button("Link it", key="link this decision") and chosen:
            place.store.debriefs.link_decision(place.person.id, debrief.id, chosen)
            notices.saved(f"D{chosen} is linked.")
            st.rerun()
