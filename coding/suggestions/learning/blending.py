"""How far learned scores are trusted: by how many examples a code has, and no further.

Two stackers give a probability each: one from *told* scores alone, one from all. A code
with n examples takes n / (n + caution) of the second. Caution is the largest that does
not do clearly worse on transcripts held out, so where little is coded, little is
believed. Whether a code's rank in its turn is heard, and whether boosted trees join in,
is settled the same way.

The *level* of a turn (how much is coded there at all) and the *order* of its codes are
trusted apart. Where few turns are coded, codings soon tell which turns are, long before
they tell one code from another; one caution for both would let the first overturn the
order that definitions and cues give.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import expit, logit

from coding.suggestions.learning.learners import (
    PLACE_OF_AROUND,
    PLACE_OF_LIKENESS,
    Scores,
)
from coding.suggestions.learning.stacking import Stacker, rank_scores
from coding.suggestions.learning.trees import BoostedTrees

Table = npt.NDArray[np.float64]
Folds = Sequence[npt.NDArray[np.bool_]]
Costs = Callable[[Table, Table], Table]

# Never none: one or two examples are seldom the whole of a code.
CAUTIONS = (1.0, 3.0, 10.0, 30.0, 100.0)
SMALLEST_CHANCE = 1e-5
# The order of codes before anything is learned comes almost free; what departs from it
# has to pay, so that a handful of codings does not overturn it.
PENALTY_OF_LIKENESS = 0.1
PENALTY_OF_THE_REST = 30.0


@dataclass(frozen=True, slots=True)
class Cautions:
    """How many examples a code needs for codings to be half believed."""

    level: float
    order: float


@dataclass(frozen=True, slots=True)
class Blend:
    """Two stackers, how they are mixed, and what further is used: ranks, trees.

    ``trees_order`` is whether trees are heard in the order of a turn's codes too.
    """

    told: Stacker
    taught: Stacker
    cautions: Cautions
    by_rank: Stacker | None
    trees: BoostedTrees | None
    trees_order: bool

    @classmethod
    def fit(cls, scores: Scores, decided: Table, folds: Folds) -> tuple[Blend, Table]:
        """The blend, and the probabilities of turns whose transcript was held out.

        ``scores`` are those of held-out turns; ``decided`` what is known of them
        (``nan`` unknown); ``folds`` which turns each fold holds out.
        """
        pairs = np.zeros((2, *decided.shape))
        for fold in folds:
            two = _two_stackers(scores.taken(~fold), decided[~fold])
            pairs[:, fold] = _both(*two, scores.taken(fold))
        cautions = Cautions(
            level=_caution(pairs, scores.examples, decided, folds, _costs),
            order=_caution(pairs, scores.examples, decided, folds, _costs_of_order),
        )
        mixed = _mixed(pairs, scores.examples, cautions)
        told, taught = _two_stackers(scores, decided)
        by_rank, chance = _by_rank(mixed, decided, folds)
        trees, trees_order, chance = _with_trees(scores, chance, decided, folds)
        return cls(told, taught, cautions, by_rank, trees, trees_order), chance

    def predict(self, scores: Scores) -> Table:
        """The probability of each code (column) in each turn (row)."""
        pair = _both(self.told, self.taught, scores)
        chance = _mixed(pair, scores.examples, self.cautions)
        if self.by_rank is not None:
            chance = self.by_rank.predict(_with_ranks(chance))
        if self.trees is None:
            return chance
        joined = _between(chance, self.trees.predict(_all_scores(scores, chance)))
        return joined if self.trees_order else _at_level(chance, joined)


def _by_rank(
    mixed: Table, decided: Table, folds: Folds
) -> tuple[Stacker | None, Table]:
    """The stacker of ranks where it does better held out, and the better chances."""
    ranked = np.zeros_like(mixed)
    for fold in folds:
        stacker = _fit(_with_ranks(mixed[~fold]), decided[~fold])
        ranked[fold] = stacker.predict(_with_ranks(mixed[fold]))
    if _costs(ranked, decided).sum() >= _costs(mixed, decided).sum():
        return None, mixed
    return _fit(_with_ranks(mixed), decided), ranked


def _with_trees(
    scores: Scores, chance: Table, decided: Table, folds: Folds
) -> tuple[BoostedTrees | None, bool, Table]:
    """Trees where they do better held out, whether in the order too, and chances."""
    everything = _all_scores(scores, chance)
    known = ~np.isnan(decided)
    joined = chance.copy()
    for fold in folds:
        kept = known & ~fold[:, None]
        trees = BoostedTrees.fit(everything[kept], decided[kept])
        if trees is not None:
            joined[fold] = _between(chance[fold], trees.predict(everything[fold]))
    before = _costs_of_order(chance, decided).sum()
    orders = bool(_costs_of_order(joined, decided).sum() < before)
    if not orders:
        joined = _at_level(chance, joined)
    if _costs(joined, decided).sum() >= _costs(chance, decided).sum():
        return None, False, chance
    return BoostedTrees.fit(everything[known], decided[known]), orders, joined


def _all_scores(scores: Scores, chance: Table) -> Table:
    around = scores.told[..., [PLACE_OF_AROUND]]
    return np.concatenate([scores.taught, around, _with_ranks(chance)], axis=-1)


def _between(one: Table, other: Table) -> Table:
    """The probability half way between two, as log odds."""
    chance: Table = expit((_odds(one) + _odds(other)) / 2)
    return chance


def _two_stackers(scores: Scores, decided: Table) -> tuple[Stacker, Stacker]:
    penalties = np.full(scores.told.shape[-1], PENALTY_OF_THE_REST)
    penalties[PLACE_OF_LIKENESS] = PENALTY_OF_LIKENESS
    with_examples = np.where(scores.examples > 0, decided, np.nan)
    return (
        _fit(scores.told, decided, penalties),
        _fit(scores.taught, with_examples),
    )


def _fit(scores: Table, decided: Table, penalties: Table | None = None) -> Stacker:
    known = ~np.isnan(decided)
    return Stacker.fit(scores[known], decided[known], penalties=penalties)


def _both(told: Stacker, taught: Stacker, scores: Scores) -> Table:
    return np.stack([told.predict(scores.told), taught.predict(scores.taught)])


def _mixed(pair: Table, examples: Table, cautions: Cautions) -> Table:
    """The two probabilities mixed, a turn's level and the order of its codes apart."""
    order = _mixed_alike(pair, examples, cautions.order)
    return _at_level(order, _mixed_alike(pair, examples, cautions.level))


