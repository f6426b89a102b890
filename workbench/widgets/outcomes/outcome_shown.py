"""One outcome opened: what is hoped for, how strong the evidence is, all strands."""

from __future__ import annotations

import streamlit as st

from data.rights import Right
from data.storage.evidence.evidence_records import Stance
from data.storage.outcomes.statement_records import OutcomeRead
from workbench import notices, session
from workbench.actions.outcomes.outcome_words import (
    evidence_in_words,
    gaps_in_words,
    level_in_words,
    standing_in_words,
)
from workbench.session import Place
from workbench.widgets.evidence.evidence_picker import draw_picker
from workbench.widgets.outcomes.model_shown import draw_part_form, part_markup
from workbench.widgets.outcomes.statement_form import (
    draw_scale,
    draw_statement_form,
    typed_words,
)
from workbench.widgets.outcomes.strands_shown import draw_strands
from workbench.widgets.typed_text import require_saved
from workbench.widgets.untrusted import as_html
from workbench.wording import as_sentence, day_in_words

_STYLE = """<style>
.wb-strength {max-width: 46rem; overflow-wrap: anywhere; line-height: 1.5}
.wb-strength p {margin: 0 0 8px; white-space: pre-wrap}
</style>"""


def draw_outcome(place: Place, read: OutcomeRead) -> None:
    """Draw it whole, with what this person may do with it."""
    may = session.may(Right.WRITE_FINDINGS)
    writes = may and not read.part.is_retired
    notices.draw(part_markup(read.part, is_heading=True))
    if may:
        with st.expander("Change how the outcome is worded"):
            draw_part_form(place, read.part)
    st.header("How strong the evidence is", anchor=False)
    notices.draw(
        f'<p class="wb-lead">{as_html(standing_in_words(read))} '
        f"{as_html(evidence_in_words(read))} {as_html(gaps_in_words(read))}</p>"
    )
    notices.show_saved("statement")
    draw_scale()
    if read.statement.is_final or not writes:
        _draw_words(read)
    else:
        draw_statement_form(place, read)
    _draw_stops(read)
    if writes:
        _draw_doings(place, read)
    _draw_past(place, read)
    st.header("All strands side by side", anchor=False)
    notices.show_saved("evidence")
    draw_strands(place, read, may_change=writes)
    if writes:
        st.header("Link evidence", anchor=False)
        draw_picker(
            place,
            read.part.holder,
            linked={(one.kind, one.thing_id) for one in read.evidence},
            stances=tuple(Stance),
        )


def _draw_words(read: OutcomeRead) -> None:
    words = read.statement.words
    if not read.statement.version:
        return
    said = (
        ("Level", level_in_words(read)),
        ("", words.statement),
        ("What limits it", words.limitations),
        ("What is missing", words.missing),
    )
    rows = "".join(
        f"<p>{f'<strong>{name}:</strong> ' if name else ''}"
        f"<bdi>{as_html(text)}</bdi></p>"
        for name, text in said
        if text
    )
    notices.draw(f'{_STYLE}<div class="wb-strength">{rows}</div>')


def _draw_stops(read: OutcomeRead) -> None:
    if not read.stops or not read.statement.version:
        return
    rows = "".join(
        f"<li><strong>{as_html(one.where)}</strong>: {as_html(as_sentence(one.found))} "
        f"{as_html(one.do_next)}</li>"
        for one in read.stops
    )
    head = "To be looked at again" if read.looks_again else "Before it is final"
    notices.draw(
        f'<div class="wb-empty"><p style="margin:0 0 4px"><strong>{head}</strong></p>'
        f'<ul style="margin:0;overflow-wrap:anywhere">{rows}</ul></div>'
    )


def _draw_doings(place: Place, read: OutcomeRead) -> None:
    store, person = place.store, place.person
    if not read.statement.version:
        return
    with notices.problems_shown():
        if read.statement.is_final:
            if st.button("Take it back to draft", key="statement back to draft"):
                store.outcomes.back_to_draft(person.id, read)
                notices.saved(
                    "It is a draft again; its words stay.", beside="statement"
                )
                st.rerun()
        elif st.button("Make it final", key="make statement final", type="primary"):
            if any(field.is_waiting for field in typed_words(read)):
                require_saved(["The statement"], "It stays a draft until then.")
            store.outcomes.make_final(person.id, read)
            notices.saved("The statement is final.", beside="statement")
            st.rerun()


def _draw_past(place: Place, read: OutcomeRead) -> None:
    earlier = place.store.outcomes.earlier(read.part.id)
    if not earlier:
        return
    with st.expander(f"What it said before ({len(earlier)})"):
        for one in earlier:
            words = one.words
            level = words.level.value.capitalize() if words.level else "No level"
            rest = "\n".join(
                part
                for part in (words.statement, words.limitations, words.missing)
                if part
            )
            day = day_in_words(one.said_until.date().isoformat())
            notices.draw(
                f'{_STYLE}<div class="wb-strength"><p class="wb-small">'
                f"{as_html(level)}. By {as_html(one.worded_by)}, until {day}</p>"
                f"<p><bdi>{as_html(rest)}</bdi></p></div>"
            )
