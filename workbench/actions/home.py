"""Where the study stands, as a list of tasks, and what this person does next."""

from __future__ import annotations

from dataclasses import dataclass, replace

from coding.study import Role
from data.rights import Right, may
from data.storage.progress_storage import StudyCounts
from workbench.actions.case_progress.pair_queue import PairsWaiting
from workbench.actions.findings.findings_waiting import FindingsWaiting
from workbench.actions.interviews.not_coded import left_out
from workbench.wording import counted, counted_codes


@dataclass(frozen=True, slots=True)
class HomeTask:
    """One line of the home page: what it is, how far it is, what can be done.

    ``status`` is one of *Not started*, *In progress*, *6 waiting*, *Done* and
    *Cannot start yet*; ``why`` explains the last. ``is_next`` marks the one line that
    the person at work would sensibly do now. ``comes_first`` is a task before all new
    work: somebody waits for it, or what was final does not stand.
    """

    section: str
    number: int
    title: str
    count: str
    status: str
    page: str
    button: str
    right: Right
    why: str = ""
    is_next: bool = False
    comes_first: bool = False


def tasks(
    counts: StudyCounts,
    role: Role,
    *,
    offered: int | None = None,
    pairs: PairsWaiting | None = None,
    given: int = 0,
    findings: FindingsWaiting | None = None,
) -> list[HomeTask]:
    """The study's tasks in order, the next one for a person of this role marked.

    Where nothing is left for the role to do, it is what there is to read.

    ``offered`` is how many cases wait for this very person where two people judge each
    case; nothing where any judge may take any case that waits. ``pairs`` says whom the
    judged pairs wait for whose progress is still to be compared. ``given`` is how many
    sources were given to this person to code and are not done. ``findings`` says what
    waits of findings and releases.
    """
    listed = [
        *_case_tasks(counts, offered, pairs or PairsWaiting()),
        *_interview_tasks(counts, given),
        *_table_tasks(counts),
        *_finding_tasks(counts, findings or FindingsWaiting()),
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


def _case_tasks(
    counts: StudyCounts, offered: int | None, pairs: PairsWaiting
) -> list[HomeTask]:
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


def _interview_tasks(counts: StudyCounts, given: int) -> list[HomeTask]:
    section = "Read the interviews"
    coded = counts.sources_coded
    begun = coded or counts.sources_blind
    if given:
        coding, why = f"{given} waiting for you", ""
    elif not counts.sources:
        coding, why = "Cannot start yet", "Needs a transcript."
    elif coded >= counts.sources:
        coding, why = "Done", ""
    else:
        coding, why = ("In progress" if begun else "Not started"), ""
    return [
        HomeTask(
            section,
            5,
            "Add transcripts",
            counted(counts.sources, "source", "sources"),
            "Done" if counts.sources else "Not started",
            "transcripts",
            "Add transcripts",
            Right.IMPORT_SOURCES,
        ),
        HomeTask(
            section,
            6,
            "Build the codebook",
            counted_codes(counts.codes, counts.headings),
            "Done" if counts.codes else "Not started",
            "codebook",
            "Build the codebook",
            Right.EDIT_CODEBOOK,
        ),
        HomeTask(
            section,
            7,
            "Code transcripts",
            _coded_in_words(counts),
            coding,
            "code",
            "Go on coding" if begun else "Start coding",
            Right.CODE_SOURCES,
            why,
        ),
        _coders_task(section, counts),
    ]


def _coders_task(section: str, counts: StudyCounts) -> HomeTask:
    compared, settled = counts.sources_compared, counts.sources_settled
    status = "Done" if settled >= compared else "In progress"
    return HomeTask(
        section,
        8,
        "Compare two coders",
        f"differences settled in {settled} of {counted(compared, 'source')}"
        if compared
        else "",
        status if compared else "Cannot start yet",
        "coders",
        "Compare two coders",
        Right.CODE_SOURCES,
        "" if compared else "Needs a source coded by two people.",
    )


def _table_tasks(counts: StudyCounts) -> list[HomeTask]:
    section = "Bring it together"
    something = counts.coded_passages or counts.cases_judged
    left = f"; {_blind_in_words(counts)}" if counts.sources_blind else ""
    return [
        HomeTask(
            section,
            9,
            "Add indicators",
            counted(counts.indicator_values, "value", "values"),
            "Done" if counts.indicator_values else "Not started",
            "indicators",
            "Add indicators",
            Right.IMPORT_INDICATORS,
        ),
        HomeTask(
            section,
            10,
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


def _finding_tasks(counts: StudyCounts, waiting: FindingsWaiting) -> list[HomeTask]:
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
        11,
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
        12,
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


def _coded_in_words(counts: StudyCounts) -> str:
    if not counts.sources:
        return ""
    said = [f"{counts.sources_coded} of {counts.sources} coded"]
    if counts.sources_blind:
        said.append(_blind_in_words(counts))
    waiting = counted(counts.suggestions_waiting, "suggestion", "suggestions")
    return ", ".join([*said, f"{waiting} waiting"])


def _blind_in_words(counts: StudyCounts) -> str:
    blind = counts.sources_blind
    return f"{blind} being coded blind and {left_out(blind)}"


def _judged_in_words(counts: StudyCounts) -> str:
    if not counts.pairings:
        return ""
    words = f"{counts.cases_judged} of {counts.contemporary_cases} judged"
    without = counts.contemporary_cases - counts.cases_to_judge
    return f"{words}, {without} without candidate" if without > 0 else words
