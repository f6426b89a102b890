"""Months of referral of both eras: a small chart, and the same as a table."""

from __future__ import annotations

from typing import Any

import altair as alt
import streamlit as st

from data.pairings import SavedPairing
from matching.checking.referral_months import ReferralMonths
from workbench import notices, session
from workbench.actions.account.pairing_report import months_of
from workbench.actions.account.pairing_sections import month_in_words, months_table
from workbench.caches import forgotten_when_erased
from workbench.widgets.balance.tables import table_markup
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.wording import counted

_ERAS = ("Contemporary", "Historic")
_ERA_HEIGHT = 140


def show(latest: SavedPairing) -> None:
    """Draw in which months the cases of both eras were referred."""
    st.header("Months of referral", anchor=False)
    months = _months(session.study(), session.store().cases.version(), latest.id)
    if not months.months:
        draw_quietly("No case has a date of referral.")
        return
    words = months_in_words(months)
    draw_quietly(words)
    draw_quietly("Full colour: paired by the plan · pale: the other cases")
    for era in _ERAS:
        # A chart for each era, not one in two rows: rows do not shrink with the page.
        st.altair_chart(
            months_chart(months, era, dark=notices.is_dark()),
            width="stretch",
            alt=f"{era} cases by month. {words}",
        )
    if st.toggle("Show as table", key="months as table"):
        draw_cases(table_markup(months_table(months)))


@forgotten_when_erased
@st.cache_data(max_entries=4, show_spinner="Reading the cases")
def _months(study: str, version: int, pairing_id: str) -> ReferralMonths:  # noqa: ARG001
    # Study and version only say when what is kept no longer holds.
    store = session.store()
    saved = store.pairings.find(pairing_id)
    assert saved is not None, "the page shows a stored pairing"
    plan = store.plans.find(saved.plan_id)
    assert plan is not None, "a pairing always names a stored plan"
    return months_of(store, saved, plan)


def months_in_words(months: ReferralMonths) -> str:
    """From when to when the cases of each era were referred, and how many lack that."""
    said = []
    for era, count in (("Contemporary", "contemporary"), ("Historic", "historic")):
        held = [one.month for one in months.months if getattr(one, count)]
        if held:
            said.append(
                f"{era} cases: {month_in_words(held[0])} to {month_in_words(held[-1])}."
            )
    if months.undated:
        said.append(f"{counted(months.undated, 'case')} without a date.")
    said.append("What services did in those months differs, whatever the practice.")
    return " ".join(said)


def months_chart(months: ReferralMonths, era: str, *, dark: bool) -> Any:
    """Bars by month for one era over the months of both, the paired in full colour."""
    colours = ("#7CCBD1", "#F0C070") if dark else ("#0B5D66", "#8A5300")
    ink = "#A9B2B9" if dark else "#55606A"
    first, last = (f"{months.months[at].month}-01" for at in (0, -1))
    return (
        alt.Chart(alt.InlineData(values=_bars(months, era)))
        .mark_bar(color=colours[_ERAS.index(era)])
        .encode(
            x=alt.X(
                "yearmonth(month):T",
                title=None,
                axis=alt.Axis(format="%b %Y"),
                scale=alt.Scale(
                    domain=[
                        {"year": int(day[:4]), "month": int(day[5:7]) + later}
                        for day, later in ((first, 0), (last, 1))
                    ]
                ),
            ),
            y=alt.Y("sum(cases):Q", title=era, axis=alt.Axis(tickMinStep=1)),
            opacity=alt.Opacity(
                "state:N",
                legend=None,
                scale=alt.Scale(domain=["paired", "not paired"], range=[1.0, 0.35]),
            ),
            order=alt.Order("state:N", sort="descending"),
            tooltip=["words:N"],
        )
        .properties(height=_ERA_HEIGHT)
        .configure_axis(labelColor=ink, titleColor=ink, labelFontSize=13)
        .configure_view(strokeWidth=0)
    )


def _bars(months: ReferralMonths, era: str) -> list[dict[str, Any]]:
    counts = [
        (one.month, one.contemporary_paired, one.contemporary)
        if era == _ERAS[0]
        else (one.month, one.historic_paired, one.historic)
        for one in months.months
    ]
    return [
        {
            "month": f"{month}-01",
            "state": state,
            "cases": cases,
            "words": f"{month_in_words(month)}: {cases} {state}",
        }
        for month, paired, everyone in counts
        for state, cases in (("paired", paired), ("not paired", everyone - paired))
        if cases
    ]
