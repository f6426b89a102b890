"""Nothing leaves but what a second person read, and only while it still stands."""

from __future__ import annotations

import pytest
from release_study import DEE, LEAD, PRIYA, a_final_finding, a_study_to_release
from sqlalchemy import text

from coding.study import Person, Role
from data.coding_records import CodingOperation, OperationKind
from data.disclosure.rules import DFE, NHS
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.findings.finding_records import FindingWords
from data.storage.releases.release_records import (
    LeavingCount,
    NewFile,
    NewRelease,
    Release,
    ReleaseState,
    RestsOn,
    hash_of_file,
)

FILE = NewFile("findings-shareable.html", b"<p>what leaves</p>")


@pytest.fixture
def study(empty_store: StudyStore) -> StudyStore:
    a_study_to_release(empty_store)
    a_final_finding(empty_store)
    return empty_store


def _new(store: StudyStore, **changes) -> NewRelease:
    (finding,) = store.findings.all()
    (link,) = store.evidence.of(finding.holder)
    rests_on = RestsOn(
        {finding.id: finding.version},
        ((link.kind.value, link.thing_id, link.now.kept),),
        link.now.participant_ids,
        store.releases.last_released(),
    )
    counts = (
        LeavingCount(("people",), 36, 36),
        LeavingCount(("theme", "money"), 1, None, "small number"),
    )
    given = {"files": (FILE,), "counts": counts, "choices": (), "rests_on": rests_on}
    setting = store.disclosure_rule.setting()
    return NewRelease("For the board.", setting, **{**given, **changes})


def _asked(store: StudyStore, by: str = DEE, **changes) -> Release:
    store.releases.ask(by, _new(store, **changes))
    return store.releases.all(by)[0]


def _opened(store: StudyStore, by: str = PRIYA, **changes) -> Release:
    one = _asked(store, **changes)
    assert store.releases.open_file(by, one.id, ".html") == FILE.content
    return store.releases.all(DEE)[0]


def _release(store: StudyStore, one: Release, by: str = PRIYA) -> None:
    store.releases.release(by, one.id, "Read all of it.", seen=one.version)


def _state(store: StudyStore) -> ReleaseState:
    return store.releases.all(DEE)[0].state


def test_what_a_second_person_read_is_handed_out_byte_for_byte(study) -> None:
    one = _opened(study)
    _release(study, one)
    (kept,) = study.releases.all(LEAD)
    assert (kept.state, kept.asked_by, kept.decided_by) == (
        ReleaseState.RELEASED,
        "Dee",
        "Priya",
    )
    assert kept.reason == "Read all of it."
    assert kept.files[0].sha256 == hash_of_file(FILE.content)
    assert study.releases.hand_out(DEE, one.id, ".html") == FILE.content


@pytest.mark.parametrize("who", [LEAD, PRIYA])
def test_who_asked_cannot_let_it_go(study, who: str) -> None:
    one = _asked(study, who)
    study.releases.open_file(who, one.id, ".html")
    with pytest.raises(DataRefused, match="Who asked for a release cannot let it go"):
        _release(study, study.releases.all(who)[0], who)
    assert _state(study) is ReleaseState.ASKED


def test_nor_can_a_command_run_on_the_same_computer(study) -> None:
    command = Person("cmd", "Command line", Role.STUDY_LEAD, is_command_line=True)
    study.study.ensure_person(command)
    one = _opened(study, "cmd")
    with pytest.raises(DataRefused, match="cannot let it go"):
        _release(study, one, "cmd")


def test_nor_who_has_not_opened_the_files(study) -> None:
    one = _asked(study)
    with pytest.raises(DataRefused, match="not opened the files"):
        _release(study, one)
    assert _state(study) is ReleaseState.ASKED


