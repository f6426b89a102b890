"""Where coders of a source read differently: card by card, then settled as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from coding.agreement.differences import DifferenceKind
from data.rights import Right
from data.sources import StoredSource
from data.storage.coders.coder_records import Settling
from workbench import notices, session
from workbench.actions.coders import settling as actions
from workbench.actions.coders.settling import PassageShown
from workbench.session import Place
from workbench.widgets.coders import overlay
from workbench.widgets.coders.coder_style import draw_coders
from workbench.widgets.coders.passage_card import draw_passage
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_AT_ONCE = 5
_LEFT, _SETTLED, _ALIKE = "To settle", "Settled", "Marked alike"


def draw_differences(
    place: Place, names: dict[str, str], on_leave: Callable[[], None]
) -> None:
    """Draw one of the sources that can be compared, given as name by id.

    Whoever may still read it blind is told first what opening it ends; ``on_leave`` is
    the way back without it.
    """
    ids = list(names)
    asked = session.address("source")
    chosen = st.selectbox(
        "Transcript",
        ids,
        index=ids.index(asked) if asked in ids else 0,
        format_func=names.__getitem__,
        key="compared transcript",
        width=520,
    )
    session.set_address(source=chosen)
    source = place.store.sources.read(str(chosen))
    if source is None:
        return
    if place.store.others_read.may_still_read_blind(place.person.id, source.id):
        _draw_before_opening(place, source, on_leave)
        return
    found = place.store.settling.read(source.id)
    passages = actions.passages_shown(place.store, source, found)
    may_settle = session.may(Right.CODE_SOURCES) and not found.is_closed
    draw_coders(f"<p>{as_html(actions.stands_in_words(found))}</p>")
    notices.show_saved("source")
    _draw_steps(place, source, found)
    _draw_outdated(place, found, may_settle=may_settle)
    _draw_cards(place, found, passages, may_settle=may_settle)
    _draw_overlay(place, source, found)


def _draw_before_opening(
    place: Place, source: StoredSource, on_leave: Callable[[], None]
) -> None:
    """What opening the differences ends, before anything of them is read."""
    draw_coders(
        "<p>You will read here what each coder marked. After that this transcript "
        "cannot be given to you to code blind, and if you take it up again, it is open "
        "to you, not blind. This cannot be taken back.</p>"
    )
    with st.container(horizontal=True), notices.problems_shown():
        if st.button("Open what each marked", type="primary", key="open others"):
            place.store.others_read.note_source(place.person.id, source.id)
            st.rerun()
        st.button("Back, and stay blind", key="stay blind", on_click=on_leave)


def _draw_steps(place: Place, source: StoredSource, found: Settling) -> None:
    if not session.may(Right.CODE_SOURCES):
        return
    store, person = place.store, place.person
    with notices.problems_shown():
        if found.is_closed:
            with st.expander("Reopen what was settled", key="reopen settled"):
                reason = st.text_input("Why", key="why reopen settled")
                if st.button("Reopen", key="reopen"):
                    store.settling.reopen(person.id, source.id, reason or "")
                    notices.saved("It is open again.", beside="source")
                    st.rerun()
            return
        if left := len(found.not_taken_over):
            if st.button(
                f"Take over the {counted(left, 'passage')} marked alike",
                type="primary",
                key="take over",
            ):
                count = store.settling.take_over_alike(person.id, source.id)
                notices.saved(
                    f"{counted(count, 'passage')} taken over.", beside="source"
                )
                st.rerun()
        elif (
            not found.undecided
            and not found.outdated
            and st.button(
                "Let what was settled stand",
                type="primary",
                key="close",
                help="Themes and debrief then read the agreed passages of this "
                "transcript. It can be reopened.",
            )
        ):
            store.settling.close(person.id, source.id)
            notices.saved("What was settled stands.", beside="source")
            st.rerun()


def _draw_outdated(place: Place, found: Settling, *, may_settle: bool) -> None:
    if not found.outdated:
        return
    names = {one.id: one.name for one in place.store.study.people()}
    st.subheader("Decided before the readings changed", anchor=False)
    for one in found.outdated:
        draw_coders(f"<p>{as_html(actions.decision_in_words(one, names))}</p>")
        if may_settle and st.button("Take back", key=f"outdated {one.id}"):
            with notices.problems_shown():
                place.store.settling.take_back(place.person.id, found.source_id, one.id)
                st.rerun()


def _draw_cards(
    place: Place,
    found: Settling,
    passages: Sequence[PassageShown],
    *,
    may_settle: bool,
) -> None:
    groups = {
        _LEFT: [one for one in passages if not one.is_alike and not one.settled],
        _SETTLED: [one for one in passages if not one.is_alike and one.settled],
        _ALIKE: [one for one in passages if one.is_alike],
    }
    kinds = {"All": None} | {
        kind.in_words: kind for kind in DifferenceKind if kind != DifferenceKind.SAME
    }
    # Its words change with the counts, and a choice is kept by its words: a new list
    # begins with what was chosen in the one before.
    kept = session.recall(f"which passages {found.source_id}", _LEFT)
    filled = [one for one in groups if groups[one]] or [_LEFT]
    counts = "-".join(str(len(one)) for one in groups.values())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        which = st.radio(
            "Passages",
            list(groups),
            format_func=lambda one: f"{one} ({len(groups[one])})",
            horizontal=True,
            index=list(groups).index(kept if groups.get(kept) else filled[0]),
            key=f"which passages {found.source_id} {counts}",
        )
        session.remember(f"which passages {found.source_id}", which or _LEFT)
        kind = kinds["All"]
        if which != _ALIKE:
            picked = st.selectbox(
                "Kind", list(kinds), key="kind of difference", width=240
            )
            kind = kinds[picked or "All"]
    notices.show_saved("passages")
    listed = [one for one in groups[which or _LEFT] if kind in (None, one.kind)]
    shown = int(session.recall(f"shown {found.source_id} {which}", _AT_ONCE))
    # A question is the page's one filled button once nothing waits to be taken over.
    main = not found.not_taken_over and which == _LEFT
    for number, one in enumerate(listed[:shown]):
        draw_passage(place, one, may_settle=may_settle, is_main=main and number == 0)
    if not listed:
        draw_coders('<p class="quiet">No passage of this kind.</p>')
    left = len(listed) - shown
    if left > 0 and st.button(
        f"Show {min(left, _AT_ONCE)} more of {left}", key=f"more {which}"
    ):
        session.remember(f"shown {found.source_id} {which}", shown + _AT_ONCE)
        st.rerun()


def _draw_overlay(place: Place, source: StoredSource, found: Settling) -> None:
    st.subheader("The text with all marks over it", anchor=False)
    if not st.toggle("Show the text", key=f"overlay {source.id}"):
        return
    all_turns = st.checkbox("Turns without marks too", key=f"all turns {source.id}")
    codings = place.store.coding.segments(source.id)
    turns = overlay.turns_marked(source, codings, all_turns=bool(all_turns))
    pages = overlay.pages_of(turns)
    page = 1
    if pages > 1:
        page = int(
            st.number_input(
                f"Page of {pages}", 1, pages, key=f"overlay page {source.id}", width=160
            )
        )
    people = {one.id: one.name for one in place.store.study.people()}
    store = place.store
    codes = {
        one.id: one.name
        for one in (*store.codebook.retired().codes, *store.codebook.codebook().codes)
    }
    overlay.draw_overlay(
        source,
        turns,
        page - 1,
        [(one, people.get(one, "Someone")) for one in found.coders],
        codings,
        codes,
    )
