"""Appendix B: the account of the matching, each number with the cases behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.exporters.report_document import (
    Paragraph,
    Part,
    Points,
    ReportTable,
    Section,
)
from workbench.actions.account.balance_words import balance_lines, total_in_words
from workbench.actions.account.pairing_report import PairingReport
from workbench.actions.account.pairing_sections import (
    BALANCE,
    MONTHS,
    STEPS,
    UNPAIRED,
    pairing_sections,
)
from workbench.actions.account.plan_words import covariates_table
from workbench.actions.cases.pairing import planned_balance
from workbench.actions.findings.printed_numbers import PrintedNumbers, table_kept
from workbench.actions.findings.report_material import ReportMaterial
from workbench.actions.findings.rows.pairing_rows import PairingRows
from workbench.wording import day_in_words

HEADING = "Appendix B: how cases were matched"
_KEPT_INSIDE = "How many cases each rule left stays inside the study."


def matching_sections(
    material: ReportMaterial, numbers: PrintedNumbers
) -> list[Section]:
    """The account inside the study; to share, what the plan compares."""
    report, rows = material.pairing, material.pairing_rows
    if report is None or rows is None:
        return [Section(HEADING, (Paragraph("No cases were paired."),))]
    telling = _Telling(report, rows, numbers)
    if numbers.fit is not None:
        table = covariates_table(report.plan.plan, report.titles)
        note = Paragraph(_KEPT_INSIDE, is_note=True)
        return [Section(HEADING, (telling.of_plan(table), note))]
    first, *rest = pairing_sections(report)
    sections = [
        replace(first, heading=HEADING),
        *(replace(one, level=2) for one in rest),
    ]
    telling.first_sentence(sections[0])
    for section in sections:
        for part in section.parts:
            telling.part(part)
    return sections


def plan_rows(report: PairingReport) -> tuple[str, ...]:
    """The row of the plan in whose words a pairing is told."""
    plan = report.plan
    day = day_in_words(plan.saved_at.date().isoformat())
    return (f"Set in plan {plan.number}, saved by {plan.saved_by} on {day}",)


class _Telling:
    """Gives each number of the account its rows."""

    def __init__(
        self, report: PairingReport, rows: PairingRows, numbers: PrintedNumbers
    ) -> None:
        self._report = report
        self._rows = rows
        self._numbers = numbers
        window = report.plan.plan.window
        self._column = window.date if window else "referral_date"
        pairing = report.pairing
        day = day_in_words(pairing.run_at.date().isoformat())
        self._run = (
            f"Account of run {pairing.number} of plan {pairing.plan_number}, "
            f"written by the workbench for {pairing.run_by} on {day}"
        )

    def first_sentence(self, section: Section) -> None:
        """How many cases, pairs and distances the account begins with."""
        account, rows, place = self._report.account, self._rows, section.heading
        used = account["historic_used"]
        for printed, what, behind in (
            (
                f"{account['counts']['contemporary']:,}",
                "Contemporary cases",
                rows.contemporary,
            ),
            (f"{account['counts']['historic']:,}", "Historic cases", rows.historic),
            (f"{account['pairs']:,}", "Pairs", rows.paired),
            (
                total_in_words(account["total_distance"]).split()[-1],
                "Total distance",
                rows.distances,
            ),
            (f"{used['cases']:,}", "Historic cases used", rows.used),
            (f"{account['pairs']:,}", "Pairs served", rows.paired),
        ):
            self._numbers.other(printed, what, place, behind)
        carried = used["effective_sample_size"]
        printed = f"{used['cases']:,}" if used["most_often"] == 1 else f"{carried:.1f}"
        self._numbers.other(printed, "Effective sample size", place, rows.used)
        if used["most_often"] > 1:
            often = f"{used['most_often']}"
            self._numbers.other(often, "Most pairs of a case", place, rows.used)
        told = (
            (f"Plan {self._report.pairing.plan_number}, run", plan_rows(self._report)),
            (f"run {self._report.pairing.number} by", (self._run,)),
        )
        for words, whose in told:
            self._numbers.tells(words, "Number of a plan or run", whose, at=place)
        for part in section.parts:
            if isinstance(part, Points):
                # The plan in words, and what has to be said with the result.
                for point in part.points:
                    set_in = (*plan_rows(self._report), self._run)
                    self._numbers.tells(point, "As the plan and its run say", set_in)

    def part(self, part: Part) -> None:
        """Whatever part of the account it is."""
        match part:
            case ReportTable():
                self._table(part)
            case Paragraph():
                self._paragraph(part.text)
            case Points():
                for point in part.points:
                    self._numbers.tells(point, "As the account says", (self._run,))

    def of_plan(self, table: ReportTable) -> ReportTable:
        """What is compared, each number as the plan sets it."""
        behind = plan_rows(self._report)
        for row in table.rows:
            for cell in row[3:]:
                self._numbers.tells(
                    cell, "As the plan sets it", behind, at=table.caption
                )
        return table_kept(self._numbers, table, lambda _line, _at: behind)

    def _table(self, table: ReportTable) -> None:
        kind = {
            STEPS: self._step,
            BALANCE: self._balance,
            MONTHS: self._month,
            UNPAIRED: self._unpaired,
        }.get(table.caption)
        if kind is not None:
            table_kept(self._numbers, table, kind)
            if table.caption != MONTHS:
                self._names(table)
        elif table.caption == "What is compared":
            self.of_plan(table)
        else:
            table_kept(self._numbers, table, lambda line, _: self._tried(table, line))
            self._names(table)

    def _names(self, table: ReportTable) -> None:
        """Cells in words: rules of the plan, references of cases, who tried what."""
        for row in table.rows:
            for at, cell in enumerate(row):
                if at not in table.number_columns:
                    behind = (self._run, *plan_rows(self._report))
                    self._numbers.tells(
                        cell, "As the account says", behind, at=table.caption
                    )

    def _step(self, line: int, at: int) -> Sequence[str]:
        if not self._rows.steps:
            return (f"{self._run}; no cases listed: {self._rows.why_no_steps}",)
        step = self._rows.steps[line]
        return (
            step.pairs,
            step.contemporary,
            step.historic,
            step.passed_by_gap,
        )[at - 1]

    def _balance(self, line: int, at: int) -> Sequence[str]:
        shown = balance_lines(
            planned_balance(self._report.pairing), self._report.titles
        )[line]
        # By chance it depends on how many pairs there are, and how far they differ.
        is_after = at in (2, 3, 5)
        found = self._rows.values(shown.covariate, shown.level, after=is_after)
        of = f"{self._run}: worked out over the values of {shown.label}"
        return (of, *found) if found else (f"{of}; none listed",)

    def _month(self, line: int, at: int) -> Sequence[str]:
        month = self._report.months.months[line].month
        return self._rows.of_month(
            month, self._column, historic=at > 2, paired=at in (2, 4)
        )

    def _unpaired(self, line: int, _at: int) -> Sequence[str]:
        one = self._report.unpaired[line]
        return (
            f"Contemporary case {one.reference}, nearest historic case "
            f"{one.nearest_reference or 'none'}: {one.reason}",
        )

    def _tried(self, table: ReportTable, line: int) -> Sequence[str]:
        run = self._report.sensitivity
        if run is None:
            return (self._run,)
        day = day_in_words(run.run_at.date().isoformat())
        return (
            f"Other settings tried by {run.run_by} on {day}, cases as of version "
            f"{run.cases_version}: {table.rows[line][0]}",
        )

    def _paragraph(self, text: str) -> None:
        rows = self._rows
        behind: list[str]
        if text.startswith("A gap in what is compared"):
            behind = [
                *rows.with_gaps(paired=False),
                *(f"Of the pairs: {one}" for one in rows.with_gaps(paired=True)),
                f"Of all {len(rows.historic)} historic cases, and of "
                f"{len(rows.pairs)} pairs",
            ]
        elif text.endswith("without a date of referral."):
            behind = rows.undated(self._column)
        elif "by chance" in text:
            behind = rows.paired
        elif text.startswith(("Plan ", "Contemporary less historic")):
            return
        else:
            behind = [self._run]
            if self._report.sensitivity is not None:
                behind += self._tried_by()
        self._numbers.tells(text, "As the account says", behind)

    def _tried_by(self) -> list[str]:
        run = self._report.sensitivity
        if run is None:
            return []
        return [
            f"Other settings tried by {run.run_by}: {one.setting.value} {one.detail}: "
            f"{one.pairs} pairs, {one.changed} changed"
            for one in run.results
        ]
