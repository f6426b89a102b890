"""Memos stay hidden from whoever still reads, judges or compares blind."""

from __future__ import annotations

from pathlib import Path

import pytest
from interview_desk import a_desk, an_operation, code_words
from progress_desk import a_judged_pair
from two_coders import as_coded_blind
from two_judges import read_by_two

from data.storage import StudyStore
from data.storage.memos.memo_records import MemoQuery, NewMemo, Thing
from workbench.actions.memos.memo_report import memos_table

STUDY = Thing("study", "study")


def _read(store: StudyStore, reader: str | None) -> set[str]:
    found, total = store.memo_reading.find(MemoQuery(), reader_id=reader)
    assert len(found) == total
    return {one.memo.text for one in found}


@pytest.fixture
def blind(empty_store: StudyStore) -> tuple[StudyStore, str]:
    """A source priya and tom code blind; tom has written on it in several ways."""
    source, same, _ = a_desk(empty_store)
    as_coded_blind(empty_store, source)
    coded = code_words("same worker", same)
    note = an_operation(
        "memo", memo_id="m", segment_id=coded.segment_id, text="On words."
    )
    empty_store.coding.apply("tom", source, [coded, note])
    on_coded = Thing("coded segment", coded.segment_id)
    empty_store.memos.add("tom", on_coded, NewMemo("On a coded passage."))
    whole = empty_store.memos.add("tom", Thing("source", source), NewMemo("On all."))
    link = (Thing("source", source),)
    empty_store.memos.add("tom", STUDY, NewMemo("Leads there.", links=link))
    empty_store.memos.add("tom", Thing("memo", whole.id), NewMemo("On a memo."))
    empty_store.memos.add("tom", STUDY, NewMemo("Elsewhere."))
    empty_store.memos.add("priya", Thing("source", source), NewMemo("Mine."))
    return empty_store, source


def test_a_blind_coder_reads_nothing_of_the_others_on_the_source(blind) -> None:
    store, _ = blind
    assert _read(store, "priya") == {"Elsewhere.", "Mine."}
    assert "On words." in _read(store, "tom")
    assert "Mine." not in _read(store, "tom")
    # Somebody who does not code it reads all of it.
    assert len(_read(store, "di")) == 7


def test_no_report_has_what_is_written_on_a_source_coded_blind(blind) -> None:
    store, _ = blind
    assert _read(store, None) == {"Elsewhere."}
    (row,) = memos_table(store).rows
    assert "Elsewhere." in row


def test_nothing_is_told_of_a_hidden_memo_through_one_s_own(blind) -> None:
    store, source = blind
    (hidden,) = [
        one.memo.id
        for one in store.memo_reading.find(MemoQuery(), reader_id="di")[0]
        if one.memo.text == "On all."
    ]
    # Written before the pass began, when both could read each other.
    mine = store.memos.add("priya", STUDY, NewMemo("See there.", links=()))
    assert store.memo_reading.one(hidden, reader_id="priya") is None
    told = store.memo_reading.tell(Thing("memo", hidden), reader_id="priya")
    assert (told.name, told.is_hidden, told.is_gone) == ("", True, False)
    own = store.memo_reading.one(mine.id, reader_id="priya")
    assert own is not None
    assert own.linked_from == ()
    found = store.memo_reading.choices("memo", reader_id="priya", most=50)
    assert {one.name for one in found} == {"Elsewhere.", "Mine.", "See there."}
    assert {m.text for m in store.memos.in_source(source, reader_id="priya")} == set()


def _by_two(path: Path):
    """Ama has judged C1 with H1 and written on it; Pat may be its second judge."""
    desk = read_by_two(path)
    said = desk.first()
    ama = desk.people["Ama"].id
    for thing in (
        Thing("case", desk.ids["C1"]),
        Thing("case", desk.ids["H1"]),
        Thing("pair", said.id),
    ):
        desk.store.memos.add(ama, thing, NewMemo(f"On {thing.kind} {thing.id}"))
    link = (Thing("case", desk.ids["C1"]),)
    desk.store.memos.add(ama, STUDY, NewMemo("Leads to C1", links=link))
    desk.store.memos.add(ama, STUDY, NewMemo("On the whole"))
    return desk


def test_a_second_judge_reads_nothing_on_a_case_between_its_judges(tmp_path) -> None:
    desk = _by_two(tmp_path)
    pat, dee = desk.people["Pat"].id, desk.people["Dee"].id
    assert _read(desk.store, pat) == {"On the whole"}
    assert len(_read(desk.store, desk.people["Ama"].id)) == 5
    # Of the debrief team, Dee never judges.
    assert len(_read(desk.store, dee)) == 5
    assert _read(desk.store, None) == {"On the whole"}


def test_once_the_judges_are_through_both_read_the_memos(tmp_path) -> None:
    desk = _by_two(tmp_path)
    desk.second()
    assert len(_read(desk.store, desk.people["Pat"].id)) == 5


def test_a_judge_of_progress_reads_nothing_the_other_wrote_on_the_pair(
    tmp_path,
) -> None:
    desk = a_judged_pair(tmp_path)
    (judgement,) = desk.store.judgements.standing()
    desk.say(desk.lead, "CNH?", finish=False)
    desk.store.memos.add(
        desk.lead.id, Thing("pair", judgement.id), NewMemo("C1 came out ahead.")
    )
    desk.store.memos.add(
        desk.researcher.id, Thing("pair", judgement.id), NewMemo("A tidy pair.")
    )
    assert _read(desk.store, desk.second.id) == {"A tidy pair."}
    assert _read(desk.store, None) == {"A tidy pair."}
    for person in (desk.lead, desk.second):
        desk.say(person, "CNHCNHCN")
    assert len(_read(desk.store, desk.second.id)) == 2
    assert len(_read(desk.store, None)) == 2
