"""The list of names: what each becomes, where it stands, and names added by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import streamlit as st

from coding.pseudonyms.names import NameKind
from coding.pseudonyms.proposals import Review, SourcesRead
from data.pseudonyms.key import KeyName, PseudonymKey
from workbench import notices, session
from workbench.actions.pseudonyms import name_list, reviewing
from workbench.session import Place
from workbench.wording import counted

_ROUND = "names added round"
_MOST = 500


def draw(
    place: Place, read: SourcesRead | None, found: Review | None, key: PseudonymKey
) -> None:
    """Draw the list, one chosen name with its mentions, and the form that adds."""
    st.subheader("The list", anchor=False)
    if key.names:
        people = {one.id: one.name for one in place.store.study.people()}
        st.dataframe(
            pd.DataFrame(
                {
                    "Name": [one.listed.name for one in key.names],
                    "Pseudonym": [one.listed.pseudonym for one in key.names],
                    "Kind": [one.listed.kind.in_words for one in key.names],
                    "Nicknames": [", ".join(one.listed.nicknames) for one in key.names],
                    "Mentions": [
                        len(found.mentions_of(one.listed.id)) if found else None
                        for one in key.names
                    ],
                    "Confirmed by": [people.get(o.confirmed_by, "") for o in key.names],
                    "Why": [one.came_from for one in key.names],
                }
            ),
            hide_index=True,
            key="names listed",
        )
        _draw_one(place, read, found, key)
    else:
        st.write("Nothing is listed yet.")
    _draw_adding(place)


def _draw_one(
    place: Place, read: SourcesRead | None, found: Review | None, key: PseudonymKey
) -> None:
    names = {one.listed.id: one for one in key.names}
    with st.expander("Change a name, or leave mentions out"):
        chosen = st.selectbox(
            "Name",
            list(names),
            format_func=lambda one: names[one].listed.name,
            key="name chosen",
            width=420,
        )
        if chosen is None:
            return
        with notices.problems_shown():
            _draw_form(place, names[chosen])
            if read is not None and found is not None:
                _draw_mentions(place, read, found, chosen)


def _draw_form(place: Place, one: KeyName) -> None:
    listed = one.listed
    with st.form(f"name {listed.id}", border=False):
        with st.container(horizontal=True):
            pseudonym = st.text_input("Pseudonym", listed.pseudonym, width=260)
            nicknames = st.text_input(
                "Nicknames, with commas", ", ".join(listed.nicknames), width=320
            )
        with st.container(horizontal=True):
            saves = st.form_submit_button("Save")
            leaves = st.form_submit_button("Take off the list")
    if saves:
        parts = tuple(part.strip() for part in nicknames.split(","))
        changed = replace(listed, pseudonym=pseudonym, nicknames=parts)
        reviewing.confirm(place.store, place.person, changed, came_from=one.came_from)
        notices.saved("Saved.")
        st.rerun()
    if leaves:
        reviewing.take_off(place.store, place.person, listed.id)
        notices.saved("Taken off the list. Undo with Z.")
        st.rerun()


def _draw_mentions(place: Place, read: SourcesRead, found: Review, chosen: str) -> None:
    mentions = reviewing.mentions_in_context(read, found, chosen, _MOST)
    if not mentions:
        st.write("No mention of it stands in the sources.")
        return
    picked = st.dataframe(
        pd.DataFrame(
            {
                "Before": [one.before for one in mentions],
                "Words": [one.words for one in mentions],
                "After": [one.after for one in mentions],
                "Source": [one.source for one in mentions],
                "How": [one.how for one in mentions],
            }
        ),
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        key=f"mentions {chosen} {len(mentions)}",
    )
    rows = picked["selection"]["rows"]
    if st.button(
        f"Leave {counted(len(rows), 'mention')} out" if rows else "Leave mentions out",
        key="leave out",
        disabled=not rows,
        help="Where nobody is meant, as in: I will. Choose rows first.",
    ):
        reviewing.leave_out(
            place.store, place.person, read, [mentions[n] for n in rows]
        )
        notices.saved(f"{counted(len(rows), 'mention')} left out. Undo with Z.")
        st.rerun()


def _draw_adding(place: Place) -> None:
    with st.expander("Add names by hand"), notices.problems_shown():
        number = session.recall(_ROUND, 0)
        with st.form(f"add names {number}", border=False):
            lines = st.text_area(
                "Names, one a line",
                placeholder="Name\nName, Nickname\nName, Nickname = Pseudonym",
                height=120,
            )
            kind = st.selectbox(
                "Kind", list(NameKind), format_func=lambda one: one.in_words, width=260
            )
            asked = st.form_submit_button("Add to the list")
        if asked and kind is not None:
            added = name_list.add_by_hand(place.store, place.person, lines, kind)
            session.remember(_ROUND, number + 1)
            notices.saved(f"{counted(len(added), 'name')} added to the list.")
            st.rerun()
