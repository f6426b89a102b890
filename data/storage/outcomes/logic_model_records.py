"""The logic model as people typed it, from what goes in to what is hoped for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.problems import DataProblem
from data.storage.evidence.evidence_records import Holder, HolderKind

LONGEST_NAME = 300
LONGEST_WORDS = 4_000
NOTHING_SAVED = "Nothing was saved."


class PartKind(StrEnum):
    """Where a part stands in the logic model, in the order of the model."""

    INPUT = "input"
    ACTIVITY = "activity"
    OUTPUT = "output"
    SHORT = "short-term outcome"
    MEDIUM = "medium-term outcome"
    LONG = "long-term outcome"

    @property
    def is_outcome(self) -> bool:
        """Whether evidence is gathered for it.

        >>> PartKind.SHORT.is_outcome, PartKind.OUTPUT.is_outcome
        (True, False)
        """
        return self in (PartKind.SHORT, PartKind.MEDIUM, PartKind.LONG)

    @property
    def heading(self) -> str:
        """What its parts are called together.

        >>> PartKind.ACTIVITY.heading, PartKind.LONG.heading
        ('Activities', 'Long-term outcomes')
        """
        if self is PartKind.ACTIVITY:
            return "Activities"
        return f"{self.value.capitalize()}s"


@dataclass(frozen=True, slots=True)
class PartWords:
    """What a part says. ``source`` names the document it is taken from.

    For outcomes, ``direction`` is the change that is expected, ``counts_for`` and
    ``counts_against`` what would count as evidence; elsewhere they are empty.
    """

    kind: PartKind
    name: str
    description: str = ""
    direction: str = ""
    counts_for: str = ""
    counts_against: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part as kept. ``number`` is how an outcome is cited, 0 for the others."""

    id: str
    number: int
    words: PartWords
    written_by: str
    written_at: datetime
    changed_by: str = ""
    changed_at: datetime | None = None
    is_retired: bool = False
    version: int = 1

    @property
    def label(self) -> str:
        """How an outcome is cited, '' for the others."""
        return f"O{self.number}" if self.number else ""

    @property
    def holder(self) -> Holder:
        """The outcome as what rests on evidence."""
        return Holder(HolderKind.OUTCOME, self.id)


@dataclass(frozen=True, slots=True)
class EarlierPart:
    """How a part was worded before, by whom, until when."""

    words: PartWords
    worded_by: str
    said_until: datetime


def tidy(words: PartWords) -> PartWords:
    """The words without blanks around them; what is an outcome's alone, only there."""
    is_outcome = words.kind.is_outcome
    return PartWords(
        words.kind,
        " ".join(words.name.split()),
        words.description.strip(),
        words.direction.strip() if is_outcome else "",
        words.counts_for.strip() if is_outcome else "",
        words.counts_against.strip() if is_outcome else "",
        words.source.strip(),
    )


def part_problems(words: PartWords) -> list[DataProblem]:
    """What is wrong with tidy words: nothing said, or too much."""
    problems = []
    if not words.name:
        problems.append(
            DataProblem("It is empty.", "Name", f"Name it. {NOTHING_SAVED}")
        )
    for text, where, most in (
        (words.name, "Name", LONGEST_NAME),
        (words.description, "Description", LONGEST_WORDS),
        (words.direction, "Expected direction", LONGEST_WORDS),
        (words.counts_for, "What would count for it", LONGEST_WORDS),
        (words.counts_against, "What would count against it", LONGEST_WORDS),
        (words.source, "Source", LONGEST_WORDS),
    ):
        if len(text) > most:
            problems.append(
                DataProblem(
                    f"It has {len(text):,} characters; {most:,} can be kept.",
                    where,
                    f"Shorten it. {NOTHING_SAVED}",
                )
            )
    return problems
