"""The memos about one thing or leading to it, beside it: read them and write one."""

from __future__ import annotations

import streamlit as st

from data.storage.memos.memo_records import MemoQuery, NewMemo, Thing
from workbench import notices, session
from workbench.actions.memos import memos
from workbench.session import Place
from workbench.widgets.memos.memo_card import memo_markup

_SHOWN = 5


def memos_about(place: Place, kind: str, about_id: str) -> None:
    """Draw "Memos (2)", folded: the newest of them, the way to all, and a new one."""
    about = Thing(kind, about_id)
    found, total = place.store.memo_reading.find(
        MemoQuery(about=about), reader_id=place.person.id, most=_SHOWN
    )
    beside = f"memos {kind} {about_id}"
    with st.expander(f"Memos ({total})", key=beside):
        notices.show_saved(beside)
        for one in found:
            # One that only leads here is about something else, and says so.
            notices.draw(memo_markup(one, with_about=one.about.thing.id != about_id))
        if total:
            words = f"All {total} on the page Memos" if total > 1 else "Links and more"
            session.link_to("memos", words, kind=kind, about=about_id)
        # Emptied by the next number once it is saved: what was refused stays.
        number = session.recall(f"next {beside}", 0)
        with st.form(f"new {beside} {number}", border=False):
            text = st.text_area(
                "Write a memo", key=f"text {beside} {number}", height=100
            )
            if not st.form_submit_button("Save memo"):
                return
        with notices.problems_shown():
            memos.save_memo(place.store, place.person, about, None, NewMemo(text))
            session.remember(f"next {beside}", number + 1)
            notices.saved("The memo was saved.", beside=beside)
            st.rerun()
