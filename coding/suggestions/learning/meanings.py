"""What a codebook says of each turn before anything is coded: cues, words, meaning."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.codebook import Code, Codebook
from coding.language import Word
from coding.suggestions.blend import cue_likeness
from coding.suggestions.cues import CueHit, CueIndex, read_cues
from coding.suggestions.definitions import DefinitionWords, description
from coding.suggestions.engine import codes_to_suggest
from coding.suggestions.preparing.prepared import PreparedStudy
from coding.suggestions.preparing.study_turns import Surroundings, shifted
from coding.suggestions.preparing.wording import Reading
from coding.suggestions.vectors import Matrix

Table = npt.NDArray[np.float64]

SHARE_OF_AROUND = 0.3


@dataclass(frozen=True, slots=True)
class Told:
    """How a codebook's codes (columns) answer to each turn (row).

    ``cue`` 0 to 1 by the cues said; ``words`` the cosine over words shared with what
    says what a code is; ``meaning`` the cosine of meaning to the same; ``around`` the
    sum of all three in the turn before and the turn after.
    """

    cue: Table
    words: Table
    meaning: Table
    around: Table

    def taken(self, rows: npt.NDArray[np.intp]) -> Told:
        """The rows asked for."""
        return Told(
            self.cue[rows], self.words[rows], self.meaning[rows], self.around[rows]
        )

    def likeness(self, near: Table) -> Table:
        """One order of codes where nothing has been learned; higher is likelier.

        ``near`` is the cosine to each code's prototype, which stands in for meaning
        once there is an example. People stay with a subject for a few turns, so what
        stands around counts, by less than the turn itself.
        """
        likeness: Table = self.cue + self.words + near + SHARE_OF_AROUND * self.around
        return likeness


class CodeMeanings:
    """Fitted to a prepared study and its codebook; no coding has any part in it.

    ``codes`` are those that may be suggested, in the codebook's order; ``definitions``
    has a row of meaning for each. ``told`` is of the study's own turns.
    """

    def __init__(
        self,
        codes: tuple[Code, ...],
        cues: CueIndex,
        words: DefinitionWords,
        definitions: Matrix,
        study: PreparedStudy,
    ) -> None:
        self.codes = codes
        self.code_ids = tuple(code.id for code in codes)
        self.cues = cues
        self.words = words
        self.definitions = definitions
        self.study = study
        self.told = self._tell(study.readings, study.bases.meaning)

    @classmethod
    def fit(
        cls,
        study: PreparedStudy,
        codebook: Codebook,
        *,
        in_use: Collection[str] = (),
    ) -> CodeMeanings:
        """Read a codebook against the words of a study.

        Headings without cues are left to people, unless they are ``in_use``: ids of
        codes that people have applied.
        """
        suggested, headings = codes_to_suggest(codebook)
        chosen = {code.id for code in suggested} | set(in_use)
        in_order = [code for _, code in codebook.in_tree_order()]
        codes = tuple(code for code in in_order if code.id in chosen)
        described = [description(code) for code in codes]
        readings = tuple(study.language.read_many(described))
        return cls(
            codes,
            read_cues(codes, study.language, headings=headings),
            DefinitionWords(
                [words_of(reading) for reading in study.readings], codes, study.language
            ),
            study.fitted.wording.meaning_of(described, readings),
            study,
        )

    def hits(self, row: int) -> tuple[CueHit, ...]:
        """The cues said in a turn, placed from the turn's beginning."""
        return self.cues.find(self.study.readings[row])

    def with_study(self, study: PreparedStudy) -> CodeMeanings:
        """The same codebook for a study that has grown, its words weighed alike."""
        return CodeMeanings(self.codes, self.cues, self.words, self.definitions, study)

    def _tell(self, readings: Sequence[Reading], meaning: Matrix) -> Told:
        column_of = {code_id: column for column, code_id in enumerate(self.code_ids)}
        cue = np.zeros((len(readings), len(self.codes)))
        for row, reading in enumerate(readings):
            said: dict[str, list[CueHit]] = {}
            for hit in self.cues.find(reading):
                said.setdefault(hit.cue.code_id, []).append(hit)
            for code_id, hits in said.items():
                cue[row, column_of[code_id]] = cue_likeness(hits)
        words = self.words.likeness([words_of(reading) for reading in readings])
        near = (meaning @ self.definitions.T).astype(np.float64)
        around = Surroundings.of(self.study.turns)
        whole = cue + words + near
        beside = shifted(whole, around.previous) + shifted(whole, around.next)
        return Told(cue, words, near, beside)


def words_of(reading: Reading) -> tuple[Word, ...]:
    """The words of a turn in order."""
    return tuple(word for sentence in reading for word in sentence.words)
