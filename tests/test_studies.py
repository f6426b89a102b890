"""Making and opening studies."""

from __future__ import annotations

from pathlib import Path

import pytest

from coding.study import Role
from data.problems import DataRefused
from data.storage import StudyStore
from workbench.actions import studies


def test_a_new_study_opens_again(tmp_path: Path) -> None:
    studies.new_study(tmp_path / "a.sqlite", " Autumn ").close()
    assert studies.open_existing(tmp_path / "a.sqlite").study.read().name == "Autumn"


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_name_must_say_something_and_fit(tmp_path: Path, name: str) -> None:
    with pytest.raises(DataRefused):
        studies.new_study(tmp_path / "a.sqlite", name)
    assert not (tmp_path / "a.sqlite").exists()


def test_opening_what_is_not_there_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="no study of this name"):
        studies.open_existing(tmp_path / "gone.sqlite")
    assert not (tmp_path / "gone.sqlite").exists()


def test_a_file_name_is_made_of_the_studys_words() -> None:
    folder = Path("f")
    assert studies.file_for(folder, "Zoë's ../study").name == "zoë-s-study.sqlite"
    assert studies.file_for(folder, "???").name == "study.sqlite"
    assert studies.file_for(folder, "CON").name == "study-con.sqlite"


def test_copies_made_before_an_upgrade_are_not_offered_as_studies(
    tmp_path: Path,
) -> None:
    for name in ("b", "a", "a-before-upgrade-from-0001"):
        (tmp_path / f"{name}.sqlite").touch()
    assert [one.stem for one in studies.studies_in(tmp_path)] == ["a", "b"]
    assert studies.studies_in(tmp_path / "nowhere") == []


def test_commands_act_as_this_computers_user(
    empty_store: StudyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "kim")
    actor = studies.person_at_the_command_line(empty_store)
    assert (actor.name, actor.role) == ("kim (command line)", Role.STUDY_LEAD)

    def nobody() -> str:
        raise OSError

    monkeypatch.setattr("getpass.getuser", nobody)
    named = studies.person_at_the_command_line(empty_store)
    assert named.name == "someone (command line)"
