"""Strength of evidence for an outcome: said by people, checked before it is final."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from data.problems import DataProblem
from data.storage.evidence.evidence_records import Evidence, EvidenceKind, Stance
from data.storage.outcomes.logic_model_records import NOTHING_SAVED, Part

LONGEST_STATEMENT = 10_000
LONGEST_ANSWER = 2_000

SCALE_SOURCE = (
    "Adapted from GRADE-CERQual (Lewin and others 2018: high, moderate, low and very "
    "low confidence, by method, coherence, adequacy and relevance). Low and very low "
    "are one level here, limited; mixed and none yet were added, since strands of one "
    "study are weighed and not studies of a review. People choose; nothing is computed."
)


class Level(StrEnum):
    """How strong the evidence is; the value is also how it is kept."""

    STRONG = "strong"
    MODERATE = "moderate"
    LIMITED = "limited"
    MIXED = "mixed"
    NONE_YET = "none yet"

    @property
    def meaning(self) -> str:
        """What the level says, in a sentence."""
        return _MEANINGS[self]


_MEANINGS = {
    Level.STRONG: (
        "Several strands say the same, from more than one side, and what speaks "
        "against it is explained. More evidence would hardly change it."
    ),
    Level.MODERATE: (
        "Most of it says the same and the gaps are known. More evidence could change "
        "how much, hardly whether."
    ),
    Level.LIMITED: (
        "Few people, one strand or thin data say so. More evidence could well "
        "change it."
    ),
    Level.MIXED: (
        "Some speaks for it and some against it, and neither can be set aside."
    ),
    Level.NONE_YET: "Nothing that was gathered so far speaks for it or against it.",
}


class Strand(StrEnum):
    """A kind of evidence that a study gathers; the value is its heading."""

    THEMES = "Themes and quotations"
    MATRIX = "Themes matrix"
    PAIRS = "Judged pairs"
    INDICATORS = "Indicators"
    SURVEYS = "Surveys"
    HYPOTHESES = "Hypotheses"
    FINDINGS = "Findings"
    DOCUMENTS = "Memos and decisions"


_STRANDS = {
    EvidenceKind.CODED_SEGMENT: Strand.THEMES,
    EvidenceKind.THEME: Strand.THEMES,
    EvidenceKind.TEMPLATE_ANSWER: Strand.THEMES,
    EvidenceKind.CELL: Strand.MATRIX,
    EvidenceKind.PAIR: Strand.PAIRS,
    EvidenceKind.CASE: Strand.PAIRS,
    EvidenceKind.INDICATOR: Strand.INDICATORS,
    EvidenceKind.INDICATOR_AREA: Strand.INDICATORS,
    EvidenceKind.SURVEY: Strand.SURVEYS,
    EvidenceKind.HYPOTHESIS: Strand.HYPOTHESES,
    EvidenceKind.FINDING: Strand.FINDINGS,
    EvidenceKind.MEMO: Strand.DOCUMENTS,
    EvidenceKind.DECISION: Strand.DOCUMENTS,
}
# What was worked out from other strands is no strand of its own where strands are
# counted: a hypothesis rests on quotations that may be linked here as well.
_WORKED_OUT = {Strand.HYPOTHESES, Strand.FINDINGS, Strand.DOCUMENTS}
_AGAINST = (Stance.AGAINST, Stance.MIXED)


def strand_of(kind: EvidenceKind) -> Strand:
    """The strand a kind of evidence belongs to."""
    return _STRANDS.get(kind, Strand.DOCUMENTS)


def reference_of(evidence: Evidence) -> str:
    """How a statement cites a linked piece of evidence; it stays the same for good."""
    return f"E-{evidence.id.replace('-', '')[:5].upper()}"


@dataclass(frozen=True, slots=True)
class StatementWords:
    """What a person says of an outcome's evidence.

    ``level`` is nothing while nobody chose one; ``missing`` says what to make of the
    strands without evidence, ``limitations`` of whatever else limits it.
    """

    level: Level | None = None
    statement: str = ""
    limitations: str = ""
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement as kept; one nobody wrote yet has version 0."""

    outcome_id: str
    words: StatementWords = StatementWords()
    is_final: bool = False
    written_by: str = ""
    written_at: datetime | None = None
    final_by: str = ""
    final_at: datetime | None = None
    missing_told: frozenset[str] = frozenset()
    limits_told: frozenset[str] = frozenset()
    rested_on: frozenset[tuple[str, str, str]] = frozenset()
    version: int = 0


