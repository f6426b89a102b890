"""Changed code lists on the plan's page: what is read as one, and what could be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from data.importers.cases.plan_file import write_plan
from matching.plan import MatchPlan
from workbench import session
from workbench.actions.cases.plan.code_breaks import (
    BreakFound,
    break_in_words,
    covariate_of,
    effect_in_words,
    what_keeps_apart,
)
from workbench.actions.cases.plan.common_codes import (
    CommonReading,
    common_readings,
    read_apart,
    read_as_one,
    without_groups,
)
from workbench.actions.cases.plan.differences import groups_in_words
from workbench.case_words import in_a_sentence
from workbench.widgets.cases.case_style import draw_cases
from workbench.widgets.untrusted import as_html
from workbench.wording import as_sentence


def show_readings(
    plan: MatchPlan, titles: Mapping[str, str], *, disabled: bool
) -> None:
    """Draw every reading of codes as one that the plan holds, each with a way back."""
    readings = common_readings(plan)
    if not readings:
        return
    st.subheader("Read as one", anchor=False)
    for one in readings:
        left, right = st.columns([3, 1], vertical_alignment="center")
        with left:
            draw_cases(_reading_markup(one, plan, titles))
        if not disabled and right.button(
            "Read apart",
            key=_key(one),
            width="stretch",
            help="The codes stand for different things again. Nothing is saved yet.",
        ):
            _draft(read_apart(plan, one))


def show_groups(plan: MatchPlan, titles: Mapping[str, str], *, disabled: bool) -> None:
    """Draw the groups within which two values count half, each with a way out."""
    grouped = [one for one in plan.covariates if one.groups]
    if not grouped:
        return
    st.subheader("Half different within a group", anchor=False)
    for one in grouped:
        left, right = st.columns([3, 1], vertical_alignment="center")
        title = titles.get(one.name, one.name)
        with left:
            draw_cases(
                f'<p class="wb-card"><b>{as_html(title)}</b>: '
                f"{as_html(groups_in_words(one.groups))}</p>"
            )
        if not disabled and right.button(
            "Leave groups out",
            key=f"without groups {one.name}",
            width="stretch",
            help="Two values are the same or wholly different. Nothing is saved yet.",
        ):
            _draft(without_groups(plan, one.name))


def _reading_markup(
    reading: CommonReading, plan: MatchPlan, titles: Mapping[str, str]
) -> str:
    title = titles.get(reading.field, reading.field)
    words = "".join(f"<li>{as_html(one)}</li>" for one in reading.words)
    covariate = covariate_of(plan, reading.field)
    of_a_rule = (
        '<p class="quiet">Listed with weight 0: rules read it, the order of '
        "candidates does not.</p>"
        if covariate is not None and not covariate.weight
        else ""
    )
    return (
        f'<div class="wb-card"><b>{as_html(title)}</b><ul>{words}</ul>{of_a_rule}</div>'
    )


def _key(reading: CommonReading) -> str:
    return f"read apart {reading.field} {' '.join(reading.codes)}"


def offer_one_reading(
    breaks: Sequence[BreakFound],
    plan: MatchPlan,
    titles: Mapping[str, str],
    *,
    may_set: bool,
) -> None:
    """Draw which changed code lists make cases look different, and a way out."""
    if not breaks:
        return
    points = "".join(
        f"<li><b>{as_html(titles.get(one.of.field, one.of.field))}</b>: "
        f"{as_html(_found_in_words(one, plan))}</li>"
        for one in breaks
    )
    to_read = [one for one in breaks if not what_keeps_apart(plan, one)]
    fields = {one.of.field for one in to_read if not one.is_compared}
    told = "".join(
        f"<p>For the rule on {as_html(in_a_sentence(titles.get(name, name)))} it is "
        "listed under what is compared with weight 0, which changes no order.</p>"
        for name in sorted(fields)
    )
    draw_cases(
        '<div class="wb-card" role="note"><h3>A code list was changed</h3>'
        f"<ul>{points}</ul>{told}</div>"
    )
    if to_read and may_set and st.button("Read them as one", key="one reading"):
        for one in to_read:
            plan = read_as_one(plan, one)
        _draft(plan)


def _found_in_words(found: BreakFound, plan: MatchPlan) -> str:
    said = [break_in_words(found), effect_in_words(found)]
    said.append(what_keeps_apart(plan, found))
    return " ".join(as_sentence(one) for one in said if one)


def _draft(plan: MatchPlan) -> None:
    # A draft like any other: seen at once, and saved only when asked.
    session.remember("plan draft", write_plan(plan))
    st.rerun()
