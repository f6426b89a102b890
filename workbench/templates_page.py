"""Interview records: one analysis template, filled for each interview beside it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from data.rights import Right
from data.storage.analysis_templates.template_records import Template
from workbench import notices, session
from workbench.actions.templates.completeness_reading import StudyRecords, read_study
from workbench.actions.together.reports import report_content
from workbench.session import Place
from workbench.widgets.templates import template_form
from workbench.widgets.templates.completeness_table import draw_table
from workbench.widgets.templates.record_view import draw_record

_DOING = "template doing"
_LEAD = (
    "The same questions for every interview, answered beside its transcript and "
    "resting on its quotations: what each researcher brings to the debrief."
)


def show() -> None:
    """Draw the record that is open, the questions, or all records in one table."""
    place = session.place()
    templates = place.store.analysis_templates.templates()
    may_write = session.may(Right.WRITE_FINDINGS)
    _follow_answer(place)
    doing = session.recall(_DOING, "") if may_write else ""
    chosen = _chosen(templates)
    if doing:
        _draw_form(place, None if doing == "new" else chosen)
        return
    if chosen is None:
        _draw_empty(place, may_write=may_write)
        return
    source = session.address("source")
    study = read_study(place.store, chosen, place.person, with_evidence=not source)
    if chosen.newest and any(one.source_id == source for one in study.rows):
        draw_record(place, chosen, study, source)
        return
    if source:
        session.set_address(source="", question="")
        study = read_study(place.store, chosen, place.person)
    notices.page_head("Interview records", study.in_words if chosen.newest else _LEAD)
    _draw_bar(place, templates, chosen, may_write=may_write)
    if source:
        notices.caution("That transcript is not to be read: it is gone or withdrawn.")
    if may_write:
        template_form.draw_publishing(place, chosen, st.rerun)
    if chosen.newest is None:
        return
    if not study.rows:
        notices.empty(
            "No interview yet. Add transcripts: each is a row here, with a record to "
            "fill.",
            "Add transcripts" if session.may(Right.IMPORT_SOURCES) else "",
            "transcripts",
        )
        return
    _offer_next(study, may_write=may_write)
    draw_table(study)
    template_form.draw_versions(chosen)
    if may_write:
        _draw_put_away(place, chosen)


def _follow_answer(place: Place) -> None:
    """Turn the address of an answer into that of its record and question."""
    answer = session.address("answer")
    if not answer:
        return
    found = place.store.analysis_records.place_of(answer)
    session.set_address(answer="")
    if found:
        where, question = found
        session.set_address(
            template=where.template_id, source=where.source_id, question=question
        )


def _chosen(templates: Sequence[Template]) -> Template | None:
    asked = session.address("template")
    first = templates[0] if templates else None
    return next((one for one in templates if one.id == asked), first)


def _draw_bar(
    place: Place, templates: Sequence[Template], chosen: Template, *, may_write: bool
) -> None:
    by_id = {one.id: one for one in templates}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if len(by_id) > 1:
            picked = st.selectbox(
                "Template",
                list(by_id),
                list(by_id).index(chosen.id),
                format_func=lambda one: by_id[one].name,
                key=f"template chosen {len(by_id)}",
                width=320,
            )
            if picked != chosen.id:
                session.set_address(template=picked)
                st.rerun()
        if may_write and st.button("Questions", key="change template"):
            _do("change")
        if may_write and st.button("New template", key="new template"):
            _do("new")
        if chosen.newest:
            for ending in (".xlsx", ".docx"):
                make = partial(report_content, place.store, "templates", ending)
                st.download_button(
                    f"Download all as {ending}",
                    partial(make, person=place.person),
                    f"interview-records-internal{ending}",
                    key=f"download answers {ending}",
                    on_click="ignore",
                )


def _offer_next(study: StudyRecords, *, may_write: bool) -> None:
    todo = study.next_to_do()
    if not may_write or todo is None:
        return
    row, question = todo
    verb = "Go on with" if row.record else "Begin"
    if st.button(f"{verb} {row.name}", type="primary", key="next to fill"):
        session.set_address(source=row.source_id, question=question)
        st.rerun()


def _draw_empty(place: Place, *, may_write: bool) -> None:
    notices.page_head("Interview records", _LEAD)
    away = place.store.analysis_templates.templates(put_away=True)
    if not may_write:
        notices.empty(
            "No template yet. A study lead, an embedded researcher or the debrief team "
            "makes one: the questions to be answered from every interview."
        )
        return
    notices.empty(
        "No template yet. Write the questions that every interview is to answer, "
        "publish them, and fill a record beside each transcript."
    )
    if st.button("Make a template", type="primary", key="new template"):
        _do("new")
    for one in away:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(f"Put away: {one.name}")
            if st.button("Put back", key=f"put back {one.id}"):
                _put_away(place, one, away=False)


def _draw_form(place: Place, template: Template | None) -> None:
    title = "Questions" if template else "A new template"
    notices.page_head(title, _LEAD)

    def leave(template_id: str) -> None:
        session.remember(_DOING, "")
        session.set_address(template=template_id)
        st.rerun()

    with notices.problems_shown_above():
        template_form.draw_form(place, template, leave)


def _draw_put_away(place: Place, chosen: Template) -> None:
    away = place.store.analysis_templates.templates(put_away=True)
    with st.expander("Put away"):
        st.write("A template that is put away keeps its questions and records.")
        if st.button("Put this template away", key="put template away"):
            _put_away(place, chosen, away=True)
        for one in away:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(one.name)
                if st.button("Put back", key=f"put back {one.id}"):
                    _put_away(place, one, away=False)


def _put_away(place: Place, template: Template, *, away: bool) -> None:
    with notices.problems_shown():
        place.store.analysis_templates.put_away(place.person.id, template, away=away)
        notices.saved(f"{template.name} is {'put away' if away else 'back'}.")
        st.rerun()


def _do(what: str) -> None:
    session.remember(_DOING, what)
    st.rerun()
