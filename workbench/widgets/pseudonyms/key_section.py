"""The key on the page: opened, closed, sealed, backed up and brought back."""

from __future__ import annotations

import streamlit as st

from data.problems import DataProblem
from data.pseudonyms.key_file import ENDING, restriction_in_words
from data.storage.pseudonyms.key_storage import KeyStatus
from workbench import notices, session
from workbench.session import Place
from workbench.widgets.untrusted import as_label

_ROUND = "key round"


def draw_closed(place: Place, status: KeyStatus) -> None:
    """Draw how the key is opened, or what is wrong with it."""
    keys, who = place.store.pseudonym_key, place.person.id
    if status.problem:
        notices.show_problems(
            [DataProblem(status.problem, status.path.name, status.do_next)]
        )
        _draw_restore(place)
        return
    if not status.exists:
        notices.draw(
            '<div class="wb-empty"><p>No names are listed yet. The workbench looks for '
            "names in the sources, you decide on each once, and they are replaced all "
            "through the study.</p><p>Real names and their pseudonyms are kept in a "
            "key: a file of its own beside the study, in no backup and no report.</p>"
            "</div>"
        )
    words = "Open the key" if status.exists else "Begin the list of names"
    with notices.problems_shown(), st.form("open key", border=False):
        passphrase = (
            st.text_input("Passphrase of the key", type="password", width=420)
            if status.is_sealed
            else ""
        )
        if st.form_submit_button(words, type="primary"):
            keys.open(who, passphrase)
            st.rerun()
    st.caption("Each opening is noted with your name and the time, without any name.")
    with st.expander("Bring a key back from its backup"):
        _draw_restore(place)


def draw_open(place: Place, status: KeyStatus) -> None:
    """Draw what can be done with the key while it is open."""
    keys, who = place.store.pseudonym_key, place.person.id
    with st.expander("The key"):
        sealed = (
            "It is sealed with a passphrase: without it nobody can read it."
            if status.is_sealed
            else "It is not sealed: set a passphrase, so that the file alone is no use."
        )
        st.write(as_label(f"It lies in {status.path}. {restriction_in_words()}"))
        st.write(f"{sealed} It closes by itself after 15 minutes without use.")
        with notices.problems_shown():
            _draw_passphrase(place, status)
            with st.container(horizontal=True):
                if st.button("Prepare a backup of the key", key="key backup"):
                    session.remember("key to keep", True)
                if session.recall("key to keep"):
                    st.download_button(
                        "Download the key's backup",
                        lambda: keys.back_up(who),
                        f"{status.path.stem}{ENDING}",
                        "application/octet-stream",
                        key="key download",
                        on_click="ignore",
                    )
                if st.button("Close the key", key="close key"):
                    keys.close(who)
                    st.rerun()
            st.caption(
                "Backups of the study hold no key. Keep the key's backup elsewhere "
                "than the study: together they name everybody."
            )
        _draw_restore(place)


def _draw_passphrase(place: Place, status: KeyStatus) -> None:
    keys, who = place.store.pseudonym_key, place.person.id
    number = session.recall(_ROUND, 0)
    first = st.text_input(
        "New passphrase (12 characters or more)",
        type="password",
        key=f"passphrase {number}",
        width=420,
    )
    again = st.text_input(
        "The same again", type="password", key=f"passphrase again {number}", width=420
    )
    with st.container(horizontal=True):
        if st.button("Set the passphrase", key="set passphrase"):
            if first != again or not first:
                notices.show_problems(
                    [
                        DataProblem(
                            "The two are not the same."
                            if first
                            else "No passphrase is written.",
                            "Passphrase",
                            "Write it twice. Nothing was changed.",
                        )
                    ]
                )
                return
            keys.set_passphrase(who, first)
            session.remember(_ROUND, number + 1)
            notices.saved("The key is sealed. Nobody can open it without the words.")
            st.rerun()
        if status.is_sealed and st.button("Take the passphrase off", key="unseal"):
            keys.set_passphrase(who, "")
            notices.saved("The key is no longer sealed.")
            st.rerun()


def _draw_restore(place: Place) -> None:
    uploaded = st.file_uploader("A backup of the key", key="key to restore")
    if uploaded is None:
        return
    passphrase = st.text_input(
        "Its passphrase, if it has one", type="password", key="restore passphrase"
    )
    with notices.problems_shown():
        if st.button("Put this key in place", key="restore key"):
            aside = place.store.pseudonym_key.restore(
                place.person.id, uploaded.getvalue(), passphrase
            )
            kept = f" The file before it is kept as {aside.name}." if aside else ""
            notices.saved(f"The key is back.{as_label(kept)}")
            st.rerun()
