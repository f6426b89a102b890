"""What people decided about turns: a code applies, does not, or nobody has said.

Suggestions that wait for a person have no place here, so they cannot teach. What is
uncoded teaches only in a source that was read through.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestions.preparing.prepared import PreparedStudy

APPLIES = 1.0
APPLIES_NOT = 0.0
UNKNOWN = np.nan

Decisions = npt.NDArray[np.float64]
# A source's id, a turn's number and a code's id.
Place = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class CodedTurns:
    """For each turn of a prepared study (row) and code (column) what is decided.

    1 applies, 0 applies not, ``nan`` unknown. ``rows`` are the turns with any decision.
    """

    code_ids: tuple[str, ...]
    table: Decisions

    @classmethod
    def from_decisions(
        cls,
        study: PreparedStudy,
        code_ids: Sequence[str],
        *,
        applied: Iterable[Place] = (),
        turned_down: Iterable[Place] = (),
        read_through: Collection[str] = (),
        left_out: Collection[tuple[str, int]] = (),
        not_there_yet: Iterable[tuple[str, str]] = (),
    ) -> CodedTurns:
        """The decisions of a study's researchers.

        ``applied``: turns that a coded passage touches. ``turned_down``: suggestions a
        person rejected; where the code is applied after all, that counts. In a source
        ``read_through`` whatever was not coded is meant to be uncoded, save for turns
        ``left_out`` (an interviewer's) and for (source, code) pairs ``not_there_yet``:
        a code made after the source was read. Elsewhere uncoded means unknown. What
        names a turn or code that is not there is passed over.
        """
        table = np.full((len(study.turns), len(code_ids)), UNKNOWN)
        column_of = {code_id: column for column, code_id in enumerate(code_ids)}
        meant = set(read_through)
        skipped = set(left_out)
        for row, turn in enumerate(study.turns):
            if turn.source_id in meant and turn.key not in skipped:
                table[row] = APPLIES_NOT
        for source_id, code_id in not_there_yet:
            if code_id in column_of:
                table[study.rows_of(source_id), column_of[code_id]] = UNKNOWN
        for places, decided in ((turned_down, APPLIES_NOT), (applied, APPLIES)):
            for source_id, number, code_id in places:
                found = study.row_of.get((source_id, number))
                if found is not None and code_id in column_of:
                    table[found, column_of[code_id]] = decided
        return cls(tuple(code_ids), table)

    @property
    def rows(self) -> npt.NDArray[np.intp]:
        """The rows with at least one decision, in order."""
        return np.flatnonzero(~np.isnan(self.table).all(axis=1))

    @property
    def examples(self) -> npt.NDArray[np.intp]:
        """For each code in how many turns it applies."""
        counted: npt.NDArray[np.intp] = (self.table == APPLIES).sum(axis=0)
        return counted

    def with_decision(self, row: int, code_id: str, *, applies: bool) -> CodedTurns:
        """The same with one decision more, or changed."""
        table = self.table.copy()
        table[row, self.code_ids.index(code_id)] = APPLIES if applies else APPLIES_NOT
        return CodedTurns(self.code_ids, table)
