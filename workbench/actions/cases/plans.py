"""Choosing what cases are matched on, and seeing at once what a choice leaves."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from coding.study import Person
from data.importers.cases.plan_file import read_plan
from data.importers.text_encoding import decode_text
from data.pairings import SavedPlan
from data.storage import StudyStore
from data.storage.database import refuse
from matching.candidates import prepare_pool
from matching.case_records import DERIVED_FIELDS, CaseField
from matching.cases import CasePool, Era, KnownAt
from matching.comparing.covariates import read_number, read_yes_no
from matching.pairing import StepCount, UnpairedCase, pair_cases
from matching.plan import Covariate, CovariateKind, MatchPlan, Window
from matching.problems import MatchingProblem
from workbench.actions.cases.plan.code_breaks import BreakFound, breaks_not_read_as_one

_NUMBER, _CATEGORY, _SET = (
    CovariateKind.NUMBER,
    CovariateKind.CATEGORY,
    CovariateKind.SET,
)

NOT_KNOWN_CODES = ("N0", "REFU", "NOBT")
"""Codes of the census that mean *not known*."""

_ETHNIC_GROUPS = {
    **dict.fromkeys(("WBRI", "WIRI", "WIRT", "WOTH", "WROM"), "White"),
    **dict.fromkeys(("MWBC", "MWBA", "MWAS", "MOTH"), "Mixed"),
    **dict.fromkeys(("AIND", "APKN", "ABAN", "AOTH", "CHNE"), "Asian"),
    **dict.fromkeys(("BCRB", "BAFR", "BOTH"), "Black"),
    "OOTH": "Other",
}

# What two cases are usually compared by, in this order, where the study has it.
_USUAL_COVARIATES = (
    Covariate("age_at_referral", _NUMBER, weight=2.0, range=18.0, caliper=4.0),
    Covariate("sex", _CATEGORY),
    Covariate("ethnicity", _CATEGORY, groups=_ETHNIC_GROUPS),
    Covariate("locality", _CATEGORY),
    Covariate("disability", _SET),
    Covariate("previous_referrals", _NUMBER),
    Covariate("presenting_issue", _CATEGORY),
    Covariate("household", _CATEGORY),
)
NEVER_COMPARED = frozenset({"child_id", "family_id", "referral_date", "date_of_birth"})
"""Fields that name or date a case: rules may use them, a comparison gains nothing."""


@dataclass(frozen=True, slots=True)
class PlanEffect:
    """What a plan leaves on the study's cases, rule by rule, and whom it pairs."""

    contemporary: int
    historic: int
    steps: tuple[StepCount, ...]
    paired: int
    unpaired: tuple[UnpairedCase, ...]
    warnings: tuple[MatchingProblem, ...]
    breaks: tuple[BreakFound, ...] = ()

    @property
    def possible(self) -> int:
        """The possible pairs before any rule."""
        return self.contemporary * self.historic

    @property
    def left(self) -> int:
        """The possible pairs every rule leaves."""
        return self.steps[-1].pairs_left if self.steps else self.possible

    @property
    def with_candidate(self) -> int:
        """The contemporary cases that have at least one candidate."""
        if not self.steps:
            return self.contemporary if self.historic else 0
        return self.steps[-1].contemporary_left


def usable_fields(store: StudyStore) -> list[CaseField]:
    """The fields a plan may compare: known at referral, the derived age among them."""
    fields = store.cases.field_list()
    known = [field for field in fields if field.known == KnownAt.AT_REFERRAL]
    names = {field.name for field in known}
    if {"date_of_birth", "referral_date"} <= names:
        known.insert(0, DERIVED_FIELDS[0])
    return known


def selectable_fields(store: StudyStore) -> list[CaseField]:
    """What the plan's form lists: usable fields, then those known during a case.

    The latter enter a plan only where a person admits them; outcomes are not listed.
    """
    during = [used for used in store.cases.field_list() if used.known == KnownAt.DURING]
    return [*usable_fields(store), *during]


def suggested_plan(store: StudyStore) -> MatchPlan:
    """A sensible plan to begin with, from the fields the cases have.

    Exact on primary need, another child and family, 1 day to 18 months earlier, age
    counting double and at most four years apart. Nothing else is required.
    """
    usable = {field.name for field in usable_fields(store)}
    covariates = [one for one in _USUAL_COVARIATES if one.name in usable]
    if not covariates:
        kinds = likely_kinds(store.cases.case_pool())
        covariates = [
            Covariate(field.name, kinds.get(field.name, _CATEGORY))
            for field in usable_fields(store)
            if field.name not in NEVER_COMPARED
        ]
    window = None
    if "referral_date" in usable:
        start = store.study.read().practice_start
        window = Window(
            "referral_date", 1, 548, start, follow_up_days=180 if start else None
        )
    return MatchPlan(
        tuple(covariates),
        exact=("primary_need",) if "primary_need" in usable else (),
        different=tuple(n for n in ("family_id", "child_id") if n in usable),
        missing_values=NOT_KNOWN_CODES,
        window=window,
        narrative="referral_note" if store.cases.counts().notes else "",
    )


