"""What people wrote of design and templates, piece by piece, before it may leave."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workbench.actions.findings.appendices.readings import TemplateRead
from workbench.actions.findings.appendices.templates import asked_as_words, asked_id
from workbench.actions.findings.printed_words import (
    GUIDE,
    PROJECT,
    REASON,
    STRAND,
    TEMPLATE,
    WAVE,
    PieceId,
)
from workbench.actions.findings.report_design import question_as_words, question_id
from workbench.actions.study_design.design_reading import StudyDesign


def design_pieces(design: StudyDesign) -> Iterator[tuple[PieceId, str, str]]:
    """Each piece of words with where it stands, as the report would print it.

    Reasons of groups that name a team or a locality stay inside, and so are left out.
    """
    for strand in design.strands:
        said = f"{strand.name}: {strand.purpose}".rstrip(": ")
        yield (STRAND, strand.id), f"Strand {strand.name}", said
    for project in design.projects:
        said = f"{project.words.name}: {project.words.question}".rstrip(": ")
        yield (PROJECT, project.id), f"Mini-project {project.words.name}", said
    for wave in design.waves:
        yield (WAVE, wave.wave_id), f"Purpose of {wave.wave}", wave.purpose
    for group, reason in design.reasons.items():
        if not group.team and not group.locality:
            where = f"Why not reached: {group.in_words}"
            yield (REASON, reason.id), where, reason.words
    for guide in design.guides:
        yield (GUIDE, guide.id), f"Name of topic guide {guide.name}", guide.name
        for version in guide.versions:
            for at, question in enumerate(version.questions, start=1):
                where = f"{guide.name}, version {version.number}, question {at}"
                place = (GUIDE, question_id(guide, version, at))
                yield place, where, question_as_words(question)


def template_pieces(
    templates: Iterable[TemplateRead],
) -> Iterator[tuple[PieceId, str, str]]:
    """Each name and question of the analysis templates, as the report prints it."""
    for read in templates:
        template = read.template
        yield (TEMPLATE, template.id), f"Name of {template.name}", template.name
        for version in read.published:
            for at, question in enumerate(version.questions, start=1):
                where = f"{template.name}, version {version.number}, question {at}"
                place = (TEMPLATE, asked_id(template, version, at))
                yield place, where, asked_as_words(question)
