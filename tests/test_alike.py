"""Draft codes from what is not coded: into the codebook, and onto no passage."""

from __future__ import annotations

import pytest
from interview_desk import PRIYA, TOM, a_source, with_people
from page_tests import everything_on, open_page
from test_more_like_this import BUSES, NIGHTS

from coding.codebook import Code
from coding.coded_segments import Segment
from coding.study import Person
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


def _everywhere(store: StudyStore, who: Person = TOM) -> set[str]:
    """The sources of every passage proposed to a person, whichever way they ask."""
    index = alike.index_of(store, without_vectors())
    [code] = store.codebook.codebook().codes or [
        store.codebook.add("priya", Code("", "Sleep", definition="Nights and buses."))
    ]
    source = store.sources.summaries()[0].id
    text = store.sources.read(source).transcript.text
    at = text.index(NIGHTS[0])
    passage = Segment(at, at + len(NIGHTS[0]))
    found = [
        *alike.like_code(store, who, index, code).found,
        *alike.like_passage(store, who, index, source, passage).found,
    ]
    assert found
    grouped = [
        passage
        for group in alike.groups_not_coded(store, who, index)
        for passage in group.passages
    ]
    return {one.source_id for one in (*(one.passage for one in found), *grouped)}


def _page(store: StudyStore, who: str, **address: str) -> str:
    file = store.database.file or ""
    app = open_page("suggestions_page", file, who, view="alike", **address)
    assert not app.exception
    return everything_on(app)


def test_nothing_is_proposed_in_what_its_reader_codes_blind(store) -> None:
    every = [one.id for one in store.sources.summaries()]
    assert _everywhere(store) == set(every)
    store.coders.give("lead", every[3:], "tom", blind=True)
    assert _everywhere(store) == set(every[:3])
    assert _everywhere(store, PRIYA) == set(every)
    said = alike.left_out(store, TOM).in_words
    assert said == "Left out: 3 transcripts that you code blind."
    [code] = store.codebook.codebook().codes
    shown = _page(store, "tom", code=code.id)
    assert said in shown
    assert NIGHTS[0] in shown
    assert not [one for one in NIGHTS[3:] + BUSES[3:] if one in shown]
    assert "Left out" not in _page(store, "priya", code=code.id)
    for one in every[3:]:
        store.coders.finish("tom", one)
    assert _everywhere(store) == set(every)


def test_nothing_is_proposed_in_what_was_drawn_to_be_coded_without(store) -> None:
    every = [one.id for one in store.sources.summaries()]
    draw = store.draws.draw("priya", every, seed=11)
    drawn = {one.source_id for one in draw.sources if one.with_suggestions}
    assert 0 < len(drawn) < len(every)
    for who in (TOM, PRIYA):
        assert _everywhere(store, who) == drawn
        assert "drawn to be coded without" in alike.left_out(store, who).in_words
    store.draws.end("priya", draw.id, "Everybody is through.")
    assert _everywhere(store) == set(every)
    assert alike.left_out(store, TOM).in_words == ""
