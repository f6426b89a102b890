"""Which meeting it was: form, day, waves, people of the study and guests."""

from __future__ import annotations

from collections import Counter
from datetime import date

import streamlit as st

from data.storage.debriefs.debrief_records import (
    Attender,
    Debrief,
    DebriefForm,
    Meeting,
)
from workbench import notices, session
from workbench.session import Place
from workbench.widgets.untrusted import as_label
from workbench.wording import counted

_GUESTS = (
    "One on a line: name, role. A role alone is enough where somebody is not to be "
    "named."
)


def draw_begin(place: Place, *, is_first: bool, today: date) -> None:
    """Draw the form that begins the minutes of a meeting."""
    with st.expander("Begin minutes", expanded=is_first):
        form = st.segmented_control(
            "What kind of meeting",
            list(DebriefForm),
            default=DebriefForm.DEBRIEF,
            format_func=lambda one: one.in_words,
            key="meeting form",
        )
        with (
            st.form(f"begin {form}", border=False),
            notices.problems_shown_above(),
        ):
            meeting = _fields(place, form or DebriefForm.DEBRIEF, today, None)
            if st.form_submit_button("Begin the minutes", type="primary"):
                begun = place.store.debriefs.begin(place.person.id, meeting)
                notices.saved("The minutes are begun. They are a draft until closed.")
                session.set_address(debrief=begun)
                st.rerun()


def draw_change(place: Place, debrief: Debrief) -> None:
    """Draw the form that changes day, waves and people of a draft."""
    with (
        st.expander("Change the day, the waves or who took part"),
        st.form(f"meeting {debrief.id} {debrief.version}", border=False),
        notices.problems_shown_above(),
    ):
        held_on = date.fromisoformat(debrief.held_on)
        meeting = _fields(place, debrief.form, held_on, debrief)
        if st.form_submit_button("Save"):
            place.store.debriefs.change_meeting(place.person.id, debrief, meeting)
            notices.saved("Saved.")
            st.rerun()


def _fields(
    place: Place, form: DebriefForm, held_on: date, debrief: Debrief | None
) -> Meeting:
    key = f"{debrief.id} {debrief.version}" if debrief else form.value
    day = st.date_input(
        "Day of the meeting", held_on, key=f"held on {key}", format="DD/MM/YYYY"
    )
    waves = place.store.study.waves()
    names = {one.id: as_label(one.name) for one in waves}
    chosen_waves: list[str] = []
    if waves:
        heard = Counter(one.wave for one in place.store.sources.summaries())
        chosen_waves = st.multiselect(
            "Waves it is about",
            list(names),
            [one.id for one in debrief.waves] if debrief else [],
            format_func=lambda one: names.get(one, ""),
            key=f"waves {key}",
            help="; ".join(
                f"{as_label(one.name)}: {counted(heard[one.name], 'source')}"
                for one in waves
            ),
        )
    people = place.store.study.people()
    called = {one.id: f"{one.name}, {one.role.in_words.lower()}" for one in people}
    there = [one.person_id for one in debrief.attended] if debrief else []
    attended = st.multiselect(
        "People of the study who took part",
        list(called),
        [one for one in there if one in called],
        format_func=lambda one: called.get(one, ""),
        key=f"people {key}",
    )
    # Who has left the study since stands among the guests, by the name of then.
    others = (
        [one for one in debrief.attended if one.person_id not in called]
        if debrief
        else []
    )
    guests = st.text_area(
        "Guests",
        "\n".join(", ".join(filter(None, (one.name, one.role))) for one in others),
        key=f"guests {key}",
        height=80,
        help=_GUESTS,
    )
    return Meeting(
        form,
        day.isoformat() if isinstance(day, date) else "",
        tuple(chosen_waves),
        tuple(attended),
        tuple(_guest(line) for line in guests.splitlines() if line.strip()),
    )


def _guest(line: str) -> Attender:
    name, _, role = line.partition(",")
    return Attender(name.strip(), role.strip())
