"""Adding cases from files, looking at them as known at referral, marking fields."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from data.case_files import CaseCounts, FieldInUse
from data.importers.cases.case_import import CaseBatch
from data.problems import DataProblem
from data.rights import Right
from data.storage import StudyStore
from matching.cases import Era, KnownAt
from workbench import notices, session
from workbench.actions.cases import case_files
from workbench.case_words import titles_of, value_in_words
from workbench.session import Place
from workbench.widgets.cases import sampling_section
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.case_table import draw_case_table
from workbench.widgets.cases.eligibility.kept_cases import look_alikes_of
from workbench.widgets.cases.eligibility.look_alikes_shown import show_worth_a_look
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted, problem_in_words

MARKS = {
    KnownAt.AT_REFERRAL: "Known at referral",
    KnownAt.DURING: "Known during the case",
    KnownAt.OUTCOME: "Outcome",
    KnownAt.UNMARKED: "Not marked yet",
}
_ERAS = {
    "contemporary": "All contemporary",
    "historic": "All historic",
    "by-date": "By date of referral: historic before the new practice began",
}
_LISTED = 500


def show() -> None:
    """Draw the study's cases and the way to add more."""
    place = session.place()
    counts = place.store.cases.counts()
    notices.page_head("Cases", _lead(counts))
    may_add = session.may(Right.IMPORT_CASES)
    if not counts.cases:
        draw_cases(_EMPTY)
        if may_add:
            _show_adding(place)
        else:
            draw_quietly("Your role reads; researchers and leads add cases.")
        return
    if may_add:
        both = bool(counts.contemporary and counts.historic)
        with st.expander("Add cases, events or notes", expanded=not both, key="adding"):
            _show_adding(place)
    fields = place.store.cases.fields()
    _show_unmarked(place, fields, may_mark=may_add)
    show_worth_a_look(look_alikes_of(session.study(), place.store.cases.version()))
    _show_list(place)
    _show_by_need(place)
    _show_fields(place, fields, may_mark=may_add)
    sampling_section.show(place)


_EMPTY = """<div class="wb-card" style="max-width:46rem"><p>Add the contemporary and the
historic cases from spreadsheets; everything stays on this computer.</p>
<table><tbody><tr><th scope="row">Cases</th><td>one row for each case:
<code>case_id</code>, <code>referral_date</code>, <code>date_of_birth</code>,
<code>primary_need</code> and what else you have. Other headings can be matched to
ours before anything is saved.</td></tr><tr><th scope="row">Events</th>
<td><code>case_id</code>, <code>date</code>, <code>event</code>,
<code>detail</code></td></tr><tr><th scope="row">Notes</th><td><code>case_id</code>,
<code>date</code>, <code>text</code></td></tr><tr><th scope="row">How chosen</th>
<td><code>case_id</code>, <code>drawn_on</code>, <code>drawn_by</code>,
<code>from</code>, <code>rule</code>, <code>replaced</code>, <code>note</code>: which
list each contemporary case was drawn from, and how</td></tr></tbody></table></div>"""


def _lead(counts: CaseCounts) -> str:
    if not counts.cases:
        return "No cases yet."
    return (
        f"{counted(counts.cases, 'case')}: {counts.contemporary:,} contemporary and "
        f"{counts.historic:,} historic, with {counted(counts.events, 'event')} and "
        f"{counted(counts.notes, 'note')}. What came after a referral stays hidden "
        "until the case is judged."
    )


# Adding


def _show_adding(place: Place) -> None:
    turn = session.recall("case upload", 0)
    uploads = st.file_uploader(
        "Cases, events and notes (.csv or .xlsx, several at once)",
        accept_multiple_files=True,
        key=f"case files {turn}",
    )
    files = tuple((one.name, one.getvalue()) for one in uploads or ())
    if not files:
        return
    columns, confirmed = _confirm_columns(place.store, files)
    era, start, ready = _ask_era(place, files, columns)
    if not ready:
        return
    with notices.problems_shown():
        batch = case_files.read_case_files(
            place.store, files, era=era, practice_start=start, columns=columns
        )
        _show_understood(batch)
        _offer_to_add(place, batch, turn, confirmed=confirmed)


