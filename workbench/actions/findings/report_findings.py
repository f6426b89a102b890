"""The sections of the findings themselves: words, quotations, what does not fit."""

from __future__ import annotations

from collections.abc import Sequence

from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    Quotation,
    ReportTable,
    Section,
)
from data.storage.evidence.evidence_records import Evidence, EvidenceKind
from data.storage.findings.finding_records import Finding
from workbench.actions.findings.figures.figure_charts import FigureCharts
from workbench.actions.findings.printed_numbers import PrintedNumbers
from workbench.actions.findings.printed_words import (
    CODE,
    DOUBTS,
    FIGURE,
    STATEMENT,
    STRENGTH,
    PrintedWords,
)
from workbench.actions.findings.report_counts import PEOPLE, theme_of
from workbench.actions.findings.report_material import FindingRead, ReportMaterial

FINDINGS = "What was found"
_LONGEST_HEADING = 12  # words
_FIGURES = (EvidenceKind.INDICATOR, EvidenceKind.SURVEY)
EvidenceId = tuple[str, str]
"""Kind and id of what is cited."""


def taken_in(material: ReportMaterial, words: PrintedWords) -> list[FindingRead]:
    """The findings a report prints: all inside; to share, those that stand."""
    if not words.is_shareable:
        return list(material.findings)
    return [
        read
        for read in material.findings
        if read.stands
        and words.of(STATEMENT, read.finding.id, read.finding.words.statement)
    ]


def references(material: ReportMaterial, words: PrintedWords) -> dict[EvidenceId, int]:
    """The number of each piece of evidence that a report cites, counted from 1.

    In what leaves only what is printed is numbered: a gap would tell of the rest.
    """
    found: dict[EvidenceId, int] = {}
    for read in taken_in(material, words):
        for one in read.evidence:
            if _is_cited(one, words):
                found.setdefault((one.kind.value, one.thing_id), len(found) + 1)
    return found


def _is_cited(one: Evidence, words: PrintedWords) -> bool:
    if not words.is_shareable:
        return True
    if one.kind is EvidenceKind.CODED_SEGMENT:
        return words.quotation(one) is not None
    return one.kind in _FIGURES and bool(words.of(FIGURE, one.id, one.now.name))


def findings_sections(
    material: ReportMaterial,
    numbers: PrintedNumbers,
    words: PrintedWords,
    charts: FigureCharts,
) -> list[Section]:
    """All findings in their order, each with its evidence by number."""
    taken = taken_in(material, words)
    if not taken:
        return [Section(FINDINGS, (Paragraph("No finding is told here."),))]
    listed = tuple(
        f"{at}. {words.of(STATEMENT, one.finding.id, one.finding.words.statement)}"
        for at, one in enumerate(taken, start=1)
    )
    lead = "Numbers in square brackets lead to the list of references."
    return [
        Section(FINDINGS, (Points(listed), Paragraph(lead, is_note=True))),
        *(
            _finding(at, read, material, numbers, words, charts)
            for at, read in enumerate(taken, start=1)
        ),
    ]


def _finding(
    at: int,
    read: FindingRead,
    material: ReportMaterial,
    numbers: PrintedNumbers,
    words: PrintedWords,
    charts: FigureCharts,
) -> Section:
    finding = read.finding
    statement = words.of(STATEMENT, finding.id, finding.words.statement)
    strength = words.of(STRENGTH, finding.id, finding.words.strength)
    doubts = words.of(DOUBTS, finding.id, finding.words.does_not_fit)
    heading = f"Finding {at}: {_short(statement)}"
    parts: list[Part] = []
    if not finding.is_final:
        parts.append(Paragraph("Draft: nobody called this finding final yet."))
    elif read.stops and not words.is_shareable:
        said = " ".join(one.found for one in read.stops)
        parts.append(Paragraph(f"To be answered before it stands: {said}"))
    parts.append(Paragraph(statement))
    if strength:
        parts.append(Paragraph(f"How strong the evidence is: {strength}"))
    parts += _people_behind(read, material, numbers, words, heading)
    parts += _evidence(read.supporting(), material, words)
    if doubts or read.against():
        parts.append(Paragraph(f"What does not fit: {doubts or 'see below.'}"))
        parts += _evidence(read.against(), material, words)
    parts += charts.of([one for one in read.evidence if _is_cited(one, words)])
    return Section(heading, tuple(parts), level=2)


