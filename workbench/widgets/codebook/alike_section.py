"""Codes worth a look: those that may be one, and colours that are shared."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from workbench import notices, session
from workbench.actions.codebook import alike
from workbench.actions.codebook.codebooks import ListedCode
from workbench.session import Place
from workbench.widgets.codebook.code_details import worth_a_look
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_SHOWN = 40
_LONGEST_NAME = 80


def draw_alike(
    place: Place, may_edit: bool, on_merge: Callable[[str, str], None]
) -> None:
    """Draw pairs of codes that may be one, each with *Merge* and *They differ*."""
    found = alike.codes_that_may_be_one(place.store)
    st.header("Codes that may be one", anchor=False)
    if not found:
        st.write("No two codes are much alike in name or meaning.")
    for pair in found[:_SHOWN]:
        words, merge, differ = st.columns([6, 2, 2], vertical_alignment="center")
        with words:
            notices.draw(
                f'<p style="margin:0;overflow-wrap:anywhere">{as_html(pair.in_words)}'
                "</p>"
            )
        if not may_edit:
            continue
        key = f"{pair.first.id} {pair.second.id}"
        if merge.button("Merge", key=f"alike merge {key}"):
            on_merge(pair.second.id, pair.first.id)
        if differ.button("They differ", key=f"alike differ {key}"):
            place.store.codebook_decisions.tell_apart(
                place.person.id, pair.first.id, pair.second.id
            )
            notices.saved(
                f"{pair.first.name} and {pair.second.name} will not be shown again."
            )
            st.rerun()
    if len(found) > _SHOWN:
        st.write(f"The first {_SHOWN} of {counted(len(found), 'pair')} are shown.")
    st.header("Colours", anchor=False)
    shared = alike.colours_shared(place.store.codebook.codebook())
    if not shared:
        st.write(
            "Headings have colours that differ, and codes have that of their heading."
        )
    for one in shared:
        notices.draw(
            f'<p style="margin:0;overflow-wrap:anywhere">{as_html(one.in_words)}. '
            "Change one of them on its page.</p>"
        )


def draw_seldom_used(listed: Sequence[ListedCode]) -> None:
    """Draw the codes used once, by one person or not at all, with the way to each."""
    st.header("Seldom used", anchor=False)
    found = [(one, worth_a_look(one) or _not_used(one)) for one in listed]
    found = [(one, why) for one, why in found if why]
    if not found:
        st.write("Every code is used more than once, by more than one person.")
    for one, why in found[:_SHOWN]:
        name = one.code.name
        short = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]} ..."
        session.link_to("codebook", f"{short}: {why}", code=one.code.id)
    if len(found) > _SHOWN:
        st.write(f"The first {_SHOWN} of {counted(len(found), 'code')} are shown.")


def _not_used(one: ListedCode) -> str:
    is_idle = not (one.use.passages or one.is_heading or one.is_retired)
    return "not used yet" if is_idle else ""
