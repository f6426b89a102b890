"""What pages of themes keep in memory until anything in the study changes."""

from __future__ import annotations

import streamlit as st

from workbench import session
from workbench.actions.themes.said_themes import SaidThemes, read_said_themes
from workbench.actions.themes.theme_summary import ThemeRead, read_theme
from workbench.caches import forgotten_when_erased
from workbench.session import Place


def said_themes(place: Place) -> SaidThemes:
    """The study's themes as they stand after its last change."""
    return _said_themes(session.study(), str(place.store.audit.last_change()))


def theme_read(place: Place, code_id: str) -> ThemeRead | None:
    """One theme or code whole, as the person at work may read it."""
    changed = str(place.store.audit.last_change())
    return _theme_read(session.study(), changed, code_id, place.person.id)


@forgotten_when_erased
@st.cache_resource(show_spinner="Counting people and mentions", max_entries=4)
def _said_themes(study: str, changed: str) -> SaidThemes:
    del study, changed  # they only tell one answer from another
    return read_said_themes(session.store())


@forgotten_when_erased
@st.cache_resource(show_spinner="Reading the theme", max_entries=16)
def _theme_read(
    study: str, changed: str, code_id: str, reader_id: str
) -> ThemeRead | None:
    themes = _said_themes(study, changed)
    return read_theme(session.store(), themes, code_id, reader_id=reader_id)
