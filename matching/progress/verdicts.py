"""What a judge says of a pair's progress, area by area, always with the reason."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from matching.problems import MatchingProblem, MatchingRefused


class PairKind(StrEnum):
    """What stands beside a case: another case, or its own earlier time."""

    BETWEEN_CASES = "between_cases"
    WITHIN_CASE = "within_case"


class ProgressArea(StrEnum):
    """An area in which progress is compared, in the order it is judged."""

    FRONT_DOOR = "front_door"
    ASSESSMENT = "assessment"
    FAMILY = "family"
    ESCALATION = "escalation"
    PARTNERSHIP = "partnership"
    AT_3_MONTHS = "at_3_months"
    AT_6_MONTHS = "at_6_months"
    AT_12_MONTHS = "at_12_months"

    @property
    def in_words(self) -> str:
        """The area as pages name it."""
        return _AREA_WORDS[self]

    @property
    def needs_days(self) -> int:
        """The days of common follow-up without which there is nothing to compare."""
        return _AREA_DAYS.get(self, 0)


_AREA_WORDS = {
    ProgressArea.FRONT_DOOR: "Front door and allocation",
    ProgressArea.ASSESSMENT: "Assessment",
    ProgressArea.FAMILY: "Involving the family",
    ProgressArea.ESCALATION: "Decisions on escalation",
    ProgressArea.PARTNERSHIP: "Partnership",
    ProgressArea.AT_3_MONTHS: "Situation at 3 months",
    ProgressArea.AT_6_MONTHS: "Situation at 6 months",
    ProgressArea.AT_12_MONTHS: "Situation at 12 months",
}
_AREA_DAYS: Final = {
    ProgressArea.AT_3_MONTHS: 91,
    ProgressArea.AT_6_MONTHS: 183,
    ProgressArea.AT_12_MONTHS: 365,
}


def unseen_areas(common_days: int | None) -> tuple[ProgressArea, ...]:
    """The areas that cannot be compared over a common follow-up, in order.

    Where the records of one of two cases end before a time, its situation then is not
    known, and nobody is asked which of the two stood better. None where the follow-up
    cannot be reckoned: the reader of the files decides then.

    >>> [area.value for area in unseen_areas(183)], unseen_areas(None)
    (['at_12_months'], ())
    """
    if common_days is None:
        return ()
    return tuple(area for area in ProgressArea if area.needs_days > common_days)


class ProgressVerdict(StrEnum):
    """Which of two cases progressed more effectively in an area; the first three are
    ordered, *cannot tell* stands outside the order."""

    CONTEMPORARY = "contemporary"
    NO_DIFFERENCE = "no_difference"
    HISTORIC = "historic"
    CANNOT_TELL = "cannot_tell"

    @property
    def in_words(self) -> str:
        """The verdict as pages show it."""
        return _VERDICT_WORDS[self]


_VERDICT_WORDS = {
    ProgressVerdict.CONTEMPORARY: "Contemporary more effective",
    ProgressVerdict.NO_DIFFERENCE: "No real difference",
    ProgressVerdict.HISTORIC: "Historic more effective",
    ProgressVerdict.CANNOT_TELL: "Cannot tell",
}


@dataclass(frozen=True, slots=True)
class AreaVerdict:
    """One person's verdict on one area of a pair, and why.

    Raises MatchingRefused without a reason: a verdict is kept together with it.
    """

    area: ProgressArea
    verdict: ProgressVerdict
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise MatchingRefused(
                [
                    MatchingProblem(
                        "the reason is empty",
                        self.area.in_words,
                        "Write what in the two files makes you say so. "
                        "Nothing was saved.",
                    )
                ]
            )


@dataclass(frozen=True, slots=True)
class PairVerdicts:
    """What both judges said of one pair once both were through, and what they settled.

    ``first`` and ``second`` hold a verdict for each area judged, which lacks those that
    could not be seen; ``reconciled`` those areas on which the two came together
    afterwards.
    """

    pair: str
    kind: PairKind
    first: Mapping[ProgressArea, ProgressVerdict]
    second: Mapping[ProgressArea, ProgressVerdict]
    reconciled: Mapping[ProgressArea, ProgressVerdict]

    def differ_on(self) -> tuple[ProgressArea, ...]:
        """The areas on which the two said different things, in order."""
        return tuple(
            area
            for area in ProgressArea
            if area in self.first
            and area in self.second
            and self.first[area] is not self.second[area]
        )
