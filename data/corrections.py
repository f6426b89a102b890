"""Corrections of a source's text: what one does, what it leaves over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from coding.coded_segments import Segment


@dataclass(frozen=True, slots=True)
class CorrectionEffect:
    """What a corrected text does to a source: codings by fate, speakers come and gone.

    ``other_words`` are placed codings whose words were themselves corrected;
    ``suggestions_withdrawn`` are waiting ones whose words changed.
    """

    same_words: int = 0
    other_words: int = 0
    moved: int = 0
    not_placed: int = 0
    suggestions_withdrawn: int = 0
    turns_before: int = 0
    turns_after: int = 0
    new_speakers: tuple[str, ...] = ()
    speakers_gone: tuple[str, ...] = ()

    @property
    def codings(self) -> int:
        """All codings the source had, of those the reader may see."""
        return self.same_words + self.other_words + self.moved + self.not_placed


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A text a source had: its number from 1, who replaced it, when and why."""

    source_id: str
    number: int
    words: int
    reason: str
    replaced_by: str
    replaced_at: datetime


@dataclass(frozen=True, slots=True)
class UnplacedCoding:
    """A coding the corrected text has no place for, with the words it stood on.

    ``near`` is where to look in the corrected text, in code points.
    """

    id: str
    source_id: str
    source_name: str
    code_id: str
    code_name: str
    coder_id: str
    quotation: str
    speaker: str
    turn_number: int
    segment: Segment
    near: int
