"""The transcript beside a record; a click on a passage links it to the open answer."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import streamlit as st

from coding.problems import CodingRefused
from data.problems import DataRefused
from workbench import notices, session
from workbench.actions.interviews import coding_desk
from workbench.actions.interviews.pane_content import PaneTurn
from workbench.actions.templates import reader_content
from workbench.actions.templates.record_reading import RecordRead
from workbench.caches import forgotten_when_erased
from workbench.session import Place
from workbench.wording import problem_in_words

COMPONENT = "workbench.record_reader"
KEY = "record-reader"
_DONE = "record clicks done"
_REFUSED = "record clicks refused"
_MOST_REFUSED = 20


def carry_out_clicks(place: Place, read: RecordRead) -> bool:
    """Whether clicks of the browser were stored, each of them once.

    Asked before anything is drawn, so that all of the page shows what is linked.
    """
    asked: Mapping[str, Any] = (st.session_state.get(KEY) or {}).get("asked") or {}
    client, changes = reader_content.read_changes(asked)
    known, last = session.recall(_DONE, ["", 0])
    refused: list[Any] = list(session.recall(_REFUSED, []))
    if known != client:
        last, refused = 0, []
    has_stored = False
    for one in changes:
        if one.number <= last:
            continue
        try:
            reader_content.carry_out(place.store, read, place.person, one)
            has_stored = True
        except (DataRefused, CodingRefused) as refusal:
            words = " ".join(problem_in_words(p) for p in refusal.problems)
            refused.append([one.number, words])
        last = one.number
        session.remember(_DONE, [client, last])
        session.remember(_REFUSED, refused[-_MOST_REFUSED:])
    return has_stored


def draw(
    place: Place, read: RecordRead, question_id: str, *, may_link: bool, why_not: str
) -> None:
    """Draw the transcript; ``question_id`` is the answer that clicks go to."""
    source_id = read.record.place.source_id
    consents = place.store.consent.standing().values()
    unquoted = sorted(one.participant_id for one in consents if not one.may_be_quoted)
    seal = place.store.sources.seal(source_id)
    speakers = place.store.sources.speakers(source_id)
    mapped = ",".join(str(one.version) for one in speakers)
    turns = _turns(session.study(), source_id, mapped, seal, ",".join(unquoted))
    content = reader_content.reader_content(turns, read.passages)
    client, last = session.recall(_DONE, ["", 0])
    linked = [one.thing_id for one in read.evidence_of(question_id)]
    data = {
        "content": content,
        "version": f"{source_id} {seal} {mapped} {hash(read.passages)}",
        "question": question_id,
        "linked": linked,
        "may_link": may_link and bool(question_id),
        "why_not": why_not,
        "answers": {
            "client": client,
            "last": last,
            "refused": session.recall(_REFUSED, []),
        },
        "at": _turn_asked(),
        "dark": notices.is_dark(),
    }
    # Registered on each run: the runtime may be newer than this module's import.
    mount = st.components.v2.component(
        COMPONENT,
        html='<div class="record-reader-host"></div>',
        css=_style(),
        js="record_reader.js",
        isolate_styles=False,
    )
    mount(key=KEY, data=data, on_asked_change=_nothing)


@functools.cache
def _style() -> str:
    # With the message itself: fetched apart, the text would stand without it at first.
    style = Path(__file__).with_name("frontend") / "record_reader.css"
    return style.read_text("utf-8")


@forgotten_when_erased
@st.cache_resource(show_spinner=False, max_entries=10)
def _turns(
    study: str, source_id: str, mapped: str, seal: str, unquoted: str
) -> tuple[PaneTurn, ...]:
    del study, mapped, seal  # they only tell one answer from another
    source = session.store().sources.read(source_id)
    if source is None:
        raise LookupError("a source listed a moment ago is gone")
    return coding_desk.turns_of(source, unquoted.split(","))


def _turn_asked() -> str:
    asked = session.address("turn")
    return asked if asked.isascii() and asked.isdigit() and len(asked) < 9 else ""


def _nothing() -> None:
    """Only its presence matters: Streamlit passes on values that have a callback."""
