"""Study design: strands, waves and their guides, who was aimed for and reached."""

from __future__ import annotations

import streamlit as st

from workbench import notices, session
from workbench.actions.study_design.design_reading import (
    StudyDesign,
    in_one_sentence,
    read_design,
)
from workbench.caches import forgotten_when_erased
from workbench.session import Place
from workbench.widgets.study_design import (
    aims_section,
    group_shown,
    guide_shown,
    guides_section,
    projects_section,
    reached_section,
    strands_section,
    waves_section,
)

_REACHED, _WAVES, _STRANDS = _PARTS = (
    "Aimed for and reached",
    "Waves and topic guides",
    "Strands and mini-projects",
)


def show() -> None:
    """Draw the part that the address names, or the group or guide it opens."""
    place = session.place()
    design = design_of(session.study(), str(place.store.audit.last_change()))
    notices.page_head("Study design", _lead(design))
    notices.draw(notices.LINKS_TO_THINGS)
    if guide_shown.open_asked(place, design) or group_shown.open_asked(place, design):
        return
    part = _choose_part()
    if part == _WAVES:
        waves_section.draw(place, design)
        guides_section.draw(place, design)
    elif part == _STRANDS:
        strands_section.draw(place, design)
        projects_section.draw(place, design)
    else:
        _show_aims(place, design)


@forgotten_when_erased
@st.cache_resource(show_spinner=False, max_entries=4)
def design_of(study: str, changed: str) -> StudyDesign:
    """The design as it stands after the study's last change."""
    del study, changed  # they only tell one answer from another
    return read_design(session.store())


def _lead(design: StudyDesign) -> str:
    if not design.has_anything and not design.read.sources:
        return (
            "What the study set out to do: its strands, waves and topic guides, and "
            "how many people of which role, team and locality it aims for."
        )
    return in_one_sentence(design)


def _choose_part() -> str:
    asked = session.address("part")
    chosen = st.segmented_control(
        "Which part",
        _PARTS,
        default=asked if asked in _PARTS else _REACHED,
        key="design part",
        label_visibility="collapsed",
    )
    part = chosen or _REACHED
    if part != (asked or _REACHED):
        session.set_address(part="" if part == _REACHED else part)
    return part


def _show_aims(place: Place, design: StudyDesign) -> None:
    if design.aims.aims or design.reached.everybody:
        reached_section.draw(place, design)
    else:
        notices.empty(
            "Nobody is aimed for and nobody reached yet. Set down below how many "
            "people of which role, team and locality each wave aims for; who is "
            "reached is counted from the transcripts as they come in."
        )
    aims_section.draw(place, design)
