"""Merging a code into another: what it will touch is said before it is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from coding.codebook import Code
from workbench import notices, session
from workbench.actions.codebook.changes import merge_in_words
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted


def draw_merge(
    place: Place,
    code: Code,
    others: Sequence[Code],
    on_leave: Callable[[], None],
    *,
    into_id: str = "",
) -> None:
    """Draw the choice of the code that stays, what will happen, and the button."""
    st.header(f"Merge {as_label(code.name)}", anchor=False)
    names = {one.id: one.name for one in others}
    ids = list(names)
    chosen = st.selectbox(
        "Into the code that stays",
        ids,
        index=ids.index(into_id) if into_id in names else None,
        format_func=lambda one: names.get(one, ""),
        placeholder="Choose a code",
        key=f"merge into {code.id}",
    )
    with notices.problems_shown_above():
        if chosen:
            touch = place.store.code_changes.foresee_merge(
                code.id, chosen, reader_id=place.person.id
            )
            notices.draw(f"<p>{as_html(merge_in_words(touch))}</p>")
            carry = False
            if code.cues or code.examples:
                carry = st.checkbox(
                    f"Carry over its {counted(len(code.cues), 'cue')} and "
                    f"{counted(len(code.examples), 'example')}",
                    value=True,
                    key=f"merge words {code.id}",
                )
            reason = st.text_input("Why (may stay empty)", key=f"merge why {code.id}")
            if st.button("Merge them", type="primary", key=f"do merge {code.id}"):
                place.store.code_changes.merge(
                    place.person.id, code.id, chosen, carry_words=carry, reason=reason
                )
                notices.saved(f"{code.name} was merged into {names[chosen]}.")
                session.set_address(code=chosen)
                on_leave()
    if st.button("Cancel", key="leave merge"):
        on_leave()
