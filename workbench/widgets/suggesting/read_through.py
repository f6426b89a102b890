"""Saying that one has read a transcript through, and how it fell in a draw."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from workbench import session
from workbench.session import Place


def draw_read_through(place: Place, source_id: str) -> None:
    """Draw the tick by which a coder says that what they left, they left."""
    if not session.may(Right.CODE_SOURCES):
        return
    read = place.store.suggestion_settings.read_through(reader_id=place.person.id)
    is_read = (source_id, place.person.id) in read
    key = f"read through {place.person.id} {source_id}"
    ticked = st.checkbox(
        "I have read this transcript from end to end",
        is_read,
        key=key,
        help="What you left without a code is then taken for left on purpose, when "
        "suggestions learn from what you code.",
    )
    if ticked != is_read:
        place.store.suggestion_settings.mark_read_through(
            place.person.id, source_id, is_read=ticked
        )
        st.rerun()


def draw_how_it_fell(place: Place, source_id: str) -> None:
    """Say that chance decided to have a transcript coded without suggestions."""
    if place.store.draws.is_without(source_id):
        st.info(
            "This transcript was drawn to be coded without suggestions, so none are "
            "shown until the draw ends (page Suggestions, With and without)."
        )
