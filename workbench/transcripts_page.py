"""Transcripts: what there is to read, by wave, and the way to add more."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.rights import Right
from data.sources import SourceSummary
from workbench import jobs, notices, session
from workbench.actions.interviews import not_coded, sources, suggesting
from workbench.actions.interviews.sources import ListedSource
from workbench.session import Place
from workbench.widgets.interviews import (
    correction_form,
    source_import,
    source_list,
    who_is_who,
)
from workbench.wording import counted

_ADDING = "adding sources"
_JOB = "suggest all"


def show() -> None:
    """Draw the list of sources, or the form that adds some."""
    place = session.place()
    if session.may(Right.IMPORT_SOURCES) and correction_form.open_asked(place):
        return
    summaries = place.store.sources.summaries(reader_id=place.person.id)
    adding = session.recall(_ADDING, "")
    if adding and session.may(Right.IMPORT_SOURCES):
        source_import.draw(place, adding, on_leave=_stop_adding)
        return
    notices.page_head("Transcripts", _lead(summaries))
    if not summaries:
        _draw_empty()
        return
    _draw_buttons(place, summaries)
    with notices.problems_shown():
        made = jobs.show_job(f"{_JOB} {place.person.id}")
        if made is not None:
            st.info(suggesting.made_in_words(made))
    _draw_list(sources.listed_by_wave(summaries))
    who_is_who.draw(place, summaries)


def _lead(summaries: Sequence[SourceSummary]) -> str:
    if not summaries:
        return "Interviews, group discussions, observations and survey comments."
    how = [not_coded.how_coded(one) for one in summaries]
    coded = how.count(not_coded.Coded.YES)
    waiting = sum(one.waiting_suggestions for one in summaries)
    said = f"{counted(len(summaries), 'source')}, {coded} of them coded."
    left = not_coded.sources_left(
        (one.name, one.kind, coded) for one, coded in zip(summaries, how, strict=True)
    )
    if left:
        said += f" {left.in_words}."
    return f"{said} {counted(waiting, 'suggestion')} to decide on." if waiting else said


def _draw_empty() -> None:
    notices.draw(
        '<div class="wb-empty"><p>No transcripts yet. Add Word or text files; they '
        "stay on this computer.</p><p>Each file is one interview, group discussion or "
        "observation. Write who speaks before their words, with a colon: "
        "<em>Interviewer: How was your week?</em> You see what was understood before "
        "anything is saved.</p></div>"
    )
    if not session.may(Right.IMPORT_SOURCES):
        st.write("Your role does not add transcripts. An embedded researcher does.")
        return
    with st.container(horizontal=True):
        _draw_add_buttons()


def _draw_add_buttons() -> None:
    if st.button("Add transcripts", type="primary", key="add transcripts"):
        _start_adding("files")
    if st.button("Add a table of comments", key="add comments"):
        _start_adding("comments")


def _draw_buttons(place: Place, summaries: Sequence[SourceSummary]) -> None:
    with st.container(horizontal=True):
        if session.may(Right.IMPORT_SOURCES):
            _draw_add_buttons()
        if session.may(Right.CODE_SOURCES) and st.button(
            "Suggest codes for all",
            key="suggest all",
            disabled=jobs.job_under(f"{_JOB} {place.person.id}") is not None,
            help="Suggestions that wait are made anew; what was decided stays.",
        ):
            store, person = place.store, place.person
            jobs.start_job(
                f"{_JOB} {person.id}",
                f"Suggesting codes in {len(summaries)} sources",
                lambda progress: suggesting.make_suggestions(
                    store, person, progress=progress
                ),
            )
            st.rerun()


def _draw_list(listed: dict[str, list[ListedSource]]) -> None:
    wanted = ""
    if sum(len(lines) for lines in listed.values()) > source_list.FIND_FROM:
        wanted = st.text_input(
            "Find by name or person", key="find source", width=420
        ).casefold()
    for wave, lines in listed.items():
        found = [one for one in lines if source_list.answers(one, wanted)]
        if found:
            source_list.draw(wave, found)


def _start_adding(what: str) -> None:
    session.remember(_ADDING, what)
    st.rerun()


def _stop_adding() -> None:
    session.forget(_ADDING)
