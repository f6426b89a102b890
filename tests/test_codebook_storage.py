"""The codebook keeps names apart, colours in the family, and every version honest."""

from __future__ import annotations

from dataclasses import replace

import pytest
from interview_desk import a_desk, a_suggestion, code_words, with_people

from coding.codebook import Code
from data.importers.interviews.codebook_import import CodebookEntry
from data.problems import DataRefused
from data.storage import StudyStore


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    return with_people(empty_store)


def _refusal(call) -> list[str]:
    with pytest.raises(DataRefused) as refusal:
        call()
    return [problem.found for problem in refusal.value.problems]


def test_codes_come_back_with_all_they_mean(store: StudyStore) -> None:
    written = Code(
        "",
        " Late   notice ",
        definition="Told too late.",
        use_when="A meeting is heard of late.",
        do_not_use_when="Late trains.",
        cues=("last minute", "", "found out"),
        examples=("We heard the day before.",),
        near_miss="The bus was late.",
    )
    store.codebook.add("priya", written)
    (code,) = store.codebook.codebook().codes
    assert code.name == "Late notice"
    assert code.cues == ("last minute", "found out")
    assert code.examples == ("We heard the day before.",)
    assert (code.definition, code.near_miss) == ("Told too late.", "The bus was late.")
    assert code.colour == "Blue"
    assert code.version == 1


def test_children_keep_their_parents_colour_and_parents_get_their_own(
    store: StudyStore,
) -> None:
    first = store.codebook.add("priya", Code("", "Working with"))
    child = store.codebook.add("priya", Code("", "Same worker", parent_id=first.id))
    second = store.codebook.add("priya", Code("", "Power"))
    assert (first.colour, child.colour, second.colour) == ("Blue", "Blue", "Umber")
    moved = store.codebook.change("priya", replace(child, parent_id=second.id))
    assert moved.colour == "Umber"


def test_names_are_unique_letter_case_aside(store: StudyStore) -> None:
    store.codebook.add("priya", Code("", "Power"))
    found = _refusal(lambda: store.codebook.add("tom", Code("", " POWER ")))
    assert found == ["Another code is called 'Power'."]
    assert _refusal(lambda: store.codebook.add("tom", Code("", "  "))) == [
        "The code has no name."
    ]
    assert len(store.codebook.codebook().codes) == 1


def test_a_code_cannot_stand_under_its_own_child(store: StudyStore) -> None:
    above = store.codebook.add("priya", Code("", "Above"))
    below = store.codebook.add("priya", Code("", "Below", parent_id=above.id))
    (found,) = _refusal(
        lambda: store.codebook.change("priya", replace(above, parent_id=below.id))
    )
    assert "under itself" in found
    with pytest.raises(DataRefused, match="not in the codebook"):
        store.codebook.change("priya", replace(above, parent_id="nowhere"))


def test_the_later_of_two_changes_is_asked_to_look_again(store: StudyStore) -> None:
    seen = store.codebook.add("priya", Code("", "Power"))
    store.codebook.change("tom", replace(seen, definition="Who decides."))
    (found,) = _refusal(
        lambda: store.codebook.change("priya", replace(seen, definition="Mine."))
    )
    assert found.startswith("Someone else changed this")
    (kept,) = store.codebook.codebook().codes
    assert (kept.definition, kept.version) == ("Who decides.", 2)


def test_a_retired_code_keeps_its_passages_and_comes_back(
    empty_store: StudyStore,
) -> None:
    source, same, heard = a_desk(empty_store)
    empty_store.coding.apply("priya", source, [code_words("same worker", same)])
    proposed = a_suggestion("every week", same)
    empty_store.suggestions.replace_open("priya", {source: [proposed]}, engine="test")
    empty_store.codebook.retire("priya", same, 1)
    assert [c.id for c in empty_store.codebook.codebook().codes] == [heard]
    assert [c.id for c in empty_store.codebook.retired().codes] == [same]
    assert len(empty_store.coding.segments(source)) == 1
    assert empty_store.suggestions.all_of(source) == []
    empty_store.codebook.bring_back("priya", same, 2)
    assert len(empty_store.codebook.codebook().codes) == 2


