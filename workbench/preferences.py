"""What this computer remembers between visits: the study used last, who used it.

Kept beside the person's other settings, never in the study: it says nothing about what
was done, only where to begin next time.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from data.pseudonyms.key_file import user_folder
from data.storage.database import without_password

_FILE = "preferences.json"


def study_folder() -> Path:
    """The folder where studies lie unless a command says otherwise."""
    return user_folder()


def last_study() -> str:
    """The study opened last on this computer, '' where none was or it is gone."""
    study = _read().get("last_study", "")
    if study and "://" not in study and not Path(study).exists():
        return ""
    return study


def remember_study(study: str) -> None:
    """Begin with this study next time; a password in its address is not kept."""
    _write({**_read(), "last_study": without_password(study)})


def last_person(study: str) -> str:
    """The id of the person who last worked on a study here, or ''."""
    return _read().get(f"person in {without_password(study)}", "")


def remember_person(study: str, person_id: str) -> None:
    """Begin as this person in this study next time."""
    _write({**_read(), f"person in {without_password(study)}": person_id})


def _read() -> dict[str, str]:
    try:
        kept = json.loads((study_folder() / _FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict):
        return {}
    return {str(name): value for name, value in kept.items() if isinstance(value, str)}


def _write(kept: dict[str, str]) -> None:
    # Remembering is a comfort: a folder that cannot be written to stops nobody.
    try:
        study_folder().mkdir(parents=True, exist_ok=True)
        part = study_folder() / (_FILE + ".part")
        part.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        os.replace(part, study_folder() / _FILE)
    except OSError:
        return
