"""What can be done to a code: each says what it will touch before it is done."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from coding.codebook import Code
from coding.codebook_changes.moving import Step
from coding.palette import PALETTE
from workbench import notices
from workbench.actions.codebook.changes import retire_in_words
from workbench.actions.codebook.codebooks import ListedCode
from workbench.session import Place
from workbench.widgets.untrusted import as_html

_STEPS = {
    Step.UP: "Up",
    Step.DOWN: "Down",
    Step.UNDER: "Under the one above",
    Step.OUT: "Out",
}


def draw_operations(
    place: Place, chosen: ListedCode, on_task: Callable[[str], None]
) -> None:
    """Draw the buttons; ``on_task`` is told which form is to fill the page."""
    code = chosen.code
    with st.container(horizontal=True), notices.problems_shown():
        if chosen.is_retired:
            if st.button("Bring back", key=f"bring back {code.id}"):
                place.store.codebook.bring_back(place.person.id, code.id, code.version)
                notices.saved("The code is in use again.")
                st.rerun()
            return
        if st.button("Change this code", key=f"edit {code.id}"):
            on_task(f"edit {code.id}")
        if st.button("Merge", key=f"merge {code.id}", help="Into another code"):
            on_task(f"merge {code.id}")
        if chosen.use.passages and st.button("Split", key=f"split {code.id}"):
            on_task(f"split {code.id}")
        with st.popover("Move"):
            _draw_steps(place, code)
        with st.popover("Colour"):
            _draw_colours(place, code)
        with st.popover("Retire"):
            _draw_retiring(place, code)


def _draw_steps(place: Place, code: Code) -> None:
    for step, words in _STEPS.items():
        if st.button(words, key=f"move {step.value} {code.id}", width="stretch"):
            place.store.code_changes.step(place.person.id, code.id, step)
            st.rerun()


def _draw_colours(place: Place, code: Code) -> None:
    in_use = place.store.codebook.codebook().codes
    heads: dict[str, int] = {}
    for one in in_use:
        if not one.parent_id and one.id != code.id:
            heads[one.colour] = heads.get(one.colour, 0) + 1
    rows = "".join(
        f'<li style="list-style:none"><span aria-hidden="true" style="display:'
        f"inline-block;width:14px;height:14px;border-radius:3px;margin-right:8px;"
        f'background:light-dark({one.ink_light}, {one.ink_dark})"></span>'
        f"{one.name}{_taken(heads.get(one.name, 0))}</li>"
        for one in PALETTE
    )
    notices.draw(f'<ul style="margin:0;padding:0">{rows}</ul>')
    names = [one.name for one in PALETTE]
    colour = st.selectbox(
        "Colour",
        names,
        index=names.index(code.colour) if code.colour in names else 0,
        key=f"colour {code.id}",
    )
    if st.button("Use this colour", key=f"use colour {code.id}"):
        place.store.codebook.recolour(
            place.person.id, code.id, code.version, colour or names[0]
        )
        notices.saved(f"{code.name} is {colour} now; codes under it keep to it.")
        st.rerun()


def _taken(heads: int) -> str:
    return f" (other codes at the top: {heads})" if heads else ""


def _draw_retiring(place: Place, code: Code) -> None:
    touch = place.store.code_changes.use_of(code.id, reader_id=place.person.id)
    if touch.codes_under:
        st.write("Codes stand under it. Retire or move them first.")
        return
    notices.draw(f"<p>{as_html(retire_in_words(touch))} It can be brought back.</p>")
    reason = st.text_input("Why (may stay empty)", key=f"retire why {code.id}")
    if st.button("Retire this code", key=f"retire {code.id}"):
        place.store.codebook.retire(
            place.person.id, code.id, code.version, reason=reason
        )
        notices.saved("The code was retired. It stands at the end of the list.")
        st.rerun()
