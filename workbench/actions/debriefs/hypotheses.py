"""Hypotheses in words: how they stand, what speaks against them, how they came here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.storage import StudyStore
from data.storage.debriefs.debrief_records import Debrief, Dissent
from data.storage.debriefs.hypothesis_records import (
    CounterSearch,
    Hypothesis,
    HypothesisStatus,
    HypothesisStep,
)
from data.storage.evidence.evidence_records import (
    Evidence,
    Holder,
    HolderKind,
    Stance,
)
from workbench.actions.memos.memos import day_of
from workbench.wording import counted, day_in_words

NOBODY_LOOKED = "Nobody has looked for what speaks against it."


@dataclass(frozen=True, slots=True)
class ReadHypothesis:
    """A hypothesis with what speaks for and against it, and who does not agree."""

    hypothesis: Hypothesis
    evidence: tuple[Evidence, ...] = ()
    dissents: tuple[tuple[Debrief, Dissent], ...] = ()

    @property
    def supports(self) -> tuple[Evidence, ...]:
        """What speaks for it."""
        return tuple(one for one in self.evidence if one.stance is Stance.SUPPORTS)

    @property
    def against(self) -> tuple[Evidence, ...]:
        """What speaks against it."""
        return tuple(one for one in self.evidence if one.stance is Stance.AGAINST)

    @property
    def nobody_looked(self) -> bool:
        """Whether nothing speaks against it and nobody recorded a search."""
        return not self.against and not self.hypothesis.searches

    @property
    def changed(self) -> int:
        """How many pieces of its evidence changed since they were linked."""
        return sum(1 for one in self.evidence if one.warning)


def holder_of(hypothesis_id: str) -> Holder:
    """The hypothesis as what evidence is linked to."""
    return Holder(HolderKind.HYPOTHESIS, hypothesis_id)


def read_hypotheses(
    store: StudyStore, reader_id: str | None, ids: Sequence[str] | None = None
) -> list[ReadHypothesis]:
    """Every hypothesis by number, or those named, in the order of their naming.

    Without a reader the evidence is told as anybody may read it.
    """
    found = {one.id: one for one in store.hypotheses.hypotheses()}
    wanted = list(found) if ids is None else [one for one in ids if one in found]
    evidence = store.evidence.of_all(
        HolderKind.HYPOTHESIS, reader_id=reader_id, holder_ids=wanted
    )
    dissents = _dissents(store)
    return [
        ReadHypothesis(
            found[one], tuple(evidence.get(one, ())), tuple(dissents.get(one, ()))
        )
        for one in wanted
    ]


def _dissents(store: StudyStore) -> Mapping[str, list[tuple[Debrief, Dissent]]]:
    found: dict[str, list[tuple[Debrief, Dissent]]] = {}
    for debrief in reversed(store.debriefs.debriefs()):
        for one in debrief.dissents:
            found.setdefault(one.hypothesis_id, []).append((debrief, one))
    return found


def for_and_against(read: ReadHypothesis) -> str:
    """How much speaks for and against it, and whether anybody looked.

    A count alone would not say whether what speaks against it was looked for.
    """
    said = f"{len(read.supports)} for, {len(read.against)} against"
    if read.against:
        return f"{said}."
    if read.hypothesis.searches:
        return f"{said}; looked for and not found."
    return f"{said}. {NOBODY_LOOKED}"


def search_in_words(search: CounterSearch) -> str:
    """Who looked, where and when, and that nothing was found."""
    return (
        f"Looked for and not found: {search.looked_by}, "
        f"{day_in_words(search.looked_on)}. Where: {search.where_looked}"
    )


def step_in_words(step: HypothesisStep) -> str:
    """What happened to it and by whom, in which debrief or else on which day."""
    said = f"{step.status.capitalize()} by {step.taken_by}"
    if not step.debrief_number:
        return f"{said}, {day_of(step.taken_at)}"
    held = day_in_words(step.held_on)
    return f"{said} in debrief {step.debrief_number} of {held}"


def changes_of_wording(hypothesis: Hypothesis) -> int:
    """How often it was worded anew."""
    return sum(1 for one in hypothesis.steps if one.status is HypothesisStatus.CHANGED)


def standing_in_words(hypothesis: Hypothesis) -> str:
    """How it stands, and how often it was worded anew."""
    said = hypothesis.status.in_words
    times = changes_of_wording(hypothesis)
    if times < 2:
        return f"{said}."
    return f"{said}. Worded anew {counted(times, 'time')}."
