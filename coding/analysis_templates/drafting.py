"""A draft of a record: for each question the interview's own coded passages nearest it.

Extractive: nothing is put into words, passages are chosen. A passage fits a question
that names its code. One that names none is fitted by passages whose code has a cue or
its name in the question, or means clearly more like it than codes do in general; and
by those that share two neighbouring words with it. Likeness is TF-IDF and cosine
(Salton and Buckley 1988), weighed over the codebook; vectors only help to put in order
what fits, for nearness alone is a poor judge.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from coding.analysis_templates.questions import Question
from coding.codebook import Code
from coding.language import LanguagePipeline
from coding.suggestions.definitions import description, meaning, subject_terms
from coding.suggestions.vectors import VectorsInUse

MOST_LINES = 4
MOST_WORDS_TOLD = 4
# A code is near a question where its likeness lies so many standard deviations over
# that of all codes, and is not far below the best: on the sample study 79 of 100 lines
# then came under a code that a person had named for the question, where 12 of 100
# passages had one, and 22 of 78 answers stayed without a line.
STANDS_OUT = 2.0
NEAR_THE_BEST = 0.6
# Of few codes none can stand out by so much; a plain likeness is asked for instead.
ENOUGH_CODES = 12
NEAR_WITH_FEW_CODES = 0.1
# What speaks for a passage beside its nearness, which is 3 at most.
WORTH_OF_CUE, WORTH_OF_CODE = 4.0, 2.0
NOTHING_FITS = "No coded passage of this interview fits the question."

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CodedWords:
    """A coded passage of the interview: its code, its words, where it stands."""

    id: str
    code_id: str
    words: str
    turn: int
    start: int
    end: int

    def overlaps(self, other: CodedWords) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A passage chosen for a question, and why in words."""

    coded_id: str
    why: str


@dataclass(frozen=True, slots=True)
class _Fit:
    passage: CodedWords
    why: str
    worth: float


def draft_answers(
    questions: Sequence[Question],
    passages: Sequence[CodedWords],
    codes: Sequence[Code],
    *,
    language: LanguagePipeline,
    vectors: VectorsInUse,
    most: int = MOST_LINES,
) -> dict[str, tuple[DraftLine, ...]]:
    """The passages chosen for each question by its id, in the order of the interview.

    At most so many; none where nothing fits. Of passages that overlap the nearest is
    taken, and each code comes once before any comes twice. The same input gives the
    same draft: what is equally near stays in the order of the text.
    """
    if not passages or not questions:
        return {one.id: () for one in questions}
    reading = _Reading(questions, passages, codes, language, vectors)
    return {
        one.id: _chosen(reading.fits(number, one), most)
        for number, one in enumerate(questions)
    }


class _Reading:
    """The words of questions, passages and codes, read once."""

    def __init__(
        self,
        questions: Sequence[Question],
        passages: Sequence[CodedWords],
        codes: Sequence[Code],
        language: LanguagePipeline,
        vectors: VectorsInUse,
    ) -> None:
        self._passages = passages
        self._codes = {one.id: one for one in codes}
        self._above = _codes_above(codes)
        headings = frozenset(one.parent_id for one in codes if one.parent_id)
        self._phrases = {
            one.id: _phrases_of(one, language, is_heading=one.id in headings)
            for one in codes
        }
        read = [language.words_only(one.words) for one in questions]
        asked = [subject_terms(words) for words in read]
        self._as_asked = [{word.root: word.lower for word in words} for words in read]
        said = [subject_terms(language.words_only(one.words)) for one in passages]
        meant = [
            subject_terms(language.words_only(self._described(one))) for one in codes
        ]
        self._in_order = [[term for term in o if " " not in term] for o in asked]
        self._asked, self._said = [set(one) for one in asked], [set(o) for o in said]
        self._meant = {one.id: set(o) for one, o in zip(codes, meant, strict=True)}
        likeness = _cosines(asked, meant, meant)
        place = {one.id: number for number, one in enumerate(codes)}
        listed = [number for number, o in enumerate(codes) if o.id not in headings]
        self._fitting = [_standing_out(row, codes, listed) for row in likeness]
        nearness = _cosines(asked, said, said)
        rows = vectors.of([one.words for one in questions])
        nearness += rows @ vectors.of([one.words for one in passages]).T
        for at, one in enumerate(passages):
            if one.code_id in place:
                nearness[:, at] += likeness[:, place[one.code_id]]
        self._nearness = nearness

    def fits(self, number: int, question: Question) -> list[_Fit]:
        """What fits a question, nearest first."""
        found = []
        for at, passage in enumerate(self._passages):
            why, worth = self._why(number, question, at, passage)
            if why:
                near = worth + float(self._nearness[number, at])
                found.append(_Fit(passage, why, near))
        # Rounded: the last digits of a sum differ from one machine to the next.
        found.sort(key=lambda one: (-round(one.worth, 6), one.passage.start))
        return found

    def _why(
        self, number: int, question: Question, at: int, passage: CodedWords
    ) -> tuple[str, float]:
        code = self._codes.get(passage.code_id)
        if code is None:
            return "", 0.0
        if question.code_ids:
            named = self._above[code.id] & set(question.code_ids)
            return ("The question names its code", 0.0) if named else ("", 0.0)
        for phrase, roots in self._phrases[code.id]:
            if _stands_in(roots, self._in_order[number]):
                return f"The question has the cue “{phrase}”", WORTH_OF_CUE
        if code.id in self._fitting[number]:
            shared = self._told(number, self._meant[code.id], pairs=False)
            return f"What its code means shares: {shared}", WORTH_OF_CODE
        shared = self._told(number, self._said[at], pairs=True)
        return (f"Shares with the question: {shared}", 0.0) if shared else ("", 0.0)

    def _told(self, number: int, others: set[str], *, pairs: bool) -> str:
        """Words, or pairs of neighbours, that a question shares, as it has them."""
        shared = [one for one in self._asked[number] & others if (" " in one) is pairs]
        words = self._as_asked[number]
        told = [" ".join(words[root] for root in one.split()) for one in shared]
        return ", ".join(sorted(told)[:MOST_WORDS_TOLD])

    def _described(self, code: Code) -> str:
        """All that says what a code is, and what the theme above it is."""
        above = self._codes.get(code.parent_id)
        return f"{description(code)}. {meaning(above)}" if above else description(code)


