"""Backups are registered, say what they still hold, and the command tells it."""

from __future__ import annotations

import hashlib
import json

import pytest
from click.testing import CliRunner
from rights_desk import a_rights_desk, about

from coding.study import Person, Role, Study
from data.people_rights.withdrawal import Reason
from data.problems import DataRefused
from data.storage import StudyStore
from workbench.actions.backups import back_up_study
from workbench.command_line import main


def _back_up(store, target):
    return back_up_study(store, store.study.person("lead"), target)


def test_a_backup_is_registered_with_place_and_content(empty_store, tmp_path):
    store = empty_store
    target = tmp_path / "safe" / "monday.sqlite"
    target.parent.mkdir()
    _back_up(store, target)
    [made] = store.backups.made()
    assert (made.file_name, made.place) == ("monday.sqlite", str(target.parent))
    assert made.sha256 == hashlib.sha256(target.read_bytes()).hexdigest()
    assert made.made_by == "Robin Field"
    assert store.audit.lines()[0].action == "backup made"
    with pytest.raises(DataRefused):
        _back_up(store, tmp_path / "nowhere" / "x.sqlite")
    assert len(store.backups.made()) == 1


def test_a_backup_tells_what_it_still_holds(empty_store, tmp_path):
    store = empty_store
    a_rights_desk(store)
    target = tmp_path / "monday.sqlite"
    _back_up(store, target)
    checked = store.backups.check(target)
    assert (checked.erased, checked.withdrawn) == (0, 0)
    assert checked.registered is not None
    store.withdrawals.withdraw(
        "lead",
        about("source", "Parents' group", store),
        Reason.NO_CONSENT,
        "2026-01-15",
    )
    assert store.backups.check(target).withdrawn == 1
    listing = store.erasures.listing("lead", about("participant", "Ada", store))
    assert [one.file_name for one in listing.backups] == ["monday.sqlite"]
    store.erasures.erase(
        "lead", about("participant", "Ada", store), Reason.PERSON_ASKED, typed="Ada"
    )
    assert store.backups.check(target).erased == 1
    # It was only looked at.
    assert store.backups.check(target).registered is not None
    _back_up(store, tmp_path / "tuesday.sqlite")
    assert store.backups.check(tmp_path / "tuesday.sqlite").erased == 0
    monday = store.backups.made()[-1]
    store.backups.say_gone("lead", monday.id)
    listing = store.erasures.listing("lead", about("participant", "Bo", store))
    assert [one.file_name for one in listing.backups] == ["tuesday.sqlite"]
    with pytest.raises(DataRefused, match="gone already"):
        store.backups.say_gone("lead", monday.id)


def test_a_backup_that_cannot_be_read_is_told_in_words(empty_store, tmp_path):
    store = empty_store
    with pytest.raises(DataRefused, match="no file of this name"):
        store.backups.check(tmp_path / "gone.sqlite")
    broken = tmp_path / "broken.sqlite"
    broken.write_bytes(b"not a database" * 500)
    with pytest.raises(DataRefused, match="cannot be read"):
        store.backups.check(broken)
    other = StudyStore(tmp_path / "other.sqlite")
    other.study.found(Study("Other"), Person("lead", "Kim", Role.STUDY_LEAD))
    _back_up(other, tmp_path / "others.sqlite")
    other.close()
    with pytest.raises(DataRefused, match="another study"):
        store.backups.check(tmp_path / "others.sqlite")


def test_a_copy_left_by_an_upgrade_is_named(empty_store):
    store = empty_store
    a_rights_desk(store)
    file = store.database.file
    left = file.with_name(f"{file.stem}-before-upgrade-from-0015.sqlite")
    left.write_bytes(b"")
    listing = store.erasures.listing("lead", about("participant", "Ada", store))
    assert listing.copies == (str(left),)


def _run(*words: str):
    return CliRunner().invoke(main, list(words))


def test_the_command_lists_and_erases_only_when_told_to(empty_store):
    store = empty_store
    a_rights_desk(store)
    study = str(store.database.file)
    done = _run("erase", study, "--participant", "ada", "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["status"] == "accepted"
    assert told["erased"] is False
    assert told["stored"] == {}
    assert told["about"] == {"kind": "participant", "label": "Ada"}
    assert {"what": "coded passages", "count": 2} in [
        {"what": one["what"], "count": one["count"]} for one in told["touched"]
    ]
    assert len(store.study.participants()) == 2
    done = _run(
        *("erase", study, "--participant", "Ada", "--yes"),
        *("--reason", "parent-asked", "--json"),
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["erased"], told["is_overwritten"]) == (True, True)
    assert told["stored"]["coded_segment"] == 2
    assert [one.pseudonym for one in store.study.participants()] == ["Bo"]
    assert store.erasures.past()[0].reason == "a parent or carer asked"


def test_the_command_refuses_what_is_not_there_and_two_things_at_once(empty_store):
    store = empty_store
    a_rights_desk(store)
    study = str(store.database.file)
    done = _run("erase", study, "--case", "H-0999", "--json")
    assert done.exit_code == 3
    assert "no case" in json.loads(done.stdout)["refused"][0]["found"]
    assert _run("erase", study).exit_code == 2
    assert _run("erase", study, "--case", "a", "--source", "b").exit_code == 2


def test_checking_counts_audit_lines_and_looks_into_a_backup(empty_store, tmp_path):
    store = empty_store
    a_rights_desk(store)
    target = tmp_path / "monday.sqlite"
    _back_up(store, target)
    study = str(store.database.file)
    lines = len(store.audit.lines())
    done = _run("check", study, "--backup", str(target), "--json")
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["stored"]["audit_lines"] == lines
    assert told["backup"] == {
        "erased_still_held": 0,
        "withdrawn_still_held": 0,
        "is_registered": True,
    }
