"""Suggestions learn by themselves after a batch of decisions, in the background."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from workbench import jobs, notices, session
from workbench.actions.interviews import suggesting
from workbench.session import Place


def learn_if_due(place: Place) -> None:
    """Begin to learn where enough was decided; nobody waits for it.

    Open suggestions of all sources follow once it is done. It may be called from a
    fragment that stores decisions.
    """
    # The learners take seconds to load, and most decisions do not need them.
    if not session.may(Right.CODE_SOURCES) or jobs.job_under(_key()) is not None:
        return
    store, person = place.store, place.person
    if suggesting.learning_is_due(store):
        jobs.start_job(
            _key(),
            "Learning from what was decided",
            lambda progress: suggesting.make_suggestions(
                store, person, progress=progress
            ),
        )


def show_learning(place: Place) -> None:
    """Draw how far it is, with the way to stop it; what went wrong is told in words."""
    del place  # one job for the study, whoever looks
    with notices.problems_shown():
        made = jobs.show_job(_key())
        if made is not None:
            st.caption(f"Suggestions have learned. {suggesting.made_in_words(made)}")


def _key() -> str:
    return "learn from decisions"
