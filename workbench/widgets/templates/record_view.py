"""A record on the page: the transcript on one side, the questions on the other."""

from __future__ import annotations

from functools import partial

import streamlit as st

from coding.analysis_templates.questions import Question
from data.rights import Right, roles_in_words
from data.storage.analysis_templates.template_records import Template
from workbench import notices, session
from workbench.actions.templates import answers_report, drafting
from workbench.actions.templates.completeness_reading import StudyRecords
from workbench.actions.templates.record_reading import (
    BLIND_IN_WORDS,
    RecordRead,
    answer_in_words,
    move_in_words,
    read_record,
)
from workbench.session import Place
from workbench.widgets.templates import record_reader
from workbench.widgets.templates.answer_editor import draw_answer
from workbench.widgets.templates.typed_words import TypedWords
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_HIDDEN = (
    "You code this transcript blind, so its record cannot be read or written now. Come "
    "back to it when its coders are through."
)
_LONGEST_SHOWN = 160
# With little room the transcript stands above the questions, at half the window.
_STYLE = """<style>
.st-key-record-both .wb-q {margin: 0; line-height: 1.45; overflow-wrap: anywhere}
.st-key-record-both h2.wb-q {font-size: 1rem; font-weight: 600; padding: 0}
@media (min-width: 1101px) {
  .st-key-record-left {position: sticky; top: 4rem}
}
@media (max-width: 1100px) {
  .st-key-record-both [data-testid="stHorizontalBlock"]:has(> .stColumn) {
    flex-direction: column}
  .st-key-record-both [data-testid="stHorizontalBlock"] > .stColumn {
    width: 100% !important; flex: 1 1 auto}
  .st-key-record-both .record-reader {--rr-height: 46vh}
}
</style>"""


def draw_record(
    place: Place, template: Template, study: StudyRecords, source_id: str
) -> None:
    """Draw the record of one source, with the way to those beside it."""
    row = next(one for one in study.rows if one.source_id == source_id)
    read = read_record(place.store, template, source_id, place.person)
    if read.record.is_hidden:
        notices.page_head(row.name, template.name)
        _draw_way(study, source_id)
        notices.caution(_HIDDEN)
        return
    may_write = session.may(Right.WRITE_FINDINGS)
    if may_write and record_reader.carry_out_clicks(place, read):
        read = read_record(place.store, template, source_id, place.person)
    opened = _opened(read) if may_write else None
    lead = (
        f"{template.name}, version {read.asked.number}: {read.completeness.in_words}."
    )
    notices.page_head(row.name, lead)
    _draw_way(study, source_id)
    if not may_write:
        others = roles_in_words(Right.WRITE_FINDINGS)
        notices.caution(f"You can read here and not write. Answers are for: {others}.")
    elif read.is_being_coded_blind:
        st.info(BLIND_IN_WORDS)
    if read.changes:
        _draw_move(place, read, may_write=may_write)
    st.html(_STYLE)
    with st.container(key="record-both"):
        left, right = st.columns([11, 10], gap="medium")
        with left, st.container(key="record-left"):
            record_reader.draw(
                place,
                read,
                opened.id if opened else "",
                may_link=may_write and not read.is_being_coded_blind,
                why_not=_why_not_linked(read, may_write=may_write),
            )
        with right:
            _draw_tools(place, read, may_write=may_write)
            for number, one in enumerate(read.asked.questions, start=1):
                _draw_question(place, read, one, number, is_open=one == opened)
            _draw_retired(read)


def _why_not_linked(read: RecordRead, *, may_write: bool) -> str:
    if not may_write:
        return "Your role reads here."
    if read.is_being_coded_blind:
        return "Codings are not shown while the transcript is being coded blind."
    return "Open a question to add passages to its answer."


def _opened(read: RecordRead) -> Question | None:
    """The question of the address, else the first without an answer."""
    asked = session.address("question")
    if asked == "none":
        return None
    return read.asked.question(asked) or read.next_question


