"""Where a pasted quotation may come from, the differing words marked."""

from __future__ import annotations

import streamlit as st

from coding.finding.pasted_quotations import Stretch, StretchKind
from workbench import notices, session
from workbench.actions.finding.searching import (
    PlacedPiece,
    QuotationPlace,
    find_quotation,
    place_in_words,
    speaker_in_words,
)
from workbench.session import Place
from workbench.widgets.finding import came_by_address
from workbench.widgets.finding.found_passages import draw_answer
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_STYLE = """<style>
.wb-place {margin: 0; padding-left: 16px; max-width: 46rem; line-height: 1.6;
  border-left: 3px solid light-dark(#0B5D66, #7CCBD1); font-size: 1.0625rem;
  font-family: "Source Serif", "Source Serif 4", Georgia, serif;
  white-space: pre-wrap; overflow-wrap: anywhere}
.wb-place ins, .wb-place del, .wb-place bdi {unicode-bidi: isolate}
.wb-place ins {text-decoration: underline; text-decoration-thickness: 2px;
  background: light-dark(#FAE7C9, #3F2F05)}
.wb-place del {color: light-dark(#A4262C, #FF9C94)}
.wb-place small {font-family: "Source Sans", sans-serif; font-size: 0.8125rem}
.wb-alike {font-weight: 600; margin: 8px 0 0}
</style>"""
_KEY = (
    "Underlined: words of the source that were not pasted. Struck through: words that "
    "were pasted and do not stand there. Capitals, accents and punctuation do not "
    "count."
)


def show_quotation(place: Place, key: str) -> None:
    """The field for pasted text, and the places it may come from."""
    with st.form(f"quotation {key}", border=False):
        pasted = st.text_area(
            "Paste the quotation",
            key=f"pasted {key}",
            height=110,
            help="As it stands in a report. Words may have been left out [...] or "
            "changed a little.",
        )
        st.form_submit_button("Find", type="primary")
    came_by_address.write(what="quotation")
    if not pasted.strip():
        draw_answer("The places the quotation may come from will stand here.")
        return
    with notices.problems_shown():
        places = find_quotation(place.store, pasted)
        if not places:
            draw_answer(
                "Nothing near these words stands in any turn. Look for one unusual "
                "word of it under Words."
            )
            return
        where = counted(len(places), "place")
        differs = any(
            one.kind is not StretchKind.BOTH
            for found in places
            for piece in found.pieces
            for one in piece.alignment.stretches
        )
        draw_answer(f"{where} may be where it comes from.", _KEY if differs else "")
        for found in places:
            _draw(found)


def _draw(found: QuotationPlace) -> None:
    with st.container(gap=None):
        notices.draw(f'{_STYLE}<p class="wb-alike">{as_html(found.in_words)}</p>')
        for piece in found.pieces:
            _draw_piece(piece)


def _draw_piece(piece: PlacedPiece) -> None:
    words = " ".join(_marked(one) for one in piece.alignment.stretches)
    notices.draw(f'{_STYLE}<p class="wb-place">{words}</p>')
    who = as_html(speaker_in_words(piece.turn))
    notices.draw(f'<p class="wb-small">{who}</p>')
    session.link_to(
        "code",
        place_in_words(piece.turn),
        source=piece.turn.source_id,
        at=str(piece.start),
    )


def _marked(one: Stretch) -> str:
    words = as_html(one.words)
    if one.kind is StretchKind.SOURCE:
        return f'<ins title="only in the source">{words}</ins>'
    if one.kind is StretchKind.PASTED:
        return f'<del title="only in what was pasted">{words}</del>'
    return f"<bdi>{words}</bdi>"
