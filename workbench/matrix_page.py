"""Themes matrix: who by what theme, summaries that lead back to the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from coding.framework_matrix.states import THIN_IN_WORDS
from data.rights import Right
from data.storage.framework.framework_records import Matrix, MatrixShape
from workbench import notices, session
from workbench.actions.framework import matrix_reading
from workbench.actions.framework.matrix_reading import Counted, MatrixRead
from workbench.caches import forgotten_when_erased
from workbench.session import Place
from workbench.widgets.framework import matrix_files, matrix_form, matrix_grid
from workbench.widgets.untrusted import as_html

_DOING = "matrix doing"
_LEAD = (
    "Each cell sums up, in a person's words, what one row says under one theme, and "
    "leads back to the quotations it rests on."
)


def show() -> None:
    """Draw the matrix that is open, its form, or how to begin."""
    place = session.place()
    matrices = place.store.framework.matrices()
    may_write = session.may(Right.WRITE_FINDINGS)
    doing = session.recall(_DOING, "") if may_write else ""
    if doing or not matrices:
        _draw_without_grid(place, matrices, doing, may_write)
        return
    chosen = _chosen(place, matrices)
    read = _read(place, chosen)
    notices.page_head("Themes matrix", matrix_reading.lead_in_words(read))
    _draw_bar(place, matrices, chosen, may_write)
    if not read.rows:
        notices.empty(
            "No rows yet. Add transcripts and say who speaks in them: each of them is "
            "a row here.",
            "Add transcripts" if session.may(Right.IMPORT_SOURCES) else "",
            "transcripts",
        )
        return
    matrix_grid.draw(lambda: _read(place, chosen), place, start=_start(read))
    notes = f"{THIN_IN_WORDS} {matrix_reading.aside_in_words(read)}"
    notices.draw(f'<p class="wb-small">{as_html(notes)}</p>')


def _read(place: Place, matrix: Matrix) -> MatrixRead:
    framework = place.store.framework
    counted = _counted(
        session.study(), matrix.id, matrix.version, framework.coded_until()
    )
    return matrix_reading.read_matrix(place.store, matrix, place.person, counted)


@forgotten_when_erased
@st.cache_resource(show_spinner="Counting quotations", max_entries=8)
def _counted(study: str, matrix_id: str, version: int, changed: int) -> Counted:
    del study, version, changed  # they only tell one answer from another
    store = session.store()
    matrix = next(one for one in store.framework.matrices() if one.id == matrix_id)
    return matrix_reading.count_matrix(store, matrix)


def _chosen(place: Place, matrices: Sequence[Matrix]) -> Matrix:
    """The matrix of the address, or of the cell it names, or the first."""
    by_id = {one.id: one for one in matrices}
    asked = session.address("matrix")
    if asked not in by_id and (cell := session.address("cell")):
        asked = place.store.framework.matrix_of(cell)
    return by_id.get(asked, matrices[0])


def _start(read: MatrixRead) -> tuple[str, str] | None:
    wanted = session.address("cell")
    return next((at for at, one in read.cells.items() if one.id == wanted), None)


def _draw_bar(
    place: Place, matrices: Sequence[Matrix], chosen: Matrix, may_write: bool
) -> None:
    by_id = {one.id: one for one in matrices}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        picked = st.selectbox(
            "Matrix",
            list(by_id),
            list(by_id).index(chosen.id),
            format_func=lambda one: by_id[one].shape.name,
            key=f"matrix chosen {len(by_id)}",
            width=320,
        )
        if picked != chosen.id:
            _open(picked)
        gathered = st.selectbox(
            "Rows gathered by",
            list(matrix_form.GATHERED),
            list(matrix_form.GATHERED).index(chosen.shape.grouped_by),
            format_func=lambda one: matrix_form.GATHERED[one],
            key=f"matrix gathered bar {chosen.id} {chosen.version}",
            disabled=not may_write,
            width=180,
        )
        if gathered is not chosen.shape.grouped_by and may_write:
            with notices.problems_shown():
                shape = replace(chosen.shape, grouped_by=gathered)
                place.store.framework.change(place.person.id, chosen, shape)
                st.rerun()
        if may_write and st.button("Rows and columns", key="change matrix"):
            _do(f"change {chosen.id}")
        if may_write and st.button("New matrix", key="new matrix"):
            _do("new")
        matrix_files.draw_downloads(place)


def _draw_without_grid(
    place: Place, matrices: Sequence[Matrix], doing: str, may_write: bool
) -> None:
    notices.page_head("Themes matrix", _LEAD)
    codes = place.store.codebook.codebook().codes
    if not codes:
        notices.empty(
            "No matrix yet. Its columns are themes: make a codebook first, and code a "
            "few passages.",
            "Make a codebook" if session.may(Right.EDIT_CODEBOOK) else "",
            "codebook",
        )
        return
    if not may_write:
        notices.empty(
            "No matrix yet. A study lead, an embedded researcher or the debrief team "
            "makes one: who by what theme, with a summary in each cell."
        )
        return
    task, _, matrix_id = doing.partition(" ")
    matrix = next((one for one in matrices if one.id == matrix_id), None)
    shape = matrix.shape if matrix else _new_shape(place, matrices)
    st.header("Rows and columns" if matrix else "A new matrix", anchor=False)
    with notices.problems_shown_above():
        matrix_form.draw_form(place, shape, matrix, _open)
    if task != "change":
        _draw_put_away(place)


def _new_shape(place: Place, matrices: Sequence[Matrix]) -> MatrixShape:
    shape = matrix_reading.default_shape(place.store)
    return replace(shape, name="") if matrices else shape


def _draw_put_away(place: Place) -> None:
    away = place.store.framework.matrices(put_away=True)
    if not away:
        return
    st.subheader("Put away", anchor=False)
    for one in away:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.text(one.shape.name)
            if st.button("Put back", key=f"put back {one.id}"):
                place.store.framework.put_away(place.person.id, one, away=False)
                notices.saved(f"{one.shape.name} is back.")
                _open(one.id)


def _open(matrix_id: str) -> None:
    session.remember(_DOING, "")
    session.set_address(matrix=matrix_id, cell="")
    st.rerun()


def _do(what: str) -> None:
    session.remember(_DOING, what)
    st.rerun()
