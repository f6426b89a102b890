"""The learners side by side, and the scores each gives to turns it was not taught.

*Told* scores need no example of a code: cues, shared words, meaning, the same in the
turns around, and the prototype, which starts as the definition. *Taught* scores add the
nearest coded turns, logistic regression in three bases and kernel ridge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.suggestions.learning.coded_turns import CodedTurns
from coding.suggestions.learning.examples import (
    likeness_to_prototypes,
    prototypes,
    share_of_neighbours,
)
from coding.suggestions.learning.folds import folds_of, transcript_groups
from coding.suggestions.learning.logistic import CodeRegression
from coding.suggestions.learning.meanings import CodeMeanings
from coding.suggestions.learning.ridge import KernelRidge
from coding.suggestions.learning.stacking import log_odds
from coding.suggestions.vectors import Matrix

Table = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

# The curved basis holds smaller numbers, so its weights may be larger.
LOOSENESS: Mapping[str, float] = {"close": 1.0, "wide": 1.0, "curved": 3.0}
RIDGE_STRENGTHS = (0.1, 0.5)
# The kernel is kept whole up to here; beyond it some transcripts are left to the rest.
MOST_TURNS_IN_KERNEL = 4000
# Where the unlearned order and the turns around stand among told scores.
PLACE_OF_LIKENESS = 0
PLACE_OF_AROUND = 1


@dataclass(frozen=True, slots=True)
class Scores:
    """Scores of turns (rows) for codes (columns), one score on each place of the last.

    ``examples`` counts the examples each code had when the turn was scored, 0 where
    they have taught the regressions nothing.
    """

    told: Table
    taught: Table
    examples: Table

    def taken(self, rows: npt.NDArray[np.bool_]) -> Scores:
        """The rows asked for."""
        return Scores(self.told[rows], self.taught[rows], self.examples[rows])


@dataclass(frozen=True, slots=True)
class Learners:
    """What each learner has learned from coded turns."""

    taught_rows: Rows
    decided: Table
    middles: Matrix
    regressions: Mapping[str, CodeRegression]
    ridge: KernelRidge
    ridge_rows: Rows

    @classmethod
    def fit(cls, meanings: CodeMeanings, coded: CodedTurns) -> tuple[Learners, Scores]:
        """The learners, and the scores of the coded turns had they been held out.

        Held out by transcript, in at most five folds; kernel ridge transcript by
        transcript.
        """
        rows = coded.rows
        decided = coded.table[rows]
        groups = transcript_groups([meanings.study.turns[r].source_id for r in rows])
        ridge_rows = _kernel_rows(rows, groups)
        ridge, held_out = _fit_ridge(meanings, ridge_rows, coded, groups, rows)
        learners = cls(
            rows,
            decided,
            prototypes(
                meanings.definitions, meanings.study.bases.meaning[rows], decided
            ),
            _regressions(meanings, rows, decided),
            ridge,
            ridge_rows,
        )
        return learners, _held_out_scores(meanings, rows, decided, groups, held_out)

    def score(self, meanings: CodeMeanings, rows: Rows) -> Scores:
        """The scores of any turns of the prepared study."""
        kernel = meanings.study.bases.kernel(rows, self.ridge_rows)
        examples = (self.decided == 1).sum(axis=0)
        return _scores(
            meanings,
            rows,
            (self.taught_rows, self.decided),
            self.middles,
            self.regressions,
            self.ridge.predict(kernel),
            examples,
        )

    def with_decision(
        self, meanings: CodeMeanings, coded: CodedTurns, row: int, code: int
    ) -> Learners:
        """The learners after one decision more; regressions wait for the next fit."""
        bases = meanings.study.bases
        rows = coded.rows
        decided = coded.table[rows]
        middles = self.middles.copy()
        middles[code] = prototypes(
            meanings.definitions[[code]], bases.meaning[rows], decided[:, [code]]
        )[0]
        ridge, ridge_rows = self.ridge, self.ridge_rows
        if row not in ridge_rows:
            itself = np.array([row])
            kernel = bases.kernel(itself, ridge_rows)[0]
            ridge = ridge.with_turn(
                kernel, own=float(bases.kernel(itself, itself)[0, 0])
            )
            ridge_rows = np.append(ridge_rows, row)
        place = int(np.flatnonzero(ridge_rows == row)[0])
        ridge = ridge.with_decision(place, code, coded.table[row, code])
        return Learners(rows, decided, middles, self.regressions, ridge, ridge_rows)


def _scores(
    meanings: CodeMeanings,
    rows: Rows,
    taught: tuple[Rows, Table],
    middles: Matrix,
    regressions: Mapping[str, CodeRegression],
    by_ridge: Table,
    examples: Table,
) -> Scores:
    bases = meanings.study.bases
    said = meanings.told.taken(rows)
    own = bases.meaning[rows]
    near = likeness_to_prototypes(own, middles)
    nearest = share_of_neighbours(own, bases.meaning[taught[0]], taught[1])
    learned = [
        nearest,
        *(model.predict(getattr(bases, n)[rows]) for n, model in regressions.items()),
        by_ridge,
    ]
    # What stands around is in the bases already; only untaught codes need to be told.
    alone = [said.cue, said.words, said.meaning, near]
    told = [said.likeness(near), said.around, *alone]
    odds = [log_odds(np.nan_to_num(one)) for one in learned]
    # Examples without a counter-example have taught the regressions nothing, and what
    # says nothing must not be trusted.
    learnt = np.logical_and.reduce([model.learned for model in regressions.values()])
    counted = np.broadcast_to(np.where(learnt, examples, 0.0), said.cue.shape)
    return Scores(
        np.stack(told, axis=-1), np.stack([*alone, *odds], axis=-1), counted.copy()
    )


def _held_out_scores(
    meanings: CodeMeanings,
    rows: Rows,
    decided: Table,
    groups: npt.NDArray[np.intp],
    by_ridge: Table,
) -> Scores:
    parts: list[tuple[npt.NDArray[np.bool_], Scores]] = []
    meaning = meanings.study.bases.meaning
    for fold in folds_of(groups):
        kept, known = rows[~fold], decided[~fold]
        scored = _scores(
            meanings,
            rows[fold],
            (kept, known),
            prototypes(meanings.definitions, meaning[kept], known),
            _regressions(meanings, kept, known),
            by_ridge[fold],
            (known == 1).sum(axis=0),
        )
        parts.append((fold, scored))
    whole = parts[0][1]
    told = np.zeros((len(rows), *whole.told.shape[1:]))
    taught = np.zeros((len(rows), *whole.taught.shape[1:]))
    examples = np.zeros((len(rows), whole.examples.shape[1]))
    for fold, scored in parts:
        told[fold], taught[fold] = scored.told, scored.taught
        examples[fold] = scored.examples
    return Scores(told, taught, examples)


def _regressions(
    meanings: CodeMeanings, rows: Rows, decided: Table
) -> dict[str, CodeRegression]:
    bases = meanings.study.bases
    return {
        name: CodeRegression.fit(
            getattr(bases, name)[rows], decided, looseness=looseness
        )
        for name, looseness in LOOSENESS.items()
    }


def _kernel_rows(rows: Rows, groups: npt.NDArray[np.intp]) -> Rows:
    """Which coded turns the ridge is taught: all, or whole transcripts up to its limit.

    Those of other transcripts are then held out as they stand.
    """
    if len(rows) <= MOST_TURNS_IN_KERNEL:
        return rows
    order = np.random.default_rng(0).permutation(np.unique(groups))
    sizes = np.cumsum([(groups == group).sum() for group in order])
    fitting = order[: max(1, int((sizes <= MOST_TURNS_IN_KERNEL).sum()))]
    return rows[np.isin(groups, fitting)]


def _fit_ridge(
    meanings: CodeMeanings,
    ridge_rows: Rows,
    coded: CodedTurns,
    groups: npt.NDArray[np.intp],
    rows: Rows,
) -> tuple[KernelRidge, Table]:
    """The ridge of the strength that does best on transcripts held out."""
    bases = meanings.study.bases
    kernel = bases.kernel(ridge_rows, ridge_rows)
    decided = coded.table[ridge_rows]
    place = np.searchsorted(rows, ridge_rows)
    tried = []
    for strength in RIDGE_STRENGTHS:
        ridge = KernelRidge.fit(kernel, decided, strength=strength)
        scores = ridge.left_out(groups[place])
        tried.append((float(np.nanmean((scores - decided) ** 2)), ridge, scores))
    _, ridge, scores = min(tried, key=lambda one: one[0])
    # A code unknown of a turn still gets a score there, if not one held out.
    held_out = ridge.predict(bases.kernel(rows, ridge_rows))
    held_out[place] = np.where(np.isnan(scores), held_out[place], scores)
    return ridge, held_out
