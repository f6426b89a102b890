"""One likeness from three: cues, words of the definition, vectors of the definition.

For a study in which nothing is coded yet, so nothing here is learned from codings: the
rules stand as written. What a strength means in this study is learned later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestions.cues import CueHit
from coding.suggestions.suggestion import Strength

Likeness = npt.NDArray[np.float64]

# Below this many turns "nearer than usual" has no meaning, because nothing is usual.
ENOUGH_TURNS = 30
# Cosines closer than this do not differ, however alike the turns of a study are.
LEAST_SPREAD = 0.05
NEARER_THAN_USUAL = 1.0
CLEARLY_NEAR = 2.5
SHARED_WORDS_NEEDED = 2

# A single word said in more than one turn of ten marks nothing by itself.
TOO_COMMON = 0.10
# A single word this seldom said tells turns apart.
SELDOM = 0.02
FEW_TURNS = 3


@dataclass(frozen=True, slots=True)
class UsualLikeness:
    """How like each code the turns of a study usually are: mean and spread by code."""

    mean: Likeness
    spread: Likeness
    number_of_turns: int

    @classmethod
    def of(cls, likeness: Likeness) -> UsualLikeness:
        """What is usual among turns (rows) for each code (column)."""
        turns = likeness.shape[0]
        if not turns:
            nothing = np.zeros(likeness.shape[1])
            return cls(nothing, nothing, 0)
        return cls(likeness.mean(axis=0), likeness.std(axis=0), turns)

    def above(self, likeness: Likeness) -> Likeness:
        """Standard deviations over the usual, 0 where there are too few turns to tell.

        >>> usual = UsualLikeness(np.array([0.1]), np.array([0.2]), 40)
        >>> usual.above(np.array([[0.5]])).round(1).tolist()
        [[2.0]]
        """
        if self.number_of_turns < ENOUGH_TURNS:
            return np.zeros_like(likeness)
        above: Likeness = (likeness - self.mean) / np.maximum(self.spread, LEAST_SPREAD)
        return above


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one code in one turn.

    ``frequencies`` gives, for each hit, in how many turns of how many in the study its
    cue stands; ``above_usual`` counts standard deviations of nearness to the definition
    over what is usual; ``shares_seldom_word`` is true where one of the shared words is
    seldom said. Evidence without hits is only asked for the likeliest code.
    """

    hits: tuple[CueHit, ...]
    frequencies: tuple[tuple[int, int], ...]
    above_usual: float
    shared_words: Sequence[str] = ()
    shares_seldom_word: bool = False


def cue_likeness(hits: Sequence[CueHit]) -> float:
    """From 0 (no cue) towards 1 (many): n / (1 + n), a negated cue counting half.

    >>> cue_likeness([])
    0.0
    """
    worth = sum(hit.worth for hit in hits)
    return worth / (1 + worth)


def blended(by_cues: Likeness, nearness: Likeness) -> Likeness:
    """Likeness by cues plus nearness to the definition; higher is likelier.

    Equal shares for cues, shared words and vectors, since there is nothing yet to learn
    better ones from. Rounded, so that the order is the same on every machine.

    >>> blended(np.array([0.5]), np.array([0.2])).tolist()
    [0.7]
    """
    total: Likeness = (by_cues + nearness).round(6)
    return total


def strength_of(evidence: Evidence) -> Strength | None:
    """How sure the evidence makes the engine, or nothing where it should be silent.

    Cues are *phrases* (two or more words that carry a subject), *seldom* said words or
    *common* ones; one that is negated makes a guess at most. Very likely: two different
    cues, or a phrase in a turn nearer to the definition than usual. Fairly sure: a
    phrase, or a seldom said word in a turn nearer than usual. A guess: any other cue
    that is not common; or no cue, but a turn clearly near that shares two words or one
    seldom said.
    """
    if not evidence.hits:
        return Strength.GUESS if _is_clearly_near(evidence) else None
    cues = [
        (hit, _is_common(*found), is_seldom(*found))
        for hit, found in zip(evidence.hits, evidence.frequencies, strict=True)
    ]
    plain = [c for c in cues if not c[0].negation and not c[1]]
    phrase = any(hit.cue.is_phrase for hit, _, _ in plain)
    seldom = any(is_seldom for _, _, is_seldom in plain)
    nearer = evidence.above_usual >= NEARER_THAN_USUAL
    if len({hit.cue.phrase for hit, _, _ in plain}) > 1 or (phrase and nearer):
        return Strength.VERY_LIKELY
    if phrase or (seldom and nearer):
        return Strength.FAIRLY_SURE
    heard = any(hit.cue.is_phrase or not is_common for hit, is_common, _ in cues)
    return Strength.GUESS if heard else None


def _is_clearly_near(evidence: Evidence) -> bool:
    enough_shared = len(evidence.shared_words) >= SHARED_WORDS_NEEDED
    return evidence.above_usual >= CLEARLY_NEAR and (
        enough_shared or evidence.shares_seldom_word
    )


def _is_common(turns_with: int, turns: int) -> bool:
    return turns_with > max(TOO_COMMON * turns, FEW_TURNS)


def is_seldom(turns_with: int, turns: int) -> bool:
    """Whether a word stands in so few of the study's turns that it tells them apart.

    In one turn of fifty or fewer, or in three; never in a study of under 30 turns.
    """
    return turns >= ENOUGH_TURNS and turns_with <= max(SELDOM * turns, FEW_TURNS)
