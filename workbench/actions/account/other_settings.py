"""Trying other settings of a plan, and what came of it in words and as tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from coding.study import Person
from data.exporters.report_document import ReportTable
from data.pairings import SavedPairing, SensitivityRun
from data.storage import StudyStore
from matching.checking.sensitivity import Setting, SettingResult, try_other_settings
from matching.plan import GapRule, MatchPlan
from workbench.actions.account.balance_words import share
from workbench.actions.account.plan_words import GAP_RULES
from workbench.actions.cases.plans import pool_for, require_both_eras
from workbench.case_words import in_a_sentence
from workbench.wording import as_sentence, counted

ABOUT_TOTALS = (
    "Totals add the distances of the pairs as the plan measures them, whichever "
    "setting chose the pairs. By its own weights or distance each setting would "
    "measure on another scale, and no two such totals can be compared; nor can totals "
    "over different numbers of pairs, or with a pair that the plan cannot measure."
)

_NOT_COMPARED = "not comparable"

Progress = Callable[[float, str], None]

_WORDS = {
    "mahalanobis": "Mahalanobis distance instead of Gower",
    "gower": "Gower distance instead of Mahalanobis",
    "nearest": "nearest instead of optimal",
    "optimal": "optimal instead of nearest",
}


def try_settings(
    store: StudyStore,
    actor: Person,
    pairing: SavedPairing,
    progress: Progress = lambda _done, _words: None,
) -> int:
    """How many other settings were tried; the results are kept with the pairing.

    The plan of the pairing is run anew on the cases as they now stand, judged pairs
    set aside. Where ``progress`` raises to cancel, nothing is kept.
    """
    plan = plan_of(store, pairing)
    progress(0.0, "reading the cases")
    version = store.cases.version()
    pool = pool_for(store, plan)
    require_both_eras(pool)

    def told(words: str, done: int, of: int) -> None:
        progress(done / of, words[:1].lower() + words[1:])

    results = try_other_settings(pool, plan, told)
    store.sensitivity.save(actor.id, pairing.id, results, cases_version=version)
    return len(results) - 1


def plan_of(store: StudyStore, pairing: SavedPairing) -> MatchPlan:
    """The plan a pairing was made by."""
    saved = store.plans.find(pairing.plan_id)
    assert saved is not None, "a pairing always names a stored plan"
    return saved.plan


def run_in_words(run: SensitivityRun) -> str:
    """How far the pairs depend on the plan's settings, in two sentences."""
    planned, *others = run.results
    moved = [one for one in others if one.changed]
    if not others or not moved:
        return (
            f"{counted(len(others), 'other setting')} tried: none pairs any case "
            "otherwise."
        )
    most = max(one.changed for one in moved)
    cases = max(planned.pairs, most)
    return (
        f"{counted(len(others), 'other setting')} tried: {len(others) - len(moved)} "
        f"pair every case as the plan does; at most {most} of {cases} contemporary "
        "cases get another partner or none."
    )


def made_in_words(run: SensitivityRun, *, cases_version: int) -> str:
    """Who tried when, and whether the cases have changed since."""
    words = f"Tried by {run.run_by} on {run.run_at.astimezone():%d %B %Y, %H:%M}."
    if run.cases_version != cases_version:
        words += " The cases have changed since: try again."
    return words


def gap_rules_table(
    results: Sequence[SettingResult], plan: MatchPlan
) -> ReportTable | None:
    """Pairs and incomplete files under each rule for gaps, the plan's own first.

    Nothing where the plan's distance knows no rule for gaps.
    """
    rules = [one for one in results if one.setting is Setting.GAP_RULE]
    if not rules:
        return None
    planned = results[0]
    rows = [(f"{GAP_RULES[plan.missing]} (the plan)", planned)]
    rows += [(GAP_RULES[GapRule(one.detail)], one) for one in rules]
    return ReportTable(
        "Rules for gaps",
        ("Rule", "Pairs", "Changed", "Gaps in pool", "Gaps in pairs"),
        tuple(
            (
                as_sentence(words).rstrip("."),
                f"{one.pairs:,}",
                f"{one.changed:,}",
                share(one.incomplete.in_pool, one.incomplete.pool),
                share(one.incomplete.in_pairs, one.incomplete.pairs),
            )
            for words, one in rows
        ),
        number_columns=(1, 2),
    )


def settings_table(
    results: Sequence[SettingResult], titles: Mapping[str, str]
) -> ReportTable:
    """Pairs, changed partners and total distance under each other setting.

    Totals are all by the plan's own distance and over as many pairs as the plan makes;
    where there is no such total the table says so.
    """
    planned = results[0]
    return ReportTable(
        "Other settings",
        ("Setting", "Pairs", "Changed", "Total distance, as the plan measures"),
        tuple(
            (
                _setting(one, titles),
                f"{one.pairs:,}",
                f"{one.changed:,}",
                _NOT_COMPARED
                if one.total_as_planned is None or one.pairs != planned.pairs
                else f"{one.total_as_planned:.3f}",
            )
            for one in results
            if one.setting is not Setting.GAP_RULE
        ),
        number_columns=(1, 2, 3),
    )


def _setting(one: SettingResult, titles: Mapping[str, str]) -> str:
    title = in_a_sentence(titles.get(one.detail, one.detail))
    words = {
        Setting.AS_PLANNED: "the plan",
        Setting.WEIGHT_DOUBLED: f"weight of {title} doubled",
        Setting.WEIGHT_HALVED: f"weight of {title} halved",
        Setting.WEIGHTS_EQUAL: "all weights equal",
    }
    said = words.get(one.setting) or _WORDS[one.detail]
    return said[:1].upper() + said[1:]
