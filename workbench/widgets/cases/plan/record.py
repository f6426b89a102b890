"""Which plans there were, under which hash, and why one was changed after outcomes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.pairings import SavedPlan
from matching.plan import MatchPlan, plan_hash
from workbench import notices, session
from workbench.actions.cases.plans import after_outcomes_in_words
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.untrusted import as_html
from workbench.wording import as_sentence, counted


def show_state(plan: MatchPlan, saved: SavedPlan | None, *, opened: int) -> None:
    """Draw under which number and hash the form's plan is or would be saved."""
    sha256 = plan_hash(plan)
    if saved is not None and saved.sha256 == sha256:
        draw_quietly(f"This is plan {saved.number}, as saved.")
        if saved.is_after_outcomes:
            draw_quietly(as_sentence(after_outcomes_in_words(saved)))
    else:
        number = saved.number + 1 if saved else 1
        draw_quietly(f"Not saved yet: it will be plan {number}.")
    draw_cases(
        '<p class="wb-card quiet" style="overflow-wrap: anywhere">Hash of these '
        f"settings (SHA-256): <code>{sha256}</code></p>"
    )
    if opened and saved is not None and saved.sha256 == sha256:
        draw_quietly(
            f"What came later has been read for {counted(opened, 'pair')}: a change "
            "from here on needs a reason."
        )


def ask_reason(opened: int) -> str:
    """Why the plan is changed though outcomes were read; '' where nothing is asked."""
    if not opened:
        return ""
    notices.caution(
        f"What came later has been read for {counted(opened, 'pair')}. Another plan "
        "can still be saved, with its reason; the account will say that it was made "
        "after outcomes were seen."
    )
    return st.text_area(
        "Why is the plan changed now?",
        key="plan reason",
        placeholder="What was wrong with the plan, and how it came to notice",
    )


def show_plans(plans: Sequence[SavedPlan], *, may_set: bool) -> None:
    """Draw every plan, the newest first, each with a way to begin from it."""
    if not plans:
        return
    with st.expander(f"All plans saved: {len(plans)}", key="all plans"):
        for place, one in enumerate(plans):
            left, right = st.columns([3, 1], vertical_alignment="center")
            with left:
                draw_cases(_plan_markup(one))
            if place and may_set and right.button("Begin from it", key=_key(one)):
                session.remember("plan draft", one.toml)
                st.rerun()


def _key(plan: SavedPlan) -> str:
    return f"from plan {plan.number}"


def _plan_markup(plan: SavedPlan) -> str:
    after = as_sentence(after_outcomes_in_words(plan))
    return (
        f'<div class="wb-card"><p><b>Plan {plan.number}</b>, '
        f"{as_html(plan.saved_by)}, "
        f"{plan.saved_at.astimezone():%d %B %Y %H:%M}<br>"
        f'<span class="quiet" title="{plan.sha256}">hash {plan.sha256[:16]}…</span>'
        + (f"<br>{as_html(after)}" if after else "")
        + "</p></div>"
    )
