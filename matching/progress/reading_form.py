"""The case-reading form: what is looked for in a file, the same in every file.

A form is a list of questions. A study may change its form; each change is a new version
and readings keep the version they were made with.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from matching.problems import MatchingProblem, MatchingRefused


@dataclass(frozen=True, slots=True)
class ReadingQuestion:
    """One question: its key, the words, what helps to answer it, and offered answers.

    Without ``choices`` it is answered in the reader's own words.
    """

    key: str
    text: str
    help: str = ""
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadingForm:
    """The questions in their order.

    Raises MatchingRefused, with every problem, for a form without questions, a question
    without words, one asked twice, and a single choice.
    """

    questions: tuple[ReadingQuestion, ...]

    def __post_init__(self) -> None:
        problems = []
        if not self.questions:
            problems.append(_problem("the form asks nothing", "Case-reading form"))
        seen: set[str] = set()
        keys: set[str] = set()
        for place, one in enumerate(self.questions, 1):
            where = f"Question {place}"
            words = " ".join(one.text.split()).casefold()
            if not words:
                problems.append(_problem("a question has no words", where))
            elif words in seen:
                problems.append(_problem("the same question is asked twice", where))
            elif not one.key or one.key in keys:
                problems.append(_problem("a question has no key of its own", where))
            seen.add(words)
            keys.add(one.key)
            if len(one.choices) == 1:
                problems.append(_problem("only one answer is offered", where))
            if len(set(one.choices)) < len(one.choices):
                problems.append(_problem("an answer is offered twice", where))
        if problems:
            raise MatchingRefused(problems)

    def question(self, key: str) -> ReadingQuestion | None:
        """The question of that key, or nothing."""
        return next((one for one in self.questions if one.key == key), None)


def key_for(text: str, taken: set[str]) -> str:
    """A key for a new question, made of its first words and not taken yet.

    >>> key_for("Who took part?", {"who_took_part"})
    'who_took_part_2'
    """
    words = re.findall(r"[a-z0-9]+", text.casefold())[:6]
    base = "_".join(words) or "question"
    key, n = base, 1
    while key in taken:
        n += 1
        key = f"{base}_{n}"
    return key


_HOW_FAR = ("Yes", "In part", "No", "The file does not say")

DEFAULT_FORM = ReadingForm(
    (
        ReadingQuestion(
            "allocation",
            "How was the case allocated, and to whom?",
            "From contact to the first named worker: who decided, on what, how many "
            "hands it passed through.",
        ),
        ReadingQuestion(
            "child_seen",
            "Was the child seen, and seen alone, within the assessment?",
            "Look for the day and for what the child said.",
            _HOW_FAR,
        ),
        ReadingQuestion(
            "strengths",
            "Are strengths and protective factors weighed beside the worries?",
            "Both sides named, and both used in the decision.",
            _HOW_FAR,
        ),
        ReadingQuestion(
            "family_part",
            "Who of the family and network took part, and in what?",
            "Parents, carers, fathers who live elsewhere, grandparents, friends; "
            "visits, meetings, conferences.",
        ),
        ReadingQuestion(
            "plan_owned",
            "Is the plan the family's own, in words they would recognise?",
            "Who wrote it, who does what, whether the family's proposals are in it.",
            _HOW_FAR,
        ),
        ReadingQuestion(
            "partners",
            "Which partner agencies took part, and what did they do?",
            "School, health, police, housing, early help, voluntary sector; beyond "
            "being informed.",
        ),
        ReadingQuestion(
            "threshold",
            "What reasons are recorded for escalating, holding or stepping down?",
            "The decision, who made it, and the reason as written, restorative "
            "reasoning included.",
        ),
        ReadingQuestion(
            "worker_changes",
            "How often did the lead worker change?",
            "Count handovers the file names. Say so where it does not tell.",
            ("Never", "Once", "Twice or more", "The file does not say"),
        ),
        ReadingQuestion(
            "situation_3",
            "How do things stand for the child 3 months after referral?",
            "Safety, health, school, home, relationships; only what is recorded by "
            "then.",
        ),
        ReadingQuestion("situation_6", "And 6 months after referral?"),
        ReadingQuestion("situation_12", "And 12 months after referral?"),
    )
)
"""The form that ships; a study lead or embedded researcher may change it."""


def _problem(found: str, where: str) -> MatchingProblem:
    return MatchingProblem(
        found, where, "Correct the question and save again. Nothing was saved."
    )
