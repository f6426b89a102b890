"""What stands after the findings: limits, and the appendices that others can check."""

from __future__ import annotations

from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    ReportTable,
    Section,
)
from workbench.actions.account.pairing_sections import pairing_sections
from workbench.actions.findings.printed_numbers import (
    PrintedNumbers,
    table_kept,
    written_kept,
)
from workbench.actions.findings.printed_words import CODE, DECISION, PrintedWords
from workbench.actions.findings.report_design import guides_sections
from workbench.actions.findings.report_material import AgreementRead, ReportMaterial
from workbench.actions.together.pair_report import open_questions
from workbench.wording import counted, listed

_UNITS = "Units, each marked or not under each code"


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
        points += material.themes.left.as_points()
        points += open_questions(material.pairs)
        drafts = sum(not read.finding.is_final for read in material.findings)
        if drafts:
            points.append(f"{counted(drafts, 'finding')} still a draft.")
        open_now = sum(
            read.finding.is_final and not read.stands for read in material.findings
        )
        if open_now:
            points.append(
                f"{counted(open_now, 'final finding')} with something to answer first."
            )
    heading = "Limitations"
    for one in points:
        written_kept(numbers, heading, one)
    return Section(heading, (Points(tuple(points)),))


def appendices(
    material: ReportMaterial, numbers: PrintedNumbers, words: PrintedWords
) -> list[Section]:
    """Codebook, matching account, agreement, decisions on codes, topic guides."""
    return [
        Section("Appendix A: the codebook", tuple(_codebook(material, words))),
        *_matching(material, numbers, words),
        Section(
            "Appendix C: agreement of coders", tuple(_agreement(material, numbers))
        ),
        Section("Appendix D: decisions on codes", tuple(_decisions(material, words))),
        *guides_sections(material, numbers, words),
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


def _matching(
    material: ReportMaterial, numbers: PrintedNumbers, words: PrintedWords
) -> list[Section]:
    heading = "Appendix B: how cases were matched"
    if material.pairing is None:
        return [Section(heading, (Paragraph("No cases were paired."),))]
    from workbench.actions.account.plan_words import covariates_table

    table = covariates_table(material.pairing.plan.plan, material.pairing.titles)
    if words.is_shareable:
        kept = table_kept(numbers, table)
        note = "How many cases each rule left stays inside the study."
        return [Section(heading, (kept, Paragraph(note, is_note=True)))]
    sections = pairing_sections(material.pairing)
    for section in sections:
        for part in section.parts:
            _keep(part, section.heading, numbers)
    first, *rest = sections
    return [
        Section(heading, first.parts),
        *(Section(one.heading, one.parts, level=2) for one in rest),
    ]


def _keep(part: Part, heading: str, numbers: PrintedNumbers) -> None:
    match part:
        case ReportTable():
            table_kept(numbers, part)
        case Paragraph():
            written_kept(numbers, heading, part.text)
        case Points():
            for one in part.points:
                written_kept(numbers, heading, one)


def _agreement(material: ReportMaterial, numbers: PrintedNumbers) -> list[Part]:
    read = material.agreement
    if read is None:
        return [Paragraph("No source was coded by two people apart.")]
    inside = numbers.fit is None
    who = f" by {listed(read.names)}" if inside else ""
    table = ReportTable(
        f"Agreement of two coders, by {read.unit}",
        ("Figure", "Value"),
        tuple(_figures(read, inside=inside)),
        number_columns=(1,),
    )
    return [
        Paragraph(
            f"Read apart{who}; all codes together, so that frequent codes weigh more."
        ),
        table_kept(numbers, table, read.transcripts if inside else ()),
    ]


def _figures(read: AgreementRead, *, inside: bool) -> list[tuple[str, str]]:
    figures = read.figures
    named = (
        ("Agreed, share of decisions", figures.agreed),
        ("Cohen's kappa", figures.kappa),
        ("Krippendorff's alpha", figures.alpha),
        ("Gwet's AC1", figures.ac1),
        ("Positive agreement", figures.positive),
    )
    rows = [(name, f"{value:.2f}") for name, value in named if value is not None]
    # How much text there is tells of how few people spoke.
    return [*rows, (_UNITS, f"{read.units}")] if inside else rows


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
