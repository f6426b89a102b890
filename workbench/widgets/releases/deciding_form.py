"""A request that waits: the very files that would leave, and a second person's word."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from data.rights import Right
from data.storage.releases.release_records import Release
from workbench import notices, session
from workbench.actions.releases.release_words import asked_in_words, size_in_words
from workbench.session import Place
from workbench.widgets.releases.release_log import KINDS
from workbench.widgets.untrusted import as_html, as_label


def draw_waiting(place: Place, waiting: Sequence[Release]) -> None:
    """Draw every request that waits, with what this person can do about it."""
    if not waiting:
        return
    st.header("Waiting for a second person", anchor=False)
    for one in waiting:
        with st.container(border=True, gap="small"):
            st.subheader(f"Release {one.number}", anchor=False)
            notices.draw(
                f'<p style="margin:0;overflow-wrap:anywhere">{as_html(one.purpose)}</p>'
                f'<p class="wb-small">{as_html(asked_in_words(one))}</p>'
            )
            _draw_files(place, one)
            if one.asked_by_id == place.person.id:
                _draw_own(place, one)
            elif session.may(Right.RELEASE):
                _draw_decision(place, one)
            else:
                st.write("A study lead or an embedded researcher decides on it.")


def _draw_files(place: Place, one: Release) -> None:
    with st.container(horizontal=True):
        for file in one.files:
            st.download_button(
                as_label(f"Open {file.name}"),
                _opener(place, one, file.ending),
                file.name,
                KINDS.get(file.ending),
                key=f"open {one.id} {file.ending}",
                help=size_in_words(file),
            )


def _opener(place: Place, one: Release, ending: str) -> Callable[[], bytes]:
    def opened() -> bytes:
        return place.store.releases.open_file(place.person.id, one.id, ending)

    return opened


def _draw_own(place: Place, one: Release) -> None:
    st.write("You asked for it, so somebody else has to read it and let it go.")
    if st.button("Take the request back", key=f"take back {one.id}", type="tertiary"):
        with notices.problems_shown():
            place.store.releases.take_back(place.person.id, one.id, seen=one.version)
            notices.saved(f"Release {one.number} was taken back.")
            st.rerun()


def _draw_decision(place: Place, one: Release) -> None:
    st.write("Open the files and read what would leave; then say why it may, or not.")
    with st.form(f"decide {one.id}"):
        reason = st.text_area("Why", key=f"reason {one.id}", height=80)
        with st.container(horizontal=True):
            is_released = st.form_submit_button("Release it", type="primary")
            is_sent_back = st.form_submit_button("Send it back")
    with notices.problems_shown():
        if is_released:
            place.store.releases.release(
                place.person.id, one.id, reason or "", seen=one.version
            )
            notices.saved(f"Release {one.number} was released. Its files can be taken.")
            st.rerun()
        if is_sent_back:
            place.store.releases.send_back(
                place.person.id, one.id, reason or "", seen=one.version
            )
            notices.saved(f"Release {one.number} was sent back.")
            st.rerun()
