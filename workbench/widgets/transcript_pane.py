"""The transcript pane: read an interview, code its passages, judge suggestions.

The browser paints each change at once and keeps it in a numbered outbox until it is
told that the change was stored; what is not acknowledged is sent again. This module
hands each change on exactly once per session and never draws transcript text itself.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from coding.problems import CodingRefused
from data.problems import DataRefused
from workbench.actions.interviews.pane_content import (
    PaneChange,
    PaneCode,
    PaneContent,
    PaneMemo,
    PaneSpan,
    PaneSuggestion,
    PaneTurn,
    SentVersions,
)
from workbench.actions.interviews.pane_operations import (
    OPERATION_KINDS,
    Outbox,
    PaneOperation,
    in_words,
    read_outbox,
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
Apply = Callable[[str, Sequence[PaneOperation]], None]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Session:
    """What one browser session has been told: stored, refused, sent."""

    stored: set[str] = field(default_factory=set)
    refusals: dict[str, str] = field(default_factory=dict)
    sent: SentVersions = field(default_factory=SentVersions)
    corrected_at: object = None


def show_transcript_pane(
    load: Callable[[], PaneContent],
    apply: Apply,
    *,
    key: str,
    correct: Callable[[int], None] | None = None,
) -> None:
    """Draw the pane in a fragment of its own; nothing comes back.

    ``apply(source_id, operations)`` stores what the person did before it returns, each
    operation at most once by its client and sequence, whichever transcript is now on
    the page: changes to the transcript they just left may come with this one. It raises
    ``DataRefused`` or ``CodingRefused`` for what the study does not accept; operations
    are then given one by one, those already stored among them, and the words are shown
    in the pane. Any other fault leaves the operation waiting in the browser, which says
    so and tries again. ``load`` is called afterwards, on every run.

    ``correct(turn)`` leads to correcting the text at the turn that is being read, once
    all that came with it is stored.

    ``key`` names the pane in the session and holds no double underscore; a key of its
    own for each source keeps places and selections apart.
    """
    fragment = st.fragment(_draw_pane, key=f"{key}-fragment")
    fragment(load, apply, key, correct)


def _turn_to_correct(asked: object, session: _Session) -> int | None:
    """The number of the turn somebody asks to correct, once for each press."""
    if not isinstance(asked, Mapping) or asked.get("at") == session.corrected_at:
        return None
    session.corrected_at = asked.get("at")
    turn = asked.get("turn")
    return turn if type(turn) is int and turn > 0 else None


def _draw_pane(
    load: Callable[[], PaneContent],
    apply: Apply,
    key: str,
    correct: Callable[[int], None] | None,
) -> None:
    # Stored at the top of the run, before anything is read or drawn: whatever fails
    # below, an acknowledged change is kept.
    session: _Session = st.session_state.setdefault(f"{key}-session", _Session())
    state = st.session_state.get(key) or {}
    outbox = read_outbox(state.get("outbox"))
    fault = _store(outbox, apply, session)
    turn = _turn_to_correct(state.get("correct"), session)
    if turn is not None and correct is not None and not fault:
        correct(turn)
    content = load()
    payload = session.sent.payload(content, outbox.held_text, outbox.held_version)
    payload["answers"] = _answers(outbox, session, fault)
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


def _store(outbox: Outbox, apply: Apply, session: _Session) -> str:
    """Hand over what is new; the answer is the last fault in words, or nothing."""
    session.refusals.update(outbox.refused)
    fault = ""
    for source_id, operations in outbox.by_source().items():
        waiting = [one for one in operations if not _answered(one.id, session)]
        fault = _store_source(source_id, waiting, apply, session) or fault
    return fault


def _store_source(
    source_id: str, waiting: list[PaneOperation], apply: Apply, session: _Session
) -> str:
    if not waiting or _store_at_once(source_id, waiting, apply, session):
        return ""
    # One of them was not accepted: find out which, and keep the others.
    fault = ""
    held: set[str] = set()
    for operation in waiting:
        # What builds on a change that could not be stored waits with it.
        if held & _ids_named(operation):
            held |= _ids_made(operation)
            continue
        try:
            apply(source_id, [operation])
        except (CodingRefused, DataRefused) as refusal:
            session.refusals[operation.id] = in_words(refusal.problems)
        except Exception as error:
            # A fault of ours must not take the transcript off the screen, nor the
            # change out of the browser's outbox: it stays there and comes again.
            _report(error)
            fault = "a fault on our side keeps it from being saved"
            held |= _ids_made(operation)
        else:
            session.stored.add(operation.id)
    return fault


def _store_at_once(
    source_id: str, waiting: list[PaneOperation], apply: Apply, session: _Session
) -> bool:
    try:
        apply(source_id, waiting)
    except Exception:
        # Whatever it was comes up again, one by one, where it can be answered.
        return False
    session.stored.update(one.id for one in waiting)
    return True


def _ids_named(operation: PaneOperation) -> set[str]:
    return {str(v) for name, v in operation.fields.items() if name.endswith("_id")}


def _ids_made(operation: PaneOperation) -> set[str]:
    """The ids whose state this operation changes; a code only when it is made here.

    Its own id too: by that a later one takes it back.
    """
    made = _ids_named(operation) | {operation.id}
    if operation.kind != "make_code":
        made.discard(str(operation.fields.get("code_id")))
    return made


def _report(error: Exception) -> None:
    # The message may quote what a person typed, so only kind and place are logged.
    place = "".join(traceback.format_tb(error.__traceback__))
    _log.error("Storing a coding stopped with %s at\n%s", type(error).__name__, place)


def _answered(operation_id: str, session: _Session) -> bool:
    return operation_id in session.stored or operation_id in session.refusals


def _answers(outbox: Outbox, session: _Session, fault: str) -> dict[str, Any]:
    """For each operation in the outbox: stored, refused in words, or still waiting."""
    asked = [one.id for _, one in outbox.operations]
    asked += [operation_id for operation_id, _ in outbox.refused]
    return {
        "stored": [one for one in asked if one in session.stored],
        "refused": [
            [one, session.refusals[one]] for one in asked if one in session.refusals
        ],
        "fault": fault,
    }
