"""Find passages: by words, by codes, by both together, or from a pasted quotation."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from workbench import notices, session
from workbench.actions.finding.passage_ask import ask_from
from workbench.widgets.finding import came_by_address
from workbench.widgets.finding.code_numbers import show_groups, show_together
from workbench.widgets.finding.found_passages import show_passages
from workbench.widgets.finding.quotation_places import show_quotation
from workbench.widgets.finding.table_download import offer_codings
from workbench.widgets.finding.words_in_context import show_words

# Where something stands takes as many lines as it needs; what stands side by side
# stands one below the other where that leaves no room to read.
_STYLE = """<style>
[data-testid="stMain"] .stPageLink p {white-space: normal; overflow-wrap: anywhere;
  line-height: 1.4}
[data-testid="stMain"] .stPageLink a {padding-left: 0}
@media (max-width: 1150px) {
  [class*="st-key-find-beside"] [data-testid="stHorizontalBlock"] {gap: 0;
    flex-direction: column}
  [class*="st-key-find-beside"] [data-testid="stColumn"] {width: 100%;
    flex: 1 1 auto}
}
</style>"""
_WHAT = {
    "words": "Words",
    "codes": "Passages by code",
    "together": "Codes together",
    "groups": "Codes by group",
    "quotation": "A quotation",
}


def show() -> None:
    """Draw what is looked for and what was found."""
    place = session.place()
    notices.page_head(
        "Find passages",
        "Everything found leads to its place in the source. Suggestions are never "
        "counted.",
    )
    if not place.store.sources.summaries():
        notices.empty(
            "Nothing to find yet. Once transcripts are added, their words can be "
            "looked for here, and passages by the codes they are under.",
            "Add transcripts" if session.may(Right.IMPORT_SOURCES) else "",
            "transcripts",
        )
        return
    notices.draw(_STYLE)
    came = came_by_address.arrival()
    asked = came.asked["what"] if came.asked["what"] in _WHAT else "words"
    what = st.radio(
        "What to look for",
        list(_WHAT),
        index=list(_WHAT).index(asked),
        format_func=_WHAT.__getitem__,
        horizontal=True,
        key=f"what {came.number}",
    )
    if what and what != asked:
        came_by_address.turn_to(came, what)
        st.rerun()
    key = str(came.number)
    ask = ask_from(came.asked["table" if what in ("together", "groups") else "find"])
    with notices.problems_shown():
        match what:
            case "codes":
                if _has_codes(place):
                    show_passages(place, ask, key)
                    offer_codings(place)
            case "together":
                if _has_codes(place):
                    show_together(place, ask, key)
            case "groups":
                if _has_codes(place):
                    show_groups(place, ask, key)
            case "quotation":
                show_quotation(place, key)
            case _:
                show_words(place, came.asked["q"], key)


def _has_codes(place: session.Place) -> bool:
    if place.store.codebook.codebook().codes:
        return True
    notices.empty(
        "No codes yet. Once the study has a codebook, passages can be found by the "
        "codes they are under.",
        "Codebook" if session.may(Right.EDIT_CODEBOOK) else "",
        "codebook",
    )
    return False
