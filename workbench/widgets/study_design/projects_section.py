"""Mini-projects: named pieces of work, who runs each and how far it is."""

from __future__ import annotations

from datetime import date

import streamlit as st

from data.rights import Right
from data.storage.study_design.design_records import (
    MiniProject,
    ProjectState,
    ProjectWords,
)
from workbench import notices, session
from workbench.actions.study_design.design_reading import StudyDesign
from workbench.session import Place
from workbench.widgets.study_design.earlier import draw_earlier
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import day_in_words

_TAKEN_OUT = "project taken out"


def draw(place: Place, design: StudyDesign) -> None:
    """Draw each mini-project, and the forms for who may write of them."""
    st.header("Mini-projects", anchor=False)
    _offer_to_bring_back(place)
    if not design.projects:
        notices.draw(
            '<div class="wb-empty">No mini-projects yet. One is a piece of work of its '
            "own: a question, who runs it, from when until when.</div>"
        )
    may_write = session.may(Right.TELL_OF_FIELDWORK)
    for one in design.projects:
        with st.container(border=True, gap="small"):
            notices.draw(
                f'<p style="margin:0"><strong>{as_html(one.words.name)}</strong></p>'
                f'<p class="wb-small">{as_html(facts_in_words(one))}</p>'
                '<p style="margin:4px 0 0;line-height:1.5;white-space:pre-wrap">'
                f"{as_html(one.words.question or 'No question is written yet.')}</p>"
            )
            if may_write:
                _draw_change(place, design, one)
            draw_earlier(place.store.design.projects.earlier_words(one.id))
    if may_write:
        _draw_new(place, design)


def facts_in_words(one: MiniProject) -> str:
    """State, strand, owner and days in one line."""
    words = one.words
    days = [
        f"{name} {day_in_words(day)}"
        for name, day in (("from", words.starts_on), ("until", words.ends_on))
        if day
    ]
    parts = [
        words.state.in_words,
        f"run by {one.owner}" if one.owner else "nobody runs it yet",
        one.strand or "no strand",
        " ".join(days),
    ]
    return f"{'; '.join(filter(None, parts))}."


def _draw_change(place: Place, design: StudyDesign, one: MiniProject) -> None:
    key = f"{one.id} {one.version}"
    with st.expander(f"Change {as_label(one.words.name)}"):
        with st.form(f"project {key}", border=False), notices.problems_shown_above():
            words = _draw_fields(place, design, key, one.words)
            if st.form_submit_button("Save this mini-project"):
                place.store.design.projects.change(place.person.id, one, words)
                notices.saved("It was saved. What it said before is kept.")
                st.rerun()
        if st.button("Take it out", key=f"project out {one.id}", type="tertiary"):
            with notices.problems_shown():
                place.store.design.projects.set_removed(
                    place.person.id, one.id, is_removed=True
                )
                session.remember(_TAKEN_OUT, one.id)
                st.rerun()


def _draw_new(place: Place, design: StudyDesign) -> None:
    with (
        st.expander("Add a mini-project"),
        st.form("new project", clear_on_submit=True, border=False),
        notices.problems_shown_above(),
    ):
        owner = place.person.id
        words = _draw_fields(place, design, "new", ProjectWords("", owner_id=owner))
        if st.form_submit_button("Add this mini-project"):
            place.store.design.projects.add(place.person.id, words)
            notices.saved("The mini-project was added.")
            st.rerun()


def _draw_fields(
    place: Place, design: StudyDesign, key: str, words: ProjectWords
) -> ProjectWords:
    name = st.text_input("Name", words.name, key=f"project name {key}")
    question = st.text_area(
        "What it asks", words.question, key=f"project question {key}", height=80
    )
    left, right = st.columns(2)
    strands = {"": "No strand", **{one.id: one.name for one in design.strands}}
    strand = left.selectbox(
        "Strand",
        list(strands),
        index=list(strands).index(words.strand_id),
        format_func=strands.__getitem__,
        key=f"project strand {key}",
    )
    people = {"": "Nobody yet"}
    people |= {one.id: one.name for one in place.store.study.people()}
    owner = right.selectbox(
        "Who runs it",
        list(people),
        index=list(people).index(words.owner_id),
        format_func=people.__getitem__,
        key=f"project owner {key}",
    )
    starts = left.date_input(
        "From", _day(words.starts_on), format="DD/MM/YYYY", key=f"project from {key}"
    )
    ends = right.date_input(
        "Until", _day(words.ends_on), format="DD/MM/YYYY", key=f"project until {key}"
    )
    state = st.selectbox(
        "How far it is",
        list(ProjectState),
        index=list(ProjectState).index(words.state),
        format_func=lambda one: one.in_words,
        key=f"project state {key}",
    )
    return ProjectWords(
        name or "",
        question or "",
        strand or "",
        owner or "",
        _iso(starts),
        _iso(ends),
        state or ProjectState.PLANNED,
    )


def _offer_to_bring_back(place: Place) -> None:
    taken_out = session.recall(_TAKEN_OUT, "")
    if not taken_out:
        return
    notices.draw('<p class="wb-saved" role="status">✓ It was taken out.</p>')
    if st.button("Undo: bring the mini-project back", key="bring project back"):
        with notices.problems_shown():
            place.store.design.projects.set_removed(
                place.person.id, taken_out, is_removed=False
            )
            session.forget(_TAKEN_OUT)
            notices.saved("The mini-project is back.")
            st.rerun()


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _iso(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else ""
