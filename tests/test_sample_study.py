"""The sample study as it is built: whole, by its people, with work left to do."""

from __future__ import annotations

from pathlib import Path

from sample_files import SAMPLE, rows
from sqlmodel import col, func, select

from coding.study import Role
from data.backup import check_study_file
from data.pairings import Stage
from data.storage import StudyStore
from data.tables import CodedSegmentRow
from workbench.actions.cases.sampling import account_in_words, counts_in_words
from workbench.actions.sample import ensure_sample_study


def test_the_sample_holds_work_done_and_work_to_do(sample_study: StudyStore) -> None:
    counts = sample_study.progress.counts()
    assert (counts.contemporary_cases, counts.historic_cases) == (14, 158)
    assert (counts.cases_to_judge, counts.cases_judged) == (13, 6)
    assert (counts.sources, counts.sources_coded) == (55, 31)
    # Where coders settled a transcript, what they agreed on counts in place of both.
    settled = {one["source"] for one in rows("agreed.csv")}
    with sample_study.database.reading() as session:
        agreed = session.scalar(
            select(func.count()).where(col(CodedSegmentRow.layer) == "agreed")
        )
    by_coders = [one for one in rows("codings.csv") if one["source"] not in settled]
    assert agreed > 0
    assert counts.coded_passages == len(by_coders) + agreed
    assert counts.indicator_values == 825
    assert len(sample_study.toplines.toplines()) == 820
    assert counts.suggestions_waiting > 10


def test_how_each_contemporary_case_was_chosen_is_on_record(
    sample_study: StudyStore,
) -> None:
    sampling = sample_study.sampling.sampling()
    assert (sampling.counts.recorded, sampling.without_record) == (14, ())
    assert sample_study.sampling.drawn_before_referral() == []
    told = sample_study.pairings.latest().account["sampling"]
    assert told["counts"]["recorded"] == 14


def test_the_day_the_case_files_were_taken_from_the_records_is_said(
    sample_study: StudyStore,
) -> None:
    told = sample_study.comparison.settings().records_read_to
    assert told == "2025-09-30"
    assert f"records_read_to = {told}" in SAMPLE.joinpath("study.toml").read_text(
        "utf-8"
    )


def test_the_case_picked_by_hand_is_not_counted_as_drawn(
    sample_study: StudyStore,
) -> None:
    by_hand = [row for row in rows("sampling.csv") if "by hand" in row["rule"]]
    assert by_hand
    counts = sample_study.sampling.sampling().counts
    assert counts.by_hand == len(by_hand)
    drawn = len(rows("sampling.csv")) - len(by_hand)
    said = f": {drawn} by the rule, {len(by_hand)} by hand;"
    assert said in counts_in_words(counts)
    assert said in account_in_words(sample_study.pairings.latest().account)


def test_who_picked_a_case_by_hand_is_not_offered_it(sample_study: StudyStore) -> None:
    by_hand = next(row for row in rows("sampling.csv") if "by hand" in row["rule"])
    stages = {
        person.name: one.stage
        for person in sample_study.study.people()
        if person.role is Role.PRACTITIONER_RESEARCHER
        for one in sample_study.judging.queue(person.id)
        if one.reference == by_hand["case_id"]
    }
    picker = by_hand["drawn_by"]
    assert stages.pop(picker) is Stage.NOT_YOURS
    assert Stage.NOT_YOURS not in stages.values()


def test_two_cases_were_judged_by_two_who_differ_once_and_settle_it(
    sample_study: StudyStore,
) -> None:
    pairs = {
        first.judgement.contemporary_id: (first.judgement, second.judgement)
        for first, second in sample_study.judging.two_readings()
    }
    assert set(pairs) == {"008821", "008881"}
    first, second = pairs["008881"]
    assert first.historic_id == second.historic_id == "007083"
    assert first.judge != second.judge
    first, second = pairs["008821"]
    assert (first.historic_id, second.historic_id) == ("007288", "007269")
    decided = {
        one.judgement.contemporary_id: one.judgement.historic_id
        for one in sample_study.judgements.standing()
        if one.locked_at
    }
    assert len(decided) == 6
    assert decided["008821"] == "007269"
    assert [one.judges for one in sample_study.judging.settings()] == [2, 1]


def test_each_piece_of_work_carries_the_name_of_whose_it_is(
    sample_study: StudyStore,
) -> None:
    by = {line.action: line.person for line in sample_study.audit.lines()}
    assert by["case judged"] == "Delroy Ashcombe"
    assert by["choice of cases recorded"] == "Delroy Ashcombe"
    assert by["codebook imported"] == "Priya Wetherall"
    assert by["indicators imported"] == "Fionnuala Stubbings"
    assert by["survey results imported"] == "Fionnuala Stubbings"


def test_suggestions_wait_in_the_two_transcripts_nobody_coded(
    sample_study: StudyStore,
) -> None:
    uncoded = [
        one
        for one in sample_study.sources.summaries()
        if one.words > 1000 and not one.coded_passages
    ]
    assert {one.name for one in uncoded} == {
        "Yusuf, team leader, wave 2",
        "Gaynor, school partner, wave 3",
    }
    assert all(one.waiting_suggestions >= 5 for one in uncoded)
    others = set(sample_study.sources.summaries()) - set(uncoded)
    assert not any(one.waiting_suggestions for one in others)


def test_the_sample_is_made_once_and_anew_on_request() -> None:
    first = ensure_sample_study()
    before = first.stat().st_mtime_ns
    assert ensure_sample_study() == first
    assert first.stat().st_mtime_ns == before
    first.write_bytes(b"spoilt")
    again = ensure_sample_study(fresh=True)
    assert again == first
    assert check_study_file(Path(again)).sources == 55
    leftovers = {path.name for path in first.parent.iterdir()} - {first.name}
    assert not leftovers
