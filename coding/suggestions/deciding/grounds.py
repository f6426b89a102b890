"""What in a turn speaks for a code, beside the probability: words, sentences, turns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from coding.language import Sentence, Word
from coding.suggestions.learning.coded_turns import APPLIES
from coding.suggestions.learning.learned_codes import LearnedCodes
from coding.suggestions.passages import Passage
from coding.suggestions.vectors import Matrix
from coding.word_roots import FUNCTION_WORDS

TELLING_TERMS = 3
SIMILAR_TURNS = 2


@dataclass
class LearnedGrounds:
    """Looks up grounds in what was learned; keeps the weights of words once found."""

    learned: LearnedCodes
    _word_weights: dict[int, npt.NDArray[np.float32]] = field(default_factory=dict)
    _sentences: dict[int, tuple[tuple[str, ...], Matrix]] = field(default_factory=dict)
    _telling: dict[tuple[int, int], tuple[Word, ...]] = field(default_factory=dict)

    def telling_words(self, row: int, code: int) -> tuple[Word, ...]:
        """The words of a turn that carry its linear score for a code, in order.

        At most three lemmas or pairs, those that weigh most, and none that weighs
        against the code or is grammar alone.
        """
        if (row, code) not in self._telling:
            self._telling[row, code] = self._find_telling(row, code)
        return self._telling[row, code]

    def _find_telling(self, row: int, code: int) -> tuple[Word, ...]:
        weights = self._weights(code)
        reading = self.learned.study.readings[row]
        if weights is None:
            return ()
        said = self.learned.study.fitted.wording.words_of([reading])
        worth = said.data * weights[said.indices]
        chosen: list[str] = []
        for place in np.argsort(-worth, kind="stable"):
            term = str(self._terms[said.indices[place]])
            if worth[place] <= 0 or len(chosen) == TELLING_TERMS:
                break
            if not set(term.split()) <= FUNCTION_WORDS:
                chosen.append(term)
        return _words_behind(chosen, reading)

    def nearest_sentence(self, row: int, code: int) -> str:
        """The sentence of a code's definition or use that a turn is nearest to."""
        sentences, rows = self._sentences_of(code)
        if not sentences:
            return ""
        return sentences[int((rows @ self.learned.study.bases.meaning[row]).argmax())]

    def similar_turns(self, row: int, code: int) -> tuple[tuple[str, int], ...]:
        """The turns with the code that are likest, the likest first; never itself."""
        study = self.learned.study
        with_code = np.flatnonzero(self.learned.coded.table[:, code] == APPLIES)
        others = with_code[with_code != row]
        likeness = study.bases.meaning[others] @ study.bases.meaning[row]
        likest = others[np.argsort(-likeness, kind="stable")[:SIMILAR_TURNS]]
        return tuple(study.turns[int(other)].key for other in likest)

    def passage_likeness(
        self, passages: tuple[Passage, ...], row: int, code: int
    ) -> npt.NDArray[np.float64]:
        """How like each passage of a turn is to what has the code: 0 to about 2.

        Cosine to the code's prototype, and the share of telling words that stand in it.
        """
        learners = self.learned.learners
        if learners is None or not passages:
            return np.zeros(len(passages))
        study = self.learned.study
        said = [
            study.turns[row].text[p.segment.start : p.segment.end] for p in passages
        ]
        readings = tuple(
            (Sentence(p.segment.start, p.segment.end, p.words),) for p in passages
        )
        meaning = study.fitted.wording.meaning_of(said, readings)
        telling = {word.start for word in self.telling_words(row, code)}
        held = [sum(w.start in telling for w in p.words) for p in passages]
        near: npt.NDArray[np.float64] = (meaning @ learners.middles[code]).astype(float)
        return near + np.array(held) / max(len(telling), 1)

    @cached_property
    def _terms(self) -> npt.NDArray[np.object_]:
        return self.learned.study.fitted.wording.terms()

    def _weights(self, code: int) -> npt.NDArray[np.float32] | None:
        learners = self.learned.learners
        if learners is None or not learners.regressions["close"].learned[code]:
            return None
        if code not in self._word_weights:
            weights = learners.regressions["close"].weights[:-1, code]
            self._word_weights[code] = self.learned.study.fitted.word_weights(weights)
        return self._word_weights[code]

    def _sentences_of(self, code: int) -> tuple[tuple[str, ...], Matrix]:
        """The sentences that say what a code is, with their rows of meaning."""
        if code not in self._sentences:
            study = self.learned.study
            told = self.learned.meanings.codes[code]
            read = [
                (text[one.start : one.end], (one,))
                for text in (told.definition, told.use_when)
                if text.strip()
                for one in study.language.read(text)
            ]
            sentences = tuple(words for words, _ in read)
            readings = tuple(reading for _, reading in read)
            # A code that says nothing of itself has no sentence to be near to.
            rows = (
                study.fitted.wording.meaning_of(sentences, readings)
                if sentences
                else study.bases.meaning[:0]
            )
            self._sentences[code] = sentences, rows
        return self._sentences[code]


def _words_behind(terms: list[str], reading: tuple[Sentence, ...]) -> tuple[Word, ...]:
    """The words of a turn that make up the terms, those of grammar alone left out."""
    wanted = set(terms)
    found: dict[int, Word] = {}
    for sentence in reading:
        words = sentence.words
        for word in words:
            if word.lemma in wanted:
                found[word.start] = word
        for one, two in zip(words, words[1:], strict=False):
            if f"{one.lemma} {two.lemma}" in wanted:
                found[one.start], found[two.start] = one, two
    said = (found[start] for start in sorted(found))
    return tuple(word for word in said if word.lower not in FUNCTION_WORDS)
