"""How well a study's own codes are suggested on transcripts held out, and where not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestions.deciding.strengths import Bin, LearnedStrengths
from coding.suggestions.deciding.thresholds import CodeThresholds
from coding.suggestions.evaluation.metrics import Counts
from coding.suggestions.evaluation.protocol import (
    Clock,
    Evaluation,
    Report,
    evaluate,
)
from coding.suggestions.learning.learned_codes import LearnedCodes

ERRORS_SHOWN = 3
DRAWS_OF_A_CURVE = 3


@dataclass(frozen=True, slots=True)
class TurnError:
    """A turn where suggestion and coding differ, and how likely it was called."""

    source_id: str
    turn_number: int
    chance: float


@dataclass(frozen=True, slots=True)
class OwnCode:
    """One code: figures on held-out transcripts, and turns where it went wrong.

    ``suggested_wrongly`` are the likeliest that do not have the code, ``missed`` the
    least likely that have it; at most three each.
    """

    code_id: str
    applied: int
    suggested: int
    right: int
    precision: float
    recall: float
    f1: float
    suggested_wrongly: tuple[TurnError, ...]
    missed: tuple[TurnError, ...]


@dataclass(frozen=True, slots=True)
class OwnCodes:
    """All codes of a study in the codebook's order, and rates by probability."""

    codes: tuple[OwnCode, ...]
    bins: tuple[Bin, ...]
    macro_f1: float
    micro_f1: float


def report_on_own_codes(learned: LearnedCodes, thresholds: CodeThresholds) -> OwnCodes:
    """What held-out transcripts say of each code at the thresholds.

    Each turn was scored by learners that had not met its transcript. Codes that apply
    nowhere are listed too, with figures of 0.
    """
    held = learned.held_out
    known = ~np.isnan(held.decided)
    applies = held.decided == 1
    named = (held.chance >= thresholds.threshold) & known
    counts = Counts.of(named, applies)
    codes = []
    for column, code_id in enumerate(learned.meanings.code_ids):
        wrong = np.flatnonzero(named[:, column] & ~applies[:, column])
        missed = np.flatnonzero(applies[:, column] & ~named[:, column])
        chance = held.chance[:, column]
        codes.append(
            OwnCode(
                code_id,
                int(counts.applied[column]),
                int(counts.named[column]),
                int(counts.right[column]),
                float(counts.precision[column]),
                float(counts.recall[column]),
                float(counts.f1[column]),
                _errors(
                    learned, wrong[np.argsort(-chance[wrong], kind="stable")], column
                ),
                _errors(
                    learned, missed[np.argsort(chance[missed], kind="stable")], column
                ),
            )
        )
    bins = LearnedStrengths.fit(*held.decisions()).bins
    return OwnCodes(tuple(codes), bins, counts.macro_f1, counts.micro_f1)


def learning_curve(
    learned: LearnedCodes,
    *,
    seed: int,
    clock: Clock,
    draws: int = DRAWS_OF_A_CURVE,
    report: Report | None = None,
) -> tuple[Evaluation, ...]:
    """How figures grow with the transcripts coded: none, 1, 2, 4 and so on.

    Only transcripts with decisions take part; three tenths of them are kept out.
    """
    turns = learned.study.turns
    sources = {turns[row].source_id for row in learned.coded.rows}
    steps = [0, *(2**n for n in range(len(sources).bit_length()))]
    return evaluate(
        learned.meanings,
        learned.coded,
        steps,
        seed=seed,
        clock=clock,
        draws=draws,
        report=report,
    )


def _errors(
    learned: LearnedCodes, places: Sequence[int] | npt.NDArray[np.intp], column: int
) -> tuple[TurnError, ...]:
    held = learned.held_out
    found = []
    for place in places[:ERRORS_SHOWN]:
        source_id, number = learned.study.turns[held.rows[place]].key
        found.append(TurnError(source_id, number, float(held.chance[place, column])))
    return tuple(found)
