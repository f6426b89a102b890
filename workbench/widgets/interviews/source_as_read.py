"""A source with its turns as pages show them, read once for all who read it."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from data.sources import StoredSource
from workbench import session
from workbench.actions.interviews import coding_desk
from workbench.actions.interviews.pane_content import PaneTurn
from workbench.caches import forgotten_when_erased
from workbench.session import Place


@dataclass(frozen=True, slots=True)
class SourceAsRead:
    """A source, its turns, and what tells its text and speakers from another state."""

    source: StoredSource
    turns: tuple[PaneTurn, ...]
    version: str


def source_as_read(place: Place, source_id: str) -> SourceAsRead:
    """The source as it stands; raises LookupError where it has just gone."""
    speakers = place.store.sources.speakers(source_id)
    # Texts change where words are corrected or withdrawn, and by who speaks.
    mapped = ",".join(str(one.version) for one in speakers)
    consents = place.store.consent.standing().values()
    unquoted = sorted(one.participant_id for one in consents if not one.may_be_quoted)
    seal = place.store.sources.seal(source_id)
    version = f"{seal} {mapped}"
    return SourceAsRead(
        *_read(session.study(), source_id, version, ",".join(unquoted)), version
    )


# All who read the text may share what was read once.
@forgotten_when_erased
@st.cache_resource(show_spinner=False, max_entries=30)
def _read(
    study: str, source_id: str, version: str, unquoted: str
) -> tuple[StoredSource, tuple[PaneTurn, ...]]:
    del study, version  # they only tell one answer from another
    source = session.store().sources.read(source_id)
    if source is None:
        raise LookupError("a source listed a moment ago is gone")
    return source, coding_desk.turns_of(source, unquoted.split(","))
