"""Which memos are listed: words, what they are about, author, wave, source, code."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from data.storage.memos.memo_records import MemoQuery, Thing
from workbench import session
from workbench.actions.memos import memos
from workbench.session import Place
from workbench.widgets.untrusted import as_label

_ANY = ""


def draw_filters(place: Place) -> MemoQuery:
    """Draw the filters; what the person wants to see."""
    store, person = place.store, place.person
    about = _about_in_address(place)
    words = st.text_input(
        "Find words", key="find memos", placeholder="All of these words"
    )
    with st.expander("Filter"):
        left, middle, right = st.columns(3)
        with left:
            kind = _choose(
                "About", {one: memos.kind_in_words(one) for one in memos.IN_WORDS}
            )
            author = _choose("By", store.memo_reading.authors(reader_id=person.id))
        with middle:
            wave = _choose("Wave", {one.name: one.name for one in store.study.waves()})
            sources = {one.id: one.name for one in store.sources.summaries()}
            source = _choose("Transcript or other source", sources)
        with right:
            codes = {one.id: one.name for one in store.codebook.codebook().codes}
            code = _choose("Code", codes)
    return MemoQuery(words, kind, author, wave, source, code, about)


def _about_in_address(place: Place) -> Thing | None:
    kind, about_id = session.address("kind"), session.address("about")
    if not kind or not about_id:
        return None
    thing = Thing(kind, about_id)
    told = place.store.memo_reading.tell(thing, reader_id=place.person.id)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.write(f"About: **{as_label(memos.thing_in_words(told))}**")
        if st.button("Show all memos", key="all memos"):
            session.set_address(kind="", about="")
            st.rerun()
    return thing


def _choose(label: str, names: Mapping[str, str]) -> str:
    chosen = st.selectbox(
        label,
        [_ANY, *names],
        format_func=lambda one: names.get(one, "Any"),
        key=f"memos filter {label}",
    )
    return chosen or _ANY
