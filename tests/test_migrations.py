"""Upgrading: the steps lead to the present tables and lose no row."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from data import migrations
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.database import StudyDatabase
from data.tables import StudyTable


def test_the_steps_lead_to_the_present_tables(empty_store: StudyStore) -> None:
    with empty_store.database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "include_name": lambda name, kind, _: (
                    kind != "table" or not name.startswith(migrations.SEARCH_INDEX)
                )
            },
        )
        assert context.get_current_revision() == migrations.newest_revision()
        assert compare_metadata(context, StudyTable.metadata) == []


def test_opening_again_changes_nothing(empty_store: StudyStore) -> None:
    file = empty_store.database.file
    assert file is not None
    again = StudyStore(file)
    assert again.study.read().name == "Autumn review"
    assert [path.name for path in file.parent.glob("*.sqlite")] == ["study.sqlite"]


def test_a_study_of_a_newer_workbench_is_refused(empty_store: StudyStore) -> None:
    file = empty_store.database.file
    assert file is not None
    other = sqlite3.connect(file)
    other.execute("UPDATE alembic_version SET version_num = '9999'")
    other.commit()
    other.close()
    with pytest.raises(DataRefused, match="newer version"):
        StudyStore(file)


def test_an_upgrade_copies_the_filled_study_first_and_keeps_every_row(
    empty_store: StudyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = empty_store.database.file
    assert file is not None
    empty_store.study.save_waves("lead", ["Scoping", "Embedding"])
    lines = len(empty_store.audit.lines())
    empty_store.close()
    # A later release, played: one more step that rebuilds a table others hang on.
    later = tmp_path / "later"
    later.mkdir()
    folder = Path(migrations.__file__).parent
    (later / "env.py").write_text(folder.joinpath("env.py").read_text("utf-8"), "utf-8")
    (later / "versions").mkdir()
    for step in folder.joinpath("versions").glob("*.py"):
        (later / "versions" / step.name).write_text(step.read_text("utf-8"), "utf-8")
    (later / "versions" / "0999_rebuild.py").write_text(
        "import sqlalchemy as sa\nfrom alembic import op\n"
        f"revision = '0999'\ndown_revision = {migrations.newest_revision()!r}\n"
        "branch_labels = None\ndepends_on = None\n"
        "def upgrade():\n"
        "    with op.batch_alter_table('person', recreate='always') as batch:\n"
        "        batch.add_column(sa.Column('team', sa.String()))\n",
        "utf-8",
    )
    monkeypatch.setattr(migrations, "_FOLDER", later)
    upgraded = StudyStore(file)
    assert [one.name for one in upgraded.study.waves()] == ["Scoping", "Embedding"]
    assert len(upgraded.audit.lines()) == lines
    copies = list(file.parent.glob("*before-upgrade*"))
    assert len(copies) == 1
    kept = sqlite3.connect(copies[0])
    assert kept.execute("SELECT count(*) FROM wave").fetchone() == (2,)


def test_an_upgrade_that_fails_leaves_the_study_as_it_was(
    empty_store: StudyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = empty_store.database.file
    assert file is not None
    present = migrations.newest_revision()
    empty_store.close()
    later = tmp_path / "later"
    folder = Path(migrations.__file__).parent
    (later / "versions").mkdir(parents=True)
    (later / "env.py").write_text(folder.joinpath("env.py").read_text("utf-8"), "utf-8")
    for step in folder.joinpath("versions").glob("*.py"):
        (later / "versions" / step.name).write_text(step.read_text("utf-8"), "utf-8")
    (later / "versions" / "0999_lose.py").write_text(
        "from alembic import op\n"
        f"revision = '0999'\ndown_revision = {present!r}\n"
        "branch_labels = None\ndepends_on = None\n"
        "def upgrade():\n    op.execute('DELETE FROM person')\n",
        "utf-8",
    )
    with monkeypatch.context() as playing:
        playing.setattr(migrations, "_FOLDER", later)
        with pytest.raises(AssertionError):
            StudyStore(file)
    again = StudyStore(file)
    assert [one.name for one in again.study.people()] == ["Robin Field"]


def test_a_study_of_the_first_release_opens_with_what_came_later_empty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade
    with monkeypatch.context() as playing:
        # An earlier release, played: it knew the first step and no other.
        playing.setattr(command, "upgrade", lambda c, _head: upgrade(c, "0001"))
        database = StudyDatabase(tmp_path / "study.sqlite")
        migrations.bring_up_to_date(database)
        database.close()
    earlier = sqlite3.connect(tmp_path / "study.sqlite")
    earlier.execute(
        "INSERT INTO person VALUES ('lead', 'Robin Field', 'study_lead', 0, "
        "'2024-01-01 00:00:00.000000', 1)"
    )
    earlier.commit()
    earlier.close()
    opened = StudyStore(tmp_path / "study.sqlite")
    assert [one.name for one in opened.study.people()] == ["Robin Field"]
    assert opened.sampling.standing() == []
    assert opened.toplines.toplines() == []
    assert opened.verdicts.results() == []
    assert opened.comparison.form().number == 0
    assert (tmp_path / "study-before-upgrade-from-0001.sqlite").exists()
