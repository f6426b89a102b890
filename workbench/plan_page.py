"""Choosing what cases are matched on, seeing its effect, and finding matches."""

from __future__ import annotations

import hashlib

import streamlit as st

from data.importers.cases.plan_file import read_plan, write_plan
from data.pairings import SavedPlan
from data.rights import Right
from matching.eligibility_loosened import StudyGain
from matching.plan import CovariateKind, MatchPlan, plan_hash
from workbench import jobs, notices, session
from workbench.actions.cases import pairing, plans
from workbench.actions.cases.code_breaks import break_in_words, read_as_one
from workbench.actions.cases.eligibility import gains_of_study
from workbench.actions.cases.plans import PlanEffect
from workbench.case_words import rule_in_words, titles_of, with_titles
from workbench.session import Place
from workbench.widgets.cases import plan_record
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.eligibility.eligibility_shown import (
    gains_to_try,
    study_gains_markup,
)
from workbench.widgets.cases.eligibility.eligibility_words import (
    loosening_in_words,
    study_in_one_sentence,
)
from workbench.widgets.cases.eligibility.kept_cases import pool_of
from workbench.widgets.cases.plan_form import edit_plan
from workbench.widgets.untrusted import as_html
from workbench.wording import as_sentence

_JOB = "find matches"
_STEPS_HEAD = (
    '<table><thead><tr><th class="number">Pairs</th><th class="number">Cases</th>'
    '<th scope="col">left after</th></tr></thead>'
)


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
    with notices.problems_shown():
        done = jobs.show_job(_job_key(place))
        if done:
            session.remember("found matches", done)
    _show_found(place)
    base = _begin_from(place)
    fields = plans.selectable_fields(place.store)
    titles = titles_of(fields)
    may_set = session.may(Right.SET_PLAN)
    if not may_set:
        draw_quietly("You can read along; researchers and leads choose the plan.")
    form, effect = st.columns([1.8, 1], gap="medium")
    with form:
        kinds = _kinds(session.study(), place.store.cases.version())
        plan = edit_plan(base, fields, titles, kinds, _key(base), disabled=not may_set)
        _show_file(plan, may_set=may_set)
        plan_record.show_plans(place.store.plans.all(), may_set=may_set)
    with effect, st.container(key="effect"):
        left = _show_effect(plan, titles)
        if may_set:
            _offer_to_save(place, plan, saved)
        if left is not None:
            _offer_one_reading(left, plan, may_set=may_set)
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


def _offer_one_reading(effect: PlanEffect, plan: MatchPlan, *, may_set: bool) -> None:
    """Draw which changed code lists make cases look different, and a way out."""
    if not effect.breaks:
        return
    told = " ".join(as_sentence(break_in_words(one)) for one in effect.breaks)
    draw_cases(
        f'<p class="wb-card" role="note">{as_html(told)} A code list was changed, so '
        "codes of one meaning count as different. Read them as one?</p>"
    )
    if may_set and st.button("Read them as one", key="one reading"):
        for one in effect.breaks:
            plan = read_as_one(plan, one)
        session.remember("plan draft", write_plan(plan))
        st.rerun()


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
    chosen = st.selectbox("Try one change", words, key=f"try {_key(plan)}")
    if st.button("Try it", key="try it"):
        # A draft like any other: seen at once, and saved only when asked.
        session.remember("plan draft", write_plan(to_try[words.index(chosen)].plan))
        st.rerun()


