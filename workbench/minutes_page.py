"""Minutes: the record of debriefs and learning circles, written and then closed."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.rights import Right
from data.storage.debriefs.debrief_records import Debrief
from workbench import notices, session
from workbench.actions.debriefs.minutes import meeting_in_words, state_in_words
from workbench.widgets.debriefs.meeting_form import draw_begin
from workbench.widgets.debriefs.minutes_shown import draw_minutes
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_LEAD = (
    "What a debrief or a learning circle took away. Closed minutes are not changed: "
    "what comes later is added with its date."
)


def show() -> None:
    """Draw the list of meetings, or one of them opened."""
    place = session.place()
    notices.page_head("Minutes", _LEAD)
    opened = place.store.debriefs.debrief(session.address("debrief"))
    if opened is not None:
        if st.button("All minutes", key="all minutes", type="tertiary"):
            session.set_address(debrief="")
            st.rerun()
        draw_minutes(place, opened)
        return
    listed = place.store.debriefs.debriefs()
    if not listed:
        notices.empty(
            "No minutes yet. Begin them when the team meets after a wave of interviews."
        )
    for one in listed:
        _draw_row(one)
    if session.may(Right.WRITE_FINDINGS):
        draw_begin(place, is_first=not listed, today=date.today())


def _draw_row(one: Debrief) -> None:
    held = []
    if one.discussed:
        held.append(counted(len(one.discussed), "hypothesis", "hypotheses"))
    if one.dissents:
        held.append(counted(len(one.dissents), "dissent"))
    if one.actions:
        waiting = sum(action.is_open for action in one.actions)
        held.append(f"{counted(len(one.actions), 'action')}, {waiting} open")
    with st.container(border=True, gap="small"):
        notices.draw(
            f'{notices.LINKS_TO_THINGS}<p style="margin:0"><strong>'
            f"{as_html(meeting_in_words(one))}</strong></p>"
            f'<p class="wb-small">{as_html(". ".join([state_in_words(one), *held]))}.'
            "</p>"
        )
        session.link_to(
            "minutes", f"Open {one.form.value} {one.number}", debrief=one.id
        )
