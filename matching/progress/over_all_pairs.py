"""What both judges saw over all pairs, in counts and plain words.

Neither percentages nor tests: a dozen pairs chosen for reading are no sample, and one
pair more or less would move a percentage by seven points. How far two judges agree is
given as ordinal alpha where there is enough to reckon it from.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import krippendorff

from matching.progress.verdicts import (
    PairKind,
    PairVerdicts,
    ProgressArea,
    ProgressVerdict,
)

FEWEST_FOR_ALPHA = 10
"""Areas of pairs, rated by both on the order, below which alpha is not given."""

_ORDER = {
    ProgressVerdict.CONTEMPORARY: 1,
    ProgressVerdict.NO_DIFFERENCE: 2,
    ProgressVerdict.HISTORIC: 3,
}

REGRESSION_TO_THE_MEAN = (
    "A case is often held for long because it stood at its worst, and what stands at "
    "its worst tends to improve whatever is done. Later and earlier time of one case "
    "are therefore counted apart and prove less than two cases do."
)
"""What must stand beside every count of within-case pairs."""


@dataclass(frozen=True, slots=True)
class AreaCounts:
    """Of the pairs both judged in an area: how often they saw the same, and differed.

    The five numbers add up to ``pairs``. ``cannot_tell`` counts pairs in which one or
    both could not tell, whatever the other said; the others are of pairs in which both
    took a place on the order. ``not_seen`` counts, beside those, the pairs in which the
    area was asked of neither judge because the records end before it.
    """

    area: ProgressArea
    pairs: int
    contemporary: int
    no_difference: int
    historic: int
    differed: int
    cannot_tell: int
    settled: int = 0
    not_seen: int = 0


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two judges agree on the order, over areas of pairs both placed on it.

    ``alpha`` is Krippendorff's ordinal alpha (Krippendorff 2004): 1 is full agreement,
    0 what chance brings. Nothing where fewer than FEWEST_FOR_ALPHA areas carry it or
    where everybody always said the same, which leaves nothing to agree about.
    ``cannot_tell`` counts the areas left out because one or both could not tell.
    """

    rated: int
    same: int
    cannot_tell: int
    alpha: float | None


def area_counts(judged: Sequence[PairVerdicts], area: ProgressArea) -> AreaCounts:
    """The counts of one area over the pairs that both judges have judged in it."""
    both = [
        (one.first[area], one.second[area], one.reconciled.get(area))
        for one in judged
        if area in one.first and area in one.second
    ]
    told = [(a, b) for a, b, _ in both if _is_told(a, b)]
    same = [a for a, b in told if a is b]
    return AreaCounts(
        area,
        len(both),
        same.count(ProgressVerdict.CONTEMPORARY),
        same.count(ProgressVerdict.NO_DIFFERENCE),
        same.count(ProgressVerdict.HISTORIC),
        len(told) - len(same),
        len(both) - len(told),
        sum(a is not b and third is not None for a, b, third in both),
        sum(area not in one.first and area not in one.second for one in judged),
    )


def agreement(judged: Sequence[PairVerdicts]) -> Agreement:
    """How far the judges agree over every area of these pairs."""
    both = [
        (one.first[area], one.second[area])
        for one in judged
        for area in ProgressArea
        if area in one.first and area in one.second
    ]
    told = [(a, b) for a, b in both if _is_told(a, b)]
    return Agreement(
        len(told),
        sum(a is b for a, b in told),
        len(both) - len(told),
        ordinal_alpha(told) if len(told) >= FEWEST_FOR_ALPHA else None,
    )


def ordinal_alpha(
    ratings: Sequence[tuple[ProgressVerdict, ProgressVerdict]],
) -> float | None:
    """Krippendorff's alpha for ordered answers of two judges (Krippendorff 2004).

    Contemporary, no real difference and historic are in that order; a pair of answers
    with *cannot tell* is left out. Nothing where fewer than two answers differ in all.

    >>> now, same = ProgressVerdict.CONTEMPORARY, ProgressVerdict.NO_DIFFERENCE
    >>> ordinal_alpha([(now, now), (same, same)])
    1.0
    >>> ordinal_alpha([(now, now), (now, now)]) is None
    True
    """
    told = [(a, b) for a, b in ratings if _is_told(a, b)]
    if len({verdict for both in told for verdict in both}) < 2:
        return None
    alpha = float(
        krippendorff.alpha(
            reliability_data=[
                [_ORDER[a] for a, _ in told],
                [_ORDER[b] for _, b in told],
            ],
            level_of_measurement="ordinal",
            value_domain=[1, 2, 3],
        )
    )
    return alpha if math.isfinite(alpha) else None


