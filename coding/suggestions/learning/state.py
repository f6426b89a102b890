"""What was learned as plain arrays, to be kept and read back; no words are in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from coding.suggestions.learning.blending import Blend
from coding.suggestions.learning.coded_turns import CodedTurns
from coding.suggestions.learning.learned_codes import HeldOut, LearnedCodes
from coding.suggestions.learning.learners import LOOSENESS, Learners
from coding.suggestions.learning.logistic import CodeRegression
from coding.suggestions.learning.meanings import CodeMeanings
from coding.suggestions.learning.ridge import KernelRidge
from coding.suggestions.learning.stacking import Stacker
from coding.suggestions.learning.trees import BoostedTrees

Arrays = dict[str, npt.NDArray[Any]]

# Raise it when a score or its order changes, so that what was kept is learned anew.
STATE_VERSION = 1


def to_arrays(learned: LearnedCodes) -> Arrays:
    """Everything learned, by name; ``numpy.savez`` keeps it, without pickling.

    The inverse of the ridge's kernel and the boosted trees are left out: they follow
    from the rest, and are made again when it is read back.
    """
    arrays: Arrays = {
        "version": np.array(STATE_VERSION),
        "study": np.array(learned.study.name),
        "code_ids": np.array(learned.coded.code_ids, dtype=np.str_),
        "decisions": learned.coded.table,
        "held_out_rows": learned.held_out.rows,
        "held_out_chance": learned.held_out.chance,
        "held_out_decided": learned.held_out.decided,
    }
    if learned.learners is not None and learned.blend is not None:
        arrays |= _of_learners(learned.learners) | _of_blend(learned.blend)
    return arrays


def from_arrays(
    meanings: CodeMeanings, arrays: Mapping[str, npt.NDArray[Any]]
) -> LearnedCodes | None:
    """What was learned; nothing where it was with other words, codes or rules.

    Then it is learned anew from the decisions.
    """
    if (
        int(arrays["version"]) != STATE_VERSION
        or str(arrays["study"]) != meanings.study.name
        or tuple(arrays["code_ids"].tolist()) != meanings.code_ids
    ):
        return None
    coded = CodedTurns(meanings.code_ids, arrays["decisions"])
    held_out = HeldOut(
        arrays["held_out_rows"], arrays["held_out_chance"], arrays["held_out_decided"]
    )
    if "caution" not in arrays:
        return LearnedCodes(meanings, coded, None, None, held_out)
    with threadpool_limits(limits=1):
        learners, blend = _learners(meanings, coded, arrays), _blend(arrays)
    return LearnedCodes(meanings, coded, learners, blend, held_out)


def _of_learners(learners: Learners) -> Arrays:
    arrays: Arrays = {
        "middles": learners.middles,
        "ridge_rows": learners.ridge_rows,
        "ridge_weights": learners.ridge.weights,
        "ridge_strength": np.array(learners.ridge.strength),
    }
    for name, model in learners.regressions.items():
        arrays[f"{name}_weights"] = model.weights
        arrays[f"{name}_learned"] = model.learned
    return arrays


def _learners(
    meanings: CodeMeanings, coded: CodedTurns, arrays: Mapping[str, npt.NDArray[Any]]
) -> Learners:
    rows = coded.rows
    ridge_rows = arrays["ridge_rows"]
    ridge = KernelRidge.restored(
        meanings.study.bases.kernel(ridge_rows, ridge_rows),
        coded.table[ridge_rows],
        arrays["ridge_weights"],
        strength=float(arrays["ridge_strength"]),
    )
    regressions = {
        name: CodeRegression(arrays[f"{name}_weights"], arrays[f"{name}_learned"])
        for name in LOOSENESS
    }
    return Learners(
        rows, coded.table[rows], arrays["middles"], regressions, ridge, ridge_rows
    )


def _of_blend(blend: Blend) -> Arrays:
    arrays: Arrays = {"caution": np.array(blend.caution)}
    stackers = {"told": blend.told, "taught": blend.taught, "by_rank": blend.by_rank}
    for name, stacker in stackers.items():
        if stacker is not None:
            arrays[f"{name}_stacker"] = np.vstack(
                [stacker.mean, stacker.spread, stacker.weights]
            )
            arrays[f"{name}_constant"] = np.array(stacker.constant)
    if blend.trees is not None:
        arrays["tree_scores"] = blend.trees.scores
        arrays["tree_applies"] = blend.trees.applies
    return arrays


def _blend(arrays: Mapping[str, npt.NDArray[Any]]) -> Blend:
    def stacker(name: str) -> Stacker:
        mean, spread, weights = arrays[f"{name}_stacker"]
        return Stacker(mean, spread, weights, float(arrays[f"{name}_constant"]))

    by_rank = stacker("by_rank") if "by_rank_stacker" in arrays else None
    trees = None
    if "tree_scores" in arrays:
        trees = BoostedTrees.fit(arrays["tree_scores"], arrays["tree_applies"])
    caution = float(arrays["caution"])
    return Blend(stacker("told"), stacker("taught"), caution, by_rank, trees)
