"""Choosing a case to compare with itself, from what was known at its referral."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st

from data.problems import DataProblem
from data.rights import Right, roles_in_words
from matching.cases import Era
from matching.within_case import Split
from workbench import notices, session
from workbench.actions.cases import within_cases
from workbench.actions.cases.within_cases import KeptComparison, SplitCandidate
from workbench.case_words import date_in_words
from workbench.session import Place
from workbench.widgets.cases.case_style import (
    draw_cases,
    draw_quietly,
    stacking_cell,
    stacking_table,
)
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import listed

_LEAST, _MOST, _LONGEST = 90, 365, 3650
_LISTED = 50
_OFFERED = 300
_WHAT_IS_TOLD = (
    "Fit cases are listed first, then those of which it cannot be told yet, the latest "
    "referral first. Whether a case stayed open long enough is something of later: it "
    "is told only of cases nobody has still to judge with."
)
_WHAT_FOLLOWS = (
    "Its file is read with this choice, for good: no case that is still to be judged "
    "can choose it, and judgements on it stand."
)
_NO_CANDIDATE = (
    "Its file is read with this choice, for good: no historic case is listed for it, "
    "and should a later plan list one, it is not judged any more."
)
_CHECKED_FIRST = (
    "Whether it was held long enough is looked up before the file is opened. If it was "
    "not, the file stays shut and the case can still be paired."
)


def show(place: Place, kept: Sequence[KeptComparison], practice_start: str) -> None:
    """Draw the split, the cases it could serve, and the form for one of them."""
    split = _ask_split(practice_start)
    if split is None:
        return
    found = within_cases.split_candidates(place.store, place.person, split)
    draw_cases(
        '<p class="wb-card" style="margin:0">'
        f"<b>{as_html(within_cases.counts_in_words(found, split))}</b></p>"
    )
    draw_quietly(_WHAT_IS_TOLD)
    fit = [one for one in found if one.may_be_fit]
    if not session.may(Right.COMPARE_WITHIN_CASES):
        roles = roles_in_words(Right.COMPARE_WITHIN_CASES)
        draw_quietly(f"Your role reads; cases are chosen by: {roles}.")
    elif fit:
        _ask_case(place, kept, split, fit)
    _show_unsuitable(found)


def _ask_split(practice_start: str) -> Split | None:
    day, least, most = st.columns([2, 1, 1])
    chosen = day.date_input(
        "Split on",
        date.fromisoformat(practice_start) if practice_start else None,
        format="DD/MM/YYYY",
        min_value=date(1990, 1, 1),
        key="split on",
        help="The first day of the half after. At first, the day the practice began.",
    )
    at_least = least.number_input(
        "Least days",
        1,
        _LONGEST,
        _LEAST,
        key="least days",
        help="A case must have been open that long on each side of the split.",
    )
    at_most = most.number_input(
        "Most days",
        1,
        _LONGEST,
        _MOST,
        key="most days",
        help="Both halves are as long as the shorter side, and no longer than this.",
    )
    if not isinstance(chosen, date):
        draw_quietly(
            "Choose the day to split on. The study does not say when the practice "
            "began; a study lead writes that on the page Study and people."
        )
        return None
    with notices.problems_shown():
        return Split(chosen.isoformat(), int(at_least), int(at_most))
    return None


def _ask_case(
    place: Place,
    kept: Sequence[KeptComparison],
    split: Split,
    fit: Sequence[SplitCandidate],
) -> None:
    wanted = session.address("choose")
    offered = _offered(fit, wanted)
    words = {one.case.id: _in_words(one, kept) for one in offered}
    ids = list(words)
    case_id = st.selectbox(
        "Case",
        ids,
        index=ids.index(wanted) if wanted in ids else None,
        format_func=lambda one: words[one],
        placeholder="Choose one, or type its reference",
        key=f"case to split {session.recall('split turn', 0)}",
        width=620,
    )
    if case_id is None:
        return
    chosen = next(one for one in offered if one.case.id == case_id)
    waiting = within_cases.to_judge_first(place.store, case_id)
    if waiting:
        _show_waiting(chosen, waiting)
        return
    _ask_why(place, kept, split, chosen)


def _offered(fit: Sequence[SplitCandidate], wanted: str) -> list[SplitCandidate]:
    """The cases to choose among; of very many, those of the reference sought."""
    if len(fit) <= _OFFERED:
        return list(fit)
    sought = st.text_input(
        "Reference",
        key="reference sought",
        placeholder="Part of the reference",
        width=420,
    ).casefold()
    found = [one for one in fit if sought.strip() in one.case.reference.casefold()]
    if len(found) > _OFFERED:
        draw_quietly(
            f"The first {_OFFERED} of {len(found):,} are listed. "
            "Type part of the reference to find another."
        )
    shown = found[:_OFFERED]
    named = [one for one in fit if one.case.id == wanted and one not in shown]
    return [*named, *shown]


def _show_waiting(chosen: SplitCandidate, waiting: Sequence[str]) -> None:
    reference = chosen.case.reference
    if list(waiting) == [reference]:
        draw_quietly(
            f"Case {reference} is a contemporary case and not judged yet, so nobody "
            "may know what became of it. Judge it first."
        )
    else:
        first = (
            f"case {waiting[0]} is judged"
            if len(waiting) == 1
            else f"these cases are judged: {listed(waiting)}"
        )
        draw_quietly(
            f"Case {reference} may still be chosen as a partner, and nobody should "
            f"know what became of it while they judge. It stays shut until {first}."
        )
    session.link_to("judge", "Go to Judge pairs")


def _ask_why(
    place: Place,
    kept: Sequence[KeptComparison],
    split: Split,
    chosen: SplitCandidate,
) -> None:
    case = chosen.case
    seen_id = _seen(kept, case.id)
    if seen_id:
        draw_quietly(
            "This case is compared with itself already. What you choose here takes its "
            "place; the earlier choice stays on file."
        )
    what = _NO_CANDIDATE if case.era is Era.CONTEMPORARY else _WHAT_FOLLOWS
    if not case.is_read:
        notices.caution(what if chosen.is_told else f"{what} {_CHECKED_FIRST}")
    with st.form(f"within {case.id}", border=False):
        rationale = st.text_area(
            "Why this case",
            key=f"why within {case.id}",
            placeholder="Held by the same team from before the practice began until "
            "well after it",
            height=90,
        )
        is_confirmed = case.is_read or st.checkbox(
            f"Read case {as_label(case.reference)}, and take it out of what is still "
            "to be paired",
            key=f"confirm {case.id}",
        )
        words = "Compare" if case.is_read else "Read the file and compare"
        asked = st.form_submit_button(words, type="primary", key=f"compare {case.id}")
    if not asked:
        return
    with notices.problems_shown():
        if not is_confirmed:
            raise within_cases.not_confirmed(case.reference)
        # Whatever comes of it, the next attempt is made knowing what now stands.
        session.forget(f"within seen {case.id}")
        done = within_cases.compare_with_itself(
            place.store, place.person, case.id, split, rationale, seen_id=seen_id
        )
        session.remember("split turn", session.recall("split turn", 0) + 1)
        if done.comparison is None:
            problem = within_cases.unfit_problem(case.reference, done)
            session.remember("unfit", [problem.found, problem.where, problem.do_next])
            session.set_address(choose="")
        else:
            notices.saved(
                f"Case {case.reference} is compared with itself: "
                f"{done.comparison.days_each_side} days on each side."
            )
            session.set_address(case=case.id, choose="")
        st.rerun()


def _seen(kept: Sequence[KeptComparison], case_id: str) -> str:
    """The comparison that stood when the person began to write, '' for none."""
    key = f"within seen {case_id}"
    if session.recall(key) is None:
        standing = (
            one.comparison.id for one in kept if one.comparison.case_id == case_id
        )
        session.remember(key, next(standing, ""))
    return str(session.recall(key))


def show_unfit() -> None:
    """Say, once, why the case chosen last turned out unfit."""
    told = session.recall("unfit")
    if told:
        session.forget("unfit")
        notices.show_problems([DataProblem(*told)])


def _in_words(one: SplitCandidate, kept: Sequence[KeptComparison]) -> str:
    # Whether it is fit comes first: a narrow window cuts the end off.
    if any(each.comparison.case_id == one.case.id for each in kept):
        fit = "compared"
    elif one.case.is_read:
        fit = "fit, read already"
    else:
        fit = "fit" if one.is_told else "not known whether fit"
    return (
        f"{one.case.reference}, {fit}: {one.case.era.value}, referred "
        f"{date_in_words(one.case.referral_date)}, {one.days_before:,} days before"
    )


def _show_unsuitable(found: Sequence[SplitCandidate]) -> None:
    unsuitable = [one for one in found if not one.may_be_fit]
    if not unsuitable:
        return
    # Those closest to being fit first: the others were referred long after.
    with st.expander(f"Not fit: {len(unsuitable):,} of {len(found):,}. See why"):
        rows = "".join(
            f"<tr><td>{as_html(one.case.reference)}</td>"
            + stacking_cell(
                "Referred", date_in_words(one.case.referral_date), gap="not recorded"
            )
            + stacking_cell("Why not", within_cases.unfit_in_words(one.reasons))
            + "</tr>"
            for one in unsuitable[:_LISTED]
        )
        draw_cases(stacking_table(("Case", "Referred", "Why not"), rows))
        if len(unsuitable) > _LISTED:
            draw_quietly(
                f"The first {_LISTED} of {len(unsuitable):,}, longest held before the "
                "split first."
            )
