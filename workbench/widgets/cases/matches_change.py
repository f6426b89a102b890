"""What finding matches would change, worked out and shown before anything is stored.

The pages of the plan and of the balance both show it; each runs it under a name of its
own, so that one does not take the other's answer.
"""

from __future__ import annotations

from dataclasses import asdict

import streamlit as st

from data.pairings import SavedPairing
from matching.plan import MatchPlan, plan_hash
from workbench import jobs, session
from workbench.actions.cases import pairing
from workbench.actions.cases.pairing import MatchesChange
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases
from workbench.widgets.untrusted import as_html
from workbench.wording import counted, listed


def start_looking(
    place: Place, latest: SavedPairing, name: str, plan: MatchPlan | None = None
) -> None:
    """Begin to work out what the plan, or the one in force, would change."""
    store = place.store

    def look(progress: pairing.Progress) -> MatchesChange:
        return pairing.change_of_matches(store, latest, progress, plan=plan)

    jobs.start_job(_job(place, name), "Seeing what would change", look)


def change_worked_out(
    place: Place, latest: SavedPairing, name: str, plan: MatchPlan | None = None
) -> MatchesChange | None:
    """The change as far as it still holds; its progress is drawn while it is sought.

    Nothing comes back where cases, judgements, plan or matches have changed since.
    Raises what working it out raised.
    """
    state = _state(place, latest, plan)
    told = jobs.show_job(_job(place, name))
    if told is not None:
        session.remember(name, [state, asdict(told)])
    kept = session.recall(name)
    return MatchesChange(**kept[1]) if kept and kept[0] == state else None


def draw_change(change: MatchesChange, *, primary: bool = False) -> str:
    """Draw a change; gives back "find", "leave", or "" where nothing was pressed."""
    points = "".join(f"<li>{as_html(one)}</li>" for one in change_in_words(change))
    with st.container(border=True, key="what would change"):
        draw_cases(
            f'<div class="wb-card"><h3>What would change</h3><ul>{points}</ul></div>'
        )
        with st.container(horizontal=True):
            if st.button(
                "Find them now",
                key="find again now",
                type="primary" if primary else "secondary",
            ):
                return "find"
            if st.button("Leave them as they are", key="leave matches"):
                return "leave"
    return ""


def _job(place: Place, name: str) -> str:
    # Each person's own run: nobody is told of, or can cancel, another's.
    return f"{name} {place.person.id}"


def _state(place: Place, latest: SavedPairing, plan: MatchPlan | None) -> str:
    """What the change was worked out on; it no longer holds where this differs."""
    store = place.store
    saved = store.plans.current()
    used = plan_hash(plan) if plan else saved.sha256 if saved else ""
    judged = sorted(one.id for one in store.judgements.standing())
    return " ".join([latest.id, used, str(store.cases.version()), *judged])


def change_in_words(change: MatchesChange) -> list[str]:
    """What finding matches would do, a sentence for each thing.

    >>> again = MatchesChange(2, True, False, ("C2",), 0, (), (), (), 2)
    >>> change_in_words(again)[:2]
    ['Plan 2 is used, as before.', '1 accepted pair stays as it is: that of C2.']
    """
    plan = f"Plan {change.plan_number} is {'' if change.is_saved else 'saved and '}used"
    kept = len(change.accepted)
    stay = "stays as it is: that of" if kept == 1 else "stay as they are: those of"
    said = [
        f"{plan}; the present matches are of another."
        if change.is_other_plan
        else f"{plan}, as before.",
        f"{counted(kept, 'accepted pair')} {stay} {listed(change.accepted)}."
        if kept
        else "No pair was accepted yet, so none is held fast.",
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
