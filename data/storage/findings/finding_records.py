"""Findings as they are written and read, and what keeps one from being final."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.problems import DataProblem
from data.storage.evidence.evidence_records import (
    Evidence,
    Holder,
    HolderKind,
    Stance,
)

LONGEST_STATEMENT = 2_000
LONGEST_SENTENCES = 4_000


class FindingState(StrEnum):
    """Whether a finding is still being worked on; the value is also how it is kept."""

    DRAFT = "draft"
    FINAL = "final"


@dataclass(frozen=True, slots=True)
class FindingWords:
    """What a person says of a finding.

    ``strength`` says how strong the evidence is, in a sentence of theirs;
    ``does_not_fit`` what speaks against it or does not fit.
    """

    statement: str
    strength: str = ""
    does_not_fit: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """A finding as kept.

    ``doubts_at`` is when somebody last said that what does not fit is all told.
    ``rested_on`` holds kind, id and stance of its evidence when it was made final.
    """

    id: str
    words: FindingWords
    state: FindingState
    written_by: str
    written_at: datetime
    changed_by: str = ""
    changed_at: datetime | None = None
    doubts_at: datetime | None = None
    final_by: str = ""
    final_at: datetime | None = None
    rested_on: frozenset[tuple[str, str, str]] = frozenset()
    version: int = 1

    @property
    def is_final(self) -> bool:
        """Whether a person called it final."""
        return self.state is FindingState.FINAL

    @property
    def holder(self) -> Holder:
        """The finding as what rests on evidence."""
        return Holder(HolderKind.FINDING, self.id)


@dataclass(frozen=True, slots=True)
class EarlierWording:
    """How a finding was worded before, by whom, until when."""

    words: FindingWords
    worded_by: str
    said_until: datetime


_SECTION = "Finding"
_NOT_FINAL = "It stays a draft until then."


def rests_on(evidence: Sequence[Evidence]) -> frozenset[tuple[str, str, str]]:
    """Evidence as a final finding remembers it: kind, id and stance."""
    return frozenset((e.kind.value, e.thing_id, e.stance.value) for e in evidence)


def what_stops(finding: Finding, evidence: Sequence[Evidence]) -> list[DataProblem]:
    """Everything that must be answered before the finding can be, or stay, final.

    Counter-evidence counts as answered once what does not fit was written, or said to
    hold all of it, after the newest of it was linked.
    """
    return [
        *_words_missing(finding),
        *_evidence_missing(evidence),
        *_not_answered(finding, evidence),
        *_changed_since(finding, evidence),
    ]


def _words_missing(finding: Finding) -> list[DataProblem]:
    if finding.words.strength.strip():
        return []
    return [
        DataProblem(
            "Nobody wrote how strong the evidence is.",
            "How strong the evidence is",
            f"Write a sentence that says so. {_NOT_FINAL}",
        )
    ]


def _evidence_missing(evidence: Sequence[Evidence]) -> list[DataProblem]:
    if any(one.stance is Stance.SUPPORTS for one in evidence):
        return []
    found = (
        "All evidence linked speaks against it, and none for it."
        if evidence
        else "No evidence is linked."
    )
    return [
        DataProblem(
            found, "Evidence", f"Link what it rests on, or word it anew. {_NOT_FINAL}"
        )
    ]


def _not_answered(finding: Finding, evidence: Sequence[Evidence]) -> list[DataProblem]:
    against = [one for one in evidence if one.stance is Stance.AGAINST]
    told = finding.doubts_at if finding.words.does_not_fit.strip() else None
    left = [one for one in against if told is None or one.linked_at > told]
    if not left:
        return []
    number = len(left)
    found = (
        "1 piece of counter-evidence is linked and not answered."
        if number == 1
        else f"{number} pieces of counter-evidence are linked and not answered."
    )
    return [
        DataProblem(
            found,
            "What does not fit",
            "Say there what speaks against it, or that it is said already. "
            f"{_NOT_FINAL}",
        )
    ]


def _changed_since(finding: Finding, evidence: Sequence[Evidence]) -> list[DataProblem]:
    problems = [
        DataProblem(
            one.warning,
            f"Evidence, {one.now.name}" if one.now.name else "Evidence",
            "Read it again and keep it as it stands now, or take the link away. "
            f"{_NOT_FINAL}",
        )
        for one in evidence
        if not one.stands
    ]
    if finding.is_final and rests_on(evidence) != finding.rested_on:
        problems.append(
            DataProblem(
                "Evidence was linked or taken away since it was made final.",
                "Evidence",
                "Take it back to draft, read it again, and make it final anew.",
            )
        )
    return problems


def too_long(words: FindingWords) -> list[DataProblem]:
    """What is wrong with the words themselves: nothing said, or too much."""
    problems = []
    if not words.statement.strip():
        problems.append(
            DataProblem(
                "The finding says nothing.",
                _SECTION,
                "Write it as one statement. Nothing was saved.",
            )
        )
    for text, where, most in (
        (words.statement, _SECTION, LONGEST_STATEMENT),
        (words.strength, "How strong the evidence is", LONGEST_SENTENCES),
        (words.does_not_fit, "What does not fit", LONGEST_SENTENCES),
    ):
        if len(text) > most:
            problems.append(
                DataProblem(
                    f"It has {len(text):,} characters; {most:,} can be kept.",
                    where,
                    "Shorten it, or make two findings of it. Nothing was saved.",
                )
            )
    return problems
