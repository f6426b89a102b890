"""A group interview with others in it and one alone, planted words everywhere."""

from __future__ import annotations

import uuid

from interview_desk import a_source, an_operation, segment_of, with_people

from coding.codebook import Code
from coding.study import Participant
from coding.transcripts import SourceKind
from data.people_rights.withdrawal import About, Kind
from data.sources import SpeakerMapping
from data.storage import StudyStore

ADA_ALONE = "The quangle heron told my landlord about the yellow bicycle twice."
ADA_AMONG = "My wobbling lantern was never returned by the duty team at all."
BO_AMONG = "They listened to me and the same worker came every single week."

ALONE = f"Interviewer: What happened then?\n\nAda: {ADA_ALONE}"
GROUP = (
    "Interviewer: How was it for you both?\n\n"
    f"Ada: {ADA_AMONG}\n\n"
    f"Bo: {BO_AMONG}\n\n"
    "Ada: Yes."
)

ADA = Participant("ada", "Ada", "Parent")
BO = Participant("bo", "Bo", "Parent")


def a_rights_desk(store: StudyStore) -> dict[str, str]:
    """Ada alone in one interview and with Bo in a group; both coded by Priya and Tom.

    Gives the ids of both sources (``alone``, ``group``) and of the code (``heard``).
    """
    with_people(store)
    store.study.save_participants("lead", [ADA, BO])
    ada, bo = store.study.participants()
    alone, group = store.sources.save(
        "priya",
        [
            a_source(
                "Ada at home",
                ALONE,
                mappings=(SpeakerMapping("Ada", participant=ada),),
            ),
            a_source(
                "Parents' group",
                GROUP,
                kind=SourceKind.GROUP_DISCUSSION,
                mappings=(
                    SpeakerMapping("Interviewer", is_interviewer=True),
                    SpeakerMapping("Ada", participant=ada),
                    SpeakerMapping("Bo", participant=bo),
                ),
            ),
        ],
    )
    heard = store.codebook.add("priya", Code("", "Being heard")).id
    ids = {"alone": alone, "group": group, "heard": heard, "ada": ada.id, "bo": bo.id}
    for who, source, text, words in (
        ("priya", "alone", ALONE, ADA_ALONE),
        ("priya", "group", GROUP, "wobbling lantern was never returned"),
        ("tom", "group", GROUP, BO_AMONG),
        # From Ada's last words into Bo's.
        ("tom", "group", GROUP, f"at all.\n\nBo: {BO_AMONG[:30]}"),
    ):
        code(store, ids, who, source, text, words)
    return ids


def code(store, ids, who: str, source: str, text: str, words: str) -> str:
    """The id of some words of a source, just marked as Being heard."""
    where = segment_of(words, text)
    marked = str(uuid.uuid4())
    one = an_operation(
        "code",
        client=f"{who} {source}",
        segment_id=marked,
        start=where.start,
        end=where.end,
        code_id=ids["heard"],
    )
    (done,) = store.coding.apply(who, ids[source], [one])
    assert not done.is_refused, done
    return marked


def about(kind: str, label: str, store: StudyStore) -> About:
    """A participant, source or case by its name."""
    return store.withdrawals.find(Kind(kind), label)
