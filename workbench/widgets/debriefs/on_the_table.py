"""Hypotheses on the table of a debrief: evidence, what was agreed, a step, another."""

from __future__ import annotations

import streamlit as st

from data.storage.debriefs.debrief_records import Debrief, Discussed
from data.storage.evidence.evidence_records import Evidence, Stance
from workbench import notices, session
from workbench.actions.debriefs.hypotheses import NOBODY_LOOKED, search_in_words
from workbench.actions.debriefs.minutes import evidence_on_the_table
from workbench.actions.evidence.evidence_words import EvidenceTeller
from workbench.session import Place
from workbench.widgets.debriefs.hypothesis_form import draw_put_up, draw_step
from workbench.widgets.debriefs.hypothesis_shown import dissent_markup
from workbench.widgets.evidence.evidence_list import draw_evidence
from workbench.widgets.typed_text import TypedText, save_button
from workbench.widgets.untrusted import as_html


def draw_table(place: Place, debrief: Debrief, *, may_write: bool) -> None:
    """Draw each hypothesis discussed, and where another is put on the table."""
    if not debrief.discussed:
        st.write("No hypothesis was discussed.")
    evidence = evidence_on_the_table(place.store, debrief, place.person.id)
    teller = EvidenceTeller(place.store)
    for one in debrief.discussed:
        with st.container(border=True, key=f"on the table {one.hypothesis_id}"):
            _draw_one(
                place,
                debrief,
                one,
                evidence[one.hypothesis_id],
                teller,
                may_write=may_write,
            )
    if may_write:
        _draw_another(place, debrief)
        draw_put_up(place, debrief_id=debrief.id)


def _draw_one(
    place: Place,
    debrief: Debrief,
    one: Discussed,
    evidence: list[Evidence],
    teller: EvidenceTeller,
    *,
    may_write: bool,
) -> None:
    stood = "It stood then as" if debrief.is_closed else "It stands as"
    notices.draw(
        f'<p style="margin:0;font-weight:600;overflow-wrap:anywhere">{one.label} '
        f"<bdi>{as_html(one.statement)}</bdi></p>"
        f'<p class="wb-small">{stood} {as_html(one.status.value)}.</p>'
    )
    session.link_to(
        "hypotheses",
        f"Open {one.label} and add evidence" if may_write else f"Open {one.label}",
        hypothesis=one.hypothesis_id,
    )
    _draw_evidence(place, debrief, one, evidence, teller)
    if may_write:
        _draw_agreed(place, one)
        with st.expander(f"Record a step of {one.label}"):
            hypothesis = place.store.hypotheses.hypothesis(one.hypothesis_id)
            if hypothesis is not None:
                draw_step(place, hypothesis, debrief_id=debrief.id)
    else:
        agreed = one.agreed or "Nothing was written."
        notices.draw(
            '<p style="margin:0;max-width:46rem;white-space:pre-wrap;'
            'overflow-wrap:anywhere"><strong>Agreed:</strong> '
            f"<bdi>{as_html(agreed)}</bdi></p>"
        )
    for dissent in debrief.dissents_on(one.hypothesis_id):
        notices.draw(dissent_markup(dissent))


def _draw_evidence(
    place: Place,
    debrief: Debrief,
    one: Discussed,
    evidence: list[Evidence],
    teller: EvidenceTeller,
) -> None:
    supports = [e for e in evidence if e.stance is Stance.SUPPORTS]
    against = [e for e in evidence if e.stance is Stance.AGAINST]
    hypothesis = place.store.hypotheses.hypothesis(one.hypothesis_id)
    searches = [
        search
        for search in (hypothesis.searches if hypothesis else ())
        if debrief.closed_at is None or search.recorded_at <= debrief.closed_at
    ]
    silent = "Nothing is linked." if searches else NOBODY_LOOKED
    label = f"Evidence: {len(supports)} for, {len(against)} against"
    with st.expander(label, key=f"evidence of {one.id}"):
        left, right = st.columns(2, gap="medium")
        with left:
            st.markdown("**Speaks for it**")
            draw_evidence(
                place, supports, teller, may_change=False, empty="Nothing is linked."
            )
        with right:
            st.markdown("**Speaks against it**")
            draw_evidence(place, against, teller, may_change=False, empty=silent)
            for search in searches:
                notices.draw(
                    f'<p class="wb-lead">{as_html(search_in_words(search))}</p>'
                )
    if not against:
        said = search_in_words(searches[-1]) if searches else NOBODY_LOOKED
        notices.draw(f'<p class="wb-small">{as_html(said)}</p>')


def typed_agreed(one: Discussed) -> TypedText:
    """The field of what was agreed on a hypothesis."""
    return TypedText(f"agreed text {one.id}", one.version, one.agreed)


def _draw_agreed(place: Place, one: Discussed) -> None:
    field = typed_agreed(one)
    with notices.problems_shown_above():
        agreed = field.draw(f"What was agreed on {one.label}", height=90)
        if save_button("Save what was agreed", f"agreed {one.id}", field):
            place.store.debriefs.agree(place.person.id, one, agreed)
            field.let_go()
            notices.saved(f"What was agreed on {one.label} is saved.")
            st.rerun()


def _draw_another(place: Place, debrief: Debrief) -> None:
    there = {one.hypothesis_id for one in debrief.discussed}
    names = {
        one.id: f"{one.label} {one.statement}"
        for one in place.store.hypotheses.hypotheses()
        if one.id not in there
    }
    if not names:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Put a hypothesis on the table",
            list(names),
            format_func=lambda one: names.get(one, ""),
            key=f"another {debrief.id}",
            index=None,
            placeholder="Choose one",
        )
        if st.button("Put on the table", key="put on the table") and chosen:
            place.store.debriefs.discuss(place.person.id, debrief.id, chosen)
            notices.saved("It is on the table.")
            st.rerun()
