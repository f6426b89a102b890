"""The codebook as a file and as a list with what each code is used for."""

from __future__ import annotations

import pytest
from interview_desk import PRIYA, a_desk, code_words, with_people

from coding.codebook import Code
from data.storage import StudyStore
from workbench.actions.codebook import codebooks


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    return with_people(empty_store)


def test_a_codebook_given_back_reads_as_the_same_codebook(store: StudyStore) -> None:
    above = store.codebook.add("priya", Code("", "=Above", definition="Heading."))
    store.codebook.add(
        "priya",
        Code(
            "",
            "Being heard",
            definition='Someone listens, "really".',
            cues=("listened", "asked us"),
            examples=("They asked us.", "She wrote it down."),
            parent_id=above.id,
        ),
    )
    file = codebooks.codebook_as_csv(store)
    _, changes = codebooks.read_codebook_file(store, "codebook.csv", file)
    assert set(changes.same) == {"=Above", "Being heard"}
    assert changes.new == changes.changed == ()
    # A spreadsheet would otherwise work the name out as a formula.
    assert b"'=Above" in file


def test_the_shipped_codebook_begins_a_study_in_one_step(store: StudyStore) -> None:
    done = codebooks.import_codebook(store, PRIYA, codebooks.first_codebook())
    assert len(done.new) == len(store.codebook.codebook().codes) >= 12
    again = codebooks.import_codebook(store, PRIYA, codebooks.first_codebook())
    assert again.new == again.changed == ()


def test_codes_and_the_headings_they_stand_under_are_counted_apart(
    store: StudyStore,
) -> None:
    codebooks.import_codebook(store, PRIYA, codebooks.first_codebook())
    shipped = store.codebook.codebook()
    headings = {code.name for code in shipped.codes if code.id in shipped.heading_ids}
    assert headings == codebooks.headings_of(codebooks.first_codebook())
    counts = store.progress.counts()
    assert counts.headings == len(headings) > 0
    assert counts.codes == len(shipped.codes) - len(headings)
    # A heading without a code in use is a code like any other.
    alone = store.codebook.add("priya", Code("", "Alone"))
    under = store.codebook.add("priya", Code("", "Under", parent_id=alone.id))
    store.codebook.retire("priya", under.id, under.version)
    assert store.progress.counts().headings == len(headings)


def test_the_list_says_what_each_code_is_used_for(empty_store: StudyStore) -> None:
    source, same, heard = a_desk(empty_store)
    empty_store.coding.apply("priya", source, [code_words("same worker", same)])
    empty_store.codebook.add("priya", Code("", "Late notice", parent_id=heard))
    listed = {one.code.name: one for one in codebooks.listed_codes(empty_store)}
    assert listed["Same worker"].use_in_words == "1 coding, 1 transcript"
    assert listed["Being heard"].use_in_words == "1 code under it"
    assert listed["Late notice"].use_in_words == "not used yet"
    assert listed["Late notice"].depth == 1
    (passage,) = codebooks.passages_of(empty_store, same)
    assert passage.quotation == "same worker"


def test_a_retired_code_is_listed_last_and_said_to_be_so(
    empty_store: StudyStore,
) -> None:
    _, same, _ = a_desk(empty_store)
    empty_store.codebook.retire("priya", same, 1)
    listed = codebooks.listed_codes(empty_store)
    assert [(one.code.name, one.is_retired) for one in listed] == [
        ("Being heard", False),
        ("Same worker", True),
    ]
