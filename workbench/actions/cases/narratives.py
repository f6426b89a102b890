"""The phrases a case's notes share with its candidates', to stand beside the distance.

Only notes dated up to the referral are ever handed in or read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coding.narratives.shared_phrases import (
    TEXTS_WEIGHED,
    rarity_of_words,
    shared_phrases,
)
from data.case_files import CaseAtReferral
from data.storage import StudyStore


def rarity_in_notes(store: StudyStore) -> dict[str, float]:
    """How rare each word is over the notes dated up to the referral.

    In a study of many cases over those of some thousand, taken evenly.
    """
    return rarity_of_words(store.cases.notes_at_referral(most=TEXTS_WEIGHED))


def phrases_beside(
    case: CaseAtReferral,
    candidates: Iterable[CaseAtReferral],
    rarity: Mapping[str, float],
) -> dict[str, tuple[str, ...]]:
    """At most three phrases shared with each candidate's notes, by its id."""
    own = _notes(case)
    return {
        one.id: shared_phrases(own, _notes(one), rarity=rarity) for one in candidates
    }


def _notes(case: CaseAtReferral) -> str:
    return "\n\n".join(note.text for note in case.notes)
