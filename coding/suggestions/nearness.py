"""How near a text is to what each code means, by shared words and by vectors.

A good order and a poor judge: near texts are listed first, but nearness alone seldom
makes the engine speak.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from coding.codebook import Code
from coding.language import LanguagePipeline, Word
from coding.suggestions.blend import ENOUGH_TURNS, Likeness
from coding.suggestions.definitions import DefinitionWords, description
from coding.suggestions.vectors import Matrix, VectorsInUse, unit_rows


class NearnessToCodes:
    """Fitted over the turns of a study: what is common there tells nothing apart."""

    def __init__(
        self,
        texts: Sequence[str],
        words: Sequence[Sequence[Word]],
        codes: Sequence[Code],
        *,
        language: LanguagePipeline,
        vectors: VectorsInUse,
    ) -> None:
        self.definitions = DefinitionWords(words, codes, language)
        self._vectors = vectors
        rows = vectors.of(texts)
        # Everything said in a study is about the same few things; taking the mean away
        # leaves what a turn says of its own. A mean of a few turns would be the turns.
        enough = len(texts) >= ENOUGH_TURNS
        self._usual_direction = rows.mean(axis=0) if enough else 0.0
        self._codes = self._apart(vectors.of([description(code) for code in codes]))

    def of(self, texts: Sequence[str], words: Sequence[Sequence[Word]]) -> Likeness:
        """Cosine by words plus cosine by vectors, a row a text; higher is nearer.

        The two are added because each is at most 1 and neither has proved the better.
        """
        return self.by_words(words) + self.by_vectors(texts)

    def by_words(self, words: Sequence[Sequence[Word]]) -> Likeness:
        """Cosine of each text to each code over the words they share, 0 to 1."""
        return self.definitions.likeness(words)

    def by_vectors(self, texts: Sequence[str]) -> Likeness:
        """Cosine of each text to each code over vectors, -1 to 1; 0 without vectors."""
        rows = self._apart(self._vectors.of(texts))
        cosines: Likeness = (rows @ self._codes.T).astype(np.float64)
        return cosines

    def _apart(self, rows: Matrix) -> Matrix:
        # A text without words has no direction, and must not be given the study's.
        has_words = np.any(rows != 0, axis=1, keepdims=True)
        return unit_rows(np.where(has_words, rows - self._usual_direction, 0.0))
