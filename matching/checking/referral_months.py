"""When the cases of both eras were referred: counts by month, all and paired.

Historic cases are not concurrent: thresholds and ways of recording differ by year, so
whoever reads the pairs wants to see which months they stand for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matching.cases import Case, CasePool


@dataclass(frozen=True, slots=True)
class ReferralMonth:
    """One month ("2023-05"): how many cases of each era, and how many are paired.

    A historic case that serves several pairs counts once.
    """

    month: str
    contemporary: int
    contemporary_paired: int
    historic: int
    historic_paired: int


@dataclass(frozen=True, slots=True)
class ReferralMonths:
    """Every month in which any case was referred, in order of time.

    ``undated`` counts cases of either era without a date that can be read.
    """

    months: tuple[ReferralMonth, ...]
    undated: int


def referral_months(
    pool: CasePool, pairs: Iterable[tuple[str, str]], column: str = "referral_date"
) -> ReferralMonths:
    """The cases of the pool by month of the date in ``column`` (ISO dates)."""
    chosen = list(pairs)
    contemporary, without = _by_month(pool.contemporary, column)
    historic, without_too = _by_month(pool.historic, column)
    paired, _ = _by_month(_only(pool.contemporary, {one for one, _ in chosen}), column)
    used, _ = _by_month(_only(pool.historic, {other for _, other in chosen}), column)
    return ReferralMonths(
        tuple(
            ReferralMonth(
                month,
                contemporary[month],
                paired[month],
                historic[month],
                used[month],
            )
            for month in sorted({*contemporary, *historic})
        ),
        without + without_too,
    )


def _only(cases: Sequence[Case], ids: set[str]) -> list[Case]:
    return [case for case in cases if case.id in ids]


def _by_month(cases: Sequence[Case], column: str) -> tuple[Counter[str], int]:
    months = [month_of(case.values.get(column, "")) for case in cases]
    return Counter(filter(None, months)), months.count("")


def month_of(text: str) -> str:
    """The month of a date as text, '' where it cannot be read.

    >>> month_of("2023-05-17"), month_of("May 2023")
    ('2023-05', '')
    """
    try:
        return date.fromisoformat(text.strip()).isoformat()[:7]
    except ValueError:
        return ""
