"""The report of findings as one plain value, and its evidence book beside it.

The same builder writes the workbook for inside the study and the export that may leave;
which it is stands on every page and sheet. What may leave is decided elsewhere
(``actions/releases``) and handed in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from data.disclosure.protection import FitToLeave
from data.exporters.debrief_html import report_as_html
from data.exporters.debrief_report import report_as_word
from data.exporters.report_document import (
    INTERNAL_MARK,
    SHAREABLE_MARK,
    Picture,
    ReportDocument,
)
from data.storage import StudyStore
from workbench.actions.findings.evidence_book import evidence_book
from workbench.actions.findings.figures.figure_charts import FigureCharts
from workbench.actions.findings.printed_numbers import (
    PrintedNumber,
    PrintedNumbers,
)
from workbench.actions.findings.printed_words import PrintedWords
from workbench.actions.findings.report_appendices import (
    appendices,
    limitations_section,
)
from workbench.actions.findings.report_findings import (
    findings_sections,
    references_section,
)
from workbench.actions.findings.report_material import ReportMaterial, read_material
from workbench.actions.findings.report_method import method_sections, question_section
from workbench.actions.findings.report_outcomes import outcomes_sections
from workbench.actions.findings.rows.rest_of_numbers import number_the_rest
from workbench.actions.findings.rows.written_rows import (
    names_of,
    tell_what_people_wrote,
)

TITLE = "What the study found"


@dataclass(frozen=True, slots=True)
class FindingsReport:
    """A report of findings: the document, its numbers, and the words it was made of."""

    document: ReportDocument
    numbers: tuple[PrintedNumber, ...]
    material: ReportMaterial
    words: PrintedWords

    def as_file(self, ending: str) -> bytes:
        """The report as .docx or .html, its evidence book as .xlsx."""
        if ending == ".docx":
            return report_as_word(self.document)
        if ending == ".html":
            return report_as_html(self.document).encode("utf-8")
        return evidence_book(self.document, self.numbers, self.material, self.words)


def write_findings_report(
    material: ReportMaterial,
    *,
    made_by: str,
    made_at: datetime,
    words: PrintedWords | None = None,
    fit: FitToLeave | None = None,
) -> FindingsReport:
    """The report for inside the study, or of what was made fit to leave it."""
    printed = words or PrintedWords(material)
    numbers = PrintedNumbers(material.counts, fit)
    method = method_sections(material, numbers, printed)
    drawn = sum(isinstance(one, Picture) for part in method for one in part.parts)
    charts = FigureCharts(material.figures, numbers, drawn + 1)
    found = findings_sections(material, numbers, printed, charts)
    outcomes = outcomes_sections(material, numbers, printed, charts)
    sections = (
        question_section(material, numbers, printed),
        *method,
        *found,
        *outcomes,
        limitations_section(material, numbers, printed),
        references_section(material, printed),
        *appendices(material, numbers, printed),
    )
    document = ReportDocument(
        TITLE,
        material.study.name,
        made_by,
        made_at,
        sections,
        SHAREABLE_MARK if printed.is_shareable else INTERNAL_MARK,
        has_contents=True,
    )
    tell_what_people_wrote(material, numbers)
    number_the_rest(document, numbers, names_of(material))
    return FindingsReport(document, numbers.printed, material, printed)


def findings_document(
    store: StudyStore, made_by: str, made_at: datetime
) -> ReportDocument:
    """The report for inside the study, as the study stands."""
    material = read_material(store)
    return write_findings_report(material, made_by=made_by, made_at=made_at).document


def findings_book(store: StudyStore, made_by: str, made_at: datetime) -> bytes:
    """The evidence book of the report for inside the study."""
    material = read_material(store)
    report = write_findings_report(material, made_by=made_by, made_at=made_at)
    return report.as_file(".xlsx")