def test_a_heading_is_retired_after_its_codes_and_returns_with_them(
    store: StudyStore,
) -> None:
    above = store.codebook.add("priya", Code("", "Above"))
    below = store.codebook.add("priya", Code("", "Below", parent_id=above.id))
    (found,) = _refusal(lambda: store.codebook.retire("priya", above.id, 1))
    assert found == "1 codes in use stand under this one."
    store.codebook.retire("priya", below.id, 1)
    store.codebook.retire("priya", above.id, 1)
    store.codebook.bring_back("priya", below.id, 2)
    assert {c.name for c in store.codebook.codebook().codes} == {"Above", "Below"}


def test_the_debrief_team_reads_the_codebook_and_changes_nothing(
    store: StudyStore,
) -> None:
    with pytest.raises(DataRefused, match="cannot change the codebook"):
        store.codebook.add("di", Code("", "Power"))


# Files


def test_a_file_brings_new_codes_in_its_order_parents_first(store: StudyStore) -> None:
    done = store.codebook.import_entries(
        "priya",
        [
            CodebookEntry("Same worker", parent="Working with", definition="One."),
            CodebookEntry("Working with", definition="Together."),
            CodebookEntry("Power", definition="Who decides."),
        ],
    )
    assert set(done.new) == {"Same worker", "Working with", "Power"}
    tree = [(depth, c.name) for depth, c in store.codebook.codebook().in_tree_order()]
    assert tree == [(0, "Working with"), (1, "Same worker"), (0, "Power")]


def test_a_file_updates_by_name_and_an_empty_cell_takes_nothing(
    store: StudyStore,
) -> None:
    store.codebook.add(
        "priya", Code("", "Power", definition="Old.", use_when="Kept.", cues=("a",))
    )
    entries = [
        CodebookEntry("POWER", definition="New."),
        CodebookEntry("Voice", definition="Heard."),
    ]
    foreseen = store.codebook.changes_of(entries)
    assert (foreseen.new, foreseen.changed, foreseen.same) == (
        ("Voice",),
        ("Power",),
        (),
    )
    assert store.codebook.import_entries("priya", entries) == foreseen
    power = store.codebook.codebook().named("power")
    assert power is not None
    assert (power.name, power.definition, power.use_when) == ("Power", "New.", "Kept.")
    assert power.cues == ("a",)
    again = store.codebook.import_entries("priya", entries)
    assert (again.new, again.changed) == ((), ())


def test_a_code_there_is_moves_under_a_heading_that_the_file_brings(
    store: StudyStore,
) -> None:
    store.codebook.add("priya", Code("", "Power"))
    store.codebook.add("priya", Code("", "Voice"))
    store.codebook.import_entries(
        "priya", [CodebookEntry("Voice", parent="Themes"), CodebookEntry("Themes")]
    )
    tree = [
        (depth, c.name, c.colour)
        for depth, c in store.codebook.codebook().in_tree_order()
    ]
    # Themes takes the third colour, and Voice with it.
    assert tree == [(0, "Power", "Blue"), (0, "Themes", "Green"), (1, "Voice", "Green")]


def test_a_parent_that_is_nowhere_keeps_the_whole_file_out(store: StudyStore) -> None:
    entries = [
        CodebookEntry("Fine"),
        CodebookEntry("Lost", parent="Nowhere"),
        CodebookEntry("A", parent="B"),
        CodebookEntry("B", parent="A"),
    ]
    found = _refusal(lambda: store.codebook.import_entries("priya", entries))
    assert len(found) == 3
    assert "'Nowhere'" in found[0]
    assert store.codebook.codebook().codes == ()


def test_a_file_cannot_turn_the_tree_upside_down(store: StudyStore) -> None:
    above = store.codebook.add("priya", Code("", "Above"))
    store.codebook.add("priya", Code("", "Below", parent_id=above.id))
    entry = CodebookEntry("Above", parent="Below")
    assert _refusal(lambda: store.codebook.import_entries("priya", [entry])) == [
        "It stands under one of its own codes."
    ]
