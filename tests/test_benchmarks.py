"""Benchmarks are run by hand and rarely: that they still begin is seen to here."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

_HERE = Path(__file__).parent / "benchmarks"


@pytest.mark.parametrize("script", sorted(_HERE.glob("*.py")), ids=lambda one: one.stem)
def test_every_name_that_a_benchmark_asks_for_is_there(
    script: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "path", [str(_HERE), *sys.path])
    loaded = runpy.run_path(str(script), run_name="looked at")
    assert loaded["__doc__"]
