"""Judging pairs: one contemporary case, its candidates, a decision with its reason.

Nothing known after a referral is read here until a judgement stands.
"""

from __future__ import annotations

import time
from collections.abc import Sequence

import streamlit as st

from data.case_files import CaseAtReferral
from data.pairings import CaseToJudge, ListedCandidate, SavedPairing, Stage
from data.rights import Right
from workbench import notices, session
from workbench.actions.cases import judging
from workbench.case_words import titles_of
from workbench.session import Place
from workbench.widgets.cases import decision_form, just_saved
from workbench.widgets.cases.candidate_card import (
    CardWords,
    candidate_card,
    case_card,
    ties_in_words,
)
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.decision_form import Asked, choice_of_listed
from workbench.widgets.cases.eligibility import for_one_case
from workbench.widgets.cases.judged_pair import show_judged
from workbench.widgets.cases.pair_view import pair_at_referral
from workbench.widgets.judging import (
    blind_list,
    how_chosen,
    interest,
    stage_cards,
    supervision_thread,
    two_readings,
    verdict_keys,
)
from workbench.widgets.memos.memos_about import memos_about

_SHOWN_FIRST = 5
_LISTED = (Stage.FIRST, Stage.SECOND, Stage.READS_ALONG)


def show() -> None:
    """Draw the queue and the case that is open in it."""
    place = session.place()
    pairing = place.store.pairings.latest()
    queue = place.store.judging.queue(place.person.id)
    case = _open_case(queue)
    notices.page_head("Judge pairs", _lead(queue, case))
    if pairing is None:
        notices.empty(
            "Here you look at each contemporary case beside the historic cases closest "
            "to it, choose one or say that none suits, and write down why. First the "
            "matches must be found.",
            "Choose what to match",
            "plan",
        )
        return
    if case is None:
        notices.empty("The study has no contemporary case to judge yet.")
        return
    if not session.may(Right.JUDGE_PAIRS):
        draw_quietly("You can read along; practitioner researchers judge.")
    just_saved.show(place, queue, case, "above")
    _show_queue(queue, case)
    if case.judgement is not None:
        show_judged(place, case.judgement)
        two_readings.show_after(place, case)
        supervision_thread.show(place, case.own or case.judgement)
        _show_next(queue, case)
    elif not case.candidates and case.stage is not Stage.NOT_YOURS:
        for_one_case.show_unpaired(place, pairing, case)
    elif case.stage in _LISTED and not case.must_begin:
        _show_candidates(place, queue, case)
    else:
        stage_cards.show(place, case)
        _show_next(queue, case)
    memos_about(place, "case", case.id)
    just_saved.scroll_up()


def _lead(queue: list[CaseToJudge], case: CaseToJudge | None) -> str:
    hidden = "Outcomes are hidden until you have judged."
    if case is None:
        return hidden
    if case.judgement and case.judgement.is_pair and case.judgement.opened_at:
        hidden = "What came later is shown because this pair is judged."
    judged = sum(case.judgement is not None for case in queue)
    waiting = sum(case.waits for case in queue)
    without = len(queue) - judged - waiting
    progress = judging.progress_in_words(judged, len(queue), waiting, without)
    if not session.may(Right.JUDGE_PAIRS):
        return f"{hidden} {progress}."
    offered = sum(one.is_offered for one in queue)
    return f"{hidden} {progress}.{judging.own_share_in_words(offered, waiting)}"


def _open_case(queue: list[CaseToJudge]) -> CaseToJudge | None:
    wanted = session.address("case") or judging.next_waiting(queue)
    found = next((case for case in queue if case.id == wanted), None)
    return found or next(iter(queue), None)


def _show_queue(queue: list[CaseToJudge], case: CaseToJudge) -> None:
    words = {
        one.id: f"{one.reference} · {judging.status_in_words(one)}" for one in queue
    }
    ids = list(words)
    chosen = st.selectbox(
        "Contemporary case",
        ids,
        index=ids.index(case.id),
        format_func=lambda one: words[one],
        key=f"case {words[case.id]}",
        width=420,
    )
    if chosen != case.id:
        session.set_address(case=chosen, compare="")
        st.rerun()
    if session.address("case") != case.id:
        session.set_address(case=case.id)


def _show_next(queue: list[CaseToJudge], case: CaseToJudge) -> None:
    following = judging.next_waiting(queue, case.id)
    if following and st.button("Next case that waits", key="next waiting"):
        session.set_address(case=following, compare="")
        st.rerun()


