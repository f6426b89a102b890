"""The form at the foot of a case: which partner or none, how well it suits, why."""

from __future__ import annotations

import time

import streamlit as st

from data.pairings import CaseToJudge, ListedCandidate, SavedPairing
from data.problems import DataRefused
from data.rights import Right
from workbench import notices, session
from workbench.actions.cases import judging
from workbench.session import Place
from workbench.widgets.cases import just_saved
from workbench.widgets.cases.case_words import rank_in_words
from workbench.widgets.cases.judged_pair import suitability_in_words
from workbench.widgets.untrusted import as_label


def choose_button(case: CaseToJudge, one: ListedCandidate) -> None:
    """Draw the button that chooses a candidate; the form below follows it."""
    if one.accepted_for:
        st.caption(f"Already chosen for case {as_label(one.accepted_for)}.")
    if not one.may_be_chosen or not session.may(Right.JUDGE_PAIRS):
        return
    chosen = session.recall(f"decision {case.id}", "")
    label = "✓ Chosen" if chosen == one.historic_id else "Choose this case"
    if st.button(label, key=f"choose {one.historic_id}"):
        session.remember(f"decision {case.id}", one.historic_id)
        st.rerun()


def show(
    place: Place,
    pairing: SavedPairing,
    queue: list[CaseToJudge],
    case: CaseToJudge,
    candidates: list[ListedCandidate],
    shown: int,
) -> None:
    """Draw the form over the candidates shown and save the judgement when asked."""
    st.header("Your decision", anchor=False)
    just_saved.show(place, queue, case, "at the decision")
    problems = st.container()
    decision = _ask_decision(case, candidates, shown)
    suitability = ""
    if decision and decision != judging.NO_SUITABLE_MATCH:
        suitability = _ask_suitability(case)
    rationale = _ask_why(case)
    if not st.button("Save and next pair", type="primary", key=f"save {case.id}"):
        return
    try:
        judging.judge(
            place.store,
            place.person,
            pairing,
            case.id,
            decision=decision,
            suitability=suitability,
            rationale=rationale,
            seconds_taken=_seconds(case),
        )
    except DataRefused as refusal:
        with problems:
            notices.show_problems(refusal)
        return
    _forget(case)
    following = judging.next_waiting(queue, case.id)
    just_saved.remember(case, following)
    session.set_address(case=following or case.id, compare="")
    st.rerun()


def _ask_decision(
    case: CaseToJudge, candidates: list[ListedCandidate], shown: int
) -> str:
    kept = session.recall(f"decision {case.id}", "")
    words = {
        one.historic_id: f"{rank_in_words(one.candidate.rank)}: case "
        f"{one.candidate.historic_id}"
        for place, one in enumerate(candidates)
        if one.may_be_chosen and (place < shown or one.historic_id == kept)
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


def _ask_suitability(case: CaseToJudge) -> str:
    chosen = st.radio(
        "How well does it suit?",
        [one.value for one in judging.SUITABILITIES],
        index=None,
        format_func=lambda one: suitability_in_words(
            next(s for s in judging.SUITABILITIES if s.value == one)
        ),
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
    for key in ("decision", "why", "turn", "began", "shown"):
        session.forget(f"{key} {case.id}")
