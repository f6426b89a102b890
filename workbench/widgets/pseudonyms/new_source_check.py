"""Sources about to be added: told of listed names, replaced before they are saved."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.sources import NewSource
from workbench import notices, session
from workbench.actions.pseudonyms import new_sources
from workbench.session import Place


def draw(place: Place, sources: Sequence[NewSource]) -> bool:
    """Say what stands in them; whether names are to be replaced when they are saved."""
    if not sources:
        return False
    checked = new_sources.check(place.store, place.person, sources)
    if not checked.in_words:
        return False
    notices.caution(checked.in_words)
    if checked.is_locked:
        session.link_to("pseudonyms", "Open the key on the page Pseudonyms")
        return False
    return st.checkbox(
        "Replace them by their pseudonyms before anything is saved",
        value=True,
        key="replace in new sources",
    )
