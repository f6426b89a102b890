"""Balance over the pairs of the plan or of the judges, with what chance would do."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.pairings import SavedPairing
from matching.balance import BalanceRow
from workbench import notices, session
from workbench.actions.account.balance_words import (
    CLOSE_ENOUGH,
    FEWEST_FOR_A_CHART,
    BalanceLine,
    PairedGroups,
    balance_in_words,
    balance_lines,
    chance_in_words,
)
from workbench.actions.account.pairing_report import accepted_groups, planned_groups
from workbench.actions.cases import pairing
from workbench.caches import forgotten_when_erased
from workbench.session import Place
from workbench.widgets.balance.balance_chart import balance_table, love_plot
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.untrusted import as_html

_PLANNED, _ACCEPTED = "Pairs the plan chose", "Pairs that judges accepted"


def show(place: Place, latest: SavedPairing, titles: dict[str, str]) -> None:
    """Draw the balance as a chart or, with few pairs, as a table with a caution."""
    which = st.radio("Over", [_PLANNED, _ACCEPTED], horizontal=True, key="balance over")
    groups, rows = _chosen(place, latest, accepted=which == _ACCEPTED)
    if groups is None:
        draw_quietly(
            "No pair was accepted yet."
            if which == _ACCEPTED
            else "The plan pairs no case."
        )
        return
    lines = balance_lines(rows, titles)
    if groups.contemporary >= FEWEST_FOR_A_CHART:
        said = balance_in_words(lines, groups)
        draw_cases(f'<p class="wb-card"><b>{as_html(said)}</b></p>')
        draw_quietly(chance_in_words(groups))
        _show_chart(lines, groups)
    else:
        notices.caution(
            f"{chance_in_words(groups)} Read the pairs, not the figures; a chart is "
            f"drawn from {FEWEST_FOR_A_CHART} pairs on."
        )
        draw_cases(balance_table(lines, groups, verdicts=False))
    _explain()


def _chosen(
    place: Place, latest: SavedPairing, *, accepted: bool
) -> tuple[PairedGroups | None, Sequence[BalanceRow]]:
    if not accepted:
        return planned_groups(latest), pairing.planned_balance(latest)
    standing = place.store.judgements.standing()
    pairs = sorted(one.id for one in standing if one.is_pair)
    _, rows = _accepted(
        session.study(), place.store.cases.version(), latest.id, tuple(pairs)
    )
    return accepted_groups(standing), rows


@forgotten_when_erased
@st.cache_data(max_entries=4, show_spinner="Comparing the accepted pairs")
def _accepted(
    study: str,  # noqa: ARG001
    version: int,  # noqa: ARG001
    pairing_id: str,
    judgements: tuple[str, ...],  # noqa: ARG001
) -> tuple[int, tuple[BalanceRow, ...]]:
    # Study, version and judgements only say when what is kept no longer holds.
    saved = session.store().pairings.find(pairing_id)
    assert saved is not None, "the page shows a stored pairing"
    return pairing.accepted_balance(session.store(), saved)


def _show_chart(lines: list[BalanceLine], groups: PairedGroups) -> None:
    draw_quietly(
        "○ before pairing · ◆ after pairing, → further apart by it · shaded: close "
        "enough (0.1) · dashed: look again (0.25) · dotted: by chance alone "
        f"({groups.error():.2f})"
    )
    st.altair_chart(
        love_plot(lines, groups, dark=notices.is_dark()),
        width="stretch",
        alt=f"{balance_in_words(lines)} {chance_in_words(groups)}",
    )
    if st.toggle("Show as table", key="balance as table"):
        draw_cases(balance_table(lines, groups))


def _explain() -> None:
    with st.expander("How this is worked out", key="how worked out"):
        draw_quietly(
            "Differences are the contemporary mean less the historic mean, in standard "
            "deviations of the contemporary cases before pairing, at both stages; for "
            "yes or no, categories and codes sqrt(p(1 − p)). Only known values count; "
            f"gaps have a line of their own. Values that no contemporary case has are "
            f"left out here; the file lists them. What has several lines is close "
            f"enough where all of them are. Up to {CLOSE_ENOUGH} is called close "
            "enough, above 0.25 look again (Stuart 2010). By chance: the standard "
            "error of a difference between groups of this size (Hedges and Olkin "
            "1985), a historic case that is used again counting by the effective "
            "sample size (Kish 1965). The variance ratio is contemporary over "
            "historic; 1 is alike."
        )
