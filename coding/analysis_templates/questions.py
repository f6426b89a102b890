"""Questions of an analysis template: what is asked of every interview, and how."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from coding.problems import CodingProblem

LONGEST_HEADING = 200
LONGEST_GUIDANCE = 2_000
LONGEST_CHOICE = 80
FEWEST_CHOICES, MOST_CHOICES = 2, 12
MOST_QUESTIONS = 60
YES_NO_UNCLEAR = ("Yes", "No", "Unclear")


class AnswerKind(StrEnum):
    """How a question is answered; the value is also how it is stored."""

    LONG_TEXT = "long text"
    ONE_OF_A_LIST = "one of a list"
    YES_NO_UNCLEAR = "yes, no or unclear"
    SCALE = "scale"

    @property
    def in_words(self) -> str:
        """The kind as a list of choices reads.

        >>> AnswerKind.YES_NO_UNCLEAR.in_words
        'Yes, no or unclear'
        """
        return self.value.capitalize()

    @property
    def needs_choices(self) -> bool:
        """Whether a question of this kind brings its own answers to choose from."""
        return self in (AnswerKind.ONE_OF_A_LIST, AnswerKind.SCALE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as one version of a template words it.

    ``id`` stays the same through all versions: answers hang on it. ``choices`` are in
    the order shown, those of a scale from its lowest. ``for_whom`` is a free note on
    the strands or roles it is meant for. ``code_ids`` are the codes, or themes with all
    under them, that a draft is to draw on; none leaves it to likeness.
    """

    id: str
    heading: str
    guidance: str = ""
    kind: AnswerKind = AnswerKind.LONG_TEXT
    choices: tuple[str, ...] = ()
    for_whom: str = ""
    code_ids: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[str, ...]:
        """The answers to choose from; none for a long text.

        >>> Question("q", "Was there one worker?", kind=AnswerKind("scale"),
        ...          choices=("Never", "Always")).offered
        ('Never', 'Always')
        """
        if self.kind is AnswerKind.YES_NO_UNCLEAR:
            return YES_NO_UNCLEAR
        return self.choices if self.kind.needs_choices else ()

    @property
    def words(self) -> str:
        """Heading and guidance in one text: what is asked."""
        return ". ".join(part for part in (self.heading, self.guidance) if part)


def problems_of(questions: Sequence[Question]) -> list[CodingProblem]:
    """Everything that keeps the questions from being a template, each by its number."""
    if not questions:
        return [
            CodingProblem(
                "The template has no question.",
                "Questions",
                "Add at least one. Nothing was saved.",
            )
        ]
    found = []
    if len(questions) > MOST_QUESTIONS:
        found.append(
            CodingProblem(
                f"The template has {len(questions)} questions; {MOST_QUESTIONS} are "
                "the most that one record can hold.",
                "Questions",
                "Take some out, or make a second template. Nothing was saved.",
            )
        )
    taken: dict[str, int] = {}
    for number, one in enumerate(questions, start=1):
        found += _problems_of_one(one, number)
        name = one.heading.casefold()
        if name and name in taken:
            found.append(
                CodingProblem(
                    f"It asks the same as question {taken[name]}.",
                    f"Question {number}",
                    "Word it so that the two can be told apart. Nothing was saved.",
                )
            )
        taken.setdefault(name, number)
    return found


def _problems_of_one(one: Question, number: int) -> list[CodingProblem]:
    where = f"Question {number}"
    found = []
    if not one.heading:
        found.append(
            CodingProblem(
                "It has no words.", where, "Say what is asked. Nothing was saved."
            )
        )
    for name, words, longest in (
        ("question", one.heading, LONGEST_HEADING),
        ("guidance", one.guidance, LONGEST_GUIDANCE),
        ("note on whom it is for", one.for_whom, LONGEST_HEADING),
    ):
        if len(words) > longest:
            found.append(
                CodingProblem(
                    f"The {name} has {len(words):,} characters; {longest:,} are the "
                    "most.",
                    where,
                    f"Shorten it by {len(words) - longest:,}; what explains it fits "
                    "into the guidance. Nothing was saved.",
                )
            )
    if one.kind.needs_choices:
        found += _problems_of_choices(one.choices, where)
    return found


def _problems_of_choices(choices: Sequence[str], where: str) -> list[CodingProblem]:
    found = []
    if not FEWEST_CHOICES <= len(choices) <= MOST_CHOICES:
        found.append(
            CodingProblem(
                f"It offers {len(choices)} answers; {FEWEST_CHOICES} to {MOST_CHOICES} "
                "can be chosen from.",
                where,
                "Write each answer on a line of its own. Nothing was saved.",
            )
        )
    if len({one.casefold() for one in choices}) < len(choices):
        found.append(
            CodingProblem(
                "It offers the same answer twice.",
                where,
                "Take one of the two out. Nothing was saved.",
            )
        )
    if any(len(one) > LONGEST_CHOICE for one in choices):
        found.append(
            CodingProblem(
                f"One of its answers is longer than {LONGEST_CHOICE} characters.",
                where,
                "Shorten it. Nothing was saved.",
            )
        )
    return found
