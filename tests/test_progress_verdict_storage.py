"""Verdicts on progress: two people apart, nothing read too early, nothing lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from progress_desk import a_judged_pair, said
from sqlmodel import select

from data.problems import DataRefused
from data.tables import EarlierWordsRow, ProgressVerdictRow
from matching.progress.verdicts import ProgressArea, ProgressVerdict

ALL = "CNHN?CNH"


@pytest.fixture
def pair(tmp_path):
    made = a_judged_pair(tmp_path)
    yield made
    made.store.close()


def letters_of(place):
    words = {"contemporary": "C", "no_difference": "N", "historic": "H"}
    return "".join(
        words.get(place.verdicts[area].said.verdict, "?")
        for area in ProgressArea
        if area in place.verdicts
    )


def test_pair_nobody_began_has_two_free_places(pair):
    found = pair.store.verdicts.pair(pair.lead.id, *pair.ids)
    assert found.places == ()
    assert found.has_free_place
    assert not found.are_both_through


def test_pair_whose_files_were_not_opened_cannot_be_compared(tmp_path):
    shut = a_judged_pair(tmp_path, opened=False)
    with pytest.raises(DataRefused, match="is not open for these two cases"):
        shut.say(shut.lead, ALL)
    with pytest.raises(DataRefused, match="is not open for these two cases"):
        shut.store.readings.notes(shut.lead.id, *shut.ids)
    assert shut.store.verdicts.pairs(shut.lead.id) == []


def test_two_cases_that_are_no_pair_cannot_be_compared(pair):
    wrong = (pair.historic_id, pair.contemporary_id)
    with pytest.raises(DataRefused, match="is not open for these two cases"):
        pair.store.verdicts.save(pair.lead.id, *wrong, said("C"), seen={})


def test_own_verdicts_are_read_back_and_others_are_not_until_both_are_through(pair):
    pair.say(pair.lead, ALL)
    pair.say(pair.second, "HH", finish=False)
    for reader, own in ((pair.lead, ALL), (pair.second, "HH")):
        found = pair.store.verdicts.pair(reader.id, *pair.ids)
        mine = found.place_of(reader.id)
        (other,) = [p for p in found.places if p.judge_id != reader.id]
        assert letters_of(mine) == own
        assert other.verdicts is None
    for reader_id in (pair.third.id, pair.researcher.id, ""):
        (found,) = pair.store.verdicts.pairs(reader_id)
        assert [place.verdicts for place in found.places] == [None, None]


def test_once_both_are_through_everybody_reads_both(pair):
    pair.say(pair.lead, ALL)
    pair.say(pair.second, "CCCCCCCC")
    (found,) = pair.store.verdicts.pairs(pair.researcher.id)
    assert [letters_of(place) for place in found.places] == [ALL, "CCCCCCCC"]
    assert [place.judge for place in found.places] == ["Ama", "Ben"]


def test_reports_and_audit_say_nothing_of_a_pair_one_person_has_still_to_judge(pair):
    pair.say(pair.lead, ALL)
    pair.say(pair.second, "CCCCCCC", finish=False)
    assert pair.store.verdicts.results() == []
    lines = [
        line for line in pair.store.audit.lines() if line.about_kind == "compared_pair"
    ]
    assert [dict(line.detail) for line in lines] == [{"changed": 7}, {"changed": 8}]
    told = repr([(line.action, line.about_id, line.detail) for line in lines])
    assert not [v for v in ProgressVerdict if v.value in told]
    pair.say(pair.second, "CCCCCCCC")
    (result,) = pair.store.verdicts.results()
    assert (result.contemporary, result.historic) == ("C1", "H1")
    assert len(result.verdicts.first) == len(result.verdicts.second) == 8


def test_third_person_finds_no_place(pair):
    pair.say(pair.lead, "C", finish=False)
    pair.say(pair.second, "C", finish=False)
    with pytest.raises(DataRefused, match="Two people judge the progress"):
        pair.say(pair.third, "C", finish=False)


def test_one_person_never_has_both_places(pair):
    pair.say(pair.lead, ALL)
    with pytest.raises(DataRefused, match="You are through with this pair"):
        pair.say(pair.lead, "NNNNNNNN")
    found = pair.store.verdicts.pair(pair.lead.id, *pair.ids)
    assert len(found.places) == 1
    assert not found.are_both_through


def test_finishing_asks_for_every_area_and_names_those_left(pair):
    with pytest.raises(DataRefused) as refusal:
        pair.say(pair.lead, "CNHN?C")
    (problem,) = refusal.value.problems
    assert problem.found == (
        "2 of 8 areas are not judged: Situation at 6 months, Situation at 12 months."
    )
    assert pair.store.verdicts.pairs(pair.lead.id) == []


def test_changed_verdict_keeps_what_it_said_before(pair):
    pair.say(pair.lead, "CN", finish=False)
    pair.say(pair.lead, "HN", finish=False)
    own = pair.store.verdicts.pair(pair.lead.id, *pair.ids).places[0]
    assert letters_of(own) == "HN"
    assert [own.verdicts[area].version for area in list(ProgressArea)[:2]] == [2, 1]
    with pair.store.database.reading() as session:
        (kept,) = session.exec(select(EarlierWordsRow))
        assert kept.content == {
            "verdict": "contemporary",
            "reason": "Seen in the notes: C.",
        }
        assert kept.version == 1


def test_second_window_of_one_person_overwrites_nothing(pair):
    pair.say(pair.lead, "C", finish=False)
    pair.say(pair.lead, "H", finish=False)
    with pytest.raises(DataRefused, match="Someone else changed this"):
        pair.store.verdicts.save(
            pair.lead.id, *pair.ids, said("N"), seen={ProgressArea.FRONT_DOOR: 1}
        )
    own = pair.store.verdicts.pair(pair.lead.id, *pair.ids).places[0]
    assert letters_of(own) == "H"


def test_those_who_do_not_judge_pairs_cannot_judge_progress(pair):
    with pytest.raises(DataRefused, match="cannot judge pairs"):
        pair.say(pair.researcher, ALL)


def settle(pair, person, letters, seen=None):
    pair.store.verdicts.settle(person.id, *pair.ids, said(letters), seen=seen or {})


def test_difference_is_settled_in_a_third_row_and_both_stay_as_they_were(pair):
    pair.say(pair.lead, ALL)
    pair.say(pair.second, "HNHN?CNH")
    settle(pair, pair.second, "N")
    settle(pair, pair.lead, "?", {ProgressArea.FRONT_DOOR: 1})
    (result,) = pair.store.verdicts.results()
    together = result.pair.together
    assert letters_of(together) == "?"
    assert together.verdicts[ProgressArea.FRONT_DOOR].saved_by == "Ama"
    assert [letters_of(place) for place in result.pair.places] == [ALL, "HNHN?CNH"]
    assert result.verdicts.reconciled == {
        ProgressArea.FRONT_DOOR: ProgressVerdict.CANNOT_TELL
    }


def test_only_the_two_judges_settle_and_only_once_both_are_through(pair):
    pair.say(pair.lead, ALL)
    with pytest.raises(DataRefused, match="Two people have to be through"):
        settle(pair, pair.lead, "N")
    pair.say(pair.second, "HNHN?CNH")
    with pytest.raises(DataRefused, match="Only the two who judged"):
        settle(pair, pair.third, "N")
    with pytest.raises(DataRefused, match="judges do not differ on: Assessment"):
        settle(pair, pair.lead, ".C")
    (result,) = pair.store.verdicts.results()
    assert result.pair.together is None


def test_place_given_back_is_free_again_and_its_words_stay_on_record(pair):
    pair.say(pair.lead, ALL)
    pair.say(pair.second, "HH", finish=False)
    with pytest.raises(DataRefused, match="cannot be given back by you"):
        pair.store.verdicts.give_back(pair.third.id, *pair.ids, pair.second.id)
    pair.store.verdicts.give_back(pair.lead.id, *pair.ids, pair.second.id)
    pair.say(pair.third, "NNNNNNNN")
    (result,) = pair.store.verdicts.results()
    assert [place.judge for place in result.pair.places] == ["Ama", "Cleo"]
    with pair.store.database.reading() as session:
        assert len(session.exec(select(ProgressVerdictRow)).all()) == 8 + 2 + 8


def test_finished_place_is_not_given_back(pair):
    pair.say(pair.lead, ALL)
    with pytest.raises(DataRefused, match="or is finished"):
        pair.store.verdicts.give_back(pair.lead.id, *pair.ids, pair.lead.id)


def test_whether_the_era_was_ever_shown_is_kept_with_the_place(pair):
    settings = pair.store.comparison.settings()
    masked = replace(settings, is_era_shown=False)
    pair.store.comparison.save_settings(pair.researcher.id, masked)
    pair.say(pair.lead, "C", finish=False)
    (found,) = pair.store.verdicts.pairs(pair.lead.id)
    assert not found.places[0].was_era_shown
    shown = replace(masked, is_era_shown=True, version=settings.version + 1)
    pair.store.comparison.save_settings(pair.researcher.id, shown)
    pair.say(pair.lead, ALL)
    (found,) = pair.store.verdicts.pairs(pair.lead.id)
    assert found.places[0].was_era_shown


def test_home_counts_a_pair_as_compared_once_two_people_are_through(pair):
    def counted():
        counts = pair.store.progress.counts()
        return counts.pairs_locked, counts.pairs_compared

    assert counted() == (1, 0)
    pair.say(pair.lead, ALL)
    assert counted() == (1, 0)
    pair.say(pair.second, ALL)
    assert counted() == (1, 1)


def test_area_the_records_end_before_is_refused_and_not_asked_for(tmp_path):
    made = a_judged_pair(tmp_path, read_to="")
    # Both are followed for 192 days, so twelve months cannot be seen in both.
    with pytest.raises(DataRefused, match="end before: Situation at 12 months"):
        made.say(made.lead, ALL)
    assert made.store.verdicts.pairs(made.lead.id) == []
    with pytest.raises(DataRefused, match="1 of 7 areas are not judged"):
        made.say(made.lead, "CNHN?C")
    made.say(made.lead, "CNHN?CN")
    made.say(made.second, "CNHN?CN")
    (result,) = made.store.verdicts.results()
    assert ProgressArea.AT_12_MONTHS not in result.verdicts.first
    with pytest.raises(DataRefused, match="judges do not differ on: Situation at 12"):
        settle(made, made.lead, ".......C")
    made.store.close()
