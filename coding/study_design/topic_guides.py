"""Topic guides: questions in order with their prompts, read from text and compared."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, utils

from coding.problems import CodingProblem, CodingRefused

LONGEST_QUESTION = 2_000
MOST_QUESTIONS = 1_000
REWORDED = 60.0
"""How alike (0 to 100) two questions must be to be called one that was reworded."""

_NUMBERED = re.compile(r"^(?:Q(?:uestion)?\s*)?\d{1,3}\s*[.):]\s+", re.IGNORECASE)
_PROMPT = re.compile(r"^(?:[-–—•*·▪◦]|[a-z][.)])\s+")
_INDENTED = re.compile(r"^(?:\t| {2,})")


@dataclass(frozen=True, slots=True)
class Question:
    """One question or topic; ``heading`` stands above it where a new part begins."""

    words: str
    prompts: tuple[str, ...] = ()
    heading: str = ""


@dataclass(frozen=True, slots=True)
class GuideChanges:
    """What one version of a guide changed of another; places are numbers from 1.

    ``reworded`` holds before and after; ``prompts`` and ``moved`` are questions whose
    words stayed.
    """

    added: tuple[Question, ...]
    removed: tuple[Question, ...]
    reworded: tuple[tuple[Question, Question], ...]
    prompts: tuple[tuple[Question, Question], ...]
    moved: tuple[tuple[Question, int, int], ...]

    @property
    def is_none(self) -> bool:
        """Whether the two ask the same in the same order."""
        return not (
            self.added or self.removed or self.reworded or self.prompts or self.moved
        )


def read_questions(text: str) -> list[Question]:
    """The questions of a text, one a line.

    A line that begins with a dash, a bullet or a letter with a bracket, or is indented,
    is a prompt of the question above it. Where any line is numbered, those that are not
    are headings of what follows; else headings are lines that begin with "#" or end
    with a colon. Numbers, dashes and bullets themselves are left out. Raises
    CodingRefused with every problem: nothing asked, a prompt before any question, a
    line too long, too many questions.
    """
    lines = text.splitlines()
    reading = _Reading(
        has_numbers=any(_NUMBERED.match(" ".join(line.split())) for line in lines)
    )
    for at, line in enumerate(lines, start=1):
        if line.strip():
            reading.take(at, line)
    problems = reading.all_problems()
    if problems:
        raise CodingRefused(problems)
    return reading.questions


def questions_as_text(questions: Iterable[Question]) -> str:
    """The questions as text that reads back as the same.

    >>> print(questions_as_text([Question("How long?", ("Here?",), "You")]))
    You
    1. How long?
    - Here?
    """
    lines = []
    for number, one in enumerate(questions, start=1):
        if one.heading:
            lines.append(one.heading)
        lines.append(f"{number}. {one.words}")
        lines += [f"- {prompt}" for prompt in one.prompts]
    return "\n".join(lines)


def compare_questions(
    before: Sequence[Question], after: Sequence[Question]
) -> GuideChanges:
    """What the later questions changed of the earlier ones.

    Questions of the same words are one, the nearest in order where several are. Of the
    rest those that are most alike are one reworded, if alike enough; the others were
    taken out or added. Moved are those of the same words that do not keep the longest
    common order.
    """
    same = _same_words(before, after)
    left = [at for at in range(len(before)) if at not in same]
    new = [at for at in range(len(after)) if at not in set(same.values())]
    reworded = _reworded(before, after, left, new)
    in_order = _longest_order([same[at] for at in sorted(same)])
    return GuideChanges(
        tuple(after[at] for at in new if at not in set(reworded.values())),
        tuple(before[at] for at in left if at not in reworded),
        tuple((before[at], after[to]) for at, to in sorted(reworded.items())),
        tuple(
            (before[at], after[to])
            for at, to in sorted(same.items())
            if before[at].prompts != after[to].prompts
        ),
        tuple(
            (after[to], at + 1, to + 1)
            for at, to in sorted(same.items())
            if to not in in_order
        ),
    )


class _Reading:
    """Lines taken one by one: questions so far, and the heading of what follows."""

    def __init__(self, *, has_numbers: bool) -> None:
        self._has_numbers = has_numbers
        self._heading: list[str] = []
        self._problems: list[CodingProblem] = []
        self.questions: list[Question] = []

    def take(self, at: int, line: str) -> None:
        """Read one line that says something; ``at`` is its number."""
        words = " ".join(line.split())
        if len(words) > LONGEST_QUESTION:
            self._problems.append(_too_long(at, len(words)))
        number = _NUMBERED.match(words)
        is_prompt = _PROMPT.match(words) or _INDENTED.match(line)
        if number and not (is_prompt and self.questions and not self._heading):
            self._ask(words[number.end() :])
        elif is_prompt:
            self._add_prompt(at, _PROMPT.sub("", words))
        elif self._has_numbers or words.startswith("#") or words.endswith(":"):
            self._heading.append(words.lstrip("# "))
        else:
            self._ask(words)

    def all_problems(self) -> list[CodingProblem]:
        """Every problem of the lines, and of the whole once all were taken."""
        problems = list(self._problems)
        if self._heading:
            problems.append(_nothing_under(self._heading[-1]))
        if not self.questions and not problems:
            problems.append(_nothing_asked())
        if len(self.questions) > MOST_QUESTIONS:
            problems.append(_too_many(len(self.questions)))
        return problems

    def _ask(self, words: str) -> None:
        self.questions.append(Question(words, (), " / ".join(self._heading)))
        self._heading.clear()

    def _add_prompt(self, at: int, prompt: str) -> None:
        if not self.questions or self._heading:
            self._problems.append(_prompt_alone(at))
            return
        last = self.questions[-1]
        self.questions[-1] = Question(last.words, (*last.prompts, prompt), last.heading)


def _same_words(
    before: Sequence[Question], after: Sequence[Question]
) -> dict[int, int]:
    places: dict[str, list[int]] = {}
    for at, one in enumerate(after):
        places.setdefault(one.words.casefold(), []).append(at)
    same = {}
    for at, one in enumerate(before):
        if waiting := places.get(one.words.casefold()):
            same[at] = waiting.pop(0)
    return same


def _reworded(
    before: Sequence[Question],
    after: Sequence[Question],
    left: Sequence[int],
    new: Sequence[int],
) -> dict[int, int]:
    plain_before = {at: utils.default_process(before[at].words) for at in left}
    plain_after = {at: utils.default_process(after[at].words) for at in new}
    alike = sorted(
        (-fuzz.ratio(plain_before[at], plain_after[to]), at, to)
        for at in left
        for to in new
    )
    found: dict[int, int] = {}
    taken: set[int] = set()
    for score, at, to in alike:
        if -score < REWORDED:
            break
        if at not in found and to not in taken:
            found[at] = to
            taken.add(to)
    return found


def _longest_order(places: Sequence[int]) -> set[int]:
    """The members of a longest rising run of places (Fredman, 1975)."""
    ends: list[int] = []
    chains: list[tuple[int, ...]] = []
    for place in places:
        at = bisect_left(ends, place)
        chain = (*(chains[at - 1] if at else ()), place)
        if at == len(ends):
            ends.append(place)
            chains.append(chain)
        else:
            ends[at], chains[at] = place, chain
    return set(chains[-1]) if chains else set()


def _too_long(at: int, length: int) -> CodingProblem:
    return CodingProblem(
        f"it has {length:,} characters, and a line of a guide has {LONGEST_QUESTION:,} "
        "at most",
        f"Line {at}",
        "Make several lines of it. Nothing was saved.",
    )


def _prompt_alone(at: int) -> CodingProblem:
    return CodingProblem(
        "a prompt stands before any question",
        f"Line {at}",
        "Write its question above it, or take the dash away. Nothing was saved.",
    )


def _nothing_under(heading: str) -> CodingProblem:
    return CodingProblem(
        "no question stands under the last heading",
        heading[:60],
        "Number the questions below it, or take it out. Nothing was saved.",
    )


def _nothing_asked() -> CodingProblem:
    return CodingProblem(
        "there is no question in it",
        "Topic guide",
        "Write one question a line, prompts below it with a dash. Nothing was saved.",
    )


def _too_many(number: int) -> CodingProblem:
    return CodingProblem(
        f"there are {number:,} questions, and {MOST_QUESTIONS:,} can be kept",
        "Topic guide",
        "Make several guides of it. Nothing was saved.",
    )
