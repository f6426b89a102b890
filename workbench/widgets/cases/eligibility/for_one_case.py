"""Eligibility of one case on the judge page: ruled out, unpaired, beside each card."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from data.case_files import CaseAtReferral
from data.pairings import CaseToJudge, SavedPairing
from matching.candidates import count_for_case
from matching.eligibility_loosened import gains_for_case, near_misses, rules_broken
from workbench import session
from workbench.actions.cases.narratives import phrases_beside
from workbench.actions.cases.pairing import rejected_before
from workbench.case_words import titles_of, with_titles
from workbench.session import Place
from workbench.widgets.cases.candidate_card import CardWords, case_card
from workbench.widgets.cases.case_style import draw_cases
from workbench.widgets.cases.eligibility.eligibility_shown import (
    ruled_out_markup,
    unpaired_markup,
)
from workbench.widgets.cases.eligibility.kept_cases import (
    look_alikes_of,
    prepared_for,
    rarity_of,
)
from workbench.widgets.cases.eligibility.look_alikes_shown import cautions_for
from workbench.widgets.judging import how_chosen

_MISSES = 5


def show_ruled_out(
    pairing: SavedPairing, case: CaseToJudge, listed: int, words: CardWords
) -> None:
    """Draw how many were ruled out, by which rule, and the nearest of them."""
    version = session.store().cases.version()
    prepared = prepared_for(
        session.study(), version, pairing.plan_id, rejected_before(pairing)
    )
    counts = count_for_case(prepared, case.reference)
    everyone, left = counts[0].historic_left, counts[-1].historic_left
    with st.expander(
        f"Ruled out: {everyone - left:,} of {everyone:,}. See why",
        key=f"ruled out {case.id}",
    ):
        misses = near_misses(prepared, case.reference, most=_MISSES)
        draw_cases(
            ruled_out_markup(counts, words.plan, words.titles, misses, listed=listed)
        )


def show_unpaired(place: Place, pairing: SavedPairing, case: CaseToJudge) -> None:
    """Draw why a case has no candidate, its nearest miss, and what a change brings."""
    at_referral = place.store.cases.at_referral(case.id)
    assert at_referral is not None, "a queue lists stored cases"
    titles = titles_of(place.store.cases.field_list())
    version = place.store.cases.version()
    prepared = prepared_for(
        session.study(), version, pairing.plan_id, rejected_before(pairing)
    )
    nearest = next(
        one.nearest_reference
        for one in place.store.pairings.unpaired(pairing.id)
        if one.contemporary_id == case.id
    )
    broken = rules_broken(prepared, case.reference, nearest) if nearest else ()
    draw_cases(
        unpaired_markup(
            with_titles(case.unpaired_because, titles),
            count_for_case(prepared, case.reference),
            gains_for_case(prepared, case.reference),
            prepared.read.plan,
            titles,
            nearest=nearest,
            broken=broken,
        )
    )
    with st.container(border=True):
        draw_cases(case_card(at_referral))
        how_chosen.show(place, case.reference)


def cautions_beside(case: CaseToJudge, historic: Iterable[str]) -> dict[str, str]:
    """By historic reference, what a person should check before choosing it."""
    version = session.store().cases.version()
    found = look_alikes_of(session.study(), version)
    return cautions_for(found, case.reference, historic)


def phrases_of_notes(
    case: CaseToJudge,
    historic_ids: Iterable[str],
    views: Mapping[str, CaseAtReferral],
    words: CardWords,
) -> dict[str, tuple[str, ...]]:
    """The phrases notes share, by id, where the plan asks for their likeness."""
    if not words.plan.narrative:
        return {}
    rarity = rarity_of(session.study(), session.store().cases.version())
    beside = [views[historic_id] for historic_id in historic_ids]
    return phrases_beside(views[case.id], beside, rarity)
