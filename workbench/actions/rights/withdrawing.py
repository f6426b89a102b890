"""Withdrawing and erasing: what is said before and after, and the doing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

from coding.study import Person
from data.people_rights.backups import BackupChecked, BackupMade
from data.people_rights.erasure import (
    Erased,
    ErasureListing,
    ReportMade,
    Touched,
    WithdrawalListing,
)
from data.people_rights.withdrawal import About, Kind, Reason, Withdrawal
from data.storage import StudyStore
from workbench.actions.suggesting.fitted import forget
from workbench.wording import counted, day_in_words

Progress = Callable[[float, str], None]

WHAT_WITHDRAWING_DOES = (
    "It leaves themes, the debrief, searches, matching and counts from now on. Nothing "
    "is deleted, and it can be taken back."
)
WHAT_ERASING_DOES = (
    "Erasing removes it for good, with every copy the study holds. It cannot be undone."
)


def withdraw(
    store: StudyStore, person: Person, about: About, reason: Reason, on: date
) -> str:
    """What was withdrawn, as a line that tells it."""
    store.withdrawals.withdraw(person.id, about, reason, on.isoformat())
    return f"{about.in_words} is out of analysis. It can be taken back here."


def take_back(store: StudyStore, person: Person, about: About) -> str:
    """What was put back in, as a line that tells it."""
    store.withdrawals.take_back(person.id, about)
    return f"{about.in_words} counts again, just as before."


def withdrawal_in_words(one: Withdrawal) -> str:
    """Since when something is out of analysis, why, and who recorded it."""
    return (
        f"{one.about.in_words}: withdrawn on {day_in_words(one.withdrawn_on)}, because "
        f"{one.reason.value}. Recorded by {one.recorded_by}."
    )


def list_what_it_touches(
    store: StudyStore, person: Person, about: About, *, progress: Progress | None = None
) -> ErasureListing:
    """Everything that erasing would touch; nothing is changed by asking."""
    return store.erasures.listing(person.id, about, tell=progress)


def list_what_leaves(
    store: StudyStore, person: Person, about: About
) -> WithdrawalListing:
    """Everything withdrawing would take out of analysis, and reports made before."""
    return store.erasures.touched_by_withdrawing(person.id, about)


def erase(
    store: StudyStore,
    person: Person,
    about: About,
    reason: Reason,
    typed: str,
    *,
    progress: Progress | None = None,
) -> Erased:
    """What was erased for good; refused unless the name was typed."""
    erased = store.erasures.erase(person.id, about, reason, typed=typed, tell=progress)
    # What was worked out from the words that went is worked out anew from the rest.
    forget(store)
    pseudonym = about.label if about.kind is Kind.PARTICIPANT else ""
    forgotten = store.pseudonym_key.forget_erased(person.id, pseudonym)
    return replace(erased, is_in_key=not forgotten)


def touched_in_words(one: Touched) -> str:
    """One line of the list of what is touched.

    >>> touched_in_words(Touched("memos", 2, named=("Priya 2",)))
    '2 memos: removed (Priya 2)'
    """
    named = f" ({'; '.join(one.named)})" if one.named else ""
    return f"{one.count:,} {one.what}: {one.becomes}{named}"


def reports_in_words(reports: Sequence[ReportMade]) -> list[str]:
    """Reports that were taken away before, each kind and ending with how often and when
    last; what was sent can only be looked for by a person."""
    last: dict[tuple[str, str], ReportMade] = {}
    for one in reversed(reports):
        last[one.kind, one.ending] = one
    times = Counter((one.kind, one.ending) for one in reports)
    return [
        f"{kind.capitalize()} as {ending}: {counted(times[kind, ending], 'time')}, "
        f"last on {one.made_at.astimezone():%d/%m/%Y} by {one.made_by or 'nobody'}"
        for (kind, ending), one in sorted(last.items())
    ]


def erased_in_words(erased: Erased, about: About) -> list[str]:
    """What was done, and what is left for a person to do."""
    rows = sum(erased.counts.values())
    told = [f"{about.in_words} was erased: {rows:,} entries are gone or cleared."]
    if not erased.is_overwritten:
        told.append(
            "Another window or program holds the study, so traces may still lie in its "
            "file. Close it elsewhere and press Clean the file."
        )
    if erased.is_in_key:
        told.append(
            "The key of pseudonyms is shut and may still name them. Open it on the "
            "page Pseudonyms and take the name out."
        )
    told += backups_in_words(erased.backups, erased.copies)
    return told


def backups_in_words(backups: Sequence[BackupMade], copies: Sequence[str]) -> list[str]:
    """Which files still hold what is erased here, and what to do with them."""
    told = [f"{backup_in_words(one)} still holds it." for one in backups]
    told += [
        f"{Path(one).name}, made before an upgrade, still holds it." for one in copies
    ]
    if told:
        told.append(
            "Delete these files, or make a new backup first and delete them then. A "
            "study restored from one of them holds everything again: erase it there "
            "too."
        )
    return told


def backup_in_words(one: BackupMade) -> str:
    """A backup by name, place and day."""
    place = f" in {one.place}" if one.place else ", saved from the browser,"
    return (
        f"{one.file_name}{place} of {one.made_at.astimezone():%d/%m/%Y %H:%M} "
        f"by {one.made_by}"
    )


def checked_in_words(checked: BackupChecked) -> str:
    """What a backup that was looked into still holds."""
    if not checked.erased and not checked.withdrawn:
        return "Nothing that was erased or withdrawn here is in this backup."
    parts = []
    if checked.erased:
        parts.append(f"{counted(checked.erased, 'thing')} that were erased here")
    if checked.withdrawn:
        parts.append(f"{counted(checked.withdrawn, 'thing')} withdrawn here")
    return (
        f"This backup still holds {' and '.join(parts)}. Delete it, or keep it only "
        "where nobody works with it."
    )


def pairs_withdrawn_in_words(store: StudyStore) -> str:
    """How many judged pairs went with erased cases and when, '' where none did.

    Counts in reports made before can then be explained; nothing leads back to a case.
    """
    gone = [one for one in store.erasures.past() if one.pairs]
    if not gone:
        return ""
    told = ", ".join(
        f"{counted(one.pairs, 'pair')} on {one.erased_at.astimezone():%d/%m/%Y}"
        for one in reversed(gone)
    )
    return (
        f"Withdrawn and erased since they were judged: {told}. They are counted in "
        "reports made before, and nowhere above."
    )


def listing_as_values(listing: ErasureListing) -> dict[str, Any]:
    """The list of what is touched as plain values, for the command line."""
    return {
        "about": {"kind": listing.about.kind.value, "label": listing.about.label},
        "touched": [asdict(one) for one in listing.touched],
        "overlapping": list(listing.overlapping),
        "backups": [one.where for one in listing.backups],
        "copies": list(listing.copies),
        "stays": list(listing.stays),
        "reports": reports_in_words(listing.reports),
    }
