"""How progress is compared in this study: era, limits, records, the reading form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd
import streamlit as st

from data.case_progress import ComparisonSettings
from data.problems import DataProblem, DataRefused
from data.rights import Right, roles_in_words
from matching.progress.milestones import ProgressLimits
from workbench import notices, session
from workbench.actions.case_progress.judging_progress import changed_form
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_quietly

SHOW_ERA = "Show which case is contemporary while progress is judged"


def show_comparison_form(place: Place) -> None:
    """Draw the settings and the case-reading form; who may, changes them."""
    settings = place.store.comparison.settings()
    with st.expander("How progress is compared", key="how compared"):
        _show_settings(place, settings)
        _show_form(place)


def ask_read_to(place: Place) -> None:
    """Ask for the day up to which records were read, where the study does not say it.

    Who may not set it is told who may.
    """
    settings = place.store.comparison.settings()
    if settings.records_read_to:
        return
    notices.caution(
        "Not yet said: when the case files were taken from the records. Until then "
        "each case is followed to its last record only, which for a closed case is "
        "often its closing, and what comes later cannot be compared."
    )
    if not session.may(Right.SET_COMPARISON):
        draw_quietly(f"It is said by: {roles_in_words(Right.SET_COMPARISON)}.")
        return
    with (
        st.form(f"ask read to {settings.version}", border=False),
        notices.problems_shown(),
    ):
        left, right = st.columns([2, 3], vertical_alignment="bottom")
        day = left.date_input(
            "Case files were taken from the records on",
            None,
            format="DD/MM/YYYY",
            key=f"ask read to day {settings.version}",
        )
        if right.form_submit_button("Save this day"):
            if day is None:
                raise DataRefused(
                    [
                        DataProblem(
                            "No day is chosen.",
                            "Case files were taken from the records on",
                            "Choose the day, then save. Nothing was saved.",
                        )
                    ]
                )
            place.store.comparison.save_settings(
                place.person.id, replace(settings, records_read_to=day.isoformat())
            )
            notices.saved("The day up to which records were read was saved.")
            st.rerun()


def _show_settings(place: Place, settings: ComparisonSettings) -> None:
    is_fixed = not session.may(Right.SET_COMPARISON)
    limits = settings.limits
    with st.form(f"settings {settings.version}"), notices.problems_shown():
        is_shown = st.toggle(
            SHOW_ERA,
            settings.is_era_shown,
            disabled=is_fixed,
            key=f"show era {settings.version}",
            help="Off: the two stand in an order drawn by the seed, without the words "
            "contemporary and historic, and with days from referral in place of dates. "
            "What notes say of the practice itself is not masked, and whoever judged "
            "how well the two match has seen the era. Every report prints the "
            "setting.",
        )
        columns = st.columns(3)
        names = (
            ("Early help recommendation, from referral", limits.early_help),
            ("Conference, from the strategy discussion", limits.conference),
            ("Assessment, from referral", limits.assessment),
        )
        days = [
            column.number_input(
                f"{name} (working days)",
                min_value=1,
                max_value=365,
                value=value,
                disabled=is_fixed,
                key=f"limit {place_of} {settings.version}",
            )
            for place_of, (column, (name, value)) in enumerate(
                zip(columns, names, strict=True)
            )
        ]
        left, right = st.columns(2)
        read_to = left.date_input(
            "Case files were taken from the records on",
            date.fromisoformat(settings.records_read_to)
            if settings.records_read_to
            else None,
            format="DD/MM/YYYY",
            disabled=is_fixed,
            key=f"read to {settings.version}",
            help="Until then a closed case that did not come back is known not to have "
            "come back. Left empty, each case is followed up to its last record only.",
        )
        seed = right.number_input(
            "Seed of the order when masked",
            value=settings.seed,
            step=1,
            disabled=is_fixed,
            key=f"seed {settings.version}",
        )
        if st.form_submit_button("Save how progress is compared", disabled=is_fixed):
            changed = replace(
                settings,
                is_era_shown=is_shown,
                seed=int(seed),
                records_read_to=read_to.isoformat() if read_to else "",
                limits=ProgressLimits(*(int(one) for one in days)),
            )
            place.store.comparison.save_settings(place.person.id, changed)
            notices.saved("How progress is compared was saved.")
            st.rerun()
    if is_fixed:
        draw_quietly("A study lead or an embedded researcher changes this.")


def _show_form(place: Place) -> None:
    saved = place.store.comparison.form()
    version = (
        f"version {saved.number}, saved by {saved.saved_by}"
        if saved.number
        else "as it ships"
    )
    st.subheader("Case-reading form", anchor=False)
    draw_quietly(
        f"In use: {version}. Each change is a new version; readings already begun keep "
        "the version they were begun with."
    )
    rows = pd.DataFrame(
        [
            {
                "key": one.key,
                "Question": one.text,
                "What helps to answer it": one.help,
                "Offered answers, with | between": "|".join(one.choices),
            }
            for one in saved.form.questions
        ]
    )
    if not session.may(Right.SET_COMPARISON):
        st.dataframe(rows.drop(columns="key"), hide_index=True, width="stretch")
        return
    edited = st.data_editor(
        rows,
        hide_index=True,
        width="stretch",
        num_rows="dynamic",
        column_config={"key": None},
        key=f"form {saved.number}",
    )
    with notices.problems_shown():
        if st.button("Save as a new version", key="save form"):
            filled = edited.fillna("").astype(str)
            form = changed_form(
                saved.form,
                [
                    {"key": key, "text": text, "help": helping, "choices": choices}
                    for key, text, helping, choices in filled.itertuples(index=False)
                ],
            )
            place.store.comparison.save_form(place.person.id, form, was=saved.number)
            notices.saved("The form was saved as a new version.")
            st.rerun()
