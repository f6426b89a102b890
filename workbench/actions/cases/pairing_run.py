"""What pairing a study and pairing two tables have in common."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib.metadata import PackageNotFoundError, version

from matching.cases import CasePool
from matching.plan import MatchPlan


def narrative_likeness(
    pool: CasePool, plan: MatchPlan
) -> Callable[[Sequence[tuple[str, str]]], Sequence[float | None]] | None:
    """What answers how alike two cases' notes read, where the plan asks for it.

    An id may stand in both eras: each is looked up among its own.
    """
    if not plan.narrative:
        return None
    eras = [
        {case.id: case.values.get(plan.narrative, "") for case in cases}
        for cases in (pool.contemporary, pool.historic)
    ]

    def likeness(pairs: Sequence[tuple[str, str]]) -> Sequence[float | None]:
        # Loading what weighs words takes a second, and few plans have a narrative.
        from coding.narratives.likeness import text_likeness

        texts = [(eras[0][one], eras[1][other]) for one, other in pairs]
        return text_likeness(texts, among=[*eras[0].values(), *eras[1].values()])

    return likeness


def workbench_version() -> str:
    """The version the account names, or that the workbench is not installed."""
    try:
        return version("workbench")
    except PackageNotFoundError:
        return "not installed"