def area_in_words(counts: AreaCounts, kind: PairKind = PairKind.BETWEEN_CASES) -> str:
    """What both judges saw in an area over all pairs, as one sentence.

    >>> area_in_words(AreaCounts(ProgressArea.ASSESSMENT, 14, 5, 6, 0, 3, 0))
    'Assessment: in 5 of 14 pairs both judges saw the contemporary case progress more \
effectively; in 6 no real difference; in 3 they differed.'
    """
    unseen = _unseen_in_words(counts)
    if not counts.pairs and unseen:
        return f"{counts.area.in_words}: {unseen}."
    if not counts.pairs:
        return f"{counts.area.in_words}: no pair is judged by two people yet."
    now, then = _SIDES[kind]
    said = [
        (counts.contemporary, f"both judges saw the {now} progress more effectively"),
        (counts.no_difference, "no real difference"),
        (counts.historic, f"the {then} more effectively"),
        (counts.differed, "they differed"),
        (counts.cannot_tell, "one or both could not tell"),
    ]
    pairs = "pair" if counts.pairs == 1 else "pairs"
    parts = [
        f"in {n} of {counts.pairs} {pairs} {words}" if place == 0 else f"in {n} {words}"
        for place, (n, words) in enumerate(said)
        if n or place == 0
    ]
    settled = (
        f" {counts.settled} of the differences {_was(counts.settled)} settled together."
        if counts.settled
        else ""
    )
    unseen = f" {unseen[:1].upper()}{unseen[1:]}." if unseen else ""
    return f"{counts.area.in_words}: {'; '.join(parts)}.{settled}{unseen}"


def agreement_in_words(found: Agreement) -> str:
    """How far the judges agree, with what the numbers can bear.

    >>> agreement_in_words(Agreement(0, 0, 0, None))
    'No area of a pair is placed on the order by two people yet.'
    """
    left_out = (
        f" {found.cannot_tell} more {_was(found.cannot_tell)} left out because one or "
        "both could not tell."
        if found.cannot_tell
        else ""
    )
    if not found.rated:
        return f"No area of a pair is placed on the order by two people yet.{left_out}"
    same = f"The two judges said the same on {found.same} of {found.rated} areas."
    if found.alpha is not None:
        return (
            f"{same} Krippendorff's ordinal alpha is {found.alpha:.2f} (1 is full "
            "agreement, 0 what chance brings); areas of one pair hang together, so it "
            f"is a guide and no proof.{left_out}"
        )
    why = (
        f"below {FEWEST_FOR_ALPHA} areas it would say more about chance than about "
        "the judges"
        if found.rated < FEWEST_FOR_ALPHA
        else "all answers are the same, so there is nothing to tell agreement from"
    )
    return f"{same} Alpha is not given: {why}.{left_out}"


def what_so_many_bear(pairs: int) -> str:
    """Why there are counts here and neither percentages nor tests."""
    if not pairs:
        return "Nothing is counted until two people are through with a pair."
    moved = round(100 / pairs)
    return (
        f"{pairs} {'pair' if pairs == 1 else 'pairs'}: counts only. One pair more or "
        f"less would move a percentage by {moved} {'point' if moved == 1 else 'points'}"
        ", and pairs chosen to be read are no sample, so no test of significance is "
        "made."
    )


_SIDES: Mapping[PairKind, tuple[str, str]] = {
    PairKind.BETWEEN_CASES: ("contemporary case", "historic case"),
    PairKind.WITHIN_CASE: ("later time of the case", "earlier time"),
}


def _unseen_in_words(counts: AreaCounts) -> str:
    """Of how many pairs an area was not asked, and why; '' where of none."""
    if not counts.not_seen:
        return ""
    pairs = "pair" if counts.not_seen == 1 else "pairs"
    more = " more" if counts.pairs else ""
    return (
        f"in {counts.not_seen}{more} {pairs} the records end before it, so nobody was "
        "asked"
    )


def _is_told(one: ProgressVerdict, other: ProgressVerdict) -> bool:
    return one in _ORDER and other in _ORDER


def _was(number: int) -> str:
    return "was" if number == 1 else "were"
