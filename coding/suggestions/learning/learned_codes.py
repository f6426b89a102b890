"""The front door of learning: codings in, a probability for each code in each turn out.

study = PreparedStudy.fit(turns)            # once for each import
meanings = CodeMeanings.fit(study, codebook)  # once for each change of the codebook
coded = CodedTurns.from_decisions(study, meanings.code_ids, applied=..., ...)
learned = LearnedCodes.fit(meanings, coded)   # in the background
learned.scores(study.rows_of(source_id))
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

from coding.suggestions.learning.blending import Blend
from coding.suggestions.learning.coded_turns import APPLIES, APPLIES_NOT, CodedTurns
from coding.suggestions.learning.examples import (
    likeness_to_prototypes,
    prototypes,
)
from coding.suggestions.learning.folds import folds_of, transcript_groups
from coding.suggestions.learning.learners import Learners
from coding.suggestions.learning.meanings import CodeMeanings
from coding.suggestions.preparing.prepared import PreparedStudy

Table = npt.NDArray[np.float64]
Rows = npt.NDArray[np.intp]

# Fewer examples or counter-examples than these in all teach no rate of anything.
LEAST_EXAMPLES = 5
LEAST_COUNTER_EXAMPLES = 20


@dataclass(frozen=True, slots=True)
class HeldOut:
    """The probabilities of coded turns, each scored with its transcript held out.

    ``rows`` are rows of the study, ``decided`` what is known of them (``nan`` unknown).
    """

    rows: Rows
    chance: Table
    decided: Table

    def decisions(self) -> tuple[Table, Table]:
        """Probability and outcome of every known decision, as two lists."""
        known = ~np.isnan(self.decided)
        return self.chance[known], self.decided[known]


@dataclass(frozen=True, slots=True)
class LearnedCodes:
    """What a study's codings have taught so far; never changed, but made anew.

    ``learners`` and ``blend`` are nothing while too little is coded: then codes are
    ordered by cues, by their definitions and by the few examples there are.
    """

    meanings: CodeMeanings
    coded: CodedTurns
    learners: Learners | None
    blend: Blend | None
    held_out: HeldOut

    @classmethod
    def fit(cls, meanings: CodeMeanings, coded: CodedTurns) -> LearnedCodes:
        """Learn from what people decided. The same decisions always teach the same.

        ``coded`` has the columns ``meanings.code_ids``; raises ValueError otherwise.
        """
        if coded.code_ids != meanings.code_ids:
            raise ValueError("Decisions and codebook do not name the same codes.")
        with threadpool_limits(limits=1):
            return cls._fitted(meanings, coded)

    @classmethod
    def _fitted(cls, meanings: CodeMeanings, coded: CodedTurns) -> LearnedCodes:
        rows = coded.rows
        decided = coded.table[rows]
        groups = transcript_groups([meanings.study.turns[r].source_id for r in rows])
        folds = folds_of(groups)
        if not _enough(decided) or len(folds) < 2:
            nothing = HeldOut(rows[:0], decided[:0], decided[:0])
            return cls(meanings, coded, None, None, nothing)
        learners, scores = Learners.fit(meanings, coded)
        blend, chance = Blend.fit(scores, decided, folds)
        return cls(meanings, coded, learners, blend, HeldOut(rows, chance, decided))

    @property
    def has_learned(self) -> bool:
        """Whether scores are calibrated probabilities, learned from this study."""
        return self.blend is not None

    @property
    def study(self) -> PreparedStudy:
        """The prepared study."""
        return self.meanings.study

    def scores(self, rows: Rows) -> Table:
        """How likely each code (column) applies to each turn asked for (row), 0 to 1.

        Calibrated once ``has_learned``; until then an order of codes and no rate.
        """
        if self.learners is None or self.blend is None:
            return self._likeness(rows)
        with threadpool_limits(limits=1):
            return self.blend.predict(self.learners.score(self.meanings, rows))

    def with_decision(self, row: int, code_id: str, *, applies: bool) -> LearnedCodes:
        """The same after one decision more, at once; fit anew after a batch of them.

        Prototypes, neighbours and the ridge take it in. Regressions and the weights of
        the blend stay as they are.
        """
        coded = self.coded.with_decision(row, code_id, applies=applies)
        code = coded.code_ids.index(code_id)
        if self.learners is None:
            return LearnedCodes(self.meanings, coded, None, None, self.held_out)
        with threadpool_limits(limits=1):
            learners = self.learners.with_decision(self.meanings, coded, row, code)
        return LearnedCodes(self.meanings, coded, learners, self.blend, self.held_out)

    def with_study(self, meanings: CodeMeanings) -> LearnedCodes:
        """The same for a study that grew (``CodeMeanings.with_study``)."""
        new = len(meanings.study.turns) - len(self.coded.table)
        unknown = np.full((new, len(self.coded.code_ids)), np.nan)
        coded = CodedTurns(self.coded.code_ids, np.vstack([self.coded.table, unknown]))
        return LearnedCodes(meanings, coded, self.learners, self.blend, self.held_out)

    def _likeness(self, rows: Rows) -> Table:
        """Cues, shared words and the prototype as one order, pressed below 1."""
        meaning = self.study.bases.meaning
        taught = self.coded.rows
        middles = prototypes(
            self.meanings.definitions, meaning[taught], self.coded.table[taught]
        )
        told = self.meanings.told.taken(rows)
        near = likeness_to_prototypes(meaning[rows], middles)
        likeness = np.maximum(told.likeness(near), 0)
        pressed: Table = likeness / (1 + likeness)
        return pressed


def _enough(decided: Table) -> bool:
    return bool(
        (decided == APPLIES).sum() >= LEAST_EXAMPLES
        and (decided == APPLIES_NOT).sum() >= LEAST_COUNTER_EXAMPLES
    )
