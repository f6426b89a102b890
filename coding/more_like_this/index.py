"""Which passages of a study are like others, and by which words.

Cosine over TF-IDF of word roots (Salton and Buckley 1988) plus cosine over the packaged
vectors less their mean; without the vectors, latent semantic analysis of the same words
stands in for them (Deerwester and others 1990).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from coding.finding.search_words import folded_words
from coding.more_like_this.passages import ComparedPassage
from coding.suggestions.vectors import Matrix, VectorsInUse, unit_rows
from coding.word_roots import FUNCTION_WORDS, word_root

_DIRECTIONS = 100
_SEED = 11
_CLOSEST = 3
_WORDS_TOLD = 5
_LEAST_LIKE = 0.05
_ENOUGH_PASSAGES = 30

Likeness = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LikePassage:
    """A passage that is like what was asked for; higher ``likeness`` is nearer.

    ``shared_words`` are the roots both have, the rarest first, as they stand in it.
    """

    passage: ComparedPassage
    likeness: float
    shared_words: tuple[str, ...]


class PassageIndex:
    """The passages of a study, ready to be compared; made once for its words."""

    def __init__(
        self, passages: Sequence[ComparedPassage], vectors: VectorsInUse
    ) -> None:
        self.passages = tuple(passages)
        texts = [one.words for one in self.passages]
        self._vectors = vectors
        self._words, self.tfidf = _fit_words(texts)
        self._rest: Callable[[Sequence[str]], Matrix]
        self._rest, self.in_words = self._fit_rest(texts)
        self.rows = self._rest(texts)

    def nearest(
        self,
        wanted: Sequence[str],
        *,
        leave_out: Callable[[ComparedPassage], bool],
        most: int,
    ) -> list[LikePassage]:
        """The passages nearest to the texts wanted, nearest first.

        Where several texts are wanted a passage counts by the three it is nearest to,
        so that a code with two sides finds both. What hardly resembles any is left out.
        """
        texts = [one for one in wanted if one.strip()]
        if not texts or not self.passages:
            return []
        asked = self._words.transform(texts)
        by_words: Likeness = (self.tfidf @ asked.T).toarray()
        by_rest = (self.rows @ self._rest(texts).T).astype(np.float64)
        each: Likeness = np.sort((by_words + by_rest) / 2, axis=1)
        likeness = each[:, -min(_CLOSEST, len(texts)) :].mean(axis=1).round(6)
        found: list[LikePassage] = []
        # By place where two are as near, so that the list is the same on every machine.
        for at in np.lexsort((np.arange(len(likeness)), -likeness)):
            if len(found) == most or likeness[at] < _LEAST_LIKE:
                break
            passage = self.passages[at]
            if not leave_out(passage):
                shared = self._shared(int(at), asked)
                found.append(LikePassage(passage, float(likeness[at]), shared))
        return found

    def characteristic(self, chosen: Sequence[int], most: int) -> tuple[str, ...]:
        """The words that mark these passages (by number) off from the others.

        Roots are given as the form the passages use most.
        """
        inside = np.asarray(self.tfidf[list(chosen)].mean(axis=0)).ravel()
        every = np.asarray(self.tfidf.mean(axis=0)).ravel()
        apart = (inside - every).round(9)
        names = self._words.get_feature_names_out()
        best = np.lexsort((np.arange(len(apart)), -apart))[:most]
        texts = [self.passages[at].words for at in chosen]
        return tuple(_spelt(names[at], texts) for at in best if apart[at] > 0)

    def _shared(self, at: int, asked: Any) -> tuple[str, ...]:
        strongest = np.asarray(asked.max(axis=0).toarray()).ravel()
        own = np.asarray(self.tfidf[at].toarray()).ravel()
        both = own * strongest
        best = [one for one in np.argsort(-both, kind="stable") if both[one] > 0]
        names = self._words.get_feature_names_out()
        words = [self.passages[at].words]
        return tuple(_spelt(names[one], words) for one in best[:_WORDS_TOLD])

    def _fit_rest(
        self, texts: Sequence[str]
    ) -> tuple[Callable[[Sequence[str]], Matrix], str]:
        if self._vectors.available:
            rows = self._vectors.of(texts)
            usual = rows.mean(axis=0) if len(texts) >= _ENOUGH_PASSAGES else 0.0
            return (
                lambda some: unit_rows(
                    (self._vectors.of(some) - usual).astype(np.float32)
                ),
                "Passages are compared by their words and by packaged vectors.",
            )
        from sklearn.decomposition import TruncatedSVD

        said = (
            "No packaged vectors can be read: passages are compared by their words "
            "and by which words go together in this study."
        )
        directions = min(_DIRECTIONS, min(self.tfidf.shape) - 1)
        if directions < 2:
            return (lambda some: np.zeros((len(some), 1), dtype=np.float32)), said
        svd = TruncatedSVD(directions, random_state=_SEED).fit(self.tfidf)
        return (
            lambda some: unit_rows(
                svd.transform(self._words.transform(some)).astype(np.float32)
            ),
            said,
        )


def roots_of(text: str) -> list[str]:
    """The roots of a text's words, those that carry grammar alone left out.

    >>> roots_of("She told the stories again")
    ['tell', 'story', 'again']
    """
    words = [one.word for one in folded_words(text)]
    return [
        word_root(one) for one in words if one not in FUNCTION_WORDS and len(one) > 2
    ]


def _fit_words(texts: Sequence[str]) -> tuple[Any, Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer

    words = TfidfVectorizer(
        analyzer=roots_of, sublinear_tf=True, min_df=2 if len(texts) > 20 else 1
    )
    try:
        return words, words.fit_transform(texts)
    except ValueError:
        # No word of any subject anywhere: nothing is like anything.
        words = TfidfVectorizer(analyzer=lambda text: [text])
        return words, words.fit_transform([*texts] or ["nothing"])


def _spelt(root: str, texts: Sequence[str]) -> str:
    """The form of a root that these texts use most; of as many, the shortest."""
    forms: dict[str, int] = {}
    for text in texts:
        for one in folded_words(text):
            if word_root(one.word) == root:
                forms[one.word] = forms.get(one.word, 0) + 1
    best = sorted(forms, key=lambda form: (-forms[form], len(form), form))
    return best[0] if best else root
