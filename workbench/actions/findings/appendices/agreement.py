"""How far coders agree: each pair of coders, pooled and as a mean, and why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from coding.agreement.report import (
    FEWEST_FOR_INTERVAL,
    AgreementReport,
    Figures,
    PartAgreement,
)
from coding.agreement.words import (
    bearing_in_words,
    overall_in_words,
    per_cent_in_words,
    value_in_words,
)
from data.exporters.report_document import Paragraph, Part, ReportTable, Section
from workbench.actions.coders.agreement import (
    AgreementOfStudy,
    alpha_of_all_in_words,
)
from workbench.actions.findings.appendices.readings import AgreementRead
from workbench.actions.findings.printed_numbers import PrintedNumbers, table_kept
from workbench.wording import counted, joined_by_and

HEADING = "Appendix C: agreement of coders"
IN_SHORT = "How far coders agree"
_NOT_MARKED = "Neither coder of the pair marked anything under a code in use."
_TOO_FEW = (
    f"Fewer than {FEWEST_FOR_INTERVAL} transcripts were coded by both: too few to say "
    "how far the figures would stray with others."
)
_DIFFERENCES = (
    "A figure says how alike two people read, not who is right: the differences are "
    "what to talk about."
)
_NAMED: tuple[tuple[str, Callable[[Figures], float | None]], ...] = (
    ("Cohen's kappa", lambda one: one.kappa),
    ("Krippendorff's alpha", lambda one: one.alpha),
    ("Gwet's AC1", lambda one: one.ac1),
    ("Positive agreement", lambda one: one.positive),
)


def agreement_in_short(read: AgreementRead, numbers: PrintedNumbers) -> list[Part]:
    """One sentence a pair of coders, for the section on method."""
    if not read.pairs:
        return [Paragraph(_why_none(read, numbers))]
    parts: list[Part] = []
    for at, pair in enumerate(read.pairs, start=1):
        report = pair.report
        who = _who(pair, at, numbers)
        if report.pooled.figures is None:
            parts.append(Paragraph(f"{who}: {_why_not(pair, numbers)}"))
            continue
        said = [
            _said("agreed", per_cent_in_words(report.pooled.figures.agreed)),
            _said("Cohen's kappa", value_in_words(report.pooled.figures.kappa)),
            _said("Krippendorff's alpha", value_in_words(report.pooled.figures.alpha)),
        ]
        for name, value in said:
            what = f"Agreement of {who} by {report.unit.value}, pooled: {name}"
            numbers.other(value, what, IN_SHORT, _pooled_rows(report))
        mean = ""
        if report.mean is not None and report.mean.kappa is not None:
            value = value_in_words(report.mean.kappa)
            what = f"Agreement of {who} by {report.unit.value}, mean of codes: kappa"
            numbers.other(value, what, IN_SHORT, _mean_rows(report))
            mean = f" As the mean over codes, Cohen's kappa is {value}."
        told = ", ".join(f"{name} {value}" for name, value in said)
        parts.append(
            Paragraph(
                f"{who} read the same sources apart. By {report.unit.value}, all codes "
                f"pooled: {told}.{mean}"
            )
        )
    return parts


def agreement_sections(read: AgreementRead, numbers: PrintedNumbers) -> list[Section]:
    """Every pair of coders with both overall figures and what they can bear."""
    if not read.pairs:
        return [Section(HEADING, (Paragraph(_why_none(read, numbers)),))]
    pairs = counted(len(read.pairs), "pair") + " of coders"
    names = tuple(" and ".join(one.names) for one in read.pairs)
    told = numbers.tells(f"{pairs} read sources apart.", "Pairs of coders", names)
    lead = Paragraph(
        f"{told} Pooled, every decision counts once, so that frequent codes weigh "
        "more; in the mean each code with figures weighs the same."
    )
    sections = [Section(HEADING, (lead,))]
    for at, pair in enumerate(read.pairs, start=1):
        who = _who(pair, at, numbers)
        parts = tuple(_parts(pair, who, numbers))
        sections.append(Section(f"Agreement of {who}", parts, level=2))
    return sections


def _parts(pair: AgreementOfStudy, who: str, numbers: PrintedNumbers) -> list[Part]:
    report, parts = pair.report, list[Part]()
    inside = numbers.fit is None
    if inside:
        whole = overall_in_words(report)
        parts.append(Paragraph(numbers.tells(whole, "Decisions", _pooled_rows(report))))
    if report.pooled.figures is None:
        parts.append(Paragraph(_why_not(pair, numbers)))
    else:
        parts.append(_table(report, who, numbers))
    if inside:
        bears = numbers.tells(
            bearing_in_words(report), "What figures bear", _kappas(report)
        )
        parts.append(Paragraph(bears))
        if words := alpha_of_all_in_words(pair):
            told = numbers.tells(words, "Alpha over all coders", _pooled_rows(report))
            parts.append(Paragraph(told))
    else:
        few = len(report.transcripts) < FEWEST_FOR_INTERVAL
        parts.append(Paragraph(f"{_TOO_FEW} {_DIFFERENCES}" if few else _DIFFERENCES))
    return parts


def _table(report: AgreementReport, who: str, numbers: PrintedNumbers) -> ReportTable:
    pooled, mean = report.pooled.figures, report.mean
    assert pooled is not None, "a pair without figures has no table"

    def both(
        name: str,
        value: Callable[[Figures], float | None],
        words: Callable[[float | None], str],
    ) -> tuple[str, str, str]:
        return name, words(value(pooled)), words(value(mean)) if mean else "none"

    rows = [both("Agreed, share of decisions", lambda o: o.agreed, per_cent_in_words)]
    rows += [both(name, value, value_in_words) for name, value in _NAMED]
    if pooled.kappa_interval:
        low, high = pooled.kappa_interval
        rows.append(("Cohen's kappa, 95% interval", f"{low:.2f} to {high:.2f}", ""))
    if numbers.fit is None:
        # How much text there is tells of how few people spoke.
        rows += [
            (f"{report.unit.plural.capitalize()} compared", f"{report.units:,}", ""),
            ("Decisions", f"{report.pooled.counts.units:,}", ""),
            ("Transcripts coded by both", f"{len(report.transcripts):,}", ""),
            ("Codes", f"{len(report.codes):,}", f"{report.codes_with_figures:,}"),
        ]
    table = ReportTable(
        f"Agreement of {who}, by {report.unit.value}",
        ("Figure", "All codes pooled", "Mean over codes with figures"),
        tuple(rows),
        number_columns=(1, 2),
    )

    def behind(line: int, at: int) -> Sequence[str]:
        if rows[line][0] == "Codes":
            return [one.overall.name for one in report.codes]
        return _pooled_rows(report) if at == 1 else _mean_rows(report)

    return table_kept(numbers, table, behind)


def _why_none(read: AgreementRead, numbers: PrintedNumbers) -> str:
    if read.waiting and numbers.fit is not None:
        # How many sources there are may tell of how few people spoke.
        return "Not all who were given the same sources are through with them yet."
    return numbers.tells(read.why_none, "Sources given to several", read.waiting)


def _why_not(pair: AgreementOfStudy, numbers: PrintedNumbers) -> str:
    report = pair.report
    if not report.codes:
        return _NOT_MARKED
    if numbers.fit is not None:
        return "Too little was marked by both for a figure."
    why = f"No figure. {report.pooled.reason}"
    return numbers.tells(why, "Marked by each", _pooled_rows(report))


def _who(pair: AgreementOfStudy, at: int, numbers: PrintedNumbers) -> str:
    if numbers.fit is None:
        return joined_by_and(pair.names)
    return f"Two coders, pair {chr(ord('A') + (at - 1) % 26)}"


def _said(name: str, value: str) -> tuple[str, str]:
    return name, value


def _pooled_rows(report: AgreementReport) -> list[str]:
    """A row for each transcript: its decisions, all codes pooled."""
    return [_row(one) for one in report.transcripts]


def _mean_rows(report: AgreementReport) -> list[str]:
    """A row for each code that has figures."""
    return [
        _row(one.overall) for one in report.codes if one.overall.figures is not None
    ]


def _kappas(report: AgreementReport) -> list[str]:
    return [*_pooled_rows(report), *(_row(one.overall) for one in report.codes)]


def _row(one: PartAgreement) -> str:
    counts = one.counts
    kappa = one.figures.kappa if one.figures else None
    told = f"kappa {value_in_words(kappa)}" if one.figures else one.reason
    return (
        f"{one.name}: {counts.units:,} decisions; marked by both {counts.both:,}, by "
        f"the first alone {counts.first_only:,}, by the second alone "
        f"{counts.second_only:,}, by neither {counts.neither:,}; {told}"
    )
