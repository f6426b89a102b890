"""Balance: how alike the two groups are before pairing and after it.

Standardised mean differences are contemporary minus historic over one fixed spread,
the contemporary group's before pairing, at both stages: the choice advised for a focal
group by Stuart (2010) and made by MatchIt, so that a change is a change of means alone.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matching.cases import CasePool
from matching.comparing.covariates import (
    BoolArray,
    FloatArray,
    IntArray,
    ReadCovariate,
    ReadPool,
    read_pool,
)
from matching.comparing.distance import columns_of, spread_of
from matching.plan import CovariateKind, MatchPlan

NOT_KNOWN = "not known"
"""The level under which the share of gaps is listed."""


@dataclass(frozen=True, slots=True)
class BalanceRow:
    """One covariate, or one level of it, before and after pairing.

    Differences are in contemporary standard deviations (numbers and ranks n - 1;
    yes/no, levels, members and gaps sqrt(p (1 - p))), over known values. Variance
    ratios are contemporary over historic, for numbers and ranks. Nothing stands where
    there is no such figure: no spread, too few cases, no pairs.
    """

    covariate: str
    level: str
    smd_before: float | None
    smd_after: float | None
    variance_ratio_before: float | None
    variance_ratio_after: float | None


def balance_of_pairs(
    pool: CasePool, plan: MatchPlan, pairs: Sequence[tuple[str, str]]
) -> tuple[BalanceRow, ...]:
    """Balance before pairing and over these pairs of ids, covariate by covariate."""
    read = read_pool(pool, plan)
    rows = {case_id: place for place, case_id in enumerate(read.contemporary_ids)}
    columns = {case_id: place for place, case_id in enumerate(read.historic_ids)}
    return compare_balance(read, [(rows[c], columns[h]) for c, h in pairs])


def compare_balance(
    read: ReadPool, chosen: Sequence[tuple[int, int]]
) -> tuple[BalanceRow, ...]:
    """Balance before pairing and over these pairs of places.

    After pairing a contemporary case counts once, a historic case as often as used.
    """
    rows = np.array(sorted({row for row, _ in chosen}), dtype=np.int64)
    columns = np.array(sorted(column for _, column in chosen), dtype=np.int64)
    return tuple(
        line
        for covariate in read.covariates
        for line in _lines(covariate, rows, columns)
    )


def standardised_mean_difference(
    contemporary: FloatArray, historic: FloatArray, spread: float
) -> float | None:
    """Mean of the contemporary minus mean of the historic group, over the spread.

    Equal means differ by 0 whatever the spread; otherwise nothing without a spread.

    >>> standardised_mean_difference(np.array([3.0, 5.0]), np.array([2.0]), 4.0)
    0.5
    """
    if not len(contemporary) or not len(historic):
        return None
    apart = float(contemporary.mean() - historic.mean())
    if apart == 0:
        return 0.0
    return apart / spread if spread > 0 and math.isfinite(spread) else None


def variance_ratio(contemporary: FloatArray, historic: FloatArray) -> float | None:
    """Variance (n - 1) of the contemporary over that of the historic group.

    >>> variance_ratio(np.array([1.0, 5.0]), np.array([1.0, 3.0]))
    4.0
    """
    if len(contemporary) < 2 or len(historic) < 2:
        return None
    below = float(historic.var(ddof=1))
    return float(contemporary.var(ddof=1)) / below if below > 0 else None


def _lines(read: ReadCovariate, rows: IntArray, columns: IntArray) -> list[BalanceRow]:
    kind = read.covariate.kind
    left, right = columns_of(read, "contemporary"), columns_of(read, "historic")
    known_left, known_right = read.contemporary_known, read.historic_known
    paired_left, paired_right = _of(rows, known_left), _of(columns, known_right)
    has_ratio = kind in (CovariateKind.NUMBER, CovariateKind.ORDERED)
    lines = [
        _line(
            (read.covariate.name, level),
            (left[known_left, place], right[known_right, place]),
            (
                left[paired_left, place],
                right[paired_right, place],
            ),
            kind,
            has_ratio=has_ratio,
        )
        for place, level in enumerate(read.labels or ("",) * left.shape[1])
    ]
    gaps = (~known_left).astype(np.float64), (~known_right).astype(np.float64)
    lines.append(
        _line(
            (read.covariate.name, NOT_KNOWN),
            gaps,
            (gaps[0][rows], gaps[1][columns]),
            CovariateKind.YES_NO,
            has_ratio=False,
        )
    )
    return lines


def _of(places: IntArray, known: BoolArray) -> IntArray:
    return places[known[places]]


def _line(
    name: tuple[str, str],
    before: tuple[FloatArray, FloatArray],
    after: tuple[FloatArray, FloatArray],
    kind: CovariateKind,
    *,
    has_ratio: bool,
) -> BalanceRow:
    spread = float(spread_of(before[0][:, None], kind)[0])
    return BalanceRow(
        *name,
        standardised_mean_difference(*before, spread),
        standardised_mean_difference(*after, spread),
        variance_ratio(*before) if has_ratio else None,
        variance_ratio(*after) if has_ratio else None,
    )
