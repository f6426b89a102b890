"""The transcript pane: read an interview, code its passages, judge suggestions.

The browser paints each change at once and keeps it in a numbered outbox until it is
told that the change was stored; what is not acknowledged is sent again. It comes over
the desk line where one is open, else with a rerun of the pane's fragment; one
``PaneDesk`` answers both and hands each change on exactly once per session. This module
never draws transcript text itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from workbench.actions.interviews.pane_content import (
    PaneChange,
    PaneCode,
    PaneContent,
    PaneMemo,
    PaneSpan,
    PaneSuggestion,
    PaneTurn,
)
from workbench.actions.interviews.pane_desk import Apply, Load, PaneDesk
from workbench.actions.interviews.pane_operations import (
    OPERATION_KINDS,
    PaneOperation,
)

__all__ = [
    "OPERATION_KINDS",
    "PaneChange",
    "PaneCode",
    "PaneContent",
    "PaneMemo",
    "PaneOperation",
    "PaneSpan",
    "PaneSuggestion",
    "PaneTurn",
    "show_transcript_pane",
]

COMPONENT = "workbench.transcript"
# Opens a line to a desk; the token, or '' where none can be had.
OpenLine = Callable[[PaneDesk], str]


def show_transcript_pane(
    load: Load,
    apply: Apply,
    *,
    key: str,
    correct: Callable[[int], None] | None = None,
    open_line: OpenLine | None = None,
) -> None:
    """Draw the pane in a fragment of its own; nothing comes back.

    ``apply(source_id, operations)`` stores what the person did before it returns, each
    operation at most once by its client and sequence, whichever transcript is now on
    the page: changes to the transcript they just left may come with this one. It raises
    ``DataRefused`` or ``CodingRefused`` for what the study does not accept; operations
    are then given one by one, those already stored among them, and the words are shown
    in the pane. Any other fault leaves the operation waiting in the browser, which says
    so and tries again. ``load`` is called afterwards, on every run. ``open_line``
    lets the desk be asked outside of any run, by what does not touch Streamlit.

    ``correct(turn)`` leads to correcting the text at the turn that is being read, once
    all that came with it is stored.

    ``key`` names the pane in the session and holds no double underscore; a key of its
    own for each source keeps places and selections apart.
    """
    fragment = st.fragment(_draw_pane, key=f"{key}-fragment")
    fragment(load, apply, key, correct, open_line)


def _draw_pane(
    load: Load,
    apply: Apply,
    key: str,
    correct: Callable[[int], None] | None,
    open_line: OpenLine | None,
) -> None:
    desk: PaneDesk = st.session_state.setdefault(f"{key}-session", PaneDesk())
    state = st.session_state.get(key) or {}
    payload = desk.answer(state.get("outbox"), load, apply)
    if correct is not None and not payload["answers"]["fault"]:
        turn = _turn_to_correct(state.get("correct"), f"{key}-corrected")
        if turn is not None:
            correct(turn)
    payload["line"] = open_line(desk) if open_line else ""
    # Registered on each run: the runtime may be newer than this module's import.
    mount = st.components.v2.component(
        COMPONENT,
        html='<div class="transcript-host"></div>',
        css="transcript.css",
        js="transcript.js",
        isolate_styles=False,
    )
    mount(key=key, data=payload, on_outbox_change=_nothing, on_correct_change=_nothing)


def _nothing() -> None:
    """Only its presence matters: Streamlit passes on values that have a callback."""


def _turn_to_correct(asked: object, known_as: str) -> int | None:
    """The number of the turn somebody asks to correct, once for each press."""
    if not isinstance(asked, Mapping):
        return None
    if asked.get("at") == st.session_state.get(known_as):
        return None
    st.session_state[known_as] = asked.get("at")
    turn = asked.get("turn")
    return turn if type(turn) is int and turn > 0 else None
