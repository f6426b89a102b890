"""Sources and their turns: anything textual that is read and coded.

Positions are Unicode code points over the text as normalised once at import; ends are
exclusive. The text of a source never changes after import.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from enum import StrEnum


class SourceKind(StrEnum):
    """The kinds of source an evaluation gathers."""

    INTERVIEW = "interview"
    GROUP_DISCUSSION = "group_discussion"
    OBSERVATION = "observation"
    SURVEY_COMMENT = "survey_comment"

    @property
    def in_words(self) -> str:
        """The kind in words.

        >>> SourceKind.GROUP_DISCUSSION.in_words
        'Group discussion'
        """
        return self.value.replace("_", " ").capitalize()


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker label of one source and whom it stands for.

    ``participant_id`` is empty for interviewers and for speakers not yet mapped.
    """

    label: str
    is_interviewer: bool = False
    participant_id: str = ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn: number from 1, code-point start and end (exclusive), speaker, time.

    ``start`` to ``end`` covers the spoken words without the speaker label. ``speaker``
    and ``time`` are empty where the file gives none.
    """

    number: int
    start: int
    end: int
    speaker: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Transcript:
    """A source as read from a file: normalised text, its hash, its turns."""

    name: str
    kind: SourceKind
    text: str
    turns: tuple[Turn, ...]
    speakers: tuple[Speaker, ...] = ()

    @property
    def sha256(self) -> str:
        """The SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
        return text_hash(self.text)

    @property
    def word_count(self) -> int:
        """How many words its turns hold, speaker labels left out."""
        return sum(len(self.text[t.start : t.end].split()) for t in self.turns)


def normalise_text(raw: str) -> str:
    """The text as it is kept: NFC, LF line ends, no byte-order mark, no NUL.

    Done once, at import, so that positions never shift afterwards.

    >>> normalise_text('\\ufeffcafe\\u0301\\r\\nline')
    'café\\nline'
    """
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text.replace("\x00", ""))


def text_hash(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
