"""Hypotheses: put up, challenged with evidence for and against, moved by steps."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from workbench import notices, session
from workbench.actions.debriefs.hypotheses import (
    ReadHypothesis,
    for_and_against,
    read_hypotheses,
    standing_in_words,
)
from workbench.widgets.debriefs.hypothesis_form import draw_put_up
from workbench.widgets.debriefs.hypothesis_shown import draw_hypothesis
from workbench.widgets.debriefs.room_view import draw_room
from workbench.widgets.untrusted import as_html

_LEAD = (
    "What the team thinks is so, with what speaks for it and what speaks against it. "
    "How one came to stand as it does is kept step by step."
)


def show() -> None:
    """Draw the list of hypotheses, one of them opened, or one at a time for a room."""
    place = session.place()
    if session.address("view") == "room":
        draw_room(place)
        return
    notices.page_head("Hypotheses", _LEAD)
    listed = read_hypotheses(place.store, place.person.id)
    opened = next(
        (one for one in listed if one.hypothesis.id == session.address("hypothesis")),
        None,
    )
    if opened is not None:
        if st.button("All hypotheses", key="all hypotheses", type="tertiary"):
            session.set_address(hypothesis="")
            st.rerun()
        draw_hypothesis(place, opened)
        return
    writes = session.may(Right.WRITE_FINDINGS)
    if not listed:
        notices.empty(
            "No hypothesis yet. Each says what the team thinks is so after a wave of "
            "interviews; the debrief challenges it."
        )
    elif st.button("Show in the room", key="to the room"):
        session.set_address(view="room")
        st.rerun()
    for one in listed:
        _draw_row(one)
    if writes:
        draw_put_up(place, is_first=not listed)


def _draw_row(one: ReadHypothesis) -> None:
    hypothesis = one.hypothesis
    with st.container(border=True, gap="small"):
        changed = (
            f" {one.changed} changed since they were linked." if one.changed else ""
        )
        notices.draw(
            f"{notices.LINKS_TO_THINGS}"
            '<p style="margin:0;overflow-wrap:anywhere;line-height:1.5">'
            f"<strong>{hypothesis.label}</strong> "
            f"<bdi>{as_html(hypothesis.statement)}</bdi></p>"
            f'<p class="wb-small">{as_html(standing_in_words(hypothesis))} '
            f"{as_html(for_and_against(one) + changed)}</p>"
        )
        session.link_to(
            "hypotheses", f"Open {hypothesis.label}", hypothesis=hypothesis.id
        )
