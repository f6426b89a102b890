"""What a person decided about a candidate, always with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matching.problems import MatchingProblem, MatchingRefused


class Suitability(StrEnum):
    """How well a historic case serves for comparison with a contemporary one."""

    GOOD_MATCH = "good_match"
    USABLE_WITH_CARE = "usable_with_care"
    NOT_COMPARABLE = "not_comparable"
    CANNOT_TELL = "cannot_tell"

    @property
    def is_comparable(self) -> bool:
        """Whether the two cases may be read side by side."""
        return self in (Suitability.GOOD_MATCH, Suitability.USABLE_WITH_CARE)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One person's decision on one candidate, and why.

    ``historic_id`` is '' where the decision is that no shown candidate suits; then
    the suitability is *not comparable* or *cannot tell*. ``chosen_rank`` is the rank
    at which the case was listed, nothing where none was chosen. Raises MatchingRefused
    without a rationale: a judgement is kept together with its reason.
    """

    contemporary_id: str
    historic_id: str
    suitability: Suitability
    rationale: str
    judge: str
    chosen_rank: int | None = None

    def __post_init__(self) -> None:
        problems = []
        if not self.rationale.strip():
            problems.append(
                MatchingProblem(
                    "the rationale is empty",
                    f"Judgement on case {self.contemporary_id}",
                    "Write a sentence on why this pair is or is not comparable. "
                    "Nothing was saved.",
                )
            )
        if not self.judge.strip():
            problems.append(
                MatchingProblem(
                    "nobody is named as the judge",
                    f"Judgement on case {self.contemporary_id}",
                    "Say who you are on the home page, then judge again. "
                    "Nothing was saved.",
                )
            )
        if not self.historic_id and self.suitability.is_comparable:
            problems.append(
                MatchingProblem(
                    "a comparable case is judged and none is chosen",
                    f"Judgement on case {self.contemporary_id}",
                    "Choose the historic case, or say that none is suitable. "
                    "Nothing was saved.",
                )
            )
        if problems:
            raise MatchingRefused(problems)

    @property
    def is_accepted(self) -> bool:
        """Whether the two cases now stand as a pair."""
        return bool(self.historic_id) and self.suitability.is_comparable
