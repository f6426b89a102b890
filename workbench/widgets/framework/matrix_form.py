"""How a matrix is made and changed: its name, rows, how they are gathered, columns."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from coding.framework_matrix.rows import GroupedBy, RowsAre
from data.storage.framework.framework_records import Matrix, MatrixShape
from workbench import notices
from workbench.actions.framework import matrix_reading
from workbench.session import Place

_ROWS = {
    RowsAre.PARTICIPANTS: "Participants",
    RowsAre.SOURCES: "Sources",
    RowsAre.GROUPS: "Groups of participants",
}
_GROUPS = {
    "role": "Role",
    "team": "Team",
    "locality": "Locality",
    "wave": "Wave",
}
GATHERED = {
    GroupedBy.NOTHING: "Not gathered",
    GroupedBy.WAVE: "Wave",
    GroupedBy.ROLE: "Role",
    GroupedBy.LOCALITY: "Locality",
}


def draw_form(
    place: Place,
    shape: MatrixShape,
    matrix: Matrix | None,
    leave: Callable[[str], None],
) -> None:
    """The form of a new matrix, or of one that is there; ``leave`` takes its id."""
    key = matrix.id if matrix else "new"
    name = st.text_input("Name", shape.name, key=f"matrix name {key}", width=420)
    rows_are = st.radio(
        "Rows",
        list(_ROWS),
        list(_ROWS).index(shape.rows_are),
        format_func=lambda one: _ROWS[one],
        horizontal=True,
        key=f"matrix rows {key}",
    )
    rows_by = ""
    if rows_are is RowsAre.GROUPS:
        rows_by = _choose_group(place, shape, key)
    grouped_by = st.radio(
        "Rows gathered by",
        list(GATHERED),
        list(GATHERED).index(shape.grouped_by),
        format_func=lambda one: GATHERED[one],
        horizontal=True,
        key=f"matrix gathered {key}",
    )
    names = matrix_reading.code_choices(place.store.codebook.codebook())
    kept = [one for one in shape.column_ids if one in names]
    columns = st.multiselect(
        "Columns, in this order",
        list(names),
        kept,
        format_func=lambda one: names[one].strip(),
        key=f"matrix columns {key}",
        help="A heading takes in the quotations of all codes under it. Take a column "
        "out and add it again to put it last. Cells of a column that is taken out are "
        "kept and come back with it.",
    )
    comments = st.checkbox(
        "Take in survey comments", shape.takes_comments, key=f"matrix comments {key}"
    )
    gone = [one for one in shape.column_ids if one not in names]
    new = MatrixShape(name, rows_are, rows_by, grouped_by, (*columns, *gone), comments)
    with st.container(horizontal=True):
        words = "Save" if matrix else "Make this matrix"
        if st.button(words, type="primary", key=f"save matrix {key}"):
            _save(place, new, matrix, leave)
        if st.button("Cancel", key=f"cancel matrix {key}"):
            leave(matrix.id if matrix else "")
        if matrix and st.button("Put away", key="put away", type="tertiary"):
            place.store.framework.put_away(place.person.id, matrix)
            notices.saved(
                f"{matrix.shape.name} was put away. It is under New matrix, with all "
                "that is written in it."
            )
            leave("")


def _choose_group(place: Place, shape: MatrixShape, key: str) -> str:
    attributes = matrix_reading.attribute_names(place.store)
    choices = [*_GROUPS, *(one for one in attributes if one not in _GROUPS)]
    return st.selectbox(
        "Groups by",
        choices,
        choices.index(shape.rows_by) if shape.rows_by in choices else 0,
        format_func=lambda one: _GROUPS.get(one) or one,
        key=f"matrix by {key}",
        width=420,
    )


def _save(
    place: Place,
    shape: MatrixShape,
    matrix: Matrix | None,
    leave: Callable[[str], None],
) -> None:
    framework = place.store.framework
    if matrix is None:
        saved = framework.add(place.person.id, shape)
    else:
        saved = framework.change(place.person.id, matrix, shape)
    notices.saved(f"{saved.shape.name} was saved.")
    leave(saved.id)