@dataclass(frozen=True, slots=True)
class EarlierStatement:
    """What a statement said before, by whom, until when."""

    words: StatementWords
    worded_by: str
    said_until: datetime


@dataclass(frozen=True, slots=True)
class CounterAnswer:
    """What somebody made of a piece of evidence against an outcome."""

    kind: EvidenceKind
    thing_id: str
    words: str
    answered_by: str
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class Side:
    """From which waves, and of which roles, the voices in a piece of evidence are."""

    waves: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OutcomeRead:
    """An outcome with its evidence, statement, answers, and what is left to do.

    ``sides`` has the side of each piece of evidence by its id.
    """

    part: Part
    evidence: tuple[Evidence, ...]
    statement: Statement
    answers: tuple[CounterAnswer, ...]
    sides: Mapping[str, Side]
    stops: tuple[DataProblem, ...] = ()

    @property
    def looks_again(self) -> bool:
        """Whether a final statement has something to be answered since."""
        return self.statement.is_final and bool(self.stops)

    @property
    def stands(self) -> bool:
        """Whether its statement is final and nothing has to be answered first."""
        return self.statement.is_final and not self.stops

    def of(self, strand: Strand) -> list[Evidence]:
        """The evidence of one strand."""
        return [one for one in self.evidence if strand_of(one.kind) is strand]

    def missing(self) -> list[Strand]:
        """The strands nothing is linked from."""
        return [strand for strand in Strand if not self.of(strand)]

    def answer_to(self, evidence: Evidence) -> CounterAnswer | None:
        """The latest answer to a piece of evidence that was linked before it."""
        return next(
            (
                one
                for one in reversed(self.answers)
                if (one.kind, one.thing_id) == (evidence.kind, evidence.thing_id)
                and one.answered_at >= evidence.linked_at
            ),
            None,
        )

    def is_mentioned(self, evidence: Evidence) -> bool:
        """Whether it is answered, or cited by its reference in the statement."""
        words = self.statement.words
        cited = f"{words.statement} {words.limitations}".upper()
        return bool(self.answer_to(evidence)) or reference_of(evidence) in cited

    def not_mentioned(self) -> list[Evidence]:
        """What speaks against it, wholly or in part, and is not mentioned."""
        return [
            one
            for one in self.evidence
            if one.stance in _AGAINST and not self.is_mentioned(one)
        ]

    def one_sided(self) -> list[str]:
        """How its evidence is one-sided: a single strand, wave or role, by name."""
        said = [one for one in self.evidence if one.stance is not Stance.CONTEXT]
        if not said:
            return []
        strands = {strand_of(one.kind) for one in said} - _WORKED_OUT
        sides = [self.sides.get(one.id, Side()) for one in said]
        waves = {wave for one in sides for wave in one.waves}
        roles = {role for one in sides for role in one.roles}
        found = []
        if len(strands) < 2:
            name = next(iter(strands)).value if strands else "what was worked out"
            found.append(f"one strand: {name}")
        for what, names in (("wave", waves), ("role", roles)):
            if len(names) == 1:
                found.append(f"one {what}: {next(iter(names))}")
        return found


def rests_on(evidence: Sequence[Evidence]) -> frozenset[tuple[str, str, str]]:
    """Evidence as a final statement remembers it: kind, id and stance."""
    return frozenset((e.kind.value, e.thing_id, e.stance.value) for e in evidence)


def statement_problems(words: StatementWords) -> list[DataProblem]:
    """What is wrong with the words themselves: too many of them."""
    return [
        DataProblem(
            f"It has {len(text):,} characters; {LONGEST_STATEMENT:,} can be kept.",
            where,
            f"Shorten it, or put the detail into a memo and link it. {NOTHING_SAVED}",
        )
        for text, where in (
            (words.statement, "Statement"),
            (words.limitations, "Limitations"),
            (words.missing, "What is missing"),
        )
        if len(text) > LONGEST_STATEMENT
    ]