def effect_markup(effect: PlanEffect, plan: MatchPlan, titles: dict[str, str]) -> str:
    """What a plan leaves, in two sentences and a table of rules."""
    rows = "".join(
        f'<tr><td class="number">{step.pairs_left:,}</td>'
        f'<td class="number">{step.contemporary_left:,}</td>'
        f"<td>{as_html(_rule(step.rule, plan, titles))}</td></tr>"
        for step in effect.steps
    )
    unpaired = "".join(
        f"<li><b>{as_html(one.contemporary_id)}</b>: "
        f"{as_html(with_titles(one.reason, titles))}</li>"
        for one in effect.unpaired[:5]
    )
    more = len(effect.unpaired) - 5
    by_rule = study_in_one_sentence(
        effect.contemporary, effect.historic, effect.steps, plan, titles
    )
    return (
        f'<div class="wb-card"><p>Of {effect.possible:,} possible pairs '
        f"<b>{effect.left:,}</b> are left. <b>{effect.with_candidate:,} of "
        f"{effect.contemporary:,}</b> contemporary cases have at least one candidate, "
        f"and {effect.paired:,} get a partner.</p><p>{as_html(by_rule)}</p>"
        + (_STEPS_HEAD + f"<tbody>{rows}</tbody></table>" if rows else "")
        + (f"<p>Without partner:</p><ul>{unpaired}</ul>" if unpaired else "")
        + (f'<p class="quiet">and {more:,} more.</p>' if more > 0 else "")
        + "</div>"
    )


def _rule(rule: str, plan: MatchPlan, titles: dict[str, str]) -> str:
    words = rule_in_words(rule, plan, titles)
    for beginning in ("and have ", "and are ", "and had ", "and ", "have "):
        if words.startswith(beginning):
            words = words[len(beginning) :]
            break
    return words


@st.cache_data(max_entries=20, show_spinner=False)
def _effect(study: str, version: int, toml: str) -> PlanEffect:
    plan = read_plan(toml)
    return plans.effect_of(pool_of(study, version, _during(plan)), plan)


@st.cache_data(max_entries=20, show_spinner=False)
def _gains(study: str, version: int, toml: str) -> tuple[StudyGain, ...]:
    plan = read_plan(toml)
    return gains_of_study(pool_of(study, version, _during(plan)), plan)


@st.cache_data(max_entries=4, show_spinner=False)
def _kinds(study: str, version: int) -> dict[str, CovariateKind]:
    return plans.likely_kinds(pool_of(study, version))


def _during(plan: MatchPlan) -> tuple[str, ...]:
    return tuple(sorted(plans.admitted_during(plan)))


# Saving and finding


def _offer_to_save(place: Place, plan: MatchPlan, saved: SavedPlan | None) -> None:
    changed = saved is None or saved.sha256 != plan_hash(plan)
    read = place.store.plans.outcomes_read()
    plan_record.show_state(plan, saved, read=read)
    reason = plan_record.ask_reason(read) if changed else ""
    with notices.problems_shown():
        if st.button("Find matches", type="primary", key="find", width="stretch"):
            _find(place, plan, reason)
        if changed and st.button("Save without finding", key="save", width="stretch"):
            _save(place, plan, reason)
            st.rerun()


def _save(place: Place, plan: MatchPlan, reason: str) -> None:
    kept = plans.save_plan(place.store, place.person, plan, reason=reason)
    session.forget("plan draft")
    notices.saved(f"Saved as plan {kept.number}.")


def _find(place: Place, plan: MatchPlan, reason: str) -> None:
    # A plan that cannot be used is refused before it gets a number.
    plans.require_usable(
        pool_of(session.study(), place.store.cases.version(), _during(plan)),
        plan,
    )
    _save(place, plan, reason)
    store, person = place.store, place.person

    def work(progress: pairing.Progress) -> str:
        return pairing.find_matches(store, person, progress).id

    jobs.start_job(_job_key(place), "Finding matches", work)
    st.rerun()


def _job_key(place: Place) -> str:
    # Each person's own run: nobody is told of, or can cancel, another's.
    return f"{_JOB} {place.person.id}"


def _show_found(place: Place) -> None:
    found = place.store.pairings.find(session.recall("found matches", ""))
    if found is None:
        return
    notices.draw(
        f'<p class="wb-saved" role="status">✓ '
        f"{as_html(pairing.matches_in_words(found))}</p>"
    )
    with st.container(horizontal=True):
        session.link_to("judge", "Judge pairs")
        session.link_to("balance", "See the balance")


# Files


def _show_file(plan: MatchPlan, *, may_set: bool) -> None:
    with st.expander("The plan as a file", key="plan file"):
        st.download_button(
            "Download plan.toml",
            write_plan(plan),
            "plan.toml",
            "application/toml",
            key="download plan",
        )
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
