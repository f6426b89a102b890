"""Judging: the form's gaps in words, the queue, opening both files."""

from __future__ import annotations

import pytest
from case_desk import a_study_with_matches, ids_of

from data.problems import DataRefused
from matching.judging.judgement import Suitability
from workbench.actions.cases.judging import (
    NO_SUITABLE_MATCH,
    judge,
    next_waiting,
    open_files,
    status_in_words,
    take_back,
)


@pytest.fixture
def study(tmp_path):
    store, person, pairing = a_study_with_matches(tmp_path)
    yield store, person, pairing, ids_of(store)
    store.close()


def decide(study, one="C1", other="H1", **changes):
    store, person, pairing, ids = study
    form = {
        "decision": ids.get(other, other),
        "suitability": "good_match",
        "rationale": "Same worries, same age.",
        **changes,
    }
    return judge(store, person, pairing.id, ids[one], **form)


def test_empty_form_is_told_everything_it_lacks_at_once(study):
    with pytest.raises(DataRefused) as refused:
        decide(study, other="", suitability="", rationale=" ")
    assert [p.where for p in refused.value.problems] == ["Your decision", "Why"]
    assert refused.value.problems[-1].do_next.endswith("Nothing was saved.")
    assert study[0].judgements.standing() == []


@pytest.mark.parametrize(
    "rationale",
    [
        "x",
        "…",
        "Same age",
        "None is comparable, because …",
        "none is  comparable,\nbecause too old.",
        "They share … but differ in …",
        "Closest in what matters here: … 7, 12, 3!",
        "They share … but differ in … Closest in what matters here: age",
    ],
)
def test_bare_beginning_is_no_reason(study, rationale):
    with pytest.raises(DataRefused) as refused:
        decide(study, rationale=rationale)
    (problem,) = refused.value.problems
    assert problem.where == "Why"
    assert "at least three words of your own" in problem.do_next
    assert problem.do_next.endswith("Nothing was saved.")
    assert study[0].judgements.standing() == []


@pytest.mark.parametrize(
    "rationale",
    [
        "They share neglect and age but differ in estate.",
        "None is comparable, because all are older.",
        "Même âge, même besoin.",
    ],
)
def test_finished_beginning_is_kept_as_written(study, rationale):
    assert decide(study, rationale=rationale).judgement.rationale == rationale


def test_chosen_partner_needs_a_word_on_how_well_it_suits(study):
    with pytest.raises(DataRefused) as refused:
        decide(study, suitability="")
    assert [p.where for p in refused.value.problems] == ["How well does it suit?"]


def test_no_suitable_match_needs_only_a_reason(study):
    saved = decide(study, other=NO_SUITABLE_MATCH, suitability="")
    assert saved.judgement.historic_id == ""
    assert saved.judgement.suitability == Suitability.NOT_COMPARABLE


def test_queue_leads_on_to_the_next_case_that_waits_and_comes_round(study):
    store, *_, ids = study
    queue = store.pairings.queue()
    assert next_waiting(queue) == ids["C1"]
    assert next_waiting(queue, ids["C1"]) == ids["C2"]
    # C3 has no candidate, so after C2 the queue begins again.
    assert next_waiting(queue, ids["C2"]) == ids["C1"]
    decide(study)
    assert next_waiting(store.pairings.queue(), ids["C2"]) == ids["C2"]


def test_status_of_a_case_is_said_in_words(study):
    store, person, _, ids = study
    assert [status_in_words(c) for c in store.pairings.queue()] == [
        "Waiting",
        "Waiting",
        "No candidate",
    ]
    saved = decide(study)
    assert status_in_words(store.pairings.queue()[0]) == "Pair"
    open_files(store, person, saved)
    assert status_in_words(store.pairings.queue()[0]) == "Pair, files opened"
    decide(study, one="C2", other=NO_SUITABLE_MATCH)
    assert status_in_words(store.pairings.queue()[1]) == "No suitable match"


def test_opened_files_are_the_two_of_the_pair(study):
    store, person, _, _ = study
    one, other = open_files(store, person, decide(study))
    assert (one.reference, other.reference) == ("C1", "H1")


def test_judgement_taken_back_puts_the_case_into_the_queue_again(study):
    store, person, _, ids = study
    take_back(store, person, decide(study), "Misread the date.")
    assert next_waiting(store.pairings.queue()) == ids["C1"]
