"""The pairs over the study: reuse, gaps, finding matches again, who has no partner."""

from __future__ import annotations

import streamlit as st

from data.pairings import CaseToJudge, SavedPairing
from data.rights import Right
from workbench import jobs, notices, session
from workbench.actions.account.balance_words import incomplete_in_words, reuse_in_words
from workbench.actions.cases import pairing
from workbench.case_words import with_titles
from workbench.session import Place
from workbench.widgets.cases import matches_change
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.untrusted import as_html
from workbench.wording import listed

_KEPT = "change of matches"


def show(place: Place, latest: SavedPairing, titles: dict[str, str]) -> None:
    """Draw reuse and gaps, the way to find matches again, and the unpaired."""
    st.header("Pairs over the study", anchor=False)
    draw_cases(
        f'<div class="wb-card"><p>{as_html(reuse_in_words(latest.account))}</p>'
        f"<p>{as_html(incomplete_in_words(latest.account))}</p></div>"
    )
    if session.may(Right.SET_PLAN):
        _show_again(place, latest)
    _show_unpaired(place, latest, titles)


# Finding matches again


def _show_again(place: Place, latest: SavedPairing) -> None:
    change = None
    with notices.problems_shown():
        change = matches_change.change_worked_out(place, latest, _KEPT)
        found = jobs.show_job(_finding(place))
        if found:
            session.forget(_KEPT)
            notices.saved("Matches found again.", beside="find again")
            st.rerun()
    notices.show_saved("find again")
    if change is not None:
        answer = matches_change.draw_change(change)
        if answer:
            session.forget(_KEPT)
            if answer == "find":
                _find(place)
            st.rerun()
        return
    if st.button("Find matches again", key="find again"):
        matches_change.start_looking(place, latest, _KEPT)
        st.rerun()
    draw_quietly(
        "Accepted pairs stay, pairs that were turned down are not made again. You "
        "first see what would change; nothing is done before you say so."
    )


def _find(place: Place) -> None:
    store, person = place.store, place.person

    def work(progress: pairing.Progress) -> str:
        return pairing.find_matches(store, person, progress).id

    jobs.start_job(_finding(place), "Finding matches", work)


def _finding(place: Place) -> str:
    # Each person's own run: nobody is told of, or can cancel, another's.
    return f"find again {place.person.id}"


# Without partner


def _show_unpaired(place: Place, latest: SavedPairing, titles: dict[str, str]) -> None:
    unpaired = place.store.pairings.unpaired(latest.id)
    st.header("Without partner", anchor=False)
    if not unpaired:
        draw_quietly("Every contemporary case has a partner.")
    else:
        rows = "".join(
            f'<tr><td><span class="now">{as_html(one.reference)}</span></td>'
            f"<td>{as_html(with_titles(one.reason, titles))}</td>"
            f"<td>{as_html(one.nearest_reference)}</td></tr>"
            for one in unpaired[:50]
        )
        draw_cases(
            '<div class="wb-card wb-scroll"><table><thead><tr>'
            '<th scope="col">Case</th><th scope="col">Why</th>'
            '<th scope="col">Nearest miss</th></tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
        )
        if len(unpaired) > 50:
            draw_quietly(f"The first 50 of {len(unpaired)}; the file has all.")
    _show_listed_anew(latest, place.store.pairings.queue())


def _show_listed_anew(latest: SavedPairing, queue: list[CaseToJudge]) -> None:
    """Name the cases judged as without match that have other candidates by now."""
    again = [
        case
        for case in queue
        if case.judgement is not None
        and not case.judgement.historic_id
        and case.candidates
        and case.judgement.pairing_id != latest.id
    ]
    if not again:
        return
    draw_quietly(
        "Judged as without suitable match, and candidates were listed anew since: "
        f"{listed([case.reference for case in again])}. The judge can take the "
        "judgement back and look at them."
    )
    session.link_to("judge", f"Open case {again[0].reference}", case=again[0].id)
