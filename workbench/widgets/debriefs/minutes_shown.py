"""The minutes of one meeting: read by everybody, written by who may, then closed."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from data.exporters.debrief_report import report_as_word
from data.rights import Right
from data.storage.debriefs.debrief_records import Debrief, DebriefForm
from data.storage.debriefs.debrief_storage import holds_work
from workbench import notices, session
from workbench.actions.debriefs.minutes import meeting_in_words, state_in_words
from workbench.actions.debriefs.minutes_report import minutes_document
from workbench.actions.memos.memos import day_of
from workbench.actions.together import reports
from workbench.session import Place
from workbench.widgets.debriefs.actions_section import draw_actions
from workbench.widgets.debriefs.decisions_taken import draw_decisions_taken
from workbench.widgets.debriefs.dissent_form import draw_dissents
from workbench.widgets.debriefs.meeting_form import draw_change
from workbench.widgets.debriefs.on_the_table import draw_table, typed_agreed
from workbench.widgets.debriefs.texts_form import draw_texts, texts_waiting
from workbench.widgets.typed_text import require_saved
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import joined_by_and

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def draw_minutes(place: Place, debrief: Debrief) -> None:
    """Draw the whole record, and what this person may do with it."""
    writes = session.may(Right.WRITE_FINDINGS) and not debrief.is_closed
    there = debrief.was_there(place.person.id)
    adds = there or session.may(Right.WRITE_FINDINGS)
    _draw_head(place, debrief)
    if writes:
        draw_change(place, debrief)
    if debrief.form is DebriefForm.LEARNING_CIRCLE:
        draw_texts(place, debrief, may_write=writes)
    else:
        st.header("Hypotheses", anchor=False)
        draw_table(place, debrief, may_write=writes)
    st.header("Dissent", anchor=False)
    draw_dissents(place, debrief, may_add=adds)
    if debrief.form is DebriefForm.DEBRIEF:
        st.header("Decisions on the codebook", anchor=False)
        draw_decisions_taken(place, debrief, may_write=writes)
        st.header("Actions", anchor=False)
        draw_actions(place, debrief, may_write=writes)
        st.header("Notes", anchor=False)
        draw_texts(place, debrief, may_write=writes)
    _draw_notes(place, debrief, may_add=adds)
    if writes:
        _draw_close(place, debrief)


def _draw_head(place: Place, debrief: Debrief) -> None:
    there = [one.in_words for one in debrief.attended]
    who = f"Took part: {'; '.join(there)}." if there else "Nobody is named yet."
    st.header(as_label(meeting_in_words(debrief)), anchor=False)
    notices.draw(
        f'<p class="wb-lead"><strong>{as_html(state_in_words(debrief))}.</strong> '
        f"<bdi>{as_html(who)}</bdi></p>"
    )
    empty = _empty_waves(place, debrief)
    if empty:
        notices.draw(f'<p class="wb-lead">{as_html(empty)}</p>')
    with st.container(horizontal=True):
        made_at = datetime.now().astimezone()
        st.download_button(
            "Download Word",
            lambda: report_as_word(
                minutes_document(place.store, debrief, place.person.name, made_at)
            ),
            f"minutes-{debrief.number}-{debrief.held_on}.docx",
            _WORD,
            key="minutes word",
            type="primary" if debrief.is_closed else "secondary",
            on_click=reports.note_report,
            args=(place.store, place.person, "minutes", ".docx"),
        )
        # Closed minutes keep how things stood; the room shows how they stand now.
        is_shown = debrief.discussed and not debrief.is_closed
        if is_shown and st.button("Show in the room", key="to the room"):
            session.go_to("hypotheses", view="room", debrief=debrief.id)


def _empty_waves(place: Place, debrief: Debrief) -> str:
    heard = {one.wave for one in place.store.sources.summaries()}
    names = [one.name for one in debrief.waves if one.name not in heard]
    if not names:
        return ""
    noun = "has" if len(names) == 1 else "have"
    return f"{joined_by_and(names)} {noun} no interview in the study yet."


def _draw_notes(place: Place, debrief: Debrief, *, may_add: bool) -> None:
    for note in debrief.notes:
        when = f"added on {day_of(note.written_at)}" if note.is_later else "a note"
        notices.draw(
            f'<p style="margin:0 0 8px;max-width:46rem;overflow-wrap:anywhere">'
            f"<strong>{as_html(note.written_by)}</strong>, {when}: "
            f"<bdi>{as_html(note.text)}</bdi></p>"
        )
    if not may_add:
        return
    closed = debrief.is_closed
    at = session.recall("note round", 0)
    label = "Add to the closed minutes" if closed else "Add a note of your own"
    with (
        st.expander(label),
        st.form(f"note {debrief.id} {at}", border=False),
        notices.problems_shown_above(),
    ):
        text = st.text_area("Note", key=f"note {debrief.id} {at} text", height=80)
        if st.form_submit_button("Add it"):
            place.store.debriefs.contributions.note(place.person.id, debrief.id, text)
            notices.saved("Added with today's date." if closed else "Added.")
            session.remember("note round", at + 1)
            st.rerun()


def _draw_close(place: Place, debrief: Debrief) -> None:
    st.header("Close the minutes", anchor=False)
    st.write(
        "Closed minutes cannot be changed or opened again. Each hypothesis is kept as "
        "it stands now, with its evidence. Notes and dissent can still be added, with "
        "their date; actions can still be marked as done."
    )
    with notices.problems_shown(), st.container(horizontal=True):
        if st.button("Close the minutes", key="close minutes", type="primary"):
            _require_all_saved(debrief)
            place.store.debriefs.close(place.person.id, debrief)
            notices.saved("The minutes are closed.")
            st.rerun()
        if not holds_work(debrief) and st.button(
            "Discard this draft", key="discard minutes"
        ):
            place.store.debriefs.discard(place.person.id, debrief)
            notices.saved("The empty draft was taken away.")
            session.set_address(debrief="")
            st.rerun()


def _require_all_saved(debrief: Debrief) -> None:
    agreed = [
        f"What was agreed on {one.label}"
        for one in debrief.discussed
        if typed_agreed(one).is_waiting
    ]
    require_saved([*agreed, *texts_waiting(debrief)], "The minutes were not closed.")
