"""Who was aimed for and who was reached; every number leads to who it counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from coding.study_design.reached import GroupReached, Standing
from workbench import notices, session
from workbench.actions.study_design.design_reading import (
    StudyDesign,
    wave_in_words,
    waves_told,
    what_to_know,
)
from workbench.actions.study_design.reached_tables import design_workbook
from workbench.actions.together import reports
from workbench.session import Place
from workbench.widgets.study_design.group_address import as_address
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_AT_ONCE = 40
_WIDTHS = (3, 2, 2, 4)
_HEADINGS = ("Who", "People", "Interviews", "How it stands, and why")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MARKS = {
    Standing.AS_AIMED: ("●", "wb-done"),
    Standing.MORE: ("●", "wb-done"),
    Standing.SHORT: ("◐", "wb-short"),
    Standing.FEWER_INTERVIEWS: ("◐", "wb-short"),
    Standing.NOBODY: ("○", "wb-short"),
    Standing.NOT_AIMED: ("◇", "wb-beside"),
}
_STYLE = """<style>
.st-key-reached-rows [data-testid="stHorizontalBlock"] {
  border-bottom: 1px solid light-dark(#D5D9DC, #363F47); padding: 4px 0}
.st-key-reached-rows .stPageLink p {white-space: normal; font-size: 0.9375rem;
  line-height: 1.4;
  font-weight: 400; text-decoration: underline; color: light-dark(#0B5D66, #7CCBD1)}
.st-key-reached-rows .stPageLink a {background: none; padding: 2px 0; min-height: 24px}
.st-key-reached-rows .stPageLink span:has(> [data-testid="stIconMaterial"]) {
  display: none}
.wb-group {margin: 0; font-size: 0.9375rem; line-height: 1.4;
  overflow-wrap: anywhere}
.wb-group small {display: block; font-size: 0.8125rem; line-height: 1.4;
  color: light-dark(#55606A, #A9B2B9)}
.wb-done {color: light-dark(#1B6B3A, #86D3A0)}
.wb-short {color: light-dark(#8A5300, #F0C070)}
.wb-beside {color: light-dark(#55606A, #A9B2B9)}
</style>"""


def draw(place: Place, design: StudyDesign) -> None:
    """Draw each wave in a sentence, then its groups, those lacking first if asked."""
    told = waves_told(design)
    points = "".join(
        f"<li><strong>{as_html(wave)}:</strong> {as_html(wave_in_words(design, wave))}"
        "</li>"
        for wave in told
    )
    notices.draw(f'<ul style="margin:0;line-height:1.5">{points}</ul>')
    groups = _choose(design, told)
    _draw_rows(design, groups)
    _draw_notes(design)
    _offer_file(place)


def _choose(design: StudyDesign, waves: Sequence[str]) -> list[GroupReached]:
    every = list(design.reached.groups)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ways = ["Every wave", *waves]
        if any(not one.group.wave for one in every):
            ways.append("All waves together")
        wave = st.selectbox("Wave", ways, key="reached wave", width=220)
        only = st.toggle("Only groups that lack somebody", key="only lacking")
    if wave == "All waves together":
        every = [one for one in every if not one.group.wave]
    elif wave != "Every wave":
        every = [one for one in every if one.group.wave == wave]
    return [one for one in every if one.lacks] if only else every


def _draw_rows(design: StudyDesign, groups: Sequence[GroupReached]) -> None:
    if not groups:
        notices.draw('<p class="wb-lead">No group of this kind.</p>')
        return
    shown = list(groups)
    if len(shown) > _AT_ONCE and not session.recall("all groups", default=False):
        shown = shown[:_AT_ONCE]
    notices.draw(_STYLE)
    with st.container(key="reached-rows", gap=None):
        for column, words in zip(st.columns(_WIDTHS), _HEADINGS, strict=True):
            column.html(f'<p class="wb-group"><strong>{words}</strong></p>')
        for at, one in enumerate(shown):
            _draw_row(design, at, one)
    if len(shown) < len(groups) and st.button(
        f"Show all {len(groups)} groups", key="show all groups"
    ):
        session.remember("all groups", value=True)
        st.rerun()


def _draw_row(design: StudyDesign, at: int, one: GroupReached) -> None:
    who, people, interviews, stands = st.columns(_WIDTHS, vertical_alignment="center")
    address = as_address(one.group)
    with who:
        notices.draw(
            f'<p class="wb-group"><strong>{as_html(one.group.who)}</strong>'
            f"<small>{as_html(one.group.wave or 'All waves')}</small></p>"
        )
    with people, st.container(key=f"people of {at}"):
        session.link_to("design", people_words(one), group=address)
    with interviews, st.container(key=f"interviews of {at}"):
        session.link_to("design", interviews_words(one), group=address)
    with stands:
        notices.draw(_standing(design, one))


def people_words(one: GroupReached) -> str:
    """People reached, of those aimed for."""
    if one.aim is None:
        return counted(len(one.people), "person", "people")
    return f"{len(one.people):,} of {counted(one.aim.people, 'person', 'people')}"


def interviews_words(one: GroupReached) -> str:
    """Interviews held, of those aimed for where these are."""
    if one.aim is None or one.aim.interviews is None:
        return counted(len(one.interviews), "interview")
    return f"{len(one.interviews):,} of {counted(one.aim.interviews, 'interview')}"


def _standing(design: StudyDesign, one: GroupReached) -> str:
    mark, style = _MARKS[one.standing]
    words = one.standing.value
    words = f"{words[0].upper()}{words[1:]}"
    if one.short_of_people and one.people:
        words += f", {one.short_of_people:,} lacking"
    small = design.reason(one.group)
    if not small and one.lacks:
        small = "Nobody has written why yet."
    beside = [
        f"{counted(len(who), 'more', 'more')} {why}"
        for who, why in (
            (one.perhaps, "may belong to it: what it asks is not known of them"),
            (one.elsewhere, "in comments or observations alone"),
        )
        if who
    ]
    lines = "".join(f"<small>{as_html(line)}</small>" for line in [small, *beside])
    return (
        f'<p class="wb-group"><span class="{style}">{mark} {as_html(words)}</span>'
        f"{lines}</p>"
    )


def _draw_notes(design: StudyDesign) -> None:
    notes = [
        "A person in two waves counts once in each of them, and once in all.",
        *what_to_know(design),
    ]
    points = "".join(f"<li>{as_html(one)}</li>" for one in notes)
    notices.draw(f'<ul class="wb-small" style="padding-left:1.25rem">{points}</ul>')


def _offer_file(place: Place) -> None:
    def make() -> bytes:
        return design_workbook(
            place.store, place.person.name, datetime.now().astimezone()
        )

    st.download_button(
        "Download as a spreadsheet",
        make,
        f"study-design-internal-{datetime.now():%Y-%m-%d}.xlsx",
        _XLSX,
        key="design workbook",
        on_click=reports.note_report,
        args=(place.store, place.person, "study design", ".xlsx"),
    )
