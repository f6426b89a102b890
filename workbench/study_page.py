"""Study and people: what the study is called, who works on it, backup, audit trail."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pandas as pd
import streamlit as st

from coding.study import Role
from data.rights import Right
from workbench import notices, session
from workbench.actions import backups, studies
from workbench.actions.cases import judging
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases
from workbench.widgets.untrusted import as_html

_RECENT = 200
_JUDGES = {
    1: "One judge",
    2: "Two judges, the second blind; they agree or settle their difference",
}


def show() -> None:
    """Draw the study's settings, people, backup and the audit trail."""
    place = session.place()
    notices.page_head(
        "Study and people",
        "What the study is called, who works on it, and what was done when.",
    )
    _show_study(place)
    _show_judging(place)
    _show_people(place)
    _show_backup(place)
    _show_help()
    _show_audit(place)


def _show_study(place: Place) -> None:
    st.header("The study", anchor=False)
    study = place.store.study.read()
    may_change = session.may(Right.MANAGE_STUDY)
    with st.form("study"), notices.problems_shown():
        name = st.text_input("Name", study.name, disabled=not may_change)
        about = st.text_area(
            "What it is about", study.description, height=80, disabled=not may_change
        )
        start = st.date_input(
            "The new practice started on",
            date.fromisoformat(study.practice_start) if study.practice_start else None,
            format="DD/MM/YYYY",
            disabled=not may_change,
            help="Historic cases lie before this day, contemporary ones on or after.",
        )
        if st.form_submit_button("Save", disabled=not may_change):
            changed = replace(
                study,
                name=name.strip() or study.name,
                description=about.strip(),
                practice_start=start.isoformat() if start else "",
            )
            place.store.study.change(place.person.id, changed)
            notices.saved("The study's description was saved.")
            st.rerun()
    if not may_change:
        st.caption("Only a study lead can change this.")


def _show_judging(place: Place) -> None:
    st.header("How pairs are judged", anchor=False)
    setting = place.store.judging.setting()
    may_change = session.may(Right.MANAGE_STUDY)
    with st.form("judges"), notices.problems_shown():
        chosen = st.radio(
            "By how many people each case is judged",
            list(_JUDGES),
            index=setting.judges - 1,
            format_func=lambda one: _JUDGES[one],
            disabled=not may_change,
            key=f"judges {setting.number}",
        )
        st.caption("Set it before judging begins; a change counts from then on.")
        draw_cases(_switching_markup(place, setting.judges))
        if st.form_submit_button("Save this", disabled=not may_change):
            if chosen != setting.judges:
                place.store.judging.set_judges(
                    place.person.id, int(chosen or 1), seen=setting.number
                )
            notices.saved("How pairs are judged was saved.")
            st.rerun()
    if not may_change:
        st.caption("Only a study lead can change this.")


def _switching_markup(place: Place, judges: int) -> str:
    """What saving the other choice would do, told before it is saved."""
    points = judging.switching_in_words(judges, place.store.judging.stands())
    listed = "".join(f"<li>{as_html(one)}</li>" for one in points)
    other = "two judges" if judges == 1 else "one judge"
    title = f"<p><b>If you save {other}:</b></p>"
    return f'<div class="wb-card">{title}<ul>{listed}</ul></div>'


def _show_people(place: Place) -> None:
    st.header("People", anchor=False)
    people = place.store.study.people()
    st.dataframe(
        pd.DataFrame(
            {
                "Name": [person.name for person in people],
                "Role": [person.role.in_words for person in people],
            }
        ),
        hide_index=True,
        width=560,
    )
    if not session.may(Right.MANAGE_STUDY):
        return
    with st.form("new person", clear_on_submit=True), notices.problems_shown():
        left, right = st.columns(2)
        name = left.text_input("Name of a colleague", key="colleague name")
        role = right.selectbox(
            "Role", list(Role), format_func=lambda one: one.in_words, index=1
        )
        assert role is not None  # a choice is always made: the second is preselected
        if st.form_submit_button("Add this person"):
            added = studies.add_person(place.store, place.person, name, role)
            notices.saved(f"{added.name} was added.")
            st.rerun()


def _show_backup(place: Place) -> None:
    st.header("Backup", anchor=False)
    st.write(
        "A backup is the whole study in one file. It identifies people: keep it where "
        "only the team can reach it, and one copy off this computer."
    )
    may_back_up = session.may(Right.BACK_UP)
    if not may_back_up:
        st.caption(
            "It holds what came later in every case: a study lead or an embedded "
            "researcher makes it."
        )
    with notices.problems_shown():
        if st.button("Make a backup", key="make backup", disabled=not may_back_up):
            with tempfile.TemporaryDirectory() as folder:
                made = backups.back_up_study(
                    place.store,
                    place.person,
                    Path(folder) / "study.sqlite",
                    handed_over_as="study-backup.sqlite",
                )
                contents = (Path(folder) / "study.sqlite").read_bytes()
            st.download_button(
                f"Save the backup ({len(contents) / 1e6:.1f} MB)",
                contents,
                "study-backup.sqlite",
                "application/vnd.sqlite3",
            )
            st.caption(
                f"Checked: {made.sources} sources, {made.coded_segments} coded "
                f"passages, {made.cases} cases, {made.judgements} judgements."
            )


def _show_help() -> None:
    with st.expander("Words used here"):
        st.markdown(
            "- **Contemporary case, historic case**: a case from after, or from "
            "before, the change in practice.\n"
            "- **Candidate**: a historic case close enough to be read beside a "
            "contemporary one.\n"
            "- **Distance**: how unlike two cases are; lower is closer.\n"
            "- **Suggestion**: what the machine proposes; it is nothing until a person "
            "accepts it.\n"
            "- **Theme**: codes gathered under one idea."
        )


def _show_audit(place: Place) -> None:
    with st.expander("What was done when"):
        lines = place.store.audit.lines(limit=_RECENT, reader_id=place.person.id)
        st.dataframe(
            pd.DataFrame(
                {
                    "When": [
                        f"{line.at.astimezone():%d/%m/%Y %H:%M}" for line in lines
                    ],
                    "Who": [line.person for line in lines],
                    "What": [line.action for line in lines],
                }
            ),
            hide_index=True,
        )
        st.caption(f"The newest {_RECENT} lines at most.")
