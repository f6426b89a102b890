"""One theme: who says it and who does not, between waves, what does not fit it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

import streamlit as st

from data.exporters.debrief_report import report_as_word
from data.rights import Right
from workbench import notices, session
from workbench.actions.themes import summary_report, summary_words
from workbench.actions.themes.said_themes import SaidThemes
from workbench.actions.themes.theme_summary import ThemeRead
from workbench.actions.together.reports import note_report
from workbench.session import Place
from workbench.widgets.memos.memos_about import memos_about
from workbench.widgets.themes.contrary_section import draw_contrary
from workbench.widgets.themes.range_section import draw_range
from workbench.widgets.themes.said_cache import said_themes, theme_read
from workbench.widgets.themes.theme_style import draw_lines, draw_prose, draw_table
from workbench.widgets.themes.who_section import draw_who
from workbench.wording import counted

_TOGETHER = 12


def show() -> None:
    """Draw the theme of the address, or the first; or how to come by one."""
    place = session.place()
    with notices.problems_shown():
        themes = said_themes(place)
        ids = _ids(themes)
        if not ids:
            notices.page_head("One theme")
            notices.empty(
                "No theme yet. Make a codebook and code a few passages: who says each "
                "theme, and who does not, will stand here.",
                "Make a codebook" if session.may(Right.EDIT_CODEBOOK) else "",
                "codebook",
            )
            return
        _draw(place, themes, ids)


def _ids(themes: SaidThemes) -> dict[str, str]:
    """Themes, most people first, then codes under them, each by its name."""
    top = {code.id for code in themes.themes.codes}
    in_order = [code for _, code in themes.codebook.in_tree_order()]
    names = {code.id: code.name for code in in_order}
    ordered = {one: names[one] for one in summary_report.most_people_first_ids(themes)}
    return ordered | {
        code.id: f"{code.name} (code)" for code in in_order if code.id not in top
    }


def _draw(place: Place, themes: SaidThemes, ids: dict[str, str]) -> None:
    asked = session.address("theme")
    if asked not in ids:
        # Said before the box is drawn, which is another for each theme of the address.
        asked = next(iter(ids))
        session.set_address(theme=asked)
    head = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Theme or code",
            list(ids),
            index=list(ids).index(asked),
            format_func=lambda one: ids.get(one, ""),
            key=f"one theme {len(ids)} {asked}",
            width=420,
        )
        read = theme_read(place, chosen)
        assert read is not None, "the list holds the codes of the codebook"
        _draw_downloads(place, themes, read)
    session.set_address(theme=chosen)
    with head:
        notices.page_head(read.code.name, summary_words.lead_in_words(read))
    if read.code.definition:
        draw_prose(read.code.definition)
    if not read.over_all.mentions:
        _draw_nothing(read)
    else:
        draw_who(place, read)
        _draw_changes(read)
        draw_contrary(place, themes, read)
        _draw_together(read)
        draw_range(place, read)
    memos_about(place, "theme", chosen)


def _draw_nothing(read: ThemeRead) -> None:
    for one in summary_words.notes_in_words(read):
        draw_prose(one)
    notices.empty(
        f"Nothing is coded under this {read.kind} yet. That nobody says it is known "
        "only of people whose sources are coded.",
        "Read and code" if session.may(Right.CODE_SOURCES) else "",
        "code",
    )


def _draw_changes(read: ThemeRead) -> None:
    st.header("Between waves", anchor=False)
    if not read.changes:
        st.write("The sources belong to no wave.")
        return
    draw_lines([summary_words.change_in_words(one) for one in read.changes])
    with st.expander("How this is worked out"):
        draw_prose(summary_words.CHANGE_RULE)


def _draw_together(read: ThemeRead) -> None:
    st.header("Said together with", anchor=False)
    if not read.together:
        st.write(f"No other {read.kind} is said by the same people or in one source.")
        return
    draw_table(
        "Said together with",
        "People who say both come first, wherever they say it; then places with both.",
        (
            read.kind.capitalize(),
            *("People who say both", "Same passage", "Same turn", "Same source"),
        ),
        [
            (name, cells)
            for name, *cells in summary_words.together_rows(read, _TOGETHER)
        ],
    )
    left = len(read.together) - _TOGETHER
    if left > 0:
        st.caption(f"{counted(left, 'further one')}: the Excel file holds them all.")
    with st.expander("How this is worked out"):
        draw_prose(summary_words.CHANCE_RULE)


def _draw_downloads(place: Place, themes: SaidThemes, read: ThemeRead) -> None:
    """A button for each file; it is made when it is pressed."""
    name = "theme-summary-internal"
    st.download_button(
        "Download as .docx",
        partial(_word, place, read),
        f"{name}.docx",
        key=f"theme word {read.code.id}",
        on_click="ignore",
    )
    st.download_button(
        "Download as .xlsx",
        partial(_book, place, themes, read),
        f"{name}.xlsx",
        key=f"theme book {read.code.id}",
        on_click="ignore",
    )


def _word(place: Place, read: ThemeRead) -> bytes:
    made_at = datetime.now().astimezone()
    document = summary_report.theme_document(
        place.store, read, place.person.name, made_at
    )
    content = report_as_word(document)
    note_report(place.store, place.person, "theme summary", ".docx")
    return content


def _book(place: Place, themes: SaidThemes, read: ThemeRead) -> bytes:
    made_at = datetime.now().astimezone()
    content = summary_report.book_of([read], themes, place.person.name, made_at)
    note_report(place.store, place.person, "theme summary", ".xlsx")
    return content
