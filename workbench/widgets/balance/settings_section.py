"""How far the pairs depend on the plan's settings: rules for gaps, weights, method."""

from __future__ import annotations

import streamlit as st

from data.pairings import SavedPairing
from data.rights import Right
from workbench import jobs, notices, session
from workbench.actions.account import other_settings
from workbench.session import Place
from workbench.widgets.balance.tables import table_markup
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.untrusted import as_html
from workbench.wording import counted


def show(place: Place, latest: SavedPairing, titles: dict[str, str]) -> None:
    """Draw what other settings chose, and the way to try them."""
    st.header("Gaps and other settings", anchor=False)
    key = f"other settings {place.person.id}"
    with notices.problems_shown():
        tried = jobs.show_job(key)
        if tried is not None:
            notices.saved(
                f"{counted(tried, 'other setting')} tried; kept with these matches.",
                beside="other settings",
            )
    notices.show_saved("other settings")
    run = place.store.sensitivity.latest(latest.id)
    if run is None:
        draw_quietly(
            "A plan is one choice among several. See what the other rules for gaps, "
            "each weight doubled and halved, another distance and another way of "
            "choosing would have paired. Nothing is changed by it."
        )
    else:
        plan = other_settings.plan_of(place.store, latest)
        version = place.store.cases.version()
        draw_cases(
            f'<p class="wb-card"><b>{as_html(other_settings.run_in_words(run))}</b></p>'
        )
        draw_quietly(
            f"{other_settings.made_in_words(run, cases_version=version)} Each was run "
            "on all cases anew; judged pairs are set aside here. Where two partners "
            "are equally close, a change may mean nothing."
        )
        gaps = other_settings.gap_rules_table(run.results, plan)
        if gaps is not None:
            draw_cases(f'<div class="wb-card"><h3>{gaps.caption}</h3></div>')
            draw_cases(table_markup(gaps))
        others = other_settings.settings_table(run.results, titles)
        draw_cases(f'<div class="wb-card"><h3>{others.caption}</h3></div>')
        draw_cases(table_markup(others))
        draw_quietly(other_settings.ABOUT_TOTALS)
        if latest.account["accepted_pairs"]:
            draw_quietly(
                "The account below has a total of its own: these matches kept the "
                "pairs accepted by then."
            )
    words = "Try other settings" if run is None else "Try them again"
    may_try = session.may(Right.MAKE_REPORTS)
    if may_try and st.button(words, key="try other settings"):
        store, person = place.store, place.person

        def work(progress: other_settings.Progress) -> int:
            return other_settings.try_settings(store, person, latest, progress)

        jobs.start_job(key, "Trying other settings", work)
        st.rerun()
