"""Merging, splitting and moving codes keep every reading, and can be taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from interview_desk import a_desk, a_source, a_suggestion, an_operation, code_words
from sqlmodel import select
from two_coders import as_coded_blind

from coding.codebook import Code
from coding.codebook_changes.moving import Beside, Step
from coding.problems import CodingRefused
from data.codebook_records import CodeAction, SplitPart
from data.problems import DataRefused
from data.rights import Right
from data.storage import StudyStore
from data.storage.memos.memo_records import NewMemo, Thing
from data.tables import (
    CodedSegmentRow,
    CodeRow,
    MemoRow,
    SourceRow,
    SuggestionRow,
    UnplacedCodingRow,
    now,
)


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    """A source where priya and tom coded with two codes; ids of source and codes.

    Priya has the same words under both codes, the second time from a suggestion that
    she accepted, with a memo on it; another suggestion still waits.
    """
    source, same, heard = a_desk(empty_store)
    proposed = [
        a_suggestion("The same worker", same),
        a_suggestion("every week", same, rank=2),
    ]
    empty_store.suggestions.replace_open("priya", {source: proposed}, engine="test")
    first, second = sorted(
        empty_store.suggestions.open_of(source, reader_id="priya"),
        key=lambda one: one.suggestion.segment.start,
    )
    assert first.suggestion.segment.start < second.suggestion.segment.start
    accept = an_operation(
        "accept", suggestion_id=first.id, segment_id="priya-same", code_id=same
    )
    empty_store.coding.apply(
        "priya", source, [accept, code_words("The same worker", heard)]
    )
    empty_store.coding.apply("tom", source, [code_words("she asked", same)])
    on = Thing("coded segment", "priya-same")
    empty_store.memos.add("priya", on, NewMemo("Why this?"))
    return empty_store, source, same, heard


def _everything(store: StudyStore) -> dict[str, list[dict]]:
    """Every row a change of the codebook may touch, versions and revisions aside."""
    found = {}
    with store.database.reading() as session:
        for table in (CodeRow, CodedSegmentRow, SuggestionRow, MemoRow):
            rows = session.exec(select(table).order_by(table.id)).all()
            found[table.__name__] = [
                row.model_dump(exclude={"version"}) for row in rows
            ]
    assert all(found.values())
    return found


def _refusals(call) -> list[str]:
    with pytest.raises(DataRefused) as refusal:
        call()
    return [one.found for one in refusal.value.problems]


def test_a_merge_keeps_every_reading_of_every_coder(desk) -> None:
    store, source, same, heard = desk
    foreseen = store.code_changes.foresee_merge(same, heard, reader_id="priya")
    assert (foreseen.passages, foreseen.coders, foreseen.sources) == (2, 2, 1)
    assert (foreseen.joined, foreseen.suggestions) == (1, 1)
    store.code_changes.merge("tom", same, heard, reason="They are one.")
    left = store.coding.segments(source, reader_id="lead")
    assert {one.code_id for one in left} == {heard}
    assert sorted(one.coder_id for one in left) == ["priya", "tom"]
    (kept,) = [one for one in left if one.coder_id == "priya"]
    assert kept.suggestion_id != ""
    (memo,) = store.memos.in_source(source, reader_id="lead")
    assert (memo.about_id, memo.text) == (kept.id, "Why this?")
    assert store.suggestions.open_of(source, reader_id="lead") == []
    assert [one.id for one in store.codebook.retired().codes] == [same]
    (entry,) = store.code_changes.changes(reader_id="tom", code_id=heard, most=1)
    assert (entry.action, entry.reason) == (CodeAction.MERGED, "They are one.")
    assert entry.touch.passages == foreseen.passages


def test_a_merge_is_taken_back_to_the_last_row_also_after_reopening(desk) -> None:
    store, source, same, heard = desk
    store.codebook.add("priya", Code("", "Below", parent_id=same))
    before = _everything(store)
    number = store.code_changes.merge("tom", same, heard)
    assert _everything(store) != before
    again = StudyStore(store.database.file)
    again.code_changes.undo("priya", number)
    assert _everything(again) == before
    undone = again.code_changes.changes(reader_id="priya")[0]
    assert (undone.action, undone.undoes) == (CodeAction.UNDONE, number)
    assert (
        "taken back already"
        in _refusals(lambda: again.code_changes.undo("priya", number))[0]
    )
    again.close()


def test_a_merge_carries_cues_and_examples_only_where_asked(desk) -> None:
    store, _, same, heard = desk
    known = store.codebook.codebook().by_id()
    store.codebook.change(
        "priya", replace(known[same], cues=("same one",), examples=("She stayed.",))
    )
    number = store.code_changes.merge("tom", same, heard, carry_words=False)
    assert store.codebook.codebook().by_id()[heard].cues == ()
    store.code_changes.undo("tom", number)
    store.code_changes.merge("tom", same, heard)
    kept = store.codebook.codebook().by_id()[heard]
    assert (kept.cues, kept.examples) == (("same one",), ("She stayed.",))


def test_codes_under_the_one_that_goes_move_even_where_the_other_is_below(
    desk,
) -> None:
    store, _, same, heard = desk
    child = store.codebook.add("priya", Code("", "Child", parent_id=same))
    deep = store.codebook.add("priya", Code("", "Deep", parent_id=child.id))
    store.code_changes.merge("tom", same, deep.id)
    tree = [
        (depth, one.name) for depth, one in store.codebook.codebook().in_tree_order()
    ]
    assert tree == [(0, "Deep"), (1, "Child"), (0, "Being heard")]


def test_undo_is_refused_in_words_where_something_changed_since(desk) -> None:
    store, source, same, heard = desk
    store.codebook.change(
        "tom", replace(store.codebook.codebook().by_id()[same], cues=("same one",))
    )
    number = store.code_changes.merge("tom", same, heard)
    (toms,) = [
        one
        for one in store.coding.segments(source, reader_id="tom")
        if one.coder_id == "tom"
    ]
    store.coding.apply("tom", source, [an_operation("uncode", segment_id=toms.id)])
    renamed = store.codebook.codebook().by_id()[heard]
    store.codebook.change("tom", replace(renamed, name="Listened to"))
    before = _everything(store)
    found = _refusals(lambda: store.code_changes.undo("priya", number))
    assert found == [
        "It was renamed since.",
        "Passages or memos it moved were changed or taken away since.",
    ]
    assert _everything(store) == before


def test_undo_waits_where_the_transcript_was_corrected(desk) -> None:
    store, source, same, heard = desk
    number = store.code_changes.merge("tom", same, heard)
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        writing.session.get_one(SourceRow, source).text_sha256 = "another"
        writing.record("source corrected", "source", source)
    assert _refusals(lambda: store.code_changes.undo("tom", number)) == [
        "A transcript it touched was corrected since."
    ]


def _blind(store: StudyStore, source: str) -> None:
    as_coded_blind(store, source)


def test_a_coder_in_a_blind_pass_merges_all_and_is_told_of_their_own(desk) -> None:
    store, source, same, heard = desk
    _blind(store, source)
    foreseen = store.code_changes.foresee_merge(same, heard, reader_id="tom")
    assert (foreseen.passages, foreseen.coders, foreseen.joined) == (1, 1, 0)
    assert (foreseen.suggestions, foreseen.is_partly_hidden) == (0, True)
    store.code_changes.merge("tom", same, heard)
    seen = store.coding.segments(source, reader_id="lead")
    assert {one.coder_id for one in seen} == {"priya", "tom"}

    def told(reader: str | None) -> tuple[int, int, int]:
        touch = store.code_changes.changes(reader_id=reader)[0].touch
        return touch.passages, touch.joined, touch.memos

    assert told("tom") == (1, 0, 0)
    assert told("lead") == (2, 1, 1)
    assert told(None) == (0, 0, 0)


def test_what_coders_settled_goes_along_with_a_merge_and_a_split(desk) -> None:
    store, source, same, heard = desk
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        toms = writing.session.exec(
            select(CodedSegmentRow).where(CodedSegmentRow.coder_id == "tom")
        ).one()
        toms_id = toms.id
        writing.session.add(
            CodedSegmentRow(
                id="settled",
                source_id=source,
                code_id=same,
                start=toms.start,
                end=toms.end,
                coder_id="lead",
                layer="agreed",
            )
        )
        writing.record("passage settled", "coded segment", "settled")
    before = _everything(store)

    def settled_under() -> str:
        with store.database.reading() as session:
            return session.get_one(CodedSegmentRow, "settled").code_id

    number = store.code_changes.split("tom", same, [SplitPart("Asked", "", (toms_id,))])
    assert settled_under() not in (same, heard)
    store.code_changes.undo("tom", number)
    assert _everything(store) == before
    store.code_changes.merge("tom", same, heard)
    assert settled_under() == heard


def test_passages_without_a_place_wait_under_the_code_that_stays(desk) -> None:
    store, source, same, heard = desk
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        writing.session.add(
            UnplacedCodingRow(
                id="lost",
                source_id=source,
                number=1,
                code_id=same,
                start=0,
                end=4,
                coder_id="tom",
                coded_at=now(),
            )
        )
        writing.record("source corrected", "source", source)

    def under() -> str:
        with store.database.reading() as session:
            return session.get_one(UnplacedCodingRow, "lost").code_id

    number = store.code_changes.merge("priya", same, heard)
    assert under() == heard
    store.code_changes.undo("priya", number)
    assert under() == same


def test_what_is_coded_on_a_page_that_missed_the_merge_goes_where_it_went(
    desk,
) -> None:
    store, source, same, heard = desk
    last = store.codebook.add("priya", Code("", "Last"))
    store.code_changes.merge("priya", same, heard)
    number = store.code_changes.merge("priya", heard, last.id)
    (outcome,) = store.coding.apply("tom", source, [code_words("every week", same)])
    assert not outcome.is_refused
    coded = store.coding.passages(code_ids=[last.id], reader_id="tom")
    assert "every week" in [one.quotation for one in coded]
    store.code_changes.undo("priya", number)
    version = store.codebook.codebook().by_id()[heard].version
    store.codebook.retire("priya", heard, version)
    (outcome,) = store.coding.apply("tom", source, [code_words("house", same)])
    assert "is retired" in outcome.found


# Splitting


def test_a_split_moves_the_passages_chosen_and_the_others_stay(desk) -> None:
    store, source, same, _ = desk
    before = _everything(store)
    passages = store.coding.passages(code_ids=[same], reader_id="priya")
    (toms,) = [one.coded.id for one in passages if one.coder.startswith("Tom")]
    number = store.code_changes.split(
        "priya", same, [SplitPart(" Being  asked ", "She asks.", (toms,))]
    )
    made = store.codebook.codebook().named("Being asked")
    assert made is not None
    assert (made.definition, made.parent_id) == ("She asks.", "")
    assert made.colour not in {
        one.colour for one in store.codebook.codebook().codes if one.id != made.id
    }
    uses = store.coding.uses(reader_id="priya")
    assert (uses[made.id].passages, uses[same].passages) == (1, 1)
    store.code_changes.undo("tom", number)
    assert _everything(store) == before


def test_a_split_refuses_all_that_is_wrong_at_once(desk) -> None:
    store, source, same, _ = desk
    parts = [
        SplitPart("Being heard", "", ("priya-same",)),
        SplitPart("", "", ("priya-same", "nowhere")),
        SplitPart("New", "", ()),
    ]
    before = _everything(store)
    found = _refusals(lambda: store.code_changes.split("tom", same, parts))
    assert found == [
        "Another code is called 'Being heard'.",
        "The code has no name.",
        "No passage was chosen for it.",
        "Passages chosen are given twice, or no longer carry this code.",
    ]
    assert _everything(store) == before


def test_a_split_cannot_reach_what_a_blind_coder_may_not_see(desk) -> None:
    store, source, same, _ = desk
    _blind(store, source)
    part = SplitPart("New", "", ("priya-same",))
    assert len(_refusals(lambda: store.code_changes.split("tom", same, [part]))) == 1


def test_undoing_a_split_is_refused_where_the_new_code_is_used(desk) -> None:
    store, source, same, _ = desk
    number = store.code_changes.split(
        "priya", same, [SplitPart("New", "", ("priya-same",))]
    )
    made = store.codebook.codebook().named("New")
    assert made is not None
    store.coding.apply("tom", source, [code_words("every week", made.id)])
    assert _refusals(lambda: store.code_changes.undo("priya", number)) == [
        "It is in use since; passages, suggestions, memos or contrary cases hang on it."
    ]


# Moving, and every other change


def _tree(store: StudyStore) -> list[tuple[int, str, str]]:
    return [
        (depth, one.name, one.colour)
        for depth, one in store.codebook.codebook().in_tree_order()
    ]


def test_a_code_moves_by_steps_and_to_a_place_and_back(desk) -> None:
    store, _, same, heard = desk
    flat = [(0, "Same worker", "Blue"), (0, "Being heard", "Umber")]
    assert _tree(store) == flat
    numbers = [store.code_changes.step("tom", heard, Step.UNDER)]
    assert _tree(store) == [(0, "Same worker", "Blue"), (1, "Being heard", "Blue")]
    numbers.append(store.code_changes.step("tom", heard, Step.OUT))
    assert _tree(store) == flat
    numbers.append(store.code_changes.place("tom", heard, same, Beside.BEFORE))
    assert [name for _, name, _ in _tree(store)] == ["Being heard", "Same worker"]
    numbers.append(store.code_changes.step("tom", heard, Step.DOWN))
    assert _tree(store) == flat
    with pytest.raises(CodingRefused, match="last one where it stands"):
        store.code_changes.step("tom", heard, Step.DOWN)
    assert "It was moved since." in _refusals(
        lambda: store.code_changes.undo("tom", numbers[0])
    )
    for number in reversed(numbers):
        store.code_changes.undo("tom", number)
    assert _tree(store) == flat


def test_every_way_of_changing_the_codebook_stands_in_its_history(desk) -> None:
    store, source, same, heard = desk
    before = _everything(store)
    start = store.code_changes.changes(reader_id="tom")[0].number
    known = store.codebook.codebook().by_id()
    store.codebook.change(
        "tom", replace(known[same], name="One worker"), reason="Plain"
    )
    store.codebook.retire("tom", heard, 1)
    store.codebook.bring_back("tom", heard, 2)
    store.codebook.recolour("tom", heard, 3, "Plum")
    store.code_changes.pick_example("tom", same, 2, "priya-same")
    making = an_operation("make_code", code_id="made-while-reading", code_name="New")
    store.coding.apply("priya", source, [making])
    entries = [
        one for one in store.code_changes.changes(reader_id="tom") if one.number > start
    ]
    assert [one.action.value for one in reversed(entries)] == [
        *("changed", "retired", "brought back", "changed", "changed", "added")
    ]
    assert entries[0].done_by == "Priya Wetherall"
    for one in entries:
        store.code_changes.undo("tom", one.number)
    assert _everything(store) == before


def test_an_example_leads_back_to_its_place_and_blind_work_is_not_picked(desk) -> None:
    store, source, same, _ = desk
    store.code_changes.pick_example("tom", same, 1, "priya-same")
    code = store.codebook.codebook().by_id()[same]
    assert code.examples == ("The same worker",)
    (place,) = code.example_places
    assert place.source_id == source
    text = store.sources.read(source).transcript.text
    assert text[place.start : place.end] == "The same worker"
    # Reworded by hand it is no longer that passage.
    changed = store.codebook.change("tom", replace(code, examples=("A worker",)))
    assert changed.example_places == ()
    _blind(store, source)
    assert (
        "being coded blind"
        in _refusals(
            lambda: store.code_changes.pick_example("lead", same, 3, "priya-same")
        )[0]
    )


def test_an_import_is_taken_back_with_the_headings_it_brought(desk) -> None:
    from data.importers.interviews.codebook_import import CodebookEntry

    store, _, _, _ = desk
    before = _everything(store)
    entries = [CodebookEntry("Same worker", parent="Themes"), CodebookEntry("Themes")]
    store.codebook.import_entries("tom", entries)
    store.code_changes.undo(
        "tom", store.code_changes.changes(reader_id="tom")[0].number
    )
    assert _everything(store) == before


def test_the_debrief_team_changes_nothing(desk) -> None:
    store, _, same, heard = desk
    for call in (
        lambda: store.code_changes.merge("di", same, heard),
        lambda: store.code_changes.step("di", heard, Step.UP),
        lambda: store.code_changes.undo("di", 1),
        lambda: store.codebook_versions.keep("di", "Now"),
        lambda: store.codebook_decisions.decide("di", "a", "b"),
        lambda: store.codebook_decisions.tell_apart("di", same, heard),
    ):
        with pytest.raises(DataRefused, match="cannot change the codebook"):
            call()


def test_two_thousand_passages_merge_and_come_back(desk) -> None:
    store, source, same, heard = desk
    words = "Mum: " + "yes " * 2000
    (long,) = store.sources.save("priya", [a_source("Long", words)])
    with store.database.writing("lead", Right.MANAGE_STUDY) as writing:
        writing.session.add_all(
            CodedSegmentRow(
                id=f"many-{at}",
                source_id=long,
                code_id=same,
                start=5 + 4 * at,
                end=8 + 4 * at,
                coder_id="tom",
            )
            for at in range(2000)
        )
        writing.record("passages added", "source", long)
    before = _everything(store)
    number = store.code_changes.merge("tom", same, heard)
    assert store.coding.uses(reader_id="tom")[heard].passages == 2002
    store.code_changes.undo("tom", number)
    assert _everything(store) == before
