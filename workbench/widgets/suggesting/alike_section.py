"""More like this: from a passage or a code, and draft codes from what is not coded."""

from __future__ import annotations

import streamlit as st

from coding.coded_segments import Segment
from coding.more_like_this.groups import PassageGroup
from coding.more_like_this.index import PassageIndex
from coding.more_like_this.passages import ComparedPassage
from data.rights import Right
from workbench import notices, session
from workbench.actions.suggesting import alike
from workbench.actions.suggesting.alike import Alike
from workbench.session import Place
from workbench.widgets.suggesting.review_section import STYLE
from workbench.widgets.untrusted import as_html
from workbench.wording import counted

_GROUPS = "groups"
_TYPICAL = 3
_MOST_DIGITS = 9


def draw_alike(place: Place) -> None:
    """Draw passages like the one, or the code, that was asked for."""
    codes = {one.id: one for _, one in place.store.codebook.codebook().in_tree_order()}
    with st.spinner("Reading the study's words"):
        index = alike.kept_index(place.store)
    passage = _asked_passage()
    asked = session.address("code")
    choices = [*codes, _GROUPS]
    picked = st.selectbox(
        "Like the passages under",
        choices,
        index=choices.index(asked) if asked in choices else len(choices) - 1,
        format_func=lambda one: (
            codes[one].name if one in codes else "Nothing: groups of what is not coded"
        ),
        key="alike code",
        width=420,
    )
    if picked != asked and picked in codes and not passage:
        session.set_address(code=picked)
    st.caption(index.in_words)
    if aside := alike.left_out(place.store, place.person).in_words:
        st.caption(aside)
    if passage is not None:
        source_id, segment = passage
        if st.button("Leave the passage", key="leave passage"):
            session.set_address(source="", at="", to="")
            st.rerun()
        found = alike.like_passage(
            place.store,
            place.person,
            index,
            source_id,
            segment,
            picked if picked in codes else "",
        )
        _draw_found(found, "Nothing else in the study is like this passage.")
    elif picked in codes:
        found = alike.like_code(place.store, place.person, index, codes[picked])
        _draw_found(found, "Nothing that is not coded so is like its passages.")
    else:
        _draw_groups(place, index)


def _asked_passage() -> tuple[str, Segment] | None:
    """The passage the address names, where it names one."""
    source, at, to = (session.address(one) for one in ("source", "at", "to"))
    numbers = [
        int(one)
        for one in (at, to)
        if one.isascii() and one.isdigit() and len(one) <= _MOST_DIGITS
    ]
    if not source or len(numbers) < 2 or numbers[0] >= numbers[1]:
        return None
    return source, Segment(numbers[0], numbers[1])


def _draw_found(found: Alike, nothing: str) -> None:
    if not found.found:
        st.write(nothing)
        return
    st.write(
        f"{counted(len(found.found), 'passage')}, nearest first. Nearness is of words, "
        "not of meaning: read before you code."
    )
    for one in found.found:
        shared = ", ".join(one.shared_words)
        _draw_passage(
            one.passage,
            found.names.get(one.passage.source_id, ""),
            f"Shares: {shared}" if shared else "Near by its vectors alone",
        )


def _draw_passage(one: ComparedPassage, name: str, why: str) -> None:
    with st.container(gap=None):
        notices.draw(
            f'{STYLE}<p class="wb-said">{as_html(one.words)}</p>'
            f'<p class="wb-small">{as_html(why)}</p>'
        )
        session.link_to(
            "code",
            f"{name}: turn {one.turn_number}",
            source=one.source_id,
            at=str(one.segment.start),
        )


def _draw_groups(place: Place, index: PassageIndex) -> None:
    groups = alike.groups_not_coded(place.store, place.person, index)
    if not groups:
        st.write(
            "No groups: too little is left uncoded, or nothing of it says the same in "
            "several transcripts."
        )
        return
    st.write(
        f"{counted(len(groups), 'group')} of passages with nothing coded, each told by "
        "its own words. Whether one of them is about one thing, only reading tells."
    )
    names = {one.id: one.name for one in place.store.sources.summaries()}
    for number, group in enumerate(groups):
        passages = counted(len(group.passages), "passage")
        notices.draw(
            f'{STYLE}<p class="wb-asks">{as_html(", ".join(group.words))}</p>'
            f'<p class="wb-small">{passages} from '
            f"{counted(group.sources, 'transcript')}; the most typical:</p>"
        )
        for one in group.passages[:_TYPICAL]:
            _draw_passage(one, names.get(one.source_id, ""), "")
        if session.may(Right.EDIT_CODEBOOK) and st.button(
            "Make a draft code",
            key=f"draft {number}",
            help="Puts a code with these words as cues into the codebook, without a "
            "definition. Nothing is coded with it.",
        ):
            _make(place, group)


def _make(place: Place, group: PassageGroup) -> None:
    code = alike.make_draft_code(place.store, place.person, group)
    notices.saved(
        f"{code.name} is in the codebook. Say what it means before you use it."
    )
    session.go_to("codebook", code=code.id)
