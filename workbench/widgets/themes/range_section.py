"""Quotations of a theme chosen for range, why each was chosen, and another for one."""

from __future__ import annotations

import streamlit as st

from coding.theme_summaries.quotation_range import PlaceKey
from workbench import session
from workbench.actions.themes import summary_words
from workbench.actions.themes.quoted_places import (
    chosen_for_range,
    next_in_place_of,
)
from workbench.actions.themes.theme_summary import ThemeRead
from workbench.session import Place
from workbench.widgets.themes.contrary_section import draw_with_contrary
from workbench.widgets.themes.theme_style import draw_prose
from workbench.widgets.untrusted import as_label
from workbench.wording import counted


def kept_quotations(read: ThemeRead) -> list[PlaceKey]:
    """The quotations a person's swaps left standing, in order; none before a swap."""
    return [_as_key(one) for one in session.recall(_kept(read), [])]


def draw_range(place: Place, read: ThemeRead) -> None:
    """Draw the quotations, each with its reason and a button for another one."""
    st.header("In their words", anchor=False)
    quoted = chosen_for_range(place.store, read, kept=kept_quotations(read))
    left_out = summary_words.not_quotable_in_words(read)
    if left_out:
        draw_prose(left_out)
    if not quoted:
        st.write("Nothing that may be quoted yet.")
        return
    draw_prose(
        f"{counted(len(quoted), 'quotation')} chosen for range over people, waves, "
        "roles and localities; nobody comes twice before everybody came once."
    )
    now = [one.place.key for one in quoted]
    for at, one in enumerate(quoted):
        with st.container(border=True, gap="small"):
            draw_with_contrary(place, read, one, where=f"range {at}")
            st.caption(as_label(one.because))
            st.button(
                "Another instead",
                key=f"another {read.code.id} {at}",
                on_click=_swap,
                args=(read, now, at),
                help="Shows the next that adds most to the others shown here.",
            )
    if session.recall(_kept(read)) and st.button(
        "Choose anew", key=f"choose anew {read.code.id}", type="tertiary"
    ):
        session.forget(_kept(read))
        session.forget(_aside(read))
        st.rerun()


def _swap(read: ThemeRead, now: list[PlaceKey], at: int) -> None:
    aside = [_as_key(one) for one in session.recall(_aside(read), [])]
    shown, passed = next_in_place_of(read, now, at, aside)
    session.remember(_kept(read), [list(one) for one in shown])
    session.remember(_aside(read), [list(one) for one in passed])


def _as_key(kept: list[str | int]) -> PlaceKey:
    source, start, end = kept
    return str(source), int(start), int(end)


def _kept(read: ThemeRead) -> str:
    return f"range kept {read.code.id}"


def _aside(read: ThemeRead) -> str:
    return f"range aside {read.code.id}"
