"""Evidence in a list: what it says, its note, what became of it, what can be done."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.storage.evidence.evidence_records import Evidence, EvidenceKind
from workbench import notices, session
from workbench.actions.evidence.evidence_words import EvidenceTeller, ToldEvidence
from workbench.session import Place
from workbench.widgets.untrusted import as_html

_STYLE = """<style>
.wb-evidence {margin: 0; overflow-wrap: anywhere; line-height: 1.5}
.wb-evidence blockquote {margin: 0 0 4px; padding: 0 0 0 12px; white-space: pre-wrap;
  border-left: 3px solid light-dark(#0B5D66, #7CCBD1); line-height: 1.55;
  font-family: "Source Serif", "Source Serif 4", Georgia, serif}
.wb-evidence p {margin: 0 0 4px}
.wb-evidence .wb-ref {font-size: .9375rem; color: light-dark(#55606A, #A9B2B9)}
.wb-evidence .wb-since {font-size: .9375rem; color: light-dark(#8A5300, #F0C070)}
</style>"""


def evidence_markup(told: ToldEvidence) -> str:
    """A piece of evidence as markup, every word escaped."""
    one = told.evidence
    words = f"<p>{as_html(told.words)}</p>" if told.words else ""
    if told.is_said:
        words = f"<blockquote>“{as_html(told.words)}”</blockquote>"
    whose = f"<strong>{as_html(told.whose)}</strong> · " if told.whose else ""
    note = f"<p>{as_html(one.note)}</p>" if one.note else ""
    since = (
        f'<p class="wb-since">! Since it was linked: {as_html(one.warning)}</p>'
        if one.warning
        else ""
    )
    return (
        f'{_STYLE}<div class="wb-evidence">{words}<p class="wb-ref">{whose}'
        f"<bdi>{as_html(told.reference)}</bdi></p>{note}{since}</div>"
    )


def note_evidence(place: Place, evidence: Sequence[Evidence]) -> None:
    """Keep whose work is read here: nobody codes blind what they have read.

    Words kept back still stand under the code that somebody gave them.
    """
    place.store.others_read.note_passages(
        place.person.id,
        [
            (one.now.source_id, one.now.start, one.now.start + len(one.now.words))
            for one in evidence
            if one.kind is EvidenceKind.CODED_SEGMENT and one.now.source_id
        ],
    )


def draw_evidence(
    place: Place,
    evidence: Sequence[Evidence],
    teller: EvidenceTeller,
    *,
    may_change: bool,
    empty: str,
) -> None:
    """Draw each piece with the way to its place; who may, takes it away or keeps it."""
    if not evidence:
        notices.draw(f'<p class="wb-lead">{as_html(empty)}</p>')
    note_evidence(place, evidence)
    for one in evidence:
        with st.container(border=True, gap="small"):
            told = teller.tell(one)
            notices.draw(evidence_markup(told))
            with st.container(horizontal=True, vertical_alignment="center"):
                if told.way:
                    session.link_to(told.way.page, told.way.words, **told.way.address)
                if may_change:
                    draw_doings(place, one)


def draw_doings(place: Place, one: Evidence) -> None:
    """Draw what can be done with a link: keep it as it now stands, take it away."""
    can_be_read = one.now.kept is not None
    if (
        one.warning
        and can_be_read
        and st.button("Read again: still holds", key=f"still holds {one.id}")
    ):
        with notices.problems_shown():
            place.store.evidence.accept_change(place.person.id, one.id)
            notices.saved("Kept as it now stands.", beside="evidence")
            st.rerun()
    if st.button("Take away", key=f"unlink {one.id}", type="tertiary"):
        with notices.problems_shown():
            place.store.evidence.unlink(place.person.id, one.id)
            notices.saved(
                "The link was taken away; the thing stays.", beside="evidence"
            )
            st.rerun()
