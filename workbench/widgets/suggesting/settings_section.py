"""How suggestions are made in this study: whose turns, how many, how often right."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.rights import Right, roles_in_words
from data.storage.suggesting.settings_storage import (
    MOST_PER_PASSAGE,
    SuggestionSettings,
)
from workbench import notices, session
from workbench.actions.suggesting import precision
from workbench.session import Place
from workbench.widgets.coders.coder_style import draw_coders, draw_table
from workbench.widgets.untrusted import as_html


def draw_settings(place: Place) -> None:
    """Draw the settings that are the study's as a form, and what they bring."""
    notices.show_saved("settings")
    settings = place.store.suggestion_settings.read()
    may = session.may(Right.EDIT_CODEBOOK)
    if not may:
        st.write(f"These are changed by: {roles_in_words(Right.EDIT_CODEBOOK)}.")
    _draw_form(place, settings, may=may)
    brings = precision.what_each_brings(place.store, settings)
    if brings is None:
        draw_coders(f"<p>{as_html(precision.NOT_LEARNED)}</p>")
        return
    draw_table(precision.choices_table(brings))
    draw_table(precision.code_table(place.store, brings, settings))
    if may:
        _draw_code_form(place, settings)


def _draw_form(place: Place, settings: SuggestionSettings, *, may: bool) -> None:
    with st.form("suggestion settings", border=False):
        wanted = st.select_slider(
            "How often a suggestion should be right, or the machine stays silent",
            precision.CHOICES,
            precision.nearest_choice(settings.precision),
            format_func=precision.choice_in_words,
            key="precision",
            width=560,
            disabled=not may,
        )
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
            width=360,
            disabled=not may,
        )
        if st.form_submit_button("Save", type="primary", disabled=not may):
            _save(
                place,
                replace(
                    settings,
                    precision=float(wanted),
                    include_interviewers=bool(interviewers),
                    most_per_passage=int(most),
                ),
            )


def _draw_code_form(place: Place, settings: SuggestionSettings) -> None:
    codes = {
        one.id: one.name for _, one in place.store.codebook.codebook().in_tree_order()
    }
    with st.form("precision of a code", border=False):
        code = st.selectbox(
            "One code apart",
            list(codes),
            format_func=lambda one: codes.get(one, ""),
            key="precision code",
            width=360,
        )
        as_all = 0.0
        wanted = st.select_slider(
            "How often its suggestions should be right",
            [as_all, *precision.CHOICES],
            as_all,
            format_func=lambda one: (
                "As all others" if one == as_all else precision.choice_in_words(one)
            ),
            key="precision of code",
            width=560,
        )
        if st.form_submit_button("Save for this code"):
            by_code = {k: v for k, v in settings.by_code if k in codes and k != code}
            if code and wanted != as_all:
                by_code[code] = float(wanted)
            _save(place, replace(settings, by_code=tuple(sorted(by_code.items()))))


def _save(place: Place, settings: SuggestionSettings) -> None:
    place.store.suggestion_settings.change(place.person.id, settings)
    notices.saved(
        "Saved. It counts from the next time suggestions are made.", beside="settings"
    )
    st.rerun()