def _confirm_columns(
    store: StudyStore, files: case_files.Files
) -> tuple[dict[str, str], bool]:
    """The fields chosen for the files' own headings, and whether a person agreed."""
    known = case_files.own_fields(store)
    proposals = case_files.columns_to_confirm(files, known)
    if not proposals:
        return {}, True
    choices = {"": "Keep as a field of its own", **case_files.field_choices(known)}
    st.header("Which columns are which?", anchor=False)
    draw_quietly(
        "These headings are not exactly ours. What is proposed comes from headings "
        "councils use; change what is not right."
    )
    columns: dict[str, str] = {}
    for place, one in enumerate(proposals):
        left, right = st.columns([1, 1.4], vertical_alignment="center")
        with left:
            draw_cases(
                f'<p class="wb-card" style="margin:0"><b>{as_html(one.heading)}</b><br>'
                f'<span class="quiet">{as_html(one.why)}</span></p>'
            )
        options = list(choices)
        with right:
            columns[one.heading] = st.selectbox(
                f"Field for {as_label(one.heading)}",
                options,
                index=options.index(one.field),
                format_func=lambda name: choices[name],
                key=f"column {place} {one.heading}",
                label_visibility="collapsed",
            )
    proposed = any(one.field for one in proposals)
    agreed = not proposed or st.checkbox(
        "I have looked at these columns and they are right", key="columns agreed"
    )
    return columns, agreed


def _ask_era(
    place: Place, files: case_files.Files, columns: dict[str, str]
) -> tuple[str, str, bool]:
    """The era asked for, the start of practice, and whether enough is said."""
    if not case_files.needs_era(files, columns):
        return "", "", True
    era = st.radio(
        "Which era are the cases of?",
        list(_ERAS),
        index=None,
        format_func=lambda one: _ERAS[one],
        key="era of files",
    )
    if era != "by-date":
        return era or "", "", era is not None
    known = place.store.study.read().practice_start
    start = st.date_input(
        "New practice began on",
        value=pd.Timestamp(known).date() if known else None,
        format="DD/MM/YYYY",
        key="practice start of files",
    )
    return era, start.isoformat() if start else "", start is not None


def _show_understood(batch: CaseBatch) -> None:
    summary = case_files.summary_of(batch)
    st.header("What was understood", anchor=False)
    rows = "".join(
        f'<tr><th scope="row">{MARKS[known]}</th>'
        f"<td>{as_html(', '.join(summary.fields_known(known)))}</td></tr>"
        for known in MARKS
        if summary.fields_known(known)
    )
    chosen = (
        f" {counted(summary.sampling, 'record')} of how cases were chosen."
        if summary.sampling
        else ""
    )
    draw_cases(
        f'<div class="wb-card"><p><b>{counted(summary.cases, "case")}</b>: '
        f"{summary.contemporary:,} contemporary, {summary.historic:,} historic. "
        f"{counted(summary.events, 'event')}, {counted(summary.notes, 'note')}."
        f"{chosen}</p>"
        f"<table><tbody>{rows}</tbody></table>{_warnings(batch.warnings)}</div>"
    )


def _warnings(warnings: tuple[DataProblem, ...]) -> str:
    if not warnings:
        return ""
    lines = "".join(
        f"<li>{as_html(one.where)}: {as_html(problem_in_words(one))}</li>"
        for one in warnings[:10]
    )
    more = len(warnings) - 10
    return f"<p><b>To check</b>, nothing here stops you:</p><ul>{lines}</ul>" + (
        f"<p>and {more:,} more.</p>" if more > 0 else ""
    )


def _offer_to_add(
    place: Place, batch: CaseBatch, turn: int, *, confirmed: bool
) -> None:
    label = f"Add {_what_is_added(batch)}"
    if not confirmed:
        draw_quietly("Tick that the columns are right, then add.")
    if st.button(label, type="primary", key="add cases", disabled=not confirmed):
        saved = case_files.add_cases(place.store, place.person, batch)
        notices.saved(case_files.saved_in_words(saved))
        session.remember("case upload", turn + 1)
        st.rerun()


