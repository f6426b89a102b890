"""How far a record is: the state of each answer, counted over questions and records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class AnswerState(StrEnum):
    """How far an answer is; a draft of the machine is no answer."""

    EMPTY = "Empty"
    DRAFTED = "Draft, not confirmed"
    WRITTEN = "Written"
    NOT_APPLICABLE = "Does not apply"

    @property
    def is_answered(self) -> bool:
        """Whether a person has answered: in words, or that it does not apply."""
        return self in (AnswerState.WRITTEN, AnswerState.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Completeness:
    """How many questions there are, and how many are answered, drafted and empty."""

    questions: int = 0
    answered: int = 0
    drafted: int = 0

    @classmethod
    def of(cls, states: Iterable[AnswerState]) -> Completeness:
        """What so many states come to, one for each question.

        >>> Completeness.of([AnswerState.WRITTEN, AnswerState.DRAFTED]).in_words
        '1 of 2 answered, 1 drafted and not confirmed'
        """
        counted = Counter(states)
        return cls(
            counted.total(),
            sum(n for state, n in counted.items() if state.is_answered),
            counted[AnswerState.DRAFTED],
        )

    @property
    def empty(self) -> int:
        """How many have neither an answer nor a draft."""
        return self.questions - self.answered - self.drafted

    @property
    def is_complete(self) -> bool:
        """Whether every question is answered; a record without questions is not."""
        return 0 < self.questions == self.answered

    @property
    def in_words(self) -> str:
        """How far it is, what is missing named where something is.

        >>> Completeness(8, 8).in_words, Completeness(8, 5).in_words
        ('All 8 answered', '5 of 8 answered, 3 empty')
        """
        if self.is_complete:
            return f"All {self.questions} answered"
        said = [f"{self.answered} of {self.questions} answered"]
        if self.drafted:
            said.append(f"{self.drafted} drafted and not confirmed")
        if self.empty:
            said.append(f"{self.empty} empty")
        return ", ".join(said)
