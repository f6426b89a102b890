"""Memos are dated, belong to their author, are found again, and nothing is lost."""

from __future__ import annotations

import pytest
from interview_desk import (
    WORDS,
    a_desk,
    a_transcript,
    an_operation,
    code_words,
    segment_of,
    with_people,
)

from coding.coded_segments import Memo
from coding.study import Participant
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.memos.memo_records import MemoQuery, NewMemo, Thing
from data.storage.memos.memo_storage import LONGEST_TEXT, LONGEST_TITLE, MOST_LINKS

STUDY = Thing("study", "study")


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    return with_people(empty_store)


def _write(
    store: StudyStore, who: str, about: Thing, text: str, title: str = "", links=()
) -> Memo:
    return store.memos.add(who, about, NewMemo(text, title, tuple(links)))


def _texts(store: StudyStore, reader: str | None = "priya", **query) -> list[str]:
    found, total = store.memo_reading.find(MemoQuery(**query), reader_id=reader)
    assert len(found) == total
    return [one.memo.text for one in found]


def test_memos_are_read_the_newest_first_and_by_what_they_are_about(
    empty_store: StudyStore,
) -> None:
    source, same, _ = a_desk(empty_store)
    on_source = Thing("source", source)
    _write(empty_store, "priya", on_source, " First thought. ")
    _write(empty_store, "di", on_source, "Second.", "  A   title ")
    _write(empty_store, "di", Thing("code", same), "Elsewhere.")
    assert _texts(empty_store) == ["Elsewhere.", "Second.", "First thought."]
    assert _texts(empty_store, about=on_source) == ["Second.", "First thought."]
    found, _ = empty_store.memo_reading.find(
        MemoQuery(about=on_source), reader_id="priya", most=1
    )
    (second,) = found
    assert (second.title, second.author) == ("A title", "Di Marsh")
    assert second.about.name == "P07 wave 1"


def test_a_code_and_the_theme_it_is_share_their_memos(empty_store: StudyStore) -> None:
    _, same, _ = a_desk(empty_store)
    _write(empty_store, "priya", Thing("theme", same), "It gathers.")
    assert _texts(empty_store, about=Thing("code", same)) == ["It gathers."]


def test_only_its_author_changes_a_memo_and_what_it_said_is_kept(
    store: StudyStore,
) -> None:
    memo = _write(store, "priya", STUDY, "First.", "One")
    with pytest.raises(DataRefused, match="Only its author"):
        store.memos.change("di", memo, NewMemo("Mine now."))
    changed = store.memos.change("priya", memo, NewMemo("Better."))
    assert (changed.text, changed.title, changed.version) == ("Better.", "", 2)
    assert changed.changed_at is not None
    # A tab left open since before that change is asked to look again.
    with pytest.raises(DataRefused, match="Someone else changed this"):
        store.memos.change("priya", memo, NewMemo("From the old tab."))
    again = store.memos.change("priya", changed, NewMemo("Best."))
    assert again.text == "Best."
    said = store.memos.earlier_words("priya", memo.id)
    assert [(one.title, one.text) for one in said] == [
        ("", "Better."),
        ("One", "First."),
    ]
    assert store.memos.earlier_words("di", memo.id) == []


def test_a_deleted_memo_is_read_nowhere_and_can_be_brought_back(
    store: StudyStore,
) -> None:
    memo = _write(store, "priya", STUDY, "Said in haste.")
    with pytest.raises(DataRefused, match="Only its author"):
        store.memos.delete("di", memo)
    store.memos.delete("priya", memo)
    assert _texts(store) == []
    assert store.memo_reading.one(memo.id, reader_id="priya") is None
    with pytest.raises(DataRefused, match="Only its author"):
        store.memos.bring_back("di", memo.id)
    store.memos.bring_back("priya", memo.id)
    assert _texts(store) == ["Said in haste."]


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (NewMemo(" \n "), "empty"),
        (NewMemo("x" * (LONGEST_TEXT + 1)), "characters"),
        (NewMemo("x", "t" * (LONGEST_TITLE + 1)), "characters"),
        (
            NewMemo(
                "x", "", tuple(Thing("code", str(n)) for n in range(MOST_LINKS + 1))
            ),
            "leads to",
        ),
        (NewMemo("x", "", (Thing("code", "nowhere"),)), "no longer in the study"),
    ],
)
def test_a_memo_that_cannot_be_kept_is_refused(
    store: StudyStore, new: NewMemo, found: str
) -> None:
    with pytest.raises(DataRefused, match=found):
        store.memos.add("priya", STUDY, new)
    assert _texts(store) == []


