"""The evidence by outcome: level, statement, limits, and all strands side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    ReportTable,
    Section,
)
from data.storage.evidence.evidence_records import Evidence, Stance
from data.storage.outcomes.statement_records import (
    SCALE_SOURCE,
    Level,
    OutcomeRead,
    Strand,
    reference_of,
)
from workbench.actions.evidence.evidence_words import STANCES, words_to_quote
from workbench.actions.findings.figures.figure_charts import FigureCharts
from workbench.actions.findings.printed_numbers import PrintedNumbers
from workbench.actions.findings.printed_words import (
    LIMITS,
    MISSING,
    OUTCOME,
    OUTCOME_STATEMENT,
    PrintedWords,
)
from workbench.actions.findings.report_material import ReportMaterial
from workbench.actions.outcomes.outcome_words import (
    LOOK_AGAIN,
    gaps_in_words,
    is_said,
    level_in_words,
    standing_in_words,
    strand_in_words,
)
from workbench.actions.together.theme_reading import shortened

BY_OUTCOME = "The evidence by outcome"


def outcomes_taken_in(
    material: ReportMaterial, words: PrintedWords
) -> list[OutcomeRead]:
    """The outcomes a report prints: all inside; to share, those whose statement stands.

    An outcome whose name or statement was left out is left out whole.
    """
    if not words.is_shareable:
        return list(material.outcomes)
    return [
        one
        for one in material.outcomes
        if one.stands
        and words.of(OUTCOME, one.part.id, one.part.words.name)
        and words.of(OUTCOME_STATEMENT, one.part.id, one.statement.words.statement)
    ]


def outcomes_sections(
    material: ReportMaterial,
    numbers: PrintedNumbers,
    words: PrintedWords,
    charts: FigureCharts,
) -> list[Section]:
    """A section for each outcome after one on the scale; none without outcomes."""
    taken = outcomes_taken_in(material, words)
    if not taken:
        return []
    meanings = tuple(f"{one.value.capitalize()}: {one.meaning}" for one in Level)
    lead = (
        "How strong the evidence for each outcome of the logic model is, people said; "
        "nothing was computed."
    )
    return [
        Section(
            BY_OUTCOME,
            (
                Paragraph(lead),
                Points(meanings),
                Paragraph(SCALE_SOURCE, is_note=True),
                _overview(taken, numbers, words),
            ),
        ),
        *(_outcome(one, numbers, words, charts) for one in taken),
    ]


def _overview(
    taken: Sequence[OutcomeRead], numbers: PrintedNumbers, words: PrintedWords
) -> ReportTable:
    caption = "Outcomes by strands"
    if not words.is_shareable:
        caption += ": links of evidence, not people"
    rows = []
    for one in taken:
        cells = tuple(
            _kept(
                numbers,
                f"{caption}: {one.part.label}, {strand.value}",
                one.of(strand),
                _cell(one.of(strand), words),
            )
            for strand in Strand
        )
        name = words.of(OUTCOME, one.part.id, one.part.words.name)
        rows.append((f"{one.part.label} {name}", level_in_words(one), *cells))
    return ReportTable(
        caption, ("Outcome", "Level", *(one.value for one in Strand)), tuple(rows)
    )


def _kept(
    numbers: PrintedNumbers, where: str, evidence: Sequence[Evidence], said: str
) -> str:
    """What a strand says, after each number of links in it was given an id."""
    for piece in re.split("[,;] ", said):
        number, _, stands = piece.partition(" ")
        if number.isdigit():
            rows = [
                f"{reference_of(one)}: {one.kind.in_words}: {one.now.name}"
                for one in evidence
                if (not one.stands if "changed" in stands else is_said(one, stands))
            ]
            numbers.other(number, f"Links of evidence {stands}", where, rows)
    return said


def _cell(evidence: Sequence[Evidence], words: PrintedWords) -> str:
    """What a strand says; outside the study which way, and not by how many links."""
    if not words.is_shareable:
        return strand_in_words(evidence)
    found = {one.stance for one in evidence}
    ways = [STANCES[one].lower() for one in Stance if one in found]
    return "; ".join(ways) or "none"


def _outcome(
    read: OutcomeRead,
    numbers: PrintedNumbers,
    words: PrintedWords,
    charts: FigureCharts,
) -> Section:
    outcome, said = read.part, read.statement.words
    name = words.of(OUTCOME, outcome.id, outcome.words.name)
    parts: list[Part] = []
    if not words.is_shareable:
        stops = [f"{one.where}: {one.found}" for one in read.stops]
        stands = standing_in_words(read)
        if stops:
            numbers.tells(stands, "What is left to answer", stops)
        parts.append(Paragraph(stands, is_note=True))
        parts += _hoped_for(read)
    parts.append(Paragraph(f"How strong the evidence is: {level_in_words(read)}."))
    for label, kind, text in (
        ("", OUTCOME_STATEMENT, said.statement),
        ("What limits it: ", LIMITS, said.limitations),
        ("What is missing: ", MISSING, said.missing),
    ):
        if printed := words.of(kind, outcome.id, text):
            parts.append(Paragraph(f"{label}{printed}"))
    if gaps := gaps_in_words(read):
        parts.append(Paragraph(gaps))
    if not words.is_shareable:
        parts += _inside(read, charts)
    return Section(f"{outcome.label}: {name}", tuple(parts), level=2)


def _hoped_for(read: OutcomeRead) -> list[Part]:
    words = read.part.words
    said = (
        ("", words.description),
        ("Expected: ", words.direction),
        ("Would count for it: ", words.counts_for),
        ("Would count against it: ", words.counts_against),
        ("Source: ", words.source),
    )
    return [Paragraph(f"{label}{text}") for label, text in said if text]


def _inside(read: OutcomeRead, charts: FigureCharts) -> list[Part]:
    """What is left to answer and every piece of evidence, for inside the study."""
    parts: list[Part] = []
    if read.stops and read.statement.version:
        head = LOOK_AGAIN if read.looks_again else "Before it is final"
        parts.append(Paragraph(f"{head}:"))
        parts.append(Points(tuple(f"{one.where}: {one.found}" for one in read.stops)))
    for strand in Strand:
        linked = read.of(strand)
        if linked:
            parts.append(Paragraph(f"{strand.value}:"))
            parts.append(Points(tuple(_piece(read, one) for one in linked)))
            parts += charts.of(linked)
    return parts


def _piece(read: OutcomeRead, one: Evidence) -> str:
    told = ": ".join(
        part for part in (one.now.name, shortened(words_to_quote(one))) if part
    )
    said = f"{reference_of(one)}, {STANCES[one.stance].lower()}. {one.kind.in_words}: "
    said += told or one.warning
    if one.note:
        said += f" ({one.note})"
    if one.warning and told:
        said += f" Since it was linked: {one.warning}"
    answer = read.answer_to(one)
    return (
        f"{said} Answered by {answer.answered_by}: {answer.words}" if answer else said
    )
