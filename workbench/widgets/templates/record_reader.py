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
from workbench.actions.templates import reader_content
from workbench.actions.templates.record_reading import RecordRead
from workbench.session import Place
from workbench.widgets.interviews.source_as_read import source_as_read
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
    shown = source_as_read(place, source_id)
    content = reader_content.reader_content(shown.turns, read.passages)
    client, last = session.recall(_DONE, ["", 0])
    linked = [one.thing_id for one in read.evidence_of(question_id)]
    data = {
        "content": content,
        "version": f"{source_id} {shown.version} {hash(read.passages)}",
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


def _turn_asked() -> str:
    asked = session.address("turn")
    return asked if asked.isascii() and asked.isdigit() and len(asked) < 9 else ""


def _nothing() -> None:
    """Only its presence matters: Streamlit passes on values that have a callback."""
