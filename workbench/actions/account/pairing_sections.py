"""The account of a pairing as the sections of a report, for a methods appendix."""

from __future__ import annotations

from datetime import datetime

from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    ReportTable,
    Section,
)
from matching.checking.referral_months import ReferralMonths
from workbench.actions.account.balance_words import (
    FEWEST_FOR_A_CHART,
    balance_lines,
    chance_in_words,
    incomplete_in_words,
    number,
    reuse_in_words,
    total_in_words,
    word_of,
)
from workbench.actions.account.other_settings import (
    ABOUT_TOTALS,
    gap_rules_table,
    made_in_words,
    run_in_words,
    settings_table,
)
from workbench.actions.account.pairing_report import PairingReport
from workbench.actions.account.plan_words import covariates_table, plan_in_words
from workbench.actions.cases.pairing import planned_balance, warnings_of_account
from workbench.actions.cases.plans import after_outcomes_in_words
from workbench.case_words import rule_in_words, with_titles
from workbench.wording import as_sentence, counted, day_in_words

HEADING = "How the pairs were found"
STEPS = "What each rule left, in order"
UNPAIRED = "Contemporary cases without partner"
BALANCE = "Standardised mean differences and variance ratios"
MONTHS = "Cases by month of referral"


def pairing_sections(report: PairingReport | None) -> list[Section]:
    """The account as sections, with a sentence where no matches were found yet."""
    if report is None:
        return [Section(HEADING, (Paragraph("No matches have been found yet."),))]
    return [
        Section(HEADING, tuple(_found(report))),
        Section("Counts at each step", (_steps_table(report),), level=2),
        Section("Without partner", tuple(_unpaired(report)), level=2),
        Section("Balance", tuple(_balance(report)), level=2),
        Section("Months of referral", tuple(_months(report)), level=2),
        Section("Gaps and other settings", tuple(_sensitivity(report)), level=2),
        Section("Plans and versions", tuple(_plans_and_versions(report)), level=2),
    ]


def _found(report: PairingReport) -> list[Part]:
    account, pairing = report.account, report.pairing
    counts = account["counts"]
    parts: list[Part] = [
        Paragraph(
            f"Plan {pairing.plan_number}, run {pairing.number} by {pairing.run_by} on "
            f"{_moment(pairing.run_at)}: {counts['contemporary']:,} contemporary and "
            f"{counts['historic']:,} historic cases, "
            f"{counted(account['pairs'], 'pair')}, "
            f"{total_in_words(account['total_distance'])}. "
            f"{reuse_in_words(account)}"
        ),
        Points(plan_in_words(report.plan.plan, report.titles)),
        covariates_table(report.plan.plan, report.titles),
    ]
    kept = [
        (len(account["accepted_pairs"]), "accepted by judges before and kept"),
        (len(account.get("rejected_pairs", ())), "turned down by judges and not made"),
    ]
    said = [f"{counted(n, 'pair')} {words}" for n, words in kept if n]
    if said:
        parts.append(Paragraph(f"{as_sentence('; '.join(said))}"))
    warnings = warnings_of_account(dict(account))
    if warnings:
        parts.append(Paragraph("To be said with the result:"))
        parts.append(Points(tuple(with_titles(w, report.titles) for w in warnings)))
    return parts


def _steps_table(report: PairingReport) -> ReportTable:
    counts = report.account["counts"]
    everyone = counts["contemporary"] * counts["historic"]
    rows = [
        (
            "all cases of both eras",
            everyone,
            counts["contemporary"],
            counts["historic"],
            0,
        )
    ]
    rows += [
        (
            rule_in_words(step["rule"], report.plan.plan, report.titles),
            step["pairs_left"],
            step["contemporary_left"],
            step["historic_left"],
            step["passed_by_gap"],
        )
        for step in counts["rules"]
    ]
    return ReportTable(
        STEPS,
        ("Left that", "Possible pairs", "Contemporary", "Historic", "Passed by a gap"),
        tuple((words, *(f"{n:,}" for n in numbers)) for words, *numbers in rows),
        number_columns=(1, 2, 3, 4),
    )


def _unpaired(report: PairingReport) -> list[Part]:
    if not report.unpaired:
        return [Paragraph("Every contemporary case has a partner under the plan.")]
    return [
        ReportTable(
            UNPAIRED,
            ("Case", "Why", "Nearest miss", "Its distance"),
            tuple(
                (
                    one.reference,
                    with_titles(one.reason, report.titles),
                    one.nearest_reference or "none",
                    "–"
                    if one.nearest_distance is None
                    else f"{one.nearest_distance:.3f}",
                )
                for one in report.unpaired
            ),
            number_columns=(3,),
        )
    ]


