"""Two coders: where they read differently, how far they agree, who codes what."""

from __future__ import annotations

from functools import partial

import streamlit as st

from data.rights import Right
from workbench import notices, session
from workbench.actions.coders.agreement import pairs_of_coders
from workbench.session import Place
from workbench.widgets.coders.differences import draw_differences
from workbench.widgets.coders.figures import draw_figures
from workbench.widgets.coders.who_codes import draw_who_codes
from workbench.wording import counted

_VIEW = "coders view"
_DIFFERENCES, _FIGURES, _WHO = "differences", "agreement", "who"
_VIEWS = {
    _DIFFERENCES: "Where they differ",
    _FIGURES: "How far they agree",
    _WHO: "Who codes what",
}


def show() -> None:
    """Draw the view asked for; differences first once there is something to compare."""
    place = session.place()
    summaries = place.store.sources.summaries()
    if not summaries:
        notices.page_head("Two coders")
        notices.empty(
            "Here you say who codes which transcript, blind or open, read the passages "
            "two people understood differently, settle them, and see how far they "
            "agree. It needs a transcript first.",
            "Add transcripts" if session.may(Right.IMPORT_SOURCES) else "",
            "transcripts",
        )
        return
    coders = place.store.coders.coders()
    compared = {
        one.id: one.name
        for one in summaries
        if one.id in coders and coders[one.id].can_be_compared
    }
    at_work = sum(bool(one.waiting) for one in coders.values())
    notices.page_head("Two coders", _lead(len(compared), at_work))
    with notices.problems_shown():
        _draw_view(place, compared)


def _lead(compared: int, at_work: int) -> str:
    said = (
        f"{counted(compared, 'transcript')} coded by several people can be compared."
        if compared
        else "No transcript is coded by two people who are through with it."
    )
    waiting = f" {counted(at_work, 'is', 'are')} being coded." if at_work else ""
    return f"{said}{waiting}"


def _draw_view(place: Place, compared: dict[str, str]) -> None:
    views = list(_VIEWS) if compared else [_WHO]
    asked = session.address("view")
    view = views[0]
    if len(views) > 1:
        view = (
            st.radio(
                "Show",
                views,
                index=views.index(asked) if asked in views else 0,
                format_func=_VIEWS.__getitem__,
                horizontal=True,
                label_visibility="collapsed",
                key=_VIEW,
            )
            or view
        )
    # The view stays when what is done in it makes others possible.
    session.set_address(view=view)
    if view == _DIFFERENCES:
        draw_differences(place, compared, partial(session.choose, _VIEW, _WHO))
    elif view == _FIGURES:
        draw_figures(place, pairs_of_coders(place.store))
    else:
        draw_who_codes(place, is_main=True)