def _at_level(order: Table, level: Table) -> Table:
    """The order of the one at the mean log odds that each turn has in the other.

    >>> _at_level(np.array([[0.9, 0.5]]), np.array([[0.1, 0.5]])).round(2).tolist()
    [[0.5, 0.1]]
    """
    odds = _odds(order)
    chance: Table = expit(odds + (_odds(level) - odds).mean(axis=1, keepdims=True))
    return chance


def _mixed_alike(pair: Table, examples: Table, caution: float) -> Table:
    """The two probabilities mixed as log odds.

    >>> pair = np.array([[[0.1]], [[0.9]]])
    >>> _mixed_alike(pair, np.array([[3.0]]), 3.0).round(2).tolist()
    [[0.5]]
    >>> _mixed_alike(pair, np.array([[0.0]]), 1.0).round(2).tolist()
    [[0.1]]
    """
    trust = np.where(examples > 0, examples / np.maximum(examples + caution, 1), 0.0)
    odds = (1 - trust) * _odds(pair[0]) + trust * _odds(pair[1])
    chance: Table = expit(odds)
    return chance


def _odds(chance: Table) -> Table:
    odds: Table = logit(np.clip(chance, SMALLEST_CHANCE, 1 - SMALLEST_CHANCE))
    return odds


def _with_ranks(chance: Table) -> Table:
    return np.concatenate([_odds(chance)[..., None], rank_scores(chance)], axis=-1)


def _costs(chance: Table, decided: Table) -> Table:
    """The log loss of each decision, 0 where nothing is known."""
    clipped = np.clip(chance, SMALLEST_CHANCE, 1 - SMALLEST_CHANCE)
    costs: Table = -np.where(decided == 1, np.log(clipped), np.log(1 - clipped))
    return np.where(np.isnan(decided), 0.0, costs)


def _costs_of_order(chance: Table, decided: Table) -> Table:
    """The log loss of finding each code that applies among those that do not.

    Conditional logit (McFadden 1974): how high the turn's codes stand together makes no
    difference. 0 where the code applies not, or nothing is known.

    >>> applies = np.array([[1.0, 0.0, np.nan]])
    >>> _costs_of_order(np.array([[0.2, 0.2, 0.9]]), applies).round(2).tolist()
    [[0.69, 0.0, 0.0]]
    """
    odds = np.exp(_odds(chance))
    others = np.where(decided == 0, odds, 0.0).sum(axis=1, keepdims=True)
    return np.where(decided == 1, np.log1p(others / odds), 0.0)


def _caution(
    pairs: Table, examples: Table, decided: Table, folds: Folds, costs: Costs
) -> float:
    """The largest caution whose loss is within one standard error of the least.

    The rule of Breiman, Friedman, Olshen and Stone (1984), on differences fold by fold.
    """
    losses = np.array(
        [
            [costs(mixed, decided)[fold].sum() for fold in folds]
            for mixed in (_mixed_alike(pairs, examples, c) for c in CAUTIONS)
        ]
    )
    best = int(losses.sum(axis=1).argmin())
    chosen = best
    for number in range(best + 1, len(CAUTIONS)):
        worse = losses[number] - losses[best]
        if len(folds) > 1:
            error = worse.std(ddof=1) / len(folds) ** 0.5
            chosen = number if worse.mean() <= error else chosen
    return CAUTIONS[chosen]
