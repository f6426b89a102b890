"""Open actions of debriefs on Home: the person's own first, then everybody's."""

from __future__ import annotations

from datetime import date

import streamlit as st

from workbench import session
from workbench.actions.debriefs.minutes import action_in_words, open_actions_for
from workbench.session import Place
from workbench.widgets.debriefs.actions_section import draw_action
from workbench.wording import counted

_SHOWN = 6


def draw_open_actions(place: Place) -> None:
    """Draw them, or nothing where none is open."""
    waiting = open_actions_for(place.store, place.person)
    if not waiting:
        return
    mine = sum(one.owner_id == place.person.id for one in waiting)
    st.header("Open actions from debriefs", anchor=False)
    st.write(f"{counted(len(waiting), 'action')} open, {mine or 'none'} of them yours.")
    for one in waiting[:_SHOWN]:
        draw_action(place, one, action_in_words(one, date.today()))
    if len(waiting) > _SHOWN:
        st.caption(f"And {len(waiting) - _SHOWN} more.")
    session.link_to("minutes", "All minutes")
