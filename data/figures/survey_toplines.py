"""Survey toplines: the published counts of a closed question, one for each answer.

A topline is kept as it was printed. Where a printed figure cannot be right its note
says so, and the figure stays.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Survey(StrEnum):
    """Who was asked; whether its waves may be read side by side follows from it."""

    STAFF = "Staff survey"
    SERVICE_USER = "Service-user survey"

    @property
    def waves_compared(self) -> bool:
        """Whether the waves may stand side by side.

        Those of a service-user survey may not: workers hand it to the families they
        meet, so each wave hears other families, and nobody knows which it missed.

        >>> Survey.STAFF.waves_compared, Survey.SERVICE_USER.waves_compared
        (True, False)
        """
        return self is Survey.STAFF


@dataclass(frozen=True, slots=True)
class SurveyTopline:
    """How many people gave one answer to one statement in one wave of a survey.

    ``count`` and ``percent`` are nothing where the source prints none; nobody is 0.
    ``base`` is the number of people the source counts over, as it states it. ``topic``
    is empty where a question has no statements of its own: ``statement`` then holds
    the question. ``fieldwork`` says when the wave was asked.
    """

    survey: Survey
    wave: str
    question: str
    statement: str
    answer: str
    count: int | None
    percent: float | None
    base: int
    topic: str = ""
    fieldwork: str = ""
    note: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse to exist without place or answer, or with an impossible number."""
        place = (self.wave, self.question, self.statement, self.answer)
        if not all(part.strip() for part in place):
            raise ValueError("a topline needs a wave, question, statement and answer")
        if self.base < 1:
            raise ValueError("a base is at least one person")
        if self.count is not None and self.count < 0:
            raise ValueError("a count of people is never below zero")
        if self.percent is not None and not 0 <= self.percent <= 100:
            raise ValueError("a percentage lies between 0 and 100")


def bare_words(text: str) -> str:
    """The words alone, by which a statement is known again in another wave or row.

    >>> bare_words("If I have an idea, I say it.")
    'if i have an idea i say it'
    """
    return " ".join(re.findall(r"\w+", text.casefold()))
