"""Supervising judgements: what waits, in words, and the steps a supervisor takes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coding.study import Person
from data.judging import GivenAs, SupervisedJudgement, SupervisionStep
from data.storage import StudyStore
from workbench.wording import counted

_STATES = {
    None: "Not looked at",
    SupervisionStep.ASKED_AGAIN: "Asked again",
    SupervisionStep.ANSWER: "Answered",
    SupervisionStep.SIGNED_OFF: "Signed off",
}


@dataclass(frozen=True, slots=True)
class SupervisedCase:
    """The judgements that count for a case now, and the readings before them.

    Of a settled case that is the one that decides it; until then each reading counts.
    """

    now: tuple[SupervisedJudgement, ...]
    earlier: tuple[SupervisedJudgement, ...] = ()

    @property
    def reference(self) -> str:
        """The reference of the contemporary case."""
        return self.now[0].saved.judgement.contemporary_id

    @property
    def waits(self) -> bool:
        """Whether a supervisor has something to do here."""
        return any(map(waits, self.now))

    def holds(self, judgement_id: str) -> bool:
        """Whether a judgement, current or earlier, is of this case."""
        return any(one.saved.id == judgement_id for one in (*self.now, *self.earlier))

    def is_of(self, person: Person) -> bool:
        """Whether a reading of the case, or its decision, is the person's own."""
        return any(
            person.id in one.saved.judge_ids for one in (*self.now, *self.earlier)
        )


def by_case(queue: Sequence[SupervisedJudgement]) -> list[SupervisedCase]:
    """The queue with one entry for each case, in the order it came in."""
    readings: dict[str, list[SupervisedJudgement]] = {}
    for one in queue:
        readings.setdefault(one.saved.contemporary_id, []).append(one)
    cases = []
    for ones in readings.values():
        decided = tuple(one for one in ones if one.saved.locked_at is not None)
        earlier = tuple(one for one in ones if one not in decided) if decided else ()
        cases.append(SupervisedCase(decided or tuple(ones), earlier))
    return cases


def counts_in_words(cases: Sequence[SupervisedCase]) -> str:
    """How many cases were judged and how many of them wait for a supervisor."""
    waiting = sum(one.waits for one in cases)
    return f"{counted(len(cases), 'case')} judged, {waiting:,} to look at."


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
    cases: Sequence[SupervisedCase], person: Person, after: str = ""
) -> str:
    """The id of the next judgement that waits for this supervisor, '' where none does.

    Cases they judged themselves are for somebody else.
    """
    start = next((at for at, one in enumerate(cases, 1) if one.holds(after)), 0)
    # The case it comes after is asked last: its other reading may wait as well.
    for case in [*cases[start:], *cases[:start]]:
        for one in case.now:
            if waits(one) and one.saved.id != after and not case.is_of(person):
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
