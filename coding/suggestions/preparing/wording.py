"""What is said in a turn, as rows of numbers: its words, its letters, its meaning.

Fitted over all text of a study, whether coded or not, and blind to codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from coding.language import Sentence
from coding.suggestions.vectors import Matrix, VectorsInUse, unit_rows

# Once said is no pattern; twice may be.
LEAST_TURNS_WITH_A_TERM = 2
LEAST_TURNS_WITH_LETTERS = 3
MOST_LETTER_GROUPS = 60_000
LETTERS = (2, 5)
MOST_LATENT_DIRECTIONS = 200

Reading = tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class WordingRows:
    """Rows of length 1, or 0 where nothing is said; all but meaning sparse."""

    words: Any
    letters: Any
    meaning: Matrix


class Wording:
    """Fitted to a study's turns; turns any text into rows.

    *Words*: TF-IDF of lemmas and pairs of neighbours. *Letters*: TF-IDF of runs of two
    to five characters inside words, which forgive misspelling. *Meaning*: packaged
    vectors less the study's mean or, where there are none, latent semantic analysis of
    the study's own words (Deerwester et al. 1990).
    """

    def __init__(self, vectors: VectorsInUse) -> None:
        self.vectors = vectors

    def fit_transform(
        self, texts: Sequence[str], readings: Sequence[Reading]
    ) -> WordingRows:
        """Fit to the turns of a study, with how each was read, and give their rows."""
        self._words, words = _weighed(
            [lemma_terms(reading) for reading in readings],
            least=LEAST_TURNS_WITH_A_TERM,
            analyzer=_as_given,
        )
        self._letters, letters = _weighed(
            [text.lower() for text in texts],
            least=LEAST_TURNS_WITH_LETTERS,
            analyzer="char_wb",
            ngram_range=LETTERS,
            max_features=MOST_LETTER_GROUPS,
        )
        self._latent = None
        if self.vectors.available:
            self._usual = self.vectors.of(texts).mean(axis=0)
        else:
            self._fit_latent(words)
        return WordingRows(words, letters, self._meaning(texts, words))

    def transform(
        self, texts: Sequence[str], readings: Sequence[Reading]
    ) -> WordingRows:
        """The rows of texts, with how each was read."""
        words = self.words_of(readings)
        letters = self._letters.transform([t.lower() for t in texts])
        return WordingRows(words, letters, self._meaning(texts, words))

    def words_of(self, readings: Sequence[Reading]) -> Any:
        """The rows of words alone (sparse)."""
        return self._words.transform([lemma_terms(r) for r in readings])

    def meaning_of(self, texts: Sequence[str], readings: Sequence[Reading]) -> Matrix:
        """The rows of meaning alone."""
        needs_words = not self.vectors.available
        return self._meaning(texts, self.words_of(readings) if needs_words else None)

    @property
    def in_words(self) -> str:
        """One sentence that says what passages are compared by."""
        if self.vectors.available:
            return self.vectors.in_words
        return (
            "No packaged vectors are installed: passages are compared by which words "
            "stand together in this study (latent semantic analysis)."
        )

    def terms(self) -> npt.NDArray[np.object_]:
        """The lemma or pair of lemmas behind each column of words."""
        names: npt.NDArray[np.object_] = self._words.get_feature_names_out()
        return names

    def _meaning(self, texts: Sequence[str], words: Any) -> Matrix:
        if self.vectors.available:
            rows = self.vectors.of(texts)
            said = np.any(rows != 0, axis=1, keepdims=True)
            return unit_rows(np.where(said, rows - self._usual, 0).astype(np.float32))
        if self._latent is None:
            return np.zeros((len(texts), 1), np.float32)
        return unit_rows(self._latent.transform(words).astype(np.float32))

    def _fit_latent(self, rows: Any) -> None:
        from sklearn.decomposition import TruncatedSVD  # slow to import

        room = min(MOST_LATENT_DIRECTIONS, rows.shape[0] - 1, rows.shape[1] - 1)
        if room > 0:
            self._latent = TruncatedSVD(room, random_state=0).fit(rows)


def lemma_terms(reading: Reading) -> list[str]:
    """The lemmas of a turn, and each pair of neighbours in a sentence."""
    terms: list[str] = []
    for sentence in reading:
        lemmas = [word.lemma for word in sentence.words]
        terms += lemmas
        terms += [f"{a} {b}" for a, b in zip(lemmas, lemmas[1:], strict=False)]
    return terms


def _weighed(said: list[Any], *, least: int, **how: Any) -> tuple[Any, Any]:
    """TF-IDF fitted to what is said in each turn, and its rows.

    Terms of fewer than ``least`` turns are left out, unless nothing is said so often;
    of a study in which nothing is said at all, one term stands for itself.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import

    for at_least in (least, 1):
        weights = TfidfVectorizer(
            min_df=at_least, sublinear_tf=True, dtype=np.float32, **how
        )
        try:
            return weights, weights.fit_transform(said)
        except ValueError:  # no term is left
            continue
    word = "nothing" if isinstance(how["analyzer"], str) else ["nothing"]
    return weights.fit([word]), weights.transform(said)


def _as_given(terms: list[str]) -> list[str]:
    return terms
