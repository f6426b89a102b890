"""The account of a pairing for a methods appendix: read from the study, and as values.

It tells of groups, rules, versions and decisions; which partner the plan chose for a
case is not in it, so that it gives nothing away to who still has to judge.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from data.exporters.report_document import (
    INTERNAL_MARK,
)
from data.pairings import (
    SavedJudgement,
    SavedPairing,
    SavedPlan,
    SensitivityRun,
    UnpairedContemporary,
)
from data.storage import StudyStore
from matching.account import effective_sample_size
from matching.checking.referral_months import ReferralMonths, referral_months
from workbench.actions.account.balance_words import (
    PairedGroups,
)
from workbench.actions.account.plan_words import plan_in_words
from workbench.actions.cases.judges_account import (
    account_as_values,
    read_judges_account,
)
from workbench.actions.cases.plans import pool_for
from workbench.actions.cases.within_cases import within_case_account
from workbench.case_words import titles_of


@dataclass(frozen=True, slots=True)
class PairingReport:
    """Everything the account of the newest pairing is written from."""

    pairing: SavedPairing
    plan: SavedPlan
    plans: tuple[SavedPlan, ...]
    titles: Mapping[str, str]
    unpaired: tuple[UnpairedContemporary, ...]
    months: ReferralMonths
    sensitivity: SensitivityRun | None
    judgements: tuple[SavedJudgement, ...]
    cases_version: int

    @property
    def account(self) -> Mapping[str, Any]:
        """The account as it was written when the matches were found."""
        return self.pairing.account

    @property
    def groups(self) -> PairedGroups | None:
        """How many cases stand on either side of the pairs, nothing without pairs."""
        return planned_groups(self.pairing)


def read_pairing_report(store: StudyStore) -> PairingReport | None:
    """What the account of the newest pairing says, nothing before there is one."""
    pairing = store.pairings.latest()
    if pairing is None:
        return None
    plan = store.plans.find(pairing.plan_id)
    assert plan is not None, "a pairing always names a stored plan"
    return PairingReport(
        pairing,
        plan,
        tuple(store.plans.all()),
        titles_of(store.cases.field_list()),
        tuple(store.pairings.unpaired(pairing.id)),
        months_of(store, pairing, plan),
        store.sensitivity.latest(pairing.id),
        tuple(store.judgements.standing()),
        store.cases.version(),
    )


def planned_groups(pairing: SavedPairing) -> PairedGroups | None:
    """The groups of the pairs the plan chose, nothing where it chose none."""
    paired = pairing.account["counts"]["contemporary"] - pairing.account["unpaired"]
    carried = pairing.account["historic_used"]["effective_sample_size"]
    return PairedGroups(paired, carried) if paired else None


def accepted_groups(judgements: list[SavedJudgement]) -> PairedGroups | None:
    """The groups of the pairs judges accepted, nothing where there are none."""
    used = [one.historic_id for one in judgements if one.is_pair]
    if not used:
        return None
    times = [used.count(historic_id) for historic_id in dict.fromkeys(used)]
    return PairedGroups(len(used), effective_sample_size(times))


def months_of(
    store: StudyStore, pairing: SavedPairing, plan: SavedPlan
) -> ReferralMonths:
    """When the cases of both eras were referred, and those the plan paired."""
    window = plan.plan.window
    return referral_months(
        pool_for(store, plan.plan),
        [(p.contemporary_id, p.historic_id) for p in store.pairings.pairs(pairing.id)],
        window.date if window else "referral_date",
    )


# As plain values


def pairing_values(
    store: StudyStore, made_by: str, made_at: datetime
) -> dict[str, Any]:
    """The account as plain values, ready to be written as JSON."""
    report = read_pairing_report(store)
    values: dict[str, Any] = {
        "mark": INTERNAL_MARK,
        "study": store.study.read().name,
        "made_by": made_by,
        "made_at": made_at.isoformat(),
        # Beside the pairs, never among them: there may be some before any pairing.
        "within_case": within_case_account(store),
    }
    if report is None:
        return {**values, "pairing": None}
    groups = report.groups
    return {
        **values,
        "pairing": {
            "number": report.pairing.number,
            "run_by": report.pairing.run_by,
            "run_at": report.pairing.run_at.isoformat(),
            "plan_number": report.pairing.plan_number,
        },
        "plan_in_words": list(plan_in_words(report.plan.plan, report.titles)),
        "plans": [_plan_values(one) for one in report.plans],
        "account": dict(report.account),
        "balance": [dict(line) for line in report.pairing.balance],
        "sampling_error": groups.error() if groups else None,
        "referral_months": asdict(report.months),
        "other_settings": _run_values(report.sensitivity),
        "judgements": [
            _judgement_values(one)
            for standing in report.judgements
            for one in (
                *store.judgements.taken_back(standing.contemporary_id),
                standing,
            )
        ],
        "judging": account_as_values(read_judges_account(store)),
    }


def _plan_values(plan: SavedPlan) -> dict[str, Any]:
    return {
        "number": plan.number,
        "sha256": plan.sha256,
        "saved_by": plan.saved_by,
        "saved_at": plan.saved_at.isoformat(),
        "pairs_opened_by_then": plan.outcomes.pairs,
        "cases_read_alone_by_then": plan.outcomes.cases_alone,
        "reason": plan.reason,
    }


def _run_values(run: SensitivityRun | None) -> dict[str, Any] | None:
    if run is None:
        return None
    return {
        "run_by": run.run_by,
        "run_at": run.run_at.isoformat(),
        "results": [asdict(one) for one in run.results],
    }


def _judgement_values(one: SavedJudgement) -> dict[str, Any]:
    def moment(when: datetime | None) -> str:
        return when.isoformat() if when else ""

    return {
        "contemporary": one.judgement.contemporary_id,
        "historic": one.judgement.historic_id,
        "suitability": one.judgement.suitability.value,
        "rationale": one.judgement.rationale,
        "judge": one.judgement.judge,
        "judged_at": one.judged_at.isoformat(),
        "rank_of_chosen": one.judgement.chosen_rank,
        "seconds_taken": one.seconds_taken,
        "outcomes_opened_at": moment(one.opened_at),
        "taken_back_at": moment(one.taken_back_at),
        "taken_back_reason": one.taken_back_reason,
    }
