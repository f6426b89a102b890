"""Making suggestions: for one source or all, stopped midway, never twice."""

from __future__ import annotations

import pytest
from interview_desk import DI, PRIYA, a_source, an_operation, with_people

from coding.codebook import Code
from data.problems import DataRefused
from data.storage import StudyStore
from data.storage.suggesting.settings_storage import SuggestionSettings
from workbench.actions.interviews import suggesting

pytestmark = pytest.mark.language_model

SECOND = (
    "Interviewer: Did you have the same worker?\n\n"
    "Carer: We had the same workers all the way through, which helped.\n"
)


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    with_people(empty_store)
    empty_store.sources.save(
        "priya", [a_source(), a_source("P08 wave 1", SECOND, mappings=())]
    )
    empty_store.codebook.add(
        "priya",
        Code(
            "",
            "Continuity of worker",
            definition="One worker stays with the family.",
            cues=("same worker",),
        ),
    )
    return empty_store


def test_all_sources_get_suggestions_where_people_answer(store: StudyStore) -> None:
    made = suggesting.make_suggestions(store, PRIYA)
    assert (made.waiting, made.sources) == (2, 2)
    for one in store.sources.summaries():
        (waiting,) = store.suggestions.open_of(one.id)
        assert waiting.suggestion.turn_number == 2
        assert "same worker" in waiting.suggestion.reason.sentence
    # Nothing is coded by itself.
    assert store.coding.segments() == []


def test_what_was_rejected_is_not_suggested_again(store: StudyStore) -> None:
    suggesting.make_suggestions(store, PRIYA)
    source = store.sources.summaries()[0].id
    (waiting,) = store.suggestions.open_of(source)
    reject = an_operation("reject", suggestion_id=waiting.id)
    store.coding.apply("priya", source, [reject])
    made = suggesting.make_suggestions(store, PRIYA, [source])
    assert (made.waiting, made.sources) == (0, 1)
    assert "No suggestions in 1 source" in suggesting.made_in_words(made)
    assert store.suggestions.waiting() == 1


class _StoppedError(Exception):
    pass


def test_a_run_that_is_stopped_changes_nothing(store: StudyStore) -> None:
    suggesting.make_suggestions(store, PRIYA)
    before = [store.suggestions.all_of(one.id) for one in store.sources.summaries()]
    heard: list[float] = []

    def stop_late(done: float, words: str) -> None:
        heard.append(done)
        if "source 2" in words:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        suggesting.make_suggestions(store, PRIYA, progress=stop_late)
    assert heard == sorted(heard)
    assert before == [
        store.suggestions.all_of(one.id) for one in store.sources.summaries()
    ]


def test_without_codes_it_says_what_is_missing(empty_store: StudyStore) -> None:
    with_people(empty_store).sources.save("priya", [a_source()])
    with pytest.raises(DataRefused, match="no codes to suggest"):
        suggesting.make_suggestions(empty_store, PRIYA)


def test_who_may_not_code_is_told_before_the_work_begins(store: StudyStore) -> None:
    heard: list[float] = []
    with pytest.raises(DataRefused, match="cannot code transcripts"):
        suggesting.make_suggestions(
            store, DI, progress=lambda done, words: heard.append(done)
        )
    assert heard == []


def test_interviewers_get_suggestions_where_the_study_asks_for_them(
    store: StudyStore,
) -> None:
    store.suggestion_settings.change(
        "priya", SuggestionSettings(include_interviewers=True)
    )
    suggesting.make_suggestions(store, PRIYA)
    second = next(s for s in store.sources.summaries() if s.name == "P08 wave 1")
    waiting = store.suggestions.open_of(second.id)
    assert [one.suggestion.turn_number for one in waiting] == [1, 2]
