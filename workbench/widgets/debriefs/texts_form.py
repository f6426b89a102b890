"""The texts of a record: notes of a debrief, or the four parts of a learning circle."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.storage.debriefs.debrief_records import Debrief, DebriefForm
from workbench import notices
from workbench.actions.debriefs.minutes_report import CIRCLE_PARTS
from workbench.session import Place
from workbench.widgets.typed_text import TypedText, save_button
from workbench.widgets.untrusted import as_html

_NOTES = (("notes", "Notes of the debrief"),)


def draw_texts(place: Place, debrief: Debrief, *, may_write: bool) -> None:
    """Draw the texts to be written, or to be read."""
    parts = CIRCLE_PARTS if debrief.form is DebriefForm.LEARNING_CIRCLE else _NOTES
    if not may_write:
        _draw_read(debrief, parts)
        return
    fields = _fields(debrief)
    with st.container(border=True), notices.problems_shown_above():
        said = {name: fields[name].draw(label, height=110) for name, label in parts}
        key = f"texts {debrief.id}"
        if save_button("Save what is written", key, *fields.values()):
            texts = replace(debrief.texts, **said)
            place.store.debriefs.write(place.person.id, debrief, texts)
            for field in fields.values():
                field.let_go()
            notices.saved("Saved; what it said before is kept.")
            st.rerun()


def texts_waiting(debrief: Debrief) -> list[str]:
    """The labels of texts into which something was typed that is not saved."""
    labels = dict((*_NOTES, *CIRCLE_PARTS))
    return [
        labels[name] for name, field in _fields(debrief).items() if field.is_waiting
    ]


def _fields(debrief: Debrief) -> dict[str, TypedText]:
    """The fields of this form of record, by the name of their text."""
    is_circle = debrief.form is DebriefForm.LEARNING_CIRCLE
    return {
        name: TypedText(
            f"{name} {debrief.id}", debrief.version, getattr(debrief.texts, name)
        )
        for name, _ in (CIRCLE_PARTS if is_circle else _NOTES)
    }


def _draw_read(debrief: Debrief, parts: tuple[tuple[str, str], ...]) -> None:
    for name, label in parts:
        words = getattr(debrief.texts, name) or "Nothing was written."
        head = "" if parts is _NOTES else f"<strong>{label}</strong><br>"
        notices.draw(
            f'<p style="margin:0 0 8px;max-width:46rem;overflow-wrap:anywhere;'
            f'white-space:pre-wrap">{head}<bdi>{as_html(words)}</bdi></p>'
        )
