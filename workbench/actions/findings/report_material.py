"""Everything a report of findings is written from, read from the study once.

Evidence is read as anybody may read it: what is being coded blind says nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from coding.codebook import Codebook
from coding.coded_segments import Segment
from coding.mentions import NO_ROLE, NO_WAVE, SourceReading
from coding.study import Participant, Study
from data.codebook_records import CodebookDecision
from data.problems import DataProblem
from data.storage import StudyStore
from data.storage.evidence.evidence_records import (
    Evidence,
    EvidenceKind,
    HolderKind,
    Stance,
)
from data.storage.findings.finding_records import Finding, what_stops
from data.storage.outcomes.statement_records import OutcomeRead
from workbench.actions.account.pairing_report import PairingReport, read_pairing_report
from workbench.actions.findings.appendices.readings import (
    AgreementRead,
    TemplateRead,
    read_all_agreement,
    read_templates,
)
from workbench.actions.findings.figures.figure_rows import (
    PublishedFigures,
    read_figures,
)
from workbench.actions.findings.report_counts import CountsOfStudy, read_counts
from workbench.actions.findings.report_reached import with_reached
from workbench.actions.findings.rows.pairing_rows import (
    PairingRows,
    read_pairing_rows,
)
from workbench.actions.study_design.design_reading import StudyDesign, read_design
from workbench.actions.together.pair_report import JudgedPairs, read_judged_pairs
from workbench.actions.together.theme_reading import ThemesOfStudy


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whose words a quotation holds: participants, and whether somebody unnamed too.

    ``said_by`` is what the report for inside the study prints.
    """

    participant_ids: tuple[str, ...]
    holds_others: bool
    said_by: str


@dataclass(frozen=True, slots=True)
class FindingRead:
    """A finding with its evidence and what keeps it from being, or staying, final."""

    finding: Finding
    evidence: tuple[Evidence, ...]
    stops: tuple[DataProblem, ...]

    @property
    def stands(self) -> bool:
        """Whether it is final and nothing has to be answered first."""
        return self.finding.is_final and not self.stops

    def supporting(self) -> list[Evidence]:
        """The evidence it rests on."""
        return [one for one in self.evidence if one.stance is Stance.SUPPORTS]

    def against(self) -> list[Evidence]:
        """The evidence that speaks against it."""
        return [one for one in self.evidence if one.stance is Stance.AGAINST]


@dataclass(frozen=True, slots=True)
class ReportMaterial:
    """Everything the report can print."""

    study: Study
    findings: tuple[FindingRead, ...]
    outcomes: tuple[OutcomeRead, ...]
    counts: CountsOfStudy
    design: StudyDesign
    themes: ThemesOfStudy
    codebook: Codebook
    decisions: tuple[CodebookDecision, ...]
    pairs: JudgedPairs
    pairing: PairingReport | None
    pairing_rows: PairingRows | None
    agreement: AgreementRead
    templates: tuple[TemplateRead, ...]
    figures: PublishedFigures
    quoted: Mapping[str, Quoted]
    """Whose words each quotation holds, by the evidence's id."""

    def theme_of_code(self, code_id: str) -> str:
        """The id of the theme that a code is gathered under, '' for an unknown one."""
        parents = {one.id: one.parent_id for one in self.codebook.codes}
        while parents.get(code_id):
            code_id = parents[code_id]
        return code_id if code_id in parents else ""


def read_findings(store: StudyStore, reader_id: str | None) -> list[FindingRead]:
    """Every finding with its evidence as this person may read it, in order."""
    evidence = store.evidence.of_all(HolderKind.FINDING, reader_id=reader_id)
    found = []
    for one in store.findings.all():
        linked = evidence.get(one.id, [])
        found.append(FindingRead(one, tuple(linked), tuple(what_stops(one, linked))))
    return found


def read_material(store: StudyStore) -> ReportMaterial:
    """What the study holds for a report of its findings."""
    counts, themes = read_counts(store)
    design = read_design(store)
    findings = read_findings(store, None)
    people = {one.id: one for one in store.study.participants()}
    pairing = read_pairing_report(store)
    return ReportMaterial(
        store.study.read(),
        tuple(findings),
        tuple(store.outcomes.read_all()),
        with_reached(counts, design),
        design,
        themes,
        store.codebook.codebook(),
        tuple(d for d in store.codebook_decisions.decisions() if not d.withdrawn_at),
        read_judged_pairs(store),
        pairing,
        read_pairing_rows(store, pairing) if pairing else None,
        read_all_agreement(store),
        read_templates(store),
        read_figures(store),
        _whose_words(store, findings, people),
    )


def _whose_words(
    store: StudyStore,
    findings: Sequence[FindingRead],
    people: Mapping[str, Participant],
) -> dict[str, Quoted]:
    """Whose words the quotations hold; only the sources that are cited are read."""
    readings: dict[str, SourceReading | None] = dict.fromkeys(
        store.withdrawals.sources_out()
    )
    found = {}
    for read in findings:
        for one in read.evidence:
            source_id = one.now.source_id
            if one.kind is not EvidenceKind.CODED_SEGMENT or not source_id:
                continue
            if source_id not in readings:
                source = store.sources.read(source_id)
                readings[source_id] = SourceReading(source, people) if source else None
            if (reading := readings[source_id]) is not None:
                start = one.now.start
                segment = Segment(start, start + len(one.now.words))
                found[one.id] = _quoted(reading, segment)
    return found


def _quoted(source: SourceReading, segment: Segment) -> Quoted:
    parts = source.parts(segment)
    named = {p.participant.id: p.participant for p in parts if p.participant}
    said_by = []
    for part in parts:
        whose = [part.pseudonym]
        if part.participant and part.role != NO_ROLE:
            whose.append(part.role)
        said_by.append(", ".join(whose))
    wave = source.wave if source.wave != NO_WAVE else "no wave"
    whose_words = "; ".join(dict.fromkeys(said_by)) or "Interviewer"
    return Quoted(
        tuple(named),
        any(part.participant is None for part in parts) or not parts,
        f"{whose_words}, {wave}",
    )


def made_now() -> datetime:
    """The moment a report is made, with its zone."""
    return datetime.now().astimezone()
