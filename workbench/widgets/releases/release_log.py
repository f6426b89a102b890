"""The log of releases: who asked, who let it go, by which rule, with which hash."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.rights import Right
from data.storage.releases.release_records import KeptFile, Release, ReleaseState
from workbench import notices, session
from workbench.actions.releases.release_words import (
    asked_in_words,
    decided_in_words,
    size_in_words,
)
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label

KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".html": "text/html",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def draw_log(past: Sequence[Release], place: Place) -> None:
    """Draw every request that was decided on, with its files where they left."""
    st.header("Log", anchor=False)
    if not past:
        st.write("Nothing has left the study through a release yet.")
        return
    withdrawn = place.store.releases.with_words_withdrawn()
    for one in past:
        with st.container(border=True, gap="small"):
            st.subheader(f"Release {one.number}: {one.state.value}", anchor=False)
            _draw_one(place, one, is_withdrawn=one.id in withdrawn)


def _draw_one(place: Place, one: Release, *, is_withdrawn: bool) -> None:
    reason = f"<p>{as_html(one.reason)}</p>" if one.reason else ""
    hashes = "".join(
        f"<li><code>{as_html(file.sha256)}</code> {as_html(file.name)}</li>"
        for file in one.files
    )
    notices.draw(
        '<div style="overflow-wrap:anywhere;line-height:1.5">'
        f'<p style="margin:0">{as_html(one.purpose)}</p>'
        f'<p class="wb-small">{as_html(asked_in_words(one))} '
        f"{as_html(decided_in_words(one))}</p>{reason}"
        f"<details><summary>Hashes (SHA-256)</summary><ul>{hashes}</ul></details></div>"
    )
    if one.state is not ReleaseState.RELEASED:
        return
    kept = [file for file in one.files if file.is_kept]
    if not kept:
        st.caption("Its files are no longer kept here.")
        return
    if is_withdrawn:
        # Who presses a button drawn before that reads it here in the button's place.
        st.write(
            "Words in it were withdrawn since it was released, so its files are not "
            "handed out any more. Ask for a new one, and call back the copies that "
            "left."
        )
    with st.container(horizontal=True):
        for file in () if is_withdrawn else kept:
            _draw_file(place, one, file)
        if session.may(Right.RELEASE) and st.button(
            "Let go of the files", key=f"let go {one.id}", type="tertiary"
        ):
            with notices.problems_shown():
                place.store.releases.let_go_of_files(place.person.id, one.id)
                notices.saved("The files are let go of; the log and hashes stay.")
                st.rerun()


def _draw_file(place: Place, one: Release, file: KeptFile) -> None:
    def handed_out() -> bytes:
        return place.store.releases.hand_out(place.person.id, one.id, file.ending)

    st.download_button(
        as_label(f"Take {file.name}"),
        handed_out,
        file.name,
        KINDS.get(file.ending),
        key=f"take {one.id} {file.ending}",
        help=size_in_words(file),
    )
