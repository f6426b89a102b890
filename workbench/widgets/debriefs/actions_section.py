"""Actions of a debrief, and those carried over from meetings before it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.rights import Right
from data.storage.debriefs.debrief_records import Debrief, DebriefAction, NewAction
from workbench import notices, session
from workbench.actions.debriefs.minutes import (
    action_in_words,
    carried_in_words,
    may_mark_done,
)
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label

_ROUND = "action round"
_OTHER = "Somebody else"


def draw_actions(place: Place, debrief: Debrief, *, may_write: bool) -> None:
    """Draw what will be done, what was still open from before, and a form."""
    today = date.today()
    if not debrief.actions:
        st.write("None was agreed.")
    for one in debrief.actions:
        draw_action(place, one, action_in_words(one, today))
    if debrief.carried:
        st.subheader("Open from earlier meetings on that day", anchor=False)
        for one in debrief.carried:
            draw_action(place, one, carried_in_words(one, today))
    if may_write:
        _draw_form(place, debrief)


def draw_action(place: Place, one: DebriefAction, said: str) -> None:
    """Draw one action, and for who may the button that says it is done."""
    with st.container(horizontal=True, vertical_alignment="center"):
        notices.draw(
            '<p style="margin:0;max-width:40rem;overflow-wrap:anywhere">'
            f"<bdi>{as_html(one.what)}</bdi></p>"
            f'<p class="wb-small"><bdi>{as_html(said)}</bdi></p>'
        )
        writes = session.may(Right.WRITE_FINDINGS)
        if not may_mark_done(place.person, one, writes=writes):
            return
        done_on = date.today().isoformat() if one.is_open else ""
        label = "Done today" if one.is_open else "Not done after all"
        if st.button(label, key=f"done {one.id}"):
            with notices.problems_shown():
                place.store.debriefs.actions.mark_done(place.person.id, one, done_on)
                said = "Marked as done today." if one.is_open else "It is open again."
                notices.saved(said)
                st.rerun()


def _draw_form(place: Place, debrief: Debrief) -> None:
    at = session.recall(_ROUND, 0)
    people = {one.id: as_label(one.name) for one in place.store.study.people()}
    key = f"{debrief.id} {at}"
    with (
        st.expander("Add an action"),
        st.form(f"action {key}", border=False),
        notices.problems_shown_above(),
    ):
        what = st.text_input("What will be done", key=f"action what {key}")
        left, middle, right = st.columns(3)
        owner = left.selectbox(
            "Who does it",
            [*people, ""],
            format_func=lambda one: people.get(one, _OTHER),
            key=f"action owner {key}",
            index=None,
            placeholder="Choose a person",
        )
        name = middle.text_input("Name, if somebody else", key=f"action name {key}")
        due = right.date_input(
            "By when (may stay empty)",
            None,
            key=f"action due {key}",
            format="DD/MM/YYYY",
        )
        if st.form_submit_button("Add the action"):
            place.store.debriefs.actions.add(
                place.person.id,
                debrief.id,
                NewAction(
                    what,
                    owner or "",
                    name,
                    due.isoformat() if isinstance(due, date) else "",
                ),
            )
            notices.saved("The action was added.")
            session.remember(_ROUND, at + 1)
            st.rerun()
