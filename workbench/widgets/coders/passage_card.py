"""Two readings of one passage side by side, and what is settled on it."""

from __future__ import annotations

import streamlit as st

from coding.agreement.differences import DifferenceKind
from data.storage.coders.coder_records import Decision
from workbench import notices, session
from workbench.actions.coders import settling
from workbench.actions.coders.settling import PassageShown
from workbench.session import Place
from workbench.widgets.coders.coder_style import draw_coders
from workbench.widgets.untrusted import as_html, as_label


def draw_passage(
    place: Place, passage: PassageShown, *, may_settle: bool, is_main: bool
) -> None:
    """Draw the readings, the way to the place, and the decision or the question."""
    with st.container(border=True, key=f"passage {passage.key}"):
        draw_coders(readings_markup(passage))
        session.link_to(
            "code",
            f"{passage.source_name}, turn {passage.turn_number}",
            source=passage.source_id,
            at=str(passage.start),
        )
        if passage.settled:
            _draw_settled(place, passage, may_settle=may_settle)
        elif may_settle:
            with notices.problems_shown():
                _ask(place, passage, is_main=is_main)


def readings_markup(passage: PassageShown) -> str:
    """The kind of difference and each coder's reading in a column of its own."""
    columns = []
    for number, reading in enumerate(passage.readings):
        style = "second" if number else "first"
        words = "".join(
            f'<mark class="{style}">{as_html(piece.words)}</mark>'
            if piece.is_marked
            else as_html(piece.words)
            for piece in reading.pieces
        )
        columns.append(
            f'<div class="wb-reading {style}"><h2>{as_html(reading.coder)}</h2>'
            f'<p class="codes">{as_html(reading.in_words)}</p>'
            f"<blockquote>{words}</blockquote></div>"
        )
    speaker = f", {as_html(passage.speaker)}" if passage.speaker else ""
    return (
        f'<p class="quiet">{passage.kind.in_words}{speaker}</p>'
        f'<div class="wb-readings">{"".join(columns)}</div>'
    )


def _draw_settled(place: Place, passage: PassageShown, *, may_settle: bool) -> None:
    notices.draw(f'<p class="wb-saved">✓ Settled: {as_html(passage.settled)}</p>')
    if may_settle and st.button("Take back", key=f"take back {passage.key}"):
        with notices.problems_shown():
            place.store.settling.take_back(
                place.person.id, passage.source_id, passage.decision_id
            )
            notices.saved("The decision was taken back.", beside="passages")
            st.rerun()


def _ask(place: Place, passage: PassageShown, *, is_main: bool) -> None:
    choices = _choices(passage)
    chosen = st.radio(
        "What do you settle on?",
        list(choices),
        index=None,
        format_func=lambda one: as_label(choices[one]),
        horizontal=True,
        key=f"settle {passage.key}",
    )
    code_id, words = "", ""
    if chosen == Decision.OTHER:
        code_id, words = _ask_other(place, passage)
    edges_alone = passage.kind is DifferenceKind.EDGES and chosen != Decision.OTHER
    why = st.text_input(
        "Why (may stay empty where only the edges differ)" if edges_alone else "Why",
        key=f"why {passage.key}",
        placeholder="What settled it. It is kept with the decision.",
    )
    if st.button(
        "Save decision",
        type="primary" if is_main else "secondary",
        disabled=chosen is None,
        key=f"save {passage.key}",
    ):
        reading_of = "" if chosen in list(Decision) else str(chosen)
        settling.decide(
            place.store,
            place.person,
            passage,
            Decision.READING if reading_of else Decision(str(chosen)),
            reading_of=reading_of,
            code_id=code_id,
            words=words,
            rationale=why or "",
        )
        notices.saved(
            f"The decision on turn {passage.turn_number} is kept. It stands under "
            "Settled, where it can be taken back.",
            beside="passages",
        )
        st.rerun()


def _choices(passage: PassageShown) -> dict[str, str]:
    """The readings that say something, by coder, and the other answers."""
    found = {
        one.coder_id: f"{one.coder}: {one.in_words}"
        for one in passage.readings
        if one.quotation
    }
    if len(found) > 1:
        found[Decision.BOTH.value] = (
            "Both, from the first word to the last"
            if passage.kind is DifferenceKind.EDGES
            else "Both"
        )
    found[Decision.NEITHER.value] = "Neither" if len(found) > 1 else "Not coded"
    found[Decision.OTHER.value] = "Another code or other edges"
    return found


def _ask_other(place: Place, passage: PassageShown) -> tuple[str, str]:
    book = place.store.codebook.codebook()
    names = {one.id: one.name for _, one in book.in_tree_order()}
    code_id = st.selectbox(
        "Code",
        list(names),
        index=None,
        format_func=names.__getitem__,
        key=f"other code {passage.key}",
        width=420,
    )
    words = st.text_area(
        "The words to code, as they stand in the transcript",
        value=passage.words,
        key=f"other words {passage.key}",
    )
    return code_id or "", words or ""
