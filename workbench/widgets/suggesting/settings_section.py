"""How suggestions are made in this study: whose turns, how many, how often right."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.rights import Right, roles_in_words
from data.storage.suggesting.settings_storage import MOST_PER_PASSAGE
from workbench import notices, session
from workbench.session import Place


def draw_settings(place: Place) -> None:
    """Draw the settings that are the study's as a form, or as words."""
    notices.show_saved("settings")
    settings = place.store.suggestion_settings.read()
    may = session.may(Right.EDIT_CODEBOOK)
    if not may:
        st.write(f"These are changed by: {roles_in_words(Right.EDIT_CODEBOOK)}.")
    with st.form("suggestion settings", border=False):
        interviewers = st.checkbox(
            "Suggest on interviewers' turns too",
            settings.include_interviewers,
            key="include interviewers",
            help="Left out as a rule: a question names a subject before anybody has "
            "spoken of it.",
            disabled=not may,
        )
        most = st.number_input(
            "Suggestions for a passage, at most",
            1,
            MOST_PER_PASSAGE,
            settings.most_per_passage,
            key="most per passage",
            disabled=not may,
        )
        if st.form_submit_button("Save", type="primary", disabled=not may):
            place.store.suggestion_settings.change(
                place.person.id,
                replace(
                    settings,
                    include_interviewers=bool(interviewers),
                    most_per_passage=int(most),
                ),
            )
            notices.saved(
                "Saved. It counts from the next time suggestions are made.",
                beside="settings",
            )
            st.rerun()
