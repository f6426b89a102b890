"""What a wave was for, what its guide asked and whom it reached, for the debrief."""

from __future__ import annotations

from collections.abc import Sequence

from coding.mentions import NO_WAVE
from data.exporters.report_document import Paragraph, Part, Points, Section
from workbench.actions.study_design.design_reading import (
    StudyDesign,
    wave_in_words,
    waves_told,
    what_to_know,
)
from workbench.actions.study_design.reached_tables import short_table
from workbench.wording import day_in_words, listed

HEADING = "What was asked and who was reached"


def asked_sections(
    design: StudyDesign, waves: Sequence[str] | None = None
) -> list[Section]:
    """A section for each of these waves, or of all; nothing without a design."""
    if not design.has_anything:
        return []
    told = [one for one in waves_told(design) if waves is None or one in waves]
    found = [_wave(design, wave) for wave in told]
    whole = design.reached.of_wave("")
    if waves is None and whole:
        table = short_table(design, whole)
        found.append(Section("All waves together", (table,), level=2))
    if not found:
        return []
    lead: list[Part] = [
        Paragraph(
            "Reached is who was heard in an interview or a group discussion. Somebody "
            "heard in two waves counts once in each."
        )
    ]
    lead += [Paragraph(one, is_note=True) for one in what_to_know(design)]
    return [Section(HEADING, tuple(lead)), *found]


def _wave(design: StudyDesign, wave: str) -> Section:
    parts: list[Part] = []
    plan = next((one for one in design.waves if one.wave == wave), None)
    days = (
        [day_in_words(d) for d in (plan.starts_on, plan.ends_on) if d] if plan else []
    )
    held = f"{' to '.join(days)}. " if days else ""
    parts.append(Paragraph(f"{held}{wave_in_words(design, wave)}"))
    if plan and plan.purpose:
        parts.append(Paragraph(plan.purpose))
    if groups := design.reached.of_wave(wave):
        parts.append(short_table(design, groups))
    for guide, version in design.guides_of(wave):
        roles = f", for {listed(version.roles)}" if version.roles else ""
        parts.append(
            Paragraph(f"Asked by {guide.name}, version {version.number}{roles}:")
        )
        parts.append(Points(tuple(one.words for one in version.questions)))
    if not design.guides_of(wave):
        parts.append(Paragraph("No topic guide is kept for it.", is_note=True))
    heading = "Outside the waves" if wave == NO_WAVE else wave
    return Section(heading, tuple(parts), level=2)
