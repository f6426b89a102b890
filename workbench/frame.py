"""What stands around every page: who is here, and the foot of the side bar."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from coding.study import Role
from data.problems import DataRefused
from data.storage.database import without_password
from workbench import notices, preferences, session
from workbench.actions import studies
from workbench.widgets.untrusted import as_html, as_label

_TRUST = (
    "This copy trusts whoever sits at this computer: there is no password. Everything "
    "you do is kept under the name you choose."
)


def ask_who_is_here() -> bool:
    """Whether somebody still has to say who they are; asks them if so."""
    try:
        if session.person() is not None:
            return False
        people = session.store().study.people()
    except DataRefused as refusal:
        notices.page_head("This study cannot be opened", internal=False)
        notices.show_problems(refusal)
        st.caption(as_label(without_password(session.study())))
        return True
    study = session.store().study.read()
    notices.page_head("Who are you?", _TRUST, internal=False)
    notices.draw(f'<p style="font-weight:600;margin:0">{as_html(study.name)}</p>')
    if not people:
        _ask_first_person()
        return True
    last = preferences.last_person(session.study())
    for person in sorted(people, key=lambda one: one.id != last):
        words = f"{as_label(person.name)} · {person.role.in_words}"
        if st.button(
            words,
            key=f"i am {person.id}",
            type="primary" if person.id == last else "secondary",
            width=420,
        ):
            session.choose_person(person.id)
            st.rerun()
    st.caption("Not listed? A study lead can add you under Study and people.")
    _offer_another_study()
    return True


def _offer_another_study() -> None:
    if st.button("Another study", key="another study", type="tertiary"):
        session.open_study("")
        session.go_to("home")


def _ask_first_person() -> None:
    with st.form("first person"), notices.problems_shown():
        name = st.text_input("Your name", key="first name")
        st.caption("As the first person you lead the study and can add the others.")
        if st.form_submit_button("Start", type="primary"):
            person = studies.add_first_person(session.store(), name, Role.STUDY_LEAD)
            session.choose_person(person.id)
            st.rerun()


def draw_foot() -> None:
    """The side bar's foot: study, person, when work was last saved."""
    if not session.study():
        return
    try:
        person = session.person()
        study = session.store().study.read()
        changed = session.store().audit.last_change()
    except DataRefused:
        return
    if person is None:
        return
    with st.sidebar:
        saved = f"All work saved {_moment(changed)}" if changed else ""
        notices.draw(
            f'<p style="margin:0;font-weight:600">{as_html(study.name)}</p>'
            f'<p class="wb-lead">{as_html(person.name)}, '
            f"{as_html(person.role.in_words.lower())}<br>{saved}</p>"
        )
        if st.button("Someone else is here", key="change person", type="tertiary"):
            session.forget_person()
            st.rerun()
        _offer_another_study()


def _moment(changed: datetime) -> str:
    local = changed.astimezone()
    if local.date() == datetime.now().astimezone().date():
        return f"{local:%H:%M}"
    return f"on {local.day} {local:%B}"