def _standing_out(
    row: Numbers, codes: Sequence[Code], listed: Sequence[int]
) -> set[str]:
    """The codes that a question is clearly nearer to than to codes in general.

    ``listed`` are the places of those that are no headings: a heading holds words of
    every code below it.
    """
    usual = row[list(listed)]
    best = float(usual.max(initial=0.0))
    least = best * NEAR_THE_BEST
    if len(listed) >= ENOUGH_CODES:
        least = max(least, float(usual.mean() + STANDS_OUT * usual.std()))
    else:
        least = max(least, NEAR_WITH_FEW_CODES)
    return {
        one.id
        for one, likeness in zip(codes, row, strict=True)
        if likeness > 0 and likeness >= least
    }


def _chosen(fits: Sequence[_Fit], most: int) -> tuple[DraftLine, ...]:
    taken: list[_Fit] = []
    used: Counter[str] = Counter()
    left = list(fits)
    while left and len(taken) < most:
        # The nearest under a code that was drawn on least so far.
        least = min(used[one.passage.code_id] for one in left)
        best = next(one for one in left if used[one.passage.code_id] == least)
        taken.append(best)
        used[best.passage.code_id] += 1
        left = [one for one in left if not one.passage.overlaps(best.passage)]
    taken.sort(key=lambda one: (one.passage.start, one.passage.end))
    return tuple(DraftLine(one.passage.id, one.why) for one in taken)


def _phrases_of(
    code: Code, language: LanguagePipeline, *, is_heading: bool
) -> list[tuple[str, list[str]]]:
    """Cues of a code that say enough by themselves, with the roots of their words.

    A cue of one word may be said of anything. A code without cues is looked for by its
    name, however short; a heading is not.
    """
    by_name = not code.cues and not is_heading
    found = []
    for phrase in (code.name,) if by_name else code.cues:
        words = language.words_only(phrase)
        roots = [term for term in subject_terms(words) if " " not in term]
        if len(roots) > 1 or (by_name and roots):
            found.append((phrase.strip(), roots))
    return found


def _stands_in(roots: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the roots stand in the words, one after the other."""
    long = len(roots)
    return any(
        list(words[at : at + long]) == list(roots)
        for at in range(len(words) - long + 1)
    )


def _codes_above(codes: Sequence[Code]) -> dict[str, set[str]]:
    """Each code with every theme it stands under."""
    parents = {one.id: one.parent_id for one in codes}
    found = {}
    for one in codes:
        above, at = {one.id}, one.parent_id
        while at and at not in above:
            above.add(at)
            at = parents.get(at, "")
        found[one.id] = above
    return found


def _cosines(
    rows: Sequence[Sequence[str]],
    columns: Sequence[Sequence[str]],
    weighed_by: Sequence[Sequence[str]],
) -> Numbers:
    """Cosine of each row to each column over the terms they share, 0 to 1.

    A term weighs the more, the fewer of ``weighed_by`` have it; one that none of them
    has does not count.
    """
    from sklearn.feature_extraction.text import TfidfVectorizer  # slow to import

    if not any(weighed_by):
        return np.zeros((len(rows), len(columns)))
    weights = TfidfVectorizer(analyzer=lambda terms: terms, sublinear_tf=True)
    weights.fit(weighed_by)
    found: Numbers = (weights.transform(rows) @ weights.transform(columns).T).toarray()
    return found
