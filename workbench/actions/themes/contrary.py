"""Marking what does not fit a theme: a quotation, with the reason why."""

from __future__ import annotations

from data.problems import DataProblem, DataRefused
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence, Stance
from workbench.actions.themes.theme_summary import theme_holder


def mark_contrary(
    store: StudyStore, actor_id: str, code_id: str, coded_id: str, reason: str
) -> None:
    """Keep a quotation as a contrary case of a theme, with the actor's reason.

    It is linked as evidence against the theme, so that what becomes of it is told.
    Raises DataRefused without a reason, and where it is marked already.
    """
    if not reason.strip():
        raise DataRefused(
            [
                DataProblem(
                    "There is no reason.",
                    "Why it does not fit",
                    "Write what it says that the theme does not. Nothing was saved.",
                )
            ]
        )
    evidence = NewEvidence(EvidenceKind.CODED_SEGMENT, coded_id, Stance.AGAINST, reason)
    if not store.evidence.link(actor_id, theme_holder(code_id), [evidence]):
        raise DataRefused(
            [
                DataProblem(
                    "This quotation is marked already.",
                    "Contrary cases",
                    "Take it away there first to give another reason. Nothing was "
                    "saved.",
                )
            ]
        )
