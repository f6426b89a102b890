"""Which transcripts are coded and which kept out, drawn with a seed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

KEPT_OUT = 0.3
Rows = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Draw:
    """The turns that count as coded, and those kept out to judge by."""

    coded: Rows
    kept_out: Rows


def number_kept_out(transcripts: int) -> int:
    """Three tenths of the transcripts, and one at the least.

    >>> [number_kept_out(n) for n in (2, 5, 17)]
    [1, 2, 5]
    """
    return max(1, round(transcripts * KEPT_OUT))


def most_coded(sources: Sequence[str]) -> int:
    """How many transcripts can be coded at most, with three tenths kept out."""
    transcripts = len(set(sources))
    return 1 if transcripts == 1 else transcripts - number_kept_out(transcripts)


def drawn(sources: Sequence[str], coded: int, *, seed: int, number: int) -> Draw:
    """One draw: the sources of all turns in, so many of them coded.

    The same kept-out part serves every number of coded transcripts of a draw, and fewer
    coded are always among more. Of a single transcript three tenths in one piece are
    kept out, and the rest is coded.
    """
    names = sorted(set(sources))
    chance = np.random.default_rng([seed, number])
    if len(names) == 1:
        kept = _stretch(len(sources), chance)
        return Draw(~kept if coded else np.zeros_like(kept), kept)
    order = [names[place] for place in chance.permutation(len(names))]
    away = number_kept_out(len(names))
    of = np.array(sources)
    return Draw(
        np.isin(of, order[away : away + coded]), np.isin(of, np.array(order[:away]))
    )


def _stretch(turns: int, chance: np.random.Generator) -> Rows:
    length = max(1, round(turns * KEPT_OUT))
    start = int(chance.integers(0, turns - length + 1))
    rows = np.arange(turns)
    return (rows >= start) & (rows < start + length)
