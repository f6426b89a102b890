"""How the contemporary cases were chosen, as a section of a report."""

from __future__ import annotations

from data.exporters.report_document import Paragraph, Part, ReportTable, Section
from matching.sampling import Sampling, SamplingRecord
from workbench.actions.cases.sampling import (
    counts_in_words,
    drawn_in_words,
    missing_in_words,
    passed_over_in_words,
)

HEADING = "How the cases were chosen"
_NOT_TOLD = "not recorded"


def sampling_section(sampling: Sampling) -> Section:
    """One paragraph and, where anything is recorded, a table of every record."""
    if not sampling.contemporary:
        return Section(HEADING, (Paragraph("No contemporary cases have been added."),))
    parts: list[Part] = [Paragraph(_in_words(sampling))]
    if sampling.records:
        parts.append(sampling_table(sampling))
    return Section(HEADING, tuple(parts))


def sampling_table(sampling: Sampling) -> ReportTable:
    """Every record: the case, when and by whom it was drawn, from which list, how."""
    return ReportTable(
        "How each contemporary case was chosen",
        ("Case", "Drawn", "From", "Rule", "Passed over, and note"),
        tuple(
            (
                record.case_id,
                drawn_in_words(record) or _NOT_TOLD,
                record.drawn_from or _NOT_TOLD,
                record.rule,
                _passed_over(record),
            )
            for record in sampling.records
        ),
    )


def _in_words(sampling: Sampling) -> str:
    words = counts_in_words(sampling.counts)
    if not sampling.without_record:
        return words
    if sampling.records:
        words += f" {missing_in_words(sampling)}"
    return (
        f"{words} A case nobody recorded the choice of may have been picked by hand, "
        "and cases picked by hand cannot be compared fairly."
    )


def _passed_over(record: SamplingRecord) -> str:
    # One column for both: with a sixth the table is too wide for a narrow page.
    replaced = passed_over_in_words(record) or "none"
    return f"{replaced.rstrip('.')}. {record.note}" if record.note else replaced