def likely_kinds(pool: CasePool) -> dict[str, CovariateKind]:
    """How each field's text is most likely meant, for a person to confirm.

    Two values of 0 and 1 or yes and no are *yes or no*, all numbers a *number*, any
    value with a bar a *set*; everything else is a *category*. Looks at the first
    thousand cases of each era.
    """
    texts: dict[str, set[str]] = {}
    for case in (*pool.contemporary[:1000], *pool.historic[:1000]):
        for name, value in case.values.items():
            if value and value not in NOT_KNOWN_CODES:
                texts.setdefault(name, set()).add(value)
    return {name: _likely_kind(values) for name, values in texts.items()}


def _likely_kind(values: Collection[str]) -> CovariateKind:
    if len(values) == 2 and all(read_yes_no(value) is not None for value in values):
        return CovariateKind.YES_NO
    if all(read_number(value) is not None for value in values):
        return _NUMBER
    return _SET if any("|" in value for value in values) else _CATEGORY


def plan_to_edit(store: StudyStore) -> MatchPlan:
    """The plan saved last, or a sensible one to begin with."""
    saved = store.plans.current()
    return saved.plan if saved else suggested_plan(store)


def admitted_during(plan: MatchPlan) -> Collection[str]:
    """The covariates known only during a case that the plan admits by override."""
    return {one.name for one in plan.covariates if one.override}


def pool_for(store: StudyStore, plan: MatchPlan) -> CasePool:
    """The study's cases as far as the plan may see them."""
    return store.cases.case_pool(
        during=admitted_during(plan), with_notes=bool(plan.narrative)
    )


def effect_of(pool: CasePool, plan: MatchPlan) -> PlanEffect:
    """What the plan leaves on these cases; raises MatchingRefused as pairing does."""
    pairing = pair_cases(pool, replace(plan, candidates=1, narrative=""))
    return PlanEffect(
        len(pool.contemporary),
        len(pool.historic),
        pairing.steps,
        len({pair.contemporary_id for pair in pairing.pairs}),
        pairing.unpaired,
        pairing.warnings,
        breaks_not_read_as_one(pool, plan),
    )


def require_usable(pool: CasePool, plan: MatchPlan) -> None:
    """Raises MatchingRefused with everything to put right in plan and cases.

    Raises DataRefused first where one of the eras has no case at all.
    """
    require_both_eras(pool)
    prepare_pool(pool, plan)


def require_both_eras(pool: CasePool) -> None:
    """Raises DataRefused where there is no contemporary or no historic case."""
    missing = [
        era.value
        for era, cases in (
            (Era.CONTEMPORARY, pool.contemporary),
            (Era.HISTORIC, pool.historic),
        )
        if not cases
    ]
    if missing:
        refuse(
            f"The study has no {' and no '.join(missing)} case, so there is nothing "
            "to pair.",
            "Cases",
            f"Add {' and '.join(missing)} cases, then find matches. Nothing was saved.",
        )


def read_plan_file(file_name: str, content: bytes) -> MatchPlan:
    """The plan of a PLAN.toml; raises DataRefused with everything to put right."""
    return read_plan(decode_text(file_name, content).text, file_name)


def save_plan(
    store: StudyStore, actor: Person, plan: MatchPlan, *, reason: str = ""
) -> SavedPlan:
    """The plan under its number: a new one, or the newest where nothing changed.

    Raises DataRefused where outcomes were read and a change gives no reason.
    """
    return store.plans.save(actor.id, plan, reason=reason)


def after_outcomes_in_words(plan: SavedPlan) -> str:
    """That a plan was made after outcomes were read, '' where none was.

    It is the same sentence wherever it is said.
    """
    if not plan.is_after_outcomes:
        return ""
    return (
        f"plan {plan.number} was made after outcomes of {plan.outcomes.in_words} had "
        f"been opened, with this reason: {plan.reason.rstrip('.')}"
    )


def outcome_warnings(plan: SavedPlan) -> list[dict[str, str]]:
    """What an account warns of where the plan was made after outcomes were read."""
    words = after_outcomes_in_words(plan)
    if not words:
        return []
    return [
        {
            "found": words,
            "where": "Plan",
            "do_next": "Say so in the report, with the plan before it.",
        }
    ]
