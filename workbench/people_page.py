"""People's rights: what those who took part agreed to, and how they leave."""

from __future__ import annotations

import streamlit as st

from data.people_rights.withdrawal import About, Kind
from workbench import notices, session
from workbench.actions.rights import consenting
from workbench.session import Place
from workbench.widgets.rights import (
    backups_section,
    consent_form,
    keeping_section,
    people_table,
    withdrawal_section,
)

_PARTS = ("People", "Sources and cases", "Keeping", "Backups")


def show() -> None:
    """Draw the part that the address names: people, sources and cases, the rest."""
    place = session.place()
    people = place.store.consent.people()
    notices.page_head("People's rights", consenting.people_in_words(people))
    if withdrawal_section.is_erasing(place):
        return
    part = _choose_part()
    if part == _PARTS[0]:
        _show_people(place)
    elif part == _PARTS[1]:
        _show_sources_and_cases(place)
    elif part == _PARTS[2]:
        keeping_section.draw(place)
    else:
        backups_section.draw(place)


def _choose_part() -> str:
    asked = session.address("part")
    chosen = st.segmented_control(
        "What about",
        _PARTS,
        default=asked if asked in _PARTS else _PARTS[0],
        key="rights part",
        label_visibility="collapsed",
    )
    part = chosen or _PARTS[0]
    if part != (asked or _PARTS[0]):
        session.set_address(part="" if part == _PARTS[0] else part, about="")
    return part


def _show_people(place: Place) -> None:
    people = place.store.consent.people()
    if not people:
        notices.empty(
            "Nobody takes part yet. Add transcripts and say who speaks; everybody then "
            "stands here, with what they agreed to.",
            "Go to Transcripts",
            "transcripts",
        )
        withdrawal_section.draw_what_stands(place)
        return
    people_table.draw(people)
    ids = [one.id for one in people]
    by_id = {one.id: one for one in people}
    asked = session.address("about")
    chosen = st.selectbox(
        "Participant",
        ids,
        index=ids.index(asked) if asked in ids else None,
        format_func=lambda one: by_id[one].pseudonym if one in by_id else "",
        placeholder="Choose whom it is about",
        # Once somebody is erased, nobody is chosen.
        key=f"participant chosen {len(people)}",
    )
    if chosen is None:
        withdrawal_section.draw_what_stands(place)
        return
    session.set_address(about=chosen)
    one = by_id[chosen]
    about = About(Kind.PARTICIPANT, one.id, one.pseudonym)
    consent_form.draw(place, one)
    withdrawal_section.draw(place, about, is_withdrawn=one.is_withdrawn)


def _show_sources_and_cases(place: Place) -> None:
    kinds = [Kind.SOURCE, Kind.CASE]
    asked = session.address("about")
    named = {
        one.id: one for kind in kinds for one in place.store.withdrawals.named(kind)
    }
    if not named:
        notices.empty(
            "No sources and no cases yet. What is added to the study can be withdrawn "
            "and erased here."
        )
        withdrawal_section.draw_what_stands(place)
        return
    ids = list(named)
    chosen = st.selectbox(
        "Source or case",
        ids,
        index=ids.index(asked) if asked in ids else None,
        format_func=lambda one: named[one].in_words if one in named else "",
        placeholder="Choose what it is about",
        key=f"thing chosen {len(ids)}",
    )
    if chosen is None:
        withdrawal_section.draw_what_stands(place)
        return
    session.set_address(about=chosen)
    standing = {one.about.id for one in place.store.withdrawals.standing()}
    withdrawal_section.draw(place, named[chosen], is_withdrawn=chosen in standing)
