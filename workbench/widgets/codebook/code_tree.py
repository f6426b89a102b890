"""The tree of codes: chosen by click or key, moved by dragging or by key."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import streamlit as st

from coding.codebook_changes.moving import Beside, Step
from coding.palette import PALETTE
from workbench import notices, session
from workbench.actions.codebook.codebooks import ListedCode
from workbench.session import Place

COMPONENT = "workbench.code_tree"
_KEY = "code-tree"
_DONE = "tree moves done"
_PICKED = "tree picked"
_HEIGHT = 560
# A move names a code that is in the study or it is refused; more at once is no person.
_MOST_MOVES = 200


def carry_out_moves(place: Place) -> None:
    """Store the moves the tree asks for, each once; what is refused is said."""
    state = st.session_state.get(_KEY) or {}
    asked = state.get("asked") or {}
    client = str(asked.get("client", ""))
    last = _answered(client)
    for move in list(asked.get("moves", ()))[:_MOST_MOVES]:
        number = int(move.get("seq", 0))
        if number <= last:
            continue
        last = number
        session.remember(_DONE, [client, last])
        with notices.problems_shown():
            _carry_out(place, move)


def _carry_out(place: Place, move: Mapping[str, Any]) -> None:
    changes, who, code_id = place.store.code_changes, place.person.id, str(move["id"])
    if "step" in move:
        changes.step(who, code_id, Step(move["step"]))
    else:
        where = Beside(move["where"])
        changes.place(who, code_id, str(move["target"]), where)


def picked() -> str:
    """The code picked in the tree since the last run, '' where none was."""
    state = st.session_state.get(_KEY) or {}
    chosen = state.get("picked") or {}
    if not chosen or chosen.get("n") == session.recall(_PICKED):
        return ""
    session.remember(_PICKED, chosen.get("n"))
    return str(chosen.get("id", ""))


def draw(listed: Sequence[ListedCode], chosen: str, *, may_move: bool) -> None:
    """Draw the codes as a tree with the one chosen marked."""
    client, last = session.recall(_DONE, ["", 0])
    data = {
        "label": "Codes, with the number of their codings",
        "rows": [_row(one) for one in listed],
        "chosen": chosen,
        "may_move": may_move,
        "dark": notices.is_dark(),
        "inks": {one.name: [one.ink_light, one.ink_dark] for one in PALETTE},
        "answered": {"client": client, "seq": last},
        "height": _HEIGHT,
    }
    # Registered on each run: the runtime may be newer than this module's import.
    mount = st.components.v2.component(
        COMPONENT,
        html='<div class="code-tree-host"></div>',
        css=_style(),
        js="code_tree.js",
        isolate_styles=False,
    )
    mount(key=_KEY, data=data, on_asked_change=_nothing, on_picked_change=_nothing)


@functools.cache
def _style() -> str:
    # With the message itself: fetched apart, the rows would stand without it at first.
    style = Path(__file__).with_name("frontend") / "code_tree.css"
    return style.read_text("utf-8")


def _answered(client: str) -> int:
    known, last = session.recall(_DONE, ["", 0])
    return int(last) if known == client else 0


def _row(one: ListedCode) -> list[Any]:
    flags = ("h" if one.is_heading else "") + ("r" if one.is_retired else "")
    passages = f"{one.use.passages:,}" if one.use.passages else ""
    code = one.code
    row = [code.id, code.parent_id, one.depth, code.name, passages, code.colour, flags]
    return [*row, one.line.strokes, one.line.dots]


def _nothing() -> None:
    """Only its presence matters: Streamlit passes on values that have a callback."""
