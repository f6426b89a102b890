"""Outcomes: what was hoped for, all strands, how strong people say the evidence is."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.rights import Right
from data.storage.outcomes.statement_records import OutcomeRead
from workbench import notices, session
from workbench.actions.outcomes.outcome_words import gaps_in_words, standing_in_words
from workbench.widgets.outcomes.model_shown import draw_model
from workbench.widgets.outcomes.outcome_shown import draw_outcome
from workbench.widgets.outcomes.overview_table import draw_overview
from workbench.widgets.untrusted import as_html

_LEAD = (
    "Each outcome of the logic model with all that was gathered for it and against it. "
    "How strong the evidence is, people say; what it lacks is checked."
)


def show() -> None:
    """Draw the overview, one outcome opened, or the logic model."""
    place = session.place()
    notices.page_head("Outcomes", _LEAD)
    notices.draw(notices.LINKS_TO_THINGS)
    if session.address("view") == "model":
        _draw_way_back("All outcomes", "all outcomes")
        draw_model(place)
        return
    opened = session.address("outcome")
    read = (
        place.store.outcomes.read(opened, reader_id=place.person.id) if opened else None
    )
    if read is not None:
        _draw_way_back("All outcomes", "all outcomes")
        draw_outcome(place, read)
        return
    _draw_all(place.store.outcomes.read_all(reader_id=place.person.id))


def _draw_way_back(words: str, key: str) -> None:
    if st.button(words, key=key, type="tertiary"):
        session.set_address(outcome="", view="")
        st.rerun()


def _draw_all(outcomes: Sequence[OutcomeRead]) -> None:
    if not outcomes:
        notices.empty(
            "No outcome yet. Type the study's logic model first: what goes in, what is "
            "done, what comes out, and which outcomes are hoped for."
        )
    else:
        draw_overview(outcomes)
        for one in outcomes:
            session.link_to(
                "outcomes",
                f"Open {one.part.label}: {one.part.words.name}",
                outcome=one.part.id,
            )
            said = f"{standing_in_words(one)} {gaps_in_words(one)}"
            notices.draw(f'<p class="wb-small wb-under">{as_html(said)}</p>')
    may = session.may(Right.WRITE_FINDINGS)
    words = "Write the logic model" if may and not outcomes else "The logic model"
    if st.button(
        words, key="to the model", type="secondary" if outcomes else "primary"
    ):
        session.set_address(view="model")
        st.rerun()
    if outcomes:
        session.link_to("findings", "The report by outcome is on Findings")
