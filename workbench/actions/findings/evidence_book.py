"""The evidence book: every finding's evidence with its place, every number's rows."""

from __future__ import annotations

from collections.abc import Sequence

from data.exporters.report_document import ReportDocument, ReportTable
from data.exporters.table_file import table_as_xlsx
from data.storage.evidence.evidence_records import EvidenceKind, Stance
from data.storage.outcomes.statement_records import reference_of, strand_of
from workbench.actions.evidence.evidence_words import STANCES, words_to_quote
from workbench.actions.findings.printed_numbers import PrintedNumber
from workbench.actions.findings.printed_words import STATEMENT, PrintedWords
from workbench.actions.findings.report_findings import references, taken_in
from workbench.actions.findings.report_material import ReportMaterial
from workbench.actions.outcomes.outcome_words import level_in_words

NOBODY_AND_NOTHING = "Nobody and nothing counts here"


def evidence_book(
    document: ReportDocument,
    numbers: Sequence[PrintedNumber],
    material: ReportMaterial,
    words: PrintedWords,
) -> bytes:
    """The book as the content of an .xlsx; which report it belongs to on each sheet."""
    more = [("Numbers", _numbers(numbers))]
    if not words.is_shareable:
        more.append(("Counted from", _counted_from(numbers)))
        more.append(("Outcomes", _outcomes(material)))
    return table_as_xlsx(
        _evidence(material, words),
        "Evidence",
        more,
        about=(document.title, document.study_name, document.made_in_words),
        mark=document.mark,
    )


def _evidence(material: ReportMaterial, words: PrintedWords) -> ReportTable:
    numbered = references(material, words)
    rows = []
    for at, read in enumerate(taken_in(material, words), start=1):
        finding = read.finding
        statement = words.of(STATEMENT, finding.id, finding.words.statement)
        for one in read.evidence:
            number = numbered.get((one.kind.value, one.thing_id))
            if number is None:
                continue
            place = one.now.name
            said, whose = words_to_quote(one), ""
            if one.kind is EvidenceKind.CODED_SEGMENT:
                printed = words.quotation(one)
                said = printed.words if words.is_shareable and printed else said
                whose = printed.said_by if printed else ""
                place = "" if words.is_shareable else place
            stands = "" if words.is_shareable else one.warning or "As it was linked"
            note = "" if words.is_shareable else one.note
            against = "Against" if one.stance is Stance.AGAINST else "For"
            rows.append(
                (
                    str(at),
                    statement,
                    against,
                    f"[{number}]",
                    one.kind.in_words,
                    place,
                    whose,
                    said,
                    note,
                    stands,
                )
            )
    return ReportTable(
        "Evidence",
        (
            "Finding",
            "Statement",
            "For or against",
            "Reference",
            "Kind",
            "Place",
            "Whose words",
            "What it says",
            "Note",
            "Since it was linked",
        ),
        tuple(rows),
        number_columns=(0,),
    )


def _outcomes(material: ReportMaterial) -> ReportTable:
    """Every piece of evidence of every outcome, an outcome without any in one row."""
    rows: list[tuple[str, ...]] = []
    for read in material.outcomes:
        head = (read.part.label, read.part.words.name, level_in_words(read))
        for one in read.evidence:
            answer = read.answer_to(one)
            rows.append(
                (
                    *head,
                    strand_of(one.kind).value,
                    STANCES[one.stance],
                    reference_of(one),
                    one.now.name,
                    words_to_quote(one),
                    one.note,
                    one.warning or "As it was linked",
                    answer.words if answer else "",
                )
            )
        if not read.evidence:
            rows.append((*head, *("" for _ in range(8))))
    return ReportTable(
        "Outcomes",
        (
            "Outcome",
            "Name",
            "Level",
            "Strand",
            "How it stands",
            "Reference",
            "Place",
            "What it says",
            "Note",
            "Since it was linked",
            "Answer",
        ),
        tuple(rows),
    )


def _numbers(numbers: Sequence[PrintedNumber]) -> ReportTable:
    return ReportTable(
        "Numbers",
        ("Id", "Where it stands", "What it counts", "Printed"),
        tuple((one.id, one.where, one.what, one.printed) for one in numbers),
        number_columns=(3,),
    )


def _counted_from(numbers: Sequence[PrintedNumber]) -> ReportTable:
    return ReportTable(
        "Counted from",
        ("Id", "What it counts", "Row"),
        tuple(
            (one.id, one.what, row)
            for one in numbers
            for row in one.rows or (NOBODY_AND_NOTHING,)
        ),
    )
