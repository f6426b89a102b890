"""Adding survey results from a file: shown wave by wave before anything is saved."""

from __future__ import annotations

import streamlit as st

from data.importers.surveys.topline_import import read_toplines
from data.rights import Right, roles_in_words
from workbench import notices, session
from workbench.actions.together import survey_results
from workbench.session import Place
from workbench.widgets.untrusted import as_html
from workbench.wording import counted, problem_in_words

_ROUND = "survey import round"
_SAVED = "survey figures saved"
_HEADINGS = (
    "survey (Staff survey or Service-user survey), wave (as Wave 1), question, "
    "statement, answer, count and base, a row for each answer; fieldwork, topic, "
    "percent, note and source if known"
)


def draw_survey_import(place: Place, *, is_first: bool) -> None:
    """Draw the import, open where it would be the first, and what was just saved."""
    saved = session.recall(_SAVED, 0)
    session.forget(_SAVED)
    if saved:
        # Here and not at the top: the section stands far down a long page.
        notices.draw(
            f'<p class="wb-saved" role="status">✓ Saved: '
            f"{counted(saved, 'figure')}.</p>"
        )
    with st.expander("Add survey results", expanded=is_first):
        _draw_file(place)


def _draw_file(place: Place) -> None:
    if not session.may(Right.IMPORT_SURVEYS):
        who = roles_in_words(Right.IMPORT_SURVEYS)
        _note(f"Survey results can be added by: {who}.")
        return
    file = st.file_uploader(
        "A table of survey results (.csv or .xlsx)",
        key=f"survey file {session.recall(_ROUND, 0)}",
        help="The file stays on this computer.",
    )
    _note(
        f"Headings: {_HEADINGS}. Nothing is saved before you have seen what is in it."
    )
    if file is None:
        return
    with notices.problems_shown():
        table = read_toplines(file.name, file.getvalue())
        waves = survey_results.preview_toplines(place.store, table.toplines)
        lines = "".join(f"<li>{as_html(wave.in_words())}</li>" for wave in waves)
        notices.draw(f'<ul style="margin:0 0 8px">{lines}</ul>')
        for warning in table.warnings:
            _note(f"{warning.where}: {problem_in_words(warning)}")
        words = f"Save these {counted(len(table), 'figure')}"
        if st.button(words, type="primary", key="save survey results"):
            count = survey_results.save_toplines(
                place.store, place.person, table.toplines
            )
            session.remember(_ROUND, session.recall(_ROUND, 0) + 1)
            session.remember(_SAVED, count)
            st.rerun()


def _note(words: str) -> None:
    notices.draw(f'<p class="wb-lead">{as_html(words)}</p>')
