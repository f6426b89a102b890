"""What was saved last, which case is open now, and the way back to the saved one."""

from __future__ import annotations

import streamlit as st

from data.pairings import CaseToJudge, SavedJudgement
from workbench import notices, session
from workbench.actions.cases import judging
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label

_SAVED, _SCROLL = "just saved", "scroll up"

# Our own words alone: nothing recorded ever stands in a script.
_TO_THE_TOP = (
    "<script>document.querySelector('[data-testid=\"stMain\"]')"
    "?.scrollTo({top: 0})</script>"
)


def remember(case: CaseToJudge, following: str) -> None:
    """Keep which case was saved and which one opens after it, '' where none does."""
    session.remember(_SAVED, [case.id, following or case.id])
    session.remember(_SCROLL, value=True)


def show(place: Place, queue: list[CaseToJudge], case: CaseToJudge, where: str) -> None:
    """Draw what was saved last while the case that followed it is the open one.

    ``where`` tells the places apart in which the same line stands on a page.
    """
    kept, following = session.recall(_SAVED, ["", ""])
    before = next((one for one in queue if one.id == kept), None)
    saved = (before.own or before.judgement) if before is not None else None
    if before is None or saved is None or following != case.id:
        return
    words = saved_in_words(saved)
    if before.id != case.id:
        words += f" Now open: {case.reference}."
    decided = before.judgement
    if decided is None or not decided.is_pair or before.id == case.id:
        _draw(words)
        return
    if judging.to_judge_first(place.store, decided):
        _draw(
            f"{words} Both files of {before.reference} open once the others who could "
            f"choose {decided.judgement.historic_id} are judged too."
        )
        return
    with st.container(gap="xsmall"):
        _draw(words)
        if st.button(
            f"Open both files of {as_label(before.reference)}", key=f"saved {where}"
        ):
            session.set_address(case=before.id, compare="")
            session.remember(_SCROLL, value=True)
            st.rerun()


def scroll_up() -> None:
    """Bring the page's top into view once, after another case was opened."""
    if session.recall(_SCROLL):
        session.forget(_SCROLL)
        st.html(_TO_THE_TOP, unsafe_allow_javascript=True)


def saved_in_words(saved: SavedJudgement) -> str:
    """What was saved, by the references of the cases."""
    one = saved.judgement
    if one.historic_id:
        return f"Saved: {one.contemporary_id} with {one.historic_id}."
    return f"Saved: {one.contemporary_id} has no suitable match."


def _draw(words: str) -> None:
    notices.draw(f'<p class="wb-saved" role="status">✓ {as_html(words)}</p>')
