"""Evidence as it is linked and read: what rests on it, what became of it since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class EvidenceKind(StrEnum):
    """What can be evidence; the value is also how it is stored."""

    CODED_SEGMENT = "coded segment"
    CELL = "cell"
    PAIR = "pair"
    CASE = "case"
    THEME = "theme"
    INDICATOR = "indicator"
    INDICATOR_AREA = "indicator in one area"
    SURVEY = "survey"
    MEMO = "memo"
    DECISION = "decision"
    TEMPLATE_ANSWER = "template answer"
    HYPOTHESIS = "hypothesis"
    FINDING = "finding"

    @property
    def in_words(self) -> str:
        """The kind as a list of evidence names it."""
        return _KINDS_IN_WORDS[self]


_KINDS_IN_WORDS = {
    EvidenceKind.CODED_SEGMENT: "Quotation",
    EvidenceKind.CELL: "Cell of the framework matrix",
    EvidenceKind.PAIR: "Judged pair",
    EvidenceKind.CASE: "Case",
    EvidenceKind.THEME: "Theme",
    EvidenceKind.INDICATOR: "Indicator",
    EvidenceKind.INDICATOR_AREA: "Indicator in one area",
    EvidenceKind.SURVEY: "Survey result",
    EvidenceKind.MEMO: "Memo",
    EvidenceKind.DECISION: "Codebook decision",
    EvidenceKind.TEMPLATE_ANSWER: "Answer in an analysis template",
    EvidenceKind.HYPOTHESIS: "Hypothesis",
    EvidenceKind.FINDING: "Finding",
}


class HolderKind(StrEnum):
    """What can rest on evidence; the value is also how it is stored."""

    CELL = "cell"
    SUMMARY = "summary"
    TEMPLATE_ANSWER = "template answer"
    HYPOTHESIS = "hypothesis"
    OUTCOME = "outcome"
    FINDING = "finding"
    # What speaks against a theme: its contrary cases.
    THEME = "theme"
    # What a hypothesis rested on when minutes were closed; it is never changed.
    MINUTES = "minutes"


class Stance(StrEnum):
    """How evidence stands to what it is linked to.

    Only an outcome has evidence that is mixed, or context; all else rests on what
    speaks for it or against it.
    """

    SUPPORTS = "supports"
    AGAINST = "speaks against"
    MIXED = "mixed"
    CONTEXT = "context"


FOR_AND_AGAINST = (Stance.SUPPORTS, Stance.AGAINST)


class EvidenceChange(StrEnum):
    """What became of evidence since it was linked; the value reads as a sentence."""

    RECODED = "recoded"
    MOVED = "its words or edges were changed"
    NO_LONGER_CODED = "no longer coded"
    WITHDRAWN = "withdrawn"
    BEING_CODED_BLIND = "being coded blind, not to be read now"
    TAKEN_BACK = "taken back"
    VALUE_CHANGED = "its value was changed"
    WORDS_CHANGED = "its words were changed"
    STATUS_CHANGED = "it stands otherwise"
    GONE = "no longer in the study"


@dataclass(frozen=True, slots=True)
class Holder:
    """Something that rests on evidence, by kind and the study's id."""

    kind: HolderKind
    id: str


@dataclass(frozen=True, slots=True)
class NewEvidence:
    """A thing about to be linked as evidence."""

    kind: EvidenceKind
    thing_id: str
    stance: Stance = Stance.SUPPORTS
    note: str = ""


@dataclass(frozen=True, slots=True)
class StateNow:
    """How a thing stands: in words for people, and as kept to compare with later.

    ``name`` says where it is from, ``words`` what it says: a quotation's words, a
    value. ``place_id`` is the id its own page knows it by; ``source_id`` and ``start``
    (code points) lead to its place in a source. ``participant_ids`` are those whose
    words it holds; ``may_be_quoted`` is false where anybody speaks in it who said that
    they may not be. Nothing is ``kept`` of what is gone or may not be read now.
    """

    name: str = ""
    words: str = ""
    place_id: str = ""
    source_id: str = ""
    start: int = 0
    speaker: str = ""
    code_id: str = ""
    participant_ids: tuple[str, ...] = ()
    may_be_quoted: bool = True
    kept: Mapping[str, Any] | None = None
    change: EvidenceChange | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A piece of evidence, how the thing now stands, and what became of it since.

    ``now`` is empty where the thing is gone or may not be read; ``detail`` says a
    change nearer ("was Trust, is Power now").
    """

    id: str
    holder: Holder
    kind: EvidenceKind
    thing_id: str
    stance: Stance
    note: str
    linked_by: str
    linked_at: datetime
    now: StateNow = StateNow()
    change: EvidenceChange | None = None
    detail: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is still as it was when it was linked."""
        return self.change is None

    @property
    def warning(self) -> str:
        """What became of it, as a sentence; '' where it stands as it was."""
        if self.change is None:
            return ""
        words = self.change.value
        said = f"{self.kind.in_words}: {words}"
        return f"{said} ({self.detail})." if self.detail else f"{said}."
