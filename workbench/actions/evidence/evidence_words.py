"""A piece of evidence in words: what it says, whose it is, where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from data.storage import StudyStore
from data.storage.evidence.evidence_records import Evidence, EvidenceKind, Stance
from workbench.actions.memos.memos import Way
from workbench.actions.rights.consenting import WORDS_KEPT_BACK
from workbench.actions.together.theme_reading import shortened

STANCES = {
    Stance.SUPPORTS: "Speaks for it",
    Stance.AGAINST: "Speaks against it",
    Stance.MIXED: "Mixed",
    Stance.CONTEXT: "Context",
}
LONGEST_SHOWN = 90
"""Words of a piece of evidence that a list shows; the rest stays at its place."""


@dataclass(frozen=True, slots=True)
class ToldEvidence:
    """A piece of evidence as pages and files tell it.

    ``words`` are what it says, ``whose`` who says them, ``reference`` where it stands.
    ``is_said`` marks somebody's own words; of whoever may not be quoted a sentence
    stands in their place. ``way`` leads to its place, if it has one.
    """

    evidence: Evidence
    words: str
    whose: str
    reference: str
    is_said: bool
    way: Way | None


class EvidenceTeller:
    """Tells evidence with the names that codes and participants have now."""

    def __init__(self, store: StudyStore) -> None:
        self._who = {
            one.id: f"{one.pseudonym}, {one.role.lower()}"
            if one.role
            else one.pseudonym
            for one in store.study.participants()
        }
        codes = (*store.codebook.codebook().codes, *store.codebook.retired().codes)
        self._codes = {one.id: one.name for one in codes}

    def tell(self, one: Evidence, longest: int = LONGEST_SHOWN) -> ToldEvidence:
        """The evidence in words, cut after so many."""
        is_said = one.kind is EvidenceKind.CODED_SEGMENT
        words = words_to_quote(one)
        whose = ", ".join(
            self._who[p] for p in one.now.participant_ids if p in self._who
        )
        reference = one.now.name or f"{one.kind.in_words}, not to be read now"
        if is_said:
            code = self._codes.get(one.now.code_id, "")
            reference += f", under {code}" if code else ""
        else:
            reference = (
                f"{one.kind.in_words}: {reference}" if one.now.name else reference
            )
        return ToldEvidence(
            one,
            shortened(words, longest) if one.now.may_be_quoted else words,
            whose or one.now.speaker,
            reference,
            is_said and bool(words) and one.now.may_be_quoted,
            way_to(one),
        )


def words_to_quote(one: Evidence) -> str:
    """What a piece of evidence says, or in its place that the words are kept back."""
    return one.now.words if one.now.may_be_quoted else WORDS_KEPT_BACK


def way_to(one: Evidence) -> Way | None:
    """The way to the thing itself, or nothing where it has no page or is gone."""
    place = one.now.place_id
    if not place:
        return None
    pages: Mapping[EvidenceKind, tuple[str, dict[str, str], str]] = {
        EvidenceKind.CODED_SEGMENT: (
            "code",
            {"source": one.now.source_id, "at": str(one.now.start)},
            "Read it in its place",
        ),
        EvidenceKind.PAIR: ("judge", {"case": place}, "Open the pair"),
        EvidenceKind.CASE: ("judge", {"case": place}, "Open the case"),
        EvidenceKind.INDICATOR: ("indicators", {}, "Open the indicators"),
        EvidenceKind.THEME: ("themes", {}, "Open the themes"),
        EvidenceKind.CELL: ("matrix", {"cell": place}, "Open the cell"),
        EvidenceKind.FINDING: ("findings", {"finding": place}, "Open the finding"),
        EvidenceKind.INDICATOR_AREA: ("indicators", {}, "Open the indicators"),
        EvidenceKind.SURVEY: ("indicators", {}, "Open the survey results"),
        EvidenceKind.MEMO: ("memos", {"memo": place}, "Open the memo"),
        EvidenceKind.DECISION: (
            "codebook",
            {"part": "decisions"},
            "Open the decisions",
        ),
        EvidenceKind.HYPOTHESIS: (
            "hypotheses",
            {"hypothesis": place},
            "Open the hypothesis",
        ),
        EvidenceKind.TEMPLATE_ANSWER: (
            "templates",
            {"answer": place},
            "Open the answer",
        ),
    }
    found = pages.get(one.kind)
    return Way(*found) if found else None
