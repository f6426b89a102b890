"""Supervising judgements: reading each, commenting, asking again, signing off."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.judging import SupervisedJudgement, SupervisionStep
from data.rights import Right, roles_in_words
from workbench import notices, session
from workbench.actions.cases import supervision
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.judged_pair import judgement_markup
from workbench.widgets.cases.pair_view import pair_at_referral
from workbench.widgets.judging.supervision_thread import thread_markup
from workbench.widgets.judging.verdict_keys import IN_WORDS
from workbench.widgets.untrusted import as_html


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
    queue = place.store.supervision.queue(place.person.id)
    notices.page_head("Supervise judgements", _lead(place, queue))
    if not queue:
        notices.empty(
            "Here you read each judgement with its reason, comment, ask again, or sign "
            "off. Nothing a judge wrote is changed. There is no judgement you can read "
            "yet.",
            "See what waits to be judged",
            "judge",
        )
        return
    one = _open_one(place, queue)
    _show_queue(queue, one)
    _show_judgement(place, one)
    _show_steps(place, queue, one)


def _lead(place: Place, queue: Sequence[SupervisedJudgement]) -> str:
    waiting = sum(supervision.waits(one) for one in queue)
    words = f"{len(queue)} judgements stand, {waiting} to look at."
    hidden = len(place.store.judging.hidden_from(place.person.id))
    if hidden:
        words += (
            f" {hidden} cases are left out, since you may still have to judge them "
            "without knowing of another judgement."
        )
    return words


def _open_one(
    place: Place, queue: Sequence[SupervisedJudgement]
) -> SupervisedJudgement:
    wanted = session.address("judgement") or supervision.next_to_supervise(
        queue, place.person
    )
    return next((one for one in queue if one.saved.id == wanted), queue[0])


def _show_queue(queue: Sequence[SupervisedJudgement], one: SupervisedJudgement) -> None:
    words = {each.saved.id: supervision.line_in_words(each) for each in queue}
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
    if saved.historic_id:
        with st.expander("Both cases as known at referral", key=f"cases {saved.id}"):
            draw_cases(
                pair_at_referral(views[saved.contemporary_id], views[saved.historic_id])
            )
    session.link_to("judge", "Open the case", case=saved.contemporary_id)


def _show_steps(
    place: Place, queue: Sequence[SupervisedJudgement], one: SupervisedJudgement
) -> None:
    st.header("Supervision", anchor=False)
    if one.notes:
        draw_cases(thread_markup(one.notes))
    if place.person.id in one.saved.judge_ids:
        draw_quietly("This is a judgement of your own; somebody else supervises it.")
        return
    following = supervision.next_to_supervise(queue, place.person, one.saved.id)
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
