"""Outcomes in the words of their page: how each stands, what each strand says."""

from __future__ import annotations

from collections.abc import Sequence

from data.storage.evidence.evidence_records import Evidence, Stance
from data.storage.outcomes.statement_records import OutcomeRead, Strand
from workbench.wording import counted, day_in_words, joined_by_and

LOOK_AGAIN = "To be looked at again"
_SHORT = {
    Stance.SUPPORTS: "for",
    Stance.AGAINST: "against",
    Stance.MIXED: "mixed",
    Stance.CONTEXT: "context",
}


def is_said(evidence: Evidence, words: str) -> bool:
    """Whether a piece of evidence is counted under these words for how it stands."""
    return _SHORT.get(evidence.stance) == words


def strand_in_words(evidence: Sequence[Evidence]) -> str:
    """What a strand says of an outcome: links by how they stand, and changed ones.

    Numbers of links, not of people.
    """
    if not evidence:
        return "none"
    said = [
        f"{number} {word}"
        for stance, word in _SHORT.items()
        if (number := sum(one.stance is stance for one in evidence))
    ]
    changed = sum(not one.stands for one in evidence)
    return ", ".join(said) + (f"; {changed} changed since" if changed else "")


def evidence_in_words(read: OutcomeRead) -> str:
    """All links by how they stand, and how many strands they come from."""
    if not read.evidence:
        return "No evidence linked."
    strands = len(Strand) - len(read.missing())
    return (
        f"Evidence: {strand_in_words(read.evidence)}, from "
        f"{strands} of {len(Strand)} strands."
    )


def level_in_words(read: OutcomeRead) -> str:
    """The level as people chose it, or that nobody did."""
    level = read.statement.words.level
    return level.value.capitalize() if level else "Not said yet"


def standing_in_words(read: OutcomeRead) -> str:
    """How a statement stands; what has to be answered goes before anything else."""
    statement = read.statement
    if read.part.is_retired:
        return "Retired from the logic model."
    if not statement.version:
        return "No statement yet."
    left = counted(len(read.stops), "thing")
    if statement.is_final:
        day = _day(statement.final_at)
        if read.looks_again:
            return f"{LOOK_AGAIN}: final since {day}, with {left} to answer."
        return f"Final since {day}, by {statement.final_by}."
    written = f"Draft by {statement.written_by}, {_day(statement.written_at)}"
    return f"{written}; {left} to answer before it is final." if left else f"{written}."


def gaps_in_words(read: OutcomeRead) -> str:
    """The strands nothing is linked from; '' where there is none."""
    missing = [one.value.lower() for one in read.missing()]
    return f"No evidence from {joined_by_and(missing)}." if missing else ""


def _day(moment: object) -> str:
    date = getattr(moment, "date", None)
    return day_in_words(date().isoformat()) if date else ""
