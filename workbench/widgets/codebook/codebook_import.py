"""Bringing codes into the codebook: from a file shown first, or those that ship."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from workbench import notices, session
from workbench.actions.codebook import codebooks
from workbench.session import Place
from workbench.widgets.untrusted import as_label
from workbench.wording import counted_codes

_ROUND = "codebook import round"


def draw(place: Place, *, on_leave: Callable[[str], None], is_first: bool) -> None:
    """Draw the import; ``on_leave`` is told what to do next, '' for the codebook."""
    st.write(
        "A .csv or .xlsx table with a row for each code and the columns name and "
        "definition; parent, include, exclude, cues, examples and near_miss may be "
        "there. Codes are known by their name; an empty cell leaves what is there."
    )
    uploaded = st.file_uploader(
        "Codebook file (.csv or .xlsx)",
        key=f"codebook file {session.recall(_ROUND, 0)}",
    )
    with notices.problems_shown():
        if uploaded is not None:
            entries, changes = codebooks.read_codebook_file(
                place.store, uploaded.name, uploaded.getvalue()
            )
            st.write(f"{codebooks.changes_in_words(changes)} Is that right?")
            for title, names in (("New", changes.new), ("Changed", changes.changed)):
                if names:
                    st.write(f"{title}: {as_label(', '.join(names))}")
            if st.button("Save these codes", type="primary", key="save codes"):
                done = codebooks.import_codebook(place.store, place.person, entries)
                notices.saved(f"Saved. {codebooks.changes_in_words(done)}")
                session.remember(_ROUND, session.recall(_ROUND, 0) + 1)
                on_leave("")
    if is_first:
        _draw_first_steps(place, on_leave)
    elif st.button("Cancel", key="leave codes import"):
        on_leave("")


def _draw_first_steps(place: Place, on_leave: Callable[[str], None]) -> None:
    first = codebooks.first_codebook()
    headings = len(codebooks.headings_of(first))
    begun = counted_codes(len(first) - headings, headings)
    st.header("Without a file", anchor=False)
    with st.container(horizontal=True), notices.problems_shown():
        if st.button(
            f"Begin with {begun} of restorative practice",
            key="first codebook",
            help="A codebook that ships with the workbench. Change it as you read.",
        ):
            done = codebooks.import_codebook(place.store, place.person, first)
            notices.saved(f"Saved. {codebooks.changes_in_words(done)}")
            on_leave("")
        if st.button("Write the first code", key="first code"):
            on_leave("add")
