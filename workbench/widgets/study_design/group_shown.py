"""One group opened: who counts for it, where they are heard, why it was not reached."""

from __future__ import annotations

import streamlit as st

from coding.study_design.reached import GroupReached
from data.rights import Right
from data.storage.study_design.design_records import ShortfallReason
from workbench import notices, session
from workbench.actions.study_design.design_reading import StudyDesign
from workbench.session import Place
from workbench.widgets.study_design.earlier import draw_earlier
from workbench.widgets.study_design.group_address import from_address
from workbench.widgets.study_design.reached_section import (
    interviews_words,
    people_words,
)
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import day_in_words

_AT_ONCE = 40
_BEFORE = "reason before"


def open_asked(place: Place, design: StudyDesign) -> bool:
    """Draw the group that the address names; whether there was one."""
    wanted = from_address(session.address("group"))
    one = design.group(wanted) if wanted else None
    if one is None:
        return False
    if st.button("All groups", key="all groups of design", type="tertiary"):
        session.set_address(group="")
        st.rerun()
    st.header(as_label(one.group.in_words), anchor=False)
    notices.draw(
        f'<p class="wb-lead">{as_html(people_words(one))}, '
        f"{as_html(interviews_words(one))}: {as_html(one.standing.value)}.</p>"
    )
    _draw_people(design, one)
    if one.lacks or one.group in design.reasons:
        _draw_reason(place, one, design.reasons.get(one.group))
    return True


def _draw_people(design: StudyDesign, one: GroupReached) -> None:
    st.subheader("Who counts", anchor=False)
    people = design.people
    for listed, words in (
        (one.people, ""),
        (one.perhaps, "May belong to it; what it asks is not known of them"),
        (one.elsewhere, "Heard in comments or observations alone, and not counted"),
    ):
        if not listed:
            continue
        if words:
            notices.draw(f'<p class="wb-small">{as_html(words)}:</p>')
        items = "".join(
            f"<li><strong>{as_html(people[person].pseudonym)}</strong> "
            f"{as_html(', '.join(filter(None, _facts(design, person))))}</li>"
            for person in listed
        )
        notices.draw(f'<ul style="margin:0;line-height:1.5">{items}</ul>')
    if not one.people:
        notices.draw('<p class="wb-lead">Nobody yet.</p>')
    if one.interviews:
        st.subheader("Where they are heard", anchor=False)
        names = design.read.names
        for source in one.interviews[:_AT_ONCE]:
            session.link_to("code", names[source], source=source)
        more = len(one.interviews) - _AT_ONCE
        if more > 0:
            st.caption(f"And {more:,} more, in the spreadsheet.")


def _facts(design: StudyDesign, person: str) -> tuple[str, str, str]:
    one = design.people[person]
    return one.role, one.team, one.locality


def _draw_reason(
    place: Place, one: GroupReached, reason: ShortfallReason | None
) -> None:
    st.subheader("Why it was not reached as aimed for", anchor=False)
    version = reason.version if reason else 0
    if reason:
        day = day_in_words(reason.written_at.astimezone().date().isoformat())
        notices.draw(
            f'<p class="wb-small">{as_html(f"{reason.written_by}, {day}")}</p>'
        )
    if not session.may(Right.TELL_OF_FIELDWORK):
        st.text(reason.words if reason else "Nobody has written why yet.")
        return
    key = f"{one.group.in_words} {version}"
    with st.form(f"reason {key}", border=False), notices.problems_shown_above():
        words = st.text_area(
            "In a sentence or two",
            reason.words if reason else "",
            key=f"reason words {key}",
            height=90,
            placeholder="for example: three letters, no answer; nobody else to ask",
        )
        if st.form_submit_button("Save why", type="primary"):
            place.store.design.aims.give_reason(
                place.person.id, one.group, words or "", seen=version
            )
            session.remember(
                _BEFORE, [one.group.in_words, reason.words if reason else ""]
            )
            notices.saved("Why was saved. What it said before is kept.")
            st.rerun()
    _offer_undo(place, one, version)
    if reason:
        draw_earlier(place.store.design.aims.earlier_reasons(reason.id))


def _offer_undo(place: Place, one: GroupReached, version: int) -> None:
    """Offer to put back what was said before this window changed it."""
    kept = session.recall(_BEFORE)
    if not kept or kept[0] != one.group.in_words:
        return
    if st.button("Undo: put back what it said", key="undo reason"):
        with notices.problems_shown():
            place.store.design.aims.give_reason(
                place.person.id, one.group, kept[1], seen=version
            )
            session.forget(_BEFORE)
            notices.saved("It says what it said before.")
            st.rerun()
