"""The texts of a record: notes of a debrief, or the four parts of a learning circle."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.storage.debriefs.debrief_records import Debrief, DebriefForm
from workbench import notices
from workbench.actions.debriefs.minutes_report import CIRCLE_PARTS
from workbench.session import Place
from workbench.widgets.untrusted import as_html

_NOTES = (("notes", "Notes of the debrief"),)


def draw_texts(place: Place, debrief: Debrief, *, may_write: bool) -> None:
    """Draw the texts to be written, or to be read."""
    parts = CIRCLE_PARTS if debrief.form is DebriefForm.LEARNING_CIRCLE else _NOTES
    if not may_write:
        _draw_read(debrief, parts)
        return
    key = f"{debrief.id} {debrief.version}"
    with st.form(f"texts {key}"), notices.problems_shown_above():
        said = {
            name: st.text_area(
                label,
                getattr(debrief.texts, name),
                key=f"{name} {key}",
                height=110,
            )
            for name, label in parts
        }
        if st.form_submit_button("Save what is written"):
            texts = replace(debrief.texts, **said)
            place.store.debriefs.write(place.person.id, debrief, texts)
            notices.saved("Saved; what it said before is kept.")
            st.rerun()


def _draw_read(debrief: Debrief, parts: tuple[tuple[str, str], ...]) -> None:
    for name, label in parts:
        words = getattr(debrief.texts, name) or "Nothing was written."
        head = "" if parts is _NOTES else f"<strong>{label}</strong><br>"
        notices.draw(
            f'<p style="margin:0 0 8px;max-width:46rem;overflow-wrap:anywhere;'
            f'white-space:pre-wrap">{head}<bdi>{as_html(words)}</bdi></p>'
        )
