"""Waiting suggestions as a list in context; a decision is on what was seen."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from workbench import notices, session
from workbench.actions.suggesting import reviewing
from workbench.actions.suggesting.reviewing import InContext, ReviewPage
from workbench.session import Place
from workbench.widgets.suggesting.learning_job import learn_if_due
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_PAGE, _BATCH = "review page", "review batch"
STYLE = """<style>
.wb-said {margin: 0 0 2px; max-width: 46rem; line-height: 1.6; font-size: 1.0625rem;
  font-family: "Source Serif", "Source Serif 4", Georgia, serif;
  white-space: pre-wrap; overflow-wrap: anywhere}
.wb-said mark {color: inherit; background: none; padding: 1px 0;
  border-bottom: 2px dashed light-dark(#0B5D66, #7CCBD1)}
.wb-said span {color: light-dark(#55606A, #A9B2B9)}
.wb-asks {font-weight: 600; margin: 10px 0 2px}
</style>"""


def draw_review(place: Place) -> None:
    """Draw a page of the list, and what to do with those on it."""
    _draw_last(place)
    listed = reviewing.waiting(place.store, place.person)
    if not listed:
        notices.empty(
            "No suggestions wait for a decision. Make some on the Transcripts page, or "
            "read on: they come with what you code.",
            "Transcripts",
            "transcripts",
        )
        return
    codes = {"": f"Every code ({len(listed):,})"} | reviewing.codes_waiting(listed)
    strengths = {"": "Every strength"} | reviewing.strengths_waiting(listed)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        asked = session.address("code")
        code = st.selectbox(
            "Code",
            list(codes),
            index=list(codes).index(asked) if asked in codes else 0,
            format_func=lambda one: codes.get(one, ""),
            key="review code",
            width=360,
        )
        strength = st.selectbox(
            "Strength",
            list(strengths),
            format_func=lambda one: strengths.get(one, ""),
            key="review strength",
            width=220,
        )
    if (code, strength) != (session.recall("reviewed"), session.recall("how strong")):
        session.remember("reviewed", code)
        session.remember("how strong", strength)
        session.remember(_PAGE, 1)
    page = reviewing.review_page(
        place.store,
        listed,
        code_id=code or "",
        strength=strength or "",
        page=session.recall(_PAGE, 1),
    )
    _draw_page(place, page)


def _draw_page(place: Place, page: ReviewPage) -> None:
    if not page.shown:
        st.write("None of this code and strength.")
        return
    of = f"Page {page.number} of {page.pages}." if page.pages > 1 else ""
    st.write(f"{counted(page.total, 'suggestion')}. {of}")
    for one in page.shown:
        _draw_one(one)
    may = session.may(Right.CODE_SOURCES)
    number = len(page.shown)
    with st.container(horizontal=True):
        if may and st.button(
            f"Accept the {number} seen here",
            type="primary",
            key="accept seen",
            help="Those on this page, on the words underlined, as your own codings.",
        ):
            _decide(place, page, accept=True)
        if may and st.button(f"Reject the {number} seen here", key="reject seen"):
            _decide(place, page, accept=False)
        if st.button("Page before", disabled=page.number == 1, key="page before"):
            _turn_to(page.number - 1)
        if st.button(
            "Leave them, next page", disabled=page.number == page.pages, key="next page"
        ):
            _turn_to(page.number + 1)


def _draw_one(one: InContext) -> None:
    stored = one.listed.stored
    proposed = stored.suggestion
    with st.container(gap=None):
        notices.draw(
            f'{STYLE}<p class="wb-asks">{as_html(one.listed.code_name)}? '
            f"{as_html(proposed.strength.in_words.capitalize())}</p>"
            f'<p class="wb-said"><span>{as_html(one.before)}</span>'
            f"<mark>{as_html(one.words)}</mark><span>{as_html(one.after)}</span></p>"
            f'<p class="wb-small">{as_html(proposed.reason.sentence)}</p>'
        )
        who = f"{one.speaker}, turn" if one.speaker else "Turn"
        session.link_to(
            "code",
            f"{one.listed.source_name}: {who} {proposed.turn_number}",
            source=stored.source_id,
            at=str(proposed.segment.start),
        )


def _turn_to(number: int) -> None:
    session.remember(_PAGE, number)
    st.rerun()


def _decide(place: Place, page: ReviewPage, *, accept: bool) -> None:
    came = reviewing.decide_seen(
        place.store, place.person, page.seen_ids, accept=accept
    )
    session.remember(_BATCH, came.batch if came.done else "")
    learn_if_due(place)
    words = reviewing.decided_in_words(came, accepted=accept)
    notices.saved(words, beside="review")
    st.rerun()


def _draw_last(place: Place) -> None:
    """What was done with the last list, and the way to take it back."""
    notices.show_saved("review")
    batch = session.recall(_BATCH, "")
    if batch and st.button("Take back the last list", key="take back list"):
        came = reviewing.take_back(place.store, place.person, batch)
        session.forget(_BATCH)
        notices.saved(reviewing.taken_back_in_words(came), beside="review")
        st.rerun()
