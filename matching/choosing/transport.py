"""Optimal choice where cases want several partners and partners are used repeatedly.

With both limits above one, repeating rows and columns could choose a pair twice, so
the problem is solved as it stands: a transportation problem in which each pair is
taken once at most. Its corner solutions are whole numbers (Hoffman and Kruskal 1956).
"""

from __future__ import annotations

from typing import Any

import numpy as np

from matching.comparing.covariates import FloatArray, IntArray


def unpaired_cost(row_count: int, distance: FloatArray) -> float:
    """More than any rearrangement of all pairs can save: so the most pairs win."""
    return float((row_count + 1) * (distance.max(initial=0.0) + 1.0))


def solve_transport(
    row: IntArray,
    column: IntArray,
    distance: FloatArray,
    wanted: IntArray,
    uses_left: IntArray,
) -> tuple[IntArray, FloatArray]:
    """Which possible pairs to take, and for each row the price of one more partner.

    The most pairs first, then the least total distance.
    """
    from scipy.optimize import linprog
    from scipy.sparse import csr_array, vstack

    edges = np.arange(len(row))
    ones = np.ones(len(row))
    limits: Any = vstack(
        [
            csr_array((ones, (row, edges)), shape=(len(wanted), len(row))),
            csr_array((ones, (column, edges)), shape=(len(uses_left), len(row))),
        ]
    )
    no_partner = unpaired_cost(int(wanted.sum()), distance)
    solution: Any = linprog(
        distance - no_partner,
        A_ub=limits,
        b_ub=np.r_[wanted, uses_left],
        bounds=(0, 1),
        method="highs-ds",
        options={
            "dual_feasibility_tolerance": 1e-10,
            "primal_feasibility_tolerance": 1e-10,
        },
    )
    prices = no_partner + np.asarray(solution.ineqlin.marginals)[: len(wanted)]
    return np.flatnonzero(solution.x > 0.5), prices
