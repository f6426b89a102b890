"""When waves of interviews were held, in quarters, to stand beside indicators.

The study design says it where people wrote it down; else the days of sources do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from data.figures.indicator_series import quarters_in_order
from data.storage import StudyStore
from data.storage.study_design.design_records import WavePlan
from workbench.actions.together.indicators import practice_quarter
from workbench.wording import joined_by_and


class HeldBy(StrEnum):
    """What says when a wave was held; the value reads after "known from"."""

    DESIGN = "the study design"
    SOURCES = "the days of sources"
    BOTH = "the study design and, where that has no day, the days of sources"


@dataclass(frozen=True, slots=True)
class WaveWindow:
    """From which quarter to which a wave of interviews was held, and by what."""

    wave: str
    first: str
    last: str
    by: HeldBy = HeldBy.SOURCES

    @property
    def in_words(self) -> str:
        """The window in a few words."""
        held = self.first if self.first == self.last else f"{self.first} to {self.last}"
        return f"{self.wave}: {held}"

    def is_among(self, quarters: Sequence[str]) -> bool:
        """Whether any of its quarters is among those shown."""
        return bool(set(quarters_in_order([self.first, self.last])) & set(quarters))


def wave_windows(store: StudyStore) -> tuple[WaveWindow, ...]:
    """When each wave was held, in the waves' order; one without any day is left out.

    What the study design has goes before the days of the wave's sources.
    """
    plans = store.design.waves.all()
    held: dict[str, list[str]] = {plan.wave: [] for plan in plans}
    for one in store.sources.summaries():
        if one.wave in held and (quarter := practice_quarter(one.held_on)):
            held[one.wave].append(quarter)
    windows = (_window(plan, held[plan.wave]) for plan in plans)
    return tuple(one for one in windows if one is not None)


def windows_in_words(windows: Sequence[WaveWindow], quarters: Sequence[str]) -> str:
    """When waves were held and what says so; '' where no wave has a day."""
    if not windows:
        return ""
    said = "; ".join(one.in_words for one in windows)
    outside = [one.wave for one in windows if not one.is_among(quarters)]
    if len(outside) == len(windows):
        held = f"Interviews were held in {said}: none of the quarters shown."
    else:
        left = f" Not among these quarters: {', '.join(outside)}." if outside else ""
        held = f"Interviews were held in {said}.{left}"
    return f"{held} {_known_from(windows)}"


def _window(plan: WavePlan, quarters: Sequence[str]) -> WaveWindow | None:
    starts = practice_quarter(plan.starts_on)
    ends = practice_quarter(plan.ends_on)
    if starts and ends:
        return WaveWindow(plan.wave, starts, ends, HeldBy.DESIGN)
    if not (starts or ends):
        if not quarters:
            return None
        return WaveWindow(plan.wave, min(quarters), max(quarters))
    # One day alone: sources may know the other end, unless they lie on its far side.
    if starts:
        after = [one for one in quarters if one >= starts]
        by = HeldBy.BOTH if after else HeldBy.DESIGN
        return WaveWindow(plan.wave, starts, max([starts, *after]), by)
    before = [one for one in quarters if one <= ends]
    by = HeldBy.BOTH if before else HeldBy.DESIGN
    return WaveWindow(plan.wave, min([ends, *before]), ends, by)


def _known_from(windows: Sequence[WaveWindow]) -> str:
    """What says when the waves were held, for all at once where it is the same.

    >>> design = WaveWindow("Wave 1", "2014/15 Q1", "2014/15 Q1", HeldBy.DESIGN)
    >>> _known_from([design, WaveWindow("Wave 2", "2014/15 Q3", "2014/15 Q3")])
    'Wave 1 is known from the study design; Wave 2 from the days of sources.'
    >>> _known_from([design])
    'This is known from the study design.'
    """
    found: dict[HeldBy, list[str]] = {}
    for one in windows:
        found.setdefault(one.by, []).append(one.wave)
    if len(found) == 1:
        return f"This is known from {next(iter(found)).value}."
    (first, waves), *others = found.items()
    are = "is" if len(waves) == 1 else "are"
    told = [f"{joined_by_and(waves)} {are} known from {first.value}"]
    told += [f"{joined_by_and(waves)} from {by.value}" for by, waves in others]
    return f"{'; '.join(told)}."
