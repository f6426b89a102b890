"""Coding with and without suggestions: the draw, and what it can say."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from data.storage.suggesting.draw_records import SuggestionDraw
from workbench import notices, session
from workbench.actions.suggesting import drawing
from workbench.session import Place
from workbench.widgets.coders.coder_style import draw_coders, draw_table
from workbench.widgets.untrusted import as_html


def draw_draws(place: Place) -> None:
    """Draw what can be said, the draws there are, and the form for another."""
    notices.show_saved("draw")
    compared = drawing.compare_ways(place.store, place.person)
    if compared:
        said = "".join(f"<p>{as_html(one.in_words)}</p>" for one in compared)
        draw_coders(said)
        draw_table(drawing.ways_table(compared))
        with st.expander("How this is worked out"):
            points = "".join(f"<li>{as_html(one)}</li>" for one in drawing.HOW)
            draw_coders(f'<ul style="max-width:46rem">{points}</ul>')
    else:
        draw_coders(f"<p>{as_html(drawing.NO_DRAW)}</p>")
    for draw in place.store.draws.draws():
        _draw_one(place, draw)
    if session.may(Right.ASSIGN_CODERS):
        _draw_form(place)


def _draw_one(place: Place, draw: SuggestionDraw) -> None:
    state = "under way" if draw.is_under_way else "ended"
    st.header(f"Draw of {draw.drawn_at:%d/%m/%Y}, {state}", anchor=False)
    draw_coders(f"<p>{as_html(drawing.drawn_in_words(draw))}</p>")
    for one in draw.sources:
        how = "with suggestions" if one.with_suggestions else "without"
        session.link_to("code", f"{one.name}: {how}", source=one.source_id)
    if draw.is_under_way and session.may(Right.ASSIGN_CODERS):
        with st.form(f"end draw {draw.id}", border=False):
            reason = st.text_input("Why the draw ends", key=f"why end {draw.id}")
            if st.form_submit_button("End the draw and show all suggestions"):
                place.store.draws.end(place.person.id, draw.id, reason)
                notices.saved(
                    "The draw has ended. Suggestions are shown again.", beside="draw"
                )
                st.rerun()


def _draw_form(place: Place) -> None:
    free = dict(place.store.draws.may_be_drawn())
    st.header("Draw transcripts", anchor=False)
    if len(free) < 2:
        st.write(
            "A draw needs two transcripts that nobody has begun to code. There are "
            f"{len(free)}."
        )
        return
    st.write(
        "Chance decides which of them are coded with suggestions. Until the draw ends "
        "nobody sees suggestions in the others."
    )
    with st.form("draw transcripts", border=False):
        chosen = st.multiselect(
            "Transcripts nobody has begun",
            list(free),
            default=list(free),
            format_func=lambda one: free.get(one, ""),
            key="to draw",
        )
        if st.form_submit_button("Draw", type="primary"):
            draw = drawing.draw_transcripts(place.store, place.person, chosen)
            notices.saved(drawing.drawn_in_words(draw), beside="draw")
            st.rerun()
