"""Themes: who says what, by wave and role, in whose words."""

from __future__ import annotations

import streamlit as st

from coding.themes import ThemeSummary
from data.rights import Right
from workbench import notices, session
from workbench.actions.together import theme_reading as actions
from workbench.actions.together.theme_reading import ThemesOfStudy
from workbench.caches import forgotten_when_erased
from workbench.widgets.memos.memos_about import memos_about
from workbench.widgets.together.quotation import draw_quotation
from workbench.widgets.together.theme_table import draw_theme_table
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted

_BY = {"By wave": "wave", "By role": "role"}
_LEVELS = ("Themes", "Codes")
_LIST_STYLE = """<style>
.wb-who {border-collapse: collapse; width: 100%; font-size: 0.9375rem;
  line-height: 1.4}
.wb-who th, .wb-who td {text-align: left; vertical-align: top; padding: 4px 8px 4px 0;
  border-bottom: 1px solid light-dark(#D5D9DC, #363F47); font-weight: 400}
.wb-who thead th {color: light-dark(#55606A, #A9B2B9); font-size: 0.8125rem}
.wb-who tbody th {width: 45%}
</style>"""


def show() -> None:
    """Draw the table of themes, and one theme with its people and quotations."""
    place = session.place()
    with notices.problems_shown():
        themes = themes_of_study(session.study(), str(place.store.audit.last_change()))
        _show_themes(themes)


@forgotten_when_erased
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
        f"{actions.counted_people(themes.people)} took part in "
        f"{counted(themes.sources, 'source')}, {themes.sources_coded} of them coded. "
        "Only what people coded is counted; suggestions are not.",
    )
    level, by = st.columns(2, width=420)
    with level:
        rows = st.radio("Rows", _LEVELS, horizontal=True, key="theme level")
    with by:
        columns = st.radio("Columns", list(_BY), horizontal=True, key="theme columns")
    of_level = (
        themes.themes if rows == "Themes" else actions.most_people_first(themes.codes)
    )
    draw_theme_table(of_level, _BY[columns])
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
    _show_one(themes, of_level)


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
    left, right = st.columns(2, gap="large")
    with left:
        _show_who(themes, summary)
    with right:
        _show_quotations(summary)
    memos_about(session.place(), "theme", chosen)


def _show_who(themes: ThemesOfStudy, summary: ThemeSummary) -> None:
    st.subheader("Who says it", anchor=False)
    notices.draw(f"<p>{as_html(actions.summary_in_words(summary))}</p>")
    for title, counts in (("Wave", summary.by_wave), ("Role", summary.by_role)):
        _show_list(title, [(c.group, actions.group_in_words(c)) for c in counts])
    codes = themes.codes_under(summary.code.id)
    if codes:
        st.subheader("Its codes", anchor=False)
        _show_list(
            "Code", [(c.code.name, actions.summary_in_words(c, "code")) for c in codes]
        )


def _show_list(title: str, lines: list[tuple[str, str]]) -> None:
    rows = "".join(
        f'<tr><th scope="row">{as_html(name)}</th><td>{as_html(words)}</td></tr>'
        for name, words in lines
    )
    notices.draw(
        f'{_LIST_STYLE}<table class="wb-who"><thead><tr><th scope="col">{title}</th>'
        f'<th scope="col">People, then mentions</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _show_quotations(summary: ThemeSummary) -> None:
    st.subheader("In their words", anchor=False)
    if not summary.quotations:
        st.write("No quotation yet.")
        return
    chosen = (
        f"{counted(len(summary.quotations), 'quotation')} of "
        f"{actions.mentions_in_words(summary.mentions)}, chosen for range: different "
        "people first, then roles, sources and waves."
    )
    notices.draw(f'<p class="wb-lead">{as_html(chosen)}</p>')
    for one in summary.quotations:
        draw_quotation(actions.quotation_of(one))
