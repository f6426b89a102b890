"""The key's file: beside the study's, readable by one account, written whole or not.

A study on a database server has its key in the user's data folder of this computer.
"""

from __future__ import annotations

import getpass
import json
import os
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import Any

import platformdirs

from data.problems import DataProblem, DataRefused
from data.pseudonyms.key import PseudonymKey, key_from_json
from data.pseudonyms.sealing import Secret, WrongPassphrase, seal, secret_for, unseal

ENDING = ".pseudonym-key"
_FORMAT = "restorative workbench pseudonym key"
_VERSION = 1
_WHERE = "The pseudonym key"
NOTHING_CHANGED = "Nothing was changed."


def user_folder() -> Path:
    """The folder for a person's own files of the workbench on this computer."""
    chosen = os.environ.get("WORKBENCH_FOLDER")
    return Path(chosen or platformdirs.user_data_dir("workbench", appauthor=False))


def key_path(study_file: Path | None, study_id: str) -> Path:
    """Where the key of a study lies."""
    if study_file is None:
        return user_folder() / f"study-{study_id}{ENDING}"
    return study_file.with_name(study_file.name + ENDING)


def is_sealed(content: bytes) -> bool:
    """Whether a key file asks for a passphrase; raises DataRefused where damaged."""
    return "sealed" in _envelope(content)


def encode(key: PseudonymKey, secret: Secret | None) -> bytes:
    """The bytes of a key file: sealed where there is a secret."""
    around = {"format": _FORMAT, "version": _VERSION, "study": key.study_id}
    content = json.dumps(key.as_json(), ensure_ascii=False).encode("utf-8")
    if secret is None:
        whole: dict[str, Any] = {**around, "key": key.as_json()}
    else:
        whole = {**around, "sealed": seal(secret, content, _beside(around))}
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8")


def decode(
    content: bytes, study_id: str, *, passphrase: str = "", secret: Secret | None = None
) -> tuple[PseudonymKey, Secret | None]:
    """The key in a file's bytes, and the secret it is sealed with, if any.

    Raises DataRefused for a damaged file, one of another study or a newer workbench,
    and for a passphrase that does not open it.
    """
    whole = _envelope(content)
    if whole["study"] != study_id:
        raise _refused(
            "This key belongs to another study.",
            "Choose the key that was made with this study, or put the study's own key "
            f"back beside it. {NOTHING_CHANGED}",
        )
    try:
        if "sealed" not in whole:
            return key_from_json(study_id, whole["key"]), None
        sealed = whole["sealed"]
        opened_with = secret
        if secret is None or passphrase:
            if not passphrase:
                raise _refused(
                    "The key is sealed with a passphrase.",
                    "Write the passphrase that was set for it.",
                )
            opened_with = secret_for(passphrase, sealed)
        assert opened_with is not None
        around = {name: whole[name] for name in ("format", "version", "study")}
        said = json.loads(unseal(opened_with, sealed, _beside(around)))
        return key_from_json(study_id, said), opened_with
    except WrongPassphrase as cause:
        raise _refused(
            "The passphrase does not open this key.",
            "Write it again, capital letters and spaces as they were set. Nobody can "
            "open the key without it.",
        ) from cause
    except (KeyError, TypeError, ValueError, AttributeError) as cause:
        raise _damaged() from cause


def write(path: Path, content: bytes) -> None:
    """Put a key file in place, whole or not at all, for this account alone."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):
            part.unlink()
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        _restrict(part)
        os.replace(part, path)
        _keep_folder(path.parent)
    except OSError as cause:
        with suppress(OSError):
            part.unlink()
        raise _refused(
            "The key could not be written.",
            "Check that its folder can be written to and has room. " + NOTHING_CHANGED,
        ) from cause


def restriction_in_words() -> str:
    """One sentence on who can open the file, as far as this computer can be told."""
    if os.name == "nt":
        return (
            "Windows was asked to let only your account open the file; administrators "
            "of this computer still can, so set a passphrase."
        )
    return "Only your account on this computer can open the file."


def _restrict(path: Path) -> None:
    os.chmod(path, 0o600)
    if os.name == "nt":
        # chmod sets no more than the read-only mark there. A failure leaves the
        # folder's own permissions, which is why the page asks for a passphrase.
        with suppress(OSError, subprocess.SubprocessError):
            subprocess.run(
                ["icacls", str(path), "/inheritance:r", "/grant:r"]
                + [f"{getpass.getuser()}:F"],
                check=False,
                capture_output=True,
                timeout=10,
            )


def _keep_folder(folder: Path) -> None:
    # A rename is on the disk once the folder is; Windows knows no such call.
    if os.name != "nt":
        with suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _envelope(content: bytes) -> dict[str, Any]:
    try:
        whole = json.loads(content)
        if whole["format"] != _FORMAT or not isinstance(whole["study"], str):
            raise ValueError("another format")
        if not isinstance(whole.get("sealed", whole.get("key")), dict):
            raise ValueError("nothing inside")
        version = int(whole["version"])
    except (KeyError, TypeError, ValueError, RecursionError) as cause:
        raise _damaged() from cause
    if version > _VERSION:
        raise _refused(
            "This key was saved by a newer version of the workbench.",
            f"Update the workbench and open it again. {NOTHING_CHANGED}",
        )
    return dict(whole)


def _beside(around: dict[str, Any]) -> bytes:
    return json.dumps(around, sort_keys=True).encode("utf-8")


def _damaged() -> DataRefused:
    return _refused(
        "The key's file is damaged, or it is none.",
        "Restore the key from its own backup on the page Pseudonyms; the damaged file "
        f"is left as it is. {NOTHING_CHANGED}",
    )


def _refused(found: str, do_next: str) -> DataRefused:
    return DataRefused([DataProblem(found, _WHERE, do_next)])
