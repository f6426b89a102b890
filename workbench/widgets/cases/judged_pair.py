"""A judged case: what was decided and why, then both files once they are opened."""

from __future__ import annotations

import streamlit as st

from data.pairings import SavedJudgement
from data.rights import Right
from matching.judging.judgement import Suitability
from workbench import notices, session
from workbench.actions.cases import judging
from workbench.actions.cases.timelines import CaseTimeline, timeline_of, with_shared_end
from workbench.case_words import rank_in_words
from workbench.session import Place
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.cases.pair_view import pair_at_referral, pair_later
from workbench.widgets.cases.timeline import (
    timeline_chart,
    timeline_in_words,
    timeline_table,
)
from workbench.widgets.untrusted import as_html
from workbench.wording import listed

_SUITABILITY = {
    Suitability.GOOD_MATCH: "Good match",
    Suitability.USABLE_WITH_CARE: "Usable with care",
    Suitability.NOT_COMPARABLE: "No suitable match",
    Suitability.CANNOT_TELL: "Cannot tell",
}


def suitability_in_words(suitability: Suitability) -> str:
    """A suitability as pages show it."""
    return _SUITABILITY[suitability]


def show_judged(place: Place, saved: SavedJudgement) -> None:
    """Draw the judgement, what can be done with it, and both files once opened."""
    draw_cases(judgement_markup(saved))
    if saved.is_pair and (saved.opened_at or _asked_to_open(place, saved)):
        _show_files(place, saved)
        return
    if place.person.id in saved.judge_ids and saved.may_be_taken_back:
        offer_to_take_back(place, saved)


def judgement_markup(saved: SavedJudgement) -> str:
    """The judgement in words: who chose what, how well it suits, why."""
    one = saved.judgement
    rank = f", {rank_in_words(one.chosen_rank)}" if one.chosen_rank else ""
    head = (
        f'<span class="now">Case {as_html(one.contemporary_id)}</span>'
        + (
            f'<span class="then">Case {as_html(one.historic_id)}</span>'
            if one.historic_id
            else ""
        )
        + f"<span>{suitability_in_words(one.suitability)}</span>"
    )
    took = f", {_minutes(saved.seconds_taken)}" if saved.seconds_taken else ""
    both = f" together with {as_html(saved.agreed_with)}" if saved.agreed_with else ""
    return (
        f'<section class="wb-card"><header>{head}</header>'
        f'<div class="wb-note">{as_html(one.rationale)}</div>'
        f'<p class="quiet">Judged by {as_html(one.judge)}{both} on '
        f"{saved.judged_at.astimezone():%d %B %Y}{rank}{took}.</p></section>"
    )


def _asked_to_open(place: Place, saved: SavedJudgement) -> bool:
    waiting = judging.to_judge_first(place.store, saved)
    if waiting:
        draw_quietly(
            "Thank you, your judgement is kept. Both files open here once these cases "
            f"are judged too: {listed(waiting)}. Case {saved.judgement.historic_id} is "
            "listed for them as well, and nobody should know how it ended while they "
            "judge."
        )
        return False
    if not session.may(Right.JUDGE_PAIRS):
        draw_quietly("Both files open here once a judge has opened them.")
        return False
    draw_quietly(
        "Opening both files shows what came later. From then on this judgement stands "
        "and cannot be taken back."
    )
    with notices.problems_shown():
        if st.button("Open both files", type="primary", key=f"open {saved.id}"):
            judging.open_files(place.store, place.person, saved)
            st.rerun()
    return False


def offer_to_take_back(place: Place, saved: SavedJudgement) -> None:
    """Draw the way back from a judgement, with the reason it asks for."""
    with (
        st.expander("Take this judgement back", key="taking back"),
        notices.problems_shown(),
    ):
        reason = st.text_input(
            "Why take it back?",
            key=f"take back {saved.id}",
            help="The judgement stays on record with this reason.",
        )
        if st.button("Take it back and judge again", key=f"back {saved.id}"):
            judging.take_back(place.store, place.person, saved, reason)
            notices.saved("The judgement was taken back. The case waits again.")
            st.rerun()


def _show_files(place: Place, saved: SavedJudgement) -> None:
    contemporary, historic = judging.open_files(place.store, place.person, saved)
    session.link_to("progress", "Compare how they progressed", pair=saved.id)
    st.header("What happened", anchor=False)
    drawn = [one for one in map(timeline_of, (contemporary, historic)) if one]
    if len(drawn) == 2:
        _show_timelines(with_shared_end(drawn))
    else:
        draw_quietly("A timeline needs the date of referral of both cases.")
    draw_cases(pair_later(contemporary, historic))
    st.header("As known at referral", anchor=False)
    views = place.store.cases.several_at_referral([contemporary.id, historic.id])
    draw_cases(pair_at_referral(views[contemporary.id], views[historic.id]))


def _show_timelines(timelines: list[CaseTimeline]) -> None:
    words = timeline_in_words(timelines)
    draw_cases(
        '<p class="wb-card">'
        + "&emsp;".join(
            f'<span class="{css}">{as_html(one.era.value.capitalize())} case '
            f"{as_html(one.reference)}</span>"
            for css, one in zip(("now", "then"), timelines, strict=True)
        )
        + '<br><span class="quiet">Marks are decisions, strokes are contacts, bars '
        "are episodes; hatching means that nothing is recorded.</span></p>"
    )
    chart = timeline_chart(timelines, dark=notices.is_dark())
    st.altair_chart(chart, width="stretch", alt=words)
    draw_quietly(words)
    if st.toggle("Show as table", key="timeline as table"):
        st.dataframe(timeline_table(timelines), hide_index=True, width="stretch")


def _minutes(seconds: int | None) -> str:
    minutes = round((seconds or 0) / 60)
    if minutes < 1:
        return "in less than a minute"
    return f"in {minutes} minute{'' if minutes == 1 else 's'}"
