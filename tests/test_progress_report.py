"""Progress over all pairs in reports: settings printed, blindness kept, kinds apart."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from progress_desk import a_judged_pair

from data.case_progress import ComparisonSettings
from matching.progress.verdicts import PairKind
from workbench.actions.together.debrief import (
    DebriefChoice,
    read_material,
    write_debrief,
)
from workbench.actions.together.progress_report import (
    ProgressOverall,
    progress_sections,
    read_progress,
)
from workbench.actions.together.reports import pairs_document, write_report

ALL = "CNHN?CNH"
WHEN = datetime(2025, 7, 1, 12, 0)


@pytest.fixture
def pair(tmp_path):
    made = a_judged_pair(tmp_path)
    yield made
    made.store.close()


def pairs_words(pair):
    return "\n".join(pairs_document(pair.store, "Ama", WHEN).words())


def debrief_words(pair):
    material = read_material(pair.store)
    report = write_debrief(material, DebriefChoice(), made_by="Ama", made_at=WHEN)
    return "\n".join(report.words())


def test_reports_of_a_study_that_compared_nothing_do_not_speak_of_it(pair):
    assert "How pairs progressed" not in pairs_words(pair)
    assert "How pairs progressed" not in debrief_words(pair)


def test_pair_one_person_has_judged_is_left_out_whole(pair):
    pair.say(pair.lead, ALL)
    for words in (pairs_words(pair), debrief_words(pair)):
        assert "1 pair begun that two people are not yet through with" in words
        assert "Seen in the notes" not in words
        assert "more effective" not in words


def test_both_reports_tell_the_counts_and_only_the_pairs_report_the_reasons(pair):
    pair.say(pair.lead, ALL)
    pair.say(pair.second, "HNHN?CNH")
    for words in (pairs_words(pair), debrief_words(pair)):
        assert "Assessment: in 0 of 1 pair both judges saw" in words
        assert "The two judges said the same on 6 of 7 areas." in words
        assert "1 more was left out because one or both could not tell." in words
    assert "Seen in the notes: H." in pairs_words(pair)
    assert "Seen in the notes" not in debrief_words(pair)


def test_settings_are_printed_with_who_was_shown_the_era(pair):
    settings = ComparisonSettings(False, 7, "2025-06-30", version=1)
    pair.store.comparison.save_settings(pair.lead.id, settings)
    pair.say(pair.lead, ALL)
    pair.store.comparison.save_settings(
        pair.lead.id, replace(settings, is_era_shown=True, version=2)
    )
    pair.say(pair.second, ALL)
    pair.store.comparison.save_settings(pair.lead.id, replace(settings, version=3))
    assert (
        "Settings: the era of a case is masked while progress is judged (order by seed "
        "7); records were read up to 30 June 2025; limits in working days from "
        "referral: early help recommendation 20, assessment 45; from the strategy "
        "discussion: initial conference 15. Of the 2 sets of verdicts counted here, 1 "
        "was given with the era shown and 1 with it masked."
    ) in pairs_words(pair)


def test_within_case_pairs_stand_apart_with_the_warning(pair):
    pair.say(pair.lead, ALL)
    pair.say(pair.second, ALL)
    overall = read_progress(pair.store)
    (between,) = overall.results
    within = replace(between, pair=replace(between.pair, kind=PairKind.WITHIN_CASE))
    sections = progress_sections(
        ProgressOverall((between, between, within), overall.settings, 3)
    )
    assert [one.heading for one in sections] == [
        "How pairs progressed",
        "Contemporary and historic cases",
        "Within one case, earlier and later",
    ]
    words = ["\n".join(map(repr, one.parts)) for one in sections]
    assert "in 2 of 2 pairs both judges saw the contemporary case" in words[1]
    assert "tends to improve whatever is done" not in words[1]
    assert "in 1 of 1 pair both judges saw the later time of the case" in words[2]
    assert "tends to improve whatever is done" in words[2]


def test_progress_alone_is_a_report_too_with_a_table_of_every_verdict(pair, tmp_path):
    empty = write_report(pair.store, "progress", tmp_path / "none.html")
    assert "Nobody has begun to compare" in empty.read_text("utf-8")
    pair.say(pair.lead, ALL)
    pair.say(pair.second, "HNHN?CNH")
    made = write_report(pair.store, "progress", tmp_path / "progress.csv")
    lines = made.read_text("utf-8-sig").splitlines()
    assert lines[0] == "Pair,Area,First judge,Second judge,Settled together"
    assert lines[1] == (
        "C1 and H1,Front door and allocation,Contemporary more effective: Seen in the "
        "notes: C.,Historic more effective: Seen in the notes: H.,"
    )
    assert len(lines) == 9
    write_report(pair.store, "progress", tmp_path / "progress.docx")


def test_area_the_records_end_before_is_told_apart_in_counts_and_table(tmp_path):
    short = a_judged_pair(tmp_path, read_to="")
    short.say(short.lead, "CNHN?CN")
    short.say(short.second, "CNHN?CN")
    words = pairs_words(short)
    assert "Situation at 12 months: in 1 pair the records end before it" in words
    made = write_report(short.store, "progress", tmp_path / "progress.csv")
    last = made.read_text("utf-8-sig").splitlines()[-1]
    untold = "Not asked: the records end before"
    assert last == f"C1 and H1,Situation at 12 months,{untold},{untold},"
    short.store.close()
