"""The key lies apart, is for few, and says plainly when it does not open."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from pseudonym_desk import NAMES, REAL, a_named_desk, change_role, with_names

from coding.study import Person, Role
from data.problems import DataRefused
from data.pseudonyms.key_file import key_path, user_folder
from data.storage import StudyStore
from data.storage.pseudonyms import key_storage

PASSPHRASE = "four words in a row"


def _path(store: StudyStore) -> Path:
    path = store.pseudonym_key.status("lead").path
    assert path.exists()
    return path


def _said(refusal: pytest.ExceptionInfo[DataRefused]) -> str:
    return " ".join(f"{one.found} {one.do_next}" for one in refusal.value.problems)


def _lines(store: StudyStore) -> list[str]:
    return [one.action for one in store.audit.lines(reader_id="lead")]


def test_the_key_lies_beside_the_study_for_one_account_alone(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    path = _path(empty_store)
    assert path.parent == empty_store.database.file.parent
    assert json.loads(path.read_text("utf-8"))["key"]["names"][1]["name"] == "Kezvara"
    if os.name != "nt":
        assert path.stat().st_mode & 0o777 == 0o600
    assert not list(path.parent.glob("*.part"))


def test_a_study_on_a_server_has_its_key_in_the_users_folder() -> None:
    assert key_path(None, "abc").parent == user_folder()
    assert key_path(None, "abc") != key_path(None, "abd")


@pytest.mark.parametrize(
    "role", [Role.PRACTITIONER_RESEARCHER, Role.DEBRIEF_TEAM], ids=lambda r: r.value
)
def test_who_may_not_hold_the_key_never_reads_it(
    empty_store: StudyStore, role: Role
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    other = empty_store.study.add_person("lead", Person("", "Sam Wood", role)).id
    key = empty_store.pseudonym_key
    for attempt in (
        lambda: key.open(other),
        lambda: key.opened(other),
        lambda: key.status(other),
        lambda: key.back_up(other),
        lambda: key.restore(other, _path(empty_store).read_bytes()),
        lambda: key.change(other, "x", lambda one: one),
        lambda: empty_store.pseudonyms.put_back(other, None),
    ):
        with pytest.raises(DataRefused) as refusal:
            attempt()
        assert "pseudonym key" in _said(refusal)


def test_a_role_that_is_taken_away_closes_the_key(empty_store: StudyStore) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    change_role(empty_store, "priya", Role.DEBRIEF_TEAM)
    with pytest.raises(DataRefused, match="cannot hold"):
        empty_store.pseudonym_key.opened("priya")


def test_every_reading_leaves_a_line_and_no_line_a_name(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    before = len(_lines(empty_store))
    empty_store.pseudonym_key.opened("priya")
    assert len(_lines(empty_store)) == before
    empty_store.pseudonym_key.close("priya")
    empty_store.pseudonym_key.open("priya")
    empty_store.pseudonym_key.open("lead")
    empty_store.pseudonym_key.back_up("lead")
    assert _lines(empty_store)[:3] == [
        "pseudonym key backed up",
        "pseudonym key opened",
        "pseudonym key opened",
    ]
    # Somebody else's change is read from the file anew, and said.
    with_names(empty_store, NAMES[0], who="tom")
    empty_store.pseudonym_key.opened("priya")
    assert _lines(empty_store)[0] == "pseudonym key read again"
    for line in empty_store.audit.lines(reader_id="lead"):
        said = f"{line.action} {line.detail}".lower()
        assert not [one for one in REAL if one in said]


def test_a_key_left_open_is_closed_after_a_quarter_of_an_hour(
    empty_store: StudyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    now = [key_storage.time.monotonic()]
    monkeypatch.setattr(empty_store.pseudonym_key, "_clock", lambda: now[0])
    empty_store.pseudonym_key.opened("priya")
    now[0] += key_storage.HELD_SECONDS + 1
    with pytest.raises(DataRefused, match="not open"):
        empty_store.pseudonym_key.opened("priya")


def test_a_sealed_key_shows_nothing_and_opens_by_its_passphrase_alone(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    key = empty_store.pseudonym_key
    key.set_passphrase("priya", PASSPHRASE)
    content = _path(empty_store).read_text("utf-8").lower()
    assert not [one for one in (*REAL, "wren", PASSPHRASE) if one in content]
    with_names(empty_store)
    assert not [one for one in REAL if one in _path(empty_store).read_text().lower()]
    key.close("priya")
    assert key.status("priya").is_sealed
    with pytest.raises(DataRefused) as refusal:
        key.open("priya")
    assert "sealed with a passphrase" in _said(refusal)
    with pytest.raises(DataRefused) as refusal:
        key.open("priya", "five words in a row")
    assert "does not open this key" in _said(refusal)
    assert key.open("priya", PASSPHRASE).listed == NAMES
    key.set_passphrase("priya", "")
    key.close("priya")
    assert key.open("priya").listed == NAMES


def test_a_passphrase_of_few_letters_is_refused(empty_store: StudyStore) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    with pytest.raises(DataRefused, match="5 characters"):
        empty_store.pseudonym_key.set_passphrase("priya", "short")
    assert not empty_store.pseudonym_key.status("priya").is_sealed


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"nothing like it",
        b'{"format": "restorative workbench pseudonym key"}',
        b'{"format":"restorative workbench pseudonym key","version":1,"study":"?",'
        b'"key":{"names":[{}]}}',
        b"[" * 100_000,
    ],
    ids=["empty", "words", "half", "odd names", "deep"],
)
def test_a_damaged_key_is_told_and_left_as_it_is(
    empty_store: StudyStore, content: bytes
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    path = _path(empty_store)
    study = json.loads(path.read_text("utf-8"))["study"]
    content = content.replace(b'"?"', json.dumps(study).encode())
    path.write_bytes(content)
    empty_store.pseudonym_key.close("priya")
    with pytest.raises(DataRefused) as refusal:
        empty_store.pseudonym_key.open("priya")
    assert "damaged" in _said(refusal)
    assert path.read_bytes() == content


def test_a_key_of_another_study_is_refused(
    empty_store: StudyStore, tmp_path: Path
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    other = StudyStore(tmp_path / "other.sqlite")
    from coding.study import Study

    other.study.found(Study("Other"), Person("lead", "Robin", Role.STUDY_LEAD))
    other.pseudonym_key.open("lead")
    content = _path(empty_store).read_bytes()
    _path(other).write_bytes(content)
    other.pseudonym_key.close("lead")
    with pytest.raises(DataRefused, match="another study"):
        other.pseudonym_key.open("lead")
    with pytest.raises(DataRefused, match="another study"):
        other.pseudonym_key.restore("lead", content)
    other.close()


def test_a_key_that_is_gone_is_said_and_comes_back_from_its_backup(
    empty_store: StudyStore,
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    key = empty_store.pseudonym_key
    kept = key.back_up("priya")
    _path(empty_store).unlink()
    assert not key.status("priya").exists
    with pytest.raises(DataRefused, match="not open"):
        key.opened("priya")
    assert key.restore("priya", kept) is None
    assert key.opened("priya").listed == NAMES
    aside = key.restore("priya", kept)
    assert aside is not None
    assert aside.read_bytes() == kept


def test_a_write_that_fails_leaves_the_key_as_it_was(
    empty_store: StudyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    path = _path(empty_store)
    before = path.read_bytes()

    def no_room(*_: object) -> None:
        raise OSError("no room")

    lines = len(_lines(empty_store))
    monkeypatch.setattr(os, "replace", no_room)
    with pytest.raises(DataRefused, match="could not be written"):
        with_names(empty_store, NAMES[0])
    monkeypatch.undo()
    assert path.read_bytes() == before
    # The key was still at hand, and the change that failed left no line.
    assert len(_lines(empty_store)) == lines


def test_a_decision_is_taken_back_and_only_ones_own(empty_store: StudyStore) -> None:
    a_named_desk(empty_store)
    with_names(empty_store)
    key = empty_store.pseudonym_key

    def without_first(one):
        return one.without_name("n1")

    key.change("priya", "name taken off", without_first, can_be_undone=True)
    assert len(key.opened("priya").names) == 2
    key.undo_decision("priya")
    assert len(key.opened("priya").names) == 3
    with pytest.raises(DataRefused, match="no decision"):
        key.undo_decision("priya")
