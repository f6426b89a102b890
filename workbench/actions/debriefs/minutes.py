"""Minutes in words: which meeting, what is to be done by whom, what is carried over."""

from __future__ import annotations

from datetime import date

from coding.study import Person
from data.storage import StudyStore
from data.storage.debriefs.debrief_records import (
    Debrief,
    DebriefAction,
)
from data.storage.evidence.evidence_records import Evidence, Holder, HolderKind
from workbench.actions.debriefs.hypotheses import holder_of
from workbench.actions.memos.memos import day_of
from workbench.wording import day_in_words, joined_by_and


def meeting_in_words(debrief: Debrief) -> str:
    """Which meeting it was: form, number, waves and day."""
    waves = (
        joined_by_and([wave.name for wave in debrief.waves]) if debrief.waves else ""
    )
    after = f", {waves}" if waves else ""
    day = day_in_words(debrief.held_on)
    return f"{debrief.form.in_words} {debrief.number}{after}, {day}"


def state_in_words(debrief: Debrief) -> str:
    """Whether the minutes are a draft or closed, by whom and when."""
    if debrief.closed_at is None:
        return "Draft"
    return f"Closed by {debrief.closed_by}, {day_of(debrief.closed_at)}"


def action_in_words(action: DebriefAction, today: date) -> str:
    """Who does it by when, and whether it is done, open or past its day."""
    if action.done_on:
        return f"{action.owner}. Done on {day_in_words(action.done_on)}."
    if not action.due_on:
        return f"{action.owner}, no date set. Open."
    late = date.fromisoformat(action.due_on) < today
    state = "Open, past its day." if late else "Open."
    return f"{action.owner}, by {day_in_words(action.due_on)}. {state}"


def carried_in_words(action: DebriefAction, today: date) -> str:
    """The same for an action of an earlier meeting, with which one."""
    return f"{action_in_words(action, today)} From meeting {action.debrief_number}."


def open_actions_for(store: StudyStore, person: Person) -> list[DebriefAction]:
    """Every open action, the person's own first."""
    found = store.debriefs.actions.open_actions()
    return sorted(found, key=lambda one: one.owner_id != person.id)


def may_mark_done(person: Person, action: DebriefAction, *, writes: bool) -> bool:
    """Whether a person may say that an action is done: its owner, or who writes."""
    return writes or action.owner_id == person.id


def evidence_on_the_table(
    store: StudyStore, debrief: Debrief, reader_id: str | None
) -> dict[str, list[Evidence]]:
    """The evidence of each hypothesis of a debrief, by the hypothesis.

    In closed minutes what it rested on that day; in a draft what it rests on now.
    """
    found = {}
    for one in debrief.discussed:
        holder = (
            Holder(HolderKind.MINUTES, one.id)
            if debrief.is_closed
            else holder_of(one.hypothesis_id)
        )
        found[one.hypothesis_id] = store.evidence.of(holder, reader_id=reader_id)
    return found
