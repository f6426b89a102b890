"""Adding sources: choose files, see what was understood, save all at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from data.problems import DataRefused
from data.sources import NewSource
from workbench import notices, session
from workbench.actions.interviews import sources
from workbench.actions.interviews.sources import ReadFile
from workbench.caches import forgotten_when_erased
from workbench.session import Place
from workbench.widgets.interviews.comment_form import draw_comment_form
from workbench.widgets.interviews.source_form import draw_source_form, file_key
from workbench.wording import counted

_ROUND = "import round"


def draw(place: Place, what: str, *, on_leave: Callable[[], None]) -> None:
    """Draw the form for transcripts (``files``) or a table of ``comments``."""
    if what == "comments":
        notices.page_head(
            "Add a table of comments",
            "One row a comment: survey answers, or quotations from a report. Nothing "
            "is saved until you have seen what was understood.",
        )
        new = _draw_comments(place)
    else:
        notices.page_head(
            "Add transcripts",
            "One file an interview. Nothing is saved until you have seen what was "
            "understood.",
        )
        new = _draw_files(place)
    with st.container(horizontal=True), notices.problems_shown():
        if new and st.button(_add_words(new, what), type="primary", key="save sources"):
            ids = sources.import_sources(place.store, place.person, new)
            notices.saved(
                f"Saved. {counted(len(ids), 'source')} added, ready to read and code."
            )
            session.remember(_ROUND, session.recall(_ROUND, 0) + 1)
            on_leave()
            st.rerun()
        if st.button("Cancel", key="leave import"):
            on_leave()
            st.rerun()


def _draw_files(place: Place) -> list[NewSource]:
    uploaded = st.file_uploader(
        "Word or text files (.docx or .txt, several at once)",
        accept_multiple_files=True,
        key=_upload_key("files"),
    )
    read = [
        (file_key(one.name, one.getvalue()), _read(one.name, one.getvalue()))
        for one in uploaded or []
    ]
    problems = [problem for _, file in read for problem in file.problems]
    if problems:
        notices.show_problems(problems)
    good = [(key, file) for key, file in read if file.transcript is not None]
    if problems and good:
        st.write(f"{counted(len(good), 'other file')} can be added.")
    participants = place.store.study.participants()
    waves = [one.name for one in place.store.study.waves()]
    new = []
    for key, file in good:
        assert file.transcript is not None
        new.append(
            draw_source_form(
                file,
                key,
                participants=participants,
                mappings=sources.propose_mappings(file.transcript, participants),
                waves=waves,
                wave=sources.likely_wave(file.file_name, waves),
            )
        )
    return _without_known(place, new)


def _draw_comments(place: Place) -> list[NewSource]:
    uploaded = st.file_uploader(
        "Table of comments (.csv or .xlsx)", key=_upload_key("comments")
    )
    if uploaded is None:
        return []
    content = uploaded.getvalue()
    column_key = f"words column {file_key(uploaded.name, content)}"
    try:
        table = sources.read_comments(
            uploaded.name, content, text_column=session.recall(column_key) or None
        )
    except DataRefused as refusal:
        notices.show_problems(refusal)
        column = st.text_input(
            "The column that holds the words is called", key=column_key, width=420
        ).strip()
        if column and column != session.recall(column_key):
            session.remember(column_key, column)
            st.rerun()
        return []
    waves = [one.name for one in place.store.study.waves()]
    key = file_key(uploaded.name, content)
    return _without_known(
        place, draw_comment_form(table, uploaded.name, key, waves=waves)
    )


def _without_known(place: Place, new: list[NewSource]) -> list[NewSource]:
    """The sources if all of them can be saved; says what keeps them from it."""
    problems = place.store.sources.problems_of(new)
    if problems:
        notices.show_problems(problems)
        return []
    return new


# A file is read again on each run of the page, unless it was read before.
@forgotten_when_erased
@st.cache_data(show_spinner=False, max_entries=60)
def _read(file_name: str, content: bytes) -> ReadFile:
    return sources.read_file(file_name, content)


def _upload_key(what: str) -> str:
    # A new key empties the uploader once its files are saved.
    return f"upload {what} {session.recall(_ROUND, 0)}"


def _add_words(new: Sequence[NewSource], what: str) -> str:
    thing = "comment" if what == "comments" else "transcript"
    return f"Add {counted(len(new), thing)}"
