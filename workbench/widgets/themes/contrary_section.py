"""Contrary cases of a theme: what was marked, what to read, that somebody looked."""

from __future__ import annotations

import streamlit as st

from coding.codebook import Code
from coding.theme_summaries.contrary_cases import UNLIKE_IN_WORDS
from data.rights import Right
from data.storage.evidence.evidence_storage import LONGEST_NOTE
from data.storage.themes.theme_storage import LONGEST_WHERE
from workbench import notices, session
from workbench.actions.evidence.evidence_words import EvidenceTeller
from workbench.actions.memos.memos import day_of
from workbench.actions.themes import summary_words
from workbench.actions.themes.contrary import mark_contrary
from workbench.actions.themes.quoted_places import QuotedPlace, read_quoted
from workbench.actions.themes.said_themes import SaidThemes
from workbench.actions.themes.theme_summary import ThemeRead
from workbench.session import Place
from workbench.widgets.evidence.evidence_list import draw_evidence
from workbench.widgets.themes.theme_style import draw_lines, draw_prose
from workbench.widgets.together.quotation import draw_quotation
from workbench.wording import joined_by_and

_SHOWN = 5


def draw_contrary(place: Place, themes: SaidThemes, read: ThemeRead) -> None:
    """Draw what does not fit, and what a person may do about it."""
    contrary, writes = read.contrary, session.may(Right.WRITE_FINDINGS)
    st.header("Contrary cases", anchor=False)
    notices.show_saved("contrary")
    _draw_undo(place, read)
    draw_prose(summary_words.looked_for_in_words(contrary))
    notices.show_saved("evidence")
    if contrary.marked:
        draw_evidence(
            place,
            list(contrary.marked),
            EvidenceTeller(place.store),
            may_change=writes,
            empty="",
        )
    if contrary.searches:
        draw_lines(
            [
                f"{one.looked_by or 'Somebody'}, {day_of(one.looked_at)}: "
                f"{one.where_looked}"
                for one in contrary.searches
            ]
        )
    st.subheader("People unlike most of their role", anchor=False)
    unlike = [summary_words.unlike_in_words(one, read) for one in contrary.unlike]
    if unlike:
        draw_lines(unlike)
        st.caption(UNLIKE_IN_WORDS)
    else:
        draw_prose(summary_words.no_unlike_in_words())
    st.subheader("Words that bear an opposite", anchor=False)
    draw_prose(summary_words.opposites_in_words(contrary))
    if contrary.offered:
        names = joined_by_and([f"“{code.name}”" for code in contrary.offered])
        draw_prose(f"By its name {names} may say the opposite; nobody marked it.")
    shown = contrary.places[:_SHOWN]
    place.store.others_read.note_passages(place.person.id, [one.key for one in shown])
    for one in read_quoted(place.store, read, shown):
        draw_with_contrary(place, read, one, where="contrary")
    if len(contrary.places) > _SHOWN:
        st.caption(f"The first {_SHOWN} of {len(contrary.places):,} are shown.")
    if writes:
        with st.expander("Say which codes are the opposite, or that you looked"):
            _draw_opposites(place, themes, read)
            _draw_search(place, read)


def draw_with_contrary(
    place: Place, read: ThemeRead, one: QuotedPlace, *, where: str
) -> None:
    """Draw a quotation, and the way to mark it as a contrary case with a reason."""
    draw_quotation(one.quotation)
    if not one.coded_id or not session.may(Right.WRITE_FINDINGS):
        return
    if any(had.thing_id == one.coded_id for had in read.contrary.marked):
        st.caption("Marked as a contrary case.")
        return
    key = f"{where} {one.coded_id} {one.place.start}"
    if session.recall("contrary") != key:
        if st.button("Does not fit…", key=f"contrary {key}", type="tertiary"):
            session.remember("contrary", key)
            st.rerun()
        return
    with notices.problems_shown_above():
        why = st.text_input(
            "Why it does not fit the theme",
            key=f"why contrary {key}",
            max_chars=LONGEST_NOTE,
        )
        with st.container(horizontal=True):
            if st.button("Mark as contrary case", key=f"mark contrary {key}"):
                mark_contrary(
                    place.store, place.person.id, read.code.id, one.coded_id, why
                )
                session.remember("contrary", "")
                notices.saved(
                    "Marked as a contrary case. Take it away below to undo it.",
                    beside="contrary",
                )
                st.rerun()
            if st.button("Cancel", key=f"leave contrary {key}"):
                session.remember("contrary", "")
                st.rerun()


def _draw_opposites(place: Place, themes: SaidThemes, read: ThemeRead) -> None:
    codes: dict[str, Code] = {
        code.id: code
        for _, code in themes.codebook.in_tree_order()
        if code.id != read.code.id
    }
    standing = [code.id for code in read.contrary.opposites]
    with notices.problems_shown_above():
        chosen = st.multiselect(
            "Codes that say the opposite",
            list(codes),
            default=[one for one in standing if one in codes],
            format_func=lambda one: codes[one].name,
            key=f"opposites {read.code.id} {' '.join(standing)}",
        )
        if st.button("Save opposites", key=f"save opposites {read.code.id}"):
            place.store.themes.mark_opposites(
                place.person.id, read.code.id, list(chosen)
            )
            session.remember("contrary undo", ["opposites", read.code.id, *standing])
            notices.saved("Saved which codes say the opposite.", beside="contrary")
            st.rerun()


def _draw_search(place: Place, read: ThemeRead) -> None:
    with notices.problems_shown_above():
        at = session.recall("contrary searches", 0)
        where = st.text_area(
            "Where you looked for contrary cases",
            key=f"where looked {read.code.id} {at}",
            max_chars=LONGEST_WHERE,
            placeholder="for example: all turns of parents in Wave 2",
        )
        if st.button("Record that I looked", key=f"record looked {read.code.id}"):
            made = place.store.themes.record_search(
                place.person.id, read.code.id, where
            )
            session.remember("contrary searches", at + 1)
            session.remember("contrary undo", ["search", read.code.id, made])
            notices.saved("Recorded that you looked.", beside="contrary")
            st.rerun()


def _draw_undo(place: Place, read: ThemeRead) -> None:
    """Undo for what was saved last of this theme: a search, or its opposites."""
    undo = session.recall("contrary undo", [])
    if undo[1:2] != [read.code.id] or not st.button("Undo", key="undo contrary"):
        return
    what, code_id, *ids = undo
    with notices.problems_shown():
        if what == "search":
            place.store.themes.take_back_search(place.person.id, ids[0])
        else:
            place.store.themes.mark_opposites(place.person.id, code_id, ids)
        session.forget("contrary undo")
        notices.saved("Taken back.", beside="contrary")
        st.rerun()
