"""Templates and their records as they are asked for and read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from coding.analysis_templates.completeness import AnswerState, Completeness
from coding.analysis_templates.drafting import DraftLine
from coding.analysis_templates.questions import Question
from data.storage.evidence.evidence_records import Holder, HolderKind


@dataclass(frozen=True, slots=True)
class TemplateVersion:
    """The questions of a template under one number; unpublished, the next ones.

    ``version`` grows with each change to an unpublished one, so that two people do not
    overwrite each other.
    """

    id: str
    number: int
    questions: tuple[Question, ...]
    note: str = ""
    published_by: str = ""
    published_at: datetime | None = None
    version: int = 1

    @property
    def is_published(self) -> bool:
        """Whether records can be filled in it."""
        return self.published_at is not None

    def question(self, question_id: str) -> Question | None:
        """The question of that id, nothing where this version does not ask it."""
        return next((one for one in self.questions if one.id == question_id), None)


@dataclass(frozen=True, slots=True)
class Template:
    """A template with all its versions, the oldest first."""

    id: str
    name: str
    about: str
    versions: tuple[TemplateVersion, ...]
    version: int = 1
    is_put_away: bool = False

    @property
    def newest(self) -> TemplateVersion | None:
        """The newest published version, nothing before any is."""
        published = [one for one in self.versions if one.is_published]
        return published[-1] if published else None

    @property
    def unpublished(self) -> TemplateVersion | None:
        """The version that is being worked on, nothing where none is."""
        return next((one for one in self.versions if not one.is_published), None)

    def numbered(self, number: int) -> TemplateVersion | None:
        """The version of that number."""
        return next((one for one in self.versions if one.number == number), None)

    def last_wording(self, question_id: str) -> Question | None:
        """A question as the latest published version that asked it words it."""
        for one in reversed(self.versions):
            found = one.question(question_id) if one.is_published else None
            if found:
                return found
        return None


@dataclass(frozen=True, slots=True)
class AnswerWords:
    """What a person answers: one of the answers offered, words, or that it does not
    apply and why."""

    text: str = ""
    choice: str = ""
    is_not_applicable: bool = False
    reason: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is answered."""
        return not (self.text or self.choice or self.is_not_applicable)

    @property
    def in_words(self) -> str:
        """The answer as one text.

        >>> AnswerWords("From the first visit on.", "Yes").in_words
        'Yes. From the first visit on.'
        """
        if self.is_not_applicable:
            return f"Does not apply: {self.reason}"
        return ". ".join(part for part in (self.choice, self.text) if part)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question as it stands.

    ``version`` is 0 while nobody wrote and only a draft or evidence is there. ``draft``
    is what the machine chose and nobody confirmed. ``asked_in`` is the number of the
    version under which it was given.
    """

    id: str
    question_id: str
    words: AnswerWords = AnswerWords()
    draft: tuple[DraftLine, ...] = ()
    asked_in: int = 0
    written_by: str = ""
    written_at: datetime | None = None
    version: int = 0

    @property
    def state(self) -> AnswerState:
        """How far it is; a draft counts only while nobody has answered."""
        if self.words.is_not_applicable:
            return AnswerState.NOT_APPLICABLE
        if not self.words.is_empty:
            return AnswerState.WRITTEN
        return AnswerState.DRAFTED if self.draft else AnswerState.EMPTY

    @property
    def holder(self) -> Holder:
        """What its evidence is linked to."""
        return Holder(HolderKind.TEMPLATE_ANSWER, self.id)


@dataclass(frozen=True, slots=True)
class RecordPlace:
    """Which record is meant: a template and a source."""

    template_id: str
    source_id: str


@dataclass(frozen=True, slots=True)
class Record:
    """The record of one source: its answers by question, at one version.

    It has no id before anybody answered in it. Of one whose source may not be read now,
    it is only told that it is there.
    """

    id: str
    place: RecordPlace
    number: int
    answers: Mapping[str, Answer] = field(default_factory=dict)
    begun_by: str = ""
    version: int = 0
    is_hidden: bool = False

    def answer(self, question_id: str) -> Answer:
        """The answer to a question; one nobody touched has no id."""
        return self.answers.get(question_id) or Answer("", question_id)

    def completeness(self, asked: TemplateVersion) -> Completeness:
        """How far it is, over the questions of its version."""
        return Completeness.of(self.answer(one.id).state for one in asked.questions)


@dataclass(frozen=True, slots=True)
class EarlierAnswer:
    """What an answer said before: whose words, and until when."""

    number: int
    words: AnswerWords
    asked_in: int
    written_by: str
    said_until: datetime
