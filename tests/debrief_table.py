"""People round a table: a study with one wave, one interview and those who debrief."""

from __future__ import annotations

from interview_desk import a_desk, code_words

from coding.study import Person, Role
from data.storage import StudyStore
from data.storage.debriefs.debrief_records import (
    Attender,
    Debrief,
    DebriefForm,
    Meeting,
)
from data.storage.evidence.evidence_records import (
    EvidenceKind,
    Holder,
    HolderKind,
    NewEvidence,
    Stance,
)

NELL = Person("nell", "Nell Osei", Role.PRACTITIONER_RESEARCHER)
GUEST = Attender("Ms Fane", "Team manager")
PASSAGE = "The same worker came every week"


def a_table(store: StudyStore) -> tuple[str, str]:
    """The id of a draft debrief and of a passage coded Same worker.

    Di (debrief team) and Nell (practitioner researcher) took part, and a guest.
    """
    source, same, _ = a_desk(store)
    store.study.add_person("lead", NELL)
    operation = code_words(PASSAGE, same)
    store.coding.apply("priya", source, [operation])
    return begun(store), operation.segment_id


def begun(store: StudyStore, held_on: str = "2025-06-02") -> str:
    """The id of a draft debrief of wave 1."""
    (wave,) = store.study.waves()
    meeting = Meeting(
        DebriefForm.DEBRIEF, held_on, (wave.id,), ("di", "nell"), (GUEST,)
    )
    return store.debriefs.begin("di", meeting)


def now_read(store: StudyStore, debrief_id: str) -> Debrief:
    """The debrief as it now stands."""
    found = store.debriefs.debrief(debrief_id)
    assert found is not None
    return found


def link(store: StudyStore, hypothesis_id: str, segment: str, stance: Stance) -> None:
    """The passage as evidence of the hypothesis."""
    store.evidence.link(
        "di",
        Holder(HolderKind.HYPOTHESIS, hypothesis_id),
        [NewEvidence(EvidenceKind.CODED_SEGMENT, segment, stance, "Her own words.")],
    )
