"""The verdicts on a pair: one's own, then both side by side, then what is settled."""

from __future__ import annotations

import streamlit as st

from data.case_progress import ComparedPair, JudgesPlace
from data.rights import Right
from matching.progress.verdicts import ProgressArea, ProgressVerdict
from workbench import notices, session
from workbench.actions.case_progress import judging_progress
from workbench.actions.case_progress.comparing import PairToCompare, verdicts_offered
from workbench.session import Place
from workbench.widgets.case_progress.area_notes import (
    NOT_ASKED,
    note_on_last_records,
    silent_areas,
    unseen_in_words,
)
from workbench.widgets.cases.case_style import draw_cases, draw_quietly
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import counted

_HEADING = "Which progressed more effectively?"


def show_verdicts(place: Place, pair: ComparedPair, shown: PairToCompare) -> None:
    """Draw what this person can do: judge, wait, read both, settle."""
    st.header(_HEADING, anchor=False)
    own = pair.place_of(place.person.id)
    _show_places(place, pair)
    if pair.are_both_through:
        draw_cases(both_markup(pair))
        if own is not None:
            _settle(place, pair, shown)
        return
    if own is not None and own.finished_at:
        draw_quietly(
            "You are through and your verdicts stand. Both appear here side by side "
            "once the other judge is through too."
        )
        draw_cases(own_markup(own, verdicts_offered(shown)))
        return
    if not session.may(Right.JUDGE_PAIRS):
        draw_quietly("Practitioner researchers judge; what two said is read here then.")
        return
    if own is None and not pair.has_free_place:
        draw_quietly("Two others judge this pair. What they said is read here then.")
        return
    _ask(place, pair, own, shown)


def own_markup(own: JudgesPlace, offered: dict[ProgressVerdict, str]) -> str:
    """One's own verdicts with their reasons, in the words the page uses."""
    verdicts = own.verdicts or {}
    rows = "".join(
        f'<tr><th scope="row">{area.in_words}</th><td>'
        + (
            f"<b>{as_html(offered[verdicts[area].said.verdict])}</b><br>"
            f"{as_html(verdicts[area].said.reason)}"
            if area in verdicts
            else f'<span class="quiet">{NOT_ASKED}</span>'
        )
        + "</td></tr>"
        for area in ProgressArea
    )
    return f'<section class="wb-card"><table><tbody>{rows}</tbody></table></section>'


def both_markup(pair: ComparedPair) -> str:
    """Both judges' verdicts side by side, differences said in a word, and what they
    settled."""
    first, second = pair.places
    settled = (pair.together.verdicts if pair.together else None) or {}
    rows = []
    for area in ProgressArea:
        cells = [
            (place.verdicts or {}).get(area) if place else None
            for place in (first, second, pair.together if settled else None)
        ]
        said = [one.said.verdict for one in cells[:2] if one]
        mark = "same" if len(said) > 1 else "not compared"
        if len(set(said)) > 1:
            mark = '<span class="wb-flag">differ</span>'
        rows.append(
            f'<tr><th scope="row">{area.in_words}<br>{mark}</th>'
            + "".join(
                f"<td><b>{one.said.verdict.in_words}</b><br>{as_html(one.said.reason)}"
                "</td>"
                if one
                else "<td></td>"
                if place == 2
                else f'<td><span class="quiet">{NOT_ASKED}</span></td>'
                for place, one in enumerate(cells if settled else cells[:2])
            )
            + "</tr>"
        )
    heads = [first.judge, second.judge, *(["Settled together"] if settled else [])]
    return (
        '<section class="wb-card"><div class="wb-scroll"><table class="pair"><thead>'
        '<tr><th scope="col" style="width:20%">Area</th>'
        + "".join(f'<th scope="col">{as_html(name)}</th>' for name in heads)
        + f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div></section>"
    )


def _show_places(place: Place, pair: ComparedPair) -> None:
    if not pair.places:
        draw_quietly(
            "Two people judge each pair apart from each other; neither reads what the "
            "other says before both are through."
        )
        return
    words = "; ".join(
        f"{one.judge} {'is through' if one.finished_at else 'is at work'}"
        for one in pair.places
    )
    free = "" if not pair.has_free_place else "; one place is free"
    draw_quietly(f"Judges: {words}{free}.")
    for one in pair.places:
        mine = one.judge_id == place.person.id
        may_free = mine or session.may(Right.MANAGE_STUDY)
        if one.finished_at or not may_free:
            continue
        whose = "my place" if mine else f"the place of {one.judge}"
        with (
            st.expander(f"Give {as_label(whose)} to somebody else", key=one.judge_id),
            notices.problems_shown(),
        ):
            draw_quietly(
                "The verdicts saved so far stay on record and are counted nowhere."
            )
            if st.button("Give the place back", key=f"give back {one.judge_id}"):
                place.store.verdicts.give_back(
                    place.person.id,
                    pair.contemporary_id,
                    pair.historic_id,
                    one.judge_id,
                )
                notices.saved("The place is free again.")
                st.rerun()