def _what_is_added(batch: CaseBatch) -> str:
    beside = len(batch.events) + len(batch.notes)
    if batch.records:
        return counted(len(batch.records), "case")
    if beside or not batch.sampling:
        return counted(beside, "event or note", "events and notes")
    return f"{counted(len(batch.sampling), 'record')} of how cases were chosen"


# Looking


def _show_list(place: Place) -> None:
    left, right = st.columns([2, 1], vertical_alignment="bottom")
    search = left.text_input(
        "Find a case", placeholder="Reference or anything known at referral", key="find"
    )
    era = right.selectbox(
        "Era",
        [None, *Era],
        format_func=lambda one: one.value.capitalize() if one else "Both",
        key="era shown",
    )
    total, cases = place.store.cases.listing(era=era, search=search, limit=_LISTED)
    if not total:
        draw_quietly("No case is like that.")
        return
    draw_case_table(cases, titles_of(place.store.cases.field_list()))
    shown = f"The first {_LISTED} of " if total > _LISTED else ""
    draw_quietly(f"{shown}{counted(total, 'case')}, as known at referral.")


def _show_by_need(place: Place) -> None:
    counts = place.store.cases.counts_by("primary_need")
    if not counts:
        return
    with st.expander("Cases by primary need", key="by need"):
        rows = "".join(
            f'<tr><th scope="row">{as_html(value_in_words("primary_need", need))}</th>'
            f'<td class="number">{contemporary:,}</td>'
            f'<td class="number">{historic:,}</td></tr>'
            for need, contemporary, historic in counts
        )
        draw_cases(
            '<div class="wb-card"><table style="max-width:34rem"><thead><tr>'
            '<th scope="col">Primary need</th><th class="number"><span class="now">'
            'Contemporary</span></th><th class="number"><span class="then">Historic'
            f"</span></th></tr></thead><tbody>{rows}</tbody></table></div>"
        )


# Marking


def _show_unmarked(place: Place, fields: list[FieldInUse], *, may_mark: bool) -> None:
    unmarked = [one for one in fields if one.field.known == KnownAt.UNMARKED]
    if not unmarked:
        return
    st.header("When is each of these known?", anchor=False)
    draw_quietly(
        "Only what was known at referral can be matched on and shown to judges. Until "
        "a field is marked it is used nowhere."
    )
    _mark_rows(place, unmarked, may_mark=may_mark)


def _show_fields(place: Place, fields: list[FieldInUse], *, may_mark: bool) -> None:
    marked = [one for one in fields if one.field.known != KnownAt.UNMARKED]
    if marked:
        with st.expander("When each field is known", key="marked fields"):
            _mark_rows(place, marked, may_mark=may_mark)


def _mark_rows(place: Place, fields: list[FieldInUse], *, may_mark: bool) -> None:
    if may_mark and place.store.pairings.latest() is not None:
        draw_quietly(
            "Matches have been found. Marking a field as known earlier shows it to "
            "those who still judge; "
            + (
                "it stays on record that you did."
                if session.may(Right.MANAGE_STUDY)
                else "a study lead can do that."
            )
        )
    with notices.problems_shown():
        for one in fields:
            left, right = st.columns([2, 1], vertical_alignment="center")
            with left:
                draw_cases(
                    f'<p class="wb-card" style="margin:0">{as_html(one.field.title)} '
                    f'<span class="quiet">known for {one.filled:,}</span></p>'
                )
            with right:
                _mark_box(place, one, may_mark=may_mark)


def _mark_box(place: Place, one: FieldInUse, *, may_mark: bool) -> None:
    open_to = case_files.marks_open_to(place.store, place.person, one.field)
    options = [known for known in MARKS if known in open_to]
    chosen = st.selectbox(
        f"When {as_label(one.field.title)} is known",
        options,
        index=options.index(one.field.known),
        format_func=lambda known: MARKS[known],
        key=f"known {one.field.name} {one.field.known}",
        label_visibility="collapsed",
        disabled=not (may_mark and one.may_be_marked),
    )
    if chosen != one.field.known:
        case_files.mark_field(place.store, place.person, one.field, KnownAt(chosen))
        notices.saved(f"Saved: {one.field.title} is now “{MARKS[chosen].lower()}”.")
        st.rerun()
