"""Greedy choice: down the contemporary file, each case takes its closest free one."""

from __future__ import annotations

from matching.candidates import PreparedPool, RankedLists, rank_for_case
from matching.choosing.room import Chosen, Room


def choose_nearest(prepared: PreparedPool, lists: RankedLists, room: Room) -> Chosen:
    """Pairs by greedy choice without going back.

    With a ratio of two or more the file is gone down once for each partner, so that
    no case has a second partner before every case had its turn for a first.
    """
    uses_left = room.uses_left.copy()
    taken = set(room.locked)
    whole: dict[int, list[int]] = {}

    def first_free(row: int) -> int | None:
        partners = whole.get(row, lists.partners[row].tolist())
        for column in partners:
            if column >= 0 and uses_left[column] > 0 and (row, column) not in taken:
                return int(column)
        if row in whole or lists.is_whole(row):
            return None
        whole[row] = rank_for_case(prepared, row)[0].tolist()
        return first_free(row)

    chosen: Chosen = []
    for turn in range(1, prepared.read.plan.ratio + 1):
        for row in prepared.read.file_order.tolist():
            if room.wanted[row] < turn:
                continue
            column = first_free(row)
            if column is not None:
                uses_left[column] -= 1
                taken.add((row, column))
                chosen.append((row, column))
    return chosen
