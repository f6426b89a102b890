"""Waves of a staff survey read against each other, in words; service users' never."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from data.figures.survey_toplines import Survey
from data.figures.topline_reading import ReadQuestion
from data.figures.wave_comparison import (
    Difference,
    NotCompared,
    WaveAssumption,
    WhyNot,
    compare_waves,
)
from workbench.wording import counted

_BY_CHANCE = 0.05


@dataclass(frozen=True, slots=True)
class StatementDifference:
    """What one statement says in two waves, a line for each answer."""

    statement: str
    waves: tuple[str, str]
    lines: tuple[str, ...]


def differences(
    survey: Survey, question: ReadQuestion, assumption: WaveAssumption | None
) -> tuple[StatementDifference, ...]:
    """Every statement that two neighbouring waves asked, in the order of the question.

    Nothing for a survey whose waves are never compared.
    """
    if not survey.waves_compared:
        return ()
    names = [wave.name for wave in question.waves]
    found = []
    for statement in question.statements:
        asked = [name for name in names if name in statement.waves]
        for earlier, later in zip(asked, asked[1:], strict=False):
            read = compare_waves(survey, statement, earlier, later, assumption)
            lines = tuple(difference_in_words(one) for one in read)
            if lines:
                found.append(
                    StatementDifference(statement.statement, (earlier, later), lines)
                )
    return tuple(found)


def difference_in_words(one: Difference | NotCompared) -> str:
    """A difference in one line: people first, then points, then whether it counts."""
    if isinstance(one, NotCompared):
        return f"{one.answer}: {one.why.value}" if one.answer else one.why.value
    way = "more" if one.change > 0 else "fewer"
    points = f"{abs(one.change):.1f} points {way}" if one.change else "no change"
    verdict = "beyond chance" if one.is_beyond_chance else "not to be told from chance"
    return (
        f"{one.answer}: {one.earlier:,} of {one.earlier_base:,}, then {one.later:,} of "
        f"{one.later_base:,} ({points}): {verdict}, {one.needed:.1f} points are needed."
    )


def assumption_in_words(
    assumption: WaveAssumption | None, compared: Sequence[StatementDifference]
) -> str:
    """The assumption the comparison stands on, and how many look so by chance alone."""
    if assumption is None:
        return (
            f"{WhyNot.NO_ASSUMPTION.value} Without it nobody can say which differences "
            "are larger than chance would make them."
        )
    tests = sum("points are needed" in line for one in compared for line in one.lines)
    chance = (
        f" Of {counted(tests, 'comparison')} about {max(1, round(tests * _BY_CHANCE))} "
        "would look beyond chance though nothing changed."
        if tests
        else ""
    )
    context = f" {assumption.context}" if assumption.context else ""
    return (
        "Two samples without overlap, each of "
        f"{100 * assumption.share:g}% of all staff, 95% level. Source: "
        f"{assumption.source}.{context}{chance}"
    )
