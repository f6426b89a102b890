"""The decision log: writing a decision down, reading it, withdrawing it."""

from __future__ import annotations

import streamlit as st

from coding.codebook import Code
from data.codebook_records import CodebookDecision
from workbench import notices, session
from workbench.actions.codebook.decisions import cite, code_names
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label

_ROUND = "decision round"


def draw_decisions(place: Place, codes: list[Code], may_edit: bool) -> None:
    """Draw the form of a new decision and the log, newest first."""
    if may_edit:
        _draw_form(place, codes)
    found = place.store.codebook_decisions.decisions()
    if not found:
        st.write(
            "No decision was recorded yet. Write down what was settled about codes and "
            "why; the debrief cites it by its number."
        )
    names = code_names(place.store)
    for one in reversed(found):
        with st.container(border=True):
            _draw_decision(place, one, names, may_edit)


def _draw_form(place: Place, codes: list[Code]) -> None:
    names = {one.id: one.name for one in codes}
    # A form of its own each time: what was refused stays, what was kept goes.
    at = session.recall(_ROUND, 0)
    with st.form(f"decide {at}"), notices.problems_shown():
        words = st.text_area("What was decided", key=f"decision words {at}", height=80)
        reason = st.text_area("Why", key=f"decision reason {at}", height=80)
        about = st.multiselect(
            "Codes it is about",
            list(names),
            format_func=lambda one: names.get(one, ""),
            key=f"decision codes {at}",
        )
        if st.form_submit_button("Record this decision", type="primary"):
            number = place.store.codebook_decisions.decide(
                place.person.id, words, reason, about
            )
            notices.saved(f"Recorded as D{number}.")
            session.remember(_ROUND, at + 1)
            st.rerun()


def _draw_decision(
    place: Place, one: CodebookDecision, names: dict[str, str], may_edit: bool
) -> None:
    about = ", ".join(names.get(code_id, "a code") for code_id in one.code_ids)
    codes = f'<p class="wb-small">About: {as_html(about)}</p>' if about else ""
    notices.draw(
        f'<p style="margin:0;overflow-wrap:anywhere">{as_html(cite(one))}</p>{codes}'
    )
    if not may_edit or one.withdrawn_at is not None:
        return
    with st.expander(as_label(f"Withdraw {one.label}")), notices.problems_shown():
        why = st.text_input("Why it no longer holds", key=f"withdraw why {one.number}")
        if st.button(f"Withdraw {one.label}", key=f"withdraw {one.number}"):
            place.store.codebook_decisions.withdraw(place.person.id, one.number, why)
            notices.saved(f"{one.label} was withdrawn. It stays in the log.")
            st.rerun()
