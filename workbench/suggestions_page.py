"""Suggestions: lists to review, how often they were right, what to code next."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from data.rights import Right
from workbench import notices, session
from workbench.session import Place
from workbench.widgets.suggesting.alike_section import draw_alike
from workbench.widgets.suggesting.draw_section import draw_draws
from workbench.widgets.suggesting.next_section import draw_next
from workbench.widgets.suggesting.review_section import draw_review
from workbench.widgets.suggesting.rightness_section import draw_rightness
from workbench.widgets.suggesting.settings_section import draw_settings

_VIEWS: dict[str, tuple[str, Callable[[Place], None]]] = {
    "review": ("Review a list", draw_review),
    "right": ("How often right", draw_rightness),
    "next": ("What to code next", draw_next),
    "alike": ("More like this", draw_alike),
    "draw": ("With and without", draw_draws),
    "settings": ("Settings", draw_settings),
}


def show() -> None:
    """Draw the view asked for; the list to review first."""
    place = session.place()
    notices.page_head(
        "Suggestions",
        "A suggestion is a question. It counts as nothing until a person accepts it.",
    )
    if not place.store.sources.summaries():
        notices.empty(
            "Nothing to suggest on yet. Once transcripts are added and the codebook "
            "has codes, suggestions can be reviewed here as a list, and counted: how "
            "often the machine was right.",
            "Add transcripts" if session.may(Right.IMPORT_SOURCES) else "",
            "transcripts",
        )
        return
    asked = session.address("view")
    view = st.radio(
        "What to do with suggestions",
        list(_VIEWS),
        index=list(_VIEWS).index(asked) if asked in _VIEWS else 0,
        format_func=lambda one: _VIEWS[one][0],
        label_visibility="collapsed",
        horizontal=True,
        key="suggestions view",
    )
    view = view or "review"
    session.set_address(view=view)
    with notices.problems_shown():
        _VIEWS[view][1](place)
