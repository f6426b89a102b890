"""The register of backups: made where and when, with which content, gone or kept."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlmodel import Session, col, select

from data.people_rights.backups import BackupChecked, BackupMade
from data.people_rights.withdrawal import Kind
from data.rights import Right
from data.storage.database import StudyDatabase, names_of_people, refuse
from data.storage.people_rights.withdrawn import withdrawn_ids
from data.tables import AuditLineRow, BackupRow, ErasureRow, StudyRow, now

ERASED = "erased"
"""What the audit trail says of an erasure; its line names the id, and nothing else."""

_TABLES = {
    Kind.PARTICIPANT: "participant",
    Kind.SOURCE: "source",
    Kind.CASE: "case_file",
}
_PORTION = 1 << 20


class BackupRegister:
    """Keeps which backups were made, and says what one of them still holds."""

    def __init__(self, database: StudyDatabase) -> None:
        self._database = database

    def register(
        self, actor_id: str, file: Path, *, handed_over_as: str = ""
    ) -> BackupMade:
        """Keep that a backup was just written to ``file``.

        One handed to a browser has no place that is known: only the name it was
        ``handed_over_as``.
        """
        sha256 = content_hash(file)
        with self._database.writing(actor_id, Right.BACK_UP) as writing:
            row = BackupRow(
                file_name=handed_over_as or file.name,
                place="" if handed_over_as else str(file.resolve().parent),
                sha256=sha256,
                size=file.stat().st_size,
                made_by=actor_id,
            )
            writing.session.add(row)
            writing.session.flush()
            writing.record("backup made", "backup", row.id, size=row.size)
            return _made(row, names_of_people(writing.session))

    def made(self) -> list[BackupMade]:
        """Every backup of the register, the newest first."""
        with self._database.reading() as session:
            return read_backups(session)

    def say_gone(self, actor_id: str, backup_id: str) -> None:
        """Keep that somebody made sure that a backup exists no longer."""
        with self._database.writing(actor_id, Right.BACK_UP) as writing:
            row = writing.session.get(BackupRow, backup_id)
            if row is None or row.gone_at is not None:
                refuse(
                    "This backup is not in the register, or gone already.",
                    "Backups",
                    "Open the page again. Nothing was changed.",
                )
            row.gone_by, row.gone_at = actor_id, now()
            writing.session.add(row)
            writing.record("backup said to be gone", "backup", row.id)

    def since_last_erasure(self) -> datetime | None:
        """When something was last erased: backups made before still hold it."""
        with self._database.reading() as session:
            return session.exec(
                select(ErasureRow.erased_at).order_by(col(ErasureRow.number).desc())
            ).first()

    def check(self, file: Path) -> BackupChecked:
        """What a backup still holds of what was withdrawn or erased here since.

        Raises DataRefused for a file that is not there, cannot be read, or is no
        backup of a study.
        """
        with self._database.reading() as session:
            erased = _erased_ids(session)
            withdrawn = {kind: withdrawn_ids(session, kind) for kind in Kind}
            study = session.exec(select(StudyRow.id)).first()
            listed = read_backups(session)
        held = _ids_in(file, study or "")
        try:
            sha256 = content_hash(file)
        except OSError:
            sha256 = ""
        return BackupChecked(
            sum(len(held[kind] & erased[kind]) for kind in Kind),
            sum(len(held[kind] & withdrawn[kind]) for kind in Kind),
            next((one for one in listed if one.sha256 == sha256), None),
        )


def read_backups(session: Session, *, not_gone: bool = False) -> list[BackupMade]:
    """The backups of the register, the newest first; all, or those not said gone."""
    names = names_of_people(session)
    query = select(BackupRow).order_by(col(BackupRow.made_at).desc())
    if not_gone:
        query = query.where(col(BackupRow.gone_at).is_(None))
    return [_made(row, names) for row in session.exec(query)]


def copies_beside(study: Path | None) -> list[str]:
    """Copies of the study that upgrades left beside it: they hold it whole too."""
    if study is None:
        return []
    copies = study.parent.glob(f"{study.stem}-before-upgrade-from-*.sqlite")
    return sorted(str(one) for one in copies)


def content_hash(file: Path) -> str:
    """The SHA-256 of a file's bytes, as 64 hexadecimal digits."""
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while portion := opened.read(_PORTION):
            digest.update(portion)
    return digest.hexdigest()


def _erased_ids(session: Session) -> dict[Kind, set[str]]:
    found: dict[Kind, set[str]] = {kind: set() for kind in Kind}
    for kind, about_id in session.exec(
        select(AuditLineRow.about_kind, AuditLineRow.about_id).where(
            AuditLineRow.action == ERASED
        )
    ):
        found[Kind(kind)].add(about_id)
    return found


def _ids_in(file: Path, study_id: str) -> dict[Kind, set[str]]:
    """The ids of participants, sources and cases in a backup; it is only read."""
    if not file.is_file():
        refuse(
            "There is no file of this name, or it cannot be reached.",
            str(file),
            "Look where it was moved to. If it is gone for good, say so in the list.",
        )
    try:
        # Not even the small files that SQLite writes beside one it reads.
        address = f"{file.resolve().as_uri()}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as opened:
            whose = {row[0] for row in opened.execute("SELECT id FROM study")}
            held = {
                kind: {row[0] for row in opened.execute(f"SELECT id FROM {table}")}  # noqa: S608 - names of our tables
                for kind, table in _TABLES.items()
            }
    except (sqlite3.DatabaseError, OSError):
        refuse(
            "This file cannot be read as a backup of a study.",
            str(file),
            "It may be damaged, encrypted or something else. Treat it as one that "
            "holds everything: delete it where nobody needs it.",
        )
    if study_id not in whose:
        refuse(
            "This is a backup of another study.",
            str(file),
            "Choose a backup of this one.",
        )
    return held


def _made(row: BackupRow, names: dict[str, str]) -> BackupMade:
    return BackupMade(
        row.id,
        row.file_name,
        row.place,
        row.sha256,
        row.size,
        names.get(row.made_by, ""),
        row.made_at,
        row.gone_at,
    )
