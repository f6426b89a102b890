"""The phrases a case's notes share with its candidates', to stand beside the distance.

Only notes dated up to the referral are ever handed in or read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from coding.narratives.shared_phrases import rarity_of_words, shared_phrases
from data.case_files import CaseAtReferral
from data.storage import StudyStore


def rarity_in_notes(store: StudyStore) -> dict[str, float]:
    """How rare each word is over the notes up to the referral of all cases."""
    pool = store.cases.case_pool(with_notes=True)
    notes = (
        case.values["referral_note"] for case in (*pool.contemporary, *pool.historic)
    )
    return rarity_of_words(note for note in notes if note.strip())


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
