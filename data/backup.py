"""Backups: a whole copy of a study, checked before it counts as one, and back again.

A copy is written under another name, checked, and only then given its own; the live
study is read and never touched. Copying goes through the database's own backup call in
one step, so that work saved a moment ago is in it.
"""

from __future__ import annotations

import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import func, select

from coding.transcripts import text_hash
from data.problems import DataProblem, DataRefused
from data.storage.database import StudyDatabase, integrity_problems
from data.tables import (
    AuditLineRow,
    CaseRow,
    CodedSegmentRow,
    JudgementRow,
    SourceRow,
    StudyRow,
)


@dataclass(frozen=True, slots=True)
class StudyContents:
    """What a study's file holds, counted."""

    study: str
    sources: int
    coded_segments: int
    cases: int
    judgements: int
    audit_lines: int = 0


def back_up(database: StudyDatabase, target: Path) -> StudyContents:
    """The contents of the backup just written to ``target``.

    Raises DataRefused where the study lies on a server (its own backups apply), where
    ``target`` is the study itself, where the place cannot be written, or where the copy
    does not pass its check; an older file of that name is then left as it was.
    """
    if database.file is None:
        raise _refused(
            "This study lies on a database server.",
            "Use the server's own backup.",
        )
    if _is_part_of(target, database.file):
        raise _refused(
            "This is the study's own file, and a backup never touches it.",
            "Choose another name for the backup. The study itself is untouched.",
        )
    part = target.with_name(target.name + ".part")
    try:
        copy_database(database.engine, part)
        contents = check_study_file(part)
        os.replace(part, target)
    except OSError as cause:
        raise _refused(
            "The backup could not be written there.",
            "Choose a folder that exists, can be written to and has room. "
            "The study itself is untouched.",
        ) from cause
    finally:
        part.unlink(missing_ok=True)
    return contents


def restore(backup: Path, target: Path) -> StudyContents:
    """The contents of the study restored from ``backup`` to ``target``.

    Never overwrites: where ``target`` exists, DataRefused says so. The backup is
    checked before and the restored study after copying.
    """
    if not backup.is_file():
        raise _refused("There is no file of this name.", "Choose the backup's file.")
    if target.exists():
        raise _refused(
            "A study of this name is already there, and restoring never overwrites.",
            "Choose another name for the restored study. Nothing was changed.",
        )
    left = [beside.name for beside in _beside(target) if beside.exists()]
    if left:
        # The database would work what they hold into the restored study.
        raise _refused(
            f"Beside that name lie files left by an earlier study: {', '.join(left)}.",
            "Move them elsewhere and keep them: they may hold its last work. Or choose "
            "another name. Nothing was changed.",
        )
    check_study_file(backup)
    part = target.with_name(target.name + ".part")
    source = StudyDatabase(backup)
    try:
        copy_database(source.engine, part)
        contents = check_study_file(part)
        os.replace(part, target)
    except OSError as cause:
        raise _refused(
            "The study could not be restored there.",
            "Choose a folder that exists, can be written to and has room.",
        ) from cause
    finally:
        source.close()
        part.unlink(missing_ok=True)
    return contents


def _beside(file: Path) -> list[Path]:
    """The files a SQLite database may keep beside its own."""
    return [file.with_name(file.name + ending) for ending in ("-wal", "-shm")]


def _is_part_of(path: Path, study: Path) -> bool:
    if path.exists() and study.exists() and path.samefile(study):
        return True
    return path.resolve() in [one.resolve() for one in (study, *_beside(study))]


def copy_database(engine: Engine, target: Path) -> None:
    """Copy a SQLite study to ``target`` in one step, newest work included."""
    target.unlink(missing_ok=True)
    raw = engine.raw_connection()
    try:
        copy = sqlite3.connect(target)
    except sqlite3.OperationalError as cause:
        raw.close()
        raise OSError("the copy could not be begun") from cause
    try:
        connection = raw.driver_connection
        assert isinstance(connection, sqlite3.Connection)
        connection.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as cause:
        raise OSError("the copy could not be written") from cause
    finally:
        copy.close()
        raw.close()


def check_study_file(path: Path) -> StudyContents:
    """What the study in this file holds, once everything in it was checked.

    Checks the file as the database sees it, every reference, and each source's text
    against the hash it was imported with. Raises DataRefused naming what is wrong.
    """
    database = StudyDatabase(path)
    try:
        return check_study(database, where=path.name)
    finally:
        database.close()


def check_study(database: StudyDatabase, *, where: str) -> StudyContents:
    """What a study holds, once file, references and texts were checked."""
    damage = integrity_problems(database.engine)
    if damage:
        raise DataRefused(
            DataProblem(line, where, "Restore the newest good backup.")
            for line in damage[:10]
        )
    with database.reading() as session:
        try:
            study = session.exec(select(StudyRow)).first()
        except Exception as cause:
            raise _refused("This file is not a study.", "Choose another.") from cause
        if study is None:
            raise _refused("This file holds no study yet.", "Choose another.")
        altered = [
            row.name
            for row in session.exec(select(SourceRow))
            if text_hash(row.text) != row.text_sha256
        ]
        if altered:
            raise DataRefused(
                DataProblem(
                    "The text is not the one that was imported.",
                    f"Source {name}",
                    "Restore the newest good backup.",
                )
                for name in altered
            )

        def count(table: type) -> int:
            return session.exec(select(func.count()).select_from(table)).one()

        return StudyContents(
            study.name,
            count(SourceRow),
            count(CodedSegmentRow),
            count(CaseRow),
            count(JudgementRow),
            count(AuditLineRow),
        )


def _refused(found: str, do_next: str) -> DataRefused:
    return DataRefused([DataProblem(found, "Backup", do_next)])
