"""Setting aims: a grid, rows pasted or from a file, earlier aims, spellings."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from coding.mentions import NO_WAVE
from coding.study_design.aims import FACTS
from data.importers.interviews.aims_import import (
    AIM_HEADINGS,
    read_aim_rows,
    read_pasted_rows,
)
from data.rights import Right
from data.storage.study_design.spelling_storage import Respelt
from workbench import notices, session
from workbench.actions.study_design.aims_grid import (
    COLUMNS,
    GridRow,
    aims_changes,
    as_grid_rows,
    rows_of_aims,
    save_grid,
)
from workbench.actions.study_design.design_reading import (
    StudyDesign,
    spelt_alike,
    waves_told,
)
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted, day_in_words

_DRAFT = "aims draft"
_ROUND = "aims round"
_RESPELT = "respelt"
_HELP = {
    "wave": "A wave's name, No wave, or All waves for the study as a whole.",
    "role": "Empty for any role.",
    "team": "Empty for any team.",
    "locality": "Empty for any locality.",
    "people": "How many people. Needed.",
    "interviews": "How many interviews, where these are aimed for too.",
}


def draw(place: Place, design: StudyDesign) -> None:
    """Draw the grid for who may set aims, and what was aimed for before."""
    st.header("Set who is aimed for", anchor=False)
    _offer_undo(place)
    if session.may(Right.DESIGN_STUDY):
        _draw_spellings(place, design)
        _draw_grid(place, design)
        _draw_import()
    else:
        st.caption("A study lead, an embedded researcher or the debrief team sets it.")
    _draw_versions(place, design)


def _draw_grid(place: Place, design: StudyDesign) -> None:
    number = design.aims.number
    key = f"{number} {session.recall(_ROUND, 0)}"
    rows: list[GridRow] = session.recall(_DRAFT) or rows_of_aims(design.aims.aims)
    named = dict.fromkeys(["All waves", *waves_told(design), NO_WAVE])
    notices.draw(
        '<p class="wb-lead">One row for each group; an empty cell means any. Rows can '
        f"be pasted from a spreadsheet. Waves: {as_html(', '.join(named))}.</p>"
    )
    with st.form(f"aims {key}", border=False), notices.problems_shown_above():
        # Text in every column: what cannot be is named with its row, and never lost.
        edited = st.data_editor(
            pd.DataFrame(rows, columns=list(COLUMNS.values()), dtype=str),
            num_rows="dynamic",
            hide_index=True,
            width="stretch",
            column_config={
                COLUMNS[name]: st.column_config.TextColumn(help=_HELP[name])
                for name in COLUMNS
            },
            key=f"aims grid {key}",
        )
        reason = st.text_input(
            "Why they change, if they were set before",
            key=f"aims reason {key}",
            disabled=not number,
        )
        if st.form_submit_button("Save these aims", type="primary"):
            kept = save_grid(
                place.store,
                place.person,
                edited.to_dict("records"),
                seen=number,
                reason=reason or "",
            )
            session.forget(_DRAFT)
            session.remember(_ROUND, session.recall(_ROUND, 0) + 1)
            notices.saved(
                f"{counted(len(kept.aims), 'group')} aimed for, saved. What stood "
                "before is kept below and can be set again."
            )
            st.rerun()
    if session.recall(_DRAFT) and st.button(
        "Leave these rows and show what is saved", key="drop draft", type="tertiary"
    ):
        _show_rows(None)


def _draw_import() -> None:
    with st.expander("Paste rows or add a file"):
        st.caption(
            f"Headings: {', '.join(AIM_HEADINGS)}; only people is needed. Pasted rows "
            "may go without headings in this order. The rows come into the grid above "
            "and are saved from there."
        )
        at = session.recall(_ROUND, 0)
        with notices.problems_shown():
            pasted = st.text_area("Pasted rows", key=f"aims pasted {at}", height=90)
            if st.button("Show these rows in the grid", key="take pasted") and pasted:
                _show_rows(as_grid_rows(read_pasted_rows(pasted)))
            file = st.file_uploader(
                "Or a table (.csv, .xlsx)", ["csv", "xlsx"], key=f"aims file {at}"
            )
            if file is not None:
                rows = as_grid_rows(read_aim_rows(file.name, file.getvalue()))
                if st.button(
                    f"Show its {counted(len(rows), 'row')} in the grid", key="take file"
                ):
                    _show_rows(rows)


def _show_rows(rows: list[GridRow] | None) -> None:
    """Put rows into the grid in place of those it shows; nothing is saved by it."""
    session.remember(_DRAFT, rows) if rows else session.forget(_DRAFT)
    session.remember(_ROUND, session.recall(_ROUND, 0) + 1)
    st.rerun()


def _draw_versions(place: Place, design: StudyDesign) -> None:
    versions = place.store.design.aims.versions()
    if len(versions) < 2:
        return
    with st.expander(f"What was aimed for before ({len(versions) - 1})"):
        for newer, older in zip(versions, versions[1:], strict=False):
            day = newer.set_at.astimezone().date().isoformat() if newer.set_at else ""
            changes = "".join(
                f"<li>{as_html(one)}</li>" for one in aims_changes(older, newer)
            )
            why = f" {newer.reason}" if newer.reason else " No reason was given."
            notices.draw(
                f"<p style='margin:8px 0 0'><strong>{as_html(day_in_words(day))}, "
                f"{as_html(newer.set_by)}.</strong>{as_html(why)}</p>"
                f"<ul>{changes or '<li>The order alone.</li>'}</ul>"
            )
            if session.may(Right.DESIGN_STUDY) and st.button(
                f"Set the {counted(len(older.aims), 'group')} before this again",
                key=f"set aims {older.number}",
                type="tertiary",
            ):
                with notices.problems_shown():
                    place.store.design.aims.set(
                        place.person.id,
                        older.aims,
                        seen=design.aims.number,
                        reason=f"As they stood before {day_in_words(day)}.",
                    )
                    session.forget(_DRAFT)
                    notices.saved("The earlier aims stand again.")
                    st.rerun()


def _draw_spellings(place: Place, design: StudyDesign) -> None:
    alike = spelt_alike(design)
    if not alike:
        return
    title = f"May be one, spelt in two ways ({len(alike)})"
    with st.expander(title, expanded=any(one.only_form for _, one in alike)):
        st.caption(
            "Nothing is joined by itself. Choose the spelling to keep: people and aims "
            "that have the other get it."
        )
        may_join = session.may(Right.IMPORT_SOURCES)
        if not may_join:
            st.caption("A study lead or an embedded researcher joins them.")
        for at, (field, one) in enumerate(alike):
            with st.container(horizontal=True, vertical_alignment="center"):
                st.text(f"{field.capitalize()}:")
                for was, becomes in (
                    (one.second, one.first),
                    (one.first, one.second),
                ):
                    if st.button(
                        f"Keep {as_label(becomes)}",
                        key=f"join {at} {field} {becomes}",
                        disabled=not may_join,
                    ):
                        _join(place, field, was, becomes)


def _join(place: Place, field: str, was: str, becomes: str) -> None:
    with notices.problems_shown():
        done = place.store.design.spellings.join(place.person.id, field, was, becomes)
        session.remember(
            _RESPELT,
            [done.field, done.was, done.becomes, done.in_aims, *done.participant_ids],
        )
        notices.saved(
            f"{was} is spelt {becomes} now, of "
            f"{counted(len(done.participant_ids), 'person', 'people')}."
        )
        st.rerun()


def _offer_undo(place: Place) -> None:
    kept = session.recall(_RESPELT)
    if not kept:
        return
    field, was, becomes, in_aims, *ids = kept
    assert field in FACTS
    if st.button(f"Undo: spell it {as_label(was)} again", key="undo spelling"):
        with notices.problems_shown():
            done = Respelt(field, was, becomes, tuple(ids), bool(in_aims))
            place.store.design.spellings.part(place.person.id, done)
            session.forget(_RESPELT)
            notices.saved(f"Those who were {was} before are so again.")
            st.rerun()
