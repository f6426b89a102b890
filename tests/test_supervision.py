"""Supervision of judgements: by somebody else, added to and never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from two_judges import Desk, read_by_two

from data.judging import SupervisionStep
from data.problems import DataRefused

COMMENT, ASKED = SupervisionStep.COMMENT, SupervisionStep.ASKED_AGAIN
ANSWER, SIGNED = SupervisionStep.ANSWER, SupervisionStep.SIGNED_OFF


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = read_by_two(tmp_path, judges=1)
    yield made
    made.store.close()


def say(desk, who, saved, step, words="Why not the younger one?"):
    desk.store.supervision.add(desk.people[who].id, saved.id, step, words)


def test_steps_are_kept_in_order_and_the_last_decisive_one_says_where_it_stands(desk):
    saved = desk.reads("Pat", words="gnn", choice="H1")
    eve = desk.people["Eve"].id
    assert desk.store.supervision.queue(eve)[0].state is None
    say(desk, "Eve", saved, COMMENT, "Clear reason.")
    assert desk.store.supervision.queue(eve)[0].state is None
    say(desk, "Eve", saved, ASKED)
    say(desk, "Pat", saved, ANSWER, "Her school had changed.")
    say(desk, "Ama", saved, SIGNED, "")
    say(desk, "Eve", saved, COMMENT, "Thank you.")
    (one,) = desk.store.supervision.queue(eve)
    assert one.state is SIGNED
    assert [(n.step.value, n.person, n.words) for n in one.notes] == [
        ("comment", "Eve", "Clear reason."),
        ("asked_again", "Eve", "Why not the younger one?"),
        ("answer", "Pat", "Her school had changed."),
        ("signed_off", "Ama", ""),
        ("comment", "Eve", "Thank you."),
    ]
    assert desk.store.supervision.of_own(desk.people["Pat"].id, saved.id) == one.notes
    assert desk.store.supervision.of_own(desk.people["Bo"].id, saved.id) == ()
    detail = [line.detail for line in desk.store.audit.lines()][0]
    assert detail == {"step": "comment"}


def test_judge_sees_in_the_queue_that_they_are_asked_again(desk):
    saved = desk.reads("Pat", words="gnn", choice="H1")
    say(desk, "Eve", saved, ASKED)
    (case, *_) = desk.store.judging.queue(desk.people["Pat"].id)
    assert (case.supervised, case.own.id) == ("asked_again", saved.id)
    (case, *_) = desk.store.judging.queue(desk.people["Bo"].id)
    assert (case.supervised, case.own) == ("", None)


def test_judgement_given_anew_begins_without_steps_and_the_old_keeps_its_own(desk):
    saved = desk.reads("Pat", words="gnn", choice="H1")
    say(desk, "Eve", saved, ASKED)
    pat = desk.people["Pat"].id
    desk.store.judgements.take_back(pat, saved.id, "I looked again.")
    assert desk.store.supervision.queue(desk.people["Eve"].id) == []
    desk.reads("Pat", words="ngn", choice="H4")
    (one,) = desk.store.supervision.queue(desk.people["Eve"].id)
    assert one.notes == ()
    assert len(desk.store.supervision.of_own(pat, saved.id)) == 1
    with pytest.raises(DataRefused, match="does not stand any longer"):
        say(desk, "Eve", saved, SIGNED)


def test_nobody_supervises_their_own_judgement_or_without_the_role(desk):
    own = desk.reads("Ama", words="gnn", choice="H1")
    with pytest.raises(DataRefused, match="of your own"):
        say(desk, "Ama", own, SIGNED)
    for who in ("Pat", "Dee"):
        with pytest.raises(DataRefused, match="cannot supervise judgements"):
            say(desk, who, own, COMMENT)
    with pytest.raises(DataRefused, match="Only whoever made the judgement"):
        say(desk, "Pat", own, ANSWER)
    with pytest.raises(DataRefused, match="Nothing was written"):
        say(desk, "Eve", own, ASKED, "  ")
    assert desk.store.supervision.queue(desk.people["Pat"].id) == []


def test_study_lead_who_may_still_judge_blind_supervises_only_after(tmp_path):
    desk = read_by_two(tmp_path)
    saved = desk.first("Pat", words="gnn", choice="H1")
    ama = desk.people["Ama"].id
    assert desk.store.supervision.queue(ama) == []
    with pytest.raises(DataRefused, match="without knowing of this judgement"):
        say(desk, "Ama", saved, COMMENT)
    assert len(desk.store.supervision.queue(desk.people["Eve"].id)) == 1
    desk.second("Bo", words="ngn", choice="H4")
    assert [one.saved.given_as for one in desk.store.supervision.queue(ama)] == [1, 2]
    desk.store.close()
