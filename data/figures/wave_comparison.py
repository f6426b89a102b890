"""Whether two waves of a staff survey differ, under the source's own assumption.

The assumption of the Stockport Family evaluation (Kantar Public 2017, appendix 1): the
waves are two independent samples without overlap, each of a stated share of all staff.
It is the careful one: people who answered twice would make smaller differences count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

from data.figures.survey_toplines import Survey, SurveyTopline
from data.figures.topline_reading import SMALL_BASE, ReadStatement, StatementInWave

AT_95_PER_CENT = 1.959964
"""The standard normal deviate that leaves 2.5 per cent on each side."""
FEWEST_EITHER_WAY = 5
"""Of fewer people who gave, or did not give, an answer the normal curve is no guide."""
_ROUNDING = 1.0  # points by which a printed percentage may differ from its count


@dataclass(frozen=True, slots=True)
class WaveAssumption:
    """What is assumed of a survey's waves: the share of everybody each of them reached.

    ``share`` lies above 0 and below 1. ``source`` says where that is stated,
    ``context`` what else a reader of a difference should know.
    """

    share: float
    source: str
    context: str = ""

    def __post_init__(self) -> None:
        """Refuse a share that cannot be one, or one that nobody stated."""
        if not 0 < self.share < 1:
            raise ValueError("a share of everybody lies between 0 and 1")
        if not self.source.strip():
            raise ValueError("an assumption says where it is stated")


class WhyNot(StrEnum):
    """Why two waves are not compared; the value reads as a sentence."""

    SERVICE_USERS = (
        "Service-user surveys are never compared over time: they are unweighted and "
        "not representative."
    )
    NO_ASSUMPTION = (
        "Not compared: nobody has said what share of all staff each wave reached."
    )
    SMALL_BASE = f"Not compared: fewer than {SMALL_BASE} people answered in a wave."
    NO_COUNT = "Not compared: a wave gives no count for one of the answers."
    SEVERAL_ANSWERS = (
        "Not compared: the printed counts add up to more people than were asked."
    )
    DO_NOT_FIT = "Not compared: a printed count and its percentage do not fit."
    FEW = (
        f"Not compared: fewer than {FEWEST_EITHER_WAY} people gave this answer, or did "
        "not give it, in a wave."
    )


@dataclass(frozen=True, slots=True)
class Difference:
    """One answer, or answers that say the same, in two waves.

    ``change`` is the later share less the earlier, in percentage points; ``needed`` how
    large a change must be to count, also in points.
    """

    answer: str
    earlier_wave: str
    earlier: int
    earlier_base: int
    later_wave: str
    later: int
    later_base: int
    change: float
    needed: float

    @property
    def is_beyond_chance(self) -> bool:
        """Whether the change is larger than chance alone would often make it."""
        return abs(self.change) > self.needed


@dataclass(frozen=True, slots=True)
class NotCompared:
    """An answer that is not compared, and why."""

    answer: str
    why: WhyNot


def difference_needed(
    first: float, first_base: int, second: float, second_base: int, share: float
) -> float:
    """How far two shares must lie apart to differ at the 95 % level, as a share.

    Shares lie between 0 and 1. Half the width of the confidence interval of a
    difference between independent samples, each variance made smaller by the finite
    population correction 1 - ``share`` (Cochran 1977, sections 2.6 and 3.2).

    The source's worked example: half agree in each of 112 and 105 people, one in five
    of all staff each; a difference has to be 12 points.

    >>> round(difference_needed(0.5, 112, 0.5, 105, 0.2), 2)
    0.12

    By hand: 0.25 * 0.8 * (1/112 + 1/105) = 0.003690; its root 0.06075; times 1.96.
    Without the correction it would be 13 points.

    >>> round(difference_needed(0.5, 112, 0.5, 105, 1e-9), 3)
    0.133
    """
    variance = (1 - share) * (
        first * (1 - first) / first_base + second * (1 - second) / second_base
    )
    return AT_95_PER_CENT * sqrt(variance)


def compare_waves(
    survey: Survey,
    statement: ReadStatement,
    earlier: str,
    later: str,
    assumption: WaveAssumption | None,
) -> tuple[Difference | NotCompared, ...]:
    """What a statement's answers say in two waves, each a difference or why not.

    On a scale of agreement those who agree, somewhat or strongly, are one answer and
    so are those who disagree, as the source counts them; elsewhere each answer is read
    by itself. Shares are of those who answered, as the printed percentages are.
    """
    if not survey.waves_compared:
        return (NotCompared("", WhyNot.SERVICE_USERS),)
    if earlier not in statement.waves or later not in statement.waves:
        return ()
    if assumption is None:
        return (NotCompared("", WhyNot.NO_ASSUMPTION),)
    first, second = statement.waves[earlier], statement.waves[later]
    for one in (first, second):
        if why := _unfit(one):
            return (NotCompared("", why),)
    return tuple(
        _compared(name, answers, (earlier, first), (later, second), assumption)
        for name, answers in _grouped(statement.answers).items()
    )


def _unfit(one: StatementInWave) -> WhyNot | None:
    """Why the printed figures of a wave cannot be compared, if they cannot."""
    counts = [figure.count for figure in one.figures.values()]
    if one.is_small:
        return WhyNot.SMALL_BASE
    if any(count is None for count in counts):
        return WhyNot.NO_COUNT
    answered = _answered(one)
    if answered > one.base:
        return WhyNot.SEVERAL_ANSWERS
    if answered < SMALL_BASE:
        return WhyNot.SMALL_BASE
    if any(_misfits(figure, answered) for figure in one.figures.values()):
        return WhyNot.DO_NOT_FIT
    return None


def _misfits(figure: SurveyTopline, answered: int) -> bool:
    if figure.percent is None or figure.count is None:
        return False
    # Some reports take percentages of those who answered, some of all who took part.
    return all(
        abs(figure.percent - 100 * figure.count / base) > _ROUNDING
        for base in (answered, figure.base)
    )


def _answered(one: StatementInWave) -> int:
    return sum(figure.count or 0 for figure in one.figures.values())


def _grouped(answers: tuple[str, ...]) -> Mapping[str, tuple[str, ...]]:
    """Answers that say the same by what they are called together.

    >>> list(_grouped(("Strongly agree", "Somewhat agree", "Neither agree nor disagree",
    ...     "Somewhat disagree", "Strongly disagree", "Don't know")))
    ['Agree', 'Disagree']
    >>> list(_grouped(("Yes", "No")))
    ['Yes', 'No']
    """
    agree, disagree = [], []
    for one in answers:
        words = one.casefold().split()
        if not words or words[0] == "neither":
            continue
        if words[-1] == "agree":
            agree.append(one)
        elif words[-1] == "disagree":
            disagree.append(one)
    if agree and disagree:
        return {"Agree": tuple(agree), "Disagree": tuple(disagree)}
    return {one: (one,) for one in answers}


def _compared(
    name: str,
    answers: tuple[str, ...],
    first: tuple[str, StatementInWave],
    second: tuple[str, StatementInWave],
    assumption: WaveAssumption,
) -> Difference | NotCompared:
    gave = [
        sum(one.figures[a].count or 0 for a in answers if a in one.figures)
        for _, one in (first, second)
    ]
    bases = [_answered(one) for _, one in (first, second)]
    few = any(
        min(count, base - count) < FEWEST_EITHER_WAY
        for count, base in zip(gave, bases, strict=True)
    )
    if few:
        return NotCompared(name, WhyNot.FEW)
    earlier, later = (c / b for c, b in zip(gave, bases, strict=True))
    needed = difference_needed(earlier, bases[0], later, bases[1], assumption.share)
    return Difference(
        name,
        first[0],
        gave[0],
        bases[0],
        second[0],
        gave[1],
        bases[1],
        100 * (later - earlier),
        100 * needed,
    )
