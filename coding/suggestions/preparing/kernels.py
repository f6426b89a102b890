"""How alike two turns are, with what stands around them: sums of weighted likenesses.

A kernel is a sum of dot products of blocks. Blocks of words and meaning stand for the
turn itself, the turn before and after, the last turn by somebody else and the wider
surroundings; others for who speaks and how far into the conversation it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from coding.suggestions.preparing.study_turns import (
    NO_TURN,
    Rows,
    Surroundings,
    shifted,
)
from coding.suggestions.preparing.wording import WordingRows
from coding.suggestions.vectors import unit_rows

Blocks = Mapping[str, Any]
Gram = npt.NDArray[np.float32]

# A study's own weights would have to be learned from codings, and blocks are blind to
# them; these rest on four coded sets that had little in common.
NEAR = 0.25
WIDER = 0.2
SURROUNDING = {
    "previous": 0.6,
    "previous_but_one": 0.36,
    "previous_but_two": 0.22,
    "next": 0.6,
    "next_but_one": 0.36,
}
PLACES = np.linspace(0, 1, 11)
WIDTH_OF_A_PLACE = 0.1

# The turn with its two neighbours.
CLOSE: Mapping[str, float] = {
    "words": 1.0,
    "meaning": 1.0,
    **{
        f"{kind} {side}": NEAR
        for kind in ("words", "meaning")
        for side in ("previous", "next")
    },
}
# The same with the question, the wider surroundings and the place.
WIDE: Mapping[str, float] = {
    **CLOSE,
    "words other_speaker": NEAR,
    "meaning other_speaker": NEAR,
    "words around": WIDER,
    "meaning around": WIDER,
    "place": 0.1,
}
# The same with who speaks and the letters; taken as an angle, not a sum.
ROUND: Mapping[str, float] = {**WIDE, "speaker": 0.5, "letters": 0.4}


def blocks_of(
    said: WordingRows, around: Surroundings, speakers: npt.NDArray[np.float32]
) -> Blocks:
    """The blocks of turns in reading order, by the names the kernels use.

    ``speakers`` has a column for each speaker known, 1 where that one speaks.
    """
    blocks: dict[str, Any] = {
        "words": said.words,
        "meaning": said.meaning,
        "letters": said.letters,
        "speaker": np.hstack(
            [
                speakers,
                0.5 * shifted(speakers, around.previous),
                0.5 * shifted(speakers, around.next),
            ]
        ),
        "place": np.exp(
            -(((around.place[:, None] - PLACES) / WIDTH_OF_A_PLACE) ** 2)
        ).astype(np.float32),
    }
    for side in ("previous", "next", "other_speaker"):
        rows = getattr(around, side)
        blocks[f"words {side}"] = _shifted_sparse(said.words, rows)
        blocks[f"meaning {side}"] = shifted(said.meaning, rows)
    wide = sum(
        weight * shifted(said.meaning, getattr(around, side))
        for side, weight in SURROUNDING.items()
    )
    blocks["meaning around"] = unit_rows(np.asarray(wide, np.float32))
    blocks["words around"] = _words_around(said.words, around)
    return blocks


def rows_of(blocks: Blocks, rows: Rows) -> Blocks:
    """The blocks of the rows asked for."""
    return {name: block[rows] for name, block in blocks.items()}


def gram(one: Blocks, other: Blocks, weights: Mapping[str, float]) -> Gram:
    """The kernel of each turn of one (row) with each of the other (column)."""
    stacked = _stacked(one, weights), _stacked(other, weights)
    dense = stacked[0][0] @ stacked[1][0].T
    sparse = stacked[0][1] @ stacked[1][1].T
    total: Gram = np.asarray(dense + sparse.toarray(), np.float32)
    return total


def _stacked(blocks: Blocks, weights: Mapping[str, float]) -> tuple[Any, Any]:
    """Dense and sparse blocks side by side, each times the root of its weight."""
    dense: list[Any] = []
    sparse: list[Any] = []
    for name, weight in weights.items():
        block = blocks[name]
        root = np.float32(weight**0.5)
        (sparse if sp.issparse(block) else dense).append(block * root)
    return np.hstack(dense), sp.hstack(sparse, format="csr")


def speaker_columns(
    speakers: Sequence[str], known: Sequence[str]
) -> npt.NDArray[np.float32]:
    """A column for each known speaker, 1 where that one speaks.

    >>> speaker_columns(["A", "B", "C"], ["A", "B"]).tolist()
    [[1.0, 0.0], [0.0, 1.0], [0.0, 0.0]]
    """
    columns = np.zeros((len(speakers), len(known)), np.float32)
    place = {name: number for number, name in enumerate(known)}
    for row, name in enumerate(speakers):
        if name in place:
            columns[row, place[name]] = 1.0
    return columns


def _shifted_sparse(table: Any, rows: Rows) -> Any:
    empty = sp.csr_matrix((1, table.shape[1]), dtype=table.dtype)
    with_nothing = sp.vstack([table, empty]).tocsr()
    return with_nothing[np.where(rows == NO_TURN, table.shape[0], rows)]


def _words_around(words: Any, around: Surroundings) -> Any:
    from sklearn.preprocessing import normalize

    wide = sum(
        weight * _shifted_sparse(words, getattr(around, side))
        for side, weight in SURROUNDING.items()
    )
    return normalize(wide).astype(np.float32)
