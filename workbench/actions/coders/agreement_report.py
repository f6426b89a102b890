"""Agreement as tables, Word file and spreadsheet; the page shows the same tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from coding.agreement.report import Figures, PartAgreement
from coding.agreement.units import UnitKind
from coding.agreement.words import (
    bearing_in_words,
    how_it_is_worked_out,
    overall_in_words,
    per_cent_in_words,
    value_in_words,
)
from coding.study import Person
from data.exporters.debrief_report import report_as_word
from data.exporters.report_document import (
    Paragraph,
    Points,
    ReportDocument,
    ReportTable,
    Section,
)
from data.exporters.table_file import table_as_xlsx
from data.storage import StudyStore
from workbench.actions.coders.agreement import (
    AgreementOfStudy,
    alpha_of_all_in_words,
)
from workbench.actions.coders.settling import PassageShown, passages_between
from workbench.actions.rights.consenting import WORDS_KEPT_BACK
from workbench.actions.together.reports import note_report
from workbench.wording import counted, joined_by_and

_FIGURES = ("Agreed", "Kappa", "Alpha", "AC1", "Positive", "Prevalence")
POOLED, MEAN = "All codes, pooled", "Mean over codes"
_MOST_DIFFERENCES = 400


def code_table(agreement: AgreementOfStudy) -> ReportTable:
    """Both overall figures, then a row a code: those with figures come first."""
    report = agreement.report
    mean = _numbers(report.mean) if report.mean else ("",) * len(_FIGURES)
    over = f"{MEAN} ({report.codes_with_figures} with figures)"
    rows = [_row(POOLED, report.pooled), (over, "", "", *mean, "")]
    by_figures = sorted(report.codes, key=lambda one: one.overall.figures is None)
    rows += [_row(one.overall.name, one.overall) for one in by_figures]
    return _table("Code", f"By code, by {report.unit.value}", agreement, rows)


def transcript_table(agreement: AgreementOfStudy) -> ReportTable:
    """One row a transcript, all codes pooled."""
    rows = [_row(one.name, one) for one in agreement.report.transcripts]
    return _table("Transcript", "By transcript, all codes pooled", agreement, rows)


def full_table(agreement: AgreementOfStudy) -> ReportTable:
    """Every code over all transcripts and in each, with counts, for spreadsheets."""
    report = agreement.report
    first, second = agreement.names
    rows: list[tuple[str, ...]] = []
    for one in report.codes:
        rows.append(_full_row(one.overall.name, "All", one.overall))
        rows += [
            _full_row(one.overall.name, part.name, part) for part in one.by_transcript
        ]
    rows.append(_full_row(POOLED, "All", report.pooled))
    rows += [_full_row(POOLED, one.name, one) for one in report.transcripts]
    if report.mean:
        over = f"{report.codes_with_figures} codes with figures"
        blank = ("",) * 5
        rows.append((MEAN, "All", *blank, *_full_numbers(report.mean), over))
    return ReportTable(
        "Agreement",
        (
            "Code",
            "Transcript",
            "Decisions",
            "Marked by both",
            f"By {first} alone",
            f"By {second} alone",
            "By neither",
            "Agreed",
            "Cohen's kappa",
            "Kappa, low",
            "Kappa, high",
            "Krippendorff's alpha",
            "Gwet's AC1",
            "Positive agreement",
            "Prevalence",
            "Note",
        ),
        tuple(rows),
        number_columns=tuple(range(2, 15)),
    )


def agreement_document(
    store: StudyStore, agreement: AgreementOfStudy, made_by: str, made_at: datetime
) -> ReportDocument:
    """The agreement with its differences first, as the page leads with them."""
    report = agreement.report
    passages = passages_between(store, (report.first, report.second))
    differing = [one for one in passages if not one.is_alike]
    shown = differing[:_MOST_DIFFERENCES]
    more = len(differing) - len(shown)
    return ReportDocument(
        f"Agreement of {joined_by_and(agreement.names)}",
        store.study.read().name,
        made_by,
        made_at,
        (
            Section(
                "Where they read differently",
                (
                    Paragraph(
                        f"Of {counted(len(passages), 'passage')} that either marked, "
                        f"{len(passages) - len(differing)} were marked alike."
                        + (f" {more} more are not printed." if more else "")
                    ),
                    *(Points(tuple(_lines(one))) for one in shown),
                ),
            ),
            Section(
                "How far they agree",
                (
                    Paragraph(overall_in_words(report)),
                    Paragraph(bearing_in_words(report)),
                    *_of_all(agreement),
                    code_table(agreement),
                    transcript_table(agreement),
                ),
            ),
            Section(
                "How this is worked out", (Points(how_it_is_worked_out(report.unit)),)
            ),
        ),
    )


def agreement_file(
    store: StudyStore, person: Person, agreement: AgreementOfStudy, ending: str
) -> bytes:
    """The agreement as ``.docx`` or ``.xlsx``, with an audit line that it was taken."""
    if ending == ".xlsx":
        content = table_as_xlsx(full_table(agreement), "Agreement")
    else:
        now = datetime.now().astimezone()
        content = report_as_word(agreement_document(store, agreement, person.name, now))
    note_report(store, person, "agreement", ending)
    return content


def unit_in_words(unit: UnitKind) -> str:
    """The unit as a choice on the page."""
    return unit.value.capitalize()


def _of_all(agreement: AgreementOfStudy) -> Iterator[Paragraph]:
    if words := alpha_of_all_in_words(agreement):
        yield Paragraph(words)


def _lines(one: PassageShown) -> Iterator[str]:
    yield f"{one.source_name}, turn {one.turn_number}. {one.kind.in_words}."
    for reading in one.readings:
        said = f": “{reading.quotation}”" if reading.quotation else ""
        if said and not one.may_be_quoted:
            said = f": {WORDS_KEPT_BACK}"
        yield f"{reading.coder}: {reading.in_words}{said}"
    if one.settled:
        yield f"Settled: {one.settled}"


def _table(
    first: str, caption: str, agreement: AgreementOfStudy, rows: list[tuple[str, ...]]
) -> ReportTable:
    one, other = agreement.names
    marked = f"Marked by {one} / {other}, both"
    return ReportTable(
        caption,
        (
            first,
            "Decisions",
            marked,
            *_FIGURES,
            "Note",
        ),
        tuple(rows),
        number_columns=tuple(range(1, 3 + len(_FIGURES))),
    )


def _row(name: str, one: PartAgreement) -> tuple[str, ...]:
    counts = one.counts
    marked = f"{counts.first:,} / {counts.second:,}, {counts.both:,}"
    figures = _numbers(one.figures) if one.figures else ("",) * len(_FIGURES)
    note = one.reason
    if one.figures and one.figures.kappa_interval:
        low, high = one.figures.kappa_interval
        note = f"Kappa between {low:.2f} and {high:.2f}"
    return (name, f"{counts.units:,}", marked, *figures, note)


def _numbers(figures: Figures) -> tuple[str, ...]:
    return (
        per_cent_in_words(figures.agreed),
        value_in_words(figures.kappa),
        value_in_words(figures.alpha),
        value_in_words(figures.ac1),
        value_in_words(figures.positive),
        per_cent_in_words(figures.prevalence),
    )


def _full_row(code: str, transcript: str, one: PartAgreement) -> tuple[str, ...]:
    counts = one.counts
    figures = _full_numbers(one.figures) if one.figures else ("",) * 8
    return (
        code,
        transcript,
        str(counts.units),
        str(counts.both),
        str(counts.first_only),
        str(counts.second_only),
        str(counts.neither),
        *figures,
        one.reason,
    )


def _full_numbers(figures: Figures) -> tuple[str, ...]:
    low, high = figures.kappa_interval or (None, None)
    return tuple(
        "" if number is None else f"{number:.6f}"
        for number in (
            figures.agreed,
            figures.kappa,
            low,
            high,
            figures.alpha,
            figures.ac1,
            figures.positive,
            figures.prevalence,
        )
    )
