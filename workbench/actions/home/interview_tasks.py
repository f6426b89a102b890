"""Tasks of reading interviews: transcripts, codebook, coding, coders, records."""

from __future__ import annotations

from data.rights import Right
from data.storage.progress_storage import StudyCounts
from workbench.actions.home.home_task import HomeTask
from workbench.actions.interviews.not_coded import left_out
from workbench.actions.templates.records_waiting import RecordsWaiting
from workbench.wording import counted, counted_codes


def interview_tasks(
    counts: StudyCounts, given: int, records: RecordsWaiting
) -> list[HomeTask]:
    """The tasks from adding transcripts to filling in interview records, in order."""
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
        _records_task(section, counts, records),
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


def _records_task(
    section: str, counts: StudyCounts, records: RecordsWaiting
) -> HomeTask:
    status, why = _records_status(counts, records)
    return HomeTask(
        section,
        9,
        "Fill in interview records",
        f"{records.complete} of {counted(records.wanted, 'record')} complete"
        if records.wanted
        else "",
        status,
        "templates",
        "Go on with the records" if records.begun else "Start with the records",
        Right.WRITE_FINDINGS,
        why,
    )


def _records_status(counts: StudyCounts, records: RecordsWaiting) -> tuple[str, str]:
    """How far the records are, and what keeps the rest of them."""
    if not counts.sources:
        return "Cannot start yet", "Needs a transcript."
    if not records.templates:
        return "Cannot start yet", "Needs a published analysis template."
    if not records.wanted:
        return "Cannot start yet", "Needs an interview, a group or an observation."
    hidden = records.hidden
    why = f"{hidden} not to be read now, coded blind." if hidden else ""
    if records.waiting:
        return f"{records.waiting} waiting", why
    return ("Cannot start yet" if hidden else "Done"), why


def _coded_in_words(counts: StudyCounts) -> str:
    if not counts.sources:
        return ""
    said = [f"{counts.sources_coded} of {counts.sources} coded"]
    if counts.sources_blind:
        said.append(blind_in_words(counts))
    waiting = counted(counts.suggestions_waiting, "suggestion", "suggestions")
    return ", ".join([*said, f"{waiting} waiting"])


def blind_in_words(counts: StudyCounts) -> str:
    """How many sources are being coded blind, and what becomes of them meanwhile."""
    blind = counts.sources_blind
    return f"{blind} being coded blind and {left_out(blind)}"
