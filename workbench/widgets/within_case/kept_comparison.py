"""A case compared with itself: both halves on one axis, counted and to be read."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.rights import Right
from data.storage.within_cases.comparisons import WithinCaseComparison
from matching.within_case import Half, WithinCasePair
from workbench import notices, session
from workbench.actions.cases import within_cases
from workbench.actions.cases.within_cases import KeptComparison
from workbench.case_words import date_in_words
from workbench.session import Place
from workbench.widgets.cases.case_style import (
    draw_cases,
    stacking_cell,
    stacking_table,
)
from workbench.widgets.untrusted import as_html
from workbench.widgets.within_case.halves_chart import halves_chart, halves_table


def show(place: Place, kept: KeptComparison, practice_start: str) -> None:
    """Draw one comparison, and what can be done with it."""
    draw_cases(_head(kept, practice_start))
    pair = kept.pair
    words = within_cases.halves_in_words(pair)
    draw_cases(f'<p class="wb-card" style="margin:0"><b>{as_html(words)}</b></p>')
    st.altair_chart(
        halves_chart(pair, dark=notices.is_dark()), width="stretch", alt=words
    )
    if st.toggle("Show as table", key="halves as table"):
        st.dataframe(halves_table(pair), hide_index=True, width="stretch")
    draw_cases(_counts(pair))
    with st.expander("Read both halves", key=f"read {kept.comparison.id}"):
        before, after = st.columns(2)
        with before:
            draw_cases(_reading("then", "Before", pair.before))
        with after:
            draw_cases(_reading("now", "After", pair.after))
    show_former(kept.former)
    if session.may(Right.COMPARE_WITHIN_CASES):
        _offer_to_withdraw(place, kept.comparison)


def show_former(former: Sequence[WithinCaseComparison]) -> None:
    """Draw comparisons that stand no longer, folded; nothing where there are none."""
    if not former:
        return
    with st.expander(f"Earlier choices: {len(former)}", key=f"former {former[0].id}"):
        rows = "".join(
            f"<tr><td>{as_html(one.reference)}</td>"
            + stacking_cell(
                "Split", f"{date_in_words(one.split_date)}, {one.days_each_side} days"
            )
            + stacking_cell("Why", one.rationale)
            + stacking_cell("Chosen", within_cases.chosen_in_words(one))
            + stacking_cell("Ended", within_cases.ended_in_words(one))
            + "</tr>"
            for one in former
        )
        draw_cases(stacking_table(("Case", "Split", "Why", "Chosen", "Ended"), rows))


def _head(kept: KeptComparison, practice_start: str) -> str:
    one = kept.comparison
    split = within_cases.split_in_words(one.split_date, practice_start)
    return (
        f'<section class="wb-card"><header><h2>Case {as_html(one.reference)}</h2>'
        f"<span>split on {as_html(split)}</span></header>"
        f'<p class="quiet">{as_html(within_cases.span_in_words(kept.pair))}.</p>'
        f'<div class="wb-note">{as_html(one.rationale)}</div>'
        f'<p class="quiet">{as_html(within_cases.chosen_in_words(one))}</p></section>'
    )


def _counts(pair: WithinCasePair) -> str:
    lines = [(one.event, one.before, one.after) for one in pair.event_counts]
    lines.append(("Notes", len(pair.before.notes), len(pair.after.notes)))
    lines.append(("Days open", pair.before.days_open, pair.after.days_open))
    rows = "".join(
        f'<tr><th scope="row">{as_html(name)}</th><td class="number">{before:,}</td>'
        f'<td class="number">{after:,}</td></tr>'
        for name, before, after in lines
    )
    return (
        '<div class="wb-card" style="max-width:34rem"><table><thead><tr>'
        '<th scope="col">Recorded</th>'
        '<th scope="col" class="number"><span class="then">Before</span></th>'
        '<th scope="col" class="number"><span class="now">After</span></th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div>"
    )


def _reading(css: str, title: str, half: Half) -> str:
    """Events with their details and notes of one half, in order of days."""
    entries = [(one.date, 0, one.event, one.detail) for one in half.events] + [
        (one.date, 1, "Note", one.text) for one in half.notes
    ]
    told = "".join(
        f'<div class="wb-note"><b>{as_html(date_in_words(day))} · {as_html(what)}</b>'
        f"{as_html(text)}</div>"
        for day, _, what, text in sorted(entries)
    )
    days = f"{date_in_words(half.first_day)} to {date_in_words(half.last_day)}"
    return (
        f'<section class="wb-card"><header><h3 class="{css}">{title}</h3>'
        f'<span class="quiet">{as_html(days)}</span></header>{told}</section>'
    )


def _offer_to_withdraw(place: Place, one: WithinCaseComparison) -> None:
    with (
        st.expander("Withdraw this comparison", key=f"withdrawing {one.id}"),
        notices.problems_shown(),
    ):
        reason = st.text_input(
            "Why withdraw it?",
            key=f"withdraw why {one.id}",
            help="It stays on file with this reason, and the case stays read.",
        )
        if st.button("Withdraw", key=f"withdraw {one.id}"):
            within_cases.withdraw(place.store, place.person, one, reason)
            notices.saved(
                f"The comparison of case {one.reference} was withdrawn and stays on "
                "file."
            )
            st.rerun()
