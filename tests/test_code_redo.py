"""Changes of the codebook done again: exactly, or refused in words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from interview_desk import a_desk, a_suggestion, an_operation, code_words
from sqlmodel import select

from coding.codebook import Code
from coding.codebook_changes.moving import Beside, Step
from data.codebook_records import CodeAction, SplitPart
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.memos.memo_records import NewMemo, Thing
from data.tables import CodedSegmentRow, CodeRow, MemoRow, SuggestionRow


@pytest.fixture
def desk(empty_store: StudyStore) -> tuple[StudyStore, str, str, str]:
    """Priya has the same words under both codes, once from a suggestion and with a
    memo; Tom has others, and a suggestion waits. Ids of source and codes."""
    source, same, heard = a_desk(empty_store)
    proposed = [
        a_suggestion("The same worker", same),
        a_suggestion("every week", same, rank=2),
    ]
    empty_store.suggestions.replace_open("priya", {source: proposed}, engine="test")
    first = min(
        empty_store.suggestions.open_of(source, reader_id="priya"),
        key=lambda one: one.suggestion.segment.start,
    )
    accept = an_operation(
        "accept", suggestion_id=first.id, segment_id="priya-same", code_id=same
    )
    empty_store.coding.apply(
        "priya", source, [accept, code_words("The same worker", heard)]
    )
    empty_store.coding.apply("tom", source, [code_words("she asked", same)])
    empty_store.memos.add(
        "priya", Thing("coded segment", "priya-same"), NewMemo("Why this?")
    )
    return empty_store, source, same, heard


def _everything(store: StudyStore) -> dict[str, list[dict]]:
    found = {}
    with store.database.reading() as session:
        for table in (CodeRow, CodedSegmentRow, SuggestionRow, MemoRow):
            rows = session.exec(select(table).order_by(table.id)).all()
            found[table.__name__] = [
                row.model_dump(exclude={"version"}) for row in rows
            ]
    return found


def _number(store: StudyStore) -> int:
    return store.code_changes.changes(most=1)[0].number


def _refusals(call) -> list[str]:
    with pytest.raises(DataRefused) as refusal:
        call()
    assert all("Nothing was done" in one.do_next for one in refusal.value.problems)
    return [one.found for one in refusal.value.problems]


def _merge(store, same, heard):
    store.code_changes.merge("priya", same, heard)


def _split(store, same, heard):
    part = SplitPart("New", "Its own.", ("priya-same",))
    store.code_changes.split("priya", same, [part])


def _retire(store, same, heard):
    version = store.codebook.codebook().by_id()[same].version
    store.codebook.retire("priya", same, version)


def _rename(store, same, heard):
    code = store.codebook.codebook().by_id()[same]
    store.codebook.change("priya", replace(code, name="One worker", cues=("one",)))


def _move(store, same, heard):
    store.code_changes.place("priya", heard, same, Beside.BEFORE)


@pytest.mark.parametrize("change", [_merge, _split, _retire, _rename, _move])
def test_a_change_is_done_again_to_the_last_row_and_taken_back_again(desk, change):
    store, _, same, heard = desk
    before = _everything(store)
    change(store, same, heard)
    number, after = _number(store), _everything(store)
    assert after != before
    store.code_changes.undo("tom", number)
    assert _everything(store) == before
    again = StudyStore(store.database.file)
    redone = again.code_changes.redo("tom", number, reason="After all.")
    assert _everything(again) == after
    newest = again.code_changes.changes(most=1)[0]
    assert (newest.number, newest.redoes, newest.reason) == (
        redone,
        number,
        "After all.",
    )
    assert newest.action is not CodeAction.UNDONE
    assert newest.touch == next(
        one.touch for one in again.code_changes.changes() if one.number == number
    )
    again.code_changes.undo("priya", redone)
    assert _everything(again) == before
    again.code_changes.redo("priya", redone)
    assert _everything(again) == after
    assert (
        "done again already"
        in _refusals(lambda: again.code_changes.redo("tom", number))[0]
    )
    again.close()


def test_a_file_of_codes_under_each_other_comes_again_under_the_same_ids(desk) -> None:
    store, *_ = desk
    above = store.codebook.add("priya", Code("", "Above"))
    under = store.codebook.add("priya", Code("", "Under", parent_id=above.id))
    after = _everything(store)
    numbers = [one.number for one in store.code_changes.changes(most=2)]
    for number in numbers:
        store.code_changes.undo("tom", number)
    # Its heading is not there yet.
    assert _refusals(lambda: store.code_changes.redo("tom", numbers[0])) == [
        "The code it stood under is no longer in the codebook."
    ]
    for number in reversed(numbers):
        store.code_changes.redo("tom", number)
    assert _everything(store) == after
    assert store.codebook.codebook().by_id()[under.id].parent_id == above.id


def _code_more(store, source, same, heard):
    store.coding.apply("tom", source, [code_words("every week", same)])


def _code_the_same(store, source, same, heard):
    store.coding.apply("tom", source, [code_words("she asked", heard)])


def _uncode(store, source, same, heard):
    uncode = an_operation("uncode", segment_id="priya-same")
    store.coding.apply("priya", source, [uncode])


def _write(store, source, same, heard):
    store.memos.add("priya", Thing("coded segment", "priya-same"), NewMemo("More."))


def _suggest(store, source, same, heard):
    # Other words than before: proposed again on the same it would be the same one.
    proposed = [a_suggestion("she asked", same)]
    store.suggestions.replace_open("priya", {source: proposed}, engine="other")


def _retire_other(store, source, same, heard):
    _retire(store, heard, same)


def _put_under(store, source, same, heard):
    store.codebook.add("priya", Code("", "Below", parent_id=same))


@pytest.mark.parametrize(
    "since",
    [
        _code_more,
        _code_the_same,
        _uncode,
        _write,
        _suggest,
        _retire_other,
        _put_under,
    ],
)
def test_a_merge_is_not_done_again_where_something_came_since(desk, since) -> None:
    store, source, same, heard = desk
    number = store.code_changes.merge("priya", same, heard)
    store.code_changes.undo("priya", number)
    since(store, source, same, heard)
    before = _everything(store)
    assert _refusals(lambda: store.code_changes.redo("tom", number))
    assert _everything(store) == before


def test_a_retired_code_is_not_retired_again_over_what_came_since(desk) -> None:
    store, _, same, heard = desk
    _retire(store, heard, same)
    number = _number(store)
    store.code_changes.undo("priya", number)
    _put_under(store, "", heard, same)
    assert _refusals(lambda: store.code_changes.redo("priya", number)) == [
        "Codes were put under it since."
    ]


def test_taking_a_move_back_never_makes_a_ring_or_leaves_a_code_under_nothing(desk):
    store, _, same, heard = desk
    first = store.code_changes.step("tom", heard, Step.UNDER)
    out = store.code_changes.step("tom", heard, Step.OUT)
    store.code_changes.place("tom", same, heard, Beside.INSIDE)
    assert _refusals_of_undo(store, out)
    depths = [depth for depth, _ in store.codebook.codebook().in_tree_order()]
    assert depths == [0, 1]
    above = store.codebook.add("tom", Code("", "Above"))
    added = _number(store)
    code = store.codebook.codebook().by_id()[same]
    store.codebook.change("tom", replace(code, parent_id=above.id))
    code = store.codebook.codebook().by_id()[same]
    store.codebook.change("tom", replace(code, parent_id=heard))
    moved_out = _number(store)
    store.code_changes.undo("tom", added)
    assert "no longer in the codebook" in " ".join(_refusals_of_undo(store, moved_out))
    assert first < out


def test_passages_never_go_back_to_a_code_that_is_gone(desk) -> None:
    store, source, *_ = desk
    code = store.codebook.add("priya", Code("", "Late notice"))
    added = _number(store)
    store.coding.apply("tom", source, [code_words("every week", code.id)])
    (passage,) = store.coding.passages(code_ids=[code.id], reader_id="tom")
    part = SplitPart("New", "", (passage.coded.id,))
    split = store.code_changes.split("tom", code.id, [part])
    store.code_changes.undo("priya", added)
    assert _refusals_of_undo(store, split) == [
        "The code they would go to is no longer in the codebook, or out of use."
    ]


def _refusals_of_undo(store: StudyStore, number: int) -> list[str]:
    with pytest.raises(DataRefused) as refusal:
        store.code_changes.undo("tom", number)
    return [one.found for one in refusal.value.problems]


# What is offered


def test_an_added_code_that_is_in_use_is_not_offered_and_why_is_said(desk) -> None:
    store, source, *_ = desk
    code = store.codebook.add("priya", Code("", "Late notice"))
    assert store.code_changes.last_to_undo("priya").hindrances == ()
    store.coding.apply("tom", source, [code_words("every week", code.id)])
    offer = store.code_changes.last_to_undo("priya")
    assert offer.change.number == _number(store)
    (hindrance,) = offer.hindrances
    assert (hindrance.where, hindrance.do_next) == (
        "Late notice",
        "Retire it instead, or merge it into another.",
    )
    assert store.code_changes.offers([offer.change])[_number(store)] == offer


def test_what_is_offered_follows_one_persons_own_steps(desk) -> None:
    store, _, same, heard = desk

    def offered() -> tuple[int | None, int | None]:
        undo = store.code_changes.last_to_undo("priya")
        redo = store.code_changes.last_to_redo("priya")
        return undo and undo.change.number, redo and redo.change.number

    first = store.code_changes.step("priya", heard, Step.UNDER)
    second = store.code_changes.step("priya", heard, Step.OUT)
    assert offered() == (second, None)
    store.code_changes.undo("priya", second)
    store.code_changes.undo("priya", first)
    assert offered()[1] == first
    store.codebook.add("tom", Code("", "Of another"))
    again = store.code_changes.redo("priya", first)
    assert offered() == (again, second)
    third = store.code_changes.redo("priya", second)
    assert offered() == (third, None)
    store.code_changes.undo("priya", third)
    assert offered() == (again, third)
    store.codebook.add("priya", Code("", "Late notice"))
    assert offered() == (_number(store), None)


def test_a_merge_done_again_counts_as_one(desk) -> None:
    store, _, same, heard = desk
    number = store.code_changes.merge("priya", same, heard)
    store.code_changes.undo("priya", number)
    assert store.codebook_versions.merged_since() == {}
    store.code_changes.redo("priya", number)
    assert store.codebook_versions.merged_since() == {same: heard}
