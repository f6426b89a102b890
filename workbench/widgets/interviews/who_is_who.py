"""Who is who: whom the speakers of sources already added stand for."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.problems import DataProblem
from data.rights import Right
from data.sources import SourceSummary, SpeakerMapping
from workbench import notices, session
from workbench.actions.interviews import attributes, sources
from workbench.session import Place
from workbench.widgets.interviews.source_form import draw_speaker
from workbench.widgets.untrusted import as_label
from workbench.wording import counted

_ROUND = "who is who round"


def draw(place: Place, summaries: Sequence[SourceSummary]) -> None:
    """Draw the ways to say who takes part: by a table, or for one source by hand."""
    if not session.may(Right.IMPORT_SOURCES):
        return
    unmapped = sum(1 for one in summaries if one.unmapped)
    title = "Who is who"
    if unmapped:
        title += f": {counted(unmapped, 'source')} with speakers not known yet"
    with st.expander(title):
        _draw_by_hand(place, summaries)
        st.divider()
        _draw_table(place)


def _draw_by_hand(place: Place, summaries: Sequence[SourceSummary]) -> None:
    names = {one.id: one.name for one in summaries}
    first = next((one.id for one in summaries if one.unmapped), summaries[0].id)
    source_id = st.selectbox(
        "Say who speaks in",
        list(names),
        index=list(names).index(first),
        format_func=lambda one: names.get(one, ""),
        key=f"who is who {first}",
        width=520,
    )
    source = place.store.sources.read(source_id) if source_id else None
    if source is None:
        return
    turns = sources.turns_of_speakers(source.transcript)
    participants = place.store.study.participants()
    mappings = [
        draw_speaker(
            SpeakerMapping(one.label, one.is_interviewer, one.participant),
            turns.get(one.label, 0),
            participants,
            # A new key after each change, so that what is shown is what is kept.
            f"{source.id} {number} {one.version}",
        )
        for number, one in enumerate(place.store.sources.speakers(source.id))
    ]
    if not mappings:
        st.write("No speakers were found in its text.")
        return
    with notices.problems_shown():
        if st.button("Save who speaks", key="save who"):
            place.store.sources.map_speakers(place.person.id, {source.id: mappings})
            notices.saved(f"Saved who speaks in {names[source.id]}.")
            st.rerun()


def _draw_table(place: Place) -> None:
    st.write(
        "Or add a .csv or .xlsx table with the columns file and participant, and, "
        "where you have them, speaker, role, team, locality and further attributes."
    )
    with notices.problems_shown():
        uploaded = st.file_uploader(
            "Table of participants (.csv or .xlsx)",
            key=f"upload who {session.recall(_ROUND, 0)}",
        )
        if uploaded is None:
            return
        table = attributes.read_attributes(uploaded.name, uploaded.getvalue())
        st.write(f"{counted(len(table.rows), 'row')}. Is that right?")
        for warning in table.warnings:
            st.write(_line(warning))
        if st.button("Apply to the transcripts", key="apply attributes"):
            done = attributes.apply_attributes(place.store, place.person, table)
            notices.saved(
                f"Saved. {counted(done.participants, 'participant')} in "
                f"{counted(done.sources, 'source')}."
            )
            session.remember(_ROUND, session.recall(_ROUND, 0) + 1)
            st.rerun()


def _line(warning: DataProblem) -> str:
    return as_label(f"{warning.where}: {warning.found}. {warning.do_next}")
