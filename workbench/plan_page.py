"""Choosing what cases are matched on, seeing its effect, and finding matches."""

from __future__ import annotations

import hashlib

import streamlit as st

from data.importers.cases.plan_file import read_plan, write_plan
from data.pairings import SavedPlan
from data.rights import Right
from matching.eligibility_loosened import StudyGain
from matching.plan import CovariateKind, MatchPlan
from workbench import notices, session
from workbench.actions.cases import plans
from workbench.actions.cases.eligibility import gains_of_study
from workbench.actions.cases.plans import PlanEffect
from workbench.caches import forgotten_when_erased
from workbench.case_words import titles_of
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.eligibility.eligibility_shown import (
    gains_to_try,
    study_gains_markup,
)
from workbench.widgets.cases.eligibility.eligibility_words import (
    loosening_in_words,
)
from workbench.widgets.cases.eligibility.kept_cases import pool_of
from workbench.widgets.cases.plan import code_lists, finding, record
from workbench.widgets.cases.plan.effect import effect_markup
from workbench.widgets.cases.plan.form import edit_plan


def show() -> None:
    """Draw the plan, what it leaves, and the ways to save it and find matches."""
    place = session.place()
    saved = place.store.plans.current()
    notices.page_head("What to match", _lead(saved))
    counts = place.store.cases.counts()
    if not counts.contemporary or not counts.historic:
        notices.empty(
            "Here you say what two cases must share, what is compared, and how far "
            "apart they may be. That needs contemporary and historic cases first.",
            "Add cases",
            "cases",
        )
        return
    finding.show_found(place)
    base = _begin_from(place)
    fields = plans.selectable_fields(place.store)
    if not fields:
        notices.empty(
            "Cases are compared by what was known at referral, and nobody has said of "
            "any field that it was. Say of each field of the cases when it is known.",
            "Mark the fields",
            "cases",
        )
        return
    titles = titles_of(fields)
    may_set = session.may(Right.SET_PLAN)
    if not may_set:
        draw_quietly("You can read along; researchers and leads choose the plan.")
    with st.container(key="planning"):
        form, effect = st.columns([1.8, 1], gap="medium")
    with form:
        kinds = _kinds(session.study(), place.store.cases.version())
        plan = edit_plan(base, fields, titles, kinds, _key(base), disabled=not may_set)
        every = place.store.plans.all()
        _show_file(plan, every, may_set=may_set)
        record.show_plans(every, titles, may_set=may_set)
    with effect, st.container(key="effect"):
        left = _show_effect(plan, titles)
        if left is not None:
            code_lists.offer_one_reading(left.breaks, plan, titles, may_set=may_set)
        if may_set:
            finding.offer_to_save(place, plan, saved)
        if left is not None:
            _show_gains(left, plan, titles)


def _lead(saved: SavedPlan | None) -> str:
    words = (
        "Say what two cases must share, what is compared and how far apart they may "
        "be. Outcomes never count."
    )
    if saved is None:
        return f"{words} This is a suggestion to begin with; nothing is saved yet."
    return (
        f"{words} Plan {saved.number} was saved by {saved.saved_by} on "
        f"{saved.saved_at.astimezone():%d %B %Y}."
    )


def _begin_from(place: Place) -> MatchPlan:
    draft = session.recall("plan draft")
    return read_plan(draft) if draft else plans.plan_to_edit(place.store)


def _key(plan: MatchPlan) -> str:
    return hashlib.sha256(write_plan(plan).encode("utf-8")).hexdigest()[:12]


# What the plan leaves


def _show_effect(plan: MatchPlan, titles: dict[str, str]) -> PlanEffect | None:
    """Draw what the plan leaves; nothing comes back where it cannot be used yet."""
    st.header("What this leaves", anchor=False)
    with notices.problems_shown():
        effect = _effect(
            session.study(), session.store().cases.version(), write_plan(plan)
        )
        draw_cases(effect_markup(effect, plan, titles))
        return effect
    return None


def _show_gains(effect: PlanEffect, plan: MatchPlan, titles: dict[str, str]) -> None:
    st.header("What one change would bring", anchor=False)
    without = effect.contemporary - effect.with_candidate
    gains = (
        _gains(session.study(), session.store().cases.version(), write_plan(plan))
        if without
        else ()
    )
    draw_cases(study_gains_markup(gains, without, plan, titles))
    to_try = gains_to_try(gains)
    if not to_try or not session.may(Right.SET_PLAN):
        return
    words = [loosening_in_words(one, plan, titles) for one in to_try]
    chosen = st.selectbox(
        "Try one change",
        words,
        key=f"try {_key(plan)}",
        help="Puts the change into the form, where its effect shows; nothing is saved.",
    )
    if st.button("Try it", key="try it"):
        # A draft like any other: seen at once, and saved only when asked.
        session.remember("plan draft", write_plan(to_try[words.index(chosen)].plan))
        st.rerun()


@forgotten_when_erased
@st.cache_data(max_entries=20, show_spinner=False)
def _effect(study: str, version: int, toml: str) -> PlanEffect:
    plan = read_plan(toml)
    return plans.effect_of(pool_of(study, version, _during(plan)), plan)


@forgotten_when_erased
@st.cache_data(max_entries=20, show_spinner=False)
def _gains(study: str, version: int, toml: str) -> tuple[StudyGain, ...]:
    plan = read_plan(toml)
    return gains_of_study(pool_of(study, version, _during(plan)), plan)


@forgotten_when_erased
@st.cache_data(max_entries=4, show_spinner=False)
def _kinds(study: str, version: int) -> dict[str, CovariateKind]:
    return plans.likely_kinds(pool_of(study, version))


def _during(plan: MatchPlan) -> tuple[str, ...]:
    return tuple(sorted(plans.admitted_during(plan)))


# Files


def _show_file(plan: MatchPlan, every: list[SavedPlan], *, may_set: bool) -> None:
    with st.expander("The plan as a file", key="plan file"):
        st.download_button(
            "Download plan.toml",
            write_plan(plan),
            "plan.toml",
            "application/toml",
            key="download plan",
        )
        record.draw_hashes(plan, every)
        if not may_set:
            return
        upload = st.file_uploader(
            "Begin from a plan.toml", type=["toml"], key="upload plan"
        )
        if upload is not None and st.button("Use this plan", key="use plan"):
            with notices.problems_shown():
                read = plans.read_plan_file(upload.name, upload.getvalue())
                session.remember("plan draft", write_plan(read))
                st.rerun()
