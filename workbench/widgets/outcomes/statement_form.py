"""Saying how strong the evidence for an outcome is: level, statement, limitations."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from data.storage.outcomes.statement_records import (
    SCALE_SOURCE,
    Level,
    OutcomeRead,
    StatementWords,
)
from workbench import notices, session
from workbench.actions.outcomes.outcome_words import gaps_in_words
from workbench.session import Place
from workbench.widgets.typed_text import TypedText, save_button
from workbench.widgets.untrusted import as_html

# Left to the store to refuse: a longer text is then kept in the field and told.
_HEIGHT = 110


def draw_scale() -> None:
    """Draw what each level means and where the scale comes from."""
    with st.expander("What the levels mean"):
        rows = "".join(
            f"<li><strong>{one.value.capitalize()}</strong>: "
            f"{as_html(one.meaning)}</li>"
            for one in Level
        )
        notices.draw(
            f'<ul style="margin:0 0 8px;max-width:46rem">{rows}</ul>'
            f'<p class="wb-lead">{as_html(SCALE_SOURCE)}</p>'
        )


def draw_statement_form(place: Place, read: OutcomeRead) -> None:
    """Draw the form with a draft's words; what was said before is kept on saving.

    What was typed stays where somebody else was quicker: both are then to be read.
    """
    outcome = read.part.id
    seen = _seen(read)
    if seen != read.statement.version:
        _draw_meanwhile(read)
    key = f"{outcome} {seen}"
    words = read.statement.words
    said, limited, lacking = fields = typed_words(read)
    with st.container(border=True), notices.problems_shown_above():
        level = st.radio(
            "Level",
            list(Level),
            index=list(Level).index(words.level) if words.level else None,
            format_func=lambda one: one.value.capitalize(),
            horizontal=True,
            key=f"level {key}",
        )
        statement = said.draw(
            "What the evidence says",
            height=_HEIGHT,
            tip="In your own words. Cite a piece of evidence by its reference, as "
            "E-3F2A1.",
        )
        limits = "; ".join(read.one_sided())
        limitations = limited.draw(
            "What limits it",
            height=80,
            tip="Whose voices, which wave, what else could explain it.",
        )
        if limits:
            _hint(f"The evidence is from {limits}.")
        missing = lacking.draw(
            "What is missing",
            height=80,
            tip="What to make of the strands without evidence.",
        )
        if gaps := gaps_in_words(read):
            _hint(gaps)
        if save_button("Save the statement", f"statement {outcome}", *fields):
            place.store.outcomes.write(
                place.person.id,
                replace(read, statement=replace(read.statement, version=seen)),
                StatementWords(level, statement, limitations, missing),
            )
            for field in fields:
                field.let_go()
            session.forget(_SEEN + outcome)
            notices.saved(
                "The statement was saved. What it said before is kept.",
                beside="statement",
            )
            st.rerun()


def typed_words(read: OutcomeRead) -> tuple[TypedText, TypedText, TypedText]:
    """The fields of a draft: what is said, what limits it, what is missing."""
    outcome, seen, words = read.part.id, _seen(read), read.statement.words
    said, limited, lacking = (
        TypedText(f"{name} {outcome}", seen, saved)
        for name, saved in (
            ("said", words.statement),
            ("limits", words.limitations),
            ("missing", words.missing),
        )
    )
    return said, limited, lacking


_SEEN = "statement seen "


def _seen(read: OutcomeRead) -> int:
    """The version this window began to work on."""
    key = _SEEN + read.part.id
    if session.recall(key) is None:
        session.remember(key, read.statement.version)
    return int(session.recall(key))


def _hint(words: str) -> None:
    notices.draw(f'<p class="wb-small">{as_html(words)}</p>')


def _draw_meanwhile(read: OutcomeRead) -> None:
    words = read.statement.words
    notices.draw(
        '<div class="wb-empty"><p style="margin:0 0 4px"><strong>'
        f"{as_html(read.statement.written_by)} changed this since you opened it."
        "</strong></p><p style='white-space:pre-wrap;overflow-wrap:anywhere;margin:0'>"
        f"<bdi>{as_html(words.statement)}</bdi></p></div>"
    )
    if st.button("Go on from what is there now", key=f"go on {read.part.id}"):
        session.forget(_SEEN + read.part.id)
        st.rerun()
