"""What pairing a study and pairing two tables have in common."""

from __future__ import annotations

import platform
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
    return _version_of("workbench")


def deciding_versions(plan: MatchPlan) -> dict[str, str]:
    """The version of Python and of every library that decides a result, by name.

    Distances and balance come from numpy, the assignment from scipy; the likeness of
    notes, where the plan asks for it, from scikit-learn.
    """
    names = ["numpy", "scipy"]
    if plan.narrative:
        names.append("scikit-learn")
    return {
        "python": platform.python_version(),
        **{name: _version_of(name) for name in names},
    }


def _version_of(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"
