"""What an erasure would touch, listed first, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from data.people_rights.backups import BackupMade
from data.people_rights.withdrawal import About


@dataclass(frozen=True, slots=True)
class Touched:
    """One kind of thing an erasure touches: how many, and what becomes of them.

    ``named`` tells more of some: whose codings, which memos.
    """

    what: str
    count: int
    becomes: str = "removed"
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportMade:
    """A report that somebody took away: its kind, its ending, by whom and when."""

    kind: str
    ending: str
    made_by: str
    made_at: datetime


@dataclass(frozen=True, slots=True)
class WithdrawalListing:
    """What would leave analysis, and the reports made before, which are not reached."""

    touched: tuple[Touched, ...]
    reports: tuple[ReportMade, ...] = ()


@dataclass(frozen=True, slots=True)
class ErasureListing:
    """All that erasing something would touch, and what it cannot reach.

    ``overlapping`` are others' codings that reach into the words taken out: they stay
    where they are. ``copies`` are files beside the study that hold it whole.
    ``reports`` were made before and are not reached.
    """

    about: About
    touched: tuple[Touched, ...]
    overlapping: tuple[str, ...] = ()
    backups: tuple[BackupMade, ...] = ()
    copies: tuple[str, ...] = ()
    stays: tuple[str, ...] = ()
    reports: tuple[ReportMade, ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """What an erasure did. ``is_overwritten`` tells that no trace is left in the files
    of the study; else others have it open and the rest follows when they let go.
    ``is_in_key`` tells that the key of pseudonyms was shut and may still name them."""

    counts: Mapping[str, int]
    backups: tuple[BackupMade, ...]
    copies: tuple[str, ...]
    is_overwritten: bool
    is_in_key: bool = False


@dataclass(frozen=True, slots=True)
class PastErasure:
    """That something was erased once: its kind, why, by whom, when; not which."""

    number: int
    kind: str
    reason: str
    pairs: int
    erased_by: str
    erased_at: datetime
