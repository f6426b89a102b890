"""Survey toplines in the store: a wave at a time, right checked, line left."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError
from survey_figures import FAMILIES, FIRST_WAVE, SECOND_WAVE, STAFF, a_topline

from coding.study import Person, Role
from data.problems import DataRefused
from data.storage import StudyStore


def test_toplines_read_back_as_they_were_saved(empty_store: StudyStore) -> None:
    odd = a_topline("Maybe", None, statement="I laugh 🌟", note="Printed so.")
    assert empty_store.toplines.toplines() == []
    assert empty_store.toplines.save("lead", [*STAFF, *FAMILIES, odd]) == 11
    assert empty_store.toplines.toplines() == [*STAFF, *FAMILIES, odd]


def test_the_same_wave_again_goes_in_place_of_the_whole_earlier_one(
    empty_store: StudyStore,
) -> None:
    empty_store.toplines.save("lead", [*STAFF, *FAMILIES])
    corrected = replace(SECOND_WAVE[0], count=41)
    empty_store.toplines.save("lead", [corrected])
    assert empty_store.toplines.toplines() == [*FIRST_WAVE, *FAMILIES, corrected]


def test_the_line_left_counts_and_quotes_nothing(empty_store: StudyStore) -> None:
    empty_store.toplines.save("lead", STAFF)
    empty_store.toplines.save("lead", SECOND_WAVE)
    newest, before = empty_store.audit.lines(limit=2)
    assert before.detail == {"count": 6, "waves": 2, "replaced": 0}
    assert newest.detail == {"count": 4, "waves": 1, "replaced": 4}
    assert (newest.person, newest.action, newest.about_kind) == (
        "Robin Field",
        "survey results imported",
        "survey",
    )
    assert "listened" not in str(newest)


def test_who_reads_pairs_cannot_add_survey_results(empty_store: StudyStore) -> None:
    pat = empty_store.study.add_person(
        "lead", Person("", "Pat", Role.PRACTITIONER_RESEARCHER)
    )
    with pytest.raises(DataRefused, match="cannot add survey results"):
        empty_store.toplines.save(pat.id, STAFF)
    assert empty_store.toplines.toplines() == []


@pytest.mark.parametrize("role", [Role.EMBEDDED_RESEARCHER, Role.DEBRIEF_TEAM])
def test_who_may_add_indicators_may_add_survey_results(
    empty_store: StudyStore, role: Role
) -> None:
    person = empty_store.study.add_person("lead", Person("", "Kim", role))
    assert empty_store.toplines.save(person.id, FIRST_WAVE) == 2


def test_a_file_that_cannot_be_saved_whole_leaves_the_earlier_one(
    empty_store: StudyStore,
) -> None:
    empty_store.toplines.save("lead", FIRST_WAVE)
    twice = [replace(FIRST_WAVE[0], count=1), FIRST_WAVE[1], FIRST_WAVE[1]]
    with pytest.raises(IntegrityError):
        empty_store.toplines.save("lead", twice)
    assert empty_store.toplines.toplines() == list(FIRST_WAVE)
