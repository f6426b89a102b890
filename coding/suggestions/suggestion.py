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
    passage shares with the definition. ``sentence`` says it all in one line.
    """

    sentence: str
    cues: tuple[str, ...] = ()
    cue_segments: tuple[Segment, ...] = ()
    definition_words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeSuggestion:
    """A code proposed for a segment, with its rank in the turn and its reason.

    ``similarity`` orders suggestions (higher is likelier) and is not a probability.
    """

    code_id: str
    turn_number: int
    segment: Segment
    rank: int
    strength: Strength
    similarity: float
    reason: SuggestionReason
