"""The waves: when each was held, what for, asked by which guide."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import streamlit as st

from coding.study_design.wave_times import overlaps
from data.rights import Right
from data.storage.study_design.design_records import WavePlan
from workbench import notices, session
from workbench.actions.study_design.design_reading import StudyDesign, wave_in_words
from workbench.session import Place
from workbench.widgets.study_design.earlier import draw_earlier
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import day_in_words


def draw(place: Place, design: StudyDesign) -> None:
    """Draw each wave in order, and the form that adds one."""
    st.header("Waves", anchor=False)
    if not design.waves:
        notices.empty(
            "No waves yet. A wave is one round of interviews; a source may belong to "
            "none. Waves are also made when transcripts are added."
        )
    pairs = overlaps([wave.time for wave in design.waves])
    if pairs:
        told = "; ".join(f"{one} and {other}" for one, other in pairs)
        notices.caution(f"Their days overlap: {told}. Nothing is wrong if it is meant.")
    may_change = session.may(Right.DESIGN_STUDY)
    for wave in design.waves:
        _draw_wave(place, design, wave, may_change=may_change)
    if may_change:
        _draw_new(place)


def time_in_words(wave: WavePlan) -> str:
    """From when until when, as far as it is known."""
    starts = day_in_words(wave.starts_on) if wave.starts_on else ""
    ends = day_in_words(wave.ends_on) if wave.ends_on else ""
    if starts and ends:
        return f"{starts} to {ends}"
    if starts:
        return f"From {starts}"
    return f"Until {ends}" if ends else "No days given yet"


def _draw_wave(
    place: Place, design: StudyDesign, wave: WavePlan, *, may_change: bool
) -> None:
    with st.container(border=True, gap="small"):
        st.subheader(as_label(wave.wave), anchor=False)
        purpose = wave.purpose or "Nobody has written what it is for yet."
        notices.draw(
            f'<p class="wb-small">{as_html(time_in_words(wave))}. '
            f"{as_html(wave_in_words(design, wave.wave))}</p>"
            f'<p style="margin:4px 0 0;line-height:1.5;white-space:pre-wrap">'
            f"{as_html(purpose)}</p>"
        )
        for guide, version in design.guides_of(wave.wave):
            session.link_to(
                "design",
                f"Asked by: {guide.name}, version {version.number}",
                guide=guide.id,
                version=str(version.number),
            )
        if may_change:
            _draw_form(place, wave)
        draw_earlier(place.store.design.waves.earlier_words(wave.wave_id))


def _draw_form(place: Place, wave: WavePlan) -> None:
    key = f"{wave.wave_id} {wave.version}"
    with (
        st.expander(f"Change days and purpose of {as_label(wave.wave)}"),
        st.form(f"wave {key}", border=False),
        notices.problems_shown_above(),
    ):
        left, right = st.columns(2)
        starts = left.date_input(
            "From", _day(wave.starts_on), format="DD/MM/YYYY", key=f"wave from {key}"
        )
        ends = right.date_input(
            "Until", _day(wave.ends_on), format="DD/MM/YYYY", key=f"wave until {key}"
        )
        purpose = st.text_area(
            "What it is for", wave.purpose, key=f"wave purpose {key}", height=90
        )
        if st.form_submit_button("Save this wave"):
            place.store.design.waves.change(
                place.person.id,
                replace(
                    wave,
                    starts_on=_iso(starts),
                    ends_on=_iso(ends),
                    purpose=purpose or "",
                ),
            )
            notices.saved(f"{wave.wave} was saved. What it said before is kept.")
            st.rerun()


def _draw_new(place: Place) -> None:
    with (
        st.expander("Add a wave"),
        st.form("new wave", clear_on_submit=True, border=False),
        notices.problems_shown_above(),
    ):
        name = st.text_input("Name of the wave", key="new wave name")
        if st.form_submit_button("Add this wave"):
            made = place.store.design.waves.add_wave(place.person.id, name or "")
            notices.saved(f"{made.wave} was added.")
            st.rerun()


def _day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _iso(day: object) -> str:
    return day.isoformat() if isinstance(day, date) else ""