def test_nor_somebody_without_the_right(study) -> None:
    study.study.add_person(LEAD, Person("d2", "Dana", Role.DEBRIEF_TEAM))
    one = _opened(study, "d2")
    with pytest.raises(DataRefused, match="cannot release"):
        _release(study, one, "d2")
    worker = Person("wyn", "Wyn", Role.PRACTITIONER_RESEARCHER)
    study.study.add_person(LEAD, worker)
    with pytest.raises(DataRefused, match="cannot ask"):
        study.releases.ask("wyn", _new(study))
    with pytest.raises(DataRefused, match="cannot ask"):
        study.releases.hand_out("wyn", one.id, ".html")


def test_nothing_is_handed_out_before_it_was_released(study) -> None:
    one = _opened(study)
    with pytest.raises(DataRefused, match="was not released"):
        study.releases.hand_out(DEE, one.id, ".html")
    study.releases.send_back(PRIYA, one.id, "Page 3 names a place.", seen=one.version)
    with pytest.raises(DataRefused, match="was not released"):
        study.releases.hand_out(DEE, one.id, ".html")
    (kept,) = study.releases.all(DEE)
    assert (kept.state, kept.reason) == (
        ReleaseState.SENT_BACK,
        "Page 3 names a place.",
    )
    assert not kept.files[0].is_kept


@pytest.mark.parametrize("when", ["before", "after"])
def test_bytes_that_are_not_those_asked_for_never_leave(study, when: str) -> None:
    one = _opened(study)
    if when == "after":
        _release(study, one)
    with study.database.engine.begin() as connection:
        connection.execute(
            text("UPDATE release_file SET content = :b"), {"b": b"<p>other</p>"}
        )
    with pytest.raises(DataRefused, match="not the one that was asked for"):
        _leaves(study, one, when)


def _leaves(store: StudyStore, one: Release, when: str) -> None:
    if when == "after":
        store.releases.hand_out(DEE, one.id, ".html")
    else:
        _release(store, one)


def _recode(store: StudyStore) -> None:
    time = next(c.id for c in store.codebook.codebook().codes if c.name == "Time")
    _at_the_desk(store, OperationKind.RECODE, code_id=time)


def _uncode(store: StudyStore) -> None:
    _at_the_desk(store, OperationKind.UNCODE)


def _at_the_desk(store: StudyStore, kind: OperationKind, **fields) -> None:
    (segment,) = [s for s in store.coding.settled() if s.id == "s10-1"]
    (outcome,) = store.coding.apply(
        PRIYA,
        segment.source_id,
        [CodingOperation("later", 1, kind, segment_id=segment.id, **fields)],
    )
    assert not outcome.is_refused


@pytest.mark.parametrize("change", [_recode, _uncode])
def test_a_quotation_that_changed_since_stops_a_release(study, change) -> None:
    one = _opened(study)
    change(study)
    with pytest.raises(DataRefused, match="Evidence in the files"):
        _release(study, one)
    assert _state(study) is ReleaseState.ASKED


def test_a_quotation_that_is_gone_is_not_handed_out_again(study) -> None:
    one = _opened(study)
    _release(study, one)
    _recode(study)  # Read otherwise since: the words are still theirs to be shown.
    assert study.releases.hand_out(DEE, one.id, ".html") == FILE.content
    _uncode_last(study)
    with pytest.raises(DataRefused, match="withdrawn since"):
        study.releases.hand_out(DEE, one.id, ".html")


def _uncode_last(store: StudyStore) -> None:
    (segment,) = [s for s in store.coding.settled() if s.id == "s10-1"]
    operation = CodingOperation("later", 2, OperationKind.UNCODE, segment_id=segment.id)
    store.coding.apply(PRIYA, segment.source_id, [operation])


def test_a_finding_that_changed_since_stops_a_release(study) -> None:
    one = _opened(study)
    (finding,) = study.findings.all()
    finding = study.findings.back_to_draft(DEE, finding)
    with pytest.raises(DataRefused, match="A finding was changed since"):
        _release(study, one)
    finding = study.findings.change(DEE, finding, FindingWords("Other.", "Weak."))
    study.findings.make_final(DEE, finding)
    with pytest.raises(DataRefused, match="A finding was changed since"):
        _release(study, one)


