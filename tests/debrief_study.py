"""A small study at the time of its debrief: five sources, four people, three pairs.

Who speaks where (people by hand, for the expectations of tests):

=============  ======  ==========================  =====
source         wave    people                      coded
=============  ======  ==========================  =====
Group 1        Wave 1  Heron, Wren (both workers)  yes
Interview 1    Wave 1  Kestrel (parent)            yes
Interview 2    Wave 2  Kestrel                     yes
Interview 3    Wave 2  Heron                       no
Visit 1        none    Robin (parent), "Voice"     yes
=============  ======  ==========================  =====
"""

from __future__ import annotations

from pathlib import Path

from case_desk import a_study_with_matches, ids_of

from coding.codebook import Code
from coding.study import Participant, Person, Role
from coding.transcripts import SourceKind, Speaker, Transcript, Turn
from data.coding_records import CodingOperation, OperationKind
from data.figures.indicators import IndicatorValue
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore
from matching.judging.judgement import Suitability

KESTREL = Participant("", "Kestrel", "Parent", "", "North")
ROBIN = Participant("", "Robin", "Parent", "", "South")
HERON = Participant("", "Heron", "Social worker", "East team", "North")
WREN = Participant("", "Wren", "Social worker", "East team", "North")

_TEXTS = {
    "Interview 1": (
        "Wave 1",
        SourceKind.INTERVIEW,
        (
            ("I", "How has it been?"),
            ("K", "The same worker came every week and she remembered our names."),
            ("K", "Nobody asked me what I wanted, not once."),
        ),
    ),
    "Group 1": (
        "Wave 1",
        SourceKind.GROUP_DISCUSSION,
        (
            ("W", "We keep a family with one worker where duty lets us do it."),
            ("H", "I sat down and let him tell it, the whole of it."),
        ),
    ),
    "Interview 2": (
        "Wave 2",
        SourceKind.INTERVIEW,
        (
            ("I", "And now?"),
            ("K", "They read my words back to me and asked if that was right."),
        ),
    ),
    "Interview 3": (
        "Wave 2",
        SourceKind.INTERVIEW,
        (("H", "Nothing to add since the spring."),),
    ),
    "Visit 1": (
        "",
        SourceKind.OBSERVATION,
        (
            ("R", "She is the only one who stayed with us the whole year."),
            ("Voice", "They all listened to us at that table."),
        ),
    ),
}
_WHO = {"K": KESTREL, "R": ROBIN, "H": HERON, "W": WREN}

# Words coded, by source: the passage and the code.
_CODED = {
    "Interview 1": (
        ("The same worker came every week", "Same worker"),
        ("she remembered our names", "Continuity"),
        ("Nobody asked me what I wanted, not once.", "Being heard"),
    ),
    "Group 1": (
        ("We keep a family with one worker where duty lets us", "Same worker"),
        ("I sat down and let him tell it", "Being heard"),
    ),
    "Interview 2": (("They read my words back to me", "Being heard"),),
    "Visit 1": (
        ("She is the only one who stayed with us", "Same worker"),
        ("They all listened to us at that table.", "Being heard"),
    ),
}

INDICATORS = (
    IndicatorValue("Referrals", "2014/15 Q1", "North", 40.0, "count", "Table 11"),
    IndicatorValue("Referrals", "2014/15 Q2", "North", None, "count", "Table 11"),
    IndicatorValue("Referrals", "2014/15 Q3", "North", 31.0, "count", "Table 11"),
    IndicatorValue("Referrals", "2014/15 Q1", "South", 7.0, "count", "Table 11"),
    IndicatorValue("Referrals", "2014/15 Q2", "South", 12.0, "count", "Table 11"),
    IndicatorValue("Referrals", "2014/15 Q3", "South", 9.0, "count", "Table 11"),
    IndicatorValue("Re-referrals", "2014/15 Q1", "North", 24.3, "percent", "Table 12"),
    IndicatorValue("Re-referrals", "2014/15 Q3", "North", 20.0, "percent", "Table 12"),
)


def a_transcript(name: str, kind: SourceKind, spoken: tuple[tuple[str, str], ...]):
    """A transcript of these turns, each on a line after its speaker's label."""
    text, turns = "", []
    for number, (speaker, words) in enumerate(spoken, start=1):
        text += f"{speaker}: "
        turns.append(Turn(number, len(text), len(text) + len(words), speaker))
        text += f"{words}\n"
    labels = dict.fromkeys(speaker for speaker, _ in spoken)
    speakers = tuple(Speaker(label, label == "I") for label in labels)
    return Transcript(name, kind, text, tuple(turns), speakers)


def add_interviews(store: StudyStore, actor_id: str) -> dict[str, str]:
    """The five sources by name, each with its id."""
    new = []
    for name, (wave, kind, spoken) in _TEXTS.items():
        labels = {speaker for speaker, _ in spoken} & set(_WHO)
        mappings = [SpeakerMapping(label, participant=_WHO[label]) for label in labels]
        new.append(
            NewSource(
                a_transcript(name, kind, spoken), wave=wave, mappings=tuple(mappings)
            )
        )
    return dict(zip(_TEXTS, store.sources.save(actor_id, new), strict=True))


def add_codings(store: StudyStore, actor_id: str, sources: dict[str, str]) -> None:
    """Three themes, one of them with a code under it and one never used."""
    continuity = store.codebook.add(
        actor_id, Code("", "Continuity", "The same people stay with a family.")
    )
    codes = {
        "Continuity": continuity.id,
        "Same worker": store.codebook.add(
            actor_id, Code("", "Same worker", parent_id=continuity.id)
        ).id,
        "Being heard": store.codebook.add(actor_id, Code("", "Being heard")).id,
        "Paperwork": store.codebook.add(actor_id, Code("", "Paperwork")).id,
    }
    for name, passages in _CODED.items():
        text = store.sources.read(sources[name]).transcript.text
        outcomes = store.coding.apply(
            actor_id,
            sources[name],
            [
                CodingOperation(
                    f"test {name}",
                    number,
                    OperationKind.CODE,
                    segment_id=f"{name}-{number}",
                    code_id=codes[code],
                    start=text.index(words),
                    end=text.index(words) + len(words),
                )
                for number, (words, code) in enumerate(passages, start=1)
            ],
        )
        assert not [one.found for one in outcomes if one.is_refused]


def a_study_to_debrief(path: Path) -> tuple[StudyStore, Person]:
    """Interviews coded, indicators added, C1 judged with H1 and C2 without a match.

    C3 has nobody under the plan; see ``case_desk``.
    """
    store, person, pairing = a_study_with_matches(path)
    study = store.study.read()
    store.study.change(
        person.id,
        study.__class__(
            study.name,
            "Does working with families change what they meet?",
            "2014-07-01",
            version=study.version,
        ),
    )
    store.study.add_person(person.id, Person("dee", "Dee", Role.DEBRIEF_TEAM))
    add_codings(store, person.id, add_interviews(store, person.id))
    store.indicators.save(person.id, INDICATORS)
    ids = ids_of(store)
    store.judgements.save(
        person.id,
        pairing_id=pairing.id,
        contemporary_id=ids["C1"],
        historic_id=ids["H1"],
        suitability=Suitability.GOOD_MATCH,
        rationale="They share need, area and age, but H1 had no school report.",
    )
    store.judgements.save(
        person.id,
        pairing_id=pairing.id,
        contemporary_id=ids["C2"],
        suitability=Suitability.NOT_COMPARABLE,
        rationale="Both listed cases are much younger.",
    )
    return store, person
