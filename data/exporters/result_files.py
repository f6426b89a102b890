"""Putting several files of one result into a folder: all of them, or none."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from data.problems import DataProblem, DataRefused


def write_all_or_nothing(folder: Path, files: dict[str, bytes]) -> tuple[Path, ...]:
    """The files written; a folder that is not there yet is made.

    All are written under other names first and then renamed; a full disk, or a file
    held open by another program, leaves what was there before.
    """
    written: list[Path] = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            partial = folder / f"{name}.{os.getpid()}.partial"
            written.append(partial)
            partial.write_bytes(content)
        _put_in_place(written, [folder / name for name in files])
    except OSError as fault:
        reason = fault.strerror or "the folder cannot be written to"
        raise DataRefused(
            [
                DataProblem(
                    f"the results could not be written: {reason}",
                    str(folder),
                    "Close any program that has these files open, or name another "
                    "folder.",
                )
            ]
        ) from None
    finally:
        for partial in written:
            with contextlib.suppress(OSError):
                partial.unlink(missing_ok=True)
    return tuple(folder / name for name in files)


def _put_in_place(written: list[Path], targets: list[Path]) -> None:
    """Rename every file to its own name, or none: then earlier files come back."""
    done: list[tuple[Path, Path]] = []
    try:
        for partial, target in zip(written, targets, strict=True):
            earlier = target.with_name(f"{partial.name}.earlier")
            if target.exists():
                os.replace(target, earlier)
            done.append((target, earlier))
            os.replace(partial, target)
    except OSError:
        for target, earlier in done:
            target.unlink(missing_ok=True)
            if earlier.exists():
                os.replace(earlier, target)
        raise
    for _, earlier in done:
        earlier.unlink(missing_ok=True)
