"""The candidates as a second judge sees them: no order, no measure, no first choice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import streamlit as st

from data.case_files import CaseAtReferral
from data.judging import BlindCandidate, GivenAs
from data.pairings import CaseToJudge
from matching.case_records import CaseNote
from workbench import session
from workbench.case_words import earlier_in_words
from workbench.session import Place
from workbench.widgets.cases import decision_form
from workbench.widgets.cases.candidate_card import (
    CardWords,
    case_card,
    caution_markup,
    notes_markup,
    relations_markup,
)
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.decision_form import Asked, choice_of_blind
from workbench.widgets.cases.pair_view import pair_at_referral
from workbench.widgets.judging import how_chosen, interest, verdict_keys
from workbench.widgets.untrusted import as_html


def show(
    place: Place,
    case: CaseToJudge,
    candidates: Sequence[BlindCandidate],
    views: Mapping[str, CaseAtReferral],
    words: CardWords,
    cautions: Mapping[str, str],
) -> Asked:
    """Draw the case, the candidates in shuffled order and a verdict for each; what the
    form asks about them. ``cautions`` are by historic reference."""
    draw_quietly(
        "You are the second judge of this case. You see the same candidates as the "
        "first, in an order that says nothing of how close they are, and not what was "
        "decided. Once you are through, both of you see both readings."
    )
    compared = next(
        (o for o in candidates if o.historic_id == session.address("compare")), None
    )
    asked = tuple(one.historic_id for one in candidates if not one.is_not_yours)
    form = Asked(
        tuple(map(choice_of_blind, candidates)),
        asked,
        needs_all=True,
        given_as=GivenAs.SECOND,
    )
    if compared is not None and not compared.is_not_yours:
        _show_side_by_side(case, compared, views, words)
        return form
    with st.container(key="judging"):
        left, right = st.columns([1, 2], gap="medium")
    with left, st.container(border=True, key="pinned"):
        draw_cases(case_card(views[case.id]))
        how_chosen.show(place, case.reference)
        interest.offer_to_declare(place, case.id, case.reference)
    with right:
        verdict_keys.show_keys(case.id, asked)
        for one in candidates:
            with st.container(border=True):
                if one.is_not_yours:
                    not_yours(place, one.historic_id, one.reference)
                    continue
                view = views[one.historic_id]
                draw_cases(
                    blind_card(
                        one,
                        words,
                        caution=cautions.get(one.reference, ""),
                        notes=view.notes,
                        referred=view.referral_date,
                    )
                )
                verdict_keys.show_verdict(
                    case.id, one.historic_id, one.reference, asked
                )
                _card_buttons(place, case, one)
    return form


def blind_card(
    one: BlindCandidate,
    words: CardWords,
    *,
    caution: str = "",
    notes: Iterable[CaseNote],
    referred: str = "",
) -> str:
    """One candidate as markup: what to check, how it compares in words, its notes."""
    earlier = earlier_in_words(one.days_earlier)
    return (
        '<article class="wb-card">'
        f'<header><h3><span class="then">Case {as_html(one.reference)}</span></h3>'
        + (f'<span class="quiet">{earlier}</span>' if earlier else "")
        + f"</header>{caution_markup(caution)}"
        + f"{relations_markup(one.comparisons, words, referred)}"
        + f"{notes_markup(notes)}</article>"
    )


def not_yours(place: Place, historic_id: str, reference: str) -> None:
    """Draw, for its worker alone, a historic case they are not to judge."""
    draw_cases(
        '<article class="wb-card"><header><h3><span class="then">Case '
        f"{as_html(reference)}</span></h3></header><p>Not for you to judge: you "
        "declared that your team or you worked it.</p></article>"
    )
    interest.offer_to_withdraw(place, historic_id, reference)


def _card_buttons(place: Place, case: CaseToJudge, one: BlindCandidate) -> None:
    with st.container(horizontal=True):
        if st.button("Compare side by side", key=f"compare {one.historic_id}"):
            session.set_address(compare=one.historic_id)
            st.rerun()
        decision_form.choose_button(case, choice_of_blind(one))
        interest.offer_to_declare(place, one.historic_id, one.reference)


def _show_side_by_side(
    case: CaseToJudge,
    one: BlindCandidate,
    views: Mapping[str, CaseAtReferral],
    words: CardWords,
) -> None:
    with st.container(horizontal=True):
        if st.button("Back to all candidates", key="back to all"):
            session.set_address(compare="")
            st.rerun()
        decision_form.choose_button(case, choice_of_blind(one))
    with st.container(border=True):
        draw_cases(
            pair_at_referral(
                views[case.id],
                views[one.historic_id],
                one.comparisons,
                words.plan.exact,
            )
        )
