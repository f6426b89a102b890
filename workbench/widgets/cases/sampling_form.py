"""The form that records by hand how one contemporary case was chosen."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.sampling_records import StoredSampling
from workbench import notices, session
from workbench.actions.cases import sampling
from workbench.actions.cases.sampling import ChosenCases
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_quietly

_HAS_A_RECORD = (
    "This case has a record, which stands below. What you save takes its place; the "
    "earlier one stays on file as history."
)


def show(place: Place, chosen: ChosenCases) -> None:
    """Draw the form for one case and save its record when asked."""
    turn = session.recall("sampling turn", 0)
    cases = chosen.sampling.contemporary
    # The list stays as it is while somebody writes, whatever others record meanwhile.
    case_id = st.selectbox(
        "Case",
        cases,
        index=cases.index(next(iter(chosen.sampling.without_record), cases[0])),
        key=f"sampling case {turn}",
        width=420,
    )
    seen = _seen(chosen, case_id)
    draw_quietly(_HAS_A_RECORD if seen else "This case has no record yet.")
    problems = st.container()
    about = f"{case_id} {turn}"
    with st.form(f"sampling of {about}", border=False):
        drawn_on, drawn_by = _ask_when_and_who(place, seen, about)
        drawn_from = st.text_input(
            "From which list",
            seen.record.drawn_from if seen else "",
            key=f"drawn from {about}",
            placeholder="41 referrals accepted in June 2024, Copperhithe",
        )
        rule = st.text_input(
            "By which rule",
            seen.record.rule if seen else "",
            key=f"rule {about}",
            placeholder="every 7th from a random start",
            help="Where nobody drew it but somebody chose it, write: picked by hand, "
            "and why. It is then counted apart.",
        )
        replaced = st.text_area(
            "Cases passed over, each with the reason",
            seen.record.replaced if seen else "",
            key=f"replaced {about}",
            placeholder="Empty where none was passed over",
            help="Put | between several.",
            height=80,
        )
        note = st.text_input(
            "Note", seen.record.note if seen else "", key=f"sampling note {about}"
        )
        asked = st.form_submit_button(
            "Save this record", type="primary", key=f"save sampling {about}"
        )
    if not asked:
        return
    with problems, notices.problems_shown():
        # Whatever comes of it, the next attempt is made knowing what now stands.
        session.forget(f"sampling seen {case_id}")
        saved = sampling.write_record(
            place.store,
            place.person,
            case_id,
            drawn_on=drawn_on,
            drawn_by=drawn_by,
            drawn_from=drawn_from,
            rule=rule,
            replaced=replaced,
            note=note,
            seen_id=seen.id if seen else "",
        )
        notices.saved(sampling.saved_in_words(saved), beside="sampling")
        session.remember("sampling turn", turn + 1)
        st.rerun()


def _seen(chosen: ChosenCases, case_id: str) -> StoredSampling | None:
    """The record that stood when the person began to write, or nothing.

    Kept from run to run, so that a record somebody else adds meanwhile is noticed.
    """
    key = f"sampling seen {case_id}"
    if session.recall(key) is None:
        session.remember(key, chosen.standing_id(case_id))
    return chosen.find(session.recall(key))


def _ask_when_and_who(
    place: Place, seen: StoredSampling | None, about: str
) -> tuple[date | None, str]:
    day = seen.record.drawn_on if seen else ""
    left, right = st.columns([1, 2])
    drawn_on = left.date_input(
        "Drawn on",
        date.fromisoformat(day) if day else None,
        format="DD/MM/YYYY",
        key=f"drawn on {about}",
    )
    drawn_by = right.text_input(
        "Drawn by",
        seen.record.drawn_by if seen else place.person.name,
        key=f"drawn by {about}",
    )
    return drawn_on, drawn_by