def _draw_way(study: StudyRecords, source_id: str) -> None:
    ids = [one.source_id for one in study.rows]
    names = {
        one.source_id: f"{one.name} ({one.in_words.lower()})" for one in study.rows
    }
    at = ids.index(source_id)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if st.button("All records", key="all records", type="tertiary"):
            session.set_address(source="", question="", turn="")
            st.rerun()
        picked = st.selectbox(
            "Interview",
            ids,
            at,
            format_func=lambda one: names.get(one, ""),
            key=f"record source {source_id}",
            width=420,
        )
        if st.button("Previous", disabled=at == 0, key="previous record"):
            picked = ids[at - 1]
        if st.button("Next", disabled=at + 1 == len(ids), key="next record"):
            picked = ids[at + 1]
    if picked != source_id:
        session.set_address(source=picked, question="", turn="")
        st.rerun()


def _draw_tools(place: Place, read: RecordRead, *, may_write: bool) -> None:
    notices.show_saved("record")
    with st.container(horizontal=True):
        if may_write and st.button(
            "Draft from this interview’s coded passages",
            key="draft record",
            disabled=read.is_being_coded_blind,
            help="For questions without an answer. Passages are chosen, nothing is "
            "put into words, and a draft is no answer until you confirm it.",
        ):
            with (
                notices.problems_shown(),
                st.spinner("Reading the coded passages beside the questions"),
            ):
                said = drafting.draft_record(place.store, read, place.person)
                notices.saved(said, beside="record")
                st.rerun()
        if read.record.id:
            st.download_button(
                "Download as .docx",
                partial(
                    answers_report.record_content,
                    place.store,
                    place.person,
                    read.template,
                    read.record.place.source_id,
                ),
                "interview-record-internal.docx",
                key="download record",
                on_click="ignore",
            )


def _draw_question(
    place: Place, read: RecordRead, question: Question, number: int, *, is_open: bool
) -> None:
    answer = read.record.answer(question.id)
    state = answer_in_words(
        answer, len(read.evidence_of(question.id)), read.changed(question.id)
    )
    if read.is_of_earlier_wording(question):
        state += ", given to an earlier wording"
    if TypedWords(read, question.id).held:
        state += ", words not saved"
    said = answer.words.in_words
    if len(said) > _LONGEST_SHOWN:
        said = said[: _LONGEST_SHOWN - 1].rstrip() + "…"
    with st.container(border=True, gap="small"):
        head = (
            f'<h2 class="wb-q">{number}. <bdi>{as_html(question.heading)}</bdi></h2>'
            f'<p class="wb-small">{as_html(state)}</p>'
        )
        if said and not is_open:
            head += f'<p class="wb-q"><bdi>{as_html(said)}</bdi></p>'
        notices.draw(head)
        if is_open:
            draw_answer(place, read, question)
            if st.button("Close", key=f"close {question.id}", type="tertiary"):
                session.set_address(question="none")
                st.rerun()
        elif session.may(Right.WRITE_FINDINGS) and st.button(
            f"Open question {number}", key=f"open {question.id}"
        ):
            session.set_address(question=question.id)
            st.rerun()


def _draw_retired(read: RecordRead) -> None:
    if not read.retired:
        return
    with st.expander(f"No longer asked ({len(read.retired)})"):
        for one in read.retired:
            answer = read.record.answer(one.id)
            notices.draw(
                f'<p class="wb-q"><strong><bdi>{as_html(one.heading)}</bdi></strong>'
                f'</p><p class="wb-small">Answered under version {answer.asked_in} by '
                f'{as_html(answer.written_by)}</p><p class="wb-q"><bdi>'
                f"{as_html(answer.words.in_words)}</bdi></p>"
            )


def _draw_move(place: Place, read: RecordRead, *, may_write: bool) -> None:
    newest = read.template.newest
    assert newest is not None, "changes are told against a published version"
    lines = move_in_words(read)
    label = (
        f"Version {newest.number} of the questions is published: "
        f"{counted(len(lines), 'change')}"
    )
    with st.expander(label):
        if newest.note:
            notices.draw(f'<p class="wb-q"><bdi>{as_html(newest.note)}</bdi></p>')
        listed = "".join(f"<li><bdi>{as_html(one)}</bdi></li>" for one in lines)
        notices.draw(f"<ul>{listed}</ul>")
        if not read.record.id:
            return
        st.write("No answer is lost or changed when the record is moved.")
        if may_write and st.button(
            f"Move this record to version {newest.number}", key="move record"
        ):
            with notices.problems_shown():
                place.store.analysis_records.move(
                    place.person.id, read.record, read.template
                )
                notices.saved(f"The record is at version {newest.number} now.")
                st.rerun()
