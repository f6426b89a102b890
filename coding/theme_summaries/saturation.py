"""Whether interviews still brought new codes, by their order (Guest, Namey, Chen 2020).

"A simple method to assess and report thematic saturation in qualitative research", PLoS
ONE 15(5): the codes met in the first interviews are the *base*; after them a *run* of
interviews moves on one interview at a time, and the codes new in a run are told as a
share of the base. Saturation at a threshold is reached before the first run whose share
does not exceed it, and is written with the run that shows it: "6+2".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from coding.theme_summaries.said import HeardSource, SourceState
from coding.transcripts import SourceKind

BASE_SIZES = (4, 5, 6)
RUN_LENGTHS = (2, 3)
THRESHOLDS = (0.05, 0.0)


@dataclass(frozen=True, slots=True)
class InterviewInOrder:
    """One coded interview in its place: what was met in it for the first time.

    ``codes`` counts the codes in it, ``new`` names by id those no earlier one had,
    ``so_far`` counts all met up to it. ``is_tied`` where another has the same day.
    """

    source: HeardSource
    codes: int
    new: tuple[str, ...]
    so_far: int
    is_tied: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Interviews ``first`` to ``last``, counted from 1: new codes, and as a share."""

    first: int
    last: int
    new: int
    share: float


@dataclass(frozen=True, slots=True)
class Saturation:
    """The base, every run after it, and where the threshold was reached.

    ``base_codes`` were met in the first ``base`` interviews. ``reached`` counts the
    interviews before the first run at or below the threshold, or is nothing;
    ``new_since`` counts codes that came after that run all the same.
    """

    base: int
    run_length: int
    threshold: float
    interviews: int
    base_codes: int
    runs: tuple[Run, ...]
    reached: int | None
    new_since: int = 0

    @property
    def is_too_short(self) -> bool:
        """Whether there is no run to tell anything from."""
        return not self.runs

    @property
    def written(self) -> str:
        """The number as the method writes it: interviews, and the run that shows it."""
        return "" if self.reached is None else f"{self.reached}+{self.run_length}"


def saturation(
    new: Sequence[int], *, base: int = 4, run: int = 2, threshold: float = 0.05
) -> Saturation:
    """Where new codes gave out, from how many each interview brought, in order.

    >>> met = saturation([20, 8, 5, 4, 3, 1, 1, 0, 0, 1])
    >>> met.base_codes, [one.new for one in met.runs], met.written, met.new_since
    (37, [4, 2, 1, 0, 1], '6+2', 1)
    >>> saturation([3, 1]).is_too_short
    True

    Interviews that bring nothing in the base leave no share to tell: every run is then
    as far from saturation as can be unless it brings nothing either.
    """
    first = sum(new[:base])
    runs = []
    for begin in range(base, len(new) - run + 1):
        brought = sum(new[begin : begin + run])
        share = brought / first if first else float(brought > 0)
        runs.append(Run(begin + 1, begin + run, brought, share))
    met = next((one for one in runs if one.share <= threshold), None)
    return Saturation(
        base,
        run,
        threshold,
        len(new),
        first,
        tuple(runs),
        met.first - 1 if met else None,
        sum(new[met.last :]) if met else 0,
    )


def interviews_in_order(
    sources: Sequence[HeardSource],
    codes_of: Mapping[str, Sequence[str]],
    *,
    ties_backwards: bool = False,
) -> tuple[InterviewInOrder, ...]:
    """The coded interviews by day, with what each brought.

    ``sources`` stand by wave and name; those of one day keep that order, or the
    opposite one with ``ties_backwards``, which shows whether the order matters. Those
    without a day come last. ``codes_of`` gives the codes by the source's id;
    those new in one stand in the order given.
    """
    coded = [
        one
        for one in sources
        if one.kind is SourceKind.INTERVIEW and one.state is SourceState.CODED
    ]
    dated = sorted((s for s in coded if s.held_on), key=lambda one: one.held_on)
    ordered: list[tuple[HeardSource, bool]] = []
    for _, of_day in groupby(dated, key=lambda one: one.held_on):
        same = list(of_day)
        listed = reversed(same) if ties_backwards else same
        ordered += [(one, len(same) > 1) for one in listed]
    undated = [one for one in coded if not one.held_on]
    listed = reversed(undated) if ties_backwards and not dated else undated
    ordered += [(one, False) for one in listed]
    met: set[str] = set()
    found = []
    for source, is_tied in ordered:
        codes = tuple(dict.fromkeys(codes_of.get(source.id, ())))
        new = tuple(one for one in codes if one not in met)
        met.update(new)
        found.append(InterviewInOrder(source, len(codes), new, len(met), is_tied))
    return tuple(found)
