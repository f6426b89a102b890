"""What a suggestion is: a machine's proposal, until a person decides."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from coding.coded_segments import Segment


class Strength(StrEnum):
    """How sure the engine is, in the three words pages use."""

    VERY_LIKELY = "very_likely"
    FAIRLY_SURE = "fairly_sure"
    GUESS = "guess"

    @property
    def in_words(self) -> str:
        """The strength in words.

        >>> Strength.GUESS.in_words
        'a guess'
        """
        return {"very_likely": "very likely", "fairly_sure": "fairly sure"}.get(
            self.value, "a guess"
        )


@dataclass(frozen=True, slots=True)
class SuggestionReason:
    """Why a code was suggested, in parts a page can mark and link.

    ``cue_segments`` are the words that triggered it, in the source's code points;
    ``cues`` the codebook's cue phrases they answer. ``definition_words`` are words the
    passage shares with the definition. ``sentence`` says it all in one line. Once
    codings have taught something, ``telling_segments`` are words that speak for the
    code, ``definition_sentence`` is the sentence of the code the passage is nearest to,
    and ``similar_turns`` are the likest turns with the code: a source's id and a turn's
    number.
    """

    sentence: str
    cues: tuple[str, ...] = ()
    cue_segments: tuple[Segment, ...] = ()
    definition_words: tuple[str, ...] = ()
    telling_segments: tuple[Segment, ...] = ()
    definition_sentence: str = ""
    similar_turns: tuple[tuple[str, int], ...] = ()

    @property
    def is_explicit(self) -> bool:
        """Whether words can be pointed at: a cue, or words of the definition.

        Otherwise the reading is *interpretive*: alike to what was coded, no more.
        """
        return bool(self.cues or self.definition_words)


@dataclass(frozen=True, slots=True)
class CodeSuggestion:
    """A code proposed for a segment, with its rank in the turn and its reason.

    ``similarity`` orders suggestions (higher is likelier) and is not a probability.
    ``chance`` is one, calibrated on the study's own codings, where they have taught
    enough; otherwise nothing.
    """

    code_id: str
    turn_number: int
    segment: Segment
    rank: int
    strength: Strength
    similarity: float
    reason: SuggestionReason
    chance: float | None = None
