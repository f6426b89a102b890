"""The plan of a pairing: what must be equal, what is compared, how far is too far.

A plan is a value: two plans with the same settings are equal and pair alike.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from matching.cases import KnownAt


class CovariateKind(StrEnum):
    """How a covariate's text is read and compared."""

    NUMBER = "number"
    CATEGORY = "category"
    ORDERED = "ordered"
    SET = "set"
    YES_NO = "yes_no"


class Distance(StrEnum):
    """The named distances; in each, lower is closer."""

    GOWER = "gower"
    MAHALANOBIS = "mahalanobis"


class Method(StrEnum):
    """How partners are chosen from the distances."""

    OPTIMAL = "optimal"
    NEAREST = "nearest"


class GapRule(StrEnum):
    """What a gap in a covariate does to the distance."""

    HALF = "half"
    DROP = "drop"
    LEVEL = "level"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Covariate:
    """A case characteristic that is compared, and how.

    ``range`` is the span that counts as wholly different (in the covariate's own
    unit; nothing means the span over both eras). ``caliper`` is the largest
    difference allowed, in the same unit; ``caliper_in_sd`` the same in standard
    deviations of the contemporary group before pairing. ``groups`` map category
    values to broader groups that count half when shared. ``levels`` give the order
    of an *ordered* covariate from lowest to highest. ``same_as`` maps codes to the
    common code they are read as before anything is compared, member by member in a
    set, so that a list that was split between the eras is no difference of cases.
    ``override`` admits a covariate known only *during* a case; the account prints it.
    """

    name: str
    kind: CovariateKind
    known: KnownAt | None = None
    weight: float = 1.0
    range: float | None = None
    caliper: float | None = None
    caliper_in_sd: float | None = None
    groups: Mapping[str, str] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    override: bool = False
    same_as: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Window:
    """How many days earlier a historic case must lie; both ends included.

    ``practice_start`` (ISO date, or empty): the historic date lies before it and the
    contemporary date on or after it. ``follow_up_days``: the historic date plus so
    many days is not after ``practice_start``.
    """

    date: str
    min_days: int
    max_days: int
    practice_start: str = ""
    follow_up_days: int | None = None


@dataclass(frozen=True, slots=True)
class MatchPlan:
    """Everything that decides a pairing, seed included.

    ``id`` names the column of case ids in a table. ``missing_values`` are values that
    mean *not known*; empty ones always do. ``ratio`` historic cases are wanted for
    each contemporary case; one historic case is used at most ``max_reuse`` times, 0
    meaning without limit. ``caliper`` bounds the whole distance. ``narrative`` names
    the text whose likeness is shown beside the distance and never enters it.
    """

    covariates: tuple[Covariate, ...]
    id: str = "case_id"
    exact: tuple[str, ...] = ()
    different: tuple[str, ...] = ()
    missing_values: tuple[str, ...] = ()
    distance: Distance = Distance.GOWER
    method: Method = Method.OPTIMAL
    ratio: int = 1
    max_reuse: int = 1
    candidates: int = 10
    missing: GapRule = GapRule.HALF
    caliper: float | None = None
    seed: int = 1
    window: Window | None = None
    narrative: str = ""


def plan_as_mapping(plan: MatchPlan) -> dict[str, Any]:
    """The plan in the words of PLAN.toml, settings that are not set left out.

    The order is always the same, so that two equal plans give equal text.
    """
    settings: dict[str, Any] = {
        "id": plan.id,
        "exact": list(plan.exact),
        "different": list(plan.different),
        "missing_values": list(plan.missing_values),
        "distance": plan.distance.value,
        "method": plan.method.value,
        "ratio": plan.ratio,
        "max_reuse": plan.max_reuse,
        "candidates": plan.candidates,
        "missing": plan.missing.value,
    }
    if plan.caliper is not None:
        settings["caliper"] = float(plan.caliper)
    settings["seed"] = plan.seed
    if plan.window is not None:
        settings["window"] = _window_as_mapping(plan.window)
    settings["covariate"] = [_covariate_as_mapping(c) for c in plan.covariates]
    if plan.narrative:
        settings["narrative"] = {"column": plan.narrative}
    return settings


def plan_hash(plan: MatchPlan) -> str:
    """The SHA-256 of the plan's settings, as 64 hexadecimal digits.

    Whole numbers and the same numbers with a point are one setting, and the order of
    groups and of codes read as one does not count: plans that are equal have one hash.
    """
    canonical = json.dumps(
        plan_as_mapping(plan), sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _window_as_mapping(window: Window) -> dict[str, Any]:
    settings: dict[str, Any] = {
        "date": window.date,
        "min_days": window.min_days,
        "max_days": window.max_days,
    }
    if window.practice_start:
        settings["practice_start"] = window.practice_start
    if window.follow_up_days is not None:
        settings["follow_up_days"] = window.follow_up_days
    return settings


def _covariate_as_mapping(covariate: Covariate) -> dict[str, Any]:
    settings: dict[str, Any] = {"name": covariate.name, "kind": covariate.kind.value}
    if covariate.known is not None:
        settings["known"] = covariate.known.value
    settings["weight"] = float(covariate.weight)
    for key, number in (
        ("range", covariate.range),
        ("caliper", covariate.caliper),
        ("caliper_sd", covariate.caliper_in_sd),
    ):
        if number is not None:
            settings[key] = float(number)
    if covariate.groups:
        settings["groups"] = dict(covariate.groups)
    if covariate.levels:
        settings["levels"] = list(covariate.levels)
    if covariate.override:
        settings["override"] = True
    if covariate.same_as:
        settings["same_as"] = dict(covariate.same_as)
    return settings


def fields_used(plan: MatchPlan) -> dict[str, str]:
    """Every column that decides the pairing, with its place in the plan in words."""
    used = dict.fromkeys(plan.exact, "exact")
    used |= {name: "different" for name in plan.different if name not in used}
    if plan.window is not None:
        used.setdefault(plan.window.date, "window")
    for covariate in plan.covariates:
        used.setdefault(covariate.name, "covariate")
    return used
