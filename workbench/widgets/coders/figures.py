"""How far two coders agree: the sentence, then figures, then how they come about."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from coding.agreement.units import UnitKind
from coding.agreement.words import (
    bearing_in_words,
    how_it_is_worked_out,
    overall_in_words,
)
from data.rights import Right
from workbench import notices, session
from workbench.actions.coders import agreement as actions
from workbench.actions.coders import agreement_report
from workbench.actions.coders.agreement import AgreementOfStudy
from workbench.caches import forgotten_when_erased
from workbench.session import Place
from workbench.widgets.coders.coder_style import draw_coders, draw_table
from workbench.widgets.untrusted import as_html

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@forgotten_when_erased
@st.cache_resource(show_spinner="Counting", max_entries=6)
def agreement_of(
    study: str, changed: str, first: str, second: str, unit: str
) -> AgreementOfStudy:
    """The agreement of two coders as the study stood after its last change."""
    del study, changed  # they only tell one answer from another
    return actions.read_agreement(session.store(), (first, second), UnitKind(unit))


def draw_figures(place: Place, pairs: Sequence[tuple[str, str]]) -> None:
    """Draw the agreement of one of the pairs of coders, given by person id."""
    names = {one.id: one.name for one in place.store.study.people()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        pair = pairs[0]
        if len(pairs) > 1:
            at = st.selectbox(
                "Coders",
                range(len(pairs)),
                format_func=lambda one: " and ".join(
                    names[coder] for coder in pairs[one]
                ),
                key="pair of coders",
                width=360,
            )
            pair = pairs[at or 0]
        unit = st.radio(
            "Counted by",
            [one.value for one in UnitKind],
            index=1,
            format_func=str.capitalize,
            horizontal=True,
            key="unit of agreement",
        )
    changed = str(place.store.audit.last_change())
    unit = unit or UnitKind.SENTENCE.value
    found = agreement_of(session.study(), changed, *pair, unit)
    draw_coders(
        f"<p><b>{as_html(overall_in_words(found.report))}</b></p>"
        f"<p>{as_html(bearing_in_words(found.report))}</p>"
        f"<p>{as_html(actions.alpha_of_all_in_words(found))}</p>"
    )
    draw_table(agreement_report.code_table(found))
    draw_table(agreement_report.transcript_table(found))
    with st.expander("How this is worked out", key="how agreement is worked out"):
        points = "".join(
            f"<li>{as_html(one)}</li>" for one in how_it_is_worked_out(UnitKind(unit))
        )
        draw_coders(f'<ul style="max-width:46rem">{points}</ul>')
    _draw_downloads(place, found)


def _draw_downloads(place: Place, found: AgreementOfStudy) -> None:
    if not session.may(Right.MAKE_REPORTS):
        return
    with st.container(horizontal=True), notices.problems_shown():
        for ending, words, mime in (
            (".xlsx", "Download as spreadsheet", _SHEET),
            (".docx", "Download as Word", _WORD),
        ):
            # Made when it is asked for: a file nobody takes leaves no audit line.
            st.download_button(
                words,
                partial(
                    agreement_report.agreement_file,
                    place.store,
                    place.person,
                    found,
                    ending,
                ),
                f"agreement{ending}",
                mime,
                key=f"download agreement {ending}",
            )
