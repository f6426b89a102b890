"""The list of topic guides, and the form that adds one."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from workbench import notices, session
from workbench.actions.study_design.design_reading import StudyDesign
from workbench.actions.study_design.guide_documents import version_in_words
from workbench.session import Place
from workbench.widgets.study_design.guide_form import draw_new
from workbench.widgets.untrusted import as_html


def draw(place: Place, design: StudyDesign) -> None:
    """Draw each guide with its newest version, and the way to add one."""
    st.header("Topic guides", anchor=False)
    _offer_to_bring_back(place)
    if not design.guides:
        notices.empty(
            "No topic guide yet. Write or paste one question a line, prompts below it "
            "with a dash; each later version says what it changed and why."
        )
    for one in design.guides:
        with st.container(border=True, gap="small"):
            notices.draw(
                f'<p style="margin:0"><strong>{as_html(one.name)}</strong></p>'
                f'<p class="wb-small">{as_html(version_in_words(one.newest))}</p>'
            )
            session.link_to("design", f"Open {one.name}", guide=one.id)
    if session.may(Right.DESIGN_STUDY):
        draw_new(place, design, is_first=not design.guides)


def _offer_to_bring_back(place: Place) -> None:
    taken_out = session.recall("guide taken out", "")
    if not taken_out:
        return
    notices.draw('<p class="wb-saved" role="status">✓ The guide was taken out.</p>')
    if st.button("Undo: bring the guide back", key="bring guide back"):
        with notices.problems_shown():
            place.store.design.guides.set_removed(
                place.person.id, taken_out, is_removed=False
            )
            session.forget("guide taken out")
            notices.saved("The guide is back with all its versions.")
            st.rerun()