def test_a_memo_about_what_is_not_there_is_refused(store: StudyStore) -> None:
    with pytest.raises(DataRefused, match="no longer in the study"):
        _write(store, "priya", Thing("code", "gone"), "A thought.")


def test_the_trail_says_that_a_memo_was_written_and_not_what(
    store: StudyStore,
) -> None:
    _write(store, "priya", STUDY, "A private thought.", "Secret title")
    line = store.audit.lines(limit=1)[0]
    assert (line.action, line.about_kind) == ("memo written", "study")
    assert "private" not in str(line)
    assert "Secret" not in str(line)


def test_links_lead_both_ways_and_change_with_the_memo(empty_store: StudyStore) -> None:
    _, same, heard = a_desk(empty_store)
    first = _write(empty_store, "priya", Thing("code", same), "They praise it.")
    second = _write(
        empty_store,
        "di",
        STUDY,
        "Compare this.",
        links=[Thing("memo", first.id), Thing("code", heard), Thing("code", heard)],
    )
    third = _write(empty_store, "di", Thing("memo", first.id), "A reply.")
    read = empty_store.memo_reading.one(first.id, reader_id="priya")
    assert read is not None
    assert {one.thing.id for one in read.linked_from} == {second.id, third.id}
    led = empty_store.memo_reading.one(second.id, reader_id="priya")
    assert led is not None
    assert [one.name for one in led.links] == ["Being heard", "They praise it."]
    # Beside a thing stand those that lead to it as well.
    assert _texts(empty_store, about=Thing("code", heard)) == ["Compare this."]
    empty_store.memos.change(
        "di", second, NewMemo("Compare this.", links=(Thing("code", same),))
    )
    led = empty_store.memo_reading.one(second.id, reader_id="priya")
    assert led is not None
    assert [one.name for one in led.links] == ["Same worker"]


def test_memos_are_searched_and_filtered(empty_store: StudyStore) -> None:
    source, same, heard = a_desk(empty_store)
    empty_store.study.save_participants("priya", [Participant("", "Amir", "Father")])
    coded = code_words("same worker", same)
    empty_store.coding.apply("priya", source, [coded])
    where = segment_of("same worker")
    empty_store.coding.apply(
        "priya",
        source,
        [
            an_operation(
                "memo",
                memo_id="on-words",
                segment_id=coded.segment_id,
                start=where.start,
                end=where.end,
                text="Zoë says so too.",
            )
        ],
    )
    _write(empty_store, "di", Thing("code", same), "What counts as the same?", "Edges")
    _write(empty_store, "di", STUDY, "See the other.", links=[Thing("code", same)])
    _write(empty_store, "priya", Thing("code", heard), "Heard by whom?")
    assert _texts(empty_store, words="ZOË so") == ["Zoë says so too."]
    assert _texts(empty_store, words="edges same") == ["What counts as the same?"]
    assert _texts(empty_store, words="zoë whom") == []
    assert len(_texts(empty_store, author_id="di")) == 2
    assert _texts(empty_store, kind="study") == ["See the other."]
    assert _texts(empty_store, source_id=source) == ["Zoë says so too."]
    assert _texts(empty_store, wave="Wave 1") == ["Zoë says so too."]
    assert _texts(empty_store, wave="Wave 2") == []
    assert sorted(_texts(empty_store, code_id=same)) == [
        "See the other.",
        "What counts as the same?",
        "Zoë says so too.",
    ]


def test_a_passage_is_told_with_its_words_also_when_its_code_was_taken_away(
    empty_store: StudyStore,
) -> None:
    source, same, _ = a_desk(empty_store)
    coded = code_words("same worker", same)
    note = an_operation(
        "memo", memo_id="m", segment_id=coded.segment_id, text="Said with warmth."
    )
    empty_store.coding.apply("priya", source, [coded, note])
    read = empty_store.memo_reading.one("m", reader_id="priya")
    assert read is not None
    assert read.about.quotation == "same worker"
    assert read.about.name == "P07 wave 1, turn 2, under Same worker"
    assert WORDS[read.about.start :].startswith("same worker")
    empty_store.coding.apply(
        "priya", source, [an_operation("uncode", segment_id=coded.segment_id)]
    )
    read = empty_store.memo_reading.one("m", reader_id="priya")
    assert read is not None
    assert read.about.quotation == "same worker"
    assert "no longer coded" in read.about.name


