"""Appendix F: the analysis template, each published version, how many are complete."""

from __future__ import annotations

from coding.analysis_templates.questions import Question
from data.exporters.report_document import Paragraph, Part, Points, Section
from data.storage.analysis_templates.template_records import Template, TemplateVersion
from workbench.actions.findings.appendices.readings import TemplateRead
from workbench.actions.findings.printed_numbers import PrintedNumbers
from workbench.actions.findings.printed_words import TEMPLATE, PrintedWords
from workbench.wording import day_in_words

TEMPLATES = "Appendix F: analysis templates"
_INSIDE = "How many records are complete is told inside the study alone."
_NONE = "No analysis template was published."


def asked_as_words(question: Question) -> str:
    """A question with its guidance and answers as one piece of words, a line each."""
    lines = [question.heading, question.guidance]
    if question.for_whom:
        lines.append(f"For: {question.for_whom}")
    if question.offered:
        lines.append(f"Answers: {', '.join(question.offered)}")
    return "\n".join(line for line in lines if line)


def asked_id(template: Template, version: TemplateVersion, at: int) -> str:
    """What tells a question of a version from every other."""
    return f"{template.id} {version.number} {at}"


def templates_sections(
    templates: tuple[TemplateRead, ...], numbers: PrintedNumbers, words: PrintedWords
) -> list[Section]:
    """A section a version after one on each template's records."""
    if not templates:
        return [Section(TEMPLATES, (Paragraph(_NONE),))]
    sections: list[Section] = []
    for read in templates:
        asked = [
            section
            for version in read.published
            if (section := _version(read.template, version, numbers, words))
        ]
        if not words.is_shareable:
            sections.append(_records(read, numbers))
        sections += asked
    lead: list[Part] = [
        Paragraph(
            "The same questions were asked of every interview and answered beside its "
            "transcript; answers stay with the version they were given to."
        )
    ]
    if words.is_shareable:
        lead.append(Paragraph(_INSIDE, is_note=True))
    return [Section(TEMPLATES, tuple(lead)), *sections]


def _records(read: TemplateRead, numbers: PrintedNumbers) -> Section:
    heading = f"{read.template.name}: records"
    records = read.records
    rows = [f"{one.name}: {one.in_words}" for one in records.rows]
    numbers.tells(records.in_words, "Records of interviews", rows)
    parts: list[Part] = []
    if read.template.about:
        parts.append(Paragraph(read.template.about))
    parts.append(Paragraph(records.in_words))
    if by_wave := records.by_wave_in_words:
        told = [f"{one.wave}: {one.name}: {one.in_words}" for one in records.rows]
        parts.append(Paragraph(numbers.tells(by_wave, "Records by wave", told)))
    return Section(heading, tuple(parts), level=2)


def _version(
    template: Template,
    version: TemplateVersion,
    numbers: PrintedNumbers,
    words: PrintedWords,
) -> Section | None:
    parts: list[Part] = []
    for at, one in enumerate(version.questions, start=1):
        asked = words.of(TEMPLATE, asked_id(template, version, at), asked_as_words(one))
        if not asked:
            continue
        first, *rest = asked.split("\n")
        parts.append(Paragraph(f"{at}. {first}"))
        if rest:
            parts.append(Points(tuple(rest)))
    if not parts:
        return None
    about = ""
    if version.published_at:
        day = day_in_words(version.published_at.date().isoformat())
        about = f"Published on {day}."
    if not words.is_shareable:
        about += f" By {version.published_by}." if version.published_by else ""
        about += f" What changed: {version.note}" if version.note else ""
    name = words.of(TEMPLATE, template.id, template.name) or "Analysis template"
    row = f"Analysis template {template.name}, version {version.number}"
    told = numbers.tells(about.strip(), "Of a version", (row,))
    return Section(
        f"{name}, version {version.number}",
        (Paragraph(told, is_note=True), *parts),
        level=2,
    )
