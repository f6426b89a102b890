"""The settings of a plan as a form: each choice with a sentence on what it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from matching.case_records import CaseField
from matching.cases import KnownAt
from matching.plan import (
    Covariate,
    CovariateKind,
    MatchPlan,
    Window,
)
from workbench.actions.cases import plans
from workbench.case_words import DAYS_IN_A_MONTH, days_in_words
from workbench.widgets.cases.case_style import draw_quietly
from workbench.widgets.cases.plan_choosing import edit_choosing
from workbench.widgets.untrusted import as_label

KINDS = {
    CovariateKind.NUMBER: "Number",
    CovariateKind.CATEGORY: "Category",
    CovariateKind.ORDERED: "Levels in order",
    CovariateKind.SET: "Set of codes",
    CovariateKind.YES_NO: "Yes or no",
}
_COMPARED, _FIELD, _KIND, _WEIGHT, _CALIPER, _RANGE, _LEVELS = (
    "Use",
    "Field",
    "Read as",
    "Weight",
    "Limit",
    "Span",
    "Levels, lowest first",
)


def edit_plan(
    base: MatchPlan,
    fields: Sequence[CaseField],
    titles: Mapping[str, str],
    kinds: Mapping[str, CovariateKind],
    key: str,
    *,
    disabled: bool = False,
) -> MatchPlan:
    """The plan as the form now stands, beginning from ``base``.

    ``fields`` are those a plan may use, ``kinds`` how each is most likely read;
    ``key`` changes when another plan is begun from, so that the form shows it. A
    disabled form shows the plan and changes nothing.
    """
    known = [field for field in fields if field.known == KnownAt.AT_REFERRAL]
    exact, different = _edit_rules(base, known, titles, key, disabled=disabled)
    window = _edit_window(base, known, titles, key, disabled=disabled)
    covariates = _edit_covariates(base, fields, titles, kinds, key, disabled=disabled)
    plan = replace(
        base, exact=exact, different=different, window=window, covariates=covariates
    )
    with st.expander("How partners are chosen", key="how chosen"):
        return edit_choosing(plan, key, disabled=disabled)


def _edit_rules(
    base: MatchPlan,
    known: Sequence[CaseField],
    titles: Mapping[str, str],
    key: str,
    *,
    disabled: bool,
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    names = [field.name for field in known if field.name != "age_at_referral"]
    st.header("What must hold", anchor=False)
    exact = st.multiselect(
        "Must be the same",
        _with(names, base.exact),
        default=list(base.exact),
        format_func=lambda name: as_label(titles.get(name, name)),
        key=f"exact {key}",
        disabled=disabled,
        help="Both cases have the same value. Not known equals nothing.",
    )
    different = st.multiselect(
        "Must not be the same",
        _with(names, base.different),
        default=list(base.different),
        format_func=lambda name: as_label(titles.get(name, name)),
        key=f"different {key}",
        disabled=disabled,
        help="Keeps siblings and the same child apart. Not known passes.",
    )
    return tuple(exact), tuple(different)


def _edit_window(
    base: MatchPlan,
    known: Sequence[CaseField],
    titles: Mapping[str, str],
    key: str,
    *,
    disabled: bool,
) -> Window | None:
    dates = [f.name for f in known if "date" in f.name and f.name != "date_of_birth"]
    if base.window:
        dates = _with(dates, (base.window.date,))
    if not dates:
        draw_quietly("No date is known at referral, so cases cannot be kept in time.")
        return None
    wanted = st.toggle(
        "Only historic cases from a span of time before",
        value=base.window is not None,
        key=f"window {key}",
        disabled=disabled,
    )
    if not wanted:
        return None
    now = base.window or Window(dates[0], 1, 548)
    left, middle, right = st.columns([1.6, 1, 1])
    name = left.selectbox(
        "By",
        dates,
        index=dates.index(now.date),
        format_func=lambda one: as_label(titles.get(one, one)),
        key=f"window date {key}",
        disabled=disabled,
    )
    least = middle.number_input(
        "Earlier by at least (days)",
        0,
        36500,
        now.min_days,
        key=f"min days {key}",
        disabled=disabled,
    )
    months = right.number_input(
        "and at most (months)",
        0.0,
        1200.0,
        _months(now.max_days),
        step=1.0,
        format="%g",
        key=f"max months {key}",
        disabled=disabled,
    )
    # Months that were not touched keep the days they came from.
    most = now.max_days if months == _months(now.max_days) else _days(months)
    start, follow_up = _edit_practice(now, key, disabled=disabled)
    draw_quietly(
        f"A historic case lies {days_in_words(int(least))} to {days_in_words(most)} "
        f"({int(least)} to {most} days) earlier, both ends included."
    )
    return Window(name, int(least), most, start, follow_up)


def _edit_practice(now: Window, key: str, *, disabled: bool) -> tuple[str, int | None]:
    left, right = st.columns(2)
    start = left.date_input(
        "New practice began on",
        value=date.fromisoformat(now.practice_start) if now.practice_start else None,
        min_value=date(1990, 1, 1),
        format="DD/MM/YYYY",
        key=f"practice start {key}",
        disabled=disabled,
        help="Historic cases lie before this day, contemporary ones on or after it.",
    )
    follow_up = right.number_input(
        "Days of follow-up before it",
        0,
        3650,
        now.follow_up_days,
        key=f"follow up {key}",
        disabled=disabled or start is None,
        help="So many days of the historic case pass before the new practice begins; "
        "leave empty to ask for none.",
    )
    if not isinstance(start, date):
        return "", None
    return start.isoformat(), None if follow_up is None else int(follow_up)


def _edit_covariates(
    base: MatchPlan,
    fields: Sequence[CaseField],
    titles: Mapping[str, str],
    kinds: Mapping[str, CovariateKind],
    key: str,
    *,
    disabled: bool,
) -> tuple[Covariate, ...]:
    st.header("What is compared", anchor=False)
    draw_quietly(
        "The rank of a candidate comes from these. A weight of 2 counts double. A "
        "limit rules out cases further apart than that, in the field's own unit; a "
        "gap passes. The span is the difference that counts as wholly different."
    )
    present = {one.name: one for one in base.covariates}
    during = [field for field in fields if field.known == KnownAt.DURING]
    admits = any(one.override for one in base.covariates)
    if during:
        admits = st.checkbox(
            "Admit facts known only during the case; the account prints this",
            value=admits,
            key=f"admit during {key}",
            disabled=disabled,
            help="The new practice may already have shaped them.",
        )
    listed = [
        field
        for field in fields
        if field.known == KnownAt.AT_REFERRAL
        or (admits and field.known == KnownAt.DURING)
    ]
    # Those the plan compares come first and keep their order, which is the plan's.
    names = [one.name for one in base.covariates]
    names += [
        field.name
        for field in listed
        if field.name not in names and field.name not in plans.NEVER_COMPARED
    ]
    edited = st.data_editor(
        pd.DataFrame([_row(name, present.get(name), titles, kinds) for name in names]),
        key=f"covariates {key} {admits}",
        hide_index=True,
        width="stretch",
        disabled=disabled or [_FIELD],
        height=min(38 + 35 * len(names), 480),
        column_config=_columns(),
        placeholder="–",
    )
    marks = {field.name: field.known for field in fields}
    return tuple(
        _covariate(
            name, row, present.get(name), during=marks.get(name) == KnownAt.DURING
        )
        for name, row in zip(names, edited.to_dict("records"), strict=True)
        if row[_COMPARED]
    )


def _row(
    name: str,
    covariate: Covariate | None,
    titles: Mapping[str, str],
    kinds: Mapping[str, CovariateKind],
) -> dict[str, Any]:
    likely = kinds.get(name, CovariateKind.CATEGORY)
    kind = covariate.kind if covariate else likely
    return {
        _COMPARED: covariate is not None,
        _FIELD: titles.get(name, name),
        _KIND: KINDS[kind],
        _WEIGHT: float(covariate.weight) if covariate else 1.0,
        _CALIPER: covariate.caliper if covariate else None,
        _RANGE: covariate.range if covariate else None,
        _LEVELS: ", ".join(covariate.levels) if covariate else "",
    }


def _columns() -> dict[str, Any]:
    number = st.column_config.NumberColumn
    return {
        _COMPARED: st.column_config.CheckboxColumn(width="small"),
        _KIND: st.column_config.SelectboxColumn(
            options=list(KINDS.values()), required=True
        ),
        _WEIGHT: number(min_value=0.0, width="small", required=True),
        _CALIPER: number(
            min_value=0.0,
            width="small",
            help="The largest difference allowed, for numbers and levels. Empty: none.",
        ),
        _RANGE: number(
            min_value=0.0,
            width="small",
            help="The difference that counts as wholly different. Empty: the whole "
            "span found in the cases.",
        ),
        _LEVELS: st.column_config.TextColumn(
            help="For levels in order, such as: low, medium, high"
        ),
    }


def _covariate(
    name: str, row: Mapping[Any, Any], was: Covariate | None, *, during: bool
) -> Covariate:
    kind = next(kind for kind, words in KINDS.items() if words == row[_KIND])
    levels = tuple(part.strip() for part in str(row[_LEVELS] or "").split(","))
    begun = was or Covariate(name, kind)
    return replace(
        begun,
        kind=kind,
        weight=float(row[_WEIGHT]),
        caliper=_number(row[_CALIPER]),
        range=_number(row[_RANGE]),
        levels=tuple(level for level in levels if level),
        override=during or begun.override,
        known=KnownAt.DURING if during else begun.known,
    )


def _with(names: Sequence[str], also: Sequence[str]) -> list[str]:
    """The names, and those a plan uses that the cases do not have."""
    return [*names, *(name for name in also if name not in names)]


def _months(days: int) -> float:
    months = days / DAYS_IN_A_MONTH
    # 548 days are 18 months as people count them.
    return (
        float(round(months)) if abs(months - round(months)) < 0.05 else round(months, 1)
    )


def _days(months: float) -> int:
    return round(months * DAYS_IN_A_MONTH + 0.1)


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