def _balance(report: PairingReport) -> list[Part]:
    groups = report.groups
    if groups is None:
        return [Paragraph("Nothing is paired, so there is no balance to tell.")]
    bears_words = groups.contemporary >= FEWEST_FOR_A_CHART
    lines = balance_lines(planned_balance(report.pairing), report.titles)
    return [
        Paragraph(
            f"{chance_in_words(groups)} The sampling error is {groups.error():.2f} "
            "(Hedges and Olkin 1985)."
        ),
        ReportTable(
            BALANCE,
            (
                *("Compared", "Before", "After", "By chance"),
                *("Variance ratio before", "Variance ratio after", "In words"),
            ),
            tuple(
                (
                    line.label,
                    number(line.signed_before),
                    number(line.signed_after),
                    number(groups.error(line.after or 0.0)),
                    number(line.variance_ratio_before),
                    number(line.variance_ratio_after),
                    word_of(line) if bears_words else "",
                )
                for line in lines
            ),
            number_columns=(1, 2, 3, 4, 5),
        ),
        Paragraph(
            "Contemporary less historic, in standard deviations of the contemporary "
            "cases before pairing, at both stages; over known values.",
            is_note=True,
        ),
    ]


def _months(report: PairingReport) -> list[Part]:
    parts: list[Part] = []
    if report.months.months:
        parts.append(months_table(report.months))
    if report.months.undated:
        parts.append(
            Paragraph(
                f"{counted(report.months.undated, 'case')} without a date of referral."
            )
        )
    return parts or [Paragraph("No case has a date of referral.")]


def months_table(months: ReferralMonths) -> ReportTable:
    """The cases of both eras by month of referral, all and as the plan paired them."""
    return ReportTable(
        MONTHS,
        ("Month", "Contemporary", "of them paired", "Historic", "of them used"),
        tuple(
            (
                month_in_words(one.month),
                *(
                    f"{n:,}"
                    for n in (
                        one.contemporary,
                        one.contemporary_paired,
                        one.historic,
                        one.historic_paired,
                    )
                ),
            )
            for one in months.months
        ),
        number_columns=(1, 2, 3, 4),
    )


def month_in_words(month: str) -> str:
    """A month as people write it.

    >>> month_in_words("2023-05")
    'May 2023'
    """
    return day_in_words(f"{month}-01").partition(" ")[2]


def _sensitivity(report: PairingReport) -> list[Part]:
    parts: list[Part] = [Paragraph(incomplete_in_words(report.account))]
    run = report.sensitivity
    if run is None:
        parts.append(Paragraph("Other settings of the plan have not been tried."))
        return parts
    made = made_in_words(run, cases_version=report.cases_version)
    parts.append(
        Paragraph(
            f"{run_in_words(run)} Each was run on all cases anew, judged pairs set "
            f"aside. {made}"
        )
    )
    gaps = gap_rules_table(run.results, report.plan.plan)
    if gaps is not None:
        parts.append(gaps)
    parts.append(settings_table(run.results, report.titles))
    parts.append(Paragraph(ABOUT_TOTALS))
    return parts


def _plans_and_versions(report: PairingReport) -> list[Part]:
    account = report.account
    parts: list[Part] = [
        ReportTable(
            "Plans saved",
            ("Plan", "Saved", "Hash (SHA-256)"),
            tuple(
                (
                    f"{one.number}",
                    f"by {one.saved_by} on {_moment(one.saved_at)}",
                    one.sha256,
                )
                for one in report.plans
            ),
        )
    ]
    after = [
        as_sentence(after_outcomes_in_words(one))
        for one in reversed(report.plans)
        if one.is_after_outcomes
    ]
    opened = [one.opened_at for one in report.judgements if one.opened_at]
    if opened:
        parts.append(
            Paragraph(
                f"Outcomes were first opened on {_moment(min(opened))}; by now of "
                f"{counted(len(opened), 'pair')}."
            )
        )
    parts.append(
        Points(tuple(after))
        if after
        else Paragraph("No plan was made after outcomes of any case had been opened.")
    )
    libraries = account.get("libraries") or {"libraries": "not recorded"}
    versions = {"workbench": account.get("version", "not recorded"), **libraries}
    parts.append(
        Paragraph(
            f"Seed {account['seed']}. Versions: "
            f"{', '.join(f'{name} {words}' for name, words in versions.items())}."
        )
    )
    return parts


def _moment(when: datetime) -> str:
    local = when.astimezone()
    return f"{local.day} {local:%B %Y, %H:%M}"
