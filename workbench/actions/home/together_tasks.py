"""Tasks of bringing it together: indicators, the debrief, findings and releases."""

from __future__ import annotations

from data.rights import Right
from data.storage.progress_storage import StudyCounts
from workbench.actions.findings.findings_waiting import FindingsWaiting
from workbench.actions.home.home_task import HomeTask
from workbench.actions.home.interview_tasks import blind_in_words
from workbench.wording import counted


def table_tasks(counts: StudyCounts) -> list[HomeTask]:
    """Adding indicators and preparing the debrief."""
    section = "Bring it together"
    something = counts.coded_passages or counts.cases_judged
    left = f"; {blind_in_words(counts)}" if counts.sources_blind else ""
    return [
        HomeTask(
            section,
            10,
            "Add indicators",
            counted(counts.indicator_values, "value", "values"),
            "Done" if counts.indicator_values else "Not started",
            "indicators",
            "Add indicators",
            Right.IMPORT_INDICATORS,
        ),
        HomeTask(
            section,
            11,
            "Prepare the debrief",
            f"{counted(counts.coded_passages, 'passage', 'passages')}, "
            f"{counted(counts.cases_judged, 'judged case', 'judged cases')}{left}",
            "In progress" if something else "Cannot start yet",
            "debrief",
            "Open the debrief",
            Right.MAKE_REPORTS,
            "" if something else "Needs coded passages or judged pairs.",
        ),
    ]


def finding_tasks(counts: StudyCounts, waiting: FindingsWaiting) -> list[HomeTask]:
    """Writing the findings and letting them leave."""
    section = "Bring it together"
    something = counts.coded_passages or counts.cases_judged
    final = waiting.findings - waiting.drafts
    if waiting.changed:
        status = f"{waiting.changed} waiting"
        why = "What was final does not stand: evidence changed, or is not answered."
    elif waiting.findings:
        status, why = ("In progress" if waiting.drafts else "Done"), ""
    elif something:
        status, why = "Not started", ""
    else:
        status, why = "Cannot start yet", "Needs coded passages or judged pairs."
    writing = HomeTask(
        section,
        12,
        "Write the findings",
        f"{counted(waiting.findings, 'finding')}, {final} of them final"
        if waiting.findings
        else "",
        status,
        "findings",
        "Look at them again" if waiting.changed else "Write the findings",
        Right.WRITE_FINDINGS,
        why,
        comes_first=bool(waiting.changed),
    )
    return [writing, _release_task(section, waiting)]


def _release_task(section: str, waiting: FindingsWaiting) -> HomeTask:
    right, button = Right.ASK_FOR_RELEASE, "Ask for a release"
    others = (
        f"{counted(waiting.for_others, 'request')} "
        f"{'waits' if waiting.for_others == 1 else 'wait'} for a second person."
        if waiting.for_others
        else ""
    )
    if waiting.for_person:
        status, why = f"{waiting.for_person} waiting for you", others
        right, button = Right.RELEASE, "Read what would leave"
    elif waiting.for_others:
        status, why = "Cannot start yet", others
    elif waiting.not_released:
        status, why = f"{waiting.not_released} waiting", ""
    elif waiting.standing:
        status, why = "Done", ""
    else:
        status, why = "Cannot start yet", "Needs a finding that is final."
    return HomeTask(
        section,
        13,
        "Let findings leave",
        f"{waiting.not_released} final and not released"
        if waiting.not_released
        else "",
        status,
        "releases",
        button,
        right,
        why,
        comes_first=bool(waiting.for_person),
    )