def test_what_a_code_was_about_stays_when_the_code_is_gone(
    empty_store: StudyStore,
) -> None:
    source, _, _ = a_desk(empty_store)
    made = an_operation("make_code", code_id="new-code", code_name="Late notice")
    empty_store.coding.apply("priya", source, [made])
    _write(empty_store, "di", STUDY, "Leads there.", links=[Thing("code", "new-code")])
    change = empty_store.coding.changes("priya", source, most=5)[-1]
    empty_store.coding.apply(
        "priya", source, [an_operation("undo", change_id=change.id)]
    )
    found, _ = empty_store.memo_reading.find(MemoQuery(), reader_id="di")
    (link,) = found[0].links
    assert link.is_gone
    # It stays as it was when its author changes the words.
    kept = empty_store.memos.change(
        "di", found[0].memo, NewMemo("Led there.", links=(link.thing,))
    )
    assert kept.links == (("code", "new-code"),)


def test_what_is_written_while_reading_is_kept_as_well(empty_store: StudyStore) -> None:
    source, _, _ = a_desk(empty_store)
    where = segment_of("same worker")

    def note(text: str):
        return an_operation(
            "memo", memo_id="m", start=where.start, end=where.end, text=text
        )

    empty_store.coding.apply("priya", source, [note("One."), note("Two."), note("")])
    assert _texts(empty_store) == []
    said = [one.text for one in empty_store.memos.earlier_words("priya", "m")]
    assert said == ["Two.", "One."]
    empty_store.memos.bring_back("priya", "m")
    assert _texts(empty_store) == ["Two."]
    # Emptied and then written anew in the same card, it is one memo.
    empty_store.coding.apply("priya", source, [note(""), note("Three.")])
    assert _texts(empty_store) == ["Three."]
    change = empty_store.coding.changes("priya", source, most=5)[-1]
    for kind in ("undo", "redo"):
        (outcome,) = empty_store.coding.apply(
            "priya", source, [an_operation(kind, change_id=change.id)]
        )
        assert not outcome.is_refused
    assert _texts(empty_store) == ["Three."]


def test_a_corrected_text_takes_memos_on_words_along_and_no_others(
    empty_store: StudyStore,
) -> None:
    source, _, _ = a_desk(empty_store)
    at = segment_of("same worker")
    on_words = empty_store.memos.add(
        "priya", Thing("passage", source), NewMemo("On words."), passage=at
    )
    whole = _write(empty_store, "priya", Thing("source", source), "On all of it.")
    stored = empty_store.sources.read(source)
    assert stored is not None
    corrected = a_transcript(words=WORDS.replace("Who came", "So who came"))
    empty_store.corrections.correct(
        "priya",
        source,
        corrected,
        "Misheard on the recording",
        seen_sha256=stored.transcript.sha256,
    )
    read = empty_store.memo_reading.one(on_words.id, reader_id="priya")
    assert read is not None
    assert read.about.quotation == "same worker"
    assert read.about.start != at.start
    read = empty_store.memo_reading.one(whole.id, reader_id="priya")
    assert read is not None
    assert (read.about.quotation, read.memo.end) == ("", 0)


def test_a_decision_on_codes_is_written_about_and_told(empty_store: StudyStore) -> None:
    _, same, _ = a_desk(empty_store)
    number = empty_store.codebook_decisions.decide(
        "priya", "Only where a name is given.", "Too wide before.", [same]
    )
    (choice,) = empty_store.memo_reading.choices("decision", reader_id="di", most=9)
    assert choice.name == f"D{number}, Only where a name is given."
    memo = _write(empty_store, "di", choice.thing, "I was not there for this.")
    empty_store.codebook_decisions.withdraw("priya", number, "Too narrow.")
    read = empty_store.memo_reading.one(memo.id, reader_id="priya")
    assert read is not None
    assert read.about.name.endswith("(withdrawn)")
