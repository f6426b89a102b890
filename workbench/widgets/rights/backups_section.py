"""The register of backups: what they hold still, which are gone."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import streamlit as st

from data.rights import Right, roles_in_words
from workbench import notices, session
from workbench.actions.rights import withdrawing
from workbench.session import Place

_SAVED = "backups"


def draw(place: Place) -> None:
    """Draw every backup that was made, and the way to look into one."""
    notices.draw(
        '<p class="wb-lead">Erasing does not reach backups. They are listed here with '
        "where they were written, so that somebody can delete them.</p>"
    )
    notices.show_saved(_SAVED)
    if not session.may(Right.BACK_UP):
        st.caption(f"Backups are for: {roles_in_words(Right.BACK_UP)}.")
        return
    made = place.store.backups.made()
    if not made:
        notices.draw("<p>No backup was made yet.</p>")
    else:
        erased = place.store.backups.since_last_erasure()
        st.dataframe(
            pd.DataFrame(
                {
                    "Made": [
                        f"{one.made_at.astimezone():%d/%m/%Y %H:%M}" for one in made
                    ],
                    "File": [one.file_name for one in made],
                    "Where": [one.place or "saved from the browser" for one in made],
                    "By": [one.made_by for one in made],
                    "State": [
                        "Gone"
                        if one.gone_at
                        else "Holds what was erased since"
                        if erased and one.made_at < erased
                        else "Up to the last erasure"
                        for one in made
                    ],
                    "SHA-256": [one.sha256 for one in made],
                }
            ),
            hide_index=True,
            width="stretch",
        )
        _draw_gone(place)
    _draw_check(place)


def _draw_gone(place: Place) -> None:
    kept = {one.id: one for one in place.store.backups.made() if one.gone_at is None}
    with st.expander("Say that a backup is gone"), notices.problems_shown():
        chosen = st.selectbox(
            "Backup",
            list(kept),
            format_func=lambda one: (
                withdrawing.backup_in_words(kept[one]) if one in kept else ""
            ),
            index=None,
            placeholder="Choose the one that was deleted",
            key="backup gone",
        )
        if st.button("It is deleted", key="say gone") and chosen:
            place.store.backups.say_gone(place.person.id, chosen)
            notices.saved("The register was brought up to date.", beside=_SAVED)
            st.rerun()


def _draw_check(place: Place) -> None:
    with st.expander("Look into a backup"), notices.problems_shown():
        given = st.file_uploader(
            "A backup file",
            type=["sqlite"],
            help="It is read on this computer and not kept.",
            key="backup to check",
        )
        if given is not None:
            with tempfile.TemporaryDirectory() as folder:
                file = Path(folder) / "backup.sqlite"
                file.write_bytes(given.getvalue())
                checked = place.store.backups.check(file)
            st.info(withdrawing.checked_in_words(checked))
