"""All records in one table: interviews by question, each cell a click away."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from workbench import notices, session
from workbench.actions.templates.completeness_reading import InterviewRow, StudyRecords
from workbench.widgets.untrusted import as_html, as_label

_FIXED = ("Interview", "Wave", "Record")
_MOST_HIGH = 620
_ROW_HIGH, _HEAD_HIGH = 35, 38


def draw_table(study: StudyRecords) -> None:
    """Draw the choice of waves and roles, and the table of those."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        waves = st.multiselect(
            "Waves", study.waves, key="records waves", placeholder="All", width=260
        )
        roles = st.multiselect(
            "Roles of those heard",
            study.roles,
            key="records roles",
            placeholder="All",
            width=320,
        )
        left = st.checkbox("Only records with something left", key="records left")
    chosen = study.chosen(waves, roles)
    rows = [one for one in chosen.rows if not left or not one.completeness.is_complete]
    by_wave = study.by_wave_in_words
    said = chosen.in_words if waves or roles else ""
    if words := " ".join(part for part in (said, by_wave) if part):
        notices.draw(f'<p class="wb-small">{as_html(words)}</p>')
    if not rows:
        st.write("No record answers to this choice.")
        return
    questions = study.template.newest.questions if study.template.newest else ()
    columns = [f"{n}. {one.heading}" for n, one in enumerate(questions, start=1)]
    frame = pd.DataFrame(
        [
            [one.name, one.wave, one.in_words, *(one.cell(q.id) for q in questions)]
            for one in rows
        ],
        columns=[*_FIXED, *columns],
    )
    picked = st.dataframe(
        frame,
        hide_index=True,
        height=min(_MOST_HIGH, _HEAD_HIGH + _ROW_HIGH * len(rows)),
        on_select="rerun",
        selection_mode="single-cell",
        key=f"records table {session.recall('records opened', 0)}",
        column_config={
            "Interview": st.column_config.TextColumn(pinned=True, width="medium"),
            "Record": st.column_config.TextColumn(width="medium"),
            **{
                name: st.column_config.TextColumn(width="small", help=as_label(name))
                for name in columns
            },
        },
    )
    notices.draw(
        '<p class="wb-small">Click a cell to open that question of that interview, or '
        "an interview’s name to open its record. Shapes: □ empty, ◌ draft that nobody "
        "confirmed, ■ written, ⊘ does not apply, ▲ what it rests on changed.</p>"
    )
    place = cell_picked(picked, rows, [one.id for one in questions])
    if place is not None:
        # A new table when one comes back, or it would lead here again at once.
        session.remember("records opened", session.recall("records opened", 0) + 1)
        session.set_address(source=place[0], question=place[1])
        st.rerun()


def cell_picked(
    picked: Any, rows: list[InterviewRow], question_ids: list[str]
) -> tuple[str, str] | None:
    """The source and question of the cell that was clicked; '' for no question."""
    cells = picked.get("selection", {}).get("cells", []) if picked else []
    if not cells:
        return None
    at, column = cells[0]
    if not 0 <= int(at) < len(rows):
        return None
    number = column if isinstance(column, int) else -1
    if isinstance(column, str):
        head, _, _ = column.partition(". ")
        number = int(head) - 1 if head.isdigit() else -1
    row = rows[int(at)]
    question = question_ids[number] if 0 <= number < len(question_ids) else ""
    return row.source_id, question if question in row.states else ""
