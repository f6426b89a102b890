"""Saying that one's team or oneself worked a case, and taking that back."""

from __future__ import annotations

import streamlit as st

from workbench import notices
from workbench.session import Place
from workbench.widgets.untrusted import as_label

LABEL = "My team or I worked this case"


def offer_to_declare(place: Place, case_id: str, reference: str) -> None:
    """Draw the button that declares an interest in a case of either era."""
    if st.button(
        LABEL,
        key=f"declare {case_id}",
        type="tertiary",
        help="You are then not offered it; for others nothing changes. It is kept with "
        "your name and stands in the account.",
    ):
        with notices.problems_shown():
            place.store.interests.declare(place.person.id, case_id)
            notices.saved(f"Kept: case {reference} is not for you to judge.")
            st.rerun()


def offer_to_withdraw(place: Place, case_id: str, reference: str) -> None:
    """Draw the way back from a declaration, with the reason it asks for."""
    with (
        st.expander(f"Case {as_label(reference)} was declared by mistake"),
        notices.problems_shown(),
    ):
        reason = st.text_input(
            "Why withdraw it?",
            key=f"why withdraw {case_id}",
            help="Your declaration stays on record together with this reason.",
        )
        if st.button("Withdraw the declaration", key=f"withdraw {case_id}"):
            place.store.interests.withdraw(place.person.id, case_id, reason)
            notices.saved(f"Withdrawn: case {reference} may be offered to you again.")
            st.rerun()
