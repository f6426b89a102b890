"""Backups are whole, checked, and come back; the live study is never touched."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

import pytest

from coding.study import Person, Role, Study
from data import backup
from data.problems import DataRefused
from data.storage import StudyStore
from data.tables import SourceRow
from workbench.actions.backups import back_up_study, check_study, restore_study


def _with_source(store: StudyStore, text: str = "We listened.") -> None:
    from coding.transcripts import text_hash
    from data.rights import Right

    with store.database.writing("lead", Right.IMPORT_SOURCES) as writing:
        writing.session.add(
            SourceRow(
                name="Interview 1",
                kind="interview",
                text=text,
                text_sha256=text_hash(text),
                imported_by="lead",
            )
        )
        writing.record("sources imported")


def test_what_is_backed_up_comes_back_whole(
    empty_store: StudyStore, tmp_path: Path
) -> None:
    _with_source(empty_store)
    empty_store.study.save_waves("lead", ["Scoping"])
    person = empty_store.study.people()[0]
    made = back_up_study(empty_store, person, tmp_path / "kept.sqlite")
    assert (made.study, made.sources) == ("Autumn review", 1)
    restore_study(tmp_path / "kept.sqlite", tmp_path / "back.sqlite")
    back = StudyStore(tmp_path / "back.sqlite")
    assert back.study.people() == empty_store.study.people()
    assert back.study.waves() == empty_store.study.waves()
    # That the backup was made is known once it is there, so not yet inside it.
    assert empty_store.audit.lines()[0].action == "backup made"
    assert back.audit.lines() == empty_store.audit.lines()[1:]
    assert check_study(back).sources == 1


def test_work_saved_a_moment_ago_is_in_the_backup(
    empty_store: StudyStore, tmp_path: Path
) -> None:
    # While another writes: every backup holds at least what was acknowledged before.
    stop = threading.Event()
    written: list[str] = []

    def write() -> None:
        while not stop.is_set():
            name = f"Wave {len(written)}"
            empty_store.study.save_waves("lead", [name])
            written.append(name)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for turn in range(5):
            before = len(written)
            path = tmp_path / f"{turn}.sqlite"
            backup.back_up(empty_store.database, path)
            assert len(StudyStore(path).study.waves()) >= before
    finally:
        stop.set()
        writer.join()
    assert written


def test_a_backup_that_cannot_be_written_leaves_the_older_one(
    empty_store: StudyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "kept.sqlite"
    backup.back_up(empty_store.database, target)
    older = target.read_bytes()

    def no_room(*_words: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(backup, "copy_database", no_room)
    with pytest.raises(DataRefused, match="could not be written"):
        backup.back_up(empty_store.database, target)
    assert target.read_bytes() == older
    assert not list(tmp_path.glob("*.part"))


def test_restoring_never_overwrites(empty_store: StudyStore, tmp_path: Path) -> None:
    backup.back_up(empty_store.database, tmp_path / "kept.sqlite")
    other = StudyStore(tmp_path / "other.sqlite")
    other.study.found(Study("Other"))
    with pytest.raises(DataRefused, match="never overwrites"):
        restore_study(tmp_path / "kept.sqlite", tmp_path / "other.sqlite")
    assert other.study.read().name == "Other"


def test_a_damaged_backup_is_refused(empty_store: StudyStore, tmp_path: Path) -> None:
    path = tmp_path / "kept.sqlite"
    backup.back_up(empty_store.database, path)
    contents = bytearray(path.read_bytes())
    contents[4096:20000] = b"\x55" * (20000 - 4096)
    path.write_bytes(contents)
    with pytest.raises(DataRefused):
        restore_study(path, tmp_path / "back.sqlite")
    assert not (tmp_path / "back.sqlite").exists()


def test_a_source_whose_text_was_altered_is_named(empty_store: StudyStore) -> None:
    _with_source(empty_store)
    with empty_store.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE source SET text = 'We did not listen.'")
    with pytest.raises(DataRefused, match="Source Interview 1") as refused:
        check_study(empty_store)
    assert "listen" not in str(refused.value)


def test_a_file_that_is_not_there_is_answered_in_words(tmp_path: Path) -> None:
    with pytest.raises(DataRefused, match="no file of this name"):
        restore_study(tmp_path / "gone.sqlite", tmp_path / "back.sqlite")


@pytest.mark.parametrize("ending", ["", "-wal", "-shm"])
def test_a_study_is_never_backed_up_onto_itself(
    empty_store: StudyStore, tmp_path: Path, ending: str
) -> None:
    lines = len(empty_store.audit.lines())
    lead = empty_store.study.people()[0]
    (tmp_path / "folder").mkdir()
    same = tmp_path / "folder" / ".." / f"study.sqlite{ending}"
    with pytest.raises(DataRefused, match="study's own file"):
        back_up_study(empty_store, lead, same)
    # Whoever has it open goes on in the same file, and no backup is said to be made.
    empty_store.study.save_waves("lead", ["Scoping"])
    assert len(StudyStore(tmp_path / "study.sqlite").study.waves()) == 1
    assert len(empty_store.audit.lines()) == lines + 1


@pytest.mark.parametrize("ending", ["-wal", "-shm"])
def test_what_an_earlier_study_left_never_mixes_with_a_restored_one(
    empty_store: StudyStore, tmp_path: Path, ending: str
) -> None:
    backup.back_up(empty_store.database, tmp_path / "kept.sqlite")
    left = tmp_path / f"back.sqlite{ending}"
    left.write_bytes(b"the last work of another study")
    with pytest.raises(DataRefused, match=f"back.sqlite{ending}"):
        restore_study(tmp_path / "kept.sqlite", tmp_path / "back.sqlite")
    assert not (tmp_path / "back.sqlite").exists()
    assert left.read_bytes() == b"the last work of another study"


def test_a_restored_study_is_kept_like_any_other(
    empty_store: StudyStore, tmp_path: Path
) -> None:
    backup.back_up(empty_store.database, tmp_path / "kept.sqlite")
    restore_study(tmp_path / "kept.sqlite", tmp_path / "back.sqlite")
    back = StudyStore(tmp_path / "back.sqlite")
    with back.database.engine.connect() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
    assert mode == "wal"


def test_a_restored_study_opens_while_another_program_reads_it(
    empty_store: StudyStore, tmp_path: Path
) -> None:
    backup.back_up(empty_store.database, tmp_path / "kept.sqlite")
    restore_study(tmp_path / "kept.sqlite", tmp_path / "back.sqlite")
    reader = sqlite3.connect(tmp_path / "back.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM person").fetchone()
    began = time.monotonic()
    back = StudyStore(tmp_path / "back.sqlite")
    assert back.study.read().name == "Autumn review"
    # Waiting for the other program would end after thirty seconds.
    assert time.monotonic() - began < 25
    reader.close()


def test_whoever_may_not_see_outcomes_early_takes_no_copy(
    empty_store: StudyStore, tmp_path: Path
) -> None:
    judge = empty_store.study.add_person(
        "lead", Person("", "Ade", Role.PRACTITIONER_RESEARCHER)
    )
    with pytest.raises(DataRefused, match="cannot take a copy of the whole study"):
        back_up_study(empty_store, judge, tmp_path / "kept.sqlite")
    assert not (tmp_path / "kept.sqlite").exists()
