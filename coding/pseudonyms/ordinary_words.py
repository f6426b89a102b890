"""Words that are names and also say something else: when is one a name?

``Will``, ``Grace`` or ``May`` are people here and words there. Which of a study's names
are such words is told by a short list, and by the study itself: what is written small
where capitals are usual is a word.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable

from coding.pseudonyms.text_words import TextWords
from coding.pseudonyms.word_lists import (
    AFTER_A_NAME,
    AUXILIARIES,
    BEFORE_A_NAME,
    BEFORE_MONTHS,
    MONTHS,
    NAMES_AND_WORDS,
)

# Who comes before or after a name, in how people are spoken of.
# With these in lower case only a title or a kinship word makes a name.
_LEAST_SEEN = 2


class OrdinaryWords:
    """What is known of ordinary English words, from a dictionary and from the study.

    ``dictionary`` holds words in lower case, as the language pipeline knows them; it is
    empty where none is installed.
    """

    def __init__(
        self, dictionary: Container[str], texts: Iterable[TextWords] = ()
    ) -> None:
        self._dictionary = dictionary
        small: Counter[str] = Counter()
        capital: Counter[str] = Counter()
        for text in texts:
            if not text.is_cased:
                continue
            for number, word in enumerate(text.words):
                if not word.is_capital:
                    small[word.folded] += 1
                elif not text.opens_a_sentence(number):
                    capital[word.folded] += 1
        self._small, self._capital = small, capital

    def says_something_else(self, word: str) -> bool:
        """Whether a name is also a word, so that each mention is looked at closely.

        >>> OrdinaryWords(frozenset()).says_something_else("grace")
        True
        """
        if word in NAMES_AND_WORDS:
            return True
        seen = self._small[word]
        return (
            word in self._dictionary
            and seen >= _LEAST_SEEN
            and seen > self._capital[word]
        )

    def is_said_small(self, word: str) -> bool:
        """Whether the dictionary has it and the study says it with a small letter.

        Then a capital on it heads something; names that are words are left open.
        """
        if word in NAMES_AND_WORDS:
            return False
        return word in self._dictionary and bool(self._small[word])

    def is_a_word(self, word: str) -> bool:
        """Whether it is spelt like a word of English, so no misspelling of a name."""
        return (
            word in NAMES_AND_WORDS
            or word in self._dictionary
            or (
                self._small[word] >= _LEAST_SEEN
                and self._small[word] > self._capital[word]
            )
        )


def stands_as_name(text: TextWords, number: int) -> bool:
    """Whether a word that is a name and a word is a name where it stands.

    By its capital inside a sentence; else by a possessive, a title or word of kinship
    before it, or by what people do after it. Told by no language model, so that the
    same words are always proposed.
    """
    word = text.words[number]
    said = word.folded
    before, after = text.neighbour(number, -1), text.neighbour(number, 1)
    if said in MONTHS and (before in BEFORE_MONTHS or before.isdigit()):
        return False
    if said in MONTHS and after.isdigit():
        return False
    if word.is_capital and text.is_cased and not text.opens_a_sentence(number):
        return True
    if text.is_cased and not word.is_capital:
        return False
    if before in BEFORE_A_NAME:
        return True
    if said in AUXILIARIES:
        return word.is_possessive or (after in AFTER_A_NAME and after not in {"is"})
    return word.is_possessive or after in AFTER_A_NAME
