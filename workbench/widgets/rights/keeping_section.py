"""How long material is kept, and what is due, with the way to erase it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from data.people_rights.keeping import Due, KeepingRule
from data.people_rights.withdrawal import Kind
from data.rights import Right, roles_in_words
from workbench import notices, session
from workbench.actions.rights import keeping
from workbench.session import Place
from workbench.widgets.untrusted import as_html

_SAVED = "keeping"
_SHOWN = 50
_UNTIL, _AFTER, _NONE = "Until a day", "Years after closing", "No end"


def draw(place: Place) -> None:
    """Draw the rules that hold, the form for another, and what is due."""
    sources = {one.id: one.label for one in place.store.withdrawals.named(Kind.SOURCE)}
    notices.draw(
        '<p class="wb-lead">Say how long things are kept. Nothing is deleted by '
        "itself: what is due is listed, and a study lead erases it.</p>"
    )
    notices.show_saved(_SAVED)
    rules = place.store.keeping.rules()
    if rules:
        lines = "".join(
            f"<li>{as_html(keeping.about_in_words(one, sources))}: "
            f"{as_html(one.in_words)} <span class='wb-small'>(set by "
            f"{as_html(one.set_by)})</span></li>"
            for one in rules
        )
        notices.draw(f"<ul>{lines}</ul>")
    else:
        notices.draw("<p>No rule is set yet.</p>")
    if not session.may(Right.ERASE):
        st.caption(f"Setting rules and erasing is for: {roles_in_words(Right.ERASE)}.")
        return
    _draw_form(place, sources)
    _draw_due(keeping.due_now(place.store, place.person, date.today()))


def _draw_form(place: Place, sources: dict[str, str]) -> None:
    with st.expander("Set how long something is kept"), notices.problems_shown_above():
        choices = keeping.kept_choices(place.store)
        about = st.selectbox(
            "What",
            choices,
            format_func=lambda one: keeping.about_in_words(one, sources),
            key="keeping about",
        )
        how = st.radio(
            "How long", (_UNTIL, _AFTER, _NONE), horizontal=True, key="keeping how"
        )
        until: date | None = None
        years: int | None = None
        if how == _UNTIL:
            until = st.date_input(
                "Keep until", value=None, format="DD/MM/YYYY", key="keeping until"
            )
        elif how == _AFTER:
            years = st.number_input(
                "Years after closing",
                min_value=0,
                max_value=100,
                value=7,
                help="A case closes on the day its file does; an interview counts from "
                "the day it was held.",
                key="keeping years",
            )
        if st.button("Set this", type="primary", key="set keeping") and about:
            _set(place, about, how, until, years)


def _set(
    place: Place, about: KeepingRule, how: str, until: date | None, years: int | None
) -> None:
    if how == _UNTIL and until is None:
        notices.caution("Choose the day until which it is kept. Nothing was saved.")
        return
    rule = replace(
        about, keep_until=until.isoformat() if until else "", years_after=years
    )
    keeping.set_rule(place.store, place.person, rule)
    notices.saved("The rule was set.", beside=_SAVED)
    st.rerun()


def _draw_due(due: list[Due]) -> None:
    st.header("Due", anchor=False)
    if not due:
        notices.draw("<p>Nothing is due within a month.</p>")
        return
    notices.draw(f"<p>{as_html(keeping.due_in_words(due))}</p>")
    for one in due[:_SHOWN]:
        state = "Overdue" if one.is_overdue else "Due within a month"
        with st.container(horizontal=True, vertical_alignment="center"):
            notices.draw(
                f"<p>{as_html(one.about.in_words)}, kept {as_html(one.rule.in_words)}. "
                f"<strong>{state}.</strong></p>"
            )
            if st.button("Look at it", key=f"due {one.about.id}"):
                session.go_to("people", part="Sources and cases", about=one.about.id)
    if len(due) > _SHOWN:
        st.caption(f"The first {_SHOWN} of {len(due):,} are shown.")
