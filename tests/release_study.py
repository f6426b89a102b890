"""A made study large enough to have numbers to show and numbers to hide.

Thirty-six people in interviews of their own, in two waves; six of them heard twice.
Most speak about *Trust*, a few about *Time*, one alone about *Money*, nobody about
*Paperwork*. Four parents in Northwold are the only ones of their kind.
"""

from __future__ import annotations

from debrief_study import a_transcript

from coding.codebook import Code
from coding.study import Participant, Person, Role
from coding.transcripts import SourceKind
from data.coding_records import CodingOperation, OperationKind
from data.sources import NewSource, SpeakerMapping
from data.storage import StudyStore
from data.storage.evidence.evidence_records import EvidenceKind, NewEvidence, Stance
from data.storage.findings.finding_records import Finding, FindingWords
from workbench.actions.findings.findings_report import (
    FindingsReport,
    write_findings_report,
)
from workbench.actions.findings.report_material import made_now, read_material
from workbench.actions.releases.preparing import prepare, write_shareable

LEAD, PRIYA, DEE = "lead", "priya", "dee"
TRUST = "we came to trust each other over the months"
TIME = "there was never the time for it"
MONEY = "the money ran out in spring"


def person_at(number: int) -> Participant:
    """The participant of that number: role, team and locality follow from it."""
    role = "Parent" if number < 16 else "Social worker" if number < 29 else "Manager"
    place = "Northwold" if number < 4 else ("Eastham", "Westby")[number % 2]
    team = "" if role == "Parent" else ("Blue", "Green")[number % 2]
    return Participant("", f"P{number:02d}", role, team, place)


def a_study_to_release(store: StudyStore) -> dict[str, str]:
    """The study filled; ids of codes by name. The first person, ``lead``, is there."""
    store.study.add_person(LEAD, Person(PRIYA, "Priya", Role.EMBEDDED_RESEARCHER))
    store.study.add_person(LEAD, Person(DEE, "Dee", Role.DEBRIEF_TEAM))
    codes = {
        name: store.codebook.add(PRIYA, Code("", name)).id
        for name in ("Trust", "Time", "Money", "Paperwork")
    }
    new, said = [], []
    for number in range(36):
        waves = ("Wave 1", "Wave 2") if number < 6 else (f"Wave {1 + number % 2}",)
        for wave in waves:
            words = [TRUST] if number % 4 else []
            words += [TIME] if number % 9 == 1 else []
            words += [MONEY] if number == 20 else []
            text = ". ".join(words) or "nothing more to say"
            name = f"Interview {number:02d} {wave}"
            spoken = (("I", f"And then, {number} of {wave}?"), ("A", f"{text}."))
            new.append(
                NewSource(
                    a_transcript(name, SourceKind.INTERVIEW, spoken),
                    wave=wave,
                    mappings=(SpeakerMapping("A", participant=person_at(number)),),
                )
            )
            said.append(words)
    ids = store.sources.save(PRIYA, new)
    for at, (source, words) in enumerate(zip(ids, said, strict=True)):
        text = store.sources.read(source).transcript.text
        store.coding.apply(
            PRIYA,
            source,
            [
                CodingOperation(
                    f"made {at}",
                    number,
                    OperationKind.CODE,
                    segment_id=f"s{at}-{number}",
                    code_id=codes[_CODE_OF[one]],
                    start=text.index(one),
                    end=text.index(one) + len(one),
                )
                for number, one in enumerate(words, start=1)
            ],
        )
    return codes


_CODE_OF = {TRUST: "Trust", TIME: "Time", MONEY: "Money"}


def a_final_finding(
    store: StudyStore,
    segments: tuple[str, ...] = ("s10-1",),
    *,
    against: tuple[str, ...] = (),
    statement: str = "Trust grows where workers stay.",
) -> Finding:
    """A finding that stands, resting on these passages."""
    words = FindingWords(statement, "Moderate: many people, two waves.")
    one = store.findings.add(DEE, words)
    linked = [NewEvidence(EvidenceKind.CODED_SEGMENT, segment) for segment in segments]
    linked += [
        NewEvidence(EvidenceKind.CODED_SEGMENT, segment, Stance.AGAINST)
        for segment in against
    ]
    store.evidence.link(DEE, one.holder, linked)
    if against:
        told = FindingWords(words.statement, words.strength, "Some saw no change.")
        one = store.findings.change(DEE, one, told)
    return store.findings.make_final(DEE, one)


def the_report(store: StudyStore) -> FindingsReport:
    """The findings report as it stays inside."""
    material = read_material(store)
    return write_findings_report(material, made_by="Dee", made_at=made_now())


def the_shareable_report(store: StudyStore) -> FindingsReport:
    """The report that leaves once what is proposed for each piece was chosen."""
    prepared = prepare(store)
    choices = {one.id: one.allowed[0] for one in prepared.in_question}
    return write_shareable(prepared, choices, "Dee")
