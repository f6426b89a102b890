"""Words looked for, each place with the words around it and the way there."""

from __future__ import annotations

from functools import partial

import streamlit as st

from coding.finding.keyword_in_context import LineOrder
from workbench import notices, session
from workbench.actions.finding.context_table import context_table
from workbench.actions.finding.searching import (
    PlacedLine,
    look_for,
    place_in_words,
    speaker_in_words,
)
from workbench.session import Place
from workbench.widgets.finding import came_by_address
from workbench.widgets.finding.found_passages import (
    draw_answer,
    how_many_shown,
    offer_more,
)
from workbench.widgets.finding.table_download import offer_table
from workbench.widgets.untrusted import as_html

_BESIDE = (4, 8, 12, 20)
_HELP = (
    'Words must all stand in one turn. "In quotation marks" they follow each other. '
    "work* finds work, worker, working. Join words with and, or, not; group them with "
    "brackets. Letter case and accents do not count. A word finds its possessive too: "
    "worker finds worker's."
)
_ABOUT = (
    "A row for each place: source, turn and speaker, the words before, those found, "
    "the words after.",
)
_UNBROKEN = "&nbsp;"
_STYLE = """<style>
.wb-line {display: grid; grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr);
  gap: 0; white-space: pre-wrap;
  font-family: "Source Serif", "Source Serif 4", Georgia, serif;
  font-size: 1rem; line-height: 1.5; align-items: baseline; overflow-wrap: anywhere}
.wb-line span:first-child {text-align: right}
.wb-line span, .wb-line b {unicode-bidi: isolate}
.wb-line b {font-weight: 700; border-bottom: 2px solid light-dark(#0B5D66, #7CCBD1)}
@media (max-width: 1150px) {.wb-line {display: block}}
.wb-who {margin: 0; font-size: 0.875rem; color: light-dark(#55606A, #A9B2B9);
  overflow-wrap: anywhere}
</style>"""


def show_words(place: Place, asked: str, key: str) -> None:
    """The field for a search, and every place that meets it."""
    with (
        st.form(f"words {key}", border=False),
        st.container(horizontal=True, vertical_alignment="bottom"),
    ):
        typed = st.text_input(
            "Words to look for", value=asked, key=f"typed {key}", help=_HELP
        )
        st.form_submit_button("Find", type="primary")
    left, right = st.columns([2, 3], width=640)
    with left:
        order = st.selectbox(
            "Sorted by",
            list(LineOrder),
            format_func=lambda one: one.in_words,
            key=f"order {key}",
        )
    with right:
        beside = st.selectbox(
            "Words on each side", _BESIDE, index=1, key=f"beside {key}"
        )
    came_by_address.write(what="words", q=typed)
    if not typed.strip():
        draw_answer("Every place where the words stand will be listed here.")
        return
    with notices.problems_shown():
        found = look_for(
            place.store, typed, words_beside=beside, order=order or LineOrder.SOURCE
        )
        draw_answer(found.in_words)
        if found.lines:
            offer_table(
                place,
                "words-in-context",
                partial(
                    context_table, place.store, typed, beside, order or LineOrder.SOURCE
                ),
                [f"Every place with {found.said_back}.", *_ABOUT],
            )
        of_what = f"words {typed} {order}"
        shown = how_many_shown(of_what)
        with st.container(key="find-beside-lines"):
            for line in found.lines[:shown]:
                _draw(line)
        offer_more(of_what, shown, len(found.lines), "place")


def _draw(one: PlacedLine) -> None:
    line = one.line
    words, reference = st.columns([9, 4], vertical_alignment="center", gap="medium")
    with words:
        notices.draw(
            f'{_STYLE}<div class="wb-line"><span>{_edge(line.left)}</span>'
            f"<b>{as_html(line.keyword)}</b><span>{_edge(line.right)}</span></div>"
        )
    with reference, st.container(gap=None):
        notices.draw(f'<p class="wb-who">{as_html(speaker_in_words(one.turn))}</p>')
        session.link_to(
            "code",
            place_in_words(one.turn),
            source=one.turn.source_id,
            at=str(one.start),
        )


def _edge(words: str) -> str:
    """Words beside those found; the space between stays where a line is broken."""
    bare = words.strip(" ")
    before = _UNBROKEN if words.startswith(" ") else ""
    after = _UNBROKEN if words.endswith(" ") and bare else ""
    return f"{before}{as_html(bare)}{after}"
