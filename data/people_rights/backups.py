"""Backups that were made, and what one of them still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup as it was registered; ``place`` is empty for one handed to a browser."""

    id: str
    file_name: str
    place: str
    sha256: str
    size: int
    made_by: str
    made_at: datetime
    gone_at: datetime | None = None

    @property
    def where(self) -> str:
        """Folder and name, or that the browser was given it."""
        return f"{self.place}/{self.file_name}" if self.place else self.file_name


@dataclass(frozen=True, slots=True)
class BackupChecked:
    """What a given backup file still holds of what was withdrawn or erased.

    ``erased`` and ``withdrawn`` count participants, sources and cases. ``registered``
    is the entry it was made under, where its contents are still the same.
    """

    erased: int
    withdrawn: int
    registered: BackupMade | None
