"""Waves of a staff survey read against each other, and the assumption behind it."""

from __future__ import annotations

import streamlit as st

from data.figures.survey_toplines import Survey
from data.figures.topline_reading import ReadQuestion
from data.rights import Right, roles_in_words
from data.storage.topline_storage import KeptAssumption
from workbench import notices, session
from workbench.actions.together.wave_differences import (
    StatementDifference,
    assumption_in_words,
    differences,
)
from workbench.session import Place
from workbench.widgets.untrusted import as_html
from workbench.wording import day_in_words

_STYLE = """<style>
.wb-differences {max-width: 48rem; overflow-wrap: anywhere; line-height: 1.5}
.wb-differences h3 {font-size: 1rem; font-weight: 600; margin: 12px 0 2px; padding: 0}
.wb-differences ul {margin: 0 0 4px}
.wb-differences small {font-weight: 400; color: light-dark(#55606A, #A9B2B9)}
</style>"""


def draw_wave_differences(place: Place, survey: Survey, question: ReadQuestion) -> None:
    """Draw what two waves of a staff survey say of each statement, and on what terms.

    For a survey whose waves are never compared there is nothing to draw or to choose.
    """
    if not survey.waves_compared or len(question.waves) < 2:
        return
    kept = place.store.toplines.assumption(survey)
    assumption = kept.assumption if kept else None
    found = differences(survey, question, assumption)
    if not found:
        return
    st.subheader("The waves compared", anchor=False)
    lead = as_html(assumption_in_words(assumption, found))
    rows = "" if assumption is None else "".join(map(_statement, found))
    notices.draw(
        f'{_STYLE}<div class="wb-differences"><p class="wb-lead">{lead}</p>{rows}</div>'
    )
    notices.show_saved("assumption")
    with st.expander(
        "The assumption behind the comparison", expanded=assumption is None
    ):
        _draw_form(place, survey, kept)


def _statement(one: StatementDifference) -> str:
    lines = "".join(f"<li>{as_html(line)}</li>" for line in one.lines)
    earlier, later = one.waves
    return (
        f"<h3>{as_html(one.statement)} <small>{as_html(earlier)}, then "
        f"{as_html(later)}</small></h3><ul>{lines}</ul>"
    )


def _draw_form(place: Place, survey: Survey, kept: KeptAssumption | None) -> None:
    if kept:
        day = day_in_words(kept.said_at.date().isoformat())
        _note(f"Said by {kept.said_by} on {day}.")
    if not session.may(Right.IMPORT_SURVEYS):
        _note(f"It can be said by: {roles_in_words(Right.IMPORT_SURVEYS)}.")
        return
    version = kept.version if kept else 0
    known = kept.assumption if kept else None
    key = f"assumption {version}"
    with st.form(key, border=False), notices.problems_shown_above():
        share = st.number_input(
            "Each wave reached about so many per cent of all staff",
            min_value=0.0,
            max_value=100.0,
            value=100 * known.share if known else 0.0,
            step=1.0,
            key=f"{key} share",
        )
        source = st.text_input(
            "Where that is stated",
            known.source if known else "",
            key=f"{key} source",
        )
        context = st.text_area(
            "What else a reader of a difference should know",
            known.context if known else "",
            key=f"{key} context",
            height=80,
        )
        if st.form_submit_button("Save this assumption"):
            place.store.toplines.assume(
                place.person.id,
                survey,
                share,
                source or "",
                context or "",
                seen_version=version,
            )
            notices.saved("The assumption was saved.", beside="assumption")
            st.rerun()


def _note(words: str) -> None:
    notices.draw(f'<p class="wb-lead">{as_html(words)}</p>')
