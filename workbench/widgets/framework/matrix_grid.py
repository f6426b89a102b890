"""The grid of a framework matrix, and the cell that is open beside it."""

from __future__ import annotations

import functools
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from coding.problems import CodingRefused
from data.problems import DataRefused
from data.rights import Right
from data.storage.framework.framework_records import CellPlace
from workbench import notices, session
from workbench.actions.framework import cell_reading, cell_work, grid_content
from workbench.actions.framework.matrix_reading import MatrixRead
from workbench.session import Place
from workbench.wording import problem_in_words

COMPONENT = "workbench.themes_matrix"
KEY = "themes-matrix"
_DONE = "matrix changes done"
_REFUSED = "matrix changes refused"
_WENT = "matrix went"
_HEIGHT = 640
# A person makes few changes between two answers; more at once is no person.
_MOST_CHANGES = 200
_MOST_SHOWN = 20

Load = Callable[[], MatrixRead]


def draw(load: Load, place: Place, *, start: tuple[str, str] | None = None) -> None:
    """Draw the grid in a fragment of its own, and store what is changed in it.

    ``load`` reads the matrix as it then stands; ``start`` names, by row's key and
    column's code, the cell to open at first.
    """
    st.fragment(_draw, key=f"{KEY}-fragment")(load, place, start)


def _draw(load: Load, place: Place, start: tuple[str, str] | None) -> None:
    state = st.session_state.get(KEY) or {}
    asked: Mapping[str, Any] = state.get("asked") or {}
    # Stored first: whatever fails below, an answered change is kept.
    answers = _carry_out(place, asked)
    _go_on(asked)
    read = load()
    held = asked.get("held") or ("", "")
    content = grid_content.grid_content(read)
    data = {
        "content": grid_content.without_held(content, (str(held[0]), str(held[1]))),
        "opened": _opened(place, read, asked),
        "answers": answers,
        "start": _start(read, start),
        "may_write": session.may(Right.WRITE_FINDINGS),
        "dark": notices.is_dark(),
        "height": _HEIGHT,
    }
    # Registered on each run: the runtime may be newer than this module's import.
    mount = st.components.v2.component(
        COMPONENT,
        html='<div class="themes-matrix-host"></div>',
        css=_style(),
        js="themes_matrix.js",
        isolate_styles=False,
    )
    mount(key=KEY, data=data, on_asked_change=_nothing)


@functools.cache
def _style() -> str:
    # With the message itself: fetched apart, the cells would stand without it at first.
    style = Path(__file__).with_name("frontend") / "themes_matrix.css"
    return style.read_text("utf-8")


def _carry_out(place: Place, asked: Mapping[str, Any]) -> dict[str, Any]:
    """Each change of the browser once; what is answered, and refused in which words."""
    client, operations = cell_work.read_operations(asked)
    known, last = session.recall(_DONE, ["", 0])
    if known != client:
        last = 0
        session.remember(_REFUSED, [])
    refused: list[Any] = list(session.recall(_REFUSED, []))
    for one in operations[:_MOST_CHANGES]:
        if one.number <= last:
            continue
        try:
            cell_work.carry_out(place.store, place.person, one)
        except (DataRefused, CodingRefused) as refusal:
            words = " ".join(problem_in_words(p) for p in refusal.problems)
            refused.append([one.number, words])
        last = one.number
        session.remember(_DONE, [client, last])
        session.remember(_REFUSED, refused[-_MOST_CHANGES:])
    return {"client": client, "last": last, "refused": refused}


def _go_on(asked: Mapping[str, Any]) -> None:
    """To a quotation's place in its source, where a link was followed."""
    go = asked.get("go") or {}
    if go and go.get("n") != session.recall(_WENT):
        session.remember(_WENT, str(go.get("n")))
        session.go_to("code", source=str(go["source"]), at=str(int(go["at"])))


def _opened(
    place: Place, read: MatrixRead, asked: Mapping[str, Any]
) -> dict[str, Any] | None:
    wanted = asked.get("open") or {}
    if not wanted or wanted.get("matrix") != read.matrix.id:
        return None
    where = CellPlace(read.matrix.id, str(wanted["row"]), str(wanted["column"]))
    times = min(int(wanted.get("shown", 0)) + 1, _MOST_SHOWN)
    opened = cell_reading.open_cell(
        place.store,
        read,
        where,
        place.person,
        shown=times * cell_reading.MOST_QUOTATIONS,
    )
    return {**opened, "n": wanted.get("n")}


def _start(read: MatrixRead, start: tuple[str, str] | None) -> dict[str, Any] | None:
    if start is None:
        return None
    name = str(uuid.uuid5(uuid.NAMESPACE_OID, f"{read.matrix.id} {start}"))
    return {"row": start[0], "column": start[1], "n": name}


def _nothing() -> None:
    """Only its presence matters: Streamlit passes on values that have a callback."""
