"""The pairs over the study: reuse, gaps, finding matches again, who has no partner."""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from data.pairings import CaseToJudge, SavedPairing
from data.rights import Right
from workbench import jobs, notices, session
from workbench.actions.account.balance_words import incomplete_in_words, reuse_in_words
from workbench.actions.cases import pairing
from workbench.actions.cases.pairing import MatchesChange
from workbench.case_words import with_titles
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.untrusted import as_html
from workbench.wording import counted, listed

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
    state = _state(place, latest)
    with notices.problems_shown():
        told = jobs.show_job(_job("look", place))
        if told is not None:
            session.remember(_KEPT, [state, asdict(told)])
        found = jobs.show_job(_job("find", place))
        if found:
            session.forget(_KEPT)
            notices.saved("Matches found again.", beside="find again")
            st.rerun()
    notices.show_saved("find again")
    kept = session.recall(_KEPT)
    if kept and kept[0] == state:
        _show_change(place, MatchesChange(**kept[1]))
        return
    if st.button("Find matches again", key="find again"):
        store = place.store

        def look(progress: pairing.Progress) -> MatchesChange:
            return pairing.change_of_matches(store, latest, progress)

        jobs.start_job(_job("look", place), "Seeing what would change", look)
        st.rerun()
    draw_quietly(
        "Accepted pairs stay, pairs that were turned down are not made again. You "
        "first see what would change; nothing is done before you say so."
    )


def _state(place: Place, latest: SavedPairing) -> str:
    """What the change was worked out on; it no longer holds where this differs."""
    store = place.store
    plan = store.plans.current()
    judged = sorted(one.id for one in store.judgements.standing())
    parts = [latest.id, plan.id if plan else "", str(store.cases.version()), *judged]
    return " ".join(parts)


def _job(name: str, place: Place) -> str:
    # Each person's own run: nobody is told of, or can cancel, another's.
    return f"{name} again {place.person.id}"


def _show_change(place: Place, change: MatchesChange) -> None:
    points = "".join(f"<li>{as_html(one)}</li>" for one in change_in_words(change))
    with st.container(border=True, key="what would change"):
        draw_cases(
            f'<div class="wb-card"><h3>What would change</h3><ul>{points}</ul></div>'
        )
        with st.container(horizontal=True):
            if st.button("Find them now", key="find again now"):
                store, person = place.store, place.person

                def work(progress: pairing.Progress) -> str:
                    return pairing.find_matches(store, person, progress).id

                jobs.start_job(_job("find", place), "Finding matches", work)
                session.forget(_KEPT)
                st.rerun()
            if st.button("Leave them as they are", key="leave matches"):
                session.forget(_KEPT)
                st.rerun()


def change_in_words(change: MatchesChange) -> list[str]:
    """What finding matches again would do, a sentence for each thing.

    >>> change_in_words(MatchesChange(2, False, 1, 0, (), (), (), 2))[:2]
    ['Plan 2 is used, as before.', '1 accepted pair stays as it is.']
    """
    plan = f"Plan {change.plan_number} is used"
    stay = "stays as it is" if change.accepted == 1 else "stay as they are"
    said = [
        f"{plan}; the present matches are of another."
        if change.is_other_plan
        else f"{plan}, as before.",
        f"{counted(change.accepted, 'accepted pair')} {stay}.",
    ]
    if change.turned_down:
        are = "is" if change.turned_down == 1 else "are"
        said.append(
            f"{counted(change.turned_down, 'pair')} that judges turned down {are} not "
            "made and not listed again."
        )
    for cases, words in (
        (change.changed, "would get another partner"),
        (change.gained, "would get a partner at last"),
        (change.lost, "would have no partner any longer"),
    ):
        if cases:
            said.append(
                f"{counted(len(cases), 'contemporary case')} {words}: {listed(cases)}."
            )
    if not (change.changed or change.gained or change.lost):
        said.append("No case would get another partner.")
    said.append(
        f"Together {counted(change.pairs, 'pair')}. Candidates are listed anew for "
        "every case; judgements stay on record."
    )
    return said


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
