"""Where the study stands, as a list of tasks, and what this person does next."""

from __future__ import annotations

from dataclasses import replace

from coding.study import Role
from data.rights import may
from data.storage.progress_storage import StudyCounts
from workbench.actions.case_progress.pair_queue import PairsWaiting
from workbench.actions.findings.findings_waiting import FindingsWaiting
from workbench.actions.home.case_tasks import case_tasks
from workbench.actions.home.home_task import HomeTask
from workbench.actions.home.interview_tasks import interview_tasks
from workbench.actions.home.together_tasks import finding_tasks, table_tasks
from workbench.actions.templates.records_waiting import RecordsWaiting


def tasks(
    counts: StudyCounts,
    role: Role,
    *,
    offered: int | None = None,
    pairs: PairsWaiting | None = None,
    given: int = 0,
    findings: FindingsWaiting | None = None,
    records: RecordsWaiting | None = None,
) -> list[HomeTask]:
    """The study's tasks in order, the next one for a person of this role marked.

    Where nothing is left for the role to do, it is what there is to read.

    ``offered`` is how many cases wait for this very person where two people judge each
    case; nothing where any judge may take any case that waits. ``pairs`` says whom the
    judged pairs wait for whose progress is still to be compared. ``given`` is how many
    sources were given to this person to code and are not done. ``findings`` says what
    waits of findings and releases, ``records`` what waits of interview records.
    """
    listed = [
        *case_tasks(counts, offered, pairs or PairsWaiting()),
        *interview_tasks(counts, given, records or RecordsWaiting()),
        *table_tasks(counts),
        *finding_tasks(counts, findings or FindingsWaiting()),
    ]
    can_be_done = [
        place
        for place, task in enumerate(listed)
        if task.status not in ("Done", "Cannot start yet") and may(role, task.right)
    ]
    if not can_be_done:
        return _with_something_to_read(listed)
    first = min(can_be_done, key=lambda place: (not listed[place].comes_first, place))
    listed[first] = replace(listed[first], is_next=True)
    return listed


# What everybody may look at, the furthest first, and what the button then says.
_TO_READ = (
    ("debrief", "Open the debrief"),
    ("indicators", "Look at the indicators"),
    ("code", "Read the transcripts"),
    ("transcripts", "Look at the transcripts"),
    ("cases", "Look at the cases"),
)


def _with_something_to_read(listed: list[HomeTask]) -> list[HomeTask]:
    """The tasks where a role has none of its own to do: what there is can be read."""
    by_page = {task.page: place for place, task in enumerate(listed)}
    for page, button in _TO_READ:
        task = listed[by_page[page]]
        if task.status not in ("Not started", "Cannot start yet"):
            listed[by_page[page]] = replace(task, is_next=True, button=button)
            break
    return listed
