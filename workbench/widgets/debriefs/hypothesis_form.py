"""Putting a hypothesis up, moving it by a step, and recording a search against it."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.problems import DataProblem, DataRefused
from data.storage.debriefs.hypothesis_records import (
    STEPS,
    Hypothesis,
    HypothesisStatus,
    NewStep,
)
from workbench import notices, session
from workbench.actions.debriefs.minutes import meeting_in_words
from workbench.session import Place

_ROUND = "hypothesis round"


def draw_put_up(place: Place, *, debrief_id: str = "", is_first: bool = False) -> None:
    """Draw the form of a new hypothesis; in a debrief it comes on its table."""
    at = session.recall(_ROUND, 0)
    with (
        st.expander("Put up a hypothesis", expanded=is_first),
        st.form(f"put up {debrief_id} {at}", border=False),
        notices.problems_shown_above(),
    ):
        statement = st.text_area(
            "Hypothesis",
            key=f"statement {debrief_id} {at}",
            height=80,
            help="One sentence that could turn out to be wrong.",
        )
        reason = st.text_area(
            "What made you think so", key=f"reason {debrief_id} {at}", height=80
        )
        if st.form_submit_button(
            "Put it up", type="secondary" if debrief_id else "primary"
        ):
            new = place.store.hypotheses.put_up(
                place.person.id, statement, reason, debrief_id=debrief_id
            )
            notices.saved(f"Put up as {new.label}.")
            session.remember(_ROUND, at + 1)
            if not debrief_id:
                session.set_address(hypothesis=new.id)
            st.rerun()


def draw_step(place: Place, hypothesis: Hypothesis, *, debrief_id: str = "") -> None:
    """Draw the form of a step: how it stands now, why, and its new wording."""
    key = f"{hypothesis.id} {hypothesis.version} {debrief_id}"
    drafts = [
        one
        for one in place.store.debriefs.debriefs()
        if not one.is_closed and one.form == "debrief"
    ]
    with st.form(f"step {key}", border=False), notices.problems_shown_above():
        status = st.radio(
            f"How {hypothesis.label} stands now",
            STEPS,
            format_func=lambda one: one.in_words,
            key=f"step status {key}",
            index=None,
        )
        statement = st.text_area(
            "New wording, if it changed",
            hypothesis.statement,
            key=f"step wording {key}",
            height=80,
        )
        why = st.text_area("Why", key=f"step why {key}", height=80)
        names = {one.id: meeting_in_words(one) for one in drafts}
        chosen = debrief_id
        if not debrief_id and names:
            chosen = st.selectbox(
                "In which debrief",
                ["", *names],
                format_func=lambda one: names.get(one, "In none"),
                key=f"step debrief {key}",
            )
        if st.form_submit_button("Record this step"):
            _record(place, hypothesis, status, why, statement, chosen or "")


def _record(
    place: Place,
    hypothesis: Hypothesis,
    status: HypothesisStatus | None,
    why: str,
    statement: str,
    debrief_id: str,
) -> None:
    if status is None:
        raise DataRefused(
            [
                DataProblem(
                    "Nothing is chosen.",
                    f"How {hypothesis.label} stands now",
                    "Choose one of the four. Nothing was saved.",
                )
            ]
        )
    place.store.hypotheses.step(
        place.person.id, hypothesis, NewStep(status, why, statement, debrief_id)
    )
    notices.saved(f"{hypothesis.label} is {status.value} now; how it stood is kept.")
    st.rerun()


def draw_search(place: Place, hypothesis: Hypothesis) -> None:
    """Draw the form that says that somebody looked for the contrary in vain."""
    at = session.recall(_ROUND, 0)
    key = f"{hypothesis.id} {at}"
    with (
        st.expander("Record a search that found nothing"),
        st.form(f"search {key}", border=False),
        notices.problems_shown_above(),
    ):
        where = st.text_area(
            "Where you looked for what speaks against it",
            key=f"search where {key}",
            height=80,
            placeholder="for example: all parents of wave 2, code Being heard",
        )
        day = st.date_input(
            "On which day",
            date.today(),
            key=f"search day {key}",
            format="DD/MM/YYYY",
        )
        if st.form_submit_button("Looked for and not found"):
            place.store.hypotheses.record_search(
                place.person.id,
                hypothesis.id,
                where,
                day.isoformat() if isinstance(day, date) else "",
            )
            notices.saved("The search is kept beside the hypothesis.")
            session.remember(_ROUND, at + 1)
            st.rerun()
