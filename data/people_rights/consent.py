"""What a participant agreed to: by use, on which form, when and how it was given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class Use(StrEnum):
    """What a participant can agree to; the value is also how it is stored."""

    INTERVIEW = "interview"
    QUOTATION = "quotation"
    ARCHIVE = "archive"
    RECONTACT = "recontact"

    @property
    def in_words(self) -> str:
        """The use as a page asks for it."""
        return _USES[self]


_USES = {
    Use.INTERVIEW: "The interview may be used in this study",
    Use.QUOTATION: "They may be quoted",
    Use.ARCHIVE: "It may be archived or used by later studies",
    Use.RECONTACT: "They may be contacted again",
}


class Answer(StrEnum):
    """What they said to one use."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not asked"

    @property
    def in_words(self) -> str:
        """The answer in words."""
        return self.value.capitalize()


class HowGiven(StrEnum):
    """How consent was given."""

    SIGNED = "signed form"
    SPOKEN = "spoken and recorded"
    ONLINE = "online form"
    BY_PARENT = "by a parent or carer"
    OTHER = "another way"

    @property
    def in_words(self) -> str:
        """The way in words."""
        return self.value.capitalize()


NOTHING_ASKED: Mapping[Use, Answer] = MappingProxyType(
    dict.fromkeys(Use, Answer.NOT_ASKED)
)


@dataclass(frozen=True, slots=True)
class Consent:
    """One record of consent; ``given_on`` is an ISO date or empty.

    ``recorded_by`` is a name. ``superseded_at`` is set once a later record took its
    place.
    """

    participant_id: str
    answers: Mapping[Use, Answer] = field(default_factory=lambda: NOTHING_ASKED)
    form_version: str = ""
    given_on: str = ""
    how: HowGiven | None = None
    note: str = ""
    id: str = ""
    recorded_by: str = ""
    recorded_at: datetime | None = None
    superseded_at: datetime | None = None

    @property
    def may_be_quoted(self) -> bool:
        """Whether nothing speaks against quoting them: a no does, a gap does not."""
        return self.answers[Use.QUOTATION] is not Answer.NO

    @property
    def in_words(self) -> str:
        """What they agreed to and what not, in a line.

        >>> Consent("p", {**NOTHING_ASKED, Use.INTERVIEW: Answer.YES}).in_words
        'Yes to interview. Not asked: quotation, archive, recontact'
        """
        by_answer = {
            answer: ", ".join(use for use in Use if self.answers[use] is answer)
            for answer in Answer
        }
        said = {
            "Yes to ": by_answer[Answer.YES],
            "No to ": by_answer[Answer.NO],
            "Not asked: ": by_answer[Answer.NOT_ASKED],
        }
        return ". ".join(start + uses for start, uses in said.items() if uses)
