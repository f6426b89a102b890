"""Writing a topic guide or a further version: typed, pasted, or from a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import streamlit as st

from coding.mentions import NO_WAVE
from coding.study_design.topic_guides import questions_as_text
from data.importers.interviews.topic_guide_import import read_guide_text
from data.storage.study_design.design_records import (
    NO_WAVE_ID,
    NewGuideVersion,
    TopicGuide,
)
from workbench import notices, session
from workbench.actions.study_design.design_reading import StudyDesign, roles_of
from workbench.actions.study_design.guide_documents import questions_of
from workbench.session import Place

_ROUND = "guide round"
_FROM_FILE = "guide from file"


def draw_new(place: Place, design: StudyDesign, *, is_first: bool) -> None:
    """Draw the form for a new guide; in a study without guides it stands open."""
    with st.expander("Add a topic guide", expanded=is_first):
        text = _text_of_file("new guide", "")
        key = f"new guide {session.recall(_ROUND, 0)}"
        with st.form(f"{key} form", border=False), notices.problems_shown_above():
            name = st.text_input("Name of the guide", key=f"{key} name")
            new = _draw_fields(design, key, text, None)
            if st.form_submit_button(
                "Add this guide", type="primary" if is_first else "secondary"
            ):
                made = place.store.design.guides.add(place.person.id, name or "", new())
                _is_done(f"{made.name} was added.")


def draw_next(place: Place, design: StudyDesign, guide: TopicGuide) -> None:
    """Draw the form for a further version, with the words of the newest in it."""
    newest = guide.newest
    with st.expander("Write the next version"):
        key = f"next {guide.id} {newest.number} {session.recall(_ROUND, 0)}"
        text = _text_of_file(key, questions_as_text(newest.questions))
        with st.form(f"{key} form", border=False), notices.problems_shown_above():
            new = _draw_fields(design, key, text, guide)
            if st.form_submit_button("Keep as the next version"):
                kept = place.store.design.guides.add_version(
                    place.person.id, guide, new()
                )
                session.set_address(version="")
                _is_done(f"Version {kept.newest.number} was kept.")


def _is_done(words: str) -> None:
    session.forget(_FROM_FILE)
    session.remember(_ROUND, session.recall(_ROUND, 0) + 1)
    notices.saved(words)
    st.rerun()


def _text_of_file(key: str, otherwise: str) -> str:
    """The text of a file that was added, or what stood there before."""
    at = session.recall(_ROUND, 0)
    file = st.file_uploader(
        "From a Word or text file", ["docx", "txt"], key=f"guide file {key} {at}"
    )
    if file is None:
        return otherwise
    with notices.problems_shown():
        return read_guide_text(file.name, file.getvalue())
    return otherwise


def _draw_fields(
    design: StudyDesign, key: str, text: str, guide: TopicGuide | None
) -> Callable[[], NewGuideVersion]:
    """Draw the fields of a version; what they hold is read once the form is sent."""
    newest = guide.newest if guide else None
    written = st.text_area(
        "Questions, one a line; prompts below with a dash",
        text,
        # Another text is another field, or the earlier one would stay in it.
        key=f"{key} text {hash(text)}",
        height=280,
        help="Number the questions where headings stand between them.",
    )
    left, right = st.columns(2)
    names = {one.wave_id: one.wave for one in design.waves} | {NO_WAVE_ID: NO_WAVE}
    waves = left.multiselect(
        "For which waves (none chosen: all)",
        list(names),
        default=list(newest.wave_ids) if newest else [],
        format_func=names.__getitem__,
        key=f"{key} waves",
    )
    known = roles_of(design)
    before = list(newest.roles) if newest else []
    roles = right.multiselect(
        "For which roles (none chosen: all)",
        list(dict.fromkeys([*known, *before])),
        default=before,
        key=f"{key} roles",
        accept_new_options=True,
    )
    day = left.date_input(
        "Since when", date.today(), format="DD/MM/YYYY", key=f"{key} day"
    )
    reason = right.text_input(
        "Why it changed" if newest else "Why it is as it is, if that needs saying",
        key=f"{key} reason",
    )

    def make() -> NewGuideVersion:
        return NewGuideVersion(
            questions_of(written or ""),
            day.isoformat() if isinstance(day, date) else "",
            reason or "",
            tuple(waves),
            tuple(roles),
        )

    return make
