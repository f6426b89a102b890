"""Opening one cell: its words, its quotations, what changed, what it said before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from coding.framework_matrix.states import is_thin
from coding.study import Person
from data.storage import StudyStore
from data.storage.evidence.evidence_records import (
    Evidence,
    EvidenceKind,
    Holder,
    HolderKind,
)
from data.storage.framework.framework_records import (
    WHOLE,
    CellPlace,
    CellQuotation,
    WrittenCell,
)
from workbench.actions.framework.grid_content import HIDDEN_IN_WORDS
from workbench.actions.framework.matrix_reading import (
    MatrixRead,
    count_in_words,
)

MOST_QUOTATIONS = 60
"""Quotations sent with a cell at first; more are asked for."""

NOT_COUNTED_HERE = "It is linked, and no longer among the quotations of this cell."


def open_cell(
    store: StudyStore,
    read: MatrixRead,
    place: CellPlace,
    reader: Person,
    *,
    shown: int = MOST_QUOTATIONS,
) -> dict[str, Any]:
    """A cell as the browser shows it beside the grid; {} where it is in no row."""
    row, column = read.row(place.row_key), read.column(place.column_id)
    if (row is None and place.row_key) or (column is None and place.column_id):
        return {}
    cell = store.framework.cell(place, reader_id=reader.id)
    opened: dict[str, Any] = {
        "row": place.row_key,
        "column": place.column_id,
        "row_name": row.name if row else "Whole column",
        "column_name": column.name if column else "Whole row",
        "version": cell.version,
        "hidden": HIDDEN_IN_WORDS if cell.is_hidden else "",
        "text": cell.text,
        "absent": cell.is_absent,
        "said": _said(cell),
        "counts": "",
        "quotations": [],
        "more": 0,
        "changed": [],
        "earlier": [],
    }
    if cell.is_hidden:
        return opened
    evidence = evidence_of(store, cell, reader)
    if row is not None and column is not None:
        count = read.counts.of(row.key, column.code_id)
        opened["state"] = read.state(row, column.code_id).value
        opened["counts"] = count_in_words(count, row) + (
            ", thin" if is_thin(count, row) else ""
        )
        quotations = store.framework.quotations(read.matrix.shape, row, column)
        # Whoever reads here what others marked can no longer code it blind.
        store.others_read.note_passages(
            reader.id,
            [
                (one.source_id, one.start, one.start + len(one.words))
                for one in quotations[:shown]
            ],
        )
        opened["quotations"] = _quotations(quotations[:shown], evidence)
        every = {one for q in quotations for one in q.coded_ids}
        opened["more"] = max(0, len(quotations) - shown)
    else:
        opened["quotations"] = _cells_below(read, place, evidence)
        every = {one["id"] for one in opened["quotations"]}
    opened["changed"] = [
        _changed(one, is_here=one.thing_id in every)
        for one in evidence
        if not one.stands or one.thing_id not in every
    ]
    opened["linked"] = len(evidence)
    if cell.id and cell.version > 1:
        opened["earlier"] = [
            {
                "number": one.number,
                "text": one.text or ("Not in the interview" if one.is_absent else ""),
                "said": f"{one.written_by}, until {_moment(one.said_until)}",
            }
            for one in store.framework.earlier(cell.id, reader_id=reader.id)
        ]
    return opened


def evidence_of(
    store: StudyStore, cell: WrittenCell, reader: Person
) -> Sequence[Evidence]:
    """What a cell, or a summary of a row or column, rests on."""
    if not cell.id:
        return []
    kind = HolderKind.SUMMARY if cell.place.is_summary else HolderKind.CELL
    return store.evidence.of(Holder(kind, cell.id), reader_id=reader.id)


def _quotations(
    quotations: Sequence[CellQuotation], evidence: Sequence[Evidence]
) -> list[dict[str, Any]]:
    links = {
        one.thing_id: one.id
        for one in evidence
        if one.kind is EvidenceKind.CODED_SEGMENT
    }
    listed = []
    for one in quotations:
        link = next((links[i] for i in one.coded_ids if i in links), "")
        turn = f", turn {one.turn}" if one.turn else ""
        listed.append(
            {
                "id": one.coded_id,
                "link": link,
                "words": one.words,
                "said_by": one.person,
                "reference": f"{one.source}{turn}",
                "code": one.code,
                "source": one.source_id,
                "at": one.start,
            }
        )
    return listed


def _cells_below(
    read: MatrixRead, place: CellPlace, evidence: Sequence[Evidence]
) -> list[dict[str, Any]]:
    """The written cells of a whole row or column, for its summary to rest on."""
    links: Mapping[str, str] = {one.thing_id: one.id for one in evidence}
    pairs = (
        [(place.row_key, column.code_id, column.name) for column in read.columns]
        if place.column_id == WHOLE
        else [(row.key, place.column_id, row.name) for row in read.rows]
    )
    found = []
    for key, code, name in pairs:
        cell = read.cells.get((key, code))
        if cell and cell.text and not cell.is_hidden:
            found.append(
                {
                    "id": cell.id,
                    "link": links.get(cell.id, ""),
                    "words": cell.text,
                    "said_by": name,
                    "reference": "",
                    "code": "",
                    "source": "",
                    "at": 0,
                    "cell": [key, code],
                }
            )
    return found


def _changed(one: Evidence, *, is_here: bool) -> dict[str, Any]:
    can_be_read = bool(one.now.words)
    return {
        "link": one.id,
        "warning": one.warning or (NOT_COUNTED_HERE if not is_here else ""),
        "words": one.now.words,
        "reference": one.now.name,
        "source": one.now.source_id,
        "at": one.now.start,
        "can_accept": can_be_read and not one.stands,
    }


def _said(cell: WrittenCell) -> str:
    if not cell.version or cell.written_at is None:
        return ""
    return f"Written by {cell.written_by}, {_moment(cell.written_at)}"


def _moment(when: datetime) -> str:
    local = when.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"
