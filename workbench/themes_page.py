"""Themes: who says what, by wave and role, in whose words."""

from __future__ import annotations

import streamlit as st

from coding.themes import ThemeSummary
from workbench import notices, session
from workbench.actions import themes as actions
from workbench.actions.themes import ThemesOfStudy
from workbench.widgets.quotation import draw_quotation
from workbench.widgets.theme_table import draw_theme_table
from workbench.widgets.untrusted import as_html, as_label

_BY = {"By wave": "wave", "By role": "role"}
_LEVELS = ("Themes", "Codes")
_LIST_STYLE = """<style>
.wb-who {display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: 4px 16px;
  margin: 4px 0 8px}
.wb-who dt {color: light-dark(#55606A, #A9B2B9)}
.wb-who dd {margin: 0}
</style>"""


def show() -> None:
    """Draw the table of themes, and one theme with its people and quotations."""
    place = session.place()
    with notices.problems_shown():
        themes = themes_of_study(session.study(), str(place.store.audit.last_change()))
        _show_themes(themes)


@st.cache_resource(show_spinner="Counting people and mentions", max_entries=4)
def themes_of_study(study: str, changed: str) -> ThemesOfStudy:
    """The study's themes as they stood after its last change."""
    del study, changed  # they only tell one answer from another
    return actions.read_themes(session.store())


def _show_themes(themes: ThemesOfStudy) -> None:
    if not themes.sources_coded:
        notices.page_head("Themes")
        _show_empty(themes)
        return
    notices.page_head(
        "Themes",
        f"{_people(themes.people)} took part in "
        f"{_counted(themes.sources, 'source')}, {themes.sources_coded} of them coded. "
        "Only what people coded is counted; suggestions are not.",
    )
    level, by = st.columns([1, 4], width=560)
    with level:
        rows = st.segmented_control(
            "Rows", _LEVELS, default="Themes", key="theme level", required=True
        )
    with by:
        columns = st.segmented_control(
            "Columns", list(_BY), default="By wave", key="theme columns", required=True
        )
    of_level = (
        themes.themes if rows == "Themes" else actions.most_people_first(themes.codes)
    )
    draw_theme_table(of_level, _BY[columns])
    if themes.passages_aside:
        st.caption(
            f"{_counted(themes.passages_aside, 'passage')} under codes that are out of "
            "use are not counted here."
        )
    _show_one(themes, of_level)


def _show_empty(themes: ThemesOfStudy) -> None:
    if not themes.sources:
        notices.empty(
            "No themes yet. Add transcripts and code a few passages: who says what, by "
            "wave and role, will stand here with their words.",
            "Add transcripts",
            "transcripts",
        )
        return
    notices.empty(
        f"No themes yet. {_counted(themes.sources, 'source')} can be read and none is "
        "coded so far. Suggestions count as nothing until a person accepts them.",
        "Read and code",
        "code",
    )


def _show_one(themes: ThemesOfStudy, of_level: tuple[ThemeSummary, ...]) -> None:
    ids = [one.code.id for one in of_level]
    names = {one.code.id: one.code.name for one in of_level}
    asked = session.address("theme")
    st.divider()
    chosen = st.selectbox(
        "Read a theme",
        ids,
        index=ids.index(asked) if asked in ids else 0,
        format_func=names.__getitem__,
        key=f"theme to read {len(ids)}",
        width=420,
    )
    session.set_address(theme=chosen)
    summary = next(one for one in of_level if one.code.id == chosen)
    st.header(as_label(summary.code.name), anchor=False)
    if summary.code.definition:
        notices.draw(f'<p class="wb-lead">{as_html(summary.code.definition)}</p>')
    left, right = st.columns([5, 7], gap="large")
    with left:
        _show_who(themes, summary)
    with right:
        _show_quotations(summary)


def _show_who(themes: ThemesOfStudy, summary: ThemeSummary) -> None:
    st.subheader("Who says it", anchor=False)
    notices.draw(f"<p>{as_html(actions.summary_in_words(summary))}</p>")
    for title, counts in (("Wave", summary.by_wave), ("Role", summary.by_role)):
        lines = "".join(
            f"<dt>{as_html(one.group)}</dt><dd>{as_html(actions.group_in_words(one))}"
            "</dd>"
            for one in counts
        )
        notices.draw(
            f"{_LIST_STYLE}<p style='margin:8px 0 0'><strong>{title}</strong></p>"
            f'<dl class="wb-who">{lines}</dl>'
        )
    codes = themes.codes_under(summary.code.id)
    if codes:
        lines = "".join(
            f"<dt>{as_html(one.code.name)}</dt>"
            f"<dd>{as_html(actions.summary_in_words(one))}</dd>"
            for one in codes
        )
        st.subheader("Its codes", anchor=False)
        notices.draw(f'{_LIST_STYLE}<dl class="wb-who">{lines}</dl>')


def _show_quotations(summary: ThemeSummary) -> None:
    st.subheader("In their words", anchor=False)
    if not summary.quotations:
        st.write("No quotation yet.")
        return
    st.caption(
        f"{_counted(len(summary.quotations), 'quotation')} of "
        f"{actions.mentions_in_words(summary.mentions)}, chosen for range: different "
        "people first, then roles and waves."
    )
    for one in summary.quotations:
        draw_quotation(actions.quotation_of(one))


def _people(number: int) -> str:
    return f"{number} {'person' if number == 1 else 'people'}"


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
