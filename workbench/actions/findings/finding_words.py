"""Findings in the words of their page: how each stands, what is left to answer."""

from __future__ import annotations

from workbench.actions.findings.report_material import FindingRead
from workbench.wording import counted, day_in_words


def standing_in_words(read: FindingRead) -> str:
    """How a finding stands, in one sentence.

    A final one with something to answer says so before anything else.
    """
    finding = read.finding
    if not finding.is_final:
        return "Draft."
    day = day_in_words(finding.final_at.date().isoformat()) if finding.final_at else ""
    if read.stops:
        things = counted(len(read.stops), "thing")
        return f"Final since {day}, with {things} to answer first."
    return f"Final since {day}, by {finding.final_by}."


def evidence_in_words(read: FindingRead) -> str:
    """How much speaks for it and against it.

    Numbers of links, not of people.
    """
    if not read.evidence:
        return "No evidence linked."
    return f"Evidence: {len(read.supporting())} for, {len(read.against())} against."
