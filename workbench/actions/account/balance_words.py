"""Balance before and after pairing in words, with what chance alone would do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matching.balance import NOT_KNOWN, BalanceRow
from matching.checking.chance import sampling_error
from workbench.case_words import value_in_words
from workbench.wording import counted, listed

CLOSE_ENOUGH = 0.1
LOOK_AGAIN = 0.25
FEWEST_FOR_A_CHART = 10
"""Pairs below which a chart would promise more than it can show."""


@dataclass(frozen=True, slots=True)
class PairedGroups:
    """How many cases stand on either side of the pairs a balance is over.

    ``historic`` is the effective sample size: used twice, a case does not count twice.
    """

    contemporary: int
    historic: float

    def error(self, difference: float = 0.0) -> float:
        """How far a difference strays by chance between groups of this size."""
        return sampling_error(self.contemporary, self.historic, difference)


@dataclass(frozen=True, slots=True)
class BalanceLine:
    """One covariate or level in words, with its absolute differences.

    Differences are in standard deviations of the contemporary cases; nothing stands
    where there is no such figure. ``covariate`` is the name of what is compared, which
    has a line for each ``level``.
    """

    label: str
    before: float
    after: float | None
    signed_before: float
    signed_after: float | None
    variance_ratio_before: float | None
    variance_ratio_after: float | None
    covariate: str = ""
    level: str = ""

    @property
    def grew(self) -> bool:
        """Whether the groups are further apart after pairing."""
        return self.after is not None and self.after > self.before + 1e-9


def balance_lines(
    rows: Sequence[BalanceRow], titles: Mapping[str, str]
) -> list[BalanceLine]:
    """The balance in words, the largest difference before pairing first.

    Shares of gaps are listed only where either era has any. Levels that no
    contemporary case has are left out: without spread there is no figure.
    """
    lines = [
        BalanceLine(
            _label(row, titles),
            abs(row.smd_before),
            None if row.smd_after is None else abs(row.smd_after),
            row.smd_before,
            row.smd_after,
            row.variance_ratio_before,
            row.variance_ratio_after,
            row.covariate,
            row.level,
        )
        for row in rows
        if row.smd_before is not None
        and (row.level != NOT_KNOWN or row.smd_before or row.smd_after)
    ]
    return sorted(lines, key=lambda line: (-line.before, line.label))


def balance_in_words(
    lines: Sequence[BalanceLine], groups: PairedGroups | None = None
) -> str:
    """How many of the things compared are close enough, after pairing and before it.

    One that has several lines is close enough where all of them are. With ``groups``
    it says what lies beyond chance between groups of their size.
    """
    after = [line for line in lines if line.after is not None]
    shown = after or lines
    things = {line.covariate for line in shown}
    apart_before = {one.covariate for one in shown if one.before > CLOSE_ENOUGH}
    close_before = len(things - apart_before)
    if not after:
        return (
            f"{close_before} of {_things(len(things))} {_is(close_before)} close "
            "enough before pairing; nothing is paired yet."
        )
    apart = {one.covariate for one in after if (one.after or 0.0) > CLOSE_ENOUGH}
    close = len(things - apart)
    words = (
        f"{close} of {_things(len(things))} {_is(close)} close enough after pairing; "
        f"before, {close_before or 'none'} {'were' if close_before > 1 else 'was'}."
    )
    grew = [line.label for line in after if line.grew]
    if grew:
        named = ", ".join(grew[:3]) + (" and others" if len(grew) > 3 else "")
        words += f" Further apart after pairing: {named}."
    return f"{words} {_beyond_in_words(after, groups)}" if groups else words


def _beyond_in_words(lines: Sequence[BalanceLine], groups: PairedGroups) -> str:
    beyond = [one.label for one in lines if (one.after or 0.0) > groups.error()]
    if not beyond:
        return "None of the differences left is larger than chance alone would make it."
    larger = "is" if len(beyond) == 1 else "are"
    return (
        f"{len(beyond)} of {counted(len(lines), 'difference')} left {larger} larger "
        f"than chance alone would make {'it' if len(beyond) == 1 else 'them'}: "
        f"{listed(beyond)}."
    )


def _things(number: int) -> str:
    return f"{counted(number, 'thing')} compared"


def _is(number: int) -> str:
    return "is" if number == 1 else "are"


def word_of(line: BalanceLine) -> str:
    """What the usual limits say of a line after pairing, in a few words."""
    if line.after is None:
        return "no figure"
    if line.grew and line.after > CLOSE_ENOUGH:
        return "further apart after pairing"
    if line.after <= CLOSE_ENOUGH:
        return "close enough" + (", though further apart" if line.grew else "")
    return "look again" if line.after > LOOK_AGAIN else "fairly close"


def chance_in_words(groups: PairedGroups) -> str:
    """What chance alone does to a difference with so few cases, in two sentences.

    >>> chance_in_words(PairedGroups(13, 13.0))
    'With 13 pairs a difference of 0.4 arises by chance alone: about one in three \
strays further. The usual limit of 0.1 cannot be asked of so few.'
    >>> chance_in_words(PairedGroups(400, 400.0))
    'With 400 pairs a difference of 0.07 arises by chance alone: about one in three \
strays further.'
    """
    error = groups.error()
    shown = f"{error:.1f}" if error >= 0.1 else f"{error:.2f}"
    words = (
        f"With {counted(groups.contemporary, 'pair')} a difference of {shown} arises "
        "by chance alone: about one in three strays further."
    )
    if error > CLOSE_ENOUGH:
        words += f" The usual limit of {CLOSE_ENOUGH} cannot be asked of so few."
    return words


def reuse_in_words(account: Mapping[str, Any]) -> str:
    """How many historic cases serve the pairs, and what they carry (Kish 1965).

    >>> reuse_in_words({"pairs": 4, "historic_used": {"cases": 3, "most_often": 2,
    ...     "effective_sample_size": 2.6666}})
    '3 historic cases serve 4 pairs, the one used most 2 times. Together they carry as \
much as 2.7 cases used once (effective sample size, Kish 1965).'
    """
    used = account["historic_used"]
    pairs = account["pairs"]
    if not pairs:
        return "No historic case is used."
    serve = "serves" if used["cases"] == 1 else "serve"
    words = (
        f"{counted(used['cases'], 'historic case')} {serve} {counted(pairs, 'pair')}"
    )
    if used["most_often"] == 1:
        return f"{words}, each once: the effective sample size is {used['cases']:,}."
    return (
        f"{words}, the one used most {used['most_often']} times. Together they carry "
        f"as much as {used['effective_sample_size']:.1f} cases used once (effective "
        "sample size, Kish 1965)."
    )


def incomplete_in_words(account: Mapping[str, Any]) -> str:
    """How many historic files have a gap, in the pool and in the pairs."""
    told = account["incomplete_historic"]
    return (
        f"A gap in what is compared: {share(told['in_pool'], told['pool'])} historic "
        f"files, {share(told['in_pairs'], told['pairs'])} as paired."
    )


def share(part: int, whole: int) -> str:
    """A share as counts, with whole per cent only where a hundred bear them.

    >>> share(3, 14), share(30, 120), share(0, 0)
    ('3 of 14', '30 of 120 (25 %)', 'none')
    """
    if not whole:
        return "none"
    words = f"{part:,} of {whole:,}"
    return f"{words} ({part / whole:.0%})".replace("%", " %") if whole >= 100 else words


def total_in_words(total: float) -> str:
    """A total of distances as every page and report names it, in three decimals.

    >>> total_in_words(1.66349)
    'total distance 1.663'
    """
    return f"total distance {total:.3f}"


def number(value: float | None) -> str:
    """A figure with two decimals, a dash where there is none."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def _label(row: BalanceRow, titles: Mapping[str, str]) -> str:
    title = titles.get(row.covariate, row.covariate)
    if not row.level:
        return title
    if row.level == NOT_KNOWN:
        return f"{title}: not known"
    return f"{title}: {value_in_words(row.covariate, row.level, with_code=False)}"
