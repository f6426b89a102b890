"""What a file of records says: answers with their references, and what they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.exporters.framework_matrix.matrix_book import CitedQuotation

INTERNAL = "Internal, not to be shared: answers and quotations identify people."


@dataclass(frozen=True, slots=True)
class BookAnswer:
    """An answer as a file shows it; ``references`` are numbers of its quotations.

    ``asked`` is the question as the record's version words it, ``asked_in`` the version
    it was answered under, 0 where nobody answered. ``note`` says what a reader must
    know: that it was given to an earlier wording, that evidence changed.
    """

    asked: str
    state: str
    choice: str = ""
    words: str = ""
    asked_in: int = 0
    written_by: str = ""
    written_at: datetime | None = None
    references: tuple[int, ...] = ()
    note: str = ""

    @property
    def references_in_words(self) -> str:
        """The references as they stand in the text.

        >>> BookAnswer("", "Written", references=(3, 12)).references_in_words
        '[3] [12]'
        """
        return " ".join(f"[{number}]" for number in self.references)

    @property
    def in_words(self) -> str:
        """Choice, words and references; for an empty one its state in brackets."""
        said = ". ".join(part for part in (self.choice, self.words) if part)
        if not said:
            return f"({self.state})"
        return " ".join(part for part in (said, self.references_in_words) if part)


@dataclass(frozen=True, slots=True)
class BookRecord:
    """A record: whose interview, how far it is, an answer for each question asked.

    ``answers`` are by question's id; ``retired`` are answers to what is no longer
    asked. ``hidden`` says why a record may not be read, '' where it may.
    """

    source: str
    wave: str
    roles: str
    version: int
    completeness: str
    answers: dict[str, BookAnswer]
    retired: tuple[BookAnswer, ...] = ()
    hidden: str = ""
    is_begun: bool = True


@dataclass(frozen=True, slots=True)
class BookTemplate:
    """A template: its questions as last worded, every record, what versions changed."""

    name: str
    about: str
    questions: tuple[tuple[str, str], ...]
    records: tuple[BookRecord, ...]
    history: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswersBook:
    """Templates of a study, and the quotations their answers cite, each numbered."""

    study_name: str
    made_in_words: str
    made_by: str
    made_at: datetime
    templates: tuple[BookTemplate, ...]
    quotations: tuple[CitedQuotation, ...]
    notes: tuple[str, ...] = ()
