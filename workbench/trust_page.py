"""How far to trust suggestions: tried on the study's own codes, with its day."""

from __future__ import annotations

import altair as alt
import pandas as pd
import streamlit as st

from data.rights import Right
from data.storage.suggesting.trust_storage import KeptTrustReport
from workbench import jobs, notices, session
from workbench.actions.suggesting import trust
from workbench.session import Place
from workbench.widgets.coders.coder_style import draw_coders, draw_table
from workbench.widgets.suggesting.review_section import STYLE
from workbench.widgets.untrusted import as_html

_JOB = "try suggestions"


def show() -> None:
    """Draw the newest report, and the way to make another."""
    place = session.place()
    notices.page_head(
        "How far to trust suggestions",
        "Suggestions are tried on transcripts that people have coded, each left out "
        "in turn. Rates of this study, not of any other.",
    )
    with notices.problems_shown():
        if jobs.show_job(f"{_JOB} {place.person.id}") is not None:
            notices.saved("The trial is done.", beside="trust")
        notices.show_saved("trust")
        kept = place.store.trust.newest()
        if kept is None:
            notices.empty(
                "Nothing has been tried yet. Once two transcripts are coded and read "
                "through, a trial shows for each code how often suggestions would "
                "have been right, and where they went wrong."
            )
        _draw_button(place, kept)
        if kept is not None:
            _draw_report(place, kept)


def _draw_button(place: Place, kept: KeptTrustReport | None) -> None:
    key = f"{_JOB} {place.person.id}"
    if not session.may(Right.CODE_SOURCES):
        return
    words = "Try again" if kept else "Try suggestions on our codes"
    if st.button(
        words,
        type="secondary" if kept else "primary",
        key="try",
        disabled=jobs.job_under(key) is not None,
        help="Takes from seconds to some minutes. Coding goes on meanwhile.",
    ):
        store, person = place.store, place.person
        jobs.start_job(
            key,
            "Trying suggestions",
            lambda progress: trust.try_on_own_codes(store, person, progress=progress),
        )
        st.rerun()


def _draw_report(place: Place, kept: KeptTrustReport) -> None:
    old = (
        " What people decided has changed since."
        if trust.is_out_of_date(place.store, kept)
        else ""
    )
    draw_coders(
        f"<p><b>{as_html(trust.overall_in_words(kept))}</b></p>"
        f'<p class="quiet">Tried on {kept.made_at:%d/%m/%Y at %H:%M} by '
        f"{as_html(kept.made_by)}, engine {as_html(kept.engine)}.{old} "
        f"{as_html(kept.result['models'])}</p>"
    )
    draw_table(trust.code_table(kept))
    _draw_errors(place, kept)
    _draw_curve(kept)
    draw_table(trust.calibration_table(kept))
    with st.expander("How this is worked out", key="how trust is worked out"):
        points = "".join(f"<li>{as_html(one)}</li>" for one in trust.HOW)
        draw_coders(f'<ul style="max-width:46rem">{points}</ul>')


def _draw_errors(place: Place, kept: KeptTrustReport) -> None:
    names = {
        one["code_id"]: one["name"]
        for one in kept.result["codes"]
        if one["suggested_wrongly"] or one["missed"]
    }
    if not names:
        return
    st.header("Where it went wrong", anchor=False)
    code = st.selectbox(
        "Code",
        list(names),
        format_func=lambda one: names.get(one, ""),
        key="errors of",
        width=360,
    )
    for one in trust.errors(place.store, place.person, kept, code or ""):
        with st.container(gap=None):
            notices.draw(
                f'{STYLE}<p class="wb-asks">{as_html(one.kind)}</p>'
                f'<p class="wb-said">{as_html(one.words)}</p>'
            )
            session.link_to(
                "code",
                f"{one.source_name}: {one.speaker or 'turn'}, turn {one.turn_number}",
                source=one.source_id,
                at=str(one.start),
            )


def _draw_curve(kept: KeptTrustReport) -> None:
    points = kept.result["curve"]
    if len(points) < 2:
        return
    st.header("What more coded transcripts bring", anchor=False)
    st.write(trust.curve_in_words(kept))
    chart = (
        alt.Chart(pd.DataFrame(points))
        .mark_line(point=True)
        .encode(
            x=alt.X("transcripts:Q", title="Transcripts coded"),
            y=alt.Y(
                "recall_at_3:Q",
                title="Codes found among the first three",
                scale=alt.Scale(domain=[0, 1]),
            ),
            tooltip=[
                alt.Tooltip("transcripts:Q", title="Transcripts coded"),
                alt.Tooltip("recall_at_3:Q", title="Found", format=".2f"),
            ],
        )
        .properties(height=220)
    )
    st.altair_chart(chart, use_container_width=True)
    with st.expander("Show as table", key="curve as table"):
        draw_table(trust.curve_table(kept))
