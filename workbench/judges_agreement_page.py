"""How far two judges agree, where they differ, and whose interests were declared."""

from __future__ import annotations

import streamlit as st

from data.pairings import SavedJudgement
from workbench import notices, session
from workbench.actions.cases.judges_account import (
    JudgesAccount,
    cases_in_words,
    interest_in_words,
    read_judges_account,
    setting_in_words,
)
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.judging.two_readings import difference_in_words
from workbench.widgets.untrusted import as_html


def show() -> None:
    """Draw differences first, then the figures and what they can bear."""
    place = session.place()
    account = read_judges_account(place.store)
    notices.page_head(
        "Agreement of judges",
        f"{setting_in_words(account)} {cases_in_words(account)}",
    )
    if not account.choice.cases:
        notices.empty(
            "Here you see where two judges who read a case without knowing of each "
            "other differ, how often they agree, and what that number of cases can "
            "bear. "
            + (
                "No case has been read by both yet."
                if account.setting.judges > 1
                else "For now one person judges each case; a study lead can ask for a "
                "second, blind judge under Study and people."
            ),
            "Judge pairs",
            "judge",
        )
    else:
        _show_differences(account)
        _show_figures(account)
    _show_interests(account)


def _show_differences(account: JudgesAccount) -> None:
    st.header("Where they differ", anchor=False)
    if not account.differing:
        draw_quietly("Both judges decided alike in every case both have read.")
        return
    decided = {one.decision.contemporary_id: one.decision for one in account.cases}
    for pair in account.differing:
        first = pair[0]
        session.link_to(
            "judge",
            f"Case {first.judgement.contemporary_id}",
            case=first.contemporary_id,
        )
        draw_quietly(
            f"{difference_in_words(pair)} "
            f"{_settled_in_words(decided.get(first.contemporary_id))}"
        )


def _settled_in_words(decision: SavedJudgement | None) -> str:
    if decision is None:
        return "Not settled yet."
    one = decision.judgement
    names = " and ".join(filter(None, (one.judge, decision.agreed_with)))
    chosen = f"case {one.historic_id}" if one.historic_id else "no suitable match"
    return f"Settled by {names}: {chosen}."


def _show_figures(account: JudgesAccount) -> None:
    st.header("How often they agree", anchor=False)
    on, choice = account.comparable, account.choice
    kappa = "none given" if on.kappa is None else f"{on.kappa:.2f}"
    strays = "" if on.strays is None else f" ± {on.strays:.2f}"
    share = "none given"
    if choice.share is not None and choice.chance is not None:
        share = f"{choice.share:.0%}, by chance {choice.chance:.0%}"
    draw_cases(
        f'<div class="wb-card"><p><b>{as_html(on.sentence)}</b></p>'
        f"<p><b>{as_html(choice.sentence)}</b></p>"
        '<div class="wb-scroll"><table><thead><tr><th scope="col">Candidates shown to '
        'both</th><th class="number">Second: comparable</th>'
        '<th class="number">Second: not</th></tr></thead><tbody>'
        f'<tr><th scope="row">First: comparable</th><td class="number">{on.both}</td>'
        f'<td class="number">{on.first_only}</td></tr>'
        f'<tr><th scope="row">First: not</th><td class="number">{on.second_only}</td>'
        f'<td class="number">{on.neither}</td></tr></tbody></table></div>'
        f'<p class="quiet">Cohen\'s kappa: {kappa}{strays}. Same choice: {share}. '
        f"Candidates left out because either could not tell: {on.cannot_tell}.</p>"
        "</div>"
    )
    with st.expander("How this is worked out", key="how agreement is worked out"):
        draw_quietly(
            "Good match and usable with care count as comparable. Kappa is agreement "
            "beyond chance (Cohen 1960) over the candidates both judges were shown; 1 "
            "is complete, 0 what chance would give. How far it strays is found by "
            "leaving out one case at a time, since verdicts on one case hang together. "
            "The same choice is the same candidate, or none, for both; chance is "
            "1/(k + 1) for a case with k candidates, averaged over cases. Readings "
            "count as they were given, whatever was settled afterwards."
        )


def _show_interests(account: JudgesAccount) -> None:
    st.header("Interests declared", anchor=False)
    if not account.interests:
        draw_quietly(
            "None. A judge whose team worked a case says so on the case and is not "
            "offered it."
        )
        return
    listed = "".join(
        f"<li>{as_html(interest_in_words(one))}</li>" for one in account.interests
    )
    draw_cases(f'<ul class="wb-card">{listed}</ul>')
