"""Supervising judgements: reading each, commenting, asking again, signing off."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.case_files import CaseAtReferral
from data.judging import GivenAs, SupervisedJudgement, SupervisionStep
from data.pairings import SavedJudgement
from data.rights import Right, roles_in_words
from workbench import notices, session
from workbench.actions.cases import supervision
from workbench.actions.cases.supervision import SupervisedCase
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.judged_pair import judgement_markup
from workbench.widgets.cases.pair_view import pair_at_referral
from workbench.widgets.judging.supervision_thread import thread_markup
from workbench.widgets.judging.verdict_keys import IN_WORDS
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted


def show() -> None:
    """Draw the queue of judgements and the one that is open in it."""
    place = session.place()
    if not session.may(Right.SUPERVISE_JUDGEMENTS):
        notices.page_head("Supervise judgements")
        notices.empty(
            "Here judgements are read by somebody other than their judge, who "
            "comments, asks again or signs off. In this study that is for: "
            f"{roles_in_words(Right.SUPERVISE_JUDGEMENTS)}."
        )
        return
    cases = supervision.by_case(place.store.supervision.queue(place.person.id))
    notices.page_head("Supervise judgements", _lead(place, cases))
    if not cases:
        notices.empty(
            "Here you read each judgement with its reason, comment, ask again, or sign "
            "off. Nothing a judge wrote is changed. There is no judgement you can read "
            "yet.",
            "See what waits to be judged",
            "judge",
        )
        return
    case, one = _open_one(place, cases)
    _show_queue(cases, one)
    _show_judgement(place, one)
    _show_steps(place, cases, case, one)
    _show_earlier(place, case)


def _lead(place: Place, cases: Sequence[SupervisedCase]) -> str:
    words = supervision.counts_in_words(cases)
    hidden = len(place.store.judging.hidden_from(place.person.id))
    if hidden:
        words += (
            f" {hidden} cases are left out, since you may still have to judge them "
            "without knowing of another judgement."
        )
    return words


def _open_one(
    place: Place, cases: Sequence[SupervisedCase]
) -> tuple[SupervisedCase, SupervisedJudgement]:
    """The judgement that is open and its case; an earlier reading opens its case."""
    wanted = session.address("judgement") or supervision.next_to_supervise(
        cases, place.person
    )
    case = next((each for each in cases if each.holds(wanted)), cases[0])
    one = next((each for each in case.now if each.saved.id == wanted), case.now[0])
    return case, one


def _show_queue(cases: Sequence[SupervisedCase], one: SupervisedJudgement) -> None:
    words = {
        each.saved.id: supervision.line_in_words(each)
        for case in cases
        for each in case.now
    }
    ids = list(words)
    chosen = st.selectbox(
        "Judgement",
        ids,
        index=ids.index(one.saved.id),
        format_func=lambda each: words[each],
        key=f"judgement {words[one.saved.id]}",
        width=520,
    )
    if chosen != one.saved.id:
        session.set_address(judgement=chosen or "")
        st.rerun()
    if session.address("judgement") != one.saved.id:
        session.set_address(judgement=one.saved.id)


def _show_judgement(place: Place, one: SupervisedJudgement) -> None:
    saved = one.saved
    views = _show_reading(place, saved)
    if saved.historic_id:
        with st.expander("Both cases as known at referral", key=f"cases {saved.id}"):
            draw_cases(
                pair_at_referral(views[saved.contemporary_id], views[saved.historic_id])
            )
    session.link_to("judge", "Open the case", case=saved.contemporary_id)


def _show_reading(place: Place, saved: SavedJudgement) -> dict[str, CaseAtReferral]:
    """Draw one judgement with its verdicts; both cases' views and those judged."""
    draw_cases(judgement_markup(saved))
    historic = [case for case, _ in saved.verdicts]
    wanted = [saved.contemporary_id, *historic, saved.historic_id]
    views = place.store.cases.several_at_referral([case for case in wanted if case])
    if saved.verdicts:
        rows = "".join(
            f'<tr><td><span class="then">Case {as_html(views[case].reference)}</span>'
            f"</td><td>{IN_WORDS[said]}</td></tr>"
            for case, said in saved.verdicts
        )
        draw_cases(
            '<div class="wb-card wb-scroll"><table><thead><tr><th scope="col">Shown'
            '</th><th scope="col">Verdict</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )
    return views


def _show_earlier(place: Place, case: SupervisedCase) -> None:
    """Draw, folded, the readings that the decision on the case took the place of."""
    if not case.earlier:
        return
    readings = counted(len(case.earlier), "earlier reading")
    with st.expander(
        f"{readings} of case {as_label(case.reference)}",
        key=f"earlier {case.now[0].saved.id}",
    ):
        draw_quietly("Kept as history; the decision above is the one that stands.")
        for one in case.earlier:
            part = GivenAs(one.saved.given_as).in_words
            draw_cases(
                f'<p class="wb-card" style="margin:0"><b>{part.capitalize()}</b></p>'
            )
            _show_reading(place, one.saved)
            if one.notes:
                draw_cases(thread_markup(one.notes))


def _show_steps(
    place: Place,
    cases: Sequence[SupervisedCase],
    case: SupervisedCase,
    one: SupervisedJudgement,
) -> None:
    st.header("Supervision", anchor=False)
    if one.notes:
        draw_cases(thread_markup(one.notes))
    if case.is_of(place.person):
        draw_quietly("This is a judgement of your own; somebody else supervises it.")
        return
    following = supervision.next_to_supervise(cases, place.person, one.saved.id)
    with notices.problems_shown():
        words = (
            st.text_area(
                "Comment or question",
                key=f"words {one.saved.id} {len(one.notes)}",
                height=90,
                help="The judge reads it with the judgement and may answer, or take "
                "the judgement back and judge anew.",
            )
            or ""
        )
        with st.container(horizontal=True):
            if st.button("Sign off", type="primary", key=f"sign off {one.saved.id}"):
                _add(place, one, SupervisionStep.SIGNED_OFF, words, "Signed off.")
                session.set_address(judgement=following or one.saved.id)
                st.rerun()
            if st.button("Ask again", key=f"ask {one.saved.id}"):
                _add(
                    place,
                    one,
                    SupervisionStep.ASKED_AGAIN,
                    words,
                    "The judge is asked.",
                )
                st.rerun()
            if st.button("Comment only", key=f"comment {one.saved.id}"):
                _add(
                    place, one, SupervisionStep.COMMENT, words, "The comment was kept."
                )
                st.rerun()


def _add(
    place: Place,
    one: SupervisedJudgement,
    step: SupervisionStep,
    words: str,
    said: str,
) -> None:
    supervision.supervise(place.store, place.person, one.saved.id, step, words)
    notices.saved(said)
