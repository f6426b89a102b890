"""Before and after: long-held cases compared with themselves, apart from the pairs.

Always with the warning on regression to the mean (Barnett, van der Pols and Dobson
2005): families come to notice when things are worst. Nothing known after a referral is
read here until a case was chosen and nobody has still to judge with it.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.rights import Right
from matching.within_case import REGRESSION_TO_THE_MEAN
from workbench import notices, session
from workbench.actions.cases import within_cases
from workbench.actions.cases.within_cases import KeptComparison
from workbench.widgets.within_case import choosing_form, kept_comparison

_LEAD = (
    "A case held long enough on both sides of a change in practice is compared with "
    "itself: what was recorded in the days before, and in as many days after. What is "
    "counted here is never added to the pairs."
)


def show() -> None:
    """Draw the comparisons there are, and the way to another."""
    place = session.place()
    notices.page_head("Before and after", _LEAD)
    notices.caution(REGRESSION_TO_THE_MEAN)
    if not place.store.cases.counts().cases:
        notices.empty(
            "Here a long-held case stands beside itself: both halves on one axis of "
            "days, counted side by side. First the study needs cases, with their "
            "events.",
            "Add cases" if session.may(Right.IMPORT_CASES) else "",
            "cases",
        )
        return
    practice_start = place.store.study.read().practice_start
    kept = within_cases.kept_comparisons(place.store)
    choosing_form.show_unfit()
    if kept:
        kept_comparison.show(place, _open_one(kept), practice_start)
        with st.expander(
            "Compare another case with itself",
            expanded=bool(session.address("choose")),
            key="choose another to split",
        ):
            choosing_form.show(place, kept, practice_start)
    else:
        st.header("Compare a case with itself", anchor=False)
        choosing_form.show(place, kept, practice_start)
    kept_comparison.show_former(
        within_cases.former_without_successor(place.store, kept)
    )


def _open_one(kept: Sequence[KeptComparison]) -> KeptComparison:
    """The comparison the address names, or the first; with several, a list of them."""
    by_case = {one.comparison.case_id: one for one in kept}
    wanted = session.address("case")
    ids = list(by_case)
    if len(ids) == 1:
        return kept[0]
    case_id = st.selectbox(
        "Compared with itself",
        ids,
        index=ids.index(wanted) if wanted in ids else 0,
        format_func=lambda one: by_case[one].comparison.reference,
        key=f"kept {wanted} {len(ids)}",
        width=420,
    )
    if case_id != session.address("case"):
        session.set_address(case=case_id)
    return by_case[case_id]
