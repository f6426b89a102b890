"""Boosted trees over all scores: what holds only where several scores come together.

Histogram gradient boosting (Friedman 2001; Ke et al. 2017), shared by all codes. Small
trees of many turns each; still, never alone: they join the blend as an equal, and only
where transcripts held out say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Table = npt.NDArray[np.float64]

ROUNDS = 50
RATE = 0.1
LEAVES = 8
LEAST_IN_A_LEAF = 40
PENALTY = 5.0


@dataclass(frozen=True, slots=True)
class BoostedTrees:
    """The trees, once taught."""

    model: Any

    @classmethod
    def fit(cls, scores: Table, applies: Table) -> BoostedTrees | None:
        """Fit to scores (a row a decision); nothing where all decisions are alike."""
        from sklearn.ensemble import HistGradientBoostingClassifier  # slow to import

        outcome = np.asarray(applies, bool)
        if len(np.unique(outcome)) < 2:
            return None
        model = HistGradientBoostingClassifier(
            max_iter=ROUNDS,
            learning_rate=RATE,
            max_leaf_nodes=LEAVES,
            min_samples_leaf=LEAST_IN_A_LEAF,
            l2_regularization=PENALTY,
            early_stopping=False,
            random_state=0,
        )
        return cls(model.fit(np.asarray(scores, np.float32), outcome))

    def predict(self, scores: Table) -> Table:
        """Probabilities; the last axis of ``scores`` holds the scores."""
        flat = np.asarray(scores, np.float32).reshape(-1, scores.shape[-1])
        if not len(flat):
            return np.zeros(scores.shape[:-1])
        chance: Table = self.model.predict_proba(flat)[:, 1]
        return chance.reshape(scores.shape[:-1])
