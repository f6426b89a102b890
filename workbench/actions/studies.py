"""Starting and opening studies, and saying who works on them."""

from __future__ import annotations

import getpass
import re
from pathlib import Path

from coding.study import Person, Role, Study
from data.problems import DataProblem, DataRefused
from data.storage import StudyStore

_LONGEST_NAME = 120
_RESERVED_ON_WINDOWS = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_NOT_A_STUDY = ("-before-upgrade-from-", "-being-made")


def new_study(
    address: str | Path, name: str, *, practice_start: str = "", description: str = ""
) -> StudyStore:
    """The store of a study just founded at a file path or database URL.

    Raises DataRefused where a study is already there or the place cannot be used.
    """
    _require_words(name, "Name of the study", "Give the study a name.")
    store = StudyStore(address)
    store.study.found(
        Study(name=name.strip(), description=description, practice_start=practice_start)
    )
    return store


def open_existing(address: str | Path) -> StudyStore:
    """The store of a study that exists; DataRefused where there is none."""
    is_url = isinstance(address, str) and "://" in address
    if not is_url and not Path(address).is_file():
        raise DataRefused(
            [
                DataProblem(
                    "There is no study of this name.",
                    str(address),
                    "Check the path, or make a study with `workbench new`.",
                )
            ]
        )
    return StudyStore(address)


def file_for(folder: Path, name: str) -> Path:
    """A file name for a new study in a folder, made from the study's name.

    >>> file_for(Path("studies"), "Autumn: early help!").as_posix()
    'studies/autumn-early-help.sqlite'
    """
    words = re.sub(r"[^\w]+", "-", name.casefold()).strip("-")[:60] or "study"
    if _RESERVED_ON_WINDOWS.fullmatch(words):
        words = f"study-{words}"
    return folder / f"{words}.sqlite"


def studies_in(folder: Path) -> list[Path]:
    """The studies of a folder by name; copies made before an upgrade are left out."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.glob("*.sqlite")
        if not any(mark in path.stem for mark in _NOT_A_STUDY)
    )


def add_first_person(store: StudyStore, name: str, role: Role) -> Person:
    """The first person of a study."""
    _require_words(name, "Your name", "Write the name your colleagues know you by.")
    return store.study.add_first_person(Person("", name, role))


def add_person(store: StudyStore, actor: Person, name: str, role: Role) -> Person:
    """A person added to the study by someone who may."""
    _require_words(name, "Name", "Write the name colleagues know this person by.")
    return store.study.add_person(actor.id, Person("", name, role))


def person_at_the_command_line(store: StudyStore) -> Person:
    """The person whose name changes made by commands carry.

    Commands trust this computer: they act as its user, with a study lead's rights.
    """
    try:
        user = getpass.getuser()
    except (OSError, KeyError, ImportError):
        user = "someone"
    return store.study.ensure_person(
        Person("", f"{user} (command line)", Role.STUDY_LEAD, is_command_line=True)
    )


def _require_words(name: str, where: str, do_next: str) -> None:
    if not name.strip():
        raise DataRefused([DataProblem("Nothing was written here.", where, do_next)])
    if len(name) > _LONGEST_NAME:
        raise DataRefused(
            [
                DataProblem(
                    f"This is {len(name)} characters long.",
                    where,
                    f"Shorten it to {_LONGEST_NAME} characters or fewer.",
                )
            ]
        )
