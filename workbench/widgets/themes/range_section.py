"""Quotations of a theme chosen for range, why each was chosen, and another for one."""

from __future__ import annotations

import streamlit as st

from coding.theme_summaries.quotation_range import PlaceKey
from data.rights import Right
from workbench import notices, session
from workbench.actions.themes import summary_words
from workbench.actions.themes.chosen_range import (
    ThemeRange,
    choose_anew,
    read_range,
    swap,
)
from workbench.actions.themes.theme_summary import ThemeRead
from workbench.session import Place
from workbench.widgets.themes.contrary_section import draw_with_contrary
from workbench.widgets.themes.theme_style import draw_prose
from workbench.widgets.untrusted import as_label
from workbench.wording import counted


def draw_range(place: Place, read: ThemeRead) -> None:
    """Draw the quotations, each with its reason and a button for another one."""
    st.header("In their words", anchor=False)
    shown = read_range(place.store, read)
    quoted, writes = shown.quoted, session.may(Right.WRITE_FINDINGS)
    left_out = summary_words.not_quotable_in_words(read)
    if left_out:
        draw_prose(left_out)
    if not quoted:
        _draw_words(shown)
        st.write("Nothing that may be quoted yet.")
        return
    draw_prose(
        f"{counted(len(quoted), 'quotation')} chosen for range over people, waves, "
        "roles and localities; nobody comes twice before everybody came once."
    )
    _draw_words(shown)
    now = [one.place.key for one in quoted]
    place.store.others_read.note_passages(place.person.id, now)
    for at, one in enumerate(quoted):
        with st.container(border=True, gap="small"):
            draw_with_contrary(place, read, one, where=f"range {at}")
            st.caption(as_label(one.because))
            if writes:
                _draw_another(place, read, now, at)
    if not (writes and shown.is_chosen):
        return
    with notices.problems_shown_above():
        if st.button(
            "Choose anew",
            key=f"choose anew {read.code.id}",
            type="tertiary",
            help="Takes back what people chose; the rule chooses all of them again.",
        ):
            choose_anew(place.store, place.person.id, read)
            session.forget(_aside(read))
            st.rerun()


def _draw_words(shown: ThemeRange) -> None:
    for one in shown.words:
        draw_prose(one)


def _draw_another(place: Place, read: ThemeRead, now: list[PlaceKey], at: int) -> None:
    with notices.problems_shown_above():
        if st.button(
            "Another instead",
            key=f"another {read.code.id} {at}",
            help="Shows the next that adds most to the others, for everybody in the "
            "study and in the files.",
        ):
            aside = [_as_key(one) for one in session.recall(_aside(read), [])]
            passed = swap(place.store, place.person.id, read, now, at, aside)
            session.remember(_aside(read), [list(one) for one in passed])
            st.rerun()


def _as_key(kept: list[str | int]) -> PlaceKey:
    source, start, end = kept
    return str(source), int(start), int(end)


def _aside(read: ThemeRead) -> str:
    return f"range aside {read.code.id}"
