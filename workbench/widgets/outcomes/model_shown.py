"""The logic model: its parts in order, each with what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from data.rights import Right
from data.storage.outcomes.logic_model_records import (
    Part,
    PartKind,
    PartWords,
)
from workbench import notices, session
from workbench.session import Place
from workbench.widgets.untrusted import as_html, as_label
from workbench.wording import day_in_words

_STYLE = """<style>
.wb-part {max-width: 46rem; overflow-wrap: anywhere; line-height: 1.5}
.wb-part p {margin: 0 0 4px; white-space: pre-wrap}
.wb-part .wb-name {font-weight: 600}
.wb-part .wb-large {font-size: 1.375rem; line-height: 1.4; font-weight: 600}
</style>"""
_ROUND = "logic model round"
_OUTCOMES = [kind for kind in PartKind if kind.is_outcome]


def part_markup(part: Part, *, is_heading: bool = False) -> str:
    """A part as markup, every word escaped."""
    words = part.words
    rows = (
        ("", words.description),
        ("Expected", words.direction),
        ("Would count for it", words.counts_for),
        ("Would count against it", words.counts_against),
        ("Source", words.source),
    )
    said = "".join(
        f"<p>{f'<strong>{name}:</strong> ' if name else ''}"
        f"<bdi>{as_html(text)}</bdi></p>"
        for name, text in rows
        if text
    )
    label = f"{part.label} " if part.label else ""
    size = "wb-large" if is_heading else "wb-name"
    kind = f'<p class="wb-small">{as_html(words.kind.value.capitalize())}'
    kind += ", retired</p>" if part.is_retired else "</p>"
    return (
        f'{_STYLE}<div class="wb-part"><p class="{size}">{label}'
        f"<bdi>{as_html(words.name)}</bdi></p>{kind if is_heading else ''}{said}</div>"
    )


def draw_model(place: Place) -> None:
    """Draw the model by what goes in, is done, comes out and is hoped for."""
    writes = session.may(Right.WRITE_FINDINGS)
    parts = place.store.logic_model.parts()
    if not parts:
        notices.empty(
            "No logic model yet. It says what goes in, what is done, what comes out of "
            "it, and which outcomes are hoped for; evidence is gathered by outcome."
        )
    for kind in PartKind:
        listed = [one for one in parts if one.words.kind is kind]
        st.header(kind.heading, anchor=False)
        if not listed:
            notices.draw('<p class="wb-lead">None yet.</p>')
        for at, one in enumerate(listed, start=1):
            _draw_part(place, one, at, is_last=at == len(listed), writes=writes)
    if writes:
        _draw_new(place, is_first=not parts)
        _draw_retired(place, place.store.logic_model.parts(retired=True))


def _draw_part(
    place: Place, part: Part, at: int, *, is_last: bool, writes: bool
) -> None:
    named = part.label or f"{part.words.kind.value} {at}"
    with st.container(border=True, gap="small"):
        notices.draw(part_markup(part))
        if part.words.kind.is_outcome:
            session.link_to("outcomes", f"Open {part.label}", outcome=part.id)
        if not writes:
            return
        with st.container(horizontal=True), notices.problems_shown():
            for up, word, is_end in ((True, "up", at == 1), (False, "down", is_last)):
                if st.button(
                    as_label(f"Move {named} {word}"),
                    key=f"move part {word} {part.id}",
                    type="tertiary",
                    disabled=is_end,
                ):
                    place.store.logic_model.move(place.person.id, part.id, up=up)
                    st.rerun()
            if st.button(
                as_label(f"Retire {named}"), key=f"retire {part.id}", type="tertiary"
            ):
                place.store.logic_model.retire(place.person.id, part)
                notices.saved(
                    f"{named.capitalize()} was retired; it can be brought back below, "
                    "with its evidence and statement."
                )
                st.rerun()
        with st.expander(as_label(f"Change {named}")):
            draw_part_form(place, part)


def draw_part_form(place: Place, part: Part) -> None:
    """Draw the form of a part's words, and how it was worded before."""
    key = f"{part.id} {part.version}"
    kinds = (
        _OUTCOMES
        if part.words.kind.is_outcome
        else [kind for kind in PartKind if not kind.is_outcome]
    )
    with st.form(f"part {key}", border=False), notices.problems_shown_above():
        words = _fields(key, part.words, kinds)
        if st.form_submit_button("Save these words"):
            place.store.logic_model.change(place.person.id, part, words)
            notices.saved("Saved. How it was worded before is kept.")
            st.rerun()
    for one in place.store.logic_model.earlier(part.id):
        day = day_in_words(one.said_until.date().isoformat())
        said = "\n".join(
            text
            for text in (
                one.words.name,
                one.words.description,
                one.words.direction,
                one.words.counts_for,
                one.words.counts_against,
            )
            if text
        )
        notices.draw(
            f'{_STYLE}<div class="wb-part"><p class="wb-small">Before, by '
            f"{as_html(one.worded_by)}, until {day}</p>"
            f"<p><bdi>{as_html(said)}</bdi></p></div>"
        )


def _draw_new(place: Place, *, is_first: bool) -> None:
    at = session.recall(_ROUND, 0)
    with st.expander("Add to the logic model", expanded=is_first):
        kind = st.selectbox(
            "What it is",
            list(PartKind),
            index=list(PartKind).index(PartKind.SHORT),
            format_func=lambda one: one.value.capitalize(),
            key=f"new part kind {at}",
        )
        new = kind or PartKind.SHORT
        with st.form(f"new part {at}", border=False), notices.problems_shown_above():
            words = _fields(f"new {at}", PartWords(new, ""), [new])
            if st.form_submit_button(
                "Add it", type="primary" if is_first else "secondary"
            ):
                made = place.store.logic_model.add(place.person.id, words)
                session.remember(_ROUND, at + 1)
                notices.saved(f"Added{f' as {made.label}' if made.label else ''}.")
                st.rerun()


def _fields(key: str, words: PartWords, kinds: Sequence[PartKind]) -> PartWords:
    kind = words.kind
    if len(kinds) > 1:
        kind = st.selectbox(
            "Where it stands in the model",
            kinds,
            index=list(kinds).index(words.kind),
            format_func=lambda one: one.value.capitalize(),
            key=f"part kind {key}",
        )
    name = st.text_input("Name", words.name, key=f"part name {key}")
    description = st.text_area(
        "Description", words.description, key=f"part description {key}", height=70
    )
    outcome = dict.fromkeys(("direction", "counts_for", "counts_against"), "")
    if kind.is_outcome:
        for field, label in (
            ("direction", "Which change is expected"),
            ("counts_for", "What would count as evidence for it"),
            ("counts_against", "What would count as evidence against it"),
        ):
            outcome[field] = st.text_area(
                label, getattr(words, field), key=f"part {field} {key}", height=70
            )
    source = st.text_input("Source", words.source, key=f"part source {key}")
    return PartWords(
        kind, name or "", description or "", **outcome, source=source or ""
    )


def _draw_retired(place: Place, retired: Sequence[Part]) -> None:
    if not retired:
        return
    with st.expander(f"Retired ({len(retired)})"):
        for one in retired:
            notices.draw(part_markup(one))
            with st.container(horizontal=True), notices.problems_shown():
                if one.label:
                    session.link_to("outcomes", f"Open {one.label}", outcome=one.id)
                if st.button("Bring it back", key=f"bring part back {one.id}"):
                    place.store.logic_model.retire(place.person.id, one, away=False)
                    notices.saved("It is back in the logic model.")
                    st.rerun()
