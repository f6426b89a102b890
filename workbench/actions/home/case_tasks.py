"""Tasks of pairing cases: adding them, what to match, judging, comparing progress."""

from __future__ import annotations

from data.rights import Right
from data.storage.progress_storage import StudyCounts
from workbench.actions.case_progress.pair_queue import PairsWaiting
from workbench.actions.home.home_task import HomeTask
from workbench.wording import counted


def case_tasks(
    counts: StudyCounts, offered: int | None, pairs: PairsWaiting
) -> list[HomeTask]:
    """The tasks from adding cases to comparing progress, in order."""
    both = counts.contemporary_cases and counts.historic_cases
    any_case = counts.contemporary_cases or counts.historic_cases
    waiting = counts.cases_to_judge - counts.cases_judged
    section = "Pair cases with past ones"
    if not counts.pairings:
        judging, why = "Cannot start yet", "Find matches first."
    elif waiting > 0 and offered == 0:
        judging, why = "Cannot start yet", "Every case waits for other judges."
    elif waiting > 0:
        judging, why = f"{waiting if offered is None else offered} waiting", ""
    else:
        judging, why = "Done", ""
    return [
        HomeTask(
            section,
            1,
            "Add cases",
            f"{counts.contemporary_cases} contemporary, "
            f"{counts.historic_cases} historic",
            "Done" if both else "In progress" if any_case else "Not started",
            "cases",
            "Add cases",
            Right.IMPORT_CASES,
        ),
        HomeTask(
            section,
            2,
            "What to match",
            counted(counts.pairings, "run", "runs") if counts.pairings else "",
            "Done"
            if counts.pairings
            else "Not started"
            if both
            else "Cannot start yet",
            "plan",
            "Choose what to match",
            Right.SET_PLAN,
            "" if both else "Needs contemporary and historic cases.",
        ),
        HomeTask(
            section,
            3,
            "Judge pairs",
            _judged_in_words(counts),
            judging,
            "judge",
            "Judge next pair",
            Right.JUDGE_PAIRS,
            why,
        ),
        _comparing_task(section, counts, pairs),
    ]


def _comparing_task(section: str, counts: StudyCounts, pairs: PairsWaiting) -> HomeTask:
    status, why = _comparing_status(counts, pairs)
    return HomeTask(
        section,
        4,
        "Compare progress",
        f"{counts.pairs_compared} of {counted(counts.pairs_locked, 'pair')} judged by "
        "two people"
        if counts.pairs_locked
        else "",
        status,
        "progress",
        "Compare next pair",
        Right.JUDGE_PAIRS,
        why,
    )


def _comparing_status(counts: StudyCounts, pairs: PairsWaiting) -> tuple[str, str]:
    """How far comparing is, and for whom what is left of it waits."""
    if not counts.pairs_locked:
        return "Cannot start yet", "Needs a judged pair."
    shut = (
        f"The files of {counted(pairs.shut, 'pair')} are not opened yet; that is done "
        "on Judge pairs."
        if pairs.shut
        else ""
    )
    others = (
        f"{counted(pairs.for_others, 'pair')} "
        f"{'waits' if pairs.for_others == 1 else 'wait'} for other judges."
        if pairs.for_others
        else ""
    )
    why = " ".join(filter(None, (others, shut)))
    if pairs.for_person:
        return f"{pairs.for_person} waiting for you", why
    return ("Cannot start yet", why) if why else ("Done", "")


def _judged_in_words(counts: StudyCounts) -> str:
    if not counts.pairings:
        return ""
    words = f"{counts.cases_judged} of {counts.contemporary_cases} judged"
    without = counts.contemporary_cases - counts.cases_to_judge
    return f"{words}, {without} without candidate" if without > 0 else words
