"""When waves were held: what cannot be, and what is worth a second look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from coding.problems import CodingProblem


@dataclass(frozen=True, slots=True)
class WaveTime:
    """From when until when a wave was held; ISO dates, '' where one is not known."""

    wave: str
    starts_on: str = ""
    ends_on: str = ""

    @property
    def is_told(self) -> bool:
        """Whether either day is known."""
        return bool(self.starts_on or self.ends_on)


def dates_problems(one: WaveTime) -> list[CodingProblem]:
    """What keeps a wave's dates from being saved: no days, or the wrong way round.

    >>> late, early = "2024-07-01", "2024-05-01"
    >>> [one.found for one in dates_problems(WaveTime("Wave 1", late, early))]
    ['it ends before it starts']
    """
    problems = []
    for day, which in ((one.starts_on, "start"), (one.ends_on, "end")):
        if day and not _is_day(day):
            problems.append(
                CodingProblem(
                    f"the {which} is no day of the calendar",
                    one.wave,
                    "Choose a day. Nothing was saved.",
                )
            )
    if not problems and one.starts_on and one.ends_on and one.ends_on < one.starts_on:
        problems.append(
            CodingProblem(
                "it ends before it starts",
                one.wave,
                "Exchange the two days, or correct one. Nothing was saved.",
            )
        )
    return problems


def overlaps(times: Sequence[WaveTime]) -> list[tuple[str, str]]:
    """The pairs of waves that share a day, in order; a wave without both days is none.

    >>> first, then = WaveTime("1", "2024-05-01", "2024-07-01"), "2024-07-01"
    >>> overlaps([first, WaveTime("2", then, "2024-09-01")])
    [('1', '2')]
    """
    told = [one for one in times if one.starts_on and one.ends_on]
    return [
        (one.wave, other.wave)
        for at, one in enumerate(told)
        for other in told[at + 1 :]
        if one.starts_on <= other.ends_on and other.starts_on <= one.ends_on
    ]


def held_outside(
    times: Iterable[WaveTime], held: Mapping[str, tuple[str, str]]
) -> dict[str, list[str]]:
    """By wave the sources held before it starts or after it ends, as they were given.

    ``held`` gives for each source its wave and its day; one without a day is passed
    over.

    >>> wave = WaveTime("Wave 1", "2024-05-01", "2024-07-01")
    >>> held_outside([wave], {"a": ("Wave 1", "2024-08-02"), "b": ("Wave 1", "")})
    {'Wave 1': ['a']}
    """
    known = {one.wave: one for one in times}
    outside: dict[str, list[str]] = {}
    for source, (wave, day) in held.items():
        one = known.get(wave)
        if one is None or not day:
            continue
        is_early = bool(one.starts_on) and day < one.starts_on
        if is_early or (one.ends_on and day > one.ends_on):
            outside.setdefault(wave, []).append(source)
    return outside


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words)
    except ValueError:
        return False
    return True
