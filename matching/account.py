"""The account of a pairing: everything a methods appendix has to say, as plain values.

It can be written as JSON as it stands. Time and version are not known here; who asks
adds them.
"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

from matching.cases import KnownAt
from matching.pairing import Pairing
from matching.plan import plan_as_mapping, plan_hash
from matching.sampling import Sampling


def account_of(pairing: Pairing, *, sampling: Sampling | None = None) -> dict[str, Any]:
    """The account: plan, its hash, counts by rule, pairs, unpaired, warnings.

    ``counts`` holds the cases of both eras and what each rule left, in order.
    ``total_distance`` adds the pairs' distances. ``sampling`` tells how the
    contemporary cases were chosen; where nobody could have recorded that, as with two
    tables outside a study, it is left out.
    """
    return {
        "plan": plan_as_mapping(pairing.plan),
        "plan_hash": plan_hash(pairing.plan),
        "counts": _counts(pairing),
        **({} if sampling is None else {"sampling": _sampling(sampling)}),
        "pairs": len(pairing.pairs),
        "unpaired": len(pairing.unpaired),
        "short": list(pairing.short),
        "total_distance": pairing.total_distance,
        "seed": pairing.plan.seed,
        "historic_used": _reuse(pairing),
        "incomplete_historic": {
            "in_pool": pairing.incomplete.in_pool,
            "pool": pairing.incomplete.pool,
            "in_pairs": pairing.incomplete.in_pairs,
            "pairs": pairing.incomplete.pairs,
        },
        "unpaired_cases": [
            {
                "contemporary": case.contemporary_id,
                "reason": case.reason,
                "nearest": case.nearest_id,
                "nearest_distance": case.nearest_distance,
                "ruled_out_by": case.ruled_out_by,
            }
            for case in pairing.unpaired
        ],
        "accepted_pairs": [list(pair) for pair in pairing.locked],
        "rejected_pairs": [list(pair) for pair in pairing.rejected],
        "overrides": [
            covariate.name
            for covariate in pairing.plan.covariates
            if covariate.override
        ],
        "warnings": warnings_of(pairing, sampling=sampling),
    }


def warnings_of(
    pairing: Pairing, *, sampling: Sampling | None = None
) -> list[dict[str, str]]:
    """What the result lacks or what a reader must know, each with what to do next."""
    warnings = [
        {"found": w.found, "where": w.where, "do_next": w.do_next}
        for w in pairing.warnings
    ]
    warnings.extend(_override_warnings(pairing))
    if pairing.unpaired:
        warnings.append(
            _warning(
                f"{len(pairing.unpaired)} of {pairing.contemporary} contemporary cases "
                f"{'has' if len(pairing.unpaired) == 1 else 'have'} no partner",
                "Unpaired cases",
                "Read the reason of each, and say whom the result is about.",
            )
        )
    if pairing.short:
        warnings.append(
            _warning(
                f"{len(pairing.short)} contemporary cases have fewer partners than the "
                f"{pairing.plan.ratio} the plan asks for",
                "Plan, ratio",
                "They keep the partners they have; say so in the report.",
            )
        )
    warnings.extend(_gap_warnings(pairing))
    warnings.extend(_sampling_warnings(sampling))
    return warnings


def effective_sample_size(times_used: list[int]) -> float:
    """How many historic cases used once would carry as much (Kish 1965).

    >>> effective_sample_size([1, 1, 1]), effective_sample_size([3])
    (3.0, 1.0)
    """
    squares = sum(times**2 for times in times_used)
    return sum(times_used) ** 2 / squares if squares else 0.0


def _warning(found: str, where: str, do_next: str) -> dict[str, str]:
    return {"found": found, "where": where, "do_next": do_next}


def _counts(pairing: Pairing) -> dict[str, Any]:
    return {
        "contemporary": pairing.contemporary,
        "historic": pairing.historic,
        "rules": [
            {
                "rule": step.rule,
                "pairs_left": step.pairs_left,
                "contemporary_left": step.contemporary_left,
                "historic_left": step.historic_left,
                "passed_by_gap": step.passed_by_gap,
            }
            for step in pairing.steps
        ],
    }


def _sampling(sampling: Sampling) -> dict[str, Any]:
    return {
        "counts": asdict(sampling.counts),
        "without_record": list(sampling.without_record),
        "records": [record.as_mapping() for record in sampling.records],
    }


def _sampling_warnings(sampling: Sampling | None) -> list[dict[str, str]]:
    missing = len(sampling.without_record) if sampling else 0
    if sampling is None or not missing:
        return []
    return [
        _warning(
            f"{missing} of {len(sampling.contemporary)} contemporary cases have no "
            "record of how they were chosen",
            "Contemporary cases",
            "Record it on the page Cases, or say in the report that they may have "
            "been picked by hand.",
        )
    ]


def _reuse(pairing: Pairing) -> dict[str, float]:
    uses: dict[str, int] = {}
    for pair in pairing.pairs:
        uses[pair.historic_id] = uses.get(pair.historic_id, 0) + 1
    return {
        "cases": len(uses),
        "most_often": max(uses.values(), default=0),
        "effective_sample_size": effective_sample_size(list(uses.values())),
    }


def _override_warnings(pairing: Pairing) -> list[dict[str, str]]:
    return [
        _warning(
            "the covariate is known only during the case and is used by override",
            f"Plan, covariate *{covariate.name}*",
            "Say in the report that the new practice may have shaped it.",
        )
        for covariate in pairing.plan.covariates
        if covariate.override and covariate.known is not KnownAt.AT_REFERRAL
    ]


def _gap_warnings(pairing: Pairing) -> list[dict[str, str]]:
    warnings = [
        _warning(
            f"{step.passed_by_gap} possible pairs passed this rule only because a "
            "value is not known",
            f"Plan, {step.rule}",
            "Fill the gaps, or list the field under *exact*, which no gap passes.",
        )
        for step in pairing.steps
        if step.passed_by_gap
    ]
    counts = pairing.incomplete
    if counts.pairs and counts.pool:
        in_pool = counts.in_pool / counts.pool
        in_pairs = counts.in_pairs / counts.pairs
        if in_pairs > in_pool + 2 * math.sqrt(in_pool * (1 - in_pool) / counts.pairs):
            warnings.append(
                _warning(
                    f"{in_pairs:.0%} of the paired historic files have a gap, "
                    f"against {in_pool:.0%} of all",
                    f'Plan, missing = "{pairing.plan.missing}"',
                    'Choose missing = "half", or fill the gaps.',
                )
            )
    return warnings
