"""Reading toplines by question: statements, their answers, and the waves they stand in.

Nothing is added up or made into a percentage here: what is printed is what is read.
Two waves ask the same statement where its words are the same, letter case and
punctuation aside.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.figures.survey_toplines import Survey, SurveyTopline, bare_words

SMALL_BASE = 50
"""Of fewer people a percentage looks firmer than it is, so only counts are shown."""


@dataclass(frozen=True, slots=True)
class SurveyWave:
    """One wave of a survey: its name and when it was asked."""

    name: str
    fieldwork: str


@dataclass(frozen=True, slots=True)
class StatementInWave:
    """What one wave says of a statement: its base, and a figure for each answer.

    ``figures`` is keyed by the answer's words; an answer the wave does not list is not
    in it. ``notes`` are those of the figures, each once; one that belongs to a single
    answer of several begins with that answer.
    """

    base: int
    figures: Mapping[str, SurveyTopline]
    notes: tuple[str, ...] = ()

    @property
    def is_small(self) -> bool:
        """Whether so few people stand behind it that no percentage is shown."""
        return self.base < SMALL_BASE


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """A statement with its answers in printed order and, by wave name, what each says.

    A wave that did not ask it is not in ``waves``.
    """

    statement: str
    answers: tuple[str, ...]
    waves: Mapping[str, StatementInWave]


@dataclass(frozen=True, slots=True)
class ReadQuestion:
    """A question of a survey: the waves that hold it, its statements, its sources."""

    question: str
    waves: tuple[SurveyWave, ...]
    statements: tuple[ReadStatement, ...]
    sources: tuple[str, ...] = ()

    @property
    def smallest_base(self) -> int:
        """The fewest people any statement is counted over, in any of its waves."""
        return min(
            inside.base for one in self.statements for inside in one.waves.values()
        )


def surveys_in(toplines: Iterable[SurveyTopline]) -> list[Survey]:
    """The surveys there are figures of, staff first."""
    found = {one.survey for one in toplines}
    return [survey for survey in Survey if survey in found]


def waves_in(toplines: Iterable[SurveyTopline], survey: Survey) -> list[SurveyWave]:
    """The waves of a survey, the first one first whichever file came in first."""
    found = {one.wave: one.fieldwork for one in toplines if one.survey is survey}
    return [SurveyWave(name, found[name]) for name in sorted(found, key=_in_order)]


def question_titles(
    toplines: Iterable[SurveyTopline], survey: Survey, waves: Sequence[str]
) -> dict[str, str]:
    """The questions of these waves, each with its number and what it is about.

    In the order of their numbers. A topic that changed between waves stands with both
    names.
    """
    about: dict[str, list[str]] = {}
    for one in toplines:
        if one.survey is survey and one.wave in waves:
            named = about.setdefault(one.question, [])
            topic = one.topic or one.statement
            if not any(bare_words(topic) == bare_words(known) for known in named):
                named.append(topic)
    return {
        question: f"{question} {' / '.join(about[question])}"
        for question in sorted(about, key=_in_order)
    }


def read_question(
    toplines: Iterable[SurveyTopline],
    survey: Survey,
    question: str,
    waves: Sequence[SurveyWave],
) -> ReadQuestion:
    """One question over these waves, statements in the order of the first that asks."""
    names = [wave.name for wave in waves]
    wanted = sorted(
        (
            one
            for one in toplines
            if one.survey is survey and one.question == question and one.wave in names
        ),
        key=lambda one: names.index(one.wave),
    )
    gathered: dict[str, list[SurveyTopline]] = {}
    for one in wanted:
        gathered.setdefault(bare_words(one.statement), []).append(one)
    return ReadQuestion(
        question,
        tuple(wave for wave in waves if any(wave.name == one.wave for one in wanted)),
        tuple(_read_statement(figures, names) for figures in gathered.values()),
        tuple(dict.fromkeys(one.source for one in wanted if one.source)),
    )


def _read_statement(
    figures: Sequence[SurveyTopline], waves: Sequence[str]
) -> ReadStatement:
    by_wave = {
        wave: [one for one in figures if one.wave == wave]
        for wave in waves
        if any(one.wave == wave for one in figures)
    }
    return ReadStatement(
        figures[0].statement,
        tuple(dict.fromkeys(one.answer for one in figures)),
        {
            wave: StatementInWave(
                listed[0].base, {one.answer: one for one in listed}, _notes(listed)
            )
            for wave, listed in by_wave.items()
        },
    )


def _notes(listed: Sequence[SurveyTopline]) -> tuple[str, ...]:
    answers: dict[str, list[str]] = {}
    for one in listed:
        if one.note:
            answers.setdefault(one.note, []).append(one.answer)
    # What is said of the statement as a whole goes before what is said of one answer.
    whole = [note for note, of in answers.items() if len(of) > 1 or len(listed) == 1]
    single = [f"{of[0]}: {note}" for note, of in answers.items() if note not in whole]
    return (*whole, *single)


def _in_order(name: str) -> tuple[int, str]:
    number = re.search(r"\d+", name, re.ASCII)
    return (int(number[0]) if number else 0, name)
