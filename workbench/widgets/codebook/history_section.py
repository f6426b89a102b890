"""The history of the codebook: taking a change back, and doing it again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import streamlit as st

from data.codebook_records import ChangeOffer, CodeChange
from workbench import notices
from workbench.actions.codebook.changes import (
    change_in_words,
    details_in_words,
    hindrances_in_words,
)
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
    """Draw Undo and Redo of one's own changes of the last day, also reloaded.

    What cannot be taken back or done again as things stand is said, with why.
    """
    store, person = place.store, place.person
    done = store.code_changes.last_to_undo(person.id)
    undone = store.code_changes.last_to_redo(person.id)
    # What was done days ago is not taken back by a key pressed by chance.
    if done is not None and _is_long_ago(done.change.done_at):
        done = None
    if undone is not None and _is_long_ago(undone.change.undone_at):
        undone = None
    # A place of its own, empty or not: what stands below would start anew if it moved.
    with st.container(horizontal=True, vertical_alignment="center"):
        if not may_edit:
            return
        said = []
        if done is not None:
            if not done.hindrances:
                _offer(place, done.change, "last", shortcut="Z")
            said.append(f"Your last change: {_named(done.change)}.{_why_not(done)}")
        if undone is not None:
            if not undone.hindrances:
                _offer(place, undone.change, "last", shortcut="Shift+Z")
            said.append(f"Taken back: {_named(undone.change)}.{_why_not(undone)}")
        if said:
            notices.draw(f'<p class="wb-small">{"<br>".join(map(as_html, said))}</p>')


def _is_long_ago(at: datetime | None) -> bool:
    return at is None or datetime.now(UTC) - at > _STILL_AT_HAND


def _draw_changes(
    place: Place, changes: Sequence[CodeChange], may_edit: bool, key: str
) -> None:
    offers = place.store.code_changes.offers(changes) if may_edit else {}
    for change in changes:
        words, way = st.columns([8, 2], vertical_alignment="center")
        offer = offers.get(change.number)
        with words:
            notices.draw(_entry(change, _why_not(offer) if offer else ""))
        if offer and not offer.hindrances:
            with way:
                _offer(place, change, key)


def _offer(
    place: Place, change: CodeChange, key: str, shortcut: str | None = None
) -> None:
    """The button that takes a change back, or does again one that was taken back."""
    label, task = ("Undo", "undo") if change.can_be_undone else ("Redo", "redo")
    if st.button(label, key=f"{task} {key} {change.number}", shortcut=shortcut):
        with notices.problems_shown():
            if change.can_be_undone:
                place.store.code_changes.undo(place.person.id, change.number)
                notices.saved(f"Taken back: {_named(change)}.")
            else:
                place.store.code_changes.redo(place.person.id, change.number)
                notices.saved(f"Done again: {_named(change)}.")
            st.rerun()


def _named(change: CodeChange) -> str:
    return _shortened(change_in_words(change)).rstrip(". ")


def _why_not(offer: ChangeOffer) -> str:
    if not offer.hindrances:
        return ""
    what = "taken back" if offer.change.can_be_undone else "done again"
    return f" It cannot be {what} now. {hindrances_in_words(offer.hindrances)}"


def _entry(change: CodeChange, why_not: str) -> str:
    when = f"{day_in_words(change.done_at.date().isoformat())}, {change.done_at:%H:%M}"
    said = details_in_words(change)
    if len(said) > _MOST_DETAILS:
        more = len(said) - _MOST_DETAILS
        said = [*said[:_MOST_DETAILS], f"And {more:,} more."]
    details = "".join(f"<li>{as_html(_shortened(one))}</li>" for one in said)
    why = f"<br>Why: {as_html(change.reason)}" if change.reason else ""
    back = f"<br>Taken back by {as_html(change.undone_by)}." if change.undone_at else ""
    back += " Done again since." if change.is_redone else ""
    back += f"<br>{as_html(why_not.strip())}" if why_not else ""
    return (
        f'<p style="margin:0;overflow-wrap:anywhere"><strong>'
        f"{as_html(_shortened(change_in_words(change)))}</strong></p>"
        f'<p class="wb-small">{as_html(change.done_by)}, {when}, change {change.number}'
        f'{why}{back}</p><ul class="wb-small" style="overflow-wrap:anywhere">{details}'
        "</ul>"
    )


def _shortened(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]} ..."
