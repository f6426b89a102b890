"""Cases read once and kept while people look at them, for as long as they stay so.

Study and version only say when what is kept no longer holds.
"""

from __future__ import annotations

import streamlit as st

from matching.candidates import PreparedPool
from matching.cases import CasePool
from matching.look_alikes import LookAlike
from workbench import session
from workbench.actions.cases.eligibility import cases_worth_a_look
from workbench.actions.cases.narratives import rarity_in_notes
from workbench.actions.cases.pairing import prepare_for_judging


@st.cache_resource(max_entries=2, show_spinner="Reading the cases")
def pool_of(study: str, version: int, during: tuple[str, ...] = ()) -> CasePool:  # noqa: ARG001
    """The cases at referral without notes, with fields admitted by override."""
    return session.store().cases.case_pool(during=during)


@st.cache_resource(max_entries=2, show_spinner="Reading the cases")
def prepared_for(study: str, version: int, pairing_id: str) -> PreparedPool:  # noqa: ARG001
    """The cases as a pairing's plan sees them, to ask why others were ruled out."""
    pairing = session.store().pairings.find(pairing_id)
    assert pairing is not None, "the page shows a stored pairing"
    return prepare_for_judging(session.store(), pairing)


@st.cache_data(max_entries=4, show_spinner="Reading the cases")
def look_alikes_of(study: str, version: int) -> tuple[LookAlike, ...]:
    """The pairs of cases worth a look."""
    return cases_worth_a_look(pool_of(study, version))


@st.cache_resource(max_entries=2, show_spinner="Reading the notes")
def rarity_of(study: str, version: int) -> dict[str, float]:  # noqa: ARG001
    """How rare each word is over the notes up to the referral."""
    return rarity_in_notes(session.store())
