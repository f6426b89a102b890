"""What of a stored case file splitting asks for."""

from __future__ import annotations

from data.case_files import CaseFile
from matching.case_records import CaseEvent, CaseNote
from matching.within_case import HeldCase


def held_case(file: CaseFile, records_read_to: str = "") -> HeldCase:
    """What splitting asks of a case file, taken from the records up to a day."""
    values = {fact.field.name: fact.value for fact in file.facts}
    return held_of(
        file.reference,
        file.referral_date,
        values.get("closed_date", ""),
        file.events,
        file.notes,
        records_read_to,
    )


def held_of(
    reference: str,
    referral_date: str,
    closed: str,
    events: tuple[CaseEvent, ...],
    notes: tuple[CaseNote, ...],
    records_read_to: str,
) -> HeldCase:
    """What splitting asks of a case, from its parts.

    Without a recorded day of closing, a closure that is the last thing recorded ends
    the case; one that more was recorded after does not.
    """
    if not closed:
        dates = [*(one.date for one in events), *(one.date for one in notes)]
        last = max(dates, default="")
        ends = [one for one in events if "closure" in one.event.casefold()]
        closed = last if any(one.date == last for one in ends) else ""
    return HeldCase(reference, referral_date, closed, events, notes, records_read_to)
