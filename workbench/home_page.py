"""Home: where the study stands and what this person does next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby

import streamlit as st

from data.problems import DataRefused
from data.rights import Right
from workbench import notices, preferences, session
from workbench.actions import sample, studies
from workbench.actions.case_progress import pair_queue
from workbench.actions.coders.given_sources import (
    NAMED_AT_MOST,
    GivenSource,
    and_more,
    given_to,
)
from workbench.actions.findings.findings_waiting import findings_waiting
from workbench.actions.home.home_task import HomeTask
from workbench.actions.home.home_tasks import tasks
from workbench.actions.rights import keeping
from workbench.actions.templates.records_waiting import records_waiting
from workbench.session import Place
from workbench.widgets.debriefs.open_actions import draw_open_actions
from workbench.widgets.untrusted import as_html, as_label


def show() -> None:
    """Draw the study's tasks, or the way to a first study."""
    if not session.study():
        _show_welcome()
        return
    place = session.place()
    study = place.store.study.read()
    notices.page_head(study.name, study.description, internal=False)
    if study.is_sample:
        notices.draw(
            '<p class="wb-lead">This is an invented study to try things on. Nothing '
            "here can be broken: make it anew at any time.</p>"
        )
    offered = None
    if place.store.judging.setting().judges > 1 and session.may(Right.JUDGE_PAIRS):
        queue = place.store.judging.queue(place.person.id)
        offered = sum(case.is_offered for case in queue)
    given = given_to(
        place.store,
        place.person,
        place.store.sources.summaries(reader_id=place.person.id),
    )
    listed = tasks(
        place.store.progress.counts(reader_id=place.person.id),
        place.person.role,
        offered=offered,
        pairs=pair_queue.pairs_waiting(
            pair_queue.locked_pairs(place.store, place.person),
            place.person,
            may_judge=session.may(Right.JUDGE_PAIRS),
        ),
        given=len(given),
        findings=findings_waiting(place.store, place.person),
        records=records_waiting(place.store, place.person),
    )
    _show_next(listed)
    _show_due(place)
    for section, of_section in groupby(listed, key=lambda task: task.section):
        st.header(section, anchor=False)
        for task in of_section:
            _show_task(task, given if task.page == "code" else [])
    draw_open_actions(place)


def _show_next(listed: Sequence[HomeTask]) -> None:
    """What this person would sensibly do now, where it is seen without scrolling."""
    task = next((one for one in listed if one.is_next), None)
    if task is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        words = f"Next for you: {task.title}"
        notices.draw(f'<p style="margin:0;font-weight:600">{as_html(words)}</p>')
        if st.button(task.button, type="primary", key=f"next {task.number}", wrap=True):
            session.go_to(task.page)


def _show_due(place: Place) -> None:
    said = keeping.due_in_words(
        keeping.due_now(place.store, place.person, date.today())
    )
    if said:
        with st.container(horizontal=True, vertical_alignment="center"):
            notices.draw(f'<p class="wb-lead">{as_html(said)}</p>')
            session.link_to("people", "See what is due", part="Keeping")


def _show_task(task: HomeTask, given: Sequence[GivenSource]) -> None:
    title, status, action = st.columns([5, 3, 3], vertical_alignment="center")
    with title:
        session.link_to(task.page, f"{task.number}  {task.title}")
        if task.count:
            notices.draw(f'<p class="wb-small wb-under">{as_html(task.count)}</p>')
        _show_given(given)
    with status:
        why = f'<p class="wb-small">{as_html(task.why)}</p>' if task.why else ""
        notices.draw(f'<p style="margin:0">{as_html(task.status)}</p>{why}')
    if task.is_next:
        with action:
            notices.draw('<p class="wb-small">Next for you</p>')


def _show_given(given: Sequence[GivenSource]) -> None:
    """The sources this person was given to code, each a link to it."""
    if not given:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center"):
        notices.draw('<p class="wb-small wb-under">Given to you:</p>')
        for one in given[:NAMED_AT_MOST]:
            session.link_to("code", one.in_words, source=one.id)
        if more := and_more(given):
            notices.draw(f'<p class="wb-small wb-under">{more}</p>')


def _show_welcome() -> None:
    notices.page_head(
        "Restorative Workbench",
        "Pair cases with past ones, code interviews, and debrief together. Everything "
        "stays on this computer.",
        internal=False,
    )
    left, right = st.columns(2, gap="large")
    with left, notices.problems_shown():
        st.header("Try it on a sample study", anchor=False)
        st.write("Invented cases and interviews, ready to read, code and judge.")
        if st.button("Open the sample study", type="primary", key="open sample"):
            with st.spinner("Making the sample study"):
                path = sample.ensure_sample_study()
            session.open_study(str(path))
            st.rerun()
    with right:
        st.header("Begin a study of your own", anchor=False)
        with st.form("new study"), notices.problems_shown():
            name = st.text_input("Name of the study", key="study name")
            if st.form_submit_button("Make the study"):
                _make_study(name)
    _show_open_existing()


def _make_study(name: str) -> None:
    folder = preferences.study_folder()
    folder.mkdir(parents=True, exist_ok=True)
    path = studies.file_for(folder, name)
    studies.new_study(path, name).close()
    session.open_study(str(path))
    st.rerun()


def _show_open_existing() -> None:
    folder = preferences.study_folder()
    found = studies.studies_in(folder)
    if not found:
        return
    st.header("Open a study on this computer", anchor=False)
    for path in found:
        if st.button(as_label(path.stem), key=f"open {path.name}", width=420):
            try:
                studies.open_existing(path).close()
            except DataRefused as refusal:
                notices.show_problems(refusal)
                continue
            session.open_study(str(path))
            st.rerun()
