"""The form for a table of comments about to be added: words, people, wave."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.importers.interviews.transcript_import import CommentTable
from data.sources import NewSource
from workbench import notices
from workbench.actions.interviews import sources
from workbench.actions.interviews.sources import WhoWrote
from workbench.widgets.interviews.source_form import draw_wave_choice
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_WHO = {
    WhoWrote.EACH_ONE_PERSON: "Each comment is one person",
    WhoWrote.NAMED_IN_COLUMN: "The column participant names the person",
    WhoWrote.NOT_KNOWN: "Not known: count comments, not people",
}
_SAME_FOR_ALL = "The same for all"
_SHOWN = 3


def draw_comment_form(
    table: CommentTable, file_name: str, key: str, *, waves: Sequence[str]
) -> list[NewSource]:
    """The comments as sources, as the person has them now; none until it is said who
    they count as, since every count of people goes by that.
    """
    columns = sources.columns_of(table)
    with st.container(border=True):
        words = sum(one.transcript.word_count for one in table.sources)
        notices.draw(
            f'<p style="margin:0"><strong>{as_html(file_name)}</strong>: '
            f"{counted(len(table.sources), 'comment')}, {counted(words, 'word')}. "
            "Is that right?</p>"
        )
        for warning in table.warnings:
            notices.draw(
                f'<p class="wb-lead">{as_html(warning.where)}: '
                f"{as_html(warning.found)}. {as_html(warning.do_next)}</p>"
            )
        _draw_first(table)
        options = [
            one
            for one in WhoWrote
            if one is not WhoWrote.NAMED_IN_COLUMN or "participant" in columns
        ]
        who = st.radio(
            "Who wrote them?",
            options,
            format_func=lambda one: _WHO[one],
            index=options.index(WhoWrote.NAMED_IN_COLUMN)
            if WhoWrote.NAMED_IN_COLUMN in options
            else None,
            key=f"who wrote {key}",
            help="Themes count people before comments, so this decides what they say.",
        )
        wave_from, wave_place = st.columns(2)
        column = wave_from.selectbox(
            "The wave is",
            [_SAME_FOR_ALL, *columns],
            index=columns.index("wave") + 1 if "wave" in columns else 0,
            format_func=lambda one: one if one == _SAME_FOR_ALL else f"in column {one}",
            key=f"wave column {key}",
        )
        wave = ""
        if column == _SAME_FOR_ALL:
            with wave_place:
                wave = draw_wave_choice(waves, f"wave {key}")
        if who is None:
            notices.draw('<p class="wb-lead">Say who the comments count as.</p>')
            return []
    return sources.comment_sources(
        table,
        file_name,
        who=who,
        wave=wave,
        wave_column="" if column in (None, _SAME_FOR_ALL) else column,
    )


def _draw_first(table: CommentTable) -> None:
    rows = "".join(
        '<tr><td style="white-space:nowrap;padding:0 16px 4px 0">'
        f"{as_html(one.transcript.name)}</td>"
        f"<td>{as_html(_shortened(one.transcript.text))}</td></tr>"
        for one in table.sources[:_SHOWN]
    )
    notices.draw(
        '<table style="border-collapse:collapse;vertical-align:top">'
        f'<caption class="wb-lead" style="text-align:left">The first {_SHOWN}</caption>'
        f"<tbody>{rows}</tbody></table>"
    )


def _shortened(words: str) -> str:
    return words if len(words) <= 160 else f"{words[:160].rsplit(' ', 1)[0]} ..."
