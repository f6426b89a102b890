"""A list of sources of one wave: name, people, words, what is coded and what waits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workbench import notices, session
from workbench.actions.interviews.not_coded import Coded
from workbench.actions.interviews.sources import ListedSource
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted, day_in_words

# With fewer lines a person finds one faster by looking.
FIND_FROM = 12
_AT_ONCE = 40

_PEOPLE_NAMED = 3
_NAME_WIDTH = 300

_STYLE = """<style>
.stPageLink p {white-space: normal; overflow-wrap: anywhere}
.wb-sources {container-type: inline-size}
.wb-source {display: grid; gap: 0 16px; align-items: baseline; margin: 0;
  grid-template-columns: minmax(8rem, 1.4fr) minmax(6rem, 1fr) 6.5rem 7rem 6rem}
.wb-source span {overflow-wrap: anywhere}
.wb-source .wb-number {text-align: right; font-variant-numeric: tabular-nums}
.wb-source .wb-faint {color: light-dark(#55606A, #A9B2B9)}
@container (max-width: 40rem) {
  .wb-source {display: flex; flex-wrap: wrap}
}
</style>"""


def answers(one: ListedSource, wanted: str) -> bool:
    """Whether a line's name or people hold the words looked for, in lower case."""
    return not wanted or any(
        wanted in words.casefold() for words in (one.name, *one.people)
    )


def draw(wave: str, lines: Sequence[ListedSource]) -> None:
    """Draw the sources of a wave, the first forty until all are asked for."""
    st.header(as_heading(wave), anchor=False)
    shown = list(lines)
    if len(shown) > _AT_ONCE and not session.recall(f"all of {wave}", False):
        shown = shown[:_AT_ONCE]
    for one in shown:
        _draw_line(one)
    if len(shown) < len(lines) and st.button(
        f"Show all {len(lines)}", key=f"show all {wave}"
    ):
        session.remember(f"all of {wave}", True)
        st.rerun()


def as_heading(wave: str) -> str:
    """The wave's name as a heading, its markup escaped."""
    return as_label(wave) if wave else "No wave"


def _draw_line(one: ListedSource) -> None:
    # Where there is little room, the rest goes below the name instead of crushing it.
    line = st.container(horizontal=True, vertical_alignment="center")
    with line.container(width=_NAME_WIDTH):
        session.link_to("code", one.name, source=one.opens)
    with line.container():
        cells = "".join(
            f'<span class="{style}">{as_html(words)}</span>'
            for style, words in (
                ("wb-faint", _kind(one)),
                ("", _people(one)),
                ("wb-number wb-faint", counted(one.words, "word")),
                ("wb-number", _coded(one)),
                ("wb-number", _waiting(one)),
            )
        )
        notices.draw(
            f'{_STYLE}<div class="wb-sources"><p class="wb-source">{cells}</p></div>'
        )


def _kind(one: ListedSource) -> str:
    kind = f"{one.count} comments" if one.count > 1 else one.kind.in_words
    return f"{kind}, {day_in_words(one.held_on)}" if one.held_on else kind


def _people(one: ListedSource) -> str:
    if one.count > 1:
        # Nobody to name, and the room to say how many are left.
        left = [
            f"{number:,} of {one.count:,} {how}"
            for number, how in (
                (one.not_coded, Coded.NOT.value),
                (one.coded_blind, Coded.BLIND.value),
            )
            if number
        ]
        return ", ".join(left) or "all coded"
    people = ", ".join(one.people[:_PEOPLE_NAMED])
    if more := len(one.people) - _PEOPLE_NAMED:
        people += f" and {more} more" if more > 0 else ""
    if one.unmapped:
        labels = ", ".join(one.unmapped[:_PEOPLE_NAMED])
        people = f"{people}; " if people else ""
        return f"{people}who is {labels}?"
    return people


def _coded(one: ListedSource) -> str:
    if one.count == 1 and one.coded_blind:
        return Coded.BLIND.value
    passages = one.coded_passages
    return counted(passages, "passage") if passages else Coded.NOT.value


def _waiting(one: ListedSource) -> str:
    return f"{one.waiting_suggestions:,} suggested" if one.waiting_suggestions else ""
