"""For how long both cases of a pair were followed, read from their stored files."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from data.case_files import CaseFile
from data.storage.case_progress.comparison_storage import read_settings
from data.storage.cases.case_reading import read_case_file
from matching.progress.milestones import DatedFile, common_follow_up


def dated_file(file: CaseFile) -> DatedFile | None:
    """What of a file has a day, to reckon with; nothing without a day of referral."""
    referral = day_of(file.referral_date)
    if referral is None:
        return None
    closed = next((f.value for f in file.facts if f.field.name == "closed_date"), "")
    noted = [day for note in file.notes if (day := day_of(note.date))]
    return DatedFile(referral, file.events, tuple(noted), day_of(closed))


def common_days(session: Session, contemporary_id: str, historic_id: str) -> int | None:
    """The days from referral over which both cases were followed, as settings stand.

    Nothing where a referral has no date. Whoever calls has made sure that both files
    were opened.
    """
    one, other = (
        dated_file(read_case_file(session, case_id))
        for case_id in (contemporary_id, historic_id)
    )
    if one is None or other is None:
        return None
    return common_follow_up(one, other, read_settings(session).read_to)


def day_of(iso: str) -> date | None:
    """The day an ISO text stands for, nothing where it is none."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None
