"""The evidence of an outcome, strand beside strand, each piece with how it stands."""

from __future__ import annotations

import streamlit as st

from data.storage.evidence.evidence_records import Evidence, Stance
from data.storage.outcomes.statement_records import (
    LONGEST_ANSWER,
    OutcomeRead,
    Strand,
    reference_of,
)
from workbench import notices, session
from workbench.actions.evidence.evidence_words import STANCES, EvidenceTeller
from workbench.actions.memos.memos import day_of
from workbench.actions.outcomes.outcome_words import strand_in_words
from workbench.session import Place
from workbench.widgets.evidence.evidence_list import (
    draw_doings,
    evidence_markup,
    note_evidence,
)
from workbench.widgets.untrusted import as_html

_MARKS = {
    Stance.SUPPORTS: "+",
    Stance.AGAINST: "−",
    Stance.MIXED: "±",
    Stance.CONTEXT: "·",
}
_NOT_MENTIONED = "! Not mentioned in the statement yet"


def draw_strands(place: Place, read: OutcomeRead, *, may_change: bool) -> None:
    """Draw every strand, empty ones too, two beside each other."""
    teller = EvidenceTeller(place.store)
    note_evidence(place, read.evidence)
    strands = list(Strand)
    for at in range(0, len(strands), 2):
        for column, strand in zip(
            st.columns(2, gap="medium"), strands[at : at + 2], strict=True
        ):
            with column:
                _draw_strand(place, read, strand, teller, may_change=may_change)


def _draw_strand(
    place: Place,
    read: OutcomeRead,
    strand: Strand,
    teller: EvidenceTeller,
    *,
    may_change: bool,
) -> None:
    linked = read.of(strand)
    said = strand_in_words(linked)
    st.subheader(f"{strand.value}: {said}", anchor=False)
    if not linked:
        notices.draw('<p class="wb-lead">Nothing is linked from here.</p>')
    for one in linked:
        with st.container(border=True, gap="small"):
            notices.draw(
                '<p style="margin:0 0 2px"><strong><span aria-hidden="true">'
                f"{_MARKS[one.stance]}</span> {STANCES[one.stance]}</strong> "
                f'<span class="wb-small">{reference_of(one)}{_side(read, one)}'
                "</span></p>"
            )
            told = teller.tell(one)
            notices.draw(evidence_markup(told))
            if one.stance in (Stance.AGAINST, Stance.MIXED):
                _draw_answer(place, read, one, may_change=may_change)
            with st.container(horizontal=True, vertical_alignment="center"):
                if told.way:
                    session.link_to(told.way.page, told.way.words, **told.way.address)
                if may_change:
                    draw_doings(place, one)


def _side(read: OutcomeRead, one: Evidence) -> str:
    side = read.sides.get(one.id)
    told = [*side.waves, *side.roles] if side else []
    return as_html(f" · {', '.join(told)}") if told else ""


def _draw_answer(
    place: Place, read: OutcomeRead, one: Evidence, *, may_change: bool
) -> None:
    answer = read.answer_to(one)
    if answer:
        notices.draw(
            '<p class="wb-small" style="overflow-wrap:anywhere">Answered by '
            f"{as_html(answer.answered_by)}, {day_of(answer.answered_at)}: "
            f"<bdi>{as_html(answer.words)}</bdi></p>"
        )
    elif read.is_mentioned(one):
        notices.draw('<p class="wb-small">Cited in the statement.</p>')
    else:
        notices.draw(f'<p class="wb-small"><strong>{_NOT_MENTIONED}</strong></p>')
    if not may_change:
        return
    at = session.recall(f"answers {one.id}", 0)
    with (
        st.expander("Answer it" if not answer else "Answer it anew"),
        st.form(f"answer {one.id} {at}", border=False),
        notices.problems_shown_above(),
    ):
        words = st.text_area(
            "What you make of it",
            key=f"answer words {one.id} {at}",
            height=80,
            max_chars=LONGEST_ANSWER,
        )
        if st.form_submit_button("Save the answer"):
            place.store.outcomes.answer(place.person.id, read.part.id, one, words or "")
            session.remember(f"answers {one.id}", at + 1)
            notices.saved("The answer was saved.", beside="evidence")
            st.rerun()
