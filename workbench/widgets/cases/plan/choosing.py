"""How partners are chosen, as part of the plan's form: each choice with a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import streamlit as st

from matching.plan import Distance, GapRule, MatchPlan, Method

_DISTANCES = {
    Distance.GOWER: (
        "Shares of difference (Gower)",
        "Each thing compared counts from 0 (same) to 1 (wholly different), by weight.",
    ),
    Distance.MAHALANOBIS: (
        "Standard deviations (Mahalanobis)",
        "Differences in spreads, those that go together counted once. No weights; "
        "cases with gaps take no part.",
    ),
}
_METHODS = {
    Method.OPTIMAL: (
        "Best for all cases together (optimal)",
        "As many pairs as possible, then the least difference in total.",
    ),
    Method.NEAREST: (
        "First come, first served (nearest)",
        "Down the list of cases, each takes its closest that is still free.",
    ),
}
_GAPS = {
    GapRule.HALF: (
        "Counts half",
        "Not knowing is taken as half different: incomplete files gain nothing.",
    ),
    GapRule.LEVEL: (
        "Is a value of its own",
        "Two gaps are alike; a gap and a value are wholly different.",
    ),
    GapRule.DROP: (
        "Leaves the comparison",
        "Only what both files say is compared. Incomplete files look closer.",
    ),
    GapRule.REFUSE: (
        "Rules the case out",
        "Only complete files are paired.",
    ),
}


def edit_choosing(plan: MatchPlan, key: str, *, disabled: bool) -> MatchPlan:
    """The plan with what the form now says on difference, choice and gaps."""
    distance = _choice(
        "Difference between two cases",
        _DISTANCES,
        plan.distance,
        key,
        disabled=disabled,
    )
    method = _choice("Who gets whom", _METHODS, plan.method, key, disabled=disabled)
    missing = _choice("A gap in a record", _GAPS, plan.missing, key, disabled=disabled)
    left, middle, right = st.columns(3)
    ratio = left.number_input(
        "Partners for each case",
        1,
        # A plan of a file may ask for more than a form would offer.
        max(20, plan.ratio),
        plan.ratio,
        key=f"ratio {key}",
        disabled=disabled,
        help="How many historic cases each contemporary case is given. With more than "
        "one, a case may take what another needs.",
    )
    reuse = middle.number_input(
        "Uses of one historic case",
        0,
        max(1000, plan.max_reuse),
        plan.max_reuse,
        key=f"reuse {key}",
        disabled=disabled,
        help="How many contemporary cases one historic case may serve; 0 sets no "
        "limit. Reuse is reported.",
    )
    listed = right.number_input(
        "Candidates to list",
        1,
        max(50, plan.candidates),
        plan.candidates,
        key=f"candidates {key}",
        disabled=disabled,
        help="How many of the closest historic cases a judge is shown for each case. "
        "It changes no pair.",
    )
    left, right = st.columns([2, 1])
    caliper = left.number_input(
        "Largest difference allowed in a pair",
        0.0,
        None,
        plan.caliper,
        step=0.05,
        format="%g",
        key=f"caliper {key}",
        disabled=disabled,
        placeholder="no limit",
        help="No pair is made that is further apart. As shares of difference 0 is "
        "alike in everything and 1 wholly different. Empty: no limit.",
    )
    seed = right.number_input(
        "Seed",
        min(0, plan.seed),
        max(2**31 - 1, plan.seed),
        plan.seed,
        key=f"seed {key}",
        disabled=disabled,
        help="Fixes the order in which a second judge, who is not to know the first, "
        "sees the candidates. It changes no pair.",
    )
    unknown = st.text_input(
        "Values that mean “not known”",
        ", ".join(plan.missing_values),
        key=f"missing values {key}",
        disabled=disabled,
        help="Separated by commas. Empty cells always mean not known.",
    )
    likeness = st.toggle(
        "Show how much wording the notes up to the referral share",
        value=bool(plan.narrative),
        key=f"narrative {key}",
        disabled=disabled,
        help="Shown beside each candidate, never part of the rank.",
    )
    return replace(
        plan,
        distance=distance,
        method=method,
        missing=missing,
        ratio=int(ratio),
        max_reuse=int(reuse),
        candidates=int(listed),
        caliper=caliper,
        seed=int(seed),
        missing_values=tuple(v.strip() for v in unknown.split(",") if v.strip()),
        narrative=(plan.narrative or "referral_note") if likeness else "",
    )


def _choice(
    label: str,
    words: Mapping[Any, tuple[str, str]],
    now: Any,
    key: str,
    *,
    disabled: bool,
) -> Any:
    options = list(words)
    return st.radio(
        label,
        options,
        index=options.index(now),
        format_func=lambda one: words[one][0],
        captions=[caption for _, caption in words.values()],
        key=f"{label} {key}",
        disabled=disabled,
    )
