"""What the browser's grid is sent: rows, columns, counts once; written cells each time.

Positions instead of ids, and only cells in which there is something: a matrix of 1,920
rows would otherwise be sent as tens of thousands of empty cells.
"""

from __future__ import annotations

import json
from typing import Any

from coding.framework_matrix.states import THIN_IN_WORDS, CellState, is_thin
from coding.transcripts import text_hash
from data.storage.framework.framework_records import WHOLE
from workbench.actions.framework.matrix_reading import MatrixRead, gaps_in_words

LONGEST_SHOWN = 320
"""Characters of a summary that a cell of the grid can show, and some."""
HIDDEN_IN_WORDS = "Hidden while you code one of its sources blind"

STATES = tuple(CellState)


def grid_content(read: MatrixRead) -> dict[str, Any]:
    """The frame (rows, columns, counts) and what is written, each with its version."""
    frame = _frame(read)
    written = _written(read)
    return {
        "frame": frame,
        "frame_version": _version(frame),
        "written": written,
        "written_version": _version(written),
    }


def without_held(content: dict[str, Any], held: tuple[str, str]) -> dict[str, Any]:
    """The content without the parts that the browser says it holds already."""
    sent = dict(content)
    if held[0] == content["frame_version"]:
        sent["frame"] = None
    if held[1] == content["written_version"]:
        sent["written"] = None
    return sent


def _frame(read: MatrixRead) -> dict[str, Any]:
    rows = {row.key: n for n, row in enumerate(read.rows)}
    columns = {column.code_id: n for n, column in enumerate(read.columns)}
    by_key = {row.key: row for row in read.rows}
    return {
        "matrix": read.matrix.id,
        "label": read.matrix.shape.name,
        "rows": [[row.key, row.name, row.group] for row in read.rows],
        "columns": [
            [
                column.code_id,
                column.name,
                column.definition,
                column.standing_in_words,
            ]
            for column in read.columns
        ],
        # Row, column, quotations, people, whether thin.
        "counts": [
            [
                rows[key],
                columns[code],
                count.quotations,
                count.people,
                int(is_thin(count, by_key[key])),
            ]
            for (key, code), count in read.counts.cells.items()
            if key in rows and code in columns
        ],
        "states": [one.value for one in STATES],
        "thin": THIN_IN_WORDS,
    }


def _written(read: MatrixRead) -> dict[str, Any]:
    rows = {row.key: n for n, row in enumerate(read.rows)} | {WHOLE: -1}
    columns = {c.code_id: n for n, c in enumerate(read.columns)} | {WHOLE: -1}
    by_key = {row.key: row for row in read.rows}
    cells = []
    for (key, code), cell in read.cells.items():
        if key not in rows or code not in columns:
            continue
        work = read.work[key, code]
        row = by_key.get(key)
        if row is not None and code != WHOLE:
            state = read.state(row, code)
        elif work.has_words:
            state = CellState.CHANGED if work.changed else CellState.WRITTEN
        else:
            continue
        words = HIDDEN_IN_WORDS if cell.is_hidden else cell.text
        cells.append(
            [rows[key], columns[code], STATES.index(state), words[:LONGEST_SHOWN]]
        )
    return {
        "cells": cells,
        "row_gaps": [gaps_in_words(read.row_gaps[row.key]) for row in read.rows],
        "column_gaps": [
            gaps_in_words(read.column_gaps[column.code_id]) for column in read.columns
        ],
    }


def _version(part: dict[str, Any]) -> str:
    words = json.dumps(part, ensure_ascii=False, separators=(",", ":"))
    return text_hash(words)[:16]
