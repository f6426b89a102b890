"""A small interview, its people and codes, written so that positions can be counted."""

from __future__ import annotations

import itertools
import uuid

from coding.codebook import Code
from coding.coded_segments import Segment
from coding.study import Participant, Person, Role
from coding.suggestions.suggestion import CodeSuggestion, Strength, SuggestionReason
from coding.transcripts import SourceKind, Speaker, Transcript, Turn
from data.coding_records import CodingOperation, OperationKind
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore

PRIYA = Person("priya", "Priya Wetherall", Role.EMBEDDED_RESEARCHER)
TOM = Person("tom", "Tom Ibbotson", Role.EMBEDDED_RESEARCHER)
DI = Person("di", "Di Marsh", Role.DEBRIEF_TEAM)

# Turn 1 is 13 to 35, turn 2 is 43 to 93; the family emoji is seven code points.
WORDS = (
    "Interviewer: Who came to the house?\n"
    "\n"
    "Mum: 👩‍👩‍👧‍👦 The same worker came every week, and she asked."
)


def a_transcript(
    name: str = "P07 wave 1",
    words: str = WORDS,
    kind: SourceKind = SourceKind.INTERVIEW,
) -> Transcript:
    """The interview as read: turns found by their labels, the first one asks."""
    turns = []
    for number, (start, label) in enumerate(_labelled(words), start=1):
        end = words.find("\n", start)
        end = len(words) if end < 0 else end
        turns.append(Turn(number, start, end, label))
    labels = dict.fromkeys(turn.speaker for turn in turns)
    return Transcript(
        name,
        kind,
        words,
        tuple(turns),
        tuple(Speaker(label, label == "Interviewer") for label in labels),
    )


def _labelled(words: str) -> list[tuple[int, str]]:
    found, at = [], 0
    for line in words.split("\n"):
        if ": " in line:
            label = line.split(": ")[0]
            found.append((at + len(label) + 2, label))
        at += len(line) + 1
    return found


def a_source(
    name: str = "P07 wave 1",
    words: str = WORDS,
    *,
    wave: str = "Wave 1",
    kind: SourceKind = SourceKind.INTERVIEW,
    mappings: tuple[SpeakerMapping, ...] = (
        SpeakerMapping("Mum", participant=Participant("", "Amira", "Parent")),
    ),
) -> NewSource:
    """The interview as it is saved."""
    transcript = a_transcript(name, words, kind)
    return NewSource(transcript, wave, "2025-05-03", f"{name}.txt", mappings)


def with_people(store: StudyStore) -> StudyStore:
    """The study with two embedded researchers and someone who only reads."""
    for person in (PRIYA, TOM, DI):
        store.study.add_person("lead", person)
    return store


def a_desk(store: StudyStore) -> tuple[str, str, str]:
    """One interview and two codes in the study: source, Same worker, Being heard."""
    with_people(store)
    (source,) = store.sources.save("priya", [a_source()])
    same = store.codebook.add("priya", Code("", "Same worker"))
    heard = store.codebook.add("priya", Code("", "Being heard"))
    return source, same.id, heard.id


def segment_of(words: str, text: str = WORDS) -> Segment:
    """Where some words of the interview stand, found by looking for them."""
    start = text.index(words)
    return Segment(start, start + len(words))


_numbers = itertools.count(1)


def an_operation(kind: str, *, client: str = "browser1", **fields) -> CodingOperation:
    """One operation of a browser tab, numbered on from the last."""
    return CodingOperation(client, next(_numbers), OperationKind(kind), **fields)


def code_words(words: str, code_id: str, **fields) -> CodingOperation:
    """Coding some words of the interview."""
    where = segment_of(words)
    return an_operation(
        "code",
        segment_id=str(uuid.uuid4()),
        start=where.start,
        end=where.end,
        code_id=code_id,
        **fields,
    )


def a_suggestion(words: str, code_id: str, *, rank: int = 1) -> CodeSuggestion:
    """A proposal for some words of the interview's second turn."""
    where = segment_of(words)
    return CodeSuggestion(
        code_id,
        2,
        where,
        rank,
        Strength.FAIRLY_SURE,
        0.5,
        SuggestionReason("Because of same worker.", ("same worker",), (where,)),
    )
