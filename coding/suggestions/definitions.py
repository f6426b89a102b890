"""Likeness of a turn to what a code means, by the words the two share.

TF-IDF with sublinear term counts and cosine (Salton and Buckley 1988), over single
words and pairs of neighbours, with weights from the study's own text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from coding.codebook import Code
from coding.language import LanguagePipeline, Word
from coding.word_roots import FUNCTION_WORDS

Likeness = npt.NDArray[np.float64]

# A word in more than one turn of five tells the reader of a reason nothing.
TOO_COMMON_TO_SHOW = 0.2


class DefinitionWords:
    """The weights of words in a study and the codebook's texts in those weights."""

    def __init__(
        self,
        turns: Sequence[Sequence[Word]],
        codes: Sequence[Code],
        language: LanguagePipeline,
    ) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import

        described = [language.words_only(description(code)) for code in codes]
        texts = [subject_terms(words) for words in (*turns, *described)]
        # Every word counts, however seldom: a transcript asked about later may say what
        # until now only a definition says.
        self._weights = TfidfVectorizer(analyzer=lambda terms: terms, sublinear_tf=True)
        self._usable = bool(codes) and any(texts)
        if self._usable:
            self._weights.fit(texts)
            self._codes = self._weights.transform(texts[len(turns) :])
        self._meaning = [_roots(language.words_only(meaning(code))) for code in codes]
        self._number_of_codes = len(codes)
        self._turns_with = Counter(root for words in turns for root in _roots(words))
        self._number_of_turns = len(turns)

    def likeness(self, passages: Sequence[Sequence[Word]]) -> Likeness:
        """Cosine of each passage (row) to each code (column), from 0 to 1.

        A passage that shares no word with any code has a row of zeros.
        """
        if not self._usable or not passages:
            return np.zeros((len(passages), self._number_of_codes))
        rows = self._weights.transform([subject_terms(words) for words in passages])
        cosines: Likeness = (rows @ self._codes.T).toarray()
        return cosines

    def shared_words(self, words: Iterable[Word], code_number: int) -> tuple[Word, ...]:
        """Words of a passage that the code's definition holds too, rarest first.

        Each once, where it is first said; words of every fifth turn of the study are
        left out. Between equally rare words the earlier comes first.
        """
        meaning = self._meaning[code_number]
        shared: dict[str, Word] = {}
        for word in words:
            if word.lower not in FUNCTION_WORDS and word.root in meaning:
                shared.setdefault(word.root, word)
        limit = max(TOO_COMMON_TO_SHOW * self._number_of_turns, 1)
        telling = [word for word in shared.values() if self.turns_with(word) <= limit]
        return tuple(sorted(telling, key=self.turns_with))

    def turns_with(self, word: Word) -> int:
        """In how many turns of the study the word stands, in whatever form."""
        return self._turns_with[word.root]


def description(code: Code) -> str:
    """All that says what a code is: name, definition, use-when, cues and examples.

    What it is *not* is left out, since those words would draw the wrong passages in.
    """
    return ". ".join(
        part for part in (meaning(code), *code.cues, *code.examples) if part
    )


def meaning(code: Code) -> str:
    """The name, definition and use-when of a code in one text."""
    return ". ".join(
        part for part in (code.name, code.definition, code.use_when) if part.strip()
    )


def subject_terms(words: Iterable[Word]) -> list[str]:
    """The roots of words that carry a subject, and each pair of neighbours among them.

    >>> from coding.language import blank_language
    >>> subject_terms(blank_language().words_only("We had to repeat our stories"))
    ['repeat', 'story', 'repeat story']
    """
    roots = [word.root for word in words if word.lower not in FUNCTION_WORDS]
    return roots + [f"{a} {b}" for a, b in zip(roots, roots[1:], strict=False)]


def _roots(words: Iterable[Word]) -> frozenset[str]:
    return frozenset(w.root for w in words if w.lower not in FUNCTION_WORDS)
