"""The page on consent and withdrawal: recording, withdrawing, erasing in two steps."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from page_tests import open_page, words_on
from rights_desk import a_rights_desk, about

from data.people_rights.consent import Answer, Use
from data.people_rights.keeping import KeepingRule, KeptKind
from data.people_rights.withdrawal import Reason

_WORKBENCH = Path(__file__).parents[1] / "workbench"


def _press(app, label: str):
    [button] = [one for one in app.button if one.label == label]
    button.click().run()
    assert not app.exception
    return app


def _settled(app):
    """The page once the job in the background is fetched."""
    for _ in range(200):
        if not any("Erasing" in str(one.proto) for one in app.get("progress")):
            break
        app.run()
    return app


def test_an_empty_study_says_what_will_be_here(empty_store):
    app = open_page("people_page", empty_store.database.file)
    assert not app.exception
    assert "Nobody takes part yet" in words_on(app)


def test_consent_is_recorded_told_and_kept_with_what_stood_before(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    app = open_page("people_page", store.database.file, about=ids["ada"])
    assert "Nothing is recorded yet." in words_on(app)
    app.radio(key=f"quotation {ids['ada']} ").set_value(Answer.NO)
    _press(app, "Record this")
    assert "Consent of Ada was recorded." in words_on(app)
    assert "No to quotation" in words_on(app)
    first = store.consent.standing()[ids["ada"]]
    assert first.answers[Use.QUOTATION] is Answer.NO
    assert first.recorded_by == "Robin Field"
    app.radio(key=f"quotation {ids['ada']} {first.id}").set_value(Answer.YES)
    _press(app, "Record this")
    assert [one.id for one in store.consent.former(ids["ada"])] == [first.id]
    assert "Recorded before (1)" in words_on(app)
    # Saved once more without a change, nothing is added.
    _press(app, "Record this")
    assert "nothing differs" in words_on(app)
    assert len(store.consent.former(ids["ada"])) == 1


def test_withdrawing_is_told_and_taken_back_on_the_page(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    app = open_page("people_page", store.database.file, about=ids["ada"])
    _press(app, "Withdraw Ada")
    assert "Participant Ada is out of analysis" in words_on(app)
    assert [one.about.label for one in store.withdrawals.standing()] == ["Ada"]
    _press(app, "Take the withdrawal back")
    assert "counts again" in words_on(app)
    assert store.withdrawals.standing() == []


def test_erasing_takes_two_steps_and_the_name(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    app = open_page("people_page", store.database.file, about=ids["ada"])
    assert "It cannot be undone" in words_on(app)
    assert not any(one.label == "Erase for good" for one in app.button)
    _press(app, "List what it touches")
    assert "2 coded passages: removed (Priya Wetherall 2)" in words_on(app)
    assert "reaches into 1 turn of theirs" in words_on(app)
    app.text_input(key=f"typed {ids['ada']}").set_value("Bo")
    _press(app, "Erase for good")
    assert "is not the name" in words_on(app)
    assert len(store.study.participants()) == 2
    app.text_input(key=f"typed {ids['ada']}").set_value("Ada")
    _press(app, "Erase for good")
    _settled(app)
    assert [one.pseudonym for one in store.study.participants()] == ["Bo"]
    assert "Participant Ada was erased" in words_on(app)


def test_others_may_read_and_not_change_and_researchers_not_erase(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    app = open_page("people_page", store.database.file, "di", about=ids["ada"])
    assert not app.exception
    assert "Recording is for: study lead, embedded researcher." in words_on(app)
    assert not [one for one in app.button if one.label == "Withdraw Ada"]
    app = open_page("people_page", store.database.file, "priya", about=ids["ada"])
    assert [one for one in app.button if one.label == "Withdraw Ada"]
    assert not [one for one in app.button if one.label == "List what it touches"]


def test_a_source_is_withdrawn_on_its_part_of_the_page(empty_store):
    store = empty_store
    ids = a_rights_desk(store)
    app = open_page(
        "people_page",
        store.database.file,
        part="Sources and cases",
        about=ids["alone"],
    )
    assert not app.exception
    _press(app, "Withdraw Ada at home")
    assert [one.name for one in store.sources.summaries()] == ["Parents' group"]


def test_rules_for_keeping_are_set_and_what_is_due_is_on_home(empty_store):
    store = empty_store
    a_rights_desk(store)
    app = open_page("people_page", store.database.file, part="Keeping")
    assert "No rule is set yet." in words_on(app)
    store.keeping.set_rule("lead", KeepingRule(KeptKind.STUDY, keep_until="2020-01-31"))
    app = open_page("people_page", store.database.file, part="Keeping")
    assert "until 31 January 2020" in words_on(app)
    assert "Source Ada at home" in words_on(app)
    assert "Overdue." in words_on(app)
    home = open_page("home_page", store.database.file)
    assert not home.exception
    assert "2 are past the end of their time for keeping" in words_on(home)
    others = open_page("home_page", store.database.file, "priya")
    assert "time for keeping" not in words_on(others)


def test_backups_are_listed_with_what_they_still_hold(empty_store, tmp_path):
    from workbench.actions.backups import back_up_study

    store = empty_store
    a_rights_desk(store)
    app = open_page("people_page", store.database.file, part="Backups")
    assert "No backup was made yet." in words_on(app)
    back_up_study(store, store.study.person("lead"), tmp_path / "kept.sqlite")
    store.erasures.erase(
        "lead",
        about("participant", "Ada", store),
        Reason.PERSON_ASKED,
        typed="Ada",
    )
    app = open_page("people_page", store.database.file, part="Backups")
    assert not app.exception
    [table] = app.dataframe
    assert list(table.value["File"]) == ["kept.sqlite"]
    assert list(table.value["State"]) == ["Holds what was erased since"]


def test_the_pane_says_who_may_not_be_quoted_and_what_was_withdrawn(empty_store):
    from workbench.actions.interviews.coding_desk import describe, turns_of

    store = empty_store
    ids = a_rights_desk(store)
    source = store.sources.read(ids["group"])
    # Whoever stands for nobody is not mistaken for somebody unnamed.
    assert not any("quoted" in one.speaker for one in turns_of(source, [""]))
    turns = turns_of(source, [ids["bo"]])
    assert "Bo (not to be quoted)" in [one.speaker for one in turns]
    assert "Ada" in [one.speaker for one in turns]
    unquoted = [replace(one, may_be_quoted=False) for one in store.study.participants()]
    assert "Bo (Parent, not to be quoted)" in describe(source, unquoted)
    store.withdrawals.withdraw(
        "lead", about("participant", "Ada", store), Reason.PERSON_ASKED, "2026-01-15"
    )
    shown = [one.text for one in turns_of(store.sources.read(ids["group"]))]
    assert [one.strip() for one in shown if not one.startswith(("How", "They"))] == [
        "[withdrawn]",
        "…",
    ]


def test_every_page_memory_of_a_study_goes_when_something_is_erased():
    cached = re.compile(r"(?m)^(@\w+\n)?@st\.cache_")
    apart = {"session.py", "jobs.py"}
    found = 0
    for path in _WORKBENCH.rglob("*.py"):
        if path.name in apart:
            continue
        for match in cached.finditer(path.read_text(encoding="utf-8")):
            found += 1
            assert match.group(1) == "@forgotten_when_erased\n", path.name
    assert found > 10
