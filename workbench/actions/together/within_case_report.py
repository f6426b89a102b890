"""Cases compared with themselves, as a section of a report: always apart from pairs."""

from __future__ import annotations

from collections.abc import Sequence

from data.exporters.report_document import Paragraph, Part, ReportTable, Section
from matching.within_case import REGRESSION_TO_THE_MEAN
from workbench.actions.cases.within_cases import (
    KeptComparison,
    chosen_in_words,
    halves_in_words,
    split_in_words,
)
from workbench.wording import counted

HEADING = "Before and after in the same case"


def within_case_sections(
    kept: Sequence[KeptComparison], practice_start: str
) -> list[Section]:
    """The warning, every comparison in one table, and each case's counts by kind.

    No section where no case is compared with itself.
    """
    if not kept:
        return []
    are = "is" if len(kept) == 1 else "are"
    parts: list[Part] = [
        Paragraph(
            f"{counted(len(kept), 'case')} {are} compared with "
            f"{'itself' if len(kept) == 1 else 'themselves'}: as many days before a "
            "split date as from it on. Such a comparison is never counted among the "
            "pairs."
        ),
        Paragraph(REGRESSION_TO_THE_MEAN),
        comparisons_table(kept, practice_start),
    ]
    return [Section(HEADING, tuple(parts)), *(_case_section(one) for one in kept)]


def comparisons_table(
    kept: Sequence[KeptComparison], practice_start: str
) -> ReportTable:
    """Every comparison: the case, where and how long it is split, why, who, when."""
    return ReportTable(
        "Cases compared with themselves",
        ("Case", "Split on", "Days on each side", "Why", "Chosen"),
        tuple(
            (
                one.comparison.reference,
                split_in_words(one.comparison.split_date, practice_start),
                str(one.comparison.days_each_side),
                one.comparison.rationale,
                chosen_in_words(one.comparison),
            )
            for one in kept
        ),
        number_columns=(2,),
    )


def _case_section(one: KeptComparison) -> Section:
    rows = [
        (count.event, str(count.before), str(count.after))
        for count in one.pair.event_counts
    ]
    rows.append(
        ("Notes", str(len(one.pair.before.notes)), str(len(one.pair.after.notes)))
    )
    table = ReportTable(
        "What was recorded in each half",
        ("Recorded", "Before", "After"),
        tuple(rows),
        number_columns=(1, 2),
    )
    return Section(
        f"Case {one.comparison.reference}",
        (Paragraph(halves_in_words(one.pair)), table),
        level=2,
    )
