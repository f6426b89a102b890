"""Kernel ridge regression of all codes at once, with the scores it would have given.

From the inverse G of the kernel follow, without fitting again, the scores a transcript
would have got had it been left out: y_g - G_gg^-1 alpha_g (the leave-one-out identity
of Allen 1974 for groups). A turn unknown for a code gets no part in it: what it would
add is solved away exactly (the inverse of a part of a matrix, by its Schur complement).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.linalg import lapack

from coding.suggestions.learning.folds import Groups

Table = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class KernelRidge:
    """The inverse of the kernel over taught turns, what was taught, and the weights."""

    inverse: Table
    decided: Table
    weights: Table
    strength: float

    @classmethod
    def fit(cls, kernel: Table, decided: Table, *, strength: float) -> KernelRidge:
        """Fit to a kernel among turns and what is decided of them (``nan`` unknown)."""
        inverse = _inverse(kernel, strength)
        return cls(inverse, decided, _weights(inverse, decided), strength)

    def predict(self, kernel: Table) -> Table:
        """Scores near 0 (applies not) to 1, from the kernel with the taught turns."""
        scores: Table = kernel @ self.weights
        return scores

    def left_out(self, groups: Groups) -> Table:
        """The score of each taught turn had its whole group not been taught.

        ``nan`` where the turn is unknown for the code.
        """
        scores = np.full_like(self.decided, np.nan)
        for columns, known in _by_pattern(self.decided):
            unknown = np.flatnonzero(~known)
            for group in np.unique(groups[known]):
                of_group = np.flatnonzero((groups == group) & known)
                block = self.inverse[np.ix_(of_group, of_group)]
                if len(unknown):
                    across = self.inverse[np.ix_(unknown, of_group)]
                    within = self.inverse[np.ix_(unknown, unknown)]
                    block = block - across.T @ np.linalg.solve(within, across)
                cells = np.ix_(of_group, columns)
                change = np.linalg.solve(block, self.weights[cells])
                scores[cells] = self.decided[cells] - change
        return scores

    def with_decision(self, row: int, code: int, applies: float) -> KernelRidge:
        """The same with one decision changed or added at a taught turn."""
        decided = self.decided.copy()
        decided[row, code] = applies
        weights = self.weights.copy()
        weights[:, [code]] = _weights(self.inverse, decided[:, [code]])
        return KernelRidge(self.inverse, decided, weights, self.strength)

    def with_turn(self, kernel: Table, own: float) -> KernelRidge:
        """The same with one turn more, unknown for every code as yet.

        ``kernel`` is that of the turn with those taught, ``own`` with itself. The
        inverse is bordered instead of worked out again.
        """
        reach = self.inverse @ kernel
        rest = own + self.strength - kernel @ reach
        taught = len(self.inverse)
        inverse = np.empty((taught + 1, taught + 1))
        inverse[:-1, :-1] = self.inverse
        inverse[:-1, :-1] += np.outer(reach, reach / rest)
        inverse[:-1, -1] = inverse[-1, :-1] = -reach / rest
        inverse[-1, -1] = 1 / rest
        codes = self.decided.shape[1]
        return KernelRidge(
            inverse,
            np.vstack([self.decided, np.full((1, codes), np.nan)]),
            np.vstack([self.weights, np.zeros((1, codes))]),
            self.strength,
        )


def _inverse(kernel: Table, strength: float) -> Table:
    """The inverse of a kernel with its penalty, from the Cholesky factor."""
    penalised = kernel.copy()
    penalised[np.diag_indices(len(penalised))] += strength
    factor, _ = lapack.dpotrf(penalised, lower=1, clean=1, overwrite_a=1)
    lower, _ = lapack.dpotri(factor, lower=1, overwrite_c=1)
    whole: Table = lower + lower.T  # what is over the diagonal was cleaned to zero
    whole[np.diag_indices(len(whole))] /= 2
    return whole


def _weights(inverse: Table, decided: Table) -> Table:
    """The weights of taught turns for each code; 0 where a turn is unknown for it."""
    weights = np.zeros_like(decided)
    for columns, known in _by_pattern(decided):
        taught = decided[np.ix_(known, columns)]
        here = inverse[:, known] @ taught
        if not known.all():
            within = inverse[np.ix_(~known, ~known)]
            across = inverse[np.ix_(known, ~known)]
            here[known] -= across @ np.linalg.solve(within, here[~known])
        weights[np.ix_(known, columns)] = here[known]
    return weights


def _by_pattern(
    decided: Table,
) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]]:
    """The columns that are known of the same turns, with which these are."""
    known = ~np.isnan(decided)
    patterns: dict[bytes, list[int]] = {}
    for column in range(decided.shape[1]):
        patterns.setdefault(known[:, column].tobytes(), []).append(column)
    return [(np.array(columns), known[:, columns[0]]) for columns in patterns.values()]
