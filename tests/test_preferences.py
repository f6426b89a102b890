"""What this computer remembers, and that forgetting it hurts nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from workbench import preferences


def test_the_study_used_last_is_where_one_begins(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.touch()
    preferences.remember_study(str(path))
    preferences.remember_person(str(path), "p1")
    assert preferences.last_study() == str(path)
    assert preferences.last_person(str(path)) == "p1"
    assert preferences.last_person("another") == ""


def test_a_study_that_is_gone_is_not_begun_with(tmp_path: Path) -> None:
    preferences.remember_study(str(tmp_path / "gone.sqlite"))
    assert preferences.last_study() == ""


def test_a_study_on_a_server_is_remembered_by_its_address() -> None:
    preferences.remember_study("postgresql+psycopg://server/autumn")
    assert preferences.last_study() == "postgresql+psycopg://server/autumn"


@pytest.mark.parametrize("contents", ["", "not json", "[1, 2]", '{"last_study": 3}'])
def test_a_spoilt_memory_counts_as_none(contents: str) -> None:
    preferences.study_folder().mkdir(parents=True)
    (preferences.study_folder() / "preferences.json").write_text(contents, "utf-8")
    assert preferences.last_study() == ""


def test_a_folder_that_cannot_be_written_to_stops_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("WORKBENCH_FOLDER", str(tmp_path / "file"))
    preferences.remember_study("x")
    assert preferences.last_study() == ""


def test_a_password_in_an_address_is_never_kept() -> None:
    address = "postgresql+psycopg://kim:secret@server/autumn"
    preferences.remember_study(address)
    preferences.remember_person(address, "p1")
    kept = (preferences.study_folder() / "preferences.json").read_text("utf-8")
    assert "secret" not in kept
    assert "kim@server" in kept
    assert preferences.last_person(address) == "p1"
