"""How likely a code must be before it is suggested, from what a researcher wants.

Worked out on turns whose transcripts were held out, so that what is promised is what
was seen on transcripts the learners had not met.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestions.learning.learned_codes import HeldOut

Table = npt.NDArray[np.float64]

# With fewer examples a code's own share of right suggestions is chance.
LEAST_EXAMPLES_OF_ITS_OWN = 5
SILENT = np.inf


@dataclass(frozen=True, slots=True)
class CodeThresholds:
    """For each code the probability from which it is suggested.

    ``threshold`` is infinite where no threshold is precise enough: then the code is
    not suggested. ``precision`` is the share of right ones among held-out turns at or
    over it (``nan`` where there are none), ``recall`` the share of the code's turns
    found, ``share`` the share of turns that get it.
    """

    threshold: Table
    precision: Table
    recall: Table
    share: Table

    def expected(self, number_of_turns: int) -> float:
        """How many suggestions so many turns bring, the limit a turn not counted."""
        return float(self.share.sum() * number_of_turns)


def thresholds_for(held_out: HeldOut, precision: float) -> CodeThresholds:
    """The lowest thresholds at which held-out suggestions were right that often.

    ``precision`` is the share of suggestions that should be right, 0 to 1. A code with
    fewer than five examples shares a threshold with the others like it, or with all
    codes where those are fewer than five together.
    """
    codes = held_out.chance.shape[1]
    examples = (held_out.decided == 1).sum(axis=0)
    own = examples >= LEAST_EXAMPLES_OF_ITS_OWN
    threshold = np.full(codes, SILENT)
    for code in np.flatnonzero(own):
        threshold[code] = _lowest(held_out, [int(code)], precision)
    rare = np.flatnonzero(~own)
    together = rare if examples[rare].sum() >= LEAST_EXAMPLES_OF_ITS_OWN else None
    shared = range(codes) if together is None else together
    threshold[rare] = _lowest(held_out, list(shared), precision)
    return _seen_at(held_out, threshold)


def best_single_threshold(held_out: HeldOut) -> float:
    """The one threshold for all codes that gives the highest micro-F1 when held out.

    Of equally good ones the highest; infinite where nothing is decided.
    """
    chance, right = held_out.decisions()
    if not right.any():
        return SILENT
    order = np.argsort(-chance, kind="stable")
    found = np.cumsum(right[order])
    last = np.append(np.diff(chance[order]) != 0, True)
    agreement = 2 * found / (np.arange(1, len(order) + 1) + right.sum())
    return float(chance[order][np.where(last, agreement, -1).argmax()])


def _lowest(held_out: HeldOut, codes: list[int], precision: float) -> float:
    known = ~np.isnan(held_out.decided[:, codes])
    chance = held_out.chance[:, codes][known]
    right = held_out.decided[:, codes][known]
    if not len(chance):
        return SILENT
    order = np.argsort(-chance, kind="stable")
    # One wrong more than was seen: what was the best of many falls short elsewhere.
    share_right = np.cumsum(right[order]) / np.arange(2, len(order) + 2)
    # Turns of equal probability are suggested together or not at all.
    last = np.append(np.diff(chance[order]) != 0, True)
    enough = np.flatnonzero(last & (share_right >= precision))
    return float(chance[order][enough[-1]]) if len(enough) else SILENT


def _seen_at(held_out: HeldOut, threshold: Table) -> CodeThresholds:
    known = ~np.isnan(held_out.decided)
    named = (held_out.chance >= threshold) & known
    right = (named & (held_out.decided == 1)).sum(axis=0)
    number = named.sum(axis=0)
    examples = (held_out.decided == 1).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return CodeThresholds(
            threshold,
            np.where(number > 0, right / number, np.nan),
            np.where(examples > 0, right / examples, np.nan),
            number / np.maximum(known.sum(axis=0), 1),
        )
