"""One calibrated probability from many scores, shared by all codes.

Stacked generalisation (Wolpert 1992) with weights of at least 0 (Breiman 1996): every
score says the more the likelier, so a negative weight would be noise. Fitted on scores
given to transcripts that were held out, hence calibrated.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls
from scipy.special import expit, logit

Table = npt.NDArray[np.float64]

PENALTY = 1 / 0.3
FLOOR = 1e-3
MOST_STEPS = 25


def log_odds(scores: Table) -> Table:
    """The logit of scores, kept away from 0 and 1 by a thousandth."""
    odds: Table = logit(np.clip(scores, FLOOR, 1 - FLOOR))
    return odds


@dataclass(frozen=True, slots=True)
class Stacker:
    """Weights of standardised scores, none below 0, and a constant."""

    mean: Table
    spread: Table
    weights: Table
    constant: float

    @classmethod
    def fit(
        cls, scores: Table, applies: Table, *, penalties: Table | None = None
    ) -> Stacker:
        """Fit to scores (a row a decision, a column a score) and what was decided.

        ``penalties`` say for each score how dear its weight is; alike unless given.
        Newton steps, each a least-squares problem under the bound.
        """
        if penalties is None:
            penalties = np.full(scores.shape[1], PENALTY)
        mean = scores.mean(axis=0)
        spread = scores.std(axis=0) + 1e-9
        x = (scores - mean) / spread
        weights = np.full(x.shape[1], 0.1)
        rate = np.clip(applies.mean(), FLOOR, 1 - FLOOR) if len(applies) else FLOOR
        constant = float(logit(rate))
        for _ in range(MOST_STEPS):
            before = np.append(weights, constant)
            chance = expit(x @ weights + constant)
            curve = np.maximum(chance * (1 - chance), 1e-6)
            aim = x @ weights + constant + (applies - chance) / curve
            weights, constant = _bounded_least_squares(x, aim, curve, penalties)
            if np.abs(np.append(weights, constant) - before).max() < 1e-5:
                break
        return cls(mean, spread, weights, constant)

    def predict(self, scores: Table) -> Table:
        """Probabilities; ``scores`` may have any shape, its last axis the scores."""
        standard = (scores - self.mean) / self.spread
        chance: Table = expit(standard @ self.weights + self.constant)
        return chance


def _bounded_least_squares(
    x: Table, aim: Table, curve: Table, penalties: Table
) -> tuple[Table, float]:
    total = curve.sum()
    middle_x = curve @ x / total
    middle_aim = float(curve @ aim / total)
    centred = x - middle_x
    square = (centred * curve[:, None]).T @ centred + np.diag(penalties)
    cross = centred.T @ (curve * (aim - middle_aim))
    root = np.linalg.cholesky(square)
    weights, _ = nnls(root.T, np.linalg.solve(root, cross))
    return weights, middle_aim - float(middle_x @ weights)


def rank_scores(chances: Table) -> Table:
    """What a code's place among a turn's codes adds: three scores on a new last axis.

    One over its rank, its lead over the best other code, and the turn's total.
    """
    rank = np.argsort(
        np.argsort(-chances, axis=1, kind="stable"), axis=1, kind="stable"
    )
    if chances.shape[1] > 1:
        two = -np.partition(-chances, 1, axis=1)[:, :2]
        other = np.where(chances >= two[:, :1], two[:, 1:2], two[:, :1])
    else:
        other = np.zeros_like(chances)
    total = np.broadcast_to(chances.sum(axis=1, keepdims=True), chances.shape)
    return np.stack([1 / (1.0 + rank), chances - other, total], axis=-1)
