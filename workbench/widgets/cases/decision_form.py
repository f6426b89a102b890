"""The form at the foot of a case: which partner or none, how well it suits, why."""

from __future__ import annotations

import time
from dataclasses import dataclass

import streamlit as st

from data.judging import BlindCandidate, GivenAs
from data.pairings import CaseToJudge, ListedCandidate
from data.problems import DataRefused
from data.rights import Right
from matching.judging.judgement import Suitability
from matching.problems import MatchingRefused
from workbench import notices, session
from workbench.actions.cases import judging
from workbench.case_words import rank_in_words
from workbench.session import Place
from workbench.widgets.cases import just_saved
from workbench.widgets.cases.case_style import draw_quietly
from workbench.widgets.judging import verdict_keys
from workbench.widgets.untrusted import as_label


@dataclass(frozen=True, slots=True)
class Choice:
    """A candidate as the form offers it: by id, in words, and whether it can be had."""

    historic_id: str
    words: str
    may_be_chosen: bool = True
    accepted_for: str = ""
    is_read: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """What the form asks for: who may be chosen, and on whom a verdict is wanted.

    ``asked`` are the shown candidates by id in the order of the page; ``needs_all`` is
    whether each needs a verdict, as two judges' agreement does.
    """

    choices: tuple[Choice, ...]
    asked: tuple[str, ...]
    needs_all: bool = False
    given_as: GivenAs = GivenAs.FIRST


def choice_of_listed(one: ListedCandidate) -> Choice:
    """A ranked candidate as the form names it: by its rank."""
    words = f"{rank_in_words(one.candidate.rank)}: case {one.candidate.historic_id}"
    may = one.may_be_chosen and not one.is_not_yours
    return Choice(one.historic_id, words, may, one.accepted_for, not one.may_be_chosen)


def choice_of_blind(one: BlindCandidate) -> Choice:
    """A second judge's candidate as the form names it: by its reference alone."""
    may = one.may_be_chosen and not one.is_not_yours
    words = f"Case {one.reference}"
    return Choice(one.historic_id, words, may, one.accepted_for, not one.may_be_chosen)


def choose_button(case: CaseToJudge, one: Choice) -> None:
    """Draw the button that chooses a candidate; the form below follows it."""
    if one.accepted_for:
        st.caption(f"Already chosen for case {as_label(one.accepted_for)}.")
    elif one.is_read:
        st.caption("Its file was read already, so it can no longer be chosen.")
    if not one.may_be_chosen or not session.may(Right.JUDGE_PAIRS):
        return
    chosen = session.recall(f"decision {case.id}", "")
    label = "✓ Chosen" if chosen == one.historic_id else "Choose this case"
    if st.button(label, key=f"choose {one.historic_id}"):
        session.remember(f"decision {case.id}", one.historic_id)
        st.rerun()


def show(
    place: Place,
    pairing_id: str,
    queue: list[CaseToJudge],
    case: CaseToJudge,
    asked: Asked,
) -> None:
    """Draw the form over the candidates shown and save the judgement when asked."""
    st.header("Your decision", anchor=False)
    just_saved.show(place, queue, case, "at the decision")
    problems = st.container()
    _offer_to_redo(place, case)
    decision = _ask_decision(case, asked)
    suitability = ""
    if decision and decision != judging.NO_SUITABLE_MATCH:
        suitability = _ask_suitability(case, decision)
    rationale = _ask_why(case)
    if not st.button("Save and next pair", type="primary", key=f"save {case.id}"):
        return
    given = verdict_keys.verdicts_given(case.id)
    try:
        judging.judge(
            place.store,
            place.person,
            pairing_id,
            case.id,
            decision=decision,
            suitability=suitability,
            rationale=rationale,
            seconds_taken=_seconds(case),
            given_as=asked.given_as,
            verdicts={one: given[one] for one in asked.asked if one in given},
            shown=asked.asked,
            needs_all=asked.needs_all,
        )
    except (DataRefused, MatchingRefused) as refusal:
        with problems:
            notices.show_problems(refusal)
        return
    _forget(case)
    following = judging.next_waiting(queue, case.id)
    just_saved.remember(case, following)
    session.set_address(case=following or case.id, compare="")
    st.rerun()


