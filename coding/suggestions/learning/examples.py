"""Likeness to what was coded before: to a code's examples together, and one by one."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from coding.suggestions.learning.coded_turns import APPLIES
from coding.suggestions.vectors import Matrix, unit_rows

Table = npt.NDArray[np.float64]

# A definition speaks as loudly as two examples.
WORTH_OF_A_DEFINITION = 2.0
NEIGHBOURS = 10
# Nearness counts with its cube, so that a few close turns outweigh many distant ones.
POWER = 3


def prototypes(definitions: Matrix, examples: Matrix, decided: Table) -> Matrix:
    """For each code the middle of its definition and its examples, of length 1.

    ``definitions`` has a row a code, ``examples`` a row a turn, ``decided`` turns by
    codes (Rocchio 1971, without negative examples).
    """
    applies = (decided == APPLIES).astype(np.float32)
    middle = WORTH_OF_A_DEFINITION * definitions + applies.T @ examples
    return unit_rows(middle)


def likeness_to_prototypes(rows: Matrix, middles: Matrix) -> Table:
    """Cosine of each turn (row) to each code's prototype (column)."""
    cosines: Table = (rows @ middles.T).astype(np.float64)
    return cosines


def share_of_neighbours(rows: Matrix, examples: Matrix, decided: Table) -> Table:
    """The share of a turn's ten nearest coded turns that have each code, 0 to 1.

    Near ones count more, and of turns unknown for a code only those known count. 0
    where nothing is coded.
    """
    if not len(examples) or not len(rows):
        return np.zeros((len(rows), decided.shape[1]))
    cosines = rows @ examples.T
    number = min(NEIGHBOURS, len(examples))
    nearest = np.argpartition(-cosines, number - 1, axis=1)[:, :number]
    worth = np.maximum(np.take_along_axis(cosines, nearest, 1), 0) ** POWER
    found = decided[nearest]
    known = ~np.isnan(found)
    with_code = (worth[..., None] * np.where(known, found, 0)).sum(axis=1)
    in_all = (worth[..., None] * known).sum(axis=1)
    share: Table = with_code / (in_all + 1e-6)
    return share