def _show_candidates(place: Place, queue: list[CaseToJudge], case: CaseToJudge) -> None:
    _begin_clock(case)
    store = place.store
    given = store.judging.candidates(place.person.id, case.id)
    pairing = store.pairings.find(given.pairing_id)
    assert pairing is not None, "a list comes from a stored pairing"
    historic = [one.historic_id for one in given.ranked]
    historic += [one.historic_id for one in given.blind]
    views = store.cases.several_at_referral([case.id, *historic])
    plan = store.plans.find(pairing.plan_id)
    assert plan is not None, "a pairing always names a stored plan"
    titles = titles_of(store.cases.field_list())
    words = CardWords(plan.plan, titles, views[case.id])
    if given.blind:
        cautions = for_one_case.cautions_beside(
            case, [one.reference for one in given.blind]
        )
        asked = blind_list.show(place, case, given.blind, views, words, cautions)
    else:
        asked = _show_ranked(place, pairing, case, given.ranked, views, words)
    if session.may(Right.JUDGE_PAIRS):
        decision_form.show(place, pairing.id, queue, case, asked)


def _show_ranked(
    place: Place,
    pairing: SavedPairing,
    case: CaseToJudge,
    candidates: Sequence[ListedCandidate],
    views: dict[str, CaseAtReferral],
    words: CardWords,
) -> Asked:
    """Draw the list in order of closeness; what the form asks about it."""
    asked = Asked(
        tuple(map(choice_of_listed, candidates)),
        tuple(
            one.historic_id
            for one in candidates[: _shown(case)]
            if not one.is_not_yours
        ),
        needs_all=place.store.judging.setting().judges > 1,
    )
    compared = next(
        (o for o in candidates if o.historic_id == session.address("compare")), None
    )
    if compared is not None and not compared.is_not_yours:
        _show_side_by_side(words, compared, views, case)
        return asked
    with st.container(key="judging"):
        left, right = st.columns([1, 2], gap="medium")
    with left, st.container(border=True, key="pinned"):
        draw_cases(case_card(views[case.id]))
        how_chosen.show(place, case.reference)
        if session.may(Right.JUDGE_PAIRS):
            interest.offer_to_declare(place, case.id, case.reference)
    with right:
        if session.may(Right.JUDGE_PAIRS):
            verdict_keys.show_keys(case.id, asked.asked)
        _show_cards(place, case, candidates, views, words, asked)
        for_one_case.show_ruled_out(pairing, case, len(candidates), words)
    return asked


def _show_cards(
    place: Place,
    case: CaseToJudge,
    candidates: Sequence[ListedCandidate],
    views: dict[str, CaseAtReferral],
    words: CardWords,
    asked: Asked,
) -> None:
    shown, ties = _shown(case), ties_in_words(candidates)
    cautions = for_one_case.cautions_beside(
        case, [one.candidate.historic_id for one in candidates]
    )
    phrases = for_one_case.phrases_of_notes(
        case, [one.historic_id for one in candidates[:shown]], views, words
    )
    for one in candidates[:shown]:
        reference = one.candidate.historic_id
        with st.container(border=True):
            if one.is_not_yours:
                blind_list.not_yours(place, one.historic_id, reference)
                continue
            draw_cases(
                candidate_card(
                    one,
                    words,
                    tie=ties.get(one.historic_id, ""),
                    caution=cautions.get(reference, ""),
                    phrases=phrases.get(one.historic_id, ()),
                    notes=views[one.historic_id].notes,
                    referred=views[one.historic_id].referral_date,
                )
            )
            if session.may(Right.JUDGE_PAIRS):
                verdict_keys.show_verdict(
                    case.id, one.historic_id, reference, asked.asked
                )
            _card_buttons(place, case, one)
    more = len(candidates) - shown
    if more > 0 and st.button(f"Show {min(more, 5)} more", key=f"more {case.id}"):
        session.remember(f"shown {case.id}", shown + 5)
        st.rerun()


def _shown(case: CaseToJudge) -> int:
    """How many of the candidates are on the page."""
    return int(session.recall(f"shown {case.id}", _SHOWN_FIRST))


def _card_buttons(place: Place, case: CaseToJudge, one: ListedCandidate) -> None:
    with st.container(horizontal=True):
        if st.button("Compare side by side", key=f"compare {one.historic_id}"):
            session.set_address(compare=one.historic_id)
            st.rerun()
        decision_form.choose_button(case, choice_of_listed(one))
        if session.may(Right.JUDGE_PAIRS):
            interest.offer_to_declare(place, one.historic_id, one.candidate.historic_id)


def _show_side_by_side(
    words: CardWords,
    one: ListedCandidate,
    views: dict[str, CaseAtReferral],
    case: CaseToJudge,
) -> None:
    with st.container(horizontal=True):
        if st.button("Back to all candidates", key="back to all"):
            session.set_address(compare="")
            st.rerun()
        decision_form.choose_button(case, choice_of_listed(one))
    with st.container(border=True):
        draw_cases(
            pair_at_referral(
                views[case.id],
                views[one.historic_id],
                one.candidate.comparisons,
                words.plan.exact,
            )
        )


def _begin_clock(case: CaseToJudge) -> None:
    if session.recall(f"began {case.id}") is None:
        session.remember(f"began {case.id}", time.time())
