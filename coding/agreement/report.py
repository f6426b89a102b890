"""How far two coders agree over the sources both have coded, per code and overall.

No figure is given that its counts cannot carry, and each that is left out has a reason
in words. Every transcript keeps its own value: a mean over four of them hides the one
that went wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from coding.agreement.coefficients import (
    Counts,
    alpha,
    alpha_of_two,
    gwet_ac1,
    kappa,
    positive_agreement,
    prevalence,
    share_agreed,
    sum_of,
)
from coding.agreement.units import (
    Range,
    UnitKind,
    axis_of,
    how_many,
    positive_units,
    tally,
)
from coding.transcripts import Transcript

FEWEST_POSITIVE = 5
FEWEST_FOR_INTERVAL = 10
_RESAMPLES = 1000
_MIDDLE = (2.5, 97.5)


@dataclass(frozen=True, slots=True)
class CodedText:
    """A source with what each of its coders marked: passages by coder and code.

    Passages are code points, end exclusive. A coder who read it and marked nothing is
    there with no codes.
    """

    source_id: str
    name: str
    transcript: Transcript
    passages: Mapping[str, Mapping[str, Sequence[Range]]]


@dataclass(frozen=True, slots=True)
class Figures:
    """All coefficients of the same counts; nothing where one is not defined.

    ``kappa_interval`` holds 95 of 100 resamples of the transcripts.
    """

    agreed: float | None
    kappa: float | None
    alpha: float | None
    ac1: float | None
    positive: float | None
    prevalence: float | None
    kappa_interval: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class PartAgreement:
    """The counts of one code, one transcript or both, with figures or the reason."""

    id: str
    name: str
    counts: Counts
    figures: Figures | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code over all transcripts, and in each of them."""

    overall: PartAgreement
    by_transcript: tuple[PartAgreement, ...]


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Two coders over the sources both coded.

    ``pooled`` counts every unit once for each code that either of them used, so that
    frequent codes weigh more; ``mean`` is over the ``codes_with_figures``, each
    weighing the same, and holds no interval.
    """

    unit: UnitKind
    first: str
    second: str
    transcripts: tuple[PartAgreement, ...]
    codes: tuple[CodeAgreement, ...]
    pooled: PartAgreement
    mean: Figures | None
    units: int

    @property
    def codes_with_figures(self) -> int:
        """How many codes have figures."""
        return sum(one.overall.figures is not None for one in self.codes)


def report_agreement(
    texts: Iterable[CodedText],
    coders: tuple[str, str],
    codes: Mapping[str, str],
    unit: UnitKind = UnitKind.SENTENCE,
    *,
    chance: np.random.Generator | None = None,
    names: Mapping[str, str] | None = None,
) -> AgreementReport:
    """The agreement of two coders over those texts that both coded.

    ``codes`` gives the names of the codes that count, by id and in their order; those
    neither coder used are left out, since agreeing not to use them would flatter.
    ``chance`` draws the transcripts again for the intervals, which are given from ten
    transcripts on; without it there are none. ``names`` are the coders' names for the
    reasons. A unit is positive where any character of it is coded.
    """
    first, second = coders
    both = [one for one in texts if first in one.passages and second in one.passages]
    counted: dict[str, list[Counts]] = {code: [] for code in codes}
    units = 0
    for text in both:
        axis = axis_of(text.transcript, unit)
        units += axis.size
        for code, counts in counted.items():
            marked = [
                positive_units(axis, text.passages[coder].get(code, ()))
                for coder in coders
            ]
            counts.append(_counts(axis.size, marked))
    used = {code: counts for code, counts in counted.items() if sum_of(counts).either}
    named = dict(names or {first: "the first coder", second: "the second coder"})
    build = _Builder(unit, (named[first], named[second]), _resampled(len(both), chance))
    pooled = [sum_of(row) for row in zip(*used.values(), strict=True)] if used else []
    built = tuple(
        CodeAgreement(
            build.part(code, codes[code], counts),
            tuple(
                build.part(text.source_id, text.name, [one])
                for text, one in zip(both, counts, strict=True)
            ),
        )
        for code, counts in used.items()
    )
    return AgreementReport(
        unit,
        first,
        second,
        tuple(
            build.part(text.source_id, text.name, [one])
            for text, one in zip(both, pooled, strict=False)
        ),
        built,
        build.part("", "All codes", pooled),
        _mean([one.overall.figures for one in built if one.overall.figures]),
        units,
    )


def alpha_of_all(
    texts: Iterable[CodedText],
    codes: Iterable[str],
    unit: UnitKind = UnitKind.SENTENCE,
) -> float | None:
    """Krippendorff's alpha over all coders of each text, pooled over the codes.

    Texts may have different coders; those of one coder alone are left out, and so are
    codes that nobody used. Nothing where nothing or everything is marked.
    """
    wanted = list(codes)
    tallies: dict[str, dict[tuple[int, int], int]] = {code: {} for code in wanted}
    for text in texts:
        coders = list(text.passages.values())
        if len(coders) < 2:
            continue
        axis = axis_of(text.transcript, unit)
        for code in wanted:
            marked = [positive_units(axis, one.get(code, ())) for one in coders]
            for positive, count in enumerate(tally(axis.size, marked)):
                key = (len(coders), positive)
                tallies[code][key] = tallies[code].get(key, 0) + count
    pooled: dict[tuple[int, int], int] = {}
    for of_code in tallies.values():
        if any(count for (_, positive), count in of_code.items() if positive):
            for key, count in of_code.items():
                pooled[key] = pooled.get(key, 0) + count
    return alpha(pooled)


def why_no_figures(counts: Counts, unit: UnitKind, coders: tuple[str, str]) -> str:
    """Why these counts carry no figure, in a sentence; '' where they do.

    >>> why_no_figures(Counts(1, 0, 9, 90), UnitKind.TURN, ("Ann", "Bo"))
    'Fewer than 5 turns marked: Ann 1.'
    """
    few = [
        f"{name} {number}"
        for name, number in zip(coders, (counts.first, counts.second), strict=True)
        if number < FEWEST_POSITIVE
    ]
    if few:
        said = ", ".join(few)
        return f"Fewer than {FEWEST_POSITIVE} {unit.plural} marked: {said}."
    return ""


@dataclass(frozen=True, slots=True)
class _Builder:
    unit: UnitKind
    coders: tuple[str, str]
    weights: np.ndarray | None

    def part(self, part_id: str, name: str, counts: Sequence[Counts]) -> PartAgreement:
        total = sum_of(counts)
        reason = why_no_figures(total, self.unit, self.coders)
        figures = None if reason else _figures(total, self._interval(counts))
        return PartAgreement(part_id, name, total, figures, reason)

    def _interval(self, counts: Sequence[Counts]) -> tuple[float, float] | None:
        if self.weights is None or len(counts) != self.weights.shape[1]:
            return None
        cells = np.array(
            [(c.both, c.first_only, c.second_only, c.neither) for c in counts],
            dtype=float,
        )
        found = _kappas(self.weights @ cells)
        defined = found[np.isfinite(found)]
        # Resamples without any coding of this code have no kappa; were they many, the
        # rest would be a picked lot.
        if len(defined) < 0.95 * len(found):
            return None
        low, high = np.percentile(defined, _MIDDLE)
        return float(low), float(high)


def _counts(size: int, marked: Sequence[Sequence[Range]]) -> Counts:
    first, second = (how_many(ranges) for ranges in marked)
    neither, _, both = tally(size, marked)
    return Counts(both, first - both, second - both, neither)


def _resampled(
    transcripts: int, chance: np.random.Generator | None
) -> np.ndarray | None:
    """How often each transcript is drawn in each resample, or nothing for too few."""
    if chance is None or transcripts < FEWEST_FOR_INTERVAL:
        return None
    even = np.full(transcripts, 1 / transcripts)
    return chance.multinomial(transcripts, even, size=_RESAMPLES)


def _kappas(cells: np.ndarray) -> np.ndarray:
    both, first_only, second_only, neither = cells.T
    units = cells.sum(axis=1)
    first, second = both + first_only, both + second_only
    by_chance = (first * second + (units - first) * (units - second)) / units
    with np.errstate(divide="ignore", invalid="ignore"):
        found: np.ndarray = (both + neither - by_chance) / (units - by_chance)
    return found


def _figures(counts: Counts, interval: tuple[float, float] | None = None) -> Figures:
    return Figures(
        share_agreed(counts),
        kappa(counts),
        alpha_of_two(counts),
        gwet_ac1(counts),
        positive_agreement(counts),
        prevalence(counts),
        interval,
    )


def _mean(figures: Sequence[Figures]) -> Figures | None:
    if not figures:
        return None

    def mean(value: Callable[[Figures], float | None]) -> float | None:
        known = [number for one in figures if (number := value(one)) is not None]
        return sum(known) / len(known) if known else None

    return Figures(
        mean(lambda one: one.agreed),
        mean(lambda one: one.kappa),
        mean(lambda one: one.alpha),
        mean(lambda one: one.ac1),
        mean(lambda one: one.positive),
        mean(lambda one: one.prevalence),
    )
