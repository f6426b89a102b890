"""Backing a study up, restoring it, and checking that it is sound."""

from __future__ import annotations

from pathlib import Path

from coding.study import Person, Role
from data import backup
from data.backup import StudyContents
from data.problems import DataProblem, DataRefused
from data.rights import Right, require_right
from data.storage import StudyStore


def back_up_study(
    store: StudyStore, person: Person, target: Path, *, handed_over_as: str = ""
) -> StudyContents:
    """The contents of a checked backup written to ``target``, and put in the register.

    One handed to a browser is registered by the name it was ``handed_over_as``.

    A backup holds outcomes of cases not judged yet, and what others coded: DataRefused
    for whoever may not take one, and for a researcher who is coding a source blind.
    """
    require_right(person, Right.BACK_UP)
    if person.role is not Role.STUDY_LEAD and store.coders.reads_blind(person.id):
        raise DataRefused(
            [
                DataProblem(
                    "You are coding a transcript blind, and a backup holds what the "
                    "others coded there.",
                    "Backup",
                    "Ask a study lead to make it. Nothing was written.",
                )
            ]
        )
    contents = backup.back_up(store.database, target)
    # Only now: a backup that was refused was not made.
    store.backups.register(person.id, target, handed_over_as=handed_over_as)
    return contents


def restore_study(source: Path, target: Path) -> StudyContents:
    """The contents of the study restored to ``target``, which must be free."""
    return backup.restore(source, target)


def check_study(store: StudyStore) -> StudyContents:
    """What the study holds, once file, references and texts were checked."""
    return backup.check_study(store.database, where="The study")
