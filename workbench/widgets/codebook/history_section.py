"""The history of the codebook, and taking a change back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import streamlit as st

from data.codebook_records import CodeChange
from workbench import notices
from workbench.actions.codebook.changes import change_in_words, details_in_words
from workbench.session import Place
from workbench.widgets.untrusted import as_html
from workbench.wording import day_in_words

_SHOWN = 30
_LONGEST = 240
_MOST_DETAILS = 8
_STILL_AT_HAND = timedelta(days=1)


def draw_history(place: Place, may_edit: bool, *, code_id: str = "") -> None:
    """Draw what was changed, newest first, with the way to take each back."""
    changes = place.store.code_changes.changes(
        reader_id=place.person.id, code_id=code_id, most=_SHOWN + 1
    )
    if not changes:
        st.write("Nothing was changed yet.")
    _draw_changes(place, changes[:_SHOWN], may_edit, f"history {code_id}")
    if len(changes) > _SHOWN:
        st.write(
            f"The last {_SHOWN} changes are shown; the codebook's report holds all."
        )


def draw_last(place: Place, may_edit: bool) -> None:
    """Draw one's own newest change of the last day with its Undo, also reloaded."""
    change = place.store.code_changes.last_to_undo(place.person.id)
    # What was done days ago is not taken back by a key pressed by chance.
    if change is not None and datetime.now(UTC) - change.done_at > _STILL_AT_HAND:
        change = None
    # A place of its own, empty or not: what stands below would start anew if it moved.
    with st.container(horizontal=True, vertical_alignment="center"):
        if may_edit and change is not None:
            _offer_undo(place, change, "last", "Undo", shortcut="Z")
            said = as_html(_shortened(change_in_words(change)).rstrip(". "))
            notices.draw(f'<p class="wb-small">Your last change: {said}.</p>')


def _draw_changes(
    place: Place, changes: Sequence[CodeChange], may_edit: bool, key: str
) -> None:
    for change in changes:
        words, way = st.columns([8, 2], vertical_alignment="center")
        with words:
            notices.draw(_entry(change))
        if may_edit and change.can_be_undone:
            with way:
                _offer_undo(place, change, key, "Undo")


def _offer_undo(
    place: Place, change: CodeChange, key: str, label: str, shortcut: str | None = None
) -> None:
    if st.button(label, key=f"undo {key} {change.number}", shortcut=shortcut):
        with notices.problems_shown():
            place.store.code_changes.undo(place.person.id, change.number)
            notices.saved(f"Taken back: {_shortened(change_in_words(change))}.")
            st.rerun()


def _entry(change: CodeChange) -> str:
    when = f"{day_in_words(change.done_at.date().isoformat())}, {change.done_at:%H:%M}"
    said = details_in_words(change)
    if len(said) > _MOST_DETAILS:
        more = len(said) - _MOST_DETAILS
        said = [*said[:_MOST_DETAILS], f"And {more:,} more."]
    details = "".join(f"<li>{as_html(_shortened(one))}</li>" for one in said)
    why = f"<br>Why: {as_html(change.reason)}" if change.reason else ""
    back = f"<br>Taken back by {as_html(change.undone_by)}." if change.undone_at else ""
    return (
        f'<p style="margin:0;overflow-wrap:anywhere"><strong>'
        f"{as_html(_shortened(change_in_words(change)))}</strong></p>"
        f'<p class="wb-small">{as_html(change.done_by)}, {when}, change {change.number}'
        f'{why}{back}</p><ul class="wb-small" style="overflow-wrap:anywhere">{details}'
        "</ul>"
    )


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} ..."
