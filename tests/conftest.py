"""What every test may ask for: a study of its own, the kept-beside real inputs."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from coding.study import Person, Role, Study
from data.backup import back_up
from data.storage import StudyStore
from workbench.actions.sample import build_sample_study

_HERE = ("127.0.0.1", "::1", "localhost")
_SHARED = Path(__file__).parents[2] / "shared"


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing a test does may reach the studies or preferences of who runs it.
    monkeypatch.setenv("WORKBENCH_FOLDER", str(tmp_path / "workbench folder"))
    monkeypatch.delenv("WORKBENCH_STUDY", raising=False)


@pytest.fixture(scope="session")
def _empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # Every step of every migration takes half a second, and most tests need a study.
    path = tmp_path_factory.mktemp("empty") / "study.sqlite"
    store = StudyStore(path)
    store.study.found(
        Study("Autumn review"), Person("lead", "Robin Field", Role.STUDY_LEAD)
    )
    kept = path.with_name("kept.sqlite")
    back_up(store.database, kept)
    store.close()
    return kept


@pytest.fixture
def empty_store(_empty_file: Path, tmp_path: Path) -> Iterator[StudyStore]:
    """A study with one study lead (id ``lead``) and nothing else."""
    path = tmp_path / "study.sqlite"
    shutil.copyfile(_empty_file, path)
    store = StudyStore(path)
    yield store
    store.close()


@pytest.fixture(scope="session")
def _sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.sqlite"
    store = StudyStore(path)
    build_sample_study(store)
    kept = path.with_name("kept.sqlite")
    back_up(store.database, kept)
    store.close()
    return kept


@pytest.fixture
def sample_study(_sample_file: Path, tmp_path: Path) -> Iterator[StudyStore]:
    """The sample study, a fresh copy for each test."""
    path = tmp_path / "sample.sqlite"
    shutil.copyfile(_sample_file, path)
    store = StudyStore(path)
    yield store
    store.close()


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    # Nothing goes out: a test that reaches for another machine fails.
    connect = socket.socket.connect
    look_up = socket.getaddrinfo

    def connect_here(self: socket.socket, address: object) -> None:
        if isinstance(address, tuple) and address[0] not in _HERE:
            raise AssertionError(f"something reached for {address[0]}")
        connect(self, address)

    def look_up_here(host: object, *words: object, **more: object) -> object:
        if host not in (*_HERE, None, ""):
            raise AssertionError(f"something looked up {host}")
        return look_up(host, *words, **more)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
    monkeypatch.setattr(socket, "getaddrinfo", look_up_here)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of published inputs; skips, with the reason, where it is absent."""
    folder = _SHARED / "data"
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail("the published inputs are missing, which CI must have")
        pytest.skip("the published inputs are not kept beside this checkout")
    return folder
