"""How progress is compared: settings with versions, and versions of the form."""

from __future__ import annotations

from dataclasses import replace

import pytest
from progress_desk import a_judged_pair

from data.case_progress import ComparisonSettings, ReadingAnswer
from data.problems import DataRefused
from matching.problems import MatchingRefused
from matching.progress.milestones import ProgressLimits
from matching.progress.reading_form import DEFAULT_FORM, ReadingForm, ReadingQuestion


@pytest.fixture
def pair(tmp_path):
    made = a_judged_pair(tmp_path, read_to="")
    yield made
    made.store.close()


def test_study_that_set_nothing_shows_the_era_and_takes_the_usual_limits(pair):
    settings = pair.store.comparison.settings()
    assert settings == ComparisonSettings(True, 1, "", ProgressLimits(20, 15, 45), 0)


def test_settings_are_read_back_and_the_audit_line_says_what_changed(pair):
    wanted = ComparisonSettings(False, 7, "2025-06-30", ProgressLimits(10, 15, 35))
    pair.store.comparison.save_settings(pair.researcher.id, wanted)
    assert pair.store.comparison.settings() == replace(wanted, version=1)
    line = pair.store.audit.lines(limit=1)[0]
    assert line.action == "comparison settings changed"
    assert line.detail["was"] == {
        "is_era_shown": True,
        "seed": 1,
        "records_read_to": "",
        "early_help_limit": 20,
        "assessment_limit": 45,
    }
    assert line.detail["now"]["assessment_limit"] == 35


def test_settings_changed_by_two_people_at_once_are_refused_to_the_second(pair):
    first = ComparisonSettings(seed=2)
    pair.store.comparison.save_settings(pair.lead.id, first)
    pair.store.comparison.save_settings(pair.lead.id, replace(first, seed=3, version=1))
    with pytest.raises(DataRefused, match="Someone else changed this"):
        pair.store.comparison.save_settings(
            pair.researcher.id, replace(first, seed=4, version=1)
        )
    assert pair.store.comparison.settings().seed == 3


def test_practitioner_researchers_set_neither_settings_nor_form(pair):
    with pytest.raises(DataRefused, match="cannot change how progress is compared"):
        pair.store.comparison.save_settings(pair.second.id, ComparisonSettings())
    with pytest.raises(DataRefused, match="cannot change how progress is compared"):
        pair.store.comparison.save_form(pair.second.id, DEFAULT_FORM, was=0)


def test_day_that_is_none_is_refused():
    with pytest.raises(MatchingRefused, match="is no date"):
        ComparisonSettings(records_read_to="31 June")


SHORT = ReadingForm(
    (ReadingQuestion("seen", "Was the child seen?", "", ("Yes", "No")),)
)


def test_new_version_keeps_the_one_that_shipped(pair):
    saved = pair.store.comparison.save_form(pair.researcher.id, SHORT, was=0)
    assert (saved.number, saved.form, saved.saved_by) == (2, SHORT, "Dina")
    assert [one.number for one in pair.store.comparison.forms()] == [2, 1]
    assert pair.store.comparison.forms()[1].form == DEFAULT_FORM


def test_form_changed_meanwhile_or_not_at_all_is_refused(pair):
    with pytest.raises(DataRefused, match="Nothing in the form is different"):
        pair.store.comparison.save_form(pair.lead.id, DEFAULT_FORM, was=0)
    pair.store.comparison.save_form(pair.lead.id, SHORT, was=0)
    with pytest.raises(DataRefused, match="Someone else changed the form"):
        pair.store.comparison.save_form(pair.researcher.id, SHORT, was=0)


def answer(pair, person, *answers, case="contemporary_id"):
    pair.store.readings.save(person.id, *pair.ids, getattr(pair, case), answers)


def test_reading_keeps_the_form_it_was_begun_with(pair):
    answer(pair, pair.lead, ReadingAnswer("partners", "School and police."))
    pair.store.comparison.save_form(pair.researcher.id, SHORT, was=1)
    answer(pair, pair.lead, ReadingAnswer("allocation", "Duty team."))
    answer(pair, pair.lead, ReadingAnswer("seen", "Yes"), case="historic_id")
    first, second = pair.store.readings.readings(pair.lead.id, *pair.ids)
    assert (first.form.number, second.form.number) == (1, 2)
    assert first.answered == 2
    assert second.answers["seen"].answer == "Yes"


def test_answer_cites_notes_of_its_own_case_only(pair):
    notes = pair.store.readings.notes(pair.lead.id, *pair.ids)
    own = notes[pair.contemporary_id]
    other = notes[pair.historic_id]
    assert [note.text for note in own] == [
        "School is worried about mornings.",
        "Attendance is up to ninety-four.",
    ]
    answer(pair, pair.lead, ReadingAnswer("partners", "School.", (own[1].id,)))
    (read,) = pair.store.readings.readings(pair.lead.id, *pair.ids)
    assert read.answers["partners"].note_ids == (own[1].id,)
    with pytest.raises(DataRefused, match="not in this case's file"):
        answer(pair, pair.lead, ReadingAnswer("threshold", "None.", (other[0].id,)))


def test_answer_must_be_one_of_those_offered_to_a_question_that_is_asked(pair):
    with pytest.raises(DataRefused, match="none of those offered"):
        answer(pair, pair.lead, ReadingAnswer("child_seen", "Perhaps"))
    with pytest.raises(DataRefused, match="does not ask this"):
        answer(pair, pair.lead, ReadingAnswer("weather", "Wet"))
    assert pair.store.readings.readings(pair.lead.id, *pair.ids) == []


def test_anothers_reading_is_read_only_once_both_are_through(pair):
    answer(pair, pair.lead, ReadingAnswer("partners", "School."))
    answer(pair, pair.second, ReadingAnswer("partners", "Nobody."))
    pair.say(pair.lead, "CNHN?CN")
    for reader, words in ((pair.lead, "School."), (pair.second, "Nobody.")):
        (read,) = pair.store.readings.readings(reader.id, *pair.ids)
        assert read.answers["partners"].answer == words
    assert pair.store.readings.readings(pair.researcher.id, *pair.ids) == []
    pair.say(pair.second, "CNHN?CN")
    read = pair.store.readings.readings(pair.second.id, *pair.ids)
    assert [one.reader for one in read] == ["Ben", "Ama"]


def test_changed_answer_needs_the_version_that_was_seen(pair):
    answer(pair, pair.lead, ReadingAnswer("partners", "School."))
    answer(pair, pair.lead, ReadingAnswer("partners", "School, police.", version=1))
    with pytest.raises(DataRefused, match="Someone else changed this"):
        answer(pair, pair.lead, ReadingAnswer("partners", "Police.", version=1))
    (read,) = pair.store.readings.readings(pair.lead.id, *pair.ids)
    assert read.answers["partners"] == ReadingAnswer(
        "partners", "School, police.", (), 2
    )


def test_empty_answer_is_no_answer(pair):
    answer(pair, pair.lead, ReadingAnswer("partners", " "))
    (read,) = pair.store.readings.readings(pair.lead.id, *pair.ids)
    assert (read.answered, read.answers) == (0, {})
