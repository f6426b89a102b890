"""Which plans there were, why each was changed, and how two of them differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from data.pairings import OutcomesRead, SavedPlan
from matching.plan import MatchPlan, plan_hash
from workbench import notices, session
from workbench.actions.cases.plan.differences import differences_of_plans
from workbench.actions.cases.plans import after_outcomes_in_words
from workbench.widgets.cases.case_style import (
    draw_cases,
    draw_quietly,
    stacking_cell,
    stacking_table,
)
from workbench.widgets.untrusted import as_html
from workbench.wording import as_sentence


def show_state(plan: MatchPlan, saved: SavedPlan | None, *, read: OutcomesRead) -> None:
    """Draw under which number the form's plan is or would be saved."""
    if saved is None or saved.sha256 != plan_hash(plan):
        number = saved.number + 1 if saved else 1
        draw_quietly(f"Not saved yet: it will be plan {number}.")
        return
    draw_quietly(f"This is plan {saved.number}, as saved.")
    if saved.is_after_outcomes:
        draw_quietly(as_sentence(after_outcomes_in_words(saved)))
    if read:
        draw_quietly(
            f"What came later has been read for {read.in_words}: a change "
            "from here on needs a reason."
        )


def ask_reason(read: OutcomesRead, saved: SavedPlan | None) -> str:
    """Why the plan is changed, as far as it was said; required after outcomes.

    Nothing is asked of a first plan.
    """
    if read:
        notices.caution(
            f"What came later has been read for {read.in_words}. Another "
            "plan can still be saved, with its reason; the account will say that it "
            "was made after outcomes were seen."
        )
    elif saved is None:
        return ""
    return st.text_area(
        "Why is the plan changed now?" if read else "Why is the plan changed?",
        key="plan reason",
        height=80,
        placeholder="What was wrong with the plan, and how it came to notice"
        if read
        else "It stands beside the plan in the list; you may leave it empty",
    )


def show_plans(
    plans: Sequence[SavedPlan], titles: Mapping[str, str], *, may_set: bool
) -> None:
    """Draw every plan with its reason, the newest first, and how two of them differ."""
    if not plans:
        return
    with st.expander(f"All plans saved: {len(plans)}", key="all plans"):
        for place, one in enumerate(plans):
            left, right = st.columns([3, 1], vertical_alignment="center")
            with left:
                draw_cases(_plan_markup(one))
            if (
                place
                and may_set
                and right.button("Begin from it", key=_key(one), width="stretch")
            ):
                session.remember("plan draft", one.toml)
                st.rerun()
        if len(plans) > 1:
            _show_comparison(plans, titles)


def _key(plan: SavedPlan) -> str:
    return f"from plan {plan.number}"


def _plan_markup(plan: SavedPlan) -> str:
    if plan.is_after_outcomes:
        why = as_sentence(after_outcomes_in_words(plan))
    elif plan.reason:
        why = f"Reason: {as_sentence(plan.reason)}"
    else:
        why = "The first plan." if plan.number == 1 else "No reason was written."
    return (
        f'<div class="wb-card"><p><b>Plan {plan.number}</b>, '
        f"{as_html(plan.saved_by)}, "
        f"{plan.saved_at.astimezone():%d %B %Y %H:%M}<br>{as_html(why)}</p></div>"
    )


def _show_comparison(plans: Sequence[SavedPlan], titles: Mapping[str, str]) -> None:
    st.subheader("Two plans compared", anchor=False)
    by_number = {one.number: one for one in plans}
    numbers = list(by_number)
    left, right = st.columns(2)
    before = left.selectbox(
        "Plan",
        numbers,
        index=1,
        key=f"compare {numbers[0]}",
        help="The one to begin from; at first the plan before the newest.",
    )
    after = right.selectbox(
        "compared with plan",
        numbers,
        index=0,
        key=f"compare with {numbers[0]}",
        help="The one to look at; at first the newest.",
    )
    draw_differences(by_number[before], by_number[after], titles)


def draw_differences(
    before: SavedPlan, after: SavedPlan, titles: Mapping[str, str]
) -> None:
    """Draw in which settings two plans differ, as each has them."""
    told = differences_of_plans(before.plan, after.plan, titles)
    one, other = f"Plan {before.number}", f"Plan {after.number}"
    if before.number == after.number:
        draw_quietly("Choose two plans.")
        return
    if not told:
        draw_quietly(
            f"{one} and plan {after.number} differ in nothing but the order in which "
            "things are listed. They pair alike."
        )
        return
    rows = "".join(
        "<tr>"
        + f"<td><b>{as_html(each.setting)}</b></td>"
        + stacking_cell(one, each.before)
        + stacking_cell(other, each.after)
        + "</tr>"
        for each in told
    )
    draw_cases(stacking_table(("Setting", one, other), rows))


def draw_hashes(plan: MatchPlan, plans: Sequence[SavedPlan]) -> None:
    """Draw the hash of the form's plan and of each that was saved, for an account."""
    lines = "".join(
        f"<li>Plan {one.number}: <code>{one.sha256}</code></li>" for one in plans
    )
    draw_cases(
        '<div class="wb-card" style="overflow-wrap: anywhere"><p>The account of a '
        "pairing names its plan by this hash (SHA-256): settings that are equal have "
        f"one, others another.</p><p>These settings: <code>{plan_hash(plan)}</code>"
        f"</p><ul>{lines}</ul></div>"
    )
