"""The cases behind the numbers of a pairing, as far as nobody who judges is told.

Cases are named by reference. Which partner the plan chose for a case that nobody judged
yet is not told, here as everywhere: such historic cases stand without their reference.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from data.storage import StudyStore
from matching.balance import NOT_KNOWN
from matching.candidates import PreparedPool
from matching.cases import CasePool
from matching.checking.referral_months import month_of
from matching.comparing.covariates import (
    BoolArray,
    ReadCovariate,
    ReadPool,
    UnreadableCases,
)
from matching.pairing import Pair
from matching.problems import MatchingRefused
from workbench.actions.account.pairing_report import PairingReport
from workbench.actions.cases.pairing import prepare_for_judging, rejected_before
from workbench.actions.cases.plans import pool_for
from workbench.wording import counted

MOST_POSSIBLE_PAIRS = 2_000_000
"""Possible pairs up to which it is worked out anew which of them each rule left."""
_MOST_PARTNERS = 40
_HIDDEN = "The historic case of a pair that nobody judged yet"


@dataclass(frozen=True, slots=True)
class StepRows:
    """The rows behind what one rule left: by pairs, by cases, passed by a gap."""

    pairs: tuple[str, ...]
    contemporary: tuple[str, ...]
    historic: tuple[str, ...]
    passed_by_gap: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PairingRows:
    """Cases, pairs and steps of a pairing, ready to be named as rows.

    ``judged`` are the contemporary cases whose pair somebody judged. ``steps`` begin
    with all cases; there are none where ``why_no_steps`` says so, as there are no
    values (``read``) of cases that cannot be read by the plan any longer.
    """

    pool: CasePool
    pairs: tuple[Pair, ...]
    judged: frozenset[str]
    read: ReadPool | None = None
    steps: tuple[StepRows, ...] = ()
    why_no_steps: str = ""

    @property
    def contemporary(self) -> list[str]:
        """All contemporary cases."""
        return [f"Contemporary case {one.id}" for one in self.pool.contemporary]

    @property
    def historic(self) -> list[str]:
        """All historic cases."""
        return [f"Historic case {one.id}" for one in self.pool.historic]

    @property
    def paired(self) -> list[str]:
        """The pairs, the historic case named where the pair was judged."""
        return [
            f"Case {one.contemporary_id} with {self._partner(one)}"
            for one in self.pairs
        ]

    @property
    def used(self) -> list[str]:
        """The historic cases of the pairs, as often as they are used."""
        return sorted(self._partner(one) for one in self.pairs)

    @property
    def distances(self) -> list[str]:
        """The distances of judged pairs, and those of all others added up."""
        told = [one for one in self.pairs if one.contemporary_id in self.judged]
        rest = [one for one in self.pairs if one.contemporary_id not in self.judged]
        rows = [
            f"Case {one.contemporary_id} with {one.historic_id}: {one.distance:.3f}"
            for one in told
        ]
        if rest:
            total = sum(one.distance for one in rest if not np.isnan(one.distance))
            rows.append(
                f"{counted(len(rest), 'pair')} that nobody judged yet, added up: "
                f"{total:.3f} (each by itself would tell the partner)"
            )
        return rows

    def values(self, covariate: str, level: str, *, after: bool) -> list[str]:
        """What a balance is worked out over: cases of both eras with their value.

        Before pairing it is all of them, after it those of the pairs.
        """
        named = {one.covariate.name: one for one in self._covariates()}
        if self.read is None or covariate not in named:
            return []
        read = named[covariate]
        left = dict(zip(self.read.contemporary_ids, _known(read, level), strict=True))
        right = dict(
            zip(self.read.historic_ids, _known(read, level, historic=True), strict=True)
        )
        if not after:
            return [
                *(f"Contemporary case {case}: {v}" for case, v in left.items() if v),
                *(f"Historic case {case}: {v}" for case, v in right.items() if v),
            ]
        ids = dict.fromkeys(one.contemporary_id for one in self.pairs)
        return [
            *(f"Contemporary case {one}: {left[one]}" for one in ids if left.get(one)),
            *sorted(
                f"{self._partner(one)}: {right[one.historic_id]}"
                for one in self.pairs
                if right.get(one.historic_id)
            ),
        ]

    def of_month(
        self, month: str, column: str, *, historic: bool, paired: bool
    ) -> list[str]:
        """The cases of one era referred in a month, all or those of the pairs."""
        cases = self.pool.historic if historic else self.pool.contemporary
        dates = {one.id: one.values.get(column, "").strip() for one in cases}
        if not paired:
            era = "Historic" if historic else "Contemporary"
            return [
                f"{era} case {case}: {day}"
                for case, day in dates.items()
                if month_of(day) == month
            ]
        found = {}
        for one in self.pairs:
            case = one.historic_id if historic else one.contemporary_id
            name = self._partner(one) if historic else f"Contemporary case {case}"
            if month_of(dates.get(case, "")) == month:
                # A historic case that serves several pairs counts once.
                found[case] = name if "nobody" in name else f"{name}: {dates[case]}"
        return sorted(found.values())

    def undated(self, column: str) -> list[str]:
        """The cases of either era without a date that can be read."""
        return [
            f"{one.era.value.capitalize()} case {one.id}"
            for one in (*self.pool.contemporary, *self.pool.historic)
            if not month_of(one.values.get(column, ""))
        ]

    def with_gaps(self, *, paired: bool) -> list[str]:
        """Historic cases with a gap in what is compared: all, or those of pairs."""
        if self.read is None:
            return []
        missing: dict[str, list[str]] = {}
        for one in self._covariates():
            for at in np.flatnonzero(~one.historic_known).tolist():
                case = self.read.historic_ids[at]
                missing.setdefault(case, []).append(one.covariate.name)
        if not paired:
            return [
                f"Historic case {case}: not known: {', '.join(names)}"
                for case, names in missing.items()
            ]
        return sorted(
            f"{self._partner(one)}: has a gap"
            for one in self.pairs
            if one.historic_id in missing
        )

    def _covariates(self) -> tuple[ReadCovariate, ...]:
        return self.read.covariates if self.read else ()

    def _partner(self, pair: Pair) -> str:
        if pair.contemporary_id in self.judged:
            return f"Historic case {pair.historic_id}"
        return _HIDDEN


def read_pairing_rows(store: StudyStore, report: PairingReport) -> PairingRows:
    """The rows of the newest pairing, on the cases as they stand now."""
    plan = report.plan.plan
    pairs = tuple(store.pairings.pairs(report.pairing.id))
    counts = report.account["counts"]
    pool = pool_for(store, replace(plan, narrative=""))
    # Those whose later files had been read before the run were not in it.
    read = {one.reference for one in store.within_cases.cases() if one.is_read}
    read -= {one.historic_id for one in pairs}
    if read and len(pool.historic) != counts["historic"]:
        kept = tuple(one for one in pool.historic if one.id not in read)
        pool = replace(pool, historic=kept)
    judged = frozenset(
        one.judgement.contemporary_id for one in report.judgements if one.locked_at
    )
    rows = PairingRows(pool, pairs, judged)
    try:
        prepared = prepare_for_judging(pool, plan, rejected_before(report.pairing))
    except (MatchingRefused, UnreadableCases):
        return replace(rows, why_no_steps="the cases have changed since")
    rows = replace(rows, read=prepared.read)
    if len(pool.contemporary) * len(pool.historic) > MOST_POSSIBLE_PAIRS:
        return replace(rows, why_no_steps="too many possible pairs to list")
    steps, left = _steps(prepared)
    told = [
        (step["pairs_left"], step["contemporary_left"], step["historic_left"])
        for step in counts["rules"]
    ]
    everybody = (len(pool.contemporary), len(pool.historic))
    if left != told or everybody != (counts["contemporary"], counts["historic"]):
        return replace(rows, why_no_steps="the cases have changed since")
    return replace(rows, steps=(_all_cases(rows), *steps))


def _all_cases(rows: PairingRows) -> StepRows:
    each = counted(len(rows.historic), "historic case")
    pairs = tuple(f"{one} with each of {each}" for one in rows.contemporary)
    return StepRows(pairs, tuple(rows.contemporary), tuple(rows.historic), ())


def _steps(
    prepared: PreparedPool,
) -> tuple[list[StepRows], list[tuple[int, int, int]]]:
    """The rows after each rule, and how many pairs and cases of both eras they are."""
    read = prepared.read
    rows = np.arange(len(read.contemporary_ids))
    columns = np.arange(len(read.historic_ids))
    passes = np.ones((len(rows), len(columns)), dtype=np.bool_)
    steps, left = [], []
    for rule in prepared.rules.all:
        passes = passes & rule.passes(rows[:, None], columns[None, :])
        by_gap = np.zeros_like(passes)
        if rule.passes_by_gap is not None:
            by_gap = passes & rule.passes_by_gap(rows[:, None], columns[None, :])
        mine, theirs = passes.any(axis=1), passes.any(axis=0)
        steps.append(
            StepRows(
                tuple(_pairs(read, passes)),
                tuple(_named("Contemporary case", read.contemporary_ids, mine)),
                tuple(_named("Historic case", read.historic_ids, theirs)),
                tuple(_pairs(read, by_gap)),
            )
        )
        left.append((int(passes.sum()), int(mine.sum()), int(theirs.sum())))
    return steps, left


def _pairs(read: ReadPool, passes: BoolArray) -> Iterable[str]:
    """A row for each contemporary case with historic ones left, these named in it."""
    for case, row in zip(read.contemporary_ids, passes, strict=True):
        found = [read.historic_ids[at] for at in np.flatnonzero(row).tolist()]
        if found:
            rest = len(found) - _MOST_PARTNERS
            more = f" and {rest:,} more" if rest > 0 else ""
            named = ", ".join(found[:_MOST_PARTNERS])
            cases = counted(len(found), "historic case")
            yield f"Contemporary case {case} with {cases}: {named}{more}"


def _named(era: str, ids: Sequence[str], left: Any) -> Iterable[str]:
    return (f"{era} {ids[at]}" for at in np.flatnonzero(left).tolist())


def _known(read: ReadCovariate, level: str, *, historic: bool = False) -> list[str]:
    """Each case's value in words, '' where it does not count towards the level."""
    texts = read.historic_text if historic else read.contemporary_text
    known = read.historic_known if historic else read.contemporary_known
    if level == NOT_KNOWN:
        return ["known" if one else "not known" for one in known.tolist()]
    return [
        (text or "none") if one else ""
        for text, one in zip(texts, known.tolist(), strict=True)
    ]
