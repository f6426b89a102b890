"""Parts to hold out: whole transcripts, so that no learner meets its own transcript."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

MOST_FOLDS = 5
Groups = npt.NDArray[np.intp]


def transcript_groups(sources: Sequence[str]) -> Groups:
    """A number for each turn's transcript; of one transcript, its five stretches.

    ``sources`` are the transcripts of turns in reading order. Neighbouring turns are
    about the same thing, so stretches are contiguous.

    >>> transcript_groups(["a", "a", "b"]).tolist()
    [0, 0, 1]
    >>> transcript_groups(["a"] * 10).tolist()
    [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
    """
    names = sorted(set(sources))
    if len(names) == 1:
        turns = len(sources)
        stretches = min(MOST_FOLDS, turns)
        return np.arange(turns) * stretches // max(turns, 1)
    number_of = {name: number for number, name in enumerate(names)}
    return np.array([number_of[name] for name in sources], dtype=np.intp)


def folds_of(groups: Groups) -> list[npt.NDArray[np.bool_]]:
    """Which turns each fold holds out: at most five, each of whole groups.

    >>> [fold.tolist() for fold in folds_of(np.array([0, 0, 1]))]
    [[True, True, False], [False, False, True]]
    """
    number = min(MOST_FOLDS, len(np.unique(groups)))
    return [groups % number == fold for fold in range(number)]
