"""What supervision said of a judgement, and the judge's answer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.judging import SupervisionNote, SupervisionStep
from data.pairings import SavedJudgement
from workbench import notices
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases
from workbench.widgets.untrusted import as_html

_IN_WORDS = {
    SupervisionStep.COMMENT: "comments",
    SupervisionStep.ASKED_AGAIN: "asks again",
    SupervisionStep.ANSWER: "answers",
    SupervisionStep.SIGNED_OFF: "signs off",
}


def show(place: Place, saved: SavedJudgement) -> None:
    """Draw the steps on the person's own judgement and a place for the answer.

    Draws nothing for a judgement of others, and where nobody said anything.
    """
    notes = place.store.supervision.of_own(place.person.id, saved.id)
    if not notes:
        return
    st.header("Supervision", anchor=False)
    draw_cases(thread_markup(notes))
    with notices.problems_shown():
        turn = len(notes)
        words = st.text_area(
            "Your answer",
            key=f"answer {saved.id} {turn}",
            height=80,
            help="It is kept under the comment. You can also take the judgement back, "
            "where that is offered, and judge anew.",
        )
        if st.button("Send the answer", key=f"send answer {saved.id}"):
            place.store.supervision.add(
                place.person.id, saved.id, SupervisionStep.ANSWER, words or ""
            )
            notices.saved("Your answer was kept.")
            st.rerun()


def thread_markup(notes: Sequence[SupervisionNote]) -> str:
    """The steps in their order: who, what, when, and the words."""
    return (
        '<div class="wb-card">'
        + "".join(
            f'<p class="quiet" style="margin:0">{as_html(one.person)} '
            f"{_IN_WORDS[one.step]}, {one.at.astimezone():%d %B %Y, %H:%M}</p>"
            + (f'<div class="wb-note">{as_html(one.words)}</div>' if one.words else "")
            for one in notes
        )
        + "</div>"
    )
