"""Backing a study up, restoring it, and checking that it is sound."""

from __future__ import annotations

from pathlib import Path

from coding.study import Person
from data import backup
from data.backup import StudyContents
from data.rights import Right, require_right
from data.storage import StudyStore


def back_up_study(store: StudyStore, person: Person, target: Path) -> StudyContents:
    """The contents of a checked backup written to ``target``.

    A backup holds outcomes of cases not judged yet: DataRefused for whoever may not
    take one.
    """
    require_right(person, Right.BACK_UP)
    contents = backup.back_up(store.database, target)
    # Only now: a backup that was refused was not made.
    store.audit.record_backup(person.id)
    return contents


def restore_study(source: Path, target: Path) -> StudyContents:
    """The contents of the study restored to ``target``, which must be free."""
    return backup.restore(source, target)


def check_study(store: StudyStore) -> StudyContents:
    """What the study holds, once file, references and texts were checked."""
    return backup.check_study(store.database, where="The study")
