"""What stands after the findings: limits, and the appendices that others can check."""

from __future__ import annotations

from collections.abc import Sequence

from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    ReportTable,
    Section,
)
from workbench.actions.findings.appendices.agreement import agreement_sections
from workbench.actions.findings.appendices.matching import matching_sections
from workbench.actions.findings.appendices.templates import templates_sections
from workbench.actions.findings.printed_numbers import PrintedNumbers
from workbench.actions.findings.printed_words import CODE, DECISION, PrintedWords
from workbench.actions.findings.report_counts import SOURCES
from workbench.actions.findings.report_design import guides_sections
from workbench.actions.findings.report_material import ReportMaterial
from workbench.actions.together.pair_report import open_questions
from workbench.wording import counted

LIMITATIONS = "Limitations"


def limitations_section(
    material: ReportMaterial, numbers: PrintedNumbers, words: PrintedWords
) -> Section:
    """What the study cannot say, and what was left out."""
    points = [
        "People were asked to take part and chose to; they do not stand for everybody.",
        "A theme nobody is coded under may still be on people's minds.",
        "A pair of cases sheds light on both; it does not prove what made them differ.",
    ]
    if words.is_shareable:
        rule = numbers.fit.rule if numbers.fit else None
        if rule is not None:
            points.append(
                f"Small numbers are hidden so that nobody can be made out. "
                f"{rule.in_words} What is hidden is shown as {rule.hidden_as}."
            )
        points.append(
            "Quotations are told by role, team or locality only as far as several "
            "people share these, and some were left out or shortened."
        )
    else:
        points += _left_inside(material, numbers)
    return Section(LIMITATIONS, (Points(tuple(points)),))


def _left_inside(material: ReportMaterial, numbers: PrintedNumbers) -> list[str]:
    """What is not coded, judged or answered yet, each told with what it counts."""
    points = []
    left = material.themes.left
    missing = (*left.names, *left.blind_names)
    everything = f"Of all sources: {left.spoken} spoken, {left.comments} comments"
    for point in left.as_points():
        # Comments have no names of their own; the sources counted are those of all.
        rows = (
            *(f"Not coded: {one}" for one in missing),
            everything,
            *numbers.counts.counted[SOURCES].rows,
        )
        points.append(_listing(numbers, point, missing, "Sources not coded yet", rows))
    waiting = [one.reference for one in material.pairs.waiting]
    unsure = [one.judgement.contemporary_id for one in material.pairs.judgements]
    for point in open_questions(material.pairs):
        named = waiting if "not judged yet" in point else unsure
        rows = tuple(f"Case {one}" for one in named)
        points.append(_listing(numbers, point, named, "Cases", rows))
    for words, of in (
        ("{} still a draft.", [o for o in material.findings if not o.finding.is_final]),
        (
            "{} with something to answer first.",
            [o for o in material.findings if o.finding.is_final and not o.stands],
        ),
    ):
        noun = "finding" if "draft" in words else "final finding"
        point = words.format(counted(len(of), noun))
        rows = tuple(f"Finding: {one.finding.words.statement}" for one in of)
        if of:
            points.append(numbers.tells(point, "Findings", rows))
    return points


def _listing(
    numbers: PrintedNumbers,
    point: str,
    names: Sequence[str],
    what: str,
    rows: Sequence[str],
) -> str:
    """A sentence that counts things and then names them, each name told by itself."""
    counts, named, _ = point.partition(": ")
    if named:
        for name in names:
            numbers.tells(name, "A name", (f"Named: {name}",), at=LIMITATIONS)
    numbers.tells(counts, what, rows, at=LIMITATIONS)
    return point


def appendices(
    material: ReportMaterial, numbers: PrintedNumbers, words: PrintedWords
) -> list[Section]:
    """Codebook, matching account, agreement, decisions, guides and templates."""
    return [
        Section("Appendix A: the codebook", tuple(_codebook(material, words))),
        *matching_sections(material, numbers),
        *agreement_sections(material.agreement, numbers),
        Section("Appendix D: decisions on codes", tuple(_decisions(material, words))),
        *guides_sections(material, words),
        *templates_sections(material.templates, numbers, words),
    ]


def _codebook(material: ReportMaterial, words: PrintedWords) -> list[Part]:
    rows = []
    for depth, code in material.codebook.in_tree_order():
        # Examples are participants' words and stay inside.
        said = words.of(CODE, code.id, code.definition)
        if words.of(CODE, code.id, code.name):
            name = code.name if depth == 0 else f"{'- ' * depth}{code.name}"
            rows.append((name, said if code.definition else ""))
    if not rows:
        return [Paragraph("No code is told here.")]
    return [
        ReportTable(
            "Codes, under the theme that gathers them",
            ("Code", "Definition"),
            tuple(rows),
        )
    ]


def _decisions(material: ReportMaterial, words: PrintedWords) -> list[Part]:
    rows = [
        (one.label, said, one.reason if not words.is_shareable else "")
        for one in material.decisions
        if (said := words.of(DECISION, str(one.number), one.words))
    ]
    if not rows:
        return [Paragraph("No decision is told here.")]
    if words.is_shareable:
        shown = tuple((label, said) for label, said, _ in rows)
        return [ReportTable("Decisions on codes", ("Number", "Decided"), shown)]
    headings = ("Number", "Decided", "Why")
    return [ReportTable("Decisions on codes", headings, tuple(rows))]
