"""Releases: what may leave the study, asked for by one person, let go by another."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from workbench import notices, session
from workbench.actions.releases.preparing import why_nobody_can_release
from workbench.session import Place
from workbench.widgets.releases.asking_form import draw_asking
from workbench.widgets.releases.deciding_form import draw_waiting
from workbench.widgets.releases.release_log import draw_log
from workbench.widgets.releases.rule_form import draw_rule

_LEAD = (
    "The report on Findings stays inside: it identifies people. What leaves is another "
    "file, with small numbers hidden and words looked through, and a second person "
    "reads it before it goes."
)


def show() -> None:
    """Draw what waits for a decision, asking for a release, the rule and the log."""
    place = session.place()
    notices.page_head("Releases", _LEAD)
    if not session.may(Right.ASK_FOR_RELEASE):
        notices.empty(
            "What leaves the study is asked for by the debrief team, and let go by a "
            "study lead or an embedded researcher."
        )
        return
    alone = why_nobody_can_release(place.store)
    if alone:
        # A study begins with one person: nobody did anything wrong.
        for one in alone:
            notices.caution(f"{one.found} {one.do_next}")
        if session.may(Right.MANAGE_STUDY):
            session.link_to("study", "Add a second person on Study and people")
    releases = place.store.releases.all(place.person.id)
    waiting = [one for one in releases if one.waits]
    draw_waiting(place, waiting)
    if waiting:
        # Two that wait could be compared; the later one would have to be asked anew.
        st.caption("Another can be asked for once this is decided on.")
    elif not alone:
        _draw_asking(place)
    _draw_rule(place)
    draw_log([one for one in releases if not one.waits], place)


def _draw_asking(place: Place) -> None:
    st.header("Ask for a release", anchor=False)
    if session.recall("preparing release"):
        draw_asking(place)
    if session.recall("preparing release"):
        return
    st.write(
        "Numbers are made fit to leave and every piece of words is looked through; "
        "you then decide piece by piece. Nothing leaves by this."
    )
    if st.button(
        "Look through what would leave", key="prepare release", type="primary"
    ):
        session.remember("preparing release", True)
        st.rerun()


def _draw_rule(place: Place) -> None:
    st.header("Rule for small numbers", anchor=False)
    draw_rule(place)
