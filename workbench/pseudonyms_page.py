"""Pseudonyms: names found in the sources, decided on once, replaced all through."""

from __future__ import annotations

import streamlit as st

from coding.language import load_names_reader
from coding.pseudonyms.proposals import SourcesRead
from coding.study import Role
from data.pseudonyms.key import PseudonymKey
from data.rights import Right, roles_in_words
from workbench import jobs, notices, session
from workbench.actions.pseudonyms import reviewing
from workbench.caches import forgotten_when_erased
from workbench.session import Place
from workbench.widgets.pseudonyms import (
    key_section,
    listed_names,
    replace_section,
    review_card,
)
from workbench.wording import counted

_JOB = "look for names"
_LEAD = (
    "Decide on each name once; every mention in every source follows. What is replaced "
    "is pseudonymised; it stays personal data for whoever holds the key."
)


def show() -> None:
    """Draw the key closed, or the review, the list and what replaces names."""
    place = session.place()
    notices.page_head("Pseudonyms", _LEAD)
    if not session.may(Right.HOLD_KEY):
        st.write(
            f"The role {Role(place.person.role).in_words.lower()} does not see real "
            f"names. Those who may: {roles_in_words(Right.HOLD_KEY)}."
        )
        return
    status = place.store.pseudonym_key.status(place.person.id)
    if not status.is_open:
        key_section.draw_closed(place, status)
        return
    with notices.problems_shown():
        key = place.store.pseudonym_key.opened(place.person.id)
        _draw_open(place, key)
        key_section.draw_open(place, status)


def _draw_open(place: Place, key: PseudonymKey) -> None:
    if not place.store.pseudonyms.text_hashes():
        notices.empty(
            "No sources yet. Add transcripts; they can be looked through before "
            "anybody reads them.",
            "Go to Transcripts",
            "transcripts",
        )
        listed_names.draw(place, None, None, key)
        return
    read = _read(place)
    found = reviewing.review(read, key) if read else None
    told = reviewing.counts(found, key)
    proposed = f"{told.proposed} proposed, " if found else ""
    st.write(
        f"{proposed}{told.confirmed} confirmed, {told.by_hand} added by hand, "
        f"{told.turned_down} turned down."
    )
    under_way = jobs.job_under(_job(place)) is not None
    if read is not None and found is not None:
        st.subheader("Proposed", anchor=False)
        review_card.draw(place, read, found, key)
        st.caption(load_names_reader().in_words)
    elif not under_way:
        _draw_look(place)
    listed_names.draw(place, read, found, key)
    replace_section.draw(
        place,
        key,
        is_next=found is not None and not found.proposals,
        is_waiting=found is not None and bool(found.proposals),
    )


def _draw_look(place: Place) -> None:
    number = len(place.store.pseudonyms.text_hashes())
    st.write(
        "Names that nobody listed are looked for by the language model on this "
        "computer, in about a minute for 30,000 words. It misses about one in five, "
        "and more in lower case: read on with an open eye."
    )
    if st.button(
        f"Look for names in {counted(number, 'source')}",
        type="primary",
        key="look for names",
    ):
        store = place.store
        jobs.start_job(
            _job(place),
            "Looking for names",
            lambda progress: reviewing.read_sources(store, progress),
        )
        st.rerun()


def _read(place: Place) -> SourcesRead | None:
    """What was read of the sources, unless they have changed since."""
    kept = _kept(session.study())
    fresh = jobs.show_job(_job(place))
    if isinstance(fresh, SourcesRead):
        kept["read"] = fresh
    read = kept.get("read")
    if read is not None and not reviewing.is_of_now(place.store, read):
        kept.clear()
        return None
    return read


@forgotten_when_erased
@st.cache_resource(show_spinner=False)
def _kept(address: str) -> dict[str, SourcesRead]:  # noqa: ARG001 - one for each study
    # Words of sources stay in memory while the workbench runs, never in a file.
    return {}


def _job(place: Place) -> str:
    return f"{_JOB} {place.person.id}"
