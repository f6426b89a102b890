"""Supervising judgements: what waits, in words, and the steps a supervisor takes."""

from __future__ import annotations

from collections.abc import Sequence

from coding.study import Person
from data.judging import GivenAs, SupervisedJudgement, SupervisionStep
from data.storage import StudyStore

_STATES = {
    None: "Not looked at",
    SupervisionStep.ASKED_AGAIN: "Asked again",
    SupervisionStep.ANSWER: "Answered",
    SupervisionStep.SIGNED_OFF: "Signed off",
}


def state_in_words(one: SupervisedJudgement) -> str:
    """Where the supervision of a judgement stands."""
    return _STATES[one.state]


def waits(one: SupervisedJudgement) -> bool:
    """Whether a supervisor has something to do: look, or read an answer."""
    return one.state in (None, SupervisionStep.ANSWER)


def line_in_words(one: SupervisedJudgement) -> str:
    """One judgement as the supervisor's list names it."""
    judgement = one.saved.judgement
    part = GivenAs(one.saved.given_as)
    as_part = f", {part.in_words}" if part is not GivenAs.FIRST else ""
    return (
        f"{judgement.contemporary_id} · {judgement.judge}{as_part} · "
        f"{state_in_words(one)}"
    )


def next_to_supervise(
    queue: Sequence[SupervisedJudgement], person: Person, after: str = ""
) -> str:
    """The id of the next judgement that waits for this supervisor, '' where none does.

    Judgements of their own are for somebody else.
    """
    ids = [one.saved.id for one in queue]
    start = ids.index(after) + 1 if after in ids else 0
    for one in [*queue[start:], *queue[:start]]:
        if waits(one) and person.id not in one.saved.judge_ids:
            return one.saved.id
    return ""


def supervise(
    store: StudyStore,
    actor: Person,
    judgement_id: str,
    step: SupervisionStep,
    words: str,
) -> None:
    """Add a step to a judgement; see :meth:`SupervisionStorage.add`."""
    store.supervision.add(actor.id, judgement_id, step, words)
