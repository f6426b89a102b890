"""What to code next: a spread sample as a list of work, and what nothing marks yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from coding.order_of_work.turns_to_read import TurnToRead
from workbench import notices, session
from workbench.actions.suggesting import order_of_work
from workbench.session import Place
from workbench.widgets.suggesting.review_section import STYLE
from workbench.widgets.untrusted import as_html, as_label

_SPREAD, _LEFT = "spread", "left"
_LISTS = {
    _SPREAD: "A spread sample over transcripts",
    _LEFT: "What is not coded yet",
}
_SHOWN_WORDS = 40
_MOST_OF_A_SOURCE = 60


def draw_next(place: Place) -> None:
    """Draw one of the two lists; each turn leads to its place in the transcript."""
    work = order_of_work.work_by_source(place.store, place.person)
    if not work:
        st.write("No transcript holds turns of whoever is interviewed.")
        return
    which = st.radio(
        "List",
        list(_LISTS),
        format_func=_LISTS.__getitem__,
        horizontal=True,
        key="next list",
    )
    if which == _LEFT:
        for one in work:
            with st.expander(as_label(f"{one.name}: {one.in_words}")):
                _draw_turns(one.left[:_MOST_OF_A_SOURCE], {})
                if not one.left:
                    st.write("Every turn has something coded.")
                elif len(one.left) > _MOST_OF_A_SOURCE:
                    more = len(one.left) - _MOST_OF_A_SOURCE
                    st.write(f"{more} more after these.")
        return
    notices.draw(f'<p class="wb-lead">{as_html(order_of_work.SPREAD_WHY)}</p>')
    with st.container(horizontal=True):
        size = st.number_input("How many turns", 5, 400, 40, 5, key="sample size")
        seed = st.number_input(
            "Number of the sample",
            1,
            9_999,
            1,
            key="sample seed",
            help="The same number gives the same turns to everybody, and again after "
            "a break.",
        )
    sample, names = order_of_work.spread(work, int(size), int(seed))
    st.write(order_of_work.sample_in_words(sample))
    _draw_turns(sample, names)


def _draw_turns(turns: Iterable[TurnToRead], names: Mapping[str, str]) -> None:
    for one in turns:
        words = one.words.split()
        more = " …" if len(words) > _SHOWN_WORDS else ""
        done = "✓ Something coded" if one.is_coded else "Nothing coded yet"
        name = names.get(one.source_id, "")
        with st.container(gap=None):
            notices.draw(
                f'{STYLE}<p class="wb-said">'
                f"{as_html(' '.join(words[:_SHOWN_WORDS]))}{more}</p>"
                f'<p class="wb-small">{as_html(one.turn.speaker)}. {done}</p>'
            )
            session.link_to(
                "code",
                f"{name}: turn {one.turn.number}"
                if name
                else f"Turn {one.turn.number}",
                source=one.source_id,
                at=str(one.turn.start),
            )
