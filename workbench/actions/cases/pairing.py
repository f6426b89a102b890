"""Finding matches by the study's plan, and reading what came of it."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from coding.study import Person
from data.exporters.pairing_tables import pairing_tables
from data.pairings import SavedJudgement, SavedPairing, SavedPlan
from data.storage import StudyStore
from data.storage.cases.judgement_rows import accepted_pairs
from data.storage.database import refuse
from matching.account import account_of
from matching.balance import BalanceRow, balance_of_pairs
from matching.candidates import PreparedPool, prepare_pool
from matching.cases import CasePool
from matching.checking.changes import changed_partners
from matching.judging.judgement import Suitability
from matching.pairing import Pairing, UnpairedCase, pair_cases
from matching.plan import MatchPlan, plan_hash
from workbench.actions.cases import plans
from workbench.actions.cases.judges_account import (
    account_as_values,
    read_judges_account,
)
from workbench.actions.cases.pairing_run import (
    deciding_versions,
    narrative_likeness,
    workbench_version,
)
from workbench.actions.cases.plan.code_breaks import break_warnings
from workbench.actions.cases.plans import pool_for, require_both_eras
from workbench.actions.cases.within_cases import within_case_account
from workbench.wording import counted, listed

Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class MatchesChange:
    """What finding matches again would do, before it is done.

    ``plan_number`` is the plan's, or where it is not ``is_saved`` the one it would
    get. ``accepted`` names the contemporary cases whose pairs stay; ``turned_down``
    pairs are not made. ``changed``, ``gained`` and ``lost`` name contemporary cases
    whose partner under the plan would be another one, would be there at last, or would
    be there no longer.
    """

    plan_number: int
    is_saved: bool
    is_other_plan: bool
    accepted: tuple[str, ...]
    turned_down: int
    changed: tuple[str, ...]
    gained: tuple[str, ...]
    lost: tuple[str, ...]
    pairs: int


# Where in the whole time reading, comparing and choosing are over.
_READ, _COMPARED, _CHOSEN = 0.2, 0.6, 0.8


def find_matches(
    store: StudyStore, actor: Person, progress: Progress = lambda _done, _words: None
) -> SavedPairing:
    """The study's cases paired by its newest plan, saved with everything to be shown.

    Pairs that a judge accepted stay as they are, and those a judge turned down are not
    made again. Raises DataRefused without a plan,
    without cases of both eras, and where a pair was judged or taken back while this
    ran; MatchingRefused with everything to put right in plan and cases. Where
    ``progress`` raises to cancel, nothing is saved.
    """
    saved = _plan_in_force(store)
    started = time.perf_counter()
    accepted = _accepted(store)
    pool, read_before = _pool_to_pair(store, saved.plan, accepted, progress)
    pairing = _paired(store, pool, saved.plan, accepted, progress)
    progress(_CHOSEN, "saving")
    account = account_of(pairing, sampling=store.sampling.sampling())
    account["warnings"] += _left_out_warnings(read_before)
    account["warnings"] += plans.outcome_warnings(saved)
    account["warnings"] += break_warnings(pool, saved.plan)
    account["seconds"] = round(time.perf_counter() - started, 3)
    account["version"] = workbench_version()
    account["libraries"] = deciding_versions(saved.plan)
    return store.pairings.save(
        actor.id, saved.id, pairing, account=account, accepted=accepted
    )


def change_of_matches(
    store: StudyStore,
    pairing: SavedPairing,
    progress: Progress = lambda _done, _words: None,
    *,
    plan: MatchPlan | None = None,
) -> MatchesChange:
    """What finding matches would change in this pairing; nothing is saved.

    By the plan given, saved or not, or else by the one in force. Raises as
    :func:`find_matches` does.
    """
    saved = _plan_in_force(store)
    used = plan or saved.plan
    is_saved = plan_hash(used) == saved.sha256
    accepted = _accepted(store)
    pool, _ = _pool_to_pair(store, used, accepted, progress)
    found = _paired(store, pool, used, accepted, progress)
    before = [
        (p.contemporary_id, p.historic_id) for p in store.pairings.pairs(pairing.id)
    ]
    changes = changed_partners(
        before, [(p.contemporary_id, p.historic_id) for p in found.pairs]
    )
    return MatchesChange(
        plan_number=saved.number if is_saved else saved.number + 1,
        is_saved=is_saved,
        is_other_plan=not is_saved or saved.id != pairing.plan_id,
        accepted=tuple(accepted),
        turned_down=len(found.rejected),
        changed=tuple(c.contemporary_id for c in changes if c.before and c.after),
        gained=tuple(c.contemporary_id for c in changes if not c.before),
        lost=tuple(c.contemporary_id for c in changes if not c.after),
        pairs=len(found.pairs),
    )


def _plan_in_force(store: StudyStore) -> SavedPlan:
    saved = store.plans.current()
    if saved is None:
        refuse(
            "There is no plan yet.",
            "What to match",
            "Choose what to match and save it.",
        )
    return saved


def _pool_to_pair(
    store: StudyStore,
    plan: MatchPlan,
    accepted: Mapping[str, str],
    progress: Progress,
) -> tuple[CasePool, list[str]]:
    """The cases to pair, and the historic ones left out since their files were read.

    Nobody can choose those, so a run that gave one to a case would leave it without a
    partner. One that is part of an accepted pair stays with it.
    """
    progress(0.0, "reading the cases")
    pool = pool_for(store, plan)
    read = {one.reference for one in store.within_cases.cases() if one.is_read}
    read -= set(accepted.values())
    left_out = [case.id for case in pool.historic if case.id in read]
    if left_out:
        kept = tuple(case for case in pool.historic if case.id not in read)
        pool = replace(pool, historic=kept)
    require_both_eras(pool)
    return pool, left_out


def _left_out_warnings(read_before: Sequence[str]) -> list[dict[str, str]]:
    if not read_before:
        return []
    count = counted(len(read_before), "historic case")
    return [
        {
            "found": f"{count} whose later file was read before this run, "
            f"{listed(read_before)}, could be nobody's partner and "
            f"{'was' if len(read_before) == 1 else 'were'} left out",
            "where": "Historic cases",
            "do_next": "Say so in the report.",
        }
    ]


def _paired(
    store: StudyStore,
    pool: CasePool,
    plan: MatchPlan,
    accepted: Mapping[str, str],
    progress: Progress,
) -> Pairing:
    progress(_READ, f"comparing {len(pool.contemporary):,} cases")
    return pair_cases(
        pool,
        plan,
        locked=accepted,
        rejected=_turned_down(store, pool),
        narrative_likeness=narrative_likeness(pool, plan),
        progress=_told(progress),
    )


def prepare_for_judging(
    pool: CasePool, plan: MatchPlan, rejected: Sequence[tuple[str, str]] = ()
) -> PreparedPool:
    """The pool as a pairing's plan sees it, to ask why others were ruled out.

    ``rejected`` are the pairs judges had turned down before that run. The pool needs no
    notes: they rule nobody out, and are most of what there is to read.
    """
    return prepare_pool(pool, replace(plan, narrative=""), rejected=rejected)


def rejected_before(pairing: SavedPairing) -> tuple[tuple[str, str], ...]:
    """The pairs a run left out because judges had turned them down, by reference."""
    # An account of the first release knows of none.
    kept = pairing.account.get("rejected_pairs", [])
    return tuple((one, other) for one, other in kept)


def accepted_balance(
    store: StudyStore, pairing: SavedPairing
) -> tuple[int, tuple[BalanceRow, ...]]:
    """How many pairs judges accepted, and the balance over them."""
    plan = _plan_of(store, pairing)
    pairs = list(_accepted(store).items())
    return len(pairs), balance_of_pairs(pool_for(store, plan), plan, pairs)


def planned_balance(pairing: SavedPairing) -> tuple[BalanceRow, ...]:
    """The balance over the pairs the plan chose, as it was saved."""
    return tuple(BalanceRow(**line) for line in pairing.balance)


def matches_in_words(pairing: SavedPairing) -> str:
    """What came of a run, in two sentences."""
    counts = pairing.account["counts"]
    without = pairing.account["unpaired"]
    contemporary, historic = counts["contemporary"], counts["historic"]
    words = (
        f"Matches found. {contemporary - without:,} of {contemporary:,} contemporary "
        f"{'case has' if contemporary == 1 else 'cases have'} a partner among "
        f"{historic:,} historic {'one' if historic == 1 else 'ones'}."
    )
    if without:
        words += f" {without} without partner: the reason is given for each."
    return words


def pairing_files(
    store: StudyStore, pairing: SavedPairing, person: Person
) -> dict[str, bytes]:
    """Each file of a saved pairing: pairs, candidates, unpaired, balance, account.

    Cases the person may still have to judge blind are left out of pairs and candidates,
    and the account counts them. It tells cases compared with themselves too, apart from
    the pairs.
    """
    hidden = store.judging.hidden_from(person.id)
    account = {
        **pairing.account,
        "judging": account_as_values(read_judges_account(store)),
        "left_out_for_a_blind_judge": len(hidden),
        "within_case": within_case_account(store),
    }
    contemporary = [
        case.id
        for case in store.pairings.queue()
        if (case.candidates or not case.judgement) and case.reference not in hidden
    ]
    whole = Pairing(
        plan=_plan_of(store, pairing),
        pairs=tuple(
            one
            for one in store.pairings.pairs(pairing.id)
            if one.contemporary_id not in hidden
        ),
        candidates=tuple(
            listed.candidate
            for case_id in contemporary
            for listed in store.pairings.candidates(pairing.id, case_id)
        ),
        unpaired=tuple(
            UnpairedCase(
                one.reference,
                one.reason,
                one.nearest_reference,
                one.nearest_distance,
                one.ruled_out_by,
            )
            for one in store.pairings.unpaired(pairing.id)
        ),
        short=tuple(pairing.account["short"]),
        steps=(),
        balance=planned_balance(pairing),
    )
    return pairing_tables(whole, account)


def _plan_of(store: StudyStore, pairing: SavedPairing) -> MatchPlan:
    saved = store.plans.find(pairing.plan_id)
    assert saved is not None, "a pairing always names a stored plan"
    return saved.plan


def _accepted(store: StudyStore) -> dict[str, str]:
    """The pairs judges accepted, by reference."""
    return accepted_pairs(store.judgements.standing())


def _turned_down(store: StudyStore, pool: CasePool) -> list[tuple[str, str]]:
    """The pairs judges turned down: called not comparable, one by one or all together.

    Where none was comparable and nothing is said of each, all that were listed are
    meant. A judge who could not tell turned nothing down, nor does a judgement that
    was taken back.
    """
    here = {case.id for case in (*pool.contemporary, *pool.historic)}
    return [
        (listed.candidate.contemporary_id, listed.candidate.historic_id)
        for one in store.judgements.standing()
        for listed in store.pairings.candidates(one.pairing_id, one.contemporary_id)
        if _is_turned_down(one, listed.historic_id)
        and {listed.candidate.contemporary_id, listed.candidate.historic_id} <= here
    ]


def _is_turned_down(judgement: SavedJudgement, historic_id: str) -> bool:
    verdicts = dict(judgement.verdicts)
    if not verdicts and not judgement.historic_id:
        return judgement.judgement.suitability is Suitability.NOT_COMPARABLE
    return verdicts.get(historic_id) is Suitability.NOT_COMPARABLE


def _told(progress: Progress) -> Callable[[str, int, int], None]:
    """The steps of a pairing told as one length of time that never runs back."""
    steps: list[str] = []

    def told(words: str, done: int, of: int) -> None:
        if words not in steps:
            steps.append(words)
        # Comparing takes longest; whatever follows shares what is left.
        start, end = (_READ, _COMPARED) if len(steps) == 1 else (_COMPARED, _CHOSEN)
        share = done / of if of else 1.0
        progress(start + (end - start) * share, words[:1].lower() + words[1:])

    return told


def warnings_of_account(account: dict[str, Any]) -> list[str]:
    """What the result lacks, a sentence each."""
    # A place marks names with asterisks, which say nothing on paper.
    return [
        f"{one['where'].replace('*', '')}: {one['found']}."
        for one in account.get("warnings", [])
    ]
