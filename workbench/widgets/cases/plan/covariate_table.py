"""What a plan compares, as a table to fill in: how each field is read and weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from matching.case_records import CaseField
from matching.cases import KnownAt
from matching.plan import Covariate, CovariateKind, MatchPlan
from workbench.actions.cases import plans
from workbench.widgets.cases.case_style import draw_quietly

KINDS = {
    CovariateKind.NUMBER: "Number",
    CovariateKind.CATEGORY: "Category",
    CovariateKind.ORDERED: "Levels in order",
    CovariateKind.SET: "Set of codes",
    CovariateKind.YES_NO: "Yes or no",
}
_COMPARED, _FIELD, _KIND, _WEIGHT, _CALIPER, _RANGE, _LEVELS, _CALIPER_IN_SD = (
    "Use",
    "Field",
    "Read as",
    "Weight",
    "Limit",
    "Span",
    "Levels, lowest first",
    "Limit in SD",
)


def edit_covariates(
    base: MatchPlan,
    fields: Sequence[CaseField],
    titles: Mapping[str, str],
    kinds: Mapping[str, CovariateKind],
    key: str,
    *,
    disabled: bool,
) -> tuple[Covariate, ...]:
    """What the plan compares, as the table now stands, in the plan's order."""
    st.header("What is compared", anchor=False)
    draw_quietly(
        "The rank of a candidate comes from these. A weight of 2 counts double. A "
        "limit rules out cases further apart than that, in the field's own unit; a "
        "gap passes. The span is the difference that counts as wholly different."
    )
    draw_quietly(
        "Read as says how two values differ. A number: by how far they are apart. A "
        "category: the same or not, half where both belong to one group. Levels in "
        "order: by the steps between them. A set of codes: by the share of codes only "
        "one of them has. Yes or no: the same or not."
    )
    present = {one.name: one for one in base.covariates}
    during = [field for field in fields if field.known == KnownAt.DURING]
    admits = any(one.override for one in base.covariates)
    if during:
        admits = st.checkbox(
            "Admit facts known only during the case",
            value=admits,
            key=f"admit during {key}",
            disabled=disabled,
            help="The new practice may already have shaped them. The account prints "
            "that they were admitted.",
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
        _CALIPER_IN_SD: covariate.caliper_in_sd if covariate else None,
    }


def _columns() -> dict[str, Any]:
    number = st.column_config.NumberColumn
    return {
        _COMPARED: st.column_config.CheckboxColumn(
            width="small",
            help="What is ticked is compared; the rest is shown and counts nothing.",
        ),
        _KIND: st.column_config.SelectboxColumn(
            options=list(KINDS.values()),
            required=True,
            help="How two values of the field differ: by their distance, by steps, by "
            "codes they share, or only by being the same or not.",
        ),
        _WEIGHT: number(
            min_value=0.0,
            width="small",
            required=True,
            help="How much the field counts beside the others: 2 is double, 0 leaves "
            "the order alone and keeps the limit.",
        ),
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
        _CALIPER_IN_SD: number(
            min_value=0.0,
            width="small",
            help="A limit in standard deviations of the contemporary cases, in place "
            "of one in the field's own unit. Empty: none.",
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
        caliper_in_sd=_number(row[_CALIPER_IN_SD]),
        range=_number(row[_RANGE]),
        levels=tuple(level for level in levels if level),
        override=during or begun.override,
        known=KnownAt.DURING if during else begun.known,
    )


def _number(value: Any) -> float | None:
    return None if value is None or pd.isna(value) else float(value)
