"""One finding opened: its words, its evidence, what is left to answer, its past."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from data.storage.evidence.evidence_records import Stance
from workbench import notices, session
from workbench.actions.evidence.evidence_words import EvidenceTeller
from workbench.actions.findings.finding_words import standing_in_words
from workbench.actions.findings.report_material import FindingRead
from workbench.session import Place
from workbench.widgets.evidence.evidence_list import draw_evidence
from workbench.widgets.evidence.evidence_picker import draw_picker
from workbench.widgets.findings.finding_form import draw_form, typed_words
from workbench.widgets.typed_text import require_saved
from workbench.widgets.untrusted import as_html
from workbench.wording import as_sentence, day_in_words

_EMPTY = {
    Stance.SUPPORTS: "Nothing is linked for it yet.",
    Stance.AGAINST: "Nothing is linked against it. Was it looked for?",
}


def draw_finding(place: Place, read: FindingRead) -> None:
    """Draw a finding with all that can be done with it."""
    finding = read.finding
    writes = session.may(Right.WRITE_FINDINGS)
    notices.draw(f'<p class="wb-small">{as_html(standing_in_words(read))}</p>')
    if finding.is_final or not writes:
        _draw_words(read)
    else:
        draw_form(place, read)
    _draw_stops(read)
    if writes:
        _draw_doings(place, read)
    _draw_linked(place, read, writes=writes)
    _draw_past(place, read)


def _draw_words(read: FindingRead) -> None:
    words = read.finding.words
    said = (
        ("", words.statement),
        ("How strong the evidence is", words.strength),
        ("What does not fit", words.does_not_fit),
    )
    rows = "".join(
        '<p style="white-space:pre-wrap;overflow-wrap:anywhere;margin:0 0 8px">'
        + (f"<strong>{name}:</strong> " if name else "")
        + f"<bdi>{as_html(text)}</bdi></p>"
        for name, text in said
        if text
    )
    notices.draw(f'<div style="max-width:46rem">{rows}</div>')


def _draw_stops(read: FindingRead) -> None:
    if not read.stops:
        return
    rows = "".join(
        f"<li><strong>{as_html(one.where)}</strong>: {as_html(as_sentence(one.found))} "
        f"{as_html(one.do_next)}</li>"
        for one in read.stops
    )
    head = "To be answered first" if read.finding.is_final else "Before it is final"
    notices.draw(
        f'<div class="wb-empty"><p style="margin:0 0 4px"><strong>{head}</strong></p>'
        f'<ul style="margin:0">{rows}</ul></div>'
    )


def _draw_doings(place: Place, read: FindingRead) -> None:
    store, person, finding = place.store, place.person, read.finding
    with st.container(horizontal=True), notices.problems_shown():
        if finding.is_final:
            if st.button("Take it back to draft", key="back to draft"):
                store.findings.back_to_draft(person.id, finding)
                notices.saved("It is a draft again; its words stay.")
                st.rerun()
        elif st.button("Make it final", key="make final", type="primary"):
            if any(field.is_waiting for field in typed_words(read)):
                require_saved(["Words of the finding"], "It stays a draft until then.")
            store.findings.make_final(person.id, finding)
            notices.saved("The finding is final.")
            st.rerun()
        if st.button("Take it out of the list", key="take out", type="tertiary"):
            store.findings.take_out(person.id, finding)
            session.remember("finding taken out", finding.id)
            session.set_address(finding="")
            st.rerun()


def _draw_linked(place: Place, read: FindingRead, *, writes: bool) -> None:
    notices.show_saved("evidence")
    teller = EvidenceTeller(place.store)
    for stance, heading in (
        (Stance.SUPPORTS, "What it rests on"),
        (Stance.AGAINST, "What speaks against it"),
    ):
        st.header(heading, anchor=False)
        linked = [one for one in read.evidence if one.stance is stance]
        draw_evidence(place, linked, teller, may_change=writes, empty=_EMPTY[stance])
    if writes:
        st.header("Link evidence", anchor=False)
        draw_picker(
            place,
            read.finding.holder,
            linked={(one.kind, one.thing_id) for one in read.evidence},
        )


def _draw_past(place: Place, read: FindingRead) -> None:
    earlier = place.store.findings.earlier_wordings(read.finding.id)
    if not earlier:
        return
    with st.expander(f"How it was worded before ({len(earlier)})"):
        for one in earlier:
            day = day_in_words(one.said_until.date().isoformat())
            rest = " ".join(
                f"{name}: {text}"
                for name, text in (
                    ("How strong the evidence is", one.words.strength),
                    ("What does not fit", one.words.does_not_fit),
                )
                if text
            )
            notices.draw(
                f'<p class="wb-small">By {as_html(one.worded_by)}, until {day}</p>'
                '<div style="white-space:pre-wrap;max-width:46rem;overflow-wrap:'
                f'anywhere"><bdi>{as_html(one.words.statement)}</bdi>\n'
                f"{as_html(rest)}</div>"
            )
