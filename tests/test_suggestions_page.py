"""The page Suggestions: lists, rates, the order of work, likeness, draws, settings."""

from __future__ import annotations

import pytest
from interview_desk import WORDS, a_desk, a_source, a_suggestion, code_words
from page_tests import open_page, words_on

from data.storage import StudyStore


def _page(store: StudyStore, person_id: str = "priya", **address: str):
    app = open_page("suggestions_page", store.database.file, person_id, **address)
    assert not app.exception
    return app


@pytest.fixture
def store(empty_store: StudyStore) -> StudyStore:
    """Two interviews; on one of them three suggestions wait."""
    source, same, heard = a_desk(empty_store)
    more = a_source("P8", f"{WORDS} The bus was late again that week.", mappings=())
    empty_store.sources.save("priya", [more])
    empty_store.suggestions.replace_open(
        "priya",
        {
            source: [
                a_suggestion("same worker", same),
                a_suggestion("every week", same),
                a_suggestion("she asked", heard),
            ]
        },
        engine="rules",
    )
    return empty_store


def test_an_empty_study_says_what_will_be_here(empty_store) -> None:
    app = _page(empty_store, "lead")
    assert "how often the machine was right" in words_on(app)
    assert [one.label for one in app.button] == ["Add transcripts"]


def test_a_list_is_shown_in_context_and_only_what_was_seen_is_decided(store) -> None:
    app = _page(store)
    (same,) = [one for one in store.codebook.codebook().codes if "Same" in one.name]
    app.selectbox(key="review code").set_value(same.id).run()
    words = words_on(app)
    assert "<mark>same worker</mark><span> came every week, and she asked." in words
    assert "<mark>she asked</mark>" not in words
    app.button(key="reject seen").click().run()
    assert not app.exception
    assert "2 suggestions rejected." in words_on(app)
    (left,) = store.deciding.listed(waiting=True)
    assert left.code_name == "Being heard"
    app.button(key="take back list").click().run()
    assert "2 suggestions wait again." in words_on(app)
    assert store.suggestions.waiting() == 3


def test_accepting_a_list_makes_codings_of_ones_own(store) -> None:
    app = _page(store)
    app.button(key="accept seen").click().run()
    assert {one.coder_id for one in store.coding.segments()} == {"priya"}
    assert len(store.coding.segments()) == 3
    assert "No suggestions wait" in words_on(app)


def test_who_may_not_code_reads_the_list_and_decides_nothing(store) -> None:
    app = _page(store, "di")
    assert "same worker" in words_on(app)
    assert not [one for one in app.button if "seen" in str(one.key)]


def test_rates_are_told_with_what_they_rest_on(store) -> None:
    app = _page(store)
    app.button(key="accept seen").click().run()
    app = _page(store, view="right")
    assert "3 of 3 like this were accepted: too few to go by." in words_on(app)


def test_the_spread_sample_and_what_is_left_lead_into_the_transcripts(store) -> None:
    (same,) = [one for one in store.codebook.codebook().codes if "Same" in one.name]
    source = next(one for one in store.sources.summaries() if one.name == "P8")
    store.coding.apply("priya", source.id, [code_words("she asked", same.id)])
    app = _page(store, view="next")
    words = words_on(app)
    assert "2 turns from 2 transcripts, 1 of them with something coded." in words
    assert "P8" in words
    app.radio(key="next list").set_value("left").run()
    assert "Every turn has something coded." in words_on(app)


def test_passages_like_a_code_are_listed_and_never_those_coded_so(store) -> None:
    (same,) = [one for one in store.codebook.codebook().codes if "Same" in one.name]
    source = next(one for one in store.sources.summaries() if one.name == "P8")
    store.coding.apply("priya", source.id, [code_words("same worker", same.id)])
    app = _page(store, view="alike", code=same.id)
    words = words_on(app)
    assert "1 passage, nearest first" in words
    assert "bus" not in words


def test_a_passage_that_is_gone_is_told(store) -> None:
    app = _page(store, view="alike", source="gone", at="3", to="9")
    assert "The passage is no longer there." in words_on(app)


def test_a_draw_is_made_and_ended_on_the_page(store) -> None:
    app = _page(store, view="draw")
    assert "no transcripts were drawn by chance" in words_on(app)
    (draw,) = [one for one in app.button if one.label == "Draw"]
    draw.click().run()
    assert not app.exception
    (kept,) = store.draws.draws()
    assert len(kept.sources) == 2
    assert "1 with suggestions and 1 without" in words_on(app)
    assert "It takes 3 of each." in words_on(app)


def test_settings_are_kept_and_closed_to_who_may_not(store) -> None:
    app = _page(store, view="settings")
    app.checkbox(key="include interviewers").check()
    app.number_input(key="most per passage").set_value(1)
    (save,) = [one for one in app.button if one.label == "Save"]
    save.click().run()
    kept = store.suggestion_settings.read()
    assert (kept.include_interviewers, kept.most_per_passage) == (True, 1)
    app = _page(store, "di", view="settings")
    assert all(one.disabled for one in app.checkbox)
