"""Logistic regression of all codes at once, rare codes weighing as much as common.

One-vs-rest with a ridge penalty, each code's examples and counter-examples balanced
(King and Zeng 2001), minimised together by L-BFGS. Its scores order turns; they are no
probabilities until blended.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import expit

from coding.suggestions.vectors import Matrix

Table = npt.NDArray[np.float64]

MOST_STEPS = 60


@dataclass(frozen=True, slots=True)
class CodeRegression:
    """Weights of directions (rows, the last a constant) for each code (column).

    ``learned`` is false for a code without an example or without a counter-example.
    """

    weights: Matrix
    learned: npt.NDArray[np.bool_]

    @classmethod
    def fit(cls, rows: Matrix, decided: Table, *, looseness: float) -> CodeRegression:
        """Fit to rows and what is decided of them; ``nan`` takes no part.

        ``looseness`` is the inverse of the penalty's strength.
        """
        rows = rows.astype(np.float32)
        known = ~np.isnan(decided)
        applies = np.where(known, decided, 0.0).astype(np.float32)
        with_code = applies.sum(axis=0)
        without = known.sum(axis=0) - with_code
        learned = (with_code > 0) & (without > 0)
        both = (with_code + without) / 2
        weight = looseness * np.where(
            applies > 0, both / np.maximum(with_code, 1), both / np.maximum(without, 1)
        )
        weight = (weight * known * learned).astype(np.float32)
        shape = rows.shape[1] + 1, decided.shape[1]

        def loss(flat: Table) -> tuple[float, Table]:
            w = flat.reshape(shape).astype(np.float32)
            score = rows @ w[:-1] + w[-1]
            chance = expit(score)
            costs = weight * (np.logaddexp(0, score) - applies * score)
            residual = weight * (chance - applies)
            slope = np.vstack([rows.T @ residual, residual.sum(axis=0)]) + w
            total = costs.sum(dtype=np.float64) + 0.5 * float((flat * flat).sum())
            return float(total), slope.ravel().astype(np.float64)

        found = minimize(
            loss,
            np.zeros(shape[0] * shape[1]),
            jac=True,
            method="L-BFGS-B",
            options={"maxiter": MOST_STEPS},
        )
        return cls(found.x.reshape(shape).astype(np.float32), learned)

    def predict(self, rows: Matrix) -> Table:
        """Scores from 0 to 1, a row a turn; ``nan`` where nothing is learned."""
        scores = expit(rows @ self.weights[:-1] + self.weights[-1]).astype(np.float64)
        return np.where(self.learned, scores, np.nan)
