"""Themes: who says what, by wave, role and locality, and what changed between waves."""

from __future__ import annotations

from functools import partial

import streamlit as st

from coding.mentions import NO_WAVE
from coding.theme_summaries.wave_changes import wave_changes
from coding.themes import ThemeSummary
from data.rights import Right
from workbench import notices, session
from workbench.actions.themes import summary_words
from workbench.actions.themes.said_themes import Level, SaidThemes, themes_of_study
from workbench.actions.together import theme_reading as actions
from workbench.actions.together.reports import report_content
from workbench.actions.together.theme_reading import ThemesOfStudy
from workbench.widgets.themes.said_cache import said_themes
from workbench.widgets.themes.theme_style import draw_prose, draw_table
from workbench.widgets.together.theme_table import draw_theme_table
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_BY = {"By wave": "wave", "By role": "role", "By locality": "locality"}
_CHANGES = "Between waves"
_LEVELS = ("Themes", "Codes")
_FILES = (("Download all as .docx", ".docx"), ("Download all as .xlsx", ".xlsx"))


def show() -> None:
    """Draw the table of themes, and the way to each of them."""
    place = session.place()
    with notices.problems_shown():
        said = said_themes(place)
        _show_themes(place, said, themes_of_study(said, codes=False))


def _show_themes(place: session.Place, said: SaidThemes, themes: ThemesOfStudy) -> None:
    if not themes.sources_coded:
        notices.page_head("Themes")
        _show_empty(themes)
        return
    notices.page_head(
        "Themes",
        f"{actions.counted_people(themes.people)} took part in "
        f"{counted(themes.sources, 'source')}, {themes.sources_coded} of them coded. "
        "Only what people coded is counted; suggestions are not.",
    )
    with st.container(horizontal=True):
        rows = st.radio("Rows", _LEVELS, horizontal=True, key="theme level")
        columns = st.radio(
            "Columns", [*_BY, _CHANGES], horizontal=True, key="theme columns"
        )
    of_level = (
        themes.themes
        if rows == "Themes"
        else actions.most_people_first(themes_of_study(said).codes)
    )
    _show_way(of_level)
    if columns == _CHANGES:
        _show_changes(said, said.themes if rows == "Themes" else said.codes, of_level)
    else:
        draw_theme_table(of_level, _BY[columns or "By wave"])
    aside = ""
    if themes.passages_aside:
        aside = (
            f"{counted(themes.passages_aside, 'passage')} under codes that are out of "
            "use, not counted here."
        )
    settled = actions.settled_in_words(themes)
    notes = f"{actions.not_coded_in_words(themes)} {settled} {aside}".strip()
    if notes:
        notices.draw(f'<p class="wb-lead">{as_html(notes)}</p>')
    _show_files(place)


def _show_way(of_level: tuple[ThemeSummary, ...]) -> None:
    names = {one.code.id: one.code.name for one in of_level}
    asked = session.address("theme")
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = st.selectbox(
            "Read a theme",
            list(names),
            index=list(names).index(asked) if asked in names else 0,
            format_func=lambda one: names.get(one, ""),
            key=f"theme to read {len(names)}",
            width=420,
        )
        if st.button("Read it", type="primary", key="read theme"):
            session.go_to("theme", theme=chosen)


def _show_changes(
    said: SaidThemes, level: Level, of_level: tuple[ThemeSummary, ...]
) -> None:
    """Every theme over all waves: a word, and how many of those heard and coded."""
    waves = [one for one in said.said.waves if one != NO_WAVE]
    if not waves:
        st.write("The sources belong to no wave.")
        return
    rows = []
    for one in of_level:
        at = level.index(one.code.id)
        assert at is not None, "the level holds what it is a list of"
        changes = wave_changes(said.said.waves, *level.who.known(at))
        rows.append(
            (one.code.name, [summary_words.glance_in_words(each) for each in changes])
        )
    draw_table(
        "Themes between waves",
        "What became of each theme in each wave; then how many people say it, of those "
        "heard in sources that are all coded.",
        ("Theme", *waves),
        rows,
    )
    with st.expander("How this is worked out"):
        draw_prose(summary_words.CHANGE_RULE)


def _show_files(place: session.Place) -> None:
    """A button for each file; it is made when it is pressed."""
    with st.container(horizontal=True):
        for words, ending in _FILES:
            st.download_button(
                words,
                partial(
                    report_content,
                    place.store,
                    "summaries",
                    ending,
                    person=place.person,
                ),
                f"theme-summaries-internal{ending}",
                key=f"download summaries {ending}",
                on_click="ignore",
            )


def _show_empty(themes: ThemesOfStudy) -> None:
    if not themes.sources:
        notices.empty(
            "No themes yet. Add transcripts and code a few passages: who says what, by "
            "wave and role, will stand here with their words.",
            "Add transcripts" if session.may(Right.IMPORT_SOURCES) else "",
            "transcripts",
        )
        return
    blind = f" {themes.left.in_words}." if themes.left.blind else ""
    notices.empty(
        f"No themes yet. {counted(themes.sources, 'source')} can be read and none is "
        f"coded so far.{blind} Suggestions count as nothing until a person accepts "
        "them.",
        "Read and code" if session.may(Right.CODE_SOURCES) else "",
        "code",
    )
