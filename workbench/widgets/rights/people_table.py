"""Everybody who takes part, where they are heard and what they agreed to."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from data.people_rights.consent import Use
from data.storage.people_rights.consent_storage import PersonTakingPart
from workbench.actions.rights.consenting import state_in_words

_COLUMNS = {
    Use.INTERVIEW: "Use",
    Use.QUOTATION: "Quotation",
    Use.ARCHIVE: "Archive",
    Use.RECONTACT: "Contact again",
}


def draw(people: Sequence[PersonTakingPart]) -> None:
    """Draw one line for each participant; a gap says that nobody recorded it."""
    table = {
        "Participant": [one.pseudonym for one in people],
        "Role": [one.role for one in people],
        "Where they stand": [state_in_words(one) for one in people],
        "Heard in": [", ".join(one.sources) or "nothing" for one in people],
    }
    for use, title in _COLUMNS.items():
        table[title] = [
            one.consent.answers[use].in_words if one.consent else "Not recorded"
            for one in people
        ]
    st.dataframe(pd.DataFrame(table), hide_index=True, width="stretch")