def _offer_to_redo(place: Place, case: CaseToJudge) -> None:
    """Draw the way back to a judgement of one's own that was taken back."""
    taken_back = [
        one
        for one in place.store.judgements.taken_back(case.id)
        if one.judge_id == place.person.id and one.given_as != GivenAs.RECONCILED
    ]
    if not taken_back or session.recall(f"decision {case.id}"):
        return
    if st.button("Fill in what I took back", key=f"fill in {case.id}"):
        before = taken_back[-1]
        decision = before.historic_id or judging.NO_SUITABLE_MATCH
        session.remember(f"decision {case.id}", decision)
        session.remember(f"why {case.id}", before.judgement.rationale)
        turn = session.recall(f"turn {case.id}", 0)
        session.remember(f"turn {case.id}", turn + 1)
        verdict_keys.fill_in(case.id, before.verdicts)
        st.rerun()


def _ask_decision(case: CaseToJudge, asked: Asked) -> str:
    kept = session.recall(f"decision {case.id}", "")
    words = {
        one.historic_id: one.words
        for one in asked.choices
        if one.may_be_chosen and one.historic_id in (*asked.asked, kept)
    }
    words[judging.NO_SUITABLE_MATCH] = "No suitable match"
    options = list(words)
    # The key follows what is chosen, so that a button on a card moves the choice too.
    chosen = st.radio(
        "Which case suits best?",
        options,
        index=options.index(kept) if kept in options else None,
        format_func=lambda one: as_label(words[one]),
        key=f"decision {case.id} {kept}",
    )
    if chosen and chosen != kept:
        session.remember(f"decision {case.id}", chosen)
        st.rerun()
    return chosen or ""


def _ask_suitability(case: CaseToJudge, chosen_id: str) -> str:
    said = verdict_keys.verdicts_given(case.id).get(chosen_id)
    if said is not None:
        words = verdict_keys.IN_WORDS[said].lower()
        draw_quietly(
            f"You called it {words}."
            if said.is_comparable
            else f"You called it {words}. To choose it, change the verdict on its card."
        )
        return said.value
    chosen = st.radio(
        "How well does it suit?",
        [one.value for one in judging.SUITABILITIES],
        index=None,
        format_func=lambda one: verdict_keys.IN_WORDS[Suitability(one)],
        horizontal=True,
        key=f"suitability {case.id}",
        persist_state="session",
    )
    return chosen or ""


def _ask_why(case: CaseToJudge) -> str:
    turn = session.recall(f"turn {case.id}", 0)
    written = st.text_area(
        "Why",
        value=session.recall(f"why {case.id}", ""),
        key=f"why {case.id} {turn}",
        height=110,
        help="What the two cases share, what sets them apart, and what decided it.",
        placeholder="A sentence or two. It is kept with the judgement.",
    )
    written = str(written or "")
    session.remember(f"why {case.id}", written)
    with st.container(horizontal=True, vertical_alignment="center", gap="medium"):
        st.caption("Begin with:", width="content")
        for number, starter in enumerate(judging.STARTERS):
            if st.button(starter, type="tertiary", key=f"starter {case.id} {number}"):
                begun = f"{written.rstrip()} {starter}".strip()
                session.remember(f"why {case.id}", begun)
                session.remember(f"turn {case.id}", turn + 1)
                st.rerun()
    return written


def _seconds(case: CaseToJudge) -> int | None:
    began = session.recall(f"began {case.id}")
    return round(time.time() - began) if began is not None else None


def _forget(case: CaseToJudge) -> None:
    verdict_keys.forget(case.id)
    for key in ("decision", "why", "turn", "began", "shown"):
        session.forget(f"{key} {case.id}")
