"""A small study in which real names stand in every kind of place, and its key."""

from __future__ import annotations

from dataclasses import dataclass

from interview_desk import a_transcript, an_operation, with_people

from coding.codebook import Code
from coding.coded_segments import Segment
from coding.pseudonyms.names import ListedName, NameKind
from coding.pseudonyms.ordinary_words import OrdinaryWords
from coding.study import Participant, Role
from coding.suggestions.suggestion import CodeSuggestion, Strength, SuggestionReason
from coding.transcripts import normalise_text
from data.pseudonyms.key import KeyName
from data.rights import Right
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore
from data.storage.memos.memo_records import NewMemo, Thing
from data.tables import PersonRow

NAMED = (
    "Interviewer: Who came to the house?\n"
    "\n"
    "Adunola: Mr Thornlee came every week. Then kezvara’s mum rang from Fernwick.\n"
    "\n"
    "Interviewer: And Adunloa was there?"
)
# No other word of the study is one of these.
REAL = ("adunola", "adunloa", "thornlee", "kezvara", "fernwick")
ORDINARY = OrdinaryWords(frozenset())
NAMES = (
    ListedName("n1", NameKind.PERSON, "Adunola Thornlee", "Wren Hallam"),
    ListedName("n2", NameKind.PERSON, "Kezvara", "Sorrel"),
    ListedName("n3", NameKind.PLACE, "Fernwick", "Saltmere"),
)


@dataclass
class NamedDesk:
    """The study, its source, a code, and the coding made in it."""

    store: StudyStore
    source: str
    code: str
    coding: str


def place_of(words: str, text: str = NAMED) -> Segment:
    """Where some words stand."""
    start = text.index(words)
    return Segment(start, start + len(words))


def code_words(words: str, code_id: str, text: str = NAMED, **fields):
    """Coding some words of the text."""
    import uuid

    where = place_of(words, text)
    return an_operation(
        "code",
        segment_id=str(uuid.uuid4()),
        start=where.start,
        end=where.end,
        code_id=code_id,
        **fields,
    )


def a_named_source(name: str = "Adunola wave 1", words: str = NAMED) -> NewSource:
    """An interview whose words, label, file, name and participant name people."""
    person = Participant(
        "", "Adunola T", "Parent", "Fernwick team", "", {"child": "Kezvara"}
    )
    return NewSource(
        a_transcript(name, words),
        "Wave 1",
        "2025-05-03",
        f"{name} in Fernwick.txt",
        (SpeakerMapping("Adunola", participant=person),),
    )


def a_named_desk(store: StudyStore) -> NamedDesk:
    """One coded interview with memo, suggestion, example and codebook naming people."""
    assert normalise_text(NAMED) == NAMED
    with_people(store)
    (source,) = store.sources.save("priya", [a_named_source()])
    code = store.codebook.add(
        "priya",
        Code(
            "",
            "Same worker",
            definition="As Thornlee was",
            cues=("mr thornlee",),
            examples=("Kezvara’s mum rang",),
        ),
    )
    coding = code_words("Mr Thornlee came", code.id)
    store.coding.apply("priya", source, [coding])
    store.coding.apply("tom", source, [code_words("rang from Fernwick", code.id)])
    where = place_of("Then kezvara’s mum")
    store.suggestions.replace_open(
        "priya",
        {
            source: [
                CodeSuggestion(
                    code.id,
                    2,
                    where,
                    1,
                    Strength.FAIRLY_SURE,
                    0.5,
                    SuggestionReason("Because of ‘kezvara’.", ("kezvara",), (where,)),
                )
            ]
        },
        engine="test",
    )
    store.memos.add(
        "priya", Thing("source", source), NewMemo("Adunola cried here.", "On Adunola")
    )
    return NamedDesk(store, source, code.id, coding.segment_id)


def change_role(store: StudyStore, person_id: str, role: Role) -> None:
    """Give somebody another role, as a study lead may."""
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        row = writing.session.get(PersonRow, person_id)
        row.role = role.value
        writing.session.add(row)
        writing.record("role changed", "person", person_id)


def with_names(store: StudyStore, *names: ListedName, who: str = "priya") -> None:
    """Open the key and put names on its list."""
    if not store.pseudonym_key.status(who).is_open:
        store.pseudonym_key.open(who)

    def listed(key):
        for one in names or NAMES:
            key = key.with_name(KeyName(one, who, "2025-05-03T10:00:00+00:00"))
        return key

    store.pseudonym_key.change(who, "name listed", listed)
