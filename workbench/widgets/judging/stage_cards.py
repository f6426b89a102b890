"""What stands in place of the candidates while a case is not the person's to judge."""

from __future__ import annotations

import streamlit as st

from data.pairings import CaseToJudge, Stage
from workbench import notices, session
from workbench.session import Place
from workbench.widgets.cases.candidate_card import case_card
from workbench.widgets.cases.case_style import draw_cases
from workbench.widgets.cases.judged_pair import judgement_markup, offer_to_take_back
from workbench.widgets.judging import (
    how_chosen,
    interest,
    supervision_thread,
    two_readings,
)
from workbench.widgets.untrusted import as_html

_ABOUT_TWO = (
    "Two people judge each case, independently. As the first judge you see the "
    "candidates in order of closeness. The second is shown the same ones shuffled, "
    "without any measure and without your decision. Whoever has seen the order cannot "
    "be the second judge."
)


def show(place: Place, case: CaseToJudge) -> None:
    """Draw why there is no list for this person now, and what can be done."""
    if case.stage is Stage.RECONCILE:
        two_readings.show_and_reconcile(place, case)
    elif case.stage is Stage.WAITS_FOR_SECOND and case.own is not None:
        draw_cases(judgement_markup(case.own))
        _say("Waits for the second judge", "Both readings are shown once both are in.")
        supervision_thread.show(place, case.own)
        offer_to_take_back(place, case.own)
    elif case.stage is Stage.NOT_YOURS:
        _say(
            "Not for you to judge",
            "You declared that your team or you worked this case. "
            + (
                "It is offered to your colleagues."
                if case.candidates
                else "Nobody judges it at present: the plan finds no candidate for it."
            ),
        )
        how_chosen.show(place, case.reference)
        interest.offer_to_withdraw(place, case.id, case.reference)
    elif case.stage is Stage.SAW_LIST:
        _say(
            "For another second judge",
            "You have seen the candidates in order of closeness, so somebody else "
            "reads this case as the blind second judge.",
        )
    elif case.stage is Stage.BEING_RECONCILED:
        _say(
            "Both judges are through and differ",
            "The two of them, or a supervisor, settle on one decision. It stands here "
            "afterwards.",
        )
    else:
        _show_gate(place, case)


def _show_gate(place: Place, case: CaseToJudge) -> None:
    """The step before a first judge sees the order."""
    at_referral = place.store.cases.at_referral(case.id)
    assert at_referral is not None, "a queue lists stored cases"
    other = case.stage is Stage.BEGUN_BY_OTHER
    if other:
        _say(
            f"{case.begun_by} has begun this case as the first judge",
            "It is offered to you as the second once they are through. Take it over "
            "only where they cannot finish it.",
        )
    else:
        _say("Begin as the first judge?", _ABOUT_TWO)
    with notices.problems_shown():
        if st.button(
            "Take over as first judge" if other else "Begin as first judge",
            type="secondary" if other else "primary",
            key=f"begin {case.id}",
        ):
            place.store.judging.begin(place.person.id, case.id)
            session.set_address(case=case.id, compare="")
            st.rerun()
    with st.container(border=True):
        draw_cases(case_card(at_referral))
        how_chosen.show(place, case.reference)
        interest.offer_to_declare(place, case.id, case.reference)


def _say(title: str, words: str) -> None:
    draw_cases(
        f'<div class="wb-card"><h2>{as_html(title)}</h2><p>{as_html(words)}</p></div>'
    )
