"""The settings of a plan as a form: each choice with a sentence on what it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from matching.case_records import CaseField
from matching.cases import KnownAt
from matching.plan import CovariateKind, MatchPlan
from workbench.widgets.cases.plan.choosing import edit_choosing
from workbench.widgets.cases.plan.code_lists import show_groups, show_readings
from workbench.widgets.cases.plan.covariate_table import edit_covariates
from workbench.widgets.cases.plan.time_form import edit_window


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
    window = edit_window(base, known, titles, key, disabled=disabled)
    covariates = edit_covariates(base, fields, titles, kinds, key, disabled=disabled)
    plan = replace(
        base, exact=exact, different=different, window=window, covariates=covariates
    )
    # Drawn below the table, but of the whole plan: taking one back keeps every choice.
    below_the_table = st.container()
    with st.expander("How partners are chosen", key="how chosen"):
        plan = edit_choosing(plan, key, disabled=disabled)
    with below_the_table:
        show_readings(plan, titles, disabled=disabled)
        show_groups(plan, titles, disabled=disabled)
    return plan


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
        list(dict.fromkeys([*names, *base.exact])),
        default=list(base.exact),
        format_func=lambda name: titles.get(name, name),
        key=f"exact {key}",
        disabled=disabled,
        help="A pair is made only where both cases have the same value. Not known "
        "equals nothing.",
    )
    different = st.multiselect(
        "Must not be the same",
        list(dict.fromkeys([*names, *base.different])),
        default=list(base.different),
        format_func=lambda name: titles.get(name, name),
        key=f"different {key}",
        disabled=disabled,
        help="No pair is made where both cases have the same value: keeps siblings and "
        "the same child apart. Not known passes.",
    )
    return tuple(exact), tuple(different)
