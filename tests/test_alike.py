"""Draft codes from what is not coded: into the codebook, and onto no passage."""

from __future__ import annotations

import pytest
from interview_desk import PRIYA, a_source, with_people
from test_more_like_this import BUSES, NIGHTS

from coding.codebook import Code
from coding.suggestions.vectors import without_vectors
from data.storage import StudyStore
from workbench.actions.suggesting import alike


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    """Six interviews, each with a turn on buses and one on nights."""
    with_people(empty_store)
    pairs = enumerate(zip(BUSES, NIGHTS, strict=True))
    empty_store.sources.save(
        "priya",
        [
            a_source(
                f"P{number}",
                f"Interviewer: Tell me about the bus and the nights, P{number}.\n"
                f"Mum: {bus}\nMum: {night}",
                mappings=(),
            )
            for number, (bus, night) in pairs
        ],
    )
    return empty_store


def test_a_group_becomes_a_draft_code_and_codes_nothing(store) -> None:
    index = alike.index_of(store, without_vectors())
    groups = alike.groups_not_coded(store, PRIYA, index)
    assert groups
    code = alike.make_draft_code(store, PRIYA, groups[0])
    kept = store.codebook.codebook().named(code.name)
    assert kept is not None
    assert (kept.name, kept.definition) == (f"Draft: {groups[0].name}", "")
    assert kept.cues == groups[0].words
    assert store.coding.segments() == []
    assert store.suggestions.waiting() == 0


def test_interviewers_words_are_like_nothing(store) -> None:
    index = alike.index_of(store, without_vectors())
    assert all("Tell me" not in one.words for one in index.passages)


def test_an_unused_code_is_looked_for_by_what_it_means(store) -> None:
    code = store.codebook.add(
        "priya", Code("", "Sleep", definition="Nights without sleep.")
    )
    found = alike.like_code(
        store, PRIYA, alike.index_of(store, without_vectors()), code
    ).found
    assert found
    assert {one.passage.words for one in found[:3]} <= set(NIGHTS)
