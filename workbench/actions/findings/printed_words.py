"""The words a report prints: as they stand inside, as they were decided to leave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from data.storage.evidence.evidence_records import Evidence
from workbench.actions.evidence.evidence_words import words_to_quote
from workbench.actions.findings.report_material import ReportMaterial
from workbench.actions.together.theme_reading import shortened

PieceId = tuple[str, str]
"""Kind and id of a piece of words: ("quotation", an evidence's id)."""

QUOTATION, FIGURE = "quotation", "figure"
STATEMENT, STRENGTH, DOUBTS = "statement", "strength", "what does not fit"
CODE, DECISION, QUESTION = "code", "decision", "question"
OUTCOME, OUTCOME_STATEMENT = "outcome", "statement on an outcome"
LIMITS, MISSING = "what limits it", "what is missing"
STRAND, PROJECT, WAVE = "strand", "mini-project", "wave"
GUIDE, REASON = "topic guide", "reason"
TEMPLATE = "analysis template"
PRINTED_WHOLE = (CODE, FIGURE)
"""What is printed as it is or not at all, a part of it at a time."""


@dataclass(frozen=True, slots=True)
class LeavingWords:
    """A piece of words that may leave: what is printed, and under whose name."""

    words: str
    said_by: str = ""


@dataclass(frozen=True, slots=True)
class PrintedWords:
    """Gives out words as a report may print them.

    Without ``leaving`` everything is printed as it stands, for inside the study. With
    it a piece that is not there is left out.
    """

    material: ReportMaterial
    leaving: Mapping[PieceId, LeavingWords] | None = field(default=None)

    @property
    def is_shareable(self) -> bool:
        """Whether the words leave the study."""
        return self.leaving is not None

    def of(self, kind: str, thing_id: str, words: str) -> str:
        """A piece of words as printed, '' where it is left out."""
        if self.leaving is None:
            return words
        found = self.leaving.get((kind, thing_id))
        if found is None:
            return ""
        return words if kind in PRINTED_WHOLE else found.words

    def quotation(self, evidence: Evidence) -> LeavingWords | None:
        """A quotation as printed with whose it is, nothing where it is left out."""
        if self.leaving is not None:
            return self.leaving.get((QUOTATION, evidence.id))
        if not evidence.now.words:
            return None
        quoted = self.material.quoted.get(evidence.id)
        said_by = quoted.said_by if quoted else ""
        return LeavingWords(shortened(words_to_quote(evidence)), said_by)
