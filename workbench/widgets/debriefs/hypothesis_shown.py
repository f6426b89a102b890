"""One hypothesis opened: how it stands, evidence side by side, dissent, its history."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from data.storage.debriefs.debrief_records import Dissent
from workbench import notices, session
from workbench.actions.debriefs.hypotheses import (
    NOBODY_LOOKED,
    ReadHypothesis,
    holder_of,
    search_in_words,
    standing_in_words,
    step_in_words,
)
from workbench.actions.debriefs.minutes import meeting_in_words
from workbench.actions.evidence.evidence_words import EvidenceTeller
from workbench.actions.memos.memos import day_of
from workbench.session import Place
from workbench.widgets.debriefs.hypothesis_form import draw_search, draw_step
from workbench.widgets.evidence.evidence_list import draw_evidence
from workbench.widgets.evidence.evidence_picker import draw_picker
from workbench.widgets.untrusted import as_html

_STYLE = """<style>
.wb-statement {font-size: 1.375rem; line-height: 1.4; margin: 0 0 4px;
  max-width: 46rem; overflow-wrap: anywhere; font-weight: 600}
.wb-step {margin: 0 0 12px; max-width: 46rem; overflow-wrap: anywhere; line-height: 1.5}
.wb-step p {margin: 0}
.wb-dissent {border: 1px solid light-dark(#7D8790, #76828C); border-radius: 8px;
  padding: 12px 16px; margin: 0 0 8px; max-width: 46rem; overflow-wrap: anywhere;
  line-height: 1.5}
.wb-dissent p {margin: 0 0 4px; white-space: pre-wrap}
</style>"""


def draw_hypothesis(place: Place, read: ReadHypothesis) -> None:
    """Draw it whole, with what this person may do with it."""
    one = read.hypothesis
    writes = session.may(Right.WRITE_FINDINGS)
    notices.draw(
        f'{_STYLE}<p class="wb-statement">{one.label} '
        f"<bdi>{as_html(one.statement)}</bdi></p>"
        f'<p class="wb-lead">{as_html(standing_in_words(one))} '
        f"Put up by {as_html(one.put_up_by)}, {day_of(one.put_up_at)}. "
        f"Reason: {as_html(one.reason)}</p>"
    )
    with st.container(horizontal=True):
        if st.button("Show in the room", key="to the room"):
            session.set_address(view="room")
            st.rerun()
    notices.show_saved("evidence")
    draw_sides(place, read, may_change=writes)
    if writes:
        with st.expander("Add evidence", expanded=True, key=f"add evidence {one.id}"):
            linked = {(had.kind, had.thing_id) for had in read.evidence}
            draw_picker(place, holder_of(one.id), linked=linked)
        draw_search(place, one)
    _draw_dissents(read)
    st.header("How it came to stand so", anchor=False)
    for step in reversed(one.steps):
        notices.draw(
            f'{_STYLE}<div class="wb-step"><p><strong>{as_html(step_in_words(step))}'
            f"</strong></p><p><bdi>{as_html(step.statement)}</bdi></p>"
            f'<p class="wb-small">Why: <bdi>{as_html(step.why)}</bdi></p></div>'
        )
    if writes:
        with st.expander("Record a step", key=f"record step {one.id}"):
            draw_step(place, one)


def draw_sides(place: Place, read: ReadHypothesis, *, may_change: bool) -> None:
    """Draw what speaks for it and what speaks against it, side by side."""
    teller = EvidenceTeller(place.store)
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(f"Speaks for it ({len(read.supports)})", anchor=False)
        draw_evidence(
            place,
            read.supports,
            teller,
            may_change=may_change,
            empty="Nothing is linked yet.",
        )
    with right:
        st.subheader(f"Speaks against it ({len(read.against)})", anchor=False)
        draw_evidence(
            place,
            read.against,
            teller,
            may_change=may_change,
            empty=NOBODY_LOOKED if read.nobody_looked else "Nothing is linked.",
        )
        for search in read.hypothesis.searches:
            notices.draw(f'<p class="wb-lead">{as_html(search_in_words(search))}</p>')


def dissent_markup(dissent: Dissent, *, where: str = "") -> str:
    """A dissent as markup: whose, what and why, in their words."""
    later = f", added on {day_of(dissent.written_at)}" if dissent.is_later else ""
    place = f" · {as_html(where)}" if where else ""
    return (
        f'{_STYLE}<div class="wb-dissent"><p><strong>Dissent: '
        f"<bdi>{as_html(dissent.whose)}</bdi></strong>{later}{place}</p>"
        f"<p><bdi>{as_html(dissent.what)}</bdi></p>"
        f"<p>Why: <bdi>{as_html(dissent.why)}</bdi></p></div>"
    )


def _draw_dissents(read: ReadHypothesis) -> None:
    if not read.dissents:
        return
    st.header("Who does not agree", anchor=False)
    for debrief, dissent in read.dissents:
        notices.draw(dissent_markup(dissent, where=meeting_in_words(debrief)))
