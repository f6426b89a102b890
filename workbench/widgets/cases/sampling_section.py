"""How the contemporary cases were chosen: in words, as a table, and adding to it."""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from data.rights import Right, roles_in_words
from data.sampling_records import StoredSampling
from matching.sampling import SamplingRecord
from workbench import notices, session
from workbench.actions.cases import sampling
from workbench.actions.cases.sampling import ChosenCases
from workbench.session import Place
from workbench.widgets.cases import sampling_form
from workbench.widgets.cases.case_style import (
    draw_cases,
    draw_quietly,
    stacking_cell,
    stacking_table,
)
from workbench.widgets.untrusted import as_html
from workbench.wording import counted, day_in_words, listed, problem_in_words

_LISTED = 50
_HEADINGS = ("Case", "Drawn", "From", "Rule", "Passed over")

_EMPTY = """<div class="wb-card" style="max-width:46rem"><p><b>{sentence}</b></p>
<p>Whoever picks cases by hand picks those they remember, often those that went well,
and no historic partner makes up for that: hand-picked cases cannot be compared fairly.
Write down for each case which list it was drawn from, when, by whom and by which rule,
and which cases were passed over before it and why. The account of the matches, the
report of pairs and the debrief print it.</p>
<table><tbody><tr><th scope="row">Headings of a file</th><td><code>case_id</code>,
<code>drawn_on</code>, <code>drawn_by</code>, <code>from</code>, <code>rule</code>,
<code>replaced</code>, <code>note</code></td></tr>
<tr><th scope="row">From, for example</th><td>41 referrals accepted in June 2024,
Copperhithe</td></tr><tr><th scope="row">Rule, for example</th><td>every 7th from a
random start; where nobody drew it: picked by hand</td></tr>
<tr><th scope="row">Replaced, for example</th><td>case reference:
file closed to researchers; several with | between them</td></tr>
</tbody></table></div>"""


def show(place: Place) -> None:
    """Draw the section, where the study has contemporary cases at all."""
    chosen = sampling.chosen_cases(place.store)
    if not chosen.sampling.contemporary:
        return
    st.header("How the contemporary cases were chosen", anchor=False)
    notices.show_saved("sampling")
    sentence = as_html(sampling.counts_in_words(chosen.sampling.counts))
    if chosen.standing:
        draw_cases(f'<p class="wb-card" style="margin:0"><b>{sentence}</b></p>')
        _show_what_to_check(chosen)
        _show_table(chosen)
    else:
        draw_cases(_EMPTY.format(sentence=sentence))
    if session.may(Right.RECORD_SAMPLING):
        with st.expander(
            "Add a file of records",
            expanded=not chosen.standing,
            key="sampling by file",
        ):
            _show_adding(place, chosen)
        with st.expander("Write one record by hand", key="sampling by hand"):
            sampling_form.show(place, chosen)
    else:
        roles = roles_in_words(Right.RECORD_SAMPLING)
        draw_quietly(f"Your role reads; it is recorded by: {roles}.")
    _show_former(chosen)


def _show_what_to_check(chosen: ChosenCases) -> None:
    missing = sampling.missing_in_words(chosen.sampling)
    if missing:
        draw_quietly(missing)
    if chosen.drawn_early:
        draw_quietly(
            f"Drawn before the referral: {listed(chosen.drawn_early)}. One of the two "
            "days cannot be right; correct the record."
        )


def _show_table(chosen: ChosenCases) -> None:
    rows = "".join(
        f"<tr>{_cells(one.record)}{stacking_cell('Note', one.record.note)}</tr>"
        for one in chosen.standing[:_LISTED]
    )
    draw_cases(stacking_table((*_HEADINGS, "Note"), rows))
    if len(chosen.standing) > _LISTED:
        draw_quietly(
            f"The first {_LISTED} of {len(chosen.standing):,}; the report has all."
        )


def _show_former(chosen: ChosenCases) -> None:
    if not chosen.former:
        return
    with st.expander(
        f"{counted(len(chosen.former), 'former record')}", key="former sampling"
    ):
        rows = "".join(
            f"<tr>{_cells(one.record)}"
            f"{stacking_cell('Recorded', _recorded_in_words(one))}</tr>"
            for one in chosen.former
        )
        draw_cases(stacking_table((*_HEADINGS, "Recorded"), rows))


def _cells(record: SamplingRecord) -> str:
    drawn = sampling.drawn_in_words(record)
    over = sampling.passed_over_in_words(record)
    return (
        f'<td><span class="now">{as_html(record.case_id)}</span></td>'
        + stacking_cell("Drawn", drawn, gap="not recorded")
        + stacking_cell("From", record.drawn_from, gap="not recorded")
        + stacking_cell("Rule", record.rule)
        + stacking_cell("Passed over", over, gap="none")
    )


def _recorded_in_words(one: StoredSampling) -> str:
    words = f"by {one.recorded_by} on {_day(one.recorded_at)}"
    if one.superseded_at is not None:
        words += f", changed by {one.superseded_by} on {_day(one.superseded_at)}"
    return words


def _day(moment: datetime) -> str:
    return day_in_words(moment.astimezone().date().isoformat())


def _show_adding(place: Place, chosen: ChosenCases) -> None:
    turn = session.recall("sampling upload", 0)
    uploads = st.file_uploader(
        "Records of how cases were chosen (.csv or .xlsx)",
        accept_multiple_files=True,
        key=f"sampling files {turn}",
    )
    if not uploads:
        draw_quietly(
            "One row for each case, headed case_id, drawn_on, drawn_by, from, rule, "
            "replaced, note; the last two may be left out."
        )
        return
    with notices.problems_shown():
        batch = sampling.read_sampling_files(
            place.store, tuple((one.name, one.getvalue()) for one in uploads)
        )
        words = counted(len(batch.records), "record")
        changes = sampling.changes_in_words(chosen, batch.records)
        draw_cases(
            f'<p class="wb-card" style="margin:0"><b>{words}</b>: {as_html(changes)}'
            "</p>"
        )
        for one in batch.warnings[:10]:
            draw_quietly(f"{one.where}: {problem_in_words(one)}")
        if st.button(f"Add {words}", type="primary", key="add sampling"):
            saved = sampling.add_sampling(place.store, place.person, batch.records)
            notices.saved(sampling.saved_in_words(saved), beside="sampling")
            session.remember("sampling upload", turn + 1)
            st.rerun()
