"""Transactions: two at work wait for each other, nothing is half saved."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from data.problems import DataRefused
from data.rights import Right
from data.storage import StudyStore, database
from data.storage.database import study_url
from data.tables import WaveRow


def test_a_study_file_is_kept_as_was_decided(empty_store: StudyStore) -> None:
    with empty_store.database.engine.connect() as connection:

        def setting(name: str) -> object:
            return connection.exec_driver_sql(f"PRAGMA {name}").scalar()

        assert setting("journal_mode") == "wal"
        assert setting("synchronous") == 2  # FULL
        assert setting("foreign_keys") == 1
        assert setting("secure_delete") == 1


def test_a_change_that_breaks_off_leaves_nothing(empty_store: StudyStore) -> None:
    def break_off() -> None:
        with empty_store.database.writing("lead", Right.IMPORT_SOURCES) as writing:
            writing.session.add(WaveRow(name="Half"))
            writing.record("waves saved")
            writing.session.flush()
            raise RuntimeError("broke off")

    with pytest.raises(RuntimeError, match="broke off"):
        break_off()
    assert empty_store.study.waves() == []


def test_eight_writers_lose_no_change(empty_store: StudyStore) -> None:
    # Each reads and then writes in one transaction: begun late, most would fail.
    each = 12
    faults: list[Exception] = []

    def write(writer: int) -> None:
        for turn in range(each):
            try:
                empty_store.study.save_waves("lead", [f"Wave {writer} {turn}"])
            except Exception as fault:
                faults.append(fault)

    threads = [threading.Thread(target=write, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not faults
    waves = empty_store.study.waves()
    assert len(waves) == 8 * each
    assert len({wave.position for wave in waves}) == 8 * each


def test_a_writer_begins_at_once(empty_store: StudyStore) -> None:
    file = empty_store.database.file
    assert file is not None
    other = sqlite3.connect(file, timeout=0, isolation_level=None)
    with empty_store.database.writing("lead", Right.IMPORT_SOURCES) as writing:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        writing.record("nothing")
    other.execute("BEGIN IMMEDIATE")
    other.close()


def test_a_file_path_and_a_database_url_both_name_a_study(tmp_path: Path) -> None:
    assert study_url(tmp_path / "a b%20.sqlite").database == str(
        tmp_path / "a b%20.sqlite"
    )
    assert study_url("postgresql+psycopg://u@h/autumn").database == "autumn"
    store = StudyStore(tmp_path / "ünï %20.sqlite")
    assert store.database.file is not None
    assert store.database.file.exists()


@pytest.mark.parametrize("contents", [b"hello", b"", b"x" * 5000])
def test_a_file_that_is_no_study_is_refused_and_left_alone(
    tmp_path: Path, contents: bytes
) -> None:
    path = tmp_path / "letter.sqlite"
    path.write_bytes(contents)
    if not contents:
        StudyStore(path)  # an empty file becomes an empty study
        return
    with pytest.raises(DataRefused, match="not a study"):
        StudyStore(path)
    assert path.read_bytes() == contents


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE birds (name TEXT)")
    other.commit()
    other.close()
    with pytest.raises(DataRefused, match="something other than a study"):
        StudyStore(path)


def test_a_folder_that_is_not_there_is_answered_in_words(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="cannot be opened here"):
        StudyStore(tmp_path / "nowhere" / "a.sqlite")


def test_what_a_database_complains_of_repeats_no_words(empty_store: StudyStore) -> None:
    words = "She told me about her mother"

    def add_a_wave_twice() -> None:
        with empty_store.database.writing("lead", Right.IMPORT_SOURCES) as writing:
            writing.session.add(WaveRow(id=words, name="Same"))
            writing.session.add(WaveRow(id="another", name="Same"))
            writing.session.flush()

    with pytest.raises(IntegrityError) as fault:
        add_a_wave_twice()
    assert "wave" in str(fault.value)
    assert words not in str(fault.value)


def test_a_study_held_by_another_program_is_answered_in_words(
    empty_store: StudyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = empty_store.database.file
    assert file is not None
    monkeypatch.setattr(database, "_WAIT_SECONDS", 0.1)
    hasty = StudyStore(file)
    other = sqlite3.connect(file, timeout=0, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DataRefused, match="holds the study at this moment"):
        hasty.study.save_waves("lead", ["Scoping"])
    other.execute("ROLLBACK")
    assert hasty.study.waves() == []
    assert len(hasty.study.save_waves("lead", ["Scoping"])) == 1


def test_a_full_disk_is_answered_in_words(empty_store: StudyStore) -> None:
    with empty_store.database.engine.connect() as connection:
        raw = connection.connection.driver_connection
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    # The one connection of the pool may now grow no further.
    raw.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(DataRefused, match="no room left"):
        empty_store.study.save_waves("lead", [f"Wave {n} " * 200 for n in range(60)])
    raw.execute("PRAGMA max_page_count=1000000")
    assert empty_store.study.waves() == []
    assert len(empty_store.study.save_waves("lead", ["Scoping"])) == 1
