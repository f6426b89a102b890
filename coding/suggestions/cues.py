"""Cues: words and phrases of the codebook found in what people said.

A cue is found whatever the inflection ("tell our story" in "telling my story"), with
hesitations between its words passed over, and never across the end of a sentence. A
negation before it is seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from coding.codebook import Code
from coding.coded_segments import Segment
from coding.language import LanguagePipeline, Sentence, Word
from coding.word_roots import FUNCTION_WORDS

# A cue says "our" or "the"; people say "my", "his" or "a". Either stands for the other.
DETERMINERS = frozenset(
    {
        "a",
        "an",
        "the",
        "my",
        "your",
        "his",
        "her",
        "its",
        "our",
        "their",
        "this",
        "that",
    }
)
SUBJECTS = frozenset({"i", "you", "he", "she", "we", "they"})
OBJECTS = frozenset({"me", "you", "him", "her", "us", "them"})

PASSED_OVER = frozenset(
    {
        "um",
        "umm",
        "er",
        "erm",
        "uh",
        "mm",
        "hmm",
        "really",
        "just",
        "actually",
        "basically",
        "literally",
        "all",
        "even",
    }
)
PASSED_OVER_AT_MOST = 3

NEGATIONS = frozenset(
    {
        "not",
        "n't",
        "never",
        "no",
        "nobody",
        "none",
        "nothing",
        "without",
        "hardly",
        "barely",
        "neither",
        "nor",
    }
)
# "Not only did they listen" denies nothing.
NO_DENIAL_BEFORE = frozenset({"only", "just", "doubt", "wonder", "matter"})
NEGATION_REACH = 4

# "Doing with not to" is all small words, and yet nobody says it by chance.
LONG_CUE_IN_WORDS = 4

WORTH_OF_A_NEGATED_CUE = 0.5


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that often marks a code, word by word as the pipeline read it.

    ``is_name`` is true where the code has no cues and is looked for by its own name.
    """

    code_id: str
    phrase: str
    words: tuple[Word, ...]
    is_name: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """The code's id and the phrase, to count by."""
        return self.code_id, self.phrase

    @property
    def is_phrase(self) -> bool:
        """Whether two of its words carry a subject, or it is four words or more.

        Such a cue says enough by itself; a single word may be said of anything.
        """
        subjects = sum(word.lower not in FUNCTION_WORDS for word in self.words)
        return subjects > 1 or len(self.words) >= LONG_CUE_IN_WORDS


@dataclass(frozen=True, slots=True)
class CueHit:
    """A cue found in a text, where, and the negation before it ("" for none)."""

    cue: Cue
    segment: Segment
    negation: str = ""

    @property
    def worth(self) -> float:
        """1 for a cue that stands unopposed, a half for one that is negated.

        Not nothing: "nobody does learning circles" still speaks of learning circles.
        """
        return WORTH_OF_A_NEGATED_CUE if self.negation else 1.0


class CueIndex:
    """All cues of a codebook, by the words they begin with."""

    def __init__(self, cues: Iterable[Cue]) -> None:
        self.cues = tuple(cues)
        self._by_first: dict[str, list[int]] = defaultdict(list)
        for number, cue in enumerate(self.cues):
            for key in _keys(cue.words[0]):
                self._by_first[key].append(number)

    def find(self, sentences: Sequence[Sentence]) -> tuple[CueHit, ...]:
        """Every cue in the sentences, in order of place, then of the codebook.

        Of two cues of one code that overlap only the longer counts.
        """
        hits = [hit for s in sentences for hit in self._find_in(s.words)]
        return tuple(h for h in hits if not any(_swallows(o, h) for o in hits))

    def _find_in(self, words: tuple[Word, ...]) -> Iterable[CueHit]:
        for position, word in enumerate(words):
            for number in sorted(self._beginning_with(word)):
                cue = self.cues[number]
                last = _last_word(cue, words, position)
                if last is not None:
                    segment = Segment(word.start, words[last].end)
                    yield CueHit(cue, segment, _negation_before(words, position))

    def _beginning_with(self, word: Word) -> set[int]:
        return {n for key in _keys(word) for n in self._by_first.get(key, ())}


def read_cues(
    codes: Iterable[Code], language: LanguagePipeline, *, headings: frozenset[str]
) -> CueIndex:
    """The cues of all codes, read for finding.

    A code without cues is looked for by its name, a heading (a code with others under
    it) is not. A cue without any word in it is passed over.
    """
    cues = []
    for code in codes:
        by_name = not code.cues and code.id not in headings
        for phrase in (code.name,) if by_name else code.cues:
            words = tuple(w for s in language.read(phrase) for w in s.words)
            if words:
                cues.append(Cue(code.id, phrase.strip(), words, by_name))
    return CueIndex(cues)


def _keys(word: Word) -> frozenset[str]:
    keys = {word.lower, word.lemma, word.root}
    for name, group in (("*the*", DETERMINERS), ("*we*", SUBJECTS), ("*us*", OBJECTS)):
        if word.lower in group:
            keys.add(name)
    return frozenset(keys)


def _last_word(cue: Cue, words: tuple[Word, ...], first: int) -> int | None:
    """Where the cue that begins at ``first`` ends, or nothing if it is not there."""
    at = first
    for wanted in (_keys(word) for word in cue.words[1:]):
        for ahead in range(at + 1, min(at + 2 + PASSED_OVER_AT_MOST, len(words))):
            if wanted & _keys(words[ahead]):
                at = ahead
                break
            if words[ahead].lower not in PASSED_OVER:
                return None
        else:
            return None
    return at


def _negation_before(words: tuple[Word, ...], position: int) -> str:
    """The negating word before a cue in the same clause, as it was said, or nothing."""
    for back in range(position - 1, max(position - 1 - NEGATION_REACH, -1), -1):
        if words[back + 1].after_pause or words[back].lower in {"but", "and"}:
            return ""
        if words[back].lower in NEGATIONS:
            follows = words[back + 1].lower
            return "" if follows in NO_DENIAL_BEFORE else _in_full(words, back)
    return ""


def _in_full(words: tuple[Word, ...], position: int) -> str:
    word = words[position]
    joined = position and words[position - 1].end == word.start
    return words[position - 1].lower + word.lower if joined else word.lower


def _swallows(longer: CueHit, shorter: CueHit) -> bool:
    same_code = longer.cue.code_id == shorter.cue.code_id
    size = (longer.segment.end - longer.segment.start) - (
        shorter.segment.end - shorter.segment.start
    )
    return same_code and size > 0 and longer.segment.overlaps(shorter.segment)
