"""What every test may ask for: a study of its own, the kept-beside real inputs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from coding.study import Person, Role, Study
from data.storage import StudyStore

_SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing a test does may reach the studies or preferences of who runs it.
    monkeypatch.setenv("WORKBENCH_FOLDER", str(tmp_path / "workbench folder"))
    monkeypatch.delenv("WORKBENCH_STUDY", raising=False)


@pytest.fixture
def empty_store(tmp_path: Path) -> Iterator[StudyStore]:
    """A study with one study lead (id ``lead``) and nothing else."""
    store = StudyStore(tmp_path / "study.sqlite")
    store.study.found(
        Study("Autumn review"), Person("lead", "Robin Field", Role.STUDY_LEAD)
    )
    yield store
    store.close()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published inputs; skips, with the reason, where it is absent."""
    folder = _SHARED / "data"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the published inputs are missing, which CI must have")
        pytest.skip("the published inputs are not kept beside this checkout")
    return folder
