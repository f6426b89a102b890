"""A list of sources of one wave: name, people, words, what is coded and what waits."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from workbench import notices, session
from workbench.actions.interviews.sources import ListedSource
from workbench.actions.interviews.wording import counted, day_in_words
from workbench.widgets.untrusted import as_html, as_label

# With fewer lines a person finds one faster by looking.
FIND_FROM = 12
_AT_ONCE = 40

_STYLE = """<style>
.wb-source {display: grid; gap: 4px 16px; align-items: baseline; margin: 0;
  grid-template-columns: minmax(9rem, 15rem) minmax(6rem, 1fr) 4.5rem 7rem 6rem}
.wb-source span {overflow-wrap: anywhere}
.wb-source .wb-number {text-align: right; font-variant-numeric: tabular-nums}
.wb-source .wb-kind {color: light-dark(#55606A, #A9B2B9)}
</style>"""


def answers(one: ListedSource, wanted: str) -> bool:
    """Whether a line's name or people hold the words looked for, in lower case."""
    return not wanted or any(
        wanted in words.casefold() for words in (one.name, *one.people)
    )


def draw(
    wave: str, lines: Sequence[ListedSource], *, with_headings: bool = False
) -> None:
    """Draw the sources of a wave, the first forty until all are asked for."""
    st.subheader(as_heading(wave), anchor=False)
    shown = list(lines)
    if len(shown) > _AT_ONCE and not session.recall(f"all of {wave}", False):
        shown = shown[:_AT_ONCE]
    if with_headings:
        _draw_cells(None)
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
    name, cells = st.columns([3, 7], vertical_alignment="center")
    with name:
        session.link_to("code", one.name, source=one.opens)
    with cells:
        _draw_cells(one)


def _draw_cells(one: ListedSource | None) -> None:
    if one is None:
        _, cells = st.columns([3, 7])
        with cells:
            notices.draw(
                f'{_STYLE}<p class="wb-source wb-lead" style="max-width:none">'
                "<span>Kind</span><span>People</span>"
                '<span class="wb-number">Words</span>'
                '<span class="wb-number">Coded</span>'
                '<span class="wb-number">Suggested</span></p>'
            )
        return
    kind = f"{one.count} comments" if one.count > 1 else one.kind.in_words
    held = f", {as_html(day_in_words(one.held_on))}" if one.held_on else ""
    notices.draw(
        f'{_STYLE}<p class="wb-source">'
        f'<span class="wb-kind">{as_html(kind)}{held}</span>'
        f"<span>{as_html(_people(one))}</span>"
        f'<span class="wb-number">{one.words:,}</span>'
        f'<span class="wb-number">{_passages(one)}</span>'
        f'<span class="wb-number">{_waiting(one)}</span>'
        "</p>"
    )


def _people(one: ListedSource) -> str:
    people = ", ".join(one.people)
    if one.unmapped:
        label = ", ".join(one.unmapped[:3])
        people = f"{people}; " if people else ""
        return f"{people}who is {label}?"
    return people


def _passages(one: ListedSource) -> str:
    return counted(one.coded_passages, "passage") if one.coded_passages else "none"


def _waiting(one: ListedSource) -> str:
    return f"{one.waiting_suggestions:,} waiting" if one.waiting_suggestions else "none"