def _ask(
    place: Place, pair: ComparedPair, own: JudgesPlace | None, shown: PairToCompare
) -> None:
    said: dict[ProgressArea, tuple[ProgressVerdict | None, str]] = {}
    with st.form(f"verdicts {pair.contemporary_id} {pair.historic_id}"):
        silent = silent_areas(shown)
        for area in shown.asked:
            if area in silent[:1]:
                draw_quietly(note_on_last_records(shown))
            said[area] = _ask_area(pair, own, area, shown)
        if shown.unseen:
            draw_cases(unseen_in_words(shown))
        draw_quietly(
            "Save as often as you like. Once you are through, what you said stands and "
            "cannot be changed."
        )
        with st.container(horizontal=True):
            is_saved = st.form_submit_button("Save and go on later")
            is_through = st.form_submit_button(
                "I am through with this pair", type="primary"
            )
    _tell_saved(pair)
    if not is_saved and not is_through:
        return
    with notices.problems_shown():
        judged = judging_progress.save_verdicts(
            place.store, place.person, pair, said, and_finish=is_through
        )
        if is_through:
            notices.saved("You are through with this pair; your verdicts stand.")
        else:
            areas = counted(len(shown.asked), "area")
            session.remember(_saved_key(pair), f"Saved: {judged} of {areas} judged.")
        st.rerun()


def _saved_key(pair: ComparedPair) -> str:
    return f"verdicts saved {pair.contemporary_id} {pair.historic_id}"


def _tell_saved(pair: ComparedPair) -> None:
    """Say once what was saved, where the button is: the page's top is far away."""
    words = session.recall(_saved_key(pair), "")
    if words:
        session.forget(_saved_key(pair))
        notices.draw(f'<p class="wb-saved" role="status">✓ {as_html(words)}</p>')


def _ask_area(
    pair: ComparedPair,
    own: JudgesPlace | None,
    area: ProgressArea,
    shown: PairToCompare,
) -> tuple[ProgressVerdict | None, str]:
    kept = ((own.verdicts if own else None) or {}).get(area)
    offered = verdicts_offered(shown)
    options = list(offered)
    version = kept.version if kept else 0
    key = f"{pair.contemporary_id} {pair.historic_id} {area} {version}"
    verdict = st.radio(
        f"**{area.in_words}**",
        options,
        index=options.index(kept.said.verdict) if kept else None,
        format_func=lambda one: as_label(offered[one]),
        horizontal=True,
        key=f"verdict {key}",
    )
    reason = st.text_area(
        f"Why, {area.in_words[:1].lower()}{area.in_words[1:]}",
        kept.said.reason if kept else "",
        height=70,
        key=f"reason {key}",
        placeholder="What in the two files makes you say so.",
        label_visibility="collapsed",
    )
    return verdict, str(reason or "")


def _settle(place: Place, pair: ComparedPair, shown: PairToCompare) -> None:
    first, second = ((one.verdicts or {}) for one in pair.places)
    differ = [
        area
        for area in ProgressArea
        if area in first
        and area in second
        and first[area].said.verdict != second[area].said.verdict
    ]
    if not differ:
        draw_quietly(
            "You both said the same of every area you were asked; nothing is left to "
            "settle."
        )
        return
    st.header("What you settle together", anchor=False)
    draw_quietly(
        f"You differ on {counted(len(differ), 'area')}. What you settle stands beside "
        "both verdicts and changes neither; leaving a difference is a finding too."
    )
    said: dict[ProgressArea, tuple[ProgressVerdict | None, str]] = {}
    with st.form(f"settle {pair.contemporary_id} {pair.historic_id}"):
        for area in differ:
            said[area] = _ask_area(pair, pair.together, area, shown)
        is_saved = st.form_submit_button("Save what you settled", type="primary")
    if is_saved:
        with notices.problems_shown():
            settled = judging_progress.settle(place.store, place.person, pair, said)
            notices.saved(f"{counted(settled, 'difference')} settled.")
            st.rerun()