def test_another_release_or_another_rule_since_stops_it(study) -> None:
    first = _opened(study)
    study.releases.ask(DEE, _new(study))
    second = study.releases.all(DEE)[0]
    study.releases.open_file(PRIYA, second.id, ".html")
    _release(study, first)
    with pytest.raises(DataRefused, match="Something else left the study since"):
        _release(study, second)
    third = _opened(study)
    study.disclosure_rule.set_rule(LEAD, NHS, "The trust's rule.", seen=0)
    with pytest.raises(DataRefused, match="rule for small numbers was changed"):
        _release(study, third)


def test_asking_is_refused_where_it_rests_on_something_else_by_now(study) -> None:
    new = _new(study)
    _recode(study)
    with pytest.raises(DataRefused, match="recoded"):
        study.releases.ask(DEE, new)
    assert study.releases.all(DEE) == []


def test_what_was_hidden_is_its_requesters_to_read_alone(study) -> None:
    one = _asked(study)
    assert [(c.true, c.shown, c.why) for c in one.counts] == [
        (36, 36, ""),
        (1, None, "small number"),
    ]
    (others,) = study.releases.all(PRIYA)
    assert (others.counts, others.choices, others.hidden) == ((), (), 1)


def test_what_was_shown_is_kept_for_later_releases(study) -> None:
    one = _opened(study)
    assert study.releases.earlier() == []
    _release(study, one)
    (earlier,) = study.releases.earlier()
    assert earlier.shown == {("people",): 36, ("theme", "money"): None}
    assert earlier.true == {("people",): 36, ("theme", "money"): 1}
    lines = [line for line in study.audit.lines() if line.action == "release let go"]
    assert [(line.person, line.detail["hidden"]) for line in lines] == [("Priya", 1)]


def test_files_can_be_let_go_of_and_the_log_stays(study) -> None:
    one = _opened(study)
    with pytest.raises(DataRefused, match="still has to decide"):
        study.releases.let_go_of_files(PRIYA, one.id)
    _release(study, one)
    study.releases.let_go_of_files(PRIYA, one.id)
    (kept,) = study.releases.all(DEE)
    assert kept.files[0].sha256 == hash_of_file(FILE.content)
    with pytest.raises(DataRefused, match="no longer kept"):
        study.releases.hand_out(DEE, one.id, ".html")


def test_two_who_decide_at_once_do_not_both(study) -> None:
    one = _opened(study)
    study.releases.open_file(LEAD, one.id, ".html")
    study.releases.send_back(LEAD, one.id, "Not yet.", seen=one.version)
    with pytest.raises(DataRefused, match="Nobody has to decide"):
        _release(study, one)


def test_a_request_is_taken_back_by_who_asked(study) -> None:
    one = _asked(study)
    with pytest.raises(DataRefused, match="Only who asked"):
        study.releases.take_back(PRIYA, one.id, seen=one.version)
    study.releases.take_back(DEE, one.id, seen=one.version)
    assert _state(study) is ReleaseState.TAKEN_BACK


def test_the_rule_is_set_by_a_lead_with_a_reason_and_kept(study) -> None:
    assert study.disclosure_rule.setting().rule == DFE
    with pytest.raises(DataRefused, match="no reason"):
        study.disclosure_rule.set_rule(LEAD, NHS, " ", seen=0)
    with pytest.raises(DataRefused, match="cannot change the study"):
        study.disclosure_rule.set_rule(DEE, NHS, "Ours.", seen=0)
    kept = study.disclosure_rule.set_rule(LEAD, NHS, "The trust's rule.", seen=0)
    assert (kept.rule, kept.set_by) == (NHS, "Robin Field")
    with pytest.raises(DataRefused, match="Somebody else set the rule"):
        study.disclosure_rule.set_rule(LEAD, DFE, "Ours.", seen=0)
