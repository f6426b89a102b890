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
from workbench.actions.cases.plans import admitted_during
from workbench.caches import forgotten_when_erased


@forgotten_when_erased
@st.cache_resource(max_entries=2, show_spinner="Reading the cases")
def pool_of(study: str, version: int, during: tuple[str, ...] = ()) -> CasePool:  # noqa: ARG001
    """The cases at referral without notes, with fields admitted by override."""
    return session.store().cases.case_pool(during=during)


@forgotten_when_erased
@st.cache_resource(max_entries=2, show_spinner="Reading the cases")
def prepared_for(
    study: str, version: int, plan_id: str, rejected: tuple[tuple[str, str], ...] = ()
) -> PreparedPool:
    """The cases as a stored plan sees them, to ask why others were ruled out.

    ``rejected`` are the pairs that judges had turned down before.
    """
    saved = session.store().plans.find(plan_id)
    assert saved is not None, "a pairing always names a stored plan"
    during = tuple(sorted(admitted_during(saved.plan)))
    return prepare_for_judging(pool_of(study, version, during), saved.plan, rejected)


@forgotten_when_erased
@st.cache_data(max_entries=4, show_spinner="Reading the cases")
def look_alikes_of(study: str, version: int) -> tuple[LookAlike, ...]:
    """The pairs of cases worth a look."""
    return cases_worth_a_look(pool_of(study, version))


@forgotten_when_erased
@st.cache_resource(max_entries=2, show_spinner="Reading the notes")
def rarity_of(study: str, version: int) -> dict[str, float]:  # noqa: ARG001
    """How rare each word is over the notes up to the referral."""
    return rarity_in_notes(session.store())
