"""The front door: codes suggested for the turns of a transcript, each with a reason.

Fitted once over a study's words and codebook, then asked for one transcript at a time.
Learns nothing from codings yet and applies nothing by itself.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from coding.codebook import Code, Codebook
from coding.coded_segments import Segment
from coding.language import LanguagePipeline, Sentence, Word, load_language
from coding.suggestions.blend import UsualLikeness, blended, cue_likeness
from coding.suggestions.candidates import Candidate, Grounds, candidates_in
from coding.suggestions.cues import CueHit, read_cues
from coding.suggestions.explanation import explain
from coding.suggestions.nearness import NearnessToCodes
from coding.suggestions.suggestion import CodeSuggestion
from coding.suggestions.turn_words import ReadTurn, read_turns
from coding.suggestions.vectors import VectorsInUse, load_vectors
from coding.transcripts import Turn

# Part of the state kept with every suggestion: raise it when a rule changes.
RULES_VERSION = 1
SUGGESTIONS_PER_TURN = 3

Decided = tuple[str, Segment]


class SuggestionEngine:
    """Suggests codes for transcripts of one study; made by ``fit`` and kept.

    Holds word counts and no transcript, and serves until the codebook changes or more
    sources come in. ``codes`` are the codes it may suggest, in the codebook's order.
    """

    def __init__(
        self,
        turn_texts: Sequence[str],
        codebook: Codebook,
        *,
        language: LanguagePipeline,
        vectors: VectorsInUse,
    ) -> None:
        self.codes, headings = codes_to_suggest(codebook)
        self.language = language
        self.vectors = vectors
        self._codebook = codebook
        self._cues = read_cues(self.codes, language, headings=headings)
        words = [language.words_only(text) for text in turn_texts]
        self._nearness = NearnessToCodes(
            turn_texts, words, self.codes, language=language, vectors=vectors
        )
        self._usual = UsualLikeness.of(self._nearness.of(turn_texts, words))
        self._turns_with = Counter(cue for turn in words for cue in self._cues_in(turn))
        self._number_of_turns = len(turn_texts)

    @classmethod
    def fit(
        cls,
        turn_texts: Sequence[str],
        codebook: Codebook,
        *,
        language: LanguagePipeline | None = None,
        vectors: VectorsInUse | None = None,
    ) -> SuggestionEngine:
        """An engine for a study, from the texts of all its turns and its codebook.

        Interviewers' turns are best left out. The packaged models are used unless
        others are given.
        """
        language = language or load_language()
        vectors = vectors or load_vectors()
        return cls(turn_texts, codebook, language=language, vectors=vectors)

    @property
    def state(self) -> str:
        """Twelve characters that change with the codebook, the models or the rules.

        Kept with each suggestion, to tell which engine made it.
        """
        codes = [
            [c.id, c.name, c.definition, c.use_when, c.cues, c.examples, c.parent_id]
            for _, c in self._codebook.in_tree_order()
        ]
        parts = [RULES_VERSION, self.language.name, self.vectors.name, codes]
        return hashlib.sha256(json.dumps(parts).encode("utf-8")).hexdigest()[:12]

    @property
    def in_words(self) -> str:
        """Which models suggestions rest on, and which are missing, in two sentences."""
        return f"{self.language.in_words} {self.vectors.in_words}"

    def suggest(
        self,
        text: str,
        turns: Sequence[Turn],
        *,
        decided: Iterable[Decided] = (),
        limit_per_turn: int = SUGGESTIONS_PER_TURN,
    ) -> tuple[CodeSuggestion, ...]:
        """Suggestions in order of turn and rank, at most so many a turn; often none.

        ``turns`` and all segments count code points of ``text``. ``decided`` are codes
        with segments a person has coded or turned down: the code is not suggested again
        on a passage they touch. Within a turn the stronger come first, then the
        likelier, then the codebook's order.
        """
        read = tuple(read_turns(text, turns, self.language))
        grounds = self._grounds(read)
        closed: dict[str, list[Segment]] = {}
        for code_id, segment in decided:
            closed.setdefault(code_id, []).append(segment)
        found: list[CodeSuggestion] = []
        for row, turn in enumerate(read):
            candidates = candidates_in(turn, row, grounds, closed)[:limit_per_turn]
            for rank, candidate in enumerate(candidates, start=1):
                found.append(_suggestion(text, turn.turn, candidate, rank))
        return tuple(found)

    def _grounds(self, read: Sequence[ReadTurn]) -> Grounds:
        """What speaks for each code in each of the turns, gathered in tables."""
        hits = [self._cues.find(turn.sentences) for turn in read]
        nearness = self._nearness.of(
            [turn.said for turn in read], [turn.words for turn in read]
        )
        by_cues = np.array(
            [[cue_likeness(_of_code(found, c)) for c in self.codes] for found in hits]
        ).reshape(nearness.shape)
        return Grounds(
            codes=self.codes,
            hits=hits,
            similarity=blended(by_cues, nearness),
            above_usual=self._usual.above(nearness),
            definitions=self._nearness.definitions,
            turns_with=self._turns_with,
            number_of_turns=self._number_of_turns,
        )

    def _cues_in(self, words: tuple[Word, ...]) -> frozenset[tuple[str, str]]:
        if not words:
            return frozenset()
        whole = Sentence(words[0].start, words[-1].end, words)
        return frozenset(hit.cue.key for hit in self._cues.find([whole]))


def codes_to_suggest(codebook: Codebook) -> tuple[tuple[Code, ...], frozenset[str]]:
    """The codes that may be suggested in the codebook's order, and the headings' ids.

    A code with others under it is a heading; without cues of its own it is left to
    people, because whatever suits it suits one of its codes better.
    """
    in_order = [code for _, code in codebook.in_tree_order()]
    headings = frozenset(code.parent_id for code in in_order if code.parent_id)
    codes = tuple(code for code in in_order if code.id not in headings or code.cues)
    return codes, headings


def _of_code(hits: Sequence[CueHit], code: Code) -> list[CueHit]:
    return [hit for hit in hits if hit.cue.code_id == code.id]


def _suggestion(
    text: str, turn: Turn, candidate: Candidate, rank: int
) -> CodeSuggestion:
    return CodeSuggestion(
        code_id=candidate.code.id,
        turn_number=turn.number,
        segment=candidate.segment,
        rank=rank,
        strength=candidate.strength,
        similarity=candidate.similarity,
        reason=explain(text, candidate.hits, candidate.shared_words),
    )
