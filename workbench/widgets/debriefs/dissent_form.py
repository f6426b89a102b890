"""Dissent in a debrief: everybody who took part writes their own, in their words."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from data.storage.debriefs.debrief_records import Attender, Debrief, Dissent
from workbench import notices, session
from workbench.session import Place
from workbench.widgets.debriefs.hypothesis_shown import dissent_markup
from workbench.widgets.untrusted import as_label

_ROUND = "dissent round"
_ABOUT_ELSE = "Something else in these minutes"


def draw_dissents(place: Place, debrief: Debrief, *, may_add: bool) -> None:
    """Draw dissent that is on no hypothesis, and where one's own is written."""
    others = debrief.dissents_on("")
    for one in others:
        notices.draw(dissent_markup(one))
    if not debrief.dissents:
        st.write("Nobody recorded a dissent.")
    elif not others:
        st.write("It stands with the hypotheses above.")
    if not debrief.is_closed:
        for one in debrief.dissents:
            owner = one.person_id or one.written_by_id
            if owner == place.person.id:
                _draw_own(place, one)
    if may_add:
        _draw_form(place, debrief)


def _draw_form(place: Place, debrief: Debrief) -> None:
    who = _who_may_be_written(place, debrief)
    if not who:
        return
    at = session.recall(_ROUND, 0)
    about = {"": _ABOUT_ELSE} | {
        one.hypothesis_id: f"{one.label} {one.statement}" for one in debrief.discussed
    }
    key = f"{debrief.id} {at}"
    label = (
        "Record a dissent, with today's date"
        if debrief.is_closed
        else ("Record a dissent")
    )
    with (
        st.expander(label, key=f"record dissent {debrief.id}"),
        st.form(f"dissent {key}", border=False),
        notices.problems_shown_above(),
    ):
        of = st.selectbox(
            "Whose",
            range(len(who)),
            format_func=lambda one: who[one].in_words,
            key=f"dissent of {key}",
        )
        on = st.selectbox(
            "About",
            list(about),
            index=1 if len(about) > 1 else 0,
            format_func=lambda one: about.get(one, ""),
            key=f"dissent about {key}",
        )
        what = st.text_area(
            "What you do not agree with", key=f"dissent what {key}", height=80
        )
        why = st.text_area("Why, in your own words", key=f"dissent why {key}")
        if st.form_submit_button("Record the dissent"):
            place.store.debriefs.contributions.dissent(
                place.person.id,
                debrief.id,
                what,
                why,
                hypothesis_id=on or "",
                of=who[of or 0],
            )
            notices.saved("The dissent is recorded as written.")
            session.remember(_ROUND, at + 1)
            st.rerun()


def _who_may_be_written(place: Place, debrief: Debrief) -> list[Attender]:
    """The person themself; for who writes findings, also those they write down for."""
    mine = [one for one in debrief.attended if one.person_id == place.person.id]
    if not session.may(Right.WRITE_FINDINGS):
        return mine
    return mine + [one for one in debrief.attended if one not in mine]


def _draw_own(place: Place, one: Dissent) -> None:
    key = f"{one.id} {one.version}"
    with (
        st.expander(f"Change the dissent of {as_label(one.name)}"),
        st.form(f"own dissent {key}", border=False),
        notices.problems_shown_above(),
    ):
        what = st.text_area("What", one.what, key=f"own what {key}", height=80)
        why = st.text_area("Why", one.why, key=f"own why {key}")
        with st.container(horizontal=True):
            if st.form_submit_button("Save the new words"):
                place.store.debriefs.contributions.change_dissent(
                    place.person.id, one, what, why
                )
                notices.saved("Saved; what it said before is kept.")
                st.rerun()
            if st.form_submit_button("Take it back"):
                place.store.debriefs.contributions.take_back_dissent(
                    place.person.id, one
                )
                notices.saved("The dissent was taken back.")
                st.rerun()
