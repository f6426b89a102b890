"""The strands of the study, and which sources belong to which."""

from __future__ import annotations

import json

import streamlit as st

from coding.mentions import NO_WAVE
from data.rights import Right
from data.sources import SourceSummary
from data.storage.study_design.design_records import Strand
from workbench import notices, session
from workbench.actions.study_design.design_reading import (
    StudyDesign,
    sources_of_strand,
    waves_told,
)
from workbench.session import Place
from workbench.widgets.study_design.earlier import draw_earlier
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted

_BELONGED = "sources belonged"
_TAKEN_OUT = "strand taken out"
_NO_STRAND = "No strand"


def draw(place: Place, design: StudyDesign) -> None:
    """Draw each strand with how many are heard in it, and the forms that change it."""
    st.header("Strands", anchor=False)
    _offer_undo(place)
    if not design.strands:
        notices.empty(
            "No strands yet. A strand is one kind of work of the study: staff "
            "interviews, family interviews, matched cases, surveys, indicators."
        )
    may_change = session.may(Right.DESIGN_STUDY)
    for one in design.strands:
        _draw_strand(place, design, one, may_change=may_change)
    left = sum(not one.strand_id for one in design.read.sources)
    if design.strands and left:
        notices.draw(
            f'<p class="wb-small">{as_html(counted(left, "source"))} of no strand.</p>'
        )
    if may_change:
        _draw_new(place, is_first=not design.strands)
        if design.strands and design.read.sources:
            _draw_putting(place, design)


def _draw_strand(
    place: Place, design: StudyDesign, one: Strand, *, may_change: bool
) -> None:
    people, sources = sources_of_strand(design, one.id)
    heard = (
        f"{counted(people, 'person', 'people')} in {counted(sources, 'source')}"
        if sources
        else "No sources of its own"
    )
    with st.container(border=True, gap="small"):
        notices.draw(
            f'<p style="margin:0"><strong>{as_html(one.name)}</strong></p>'
            f'<p class="wb-small">{as_html(heard)}.</p>'
            '<p style="margin:4px 0 0;line-height:1.5;white-space:pre-wrap">'
            f"{as_html(one.purpose or 'Nobody has written what it is for yet.')}</p>"
        )
        if may_change:
            _draw_form(place, one)
        draw_earlier(place.store.design.strands.earlier_words(one.id))


def _draw_form(place: Place, one: Strand) -> None:
    key = f"{one.id} {one.version}"
    with st.expander(f"Change {as_label(one.name)}"):
        with st.form(f"strand {key}", border=False), notices.problems_shown_above():
            name = st.text_input("Name", one.name, key=f"strand name {key}")
            purpose = st.text_area(
                "What it is for", one.purpose, key=f"strand purpose {key}", height=80
            )
            if st.form_submit_button("Save this strand"):
                place.store.design.strands.change(
                    place.person.id, one, name or "", purpose or ""
                )
                notices.saved("The strand was saved. What it said before is kept.")
                st.rerun()
        if st.button("Take it out", key=f"strand out {one.id}", type="tertiary"):
            with notices.problems_shown():
                place.store.design.strands.set_removed(
                    place.person.id, one.id, is_removed=True
                )
                session.remember(_TAKEN_OUT, one.id)
                st.rerun()


def _draw_new(place: Place, *, is_first: bool) -> None:
    with (
        st.expander("Add a strand", expanded=is_first),
        st.form("new strand", clear_on_submit=True, border=False),
        notices.problems_shown_above(),
    ):
        name = st.text_input("Name of the strand", key="new strand name")
        purpose = st.text_area("What it is for", key="new strand purpose", height=80)
        if st.form_submit_button(
            "Add this strand", type="primary" if is_first else "secondary"
        ):
            made = place.store.design.strands.add(
                place.person.id, name or "", purpose or ""
            )
            notices.saved(f"{made.name} was added.")
            st.rerun()


def _draw_putting(place: Place, design: StudyDesign) -> None:
    with st.expander("Put sources into strands"):
        summaries = place.store.sources.summaries(reader_id=place.person.id)
        left, middle, right = st.columns(3)
        wave = left.selectbox(
            "Of which wave", ["Any", *waves_told(design)], key="put wave"
        )
        kinds = list(dict.fromkeys(one.kind.in_words for one in summaries))
        kind = middle.selectbox("Of which kind", ["Any", *kinds], key="put kind")
        strands = {"": _NO_STRAND, **{one.id: one.name for one in design.strands}}
        of_strand = {one.heard.source_id: one.strand_id for one in design.read.sources}
        now = right.selectbox(
            "That are now in",
            ["Any", *strands],
            format_func=lambda one: strands.get(one, one),
            key="put now",
        )
        fitting = {
            one.id: one.name
            for one in summaries
            if wave in ("Any", one.wave or NO_WAVE)
            and _is_of(one, kind or "Any")
            and now in ("Any", of_strand.get(one.id, ""))
        }
        chosen = st.multiselect(
            f"Which of these {len(fitting):,} (none chosen: all of them)",
            list(fitting),
            format_func=fitting.__getitem__,
            key=f"put sources {wave} {kind} {now}",
        )
        to = st.selectbox(
            "Into", list(strands), format_func=strands.__getitem__, key="put into"
        )
        ids = chosen or list(fitting)
        if st.button(
            f"Put {counted(len(ids), 'source')} there", key="put", disabled=not ids
        ):
            with notices.problems_shown():
                before = place.store.design.strands.put_sources(
                    place.person.id, dict.fromkeys(ids, to or "")
                )
                session.remember(_BELONGED, json.dumps(before))
                notices.saved(
                    f"{counted(len(ids), 'source')} put into {strands[to or '']}."
                )
                st.rerun()


def _is_of(one: SourceSummary, kind: str) -> bool:
    return kind in ("Any", one.kind.in_words)


def _offer_undo(place: Place) -> None:
    belonged = session.recall(_BELONGED, "")
    if belonged and st.button("Undo: put the sources back", key="undo put"):
        with notices.problems_shown():
            place.store.design.strands.put_sources(
                place.person.id, json.loads(belonged)
            )
            session.forget(_BELONGED)
            notices.saved("The sources are where they were before.")
            st.rerun()
    taken_out = session.recall(_TAKEN_OUT, "")
    if not taken_out:
        return
    notices.draw('<p class="wb-saved" role="status">✓ The strand was taken out.</p>')
    if st.button("Undo: bring the strand back", key="bring strand back"):
        with notices.problems_shown():
            place.store.design.strands.set_removed(
                place.person.id, taken_out, is_removed=False
            )
            session.forget(_TAKEN_OUT)
            notices.saved("The strand is back with its sources.")
            st.rerun()
