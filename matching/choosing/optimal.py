"""Optimal choice: the most pairs first, then the least total distance.

Short lists are solved first and then proved: the solution's prices show what a partner
is worth to each case, and a case whose price is above the last distance on its list
might do better with somebody unlisted. Only such cases get longer lists, until none is
left or their lists are whole. The result is the optimum over all eligible pairs, not
over the lists (the pricing step of column generation; Dantzig and Wolfe 1960).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matching.candidates import (
    PreparedPool,
    Progress,
    RankedLists,
    eligible_for_case,
    rank_for_case,
)
from matching.choosing.room import Chosen, Room
from matching.choosing.transport import solve_transport, unpaired_cost
from matching.comparing.covariates import BoolArray, FloatArray, IntArray
from matching.eligibility import Block

DENSE_CELLS = 16_000_000
"""A block with at most so many cells (128 MB) may be solved as a whole table."""

_SAME_PRICE = 1e-9
_CONTESTED = 0.2
"""The share of unproved lists above which the whole table is solved if it fits."""


@dataclass(frozen=True, slots=True, eq=False)
class _Edges:
    """Possible pairs: row, column and distance, in order of row then column.

    ``beyond`` is for each row the distance that no unlisted partner is below.
    """

    row: IntArray
    column: IntArray
    distance: FloatArray
    beyond: FloatArray


def choose_optimal(
    prepared: PreparedPool,
    lists: RankedLists,
    room: Room,
    progress: Progress | None = None,
) -> Chosen:
    """Most pairs, then least total distance, over all eligible pairs.

    Blocks of equal exact values are independent and solved one after another.
    """
    if prepared.read.plan.max_reuse == 0:
        return _choose_without_limit(lists, room)
    chosen: Chosen = []
    for number, block in enumerate(prepared.blocks):
        if progress is not None:
            progress("Choosing pairs", number, len(prepared.blocks))
        chosen.extend(_choose_in_block(prepared, lists, room, block))
    return chosen


def _choose_without_limit(lists: RankedLists, room: Room) -> Chosen:
    # Nobody competes, so each case's own closest ones are the optimum. The lists are
    # at least as long as the ratio; an accepted partner may stand among them.
    locked = set(room.locked)
    chosen: Chosen = []
    for row, wanted in enumerate(room.wanted.tolist()):
        partners = lists.partners[row].tolist()
        free = [c for c in partners if c >= 0 and (row, c) not in locked]
        chosen.extend((row, column) for column in free[:wanted])
    return chosen


def _choose_in_block(
    prepared: PreparedPool, lists: RankedLists, room: Room, block: Block
) -> Chosen:
    rows = block.contemporary[
        (room.wanted[block.contemporary] > 0) & (lists.eligible[block.contemporary] > 0)
    ]
    longer: dict[int, tuple[IntArray, FloatArray]] = {}
    while len(rows):
        edges = _edges_of(lists, rows, longer, room)
        pairs, prices = _solve(edges, len(rows), room, rows)
        unproved = np.flatnonzero(prices > edges.beyond + _SAME_PRICE)
        if not len(unproved):
            return [(int(rows[row]), int(column)) for row, column in pairs]
        if len(unproved) > _CONTESTED * len(rows) and _fits_table(rows, block, room):
            return _solve_whole_table(prepared, rows, block, room)
        for row in rows[unproved].tolist():
            known = len(longer[row][0]) if row in longer else lists.partners.shape[1]
            longer[row] = rank_for_case(prepared, row, 4 * known)
    return []


def _fits_table(rows: IntArray, block: Block, room: Room) -> bool:
    """Whether a block is one to one and small enough to be solved as a table."""
    one_to_one = room.wanted[rows].max() == 1 and (
        room.uses_left[block.historic].max() == 1
    )
    return bool(one_to_one and len(rows) * len(block.historic) <= DENSE_CELLS)


def _edges_of(
    lists: RankedLists,
    rows: IntArray,
    longer: dict[int, tuple[IntArray, FloatArray]],
    room: Room,
) -> _Edges:
    """The possible pairs named by the lists of these rows, rows counted from 0."""
    partners, distances = lists.partners[rows], lists.distances[rows]
    widened = np.array([row in longer for row in rows.tolist()], dtype=np.bool_)
    row, place = np.nonzero((partners >= 0) & ~widened[:, None])
    parts = [(row, partners[row, place], distances[row, place])]
    beyond = np.where(
        lists.eligible[rows] > partners.shape[1], distances[:, -1], np.inf
    )
    for number in np.flatnonzero(widened).tolist():
        columns, found = longer[int(rows[number])]
        parts.append((np.full(len(columns), number), columns, found))
        is_whole = len(columns) == lists.eligible[rows[number]]
        beyond[number] = np.inf if is_whole else found[-1]
    row, column, distance = (np.concatenate(part) for part in zip(*parts, strict=True))
    keep = room.uses_left[column] > 0
    keep &= ~_is_locked(rows[row], column, room)
    row, column, distance = row[keep], column[keep], distance[keep]
    order = np.lexsort((column, row))
    return _Edges(row[order], column[order], distance[order], beyond)


def _is_locked(rows: IntArray, columns: IntArray, room: Room) -> BoolArray:
    width = len(room.uses_left)
    keys = np.array(
        [row * width + column for row, column in room.locked], dtype=np.int64
    )
    return np.isin(rows * width + columns, keys)


def _solve(
    edges: _Edges, row_count: int, room: Room, rows: IntArray
) -> tuple[Chosen, FloatArray]:
    """The optimum over these possible pairs, and for each row the highest price of
    one more partner: no unlisted pair at that distance or above can better it."""
    if not len(edges.row):
        return [], np.full(row_count, np.inf)
    wanted = room.wanted[rows]
    uses = room.uses_left[edges.column]
    if wanted.max() > 1 and uses.max() > 1:
        columns, column_of = np.unique(edges.column, return_inverse=True)
        picked, prices = solve_transport(
            edges.row, column_of, edges.distance, wanted, room.uses_left[columns]
        )
        pairs = [(int(edges.row[e]), int(edges.column[e])) for e in picked]
        return pairs, prices
    return _solve_assignment(edges, row_count, wanted, room.uses_left)


def _solve_assignment(
    edges: _Edges, row_count: int, wanted: IntArray, uses_left: IntArray
) -> tuple[Chosen, FloatArray]:
    """One place for each partner wanted and each use left, then one to one.

    Rows or columns are repeated, never both, so no pair can come twice.
    """
    by_row = wanted.max() > 1
    uses = np.minimum(uses_left[edges.column], row_count)
    copies = wanted[edges.row] if by_row else uses
    edge = np.repeat(np.arange(len(edges.row)), copies)
    copy = np.arange(len(edge)) - np.repeat(np.cumsum(copies) - copies, copies)
    height = int(wanted.max())
    width = int(copies.max()) if not by_row else 1
    row = edges.row[edge] * height + (copy if by_row else 0)
    column = edges.column[edge] * width + (0 if by_row else copy)
    place_of_row, row = np.unique(row, return_inverse=True)
    place_of_column, column = np.unique(column, return_inverse=True)
    partner, price = _match_all(
        row, column, edges.distance[edge], len(place_of_row), len(place_of_column)
    )
    pairs = [
        (int(place_of_row[r]) // height, int(place_of_column[c]) // width)
        for r, c in enumerate(partner.tolist())
        if c >= 0
    ]
    # A row without any listed partner left proves nothing about the unlisted ones.
    prices = np.full(row_count, np.inf)
    prices[place_of_row // height] = -np.inf
    np.maximum.at(prices, place_of_row // height, price)
    return pairs, prices


def _match_all(
    row: IntArray,
    column: IntArray,
    distance: FloatArray,
    row_count: int,
    column_count: int,
) -> tuple[IntArray, FloatArray]:
    """One partner at most for each row (-1: none), and each row's price.

    SciPy's sparse solver asks for a partner for everybody and takes 0 for "no edge":
    every row gets a private stand-in at a cost above any saving, and 1 is added to
    every cost, which changes no comparison.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    no_partner = unpaired_cost(row_count, distance)
    everyone = np.arange(row_count)
    costs = np.r_[distance, np.full(row_count, no_partner)] + 1.0
    heads = np.r_[row, everyone]
    tails = np.r_[column, column_count + everyone]
    graph = csr_array(
        (costs, (heads, tails)), shape=(row_count, column_count + row_count)
    )
    rows, partners = min_weight_full_bipartite_matching(graph)
    partner = np.full(row_count, -1, dtype=np.int64)
    partner[rows] = partners
    cost_paid = np.full(row_count, no_partner)
    key = heads * (column_count + row_count) + tails
    paid = np.flatnonzero(np.isin(key, rows * (column_count + row_count) + partners))
    cost_paid[heads[paid]] = costs[paid] - 1.0
    partner[partner >= column_count] = -1
    price = _prices(row, column, distance, partner, cost_paid, column_count)
    return partner, price


