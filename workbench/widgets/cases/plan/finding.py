"""Saving a plan and finding matches by it, what would change being shown first."""

from __future__ import annotations

import streamlit as st

from data.pairings import SavedPlan
from matching.plan import MatchPlan, plan_hash
from workbench import jobs, notices, session
from workbench.actions.cases import pairing, plans
from workbench.session import Place
from workbench.widgets.cases import matches_change
from workbench.widgets.cases.eligibility.kept_cases import pool_of
from workbench.widgets.cases.plan import record
from workbench.widgets.untrusted import as_html

_JOB, _CHANGE = "find matches", "change by plan"


def offer_to_save(place: Place, plan: MatchPlan, saved: SavedPlan | None) -> None:
    """Draw under which number the plan is or would be saved, and what to do with it."""
    changed = saved is None or saved.sha256 != plan_hash(plan)
    read = place.store.plans.outcomes_read()
    record.show_state(plan, saved, read=read)
    reason = record.ask_reason(read, saved) if changed else ""
    with notices.problems_shown():
        if not _show_change(place, plan, reason) and st.button(
            "Find matches", type="primary", key="find", width="stretch"
        ):
            _begin_to_find(place, plan, reason)
        if changed and st.button("Save without finding", key="save", width="stretch"):
            _save(place, plan, reason)
            st.rerun()


def _show_change(place: Place, plan: MatchPlan, reason: str) -> bool:
    """Draw what finding would change, once that is asked; whether it is drawn."""
    latest = place.store.pairings.latest()
    if latest is None:
        return False
    change = None
    with notices.problems_shown():
        change = matches_change.change_worked_out(place, latest, _CHANGE, plan)
    if change is None:
        return False
    answer = matches_change.draw_change(change, primary=True)
    if answer == "find":
        _find(place, plan, reason)
    elif answer == "leave":
        session.forget(_CHANGE)
        st.rerun()
    return True


def _begin_to_find(place: Place, plan: MatchPlan, reason: str) -> None:
    """Find matches at once where there are none, else first see what would change."""
    latest = place.store.pairings.latest()
    if latest is None:
        _find(place, plan, reason)
        return
    _require_usable(place, plan)
    matches_change.start_looking(place, latest, _CHANGE, plan)
    st.rerun()


def _save(place: Place, plan: MatchPlan, reason: str) -> None:
    kept = plans.save_plan(place.store, place.person, plan, reason=reason)
    session.forget("plan draft")
    notices.saved(f"Saved as plan {kept.number}.")


def _find(place: Place, plan: MatchPlan, reason: str) -> None:
    # A plan that cannot be used is refused before it gets a number.
    _require_usable(place, plan)
    _save(place, plan, reason)
    session.forget(_CHANGE)
    store, person = place.store, place.person

    def work(progress: pairing.Progress) -> str:
        return pairing.find_matches(store, person, progress).id

    jobs.start_job(_job_key(place), "Finding matches", work)
    st.rerun()


def _require_usable(place: Place, plan: MatchPlan) -> None:
    during = tuple(sorted(plans.admitted_during(plan)))
    pool = pool_of(session.study(), place.store.cases.version(), during)
    plans.require_usable(pool, plan)


def _job_key(place: Place) -> str:
    # Each person's own run: nobody is told of, or can cancel, another's.
    return f"{_JOB} {place.person.id}"


def show_found(place: Place) -> None:
    """Draw the progress of a run, and then what came of it."""
    with notices.problems_shown():
        done = jobs.show_job(_job_key(place))
        if done:
            session.remember("found matches", done)
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
