"""Suggestions tried on the study's own codes: kept with its day, never with words."""

from __future__ import annotations

import json

import pytest
from interview_desk import PRIYA, a_desk
from page_tests import open_page, words_on
from test_learning import taught
from two_coders import as_coded_blind

from data.problems import DataRefused
from data.storage import StudyStore
from workbench.actions.interviews import suggesting
from workbench.actions.suggesting import learning, precision, trust

__all__ = ["taught"]

pytestmark = pytest.mark.language_model


def test_a_trial_tells_each_code_its_errors_and_a_curve(taught) -> None:
    store, codes, _ = taught
    heard: list[float] = []
    kept = trust.try_on_own_codes(
        store, PRIYA, progress=lambda done, _words: heard.append(done)
    )
    assert heard == sorted(heard)
    assert (heard[0] < 0.5, heard[-1]) == (True, 1.0)
    assert kept == store.trust.newest()
    by_name = {row[0]: row for row in trust.code_table(kept).rows}
    assert set(by_name) == set(codes)
    assert all(row[1] == "10" for row in by_name.values())
    assert "suggestions were right" in trust.overall_in_words(kept)
    assert [int(row[0]) for row in trust.curve_table(kept).rows] == [0, 1, 2]
    assert "in 10" in trust.curve_in_words(kept)
    # Numbers, ids and places alone are kept.
    said = json.dumps(kept.result)
    assert "bus" not in said.replace("busy", "")
    assert not trust.is_out_of_date(store, kept)


def test_errors_are_read_anew_and_hidden_where_a_source_is_coded_blind(taught) -> None:
    store, codes, _ = taught
    kept = trust.try_on_own_codes(store, PRIYA)
    wrong = {code: trust.errors(store, PRIYA, kept, code) for code in codes.values()}
    places = [one for listed in wrong.values() for one in listed]
    if not places:
        # A trial without errors: put one in, as it would be kept.
        source = store.sources.summaries()[0].id
        kept.result["codes"][0]["missed"] = [
            {"source_id": source, "turn_number": 1, "chance": 0.1}
        ]
        code = kept.result["codes"][0]["code_id"]
        places = trust.errors(store, PRIYA, kept, code)
    else:
        code = next(one for one, listed in wrong.items() if listed)
    assert places
    for one in places:
        text = store.sources.read(one.source_id).transcript.text
        assert text[one.start :].startswith(one.words)
    for source in store.sources.summaries():
        as_coded_blind(store, source.id)
    assert trust.errors(store, PRIYA, kept, code) == []


def test_too_little_to_try_is_told(empty_store: StudyStore) -> None:
    a_desk(empty_store)
    with pytest.raises(DataRefused, match="Too little is decided"):
        trust.try_on_own_codes(empty_store, PRIYA)
    assert empty_store.trust.newest() is None


class _StoppedError(Exception):
    pass


def test_a_trial_that_is_stopped_keeps_nothing(taught) -> None:
    store, *_ = taught

    def stop(done: float, _words: str) -> None:
        if done > 0.5:
            raise _StoppedError

    with pytest.raises(_StoppedError):
        trust.try_on_own_codes(store, PRIYA, progress=stop)
    assert store.trust.newest() is None


def test_the_page_shows_the_report_and_says_when_it_is_old(taught) -> None:
    store, *_ = taught
    app = open_page("trust_page", store.database.file, "priya")
    assert "Nothing has been tried yet" in words_on(app)
    trust.try_on_own_codes(store, PRIYA)
    app = open_page("trust_page", store.database.file, "priya")
    assert not app.exception
    words = words_on(app)
    assert "Tried on" in words
    assert "has changed since" not in words
    assert "What more coded transcripts bring" in words
    source = store.sources.summaries()[0].id
    store.suggestion_settings.mark_read_through("priya", source, is_read=False)
    app = open_page("trust_page", store.database.file, "priya")
    assert "What people decided has changed since." in words_on(app)


def test_each_choice_of_precision_says_how_many_suggestions_it_brings(taught) -> None:
    store, codes, left = taught
    settings = store.suggestion_settings.read()
    assert precision.what_each_brings(store, settings) is None
    suggesting.make_suggestions(store, PRIYA, [left])
    brings = precision.what_each_brings(store, settings)
    assert brings is not None
    counts = list(brings.by_choice.values())
    assert counts[0] > 0
    assert counts == sorted(counts, reverse=True)
    assert set(brings.by_code) == set(codes.values())
    app = open_page("suggestions_page", store.database.file, "priya", view="settings")
    assert not app.exception
    assert "What each choice brings over all 54 turns" in words_on(app)


def test_learning_is_due_after_a_batch_of_decisions(taught) -> None:
    store, codes, left = taught
    # Nobody has asked for suggestions yet, so nothing begins by itself.
    assert not suggesting.learning_is_due(store)
    suggesting.make_suggestions(store, PRIYA, [left])
    assert not suggesting.learning_is_due(store)
    last = store.lessons.last()
    assert last is not None
    assert store.lessons.decided_since(None) == suggesting.A_BATCH
    assert learning.learned_before(store) is not None