def _prices(
    row: IntArray,
    column: IntArray,
    distance: FloatArray,
    partner: IntArray,
    cost_paid: FloatArray,
    column_count: int,
) -> FloatArray:
    """What a partner is worth to each row: the dual values of the assignment.

    Found as shortest paths over exchanges of partners (Bellman 1958, Ford 1956); a
    row whose exchanges do not settle is priced at infinity, which proves nothing.
    """
    order = np.argsort(column, kind="stable")
    row, column, distance = row[order], column[order], distance[order]
    starts = np.flatnonzero(np.r_[True, column[1:] != column[:-1]])
    has_partner = partner >= 0
    worth = np.zeros(column_count + 1)
    slack = distance - cost_paid[row]
    mine = np.where(has_partner, partner, column_count)
    # Sums with the cost of a stand-in are no finer than its last digits.
    settled = 1e-12 + 1e-15 * float(cost_paid.max())
    for _ in range(2 * len(cost_paid) + 2):
        offered = worth[mine[row]] + slack
        best = np.minimum(np.minimum.reduceat(offered, starts), 0.0)
        lower = best < worth[:-1] - settled
        if not lower.any():
            return np.asarray(cost_paid - worth[mine], dtype=np.float64)
        worth[:-1] = np.where(lower, best, worth[:-1])
    # Only rounding could make exchanges cycle; then nothing is proved.
    return np.full(len(cost_paid), np.inf)  # pragma: no cover


def _solve_whole_table(
    prepared: PreparedPool, rows: IntArray, block: Block, room: Room
) -> Chosen:
    """One-to-one optimum on the whole table of a block (Kuhn 1955, as in SciPy)."""
    from scipy.optimize import linear_sum_assignment

    columns = block.historic[room.uses_left[block.historic] > 0]
    places = np.full(len(room.uses_left), -1)
    places[columns] = np.arange(len(columns))
    table = np.full((len(rows), len(columns)), np.inf)
    for number, row in enumerate(rows.tolist()):
        eligible = eligible_for_case(prepared, row)
        eligible = eligible[places[eligible] >= 0]
        table[number, places[eligible]] = prepared.measure.distances(
            np.array([row]), eligible
        )
    for row, column in room.locked:
        table[rows == row, columns == column] = np.inf
    is_pair = np.isfinite(table)
    table[~is_pair] = unpaired_cost(len(rows), table[is_pair])
    return [
        (int(rows[row]), int(columns[column]))
        for row, column in zip(*linear_sum_assignment(table), strict=True)
        if is_pair[row, column]
    ]
