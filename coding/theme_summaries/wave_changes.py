"""Whether a theme is new, goes on or has faded from wave to wave, by a stated rule.

Waves are told apart only as far as the numbers bear it. Nobody of m people saying
something still leaves room for a share of 3/m who would (the rule of three; Hanley and
Lippman-Hand 1983). So a theme is called *new* only where the share who say it now is
above 3/m of the wave before, and *faded* likewise; more or fewer is said only where the
interval of the difference between two shares leaves out nought (Newcombe 1998, method
10). People were chosen and not drawn: the intervals keep small numbers from being
overread, and prove nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from coding.mentions import NO_WAVE
from coding.theme_summaries.said import Flags

_Z = 1.959964  # 95 per cent, both sides


class WaveState(StrEnum):
    """How a theme stands in a wave, after the waves before; the value is its word."""

    NOBODY_KNOWN = "nobody heard and coded"
    FIRST = "said in the first wave"
    FIRST_SILENT = "not said in the first wave"
    NEW = "new"
    FIRST_HEARD = "heard for the first time"
    PERSISTS = "persists"
    MORE = "persists, more people"
    FEWER = "persists, fewer people"
    BACK = "heard again"
    FADED = "faded"
    NOT_HEARD_NOW = "not heard this time"
    STILL_SILENT = "still not said"

    @property
    def needs_caution(self) -> bool:
        """Whether the numbers are too small to call it a change."""
        return self in (WaveState.FIRST_HEARD, WaveState.NOT_HEARD_NOW)


@dataclass(frozen=True, slots=True)
class SamePeople:
    """Those known in this wave and the one before, by when they say it."""

    both: int = 0
    only_now: int = 0
    only_before: int = 0
    neither: int = 0

    @property
    def people(self) -> int:
        """How many were heard and coded in both waves."""
        return self.both + self.only_now + self.only_before + self.neither


@dataclass(frozen=True, slots=True)
class WaveChange:
    """A theme in one wave: how many say it, of how many known, and what became of it.

    ``before`` is the last wave in which anybody was known, "" where there is none;
    ``said_before`` of ``known_before`` people said it then.
    """

    wave: str
    says: int
    known: int
    state: WaveState
    before: str = ""
    said_before: int = 0
    known_before: int = 0
    same: SamePeople = SamePeople()

    @property
    def other_people(self) -> int:
        """How many are known in this wave and were not in the one before."""
        return self.known - self.same.people


def wave_changes(
    waves: Sequence[str], says: Flags, known: Flags
) -> tuple[WaveChange, ...]:
    """What became of a theme in each wave, in order.

    ``says`` and ``known`` tell by wave and person who says it and of whom it is known
    either way; who says it is known. A wave in which nobody is known is passed over:
    the next is compared with the wave before it. Sources of no wave have no place in
    time and are left out.
    """
    found: list[WaveChange] = []
    before: int | None = None
    ever = False
    for at, wave in enumerate(waves):
        if wave == NO_WAVE:
            continue
        a, n = int(says[at].sum()), int(known[at].sum())
        if not n:
            found.append(WaveChange(wave, 0, 0, WaveState.NOBODY_KNOWN))
            continue
        if before is None:
            state = WaveState.FIRST if a else WaveState.FIRST_SILENT
            found.append(WaveChange(wave, a, n, state))
        else:
            b, m = int(says[before].sum()), int(known[before].sum())
            found.append(
                WaveChange(
                    wave,
                    a,
                    n,
                    state_after(a, n, b, m, said_earlier=ever),
                    waves[before],
                    b,
                    m,
                    _same_people(says, known, before, at),
                )
            )
        before, ever = at, ever or bool(a)
    return tuple(found)


def state_after(
    says: int, known: int, said_before: int, known_before: int, *, said_earlier: bool
) -> WaveState:
    """How a theme stands after the wave before.

    ``said_earlier`` tells whether anybody said it in any earlier wave.

    >>> state_after(5, 10, 0, 12, said_earlier=False).value
    'new'
    >>> state_after(1, 4, 0, 3, said_earlier=False).value
    'heard for the first time'
    >>> state_after(0, 12, 6, 10, said_earlier=True).value
    'faded'
    >>> state_after(0, 3, 2, 4, said_earlier=True).value
    'not heard this time'
    """
    if says and said_before:
        low, high = interval_of_difference(says, known, said_before, known_before)
        if low > 0:
            return WaveState.MORE
        return WaveState.FEWER if high < 0 else WaveState.PERSISTS
    if says:
        if said_earlier:
            return WaveState.BACK
        bears = is_more_than_silence(says, known, known_before)
        return WaveState.NEW if bears else WaveState.FIRST_HEARD
    if said_before:
        bears = is_more_than_silence(said_before, known_before, known)
        return WaveState.FADED if bears else WaveState.NOT_HEARD_NOW
    return WaveState.STILL_SILENT


def is_more_than_silence(says: int, known: int, silent: int) -> bool:
    """Whether the share who say it is above what so many silent people leave room for.

    The rule of three: with nobody of ``silent`` people saying it, a share of up to
    3/silent stays possible. One person alone never is.

    >>> is_more_than_silence(4, 10, 8), is_more_than_silence(4, 10, 7)
    (True, False)
    >>> is_more_than_silence(1, 1, 100)
    False
    """
    return says > 1 and says * silent > 3 * known


def score_interval(says: int, known: int) -> tuple[float, float]:
    """The score interval of a share, 95 per cent (Wilson 1927).

    >>> [round(one, 4) for one in score_interval(56, 70)]
    [0.6918, 0.877]
    """
    share, z2 = says / known, _Z * _Z
    middle = share + z2 / (2 * known)
    reach = _Z * math.sqrt(share * (1 - share) / known + z2 / (4 * known * known))
    whole = 1 + z2 / known
    return max(0.0, (middle - reach) / whole), min(1.0, (middle + reach) / whole)


def interval_of_difference(
    says: int, known: int, said_before: int, known_before: int
) -> tuple[float, float]:
    """The interval of the share now less the share before (Newcombe 1998, method 10).

    For two groups of different people. Of the same people it is wider than it need be,
    which calls fewer changes.

    >>> [round(one, 4) for one in interval_of_difference(56, 70, 48, 80)]
    [0.0524, 0.3339]
    """
    now, then = says / known, said_before / known_before
    low, high = score_interval(says, known)
    low_then, high_then = score_interval(said_before, known_before)
    down = math.hypot(now - low, high_then - then)
    up = math.hypot(high - now, then - low_then)
    return now - then - down, now - then + up


def _same_people(says: Flags, known: Flags, before: int, at: int) -> SamePeople:
    both = known[before] & known[at]
    then, now = says[before] & both, says[at] & both
    return SamePeople(
        int(np.sum(then & now)),
        int(np.sum(now & ~then)),
        int(np.sum(then & ~now)),
        int(np.sum(both & ~then & ~now)),
    )
