"""The sample study: made from the text files that ship with the workbench."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path


def ensure_sample_study(
    *, fresh: bool = False, progress: Callable[[float, str], None] | None = None
) -> Path:
    """The file of the sample study, made where it is absent or wanted afresh."""
    raise NotImplementedError