def _people_behind(
    read: FindingRead,
    material: ReportMaterial,
    numbers: PrintedNumbers,
    words: PrintedWords,
    heading: str,
) -> list[Part]:
    """How many people speak about the themes that the quotations are coded under."""
    themes = dict.fromkeys(
        material.theme_of_code(one.now.code_id)
        for one in read.evidence
        if one.now.code_id
    )
    points = []
    for code_id in themes:
        known = material.themes.theme(code_id) if code_id else None
        name = words.of(CODE, code_id, known.code.name) if known else ""
        if name and theme_of(code_id) in numbers.counts.counted:
            people = numbers.count(theme_of(code_id), heading)
            everybody = numbers.count(PEOPLE, heading)
            points.append(f"{name}: {people} of {everybody} people speak about it.")
    return [Points(tuple(points))] if points else []


def _evidence(
    evidence: Sequence[Evidence],
    material: ReportMaterial,
    words: PrintedWords,
) -> list[Part]:
    numbered = references(material, words)
    quoted: list[Part] = []
    points: list[str] = []
    inside: dict[str, None] = {}
    for one in evidence:
        number = f"[{numbered.get((one.kind.value, one.thing_id), '')}]"
        if one.kind is EvidenceKind.CODED_SEGMENT:
            printed = words.quotation(one)
            if printed and not (words.is_shareable or one.now.may_be_quoted):
                points.append(f"{number} {printed.said_by}: {printed.words}")
            elif printed:
                quoted.append(
                    Quotation(
                        printed.words,
                        printed.said_by,
                        number if words.is_shareable else f"{number} {one.now.name}",
                        "" if words.is_shareable else one.now.source_id,
                        one.now.start,
                    )
                )
            elif not words.is_shareable:
                points.append(f"{number} {one.warning or 'Not to be read now.'}")
        elif one.kind in _FIGURES:
            said = words.of(FIGURE, one.id, f"{one.now.name}: {one.now.words}")
            if said:
                points.append(f"{number} {one.kind.in_words}: {said}")
        elif words.is_shareable:
            inside[one.kind.in_words.lower()] = None
        else:
            said = ": ".join(w for w in (one.now.name, one.now.words) if w)
            points.append(f"{number} {one.kind.in_words}: {said or one.warning}")
    if inside:
        points.append(f"Kept inside the study: {', '.join(inside)}.")
    return [*quoted, *([Points(tuple(points))] if points else [])]


def references_section(material: ReportMaterial, words: PrintedWords) -> Section:
    """The numbered list of everything the findings cite."""
    numbered = references(material, words)
    rows: dict[int, tuple[str, ...]] = {}
    for read in taken_in(material, words):
        for one in read.evidence:
            number = numbered.get((one.kind.value, one.thing_id))
            if number is None:
                continue
            printed = words.quotation(one) if words.is_shareable else None
            place = printed.said_by if printed else one.now.name or one.warning
            rows[number] = (f"[{number}]", one.kind.in_words, place)
    if not rows:
        return Section("References", (Paragraph("Nothing is cited."),))
    table = ReportTable(
        "References",
        ("Number", "What it is", "Whose words, or from where"),
        tuple(rows[number] for number in sorted(rows)),
    )
    return Section("References", (table,))


def heading_words(finding: Finding) -> str:
    """A finding's statement as its heading prints it, cut after a dozen words."""
    return _short(finding.words.statement)


def _short(statement: str) -> str:
    words = statement.split()
    if len(words) <= _LONGEST_HEADING:
        return statement
    return f"{' '.join(words[:_LONGEST_HEADING])} …"
