"""Recording how cases were chosen: told apart, added together, told in words."""

from __future__ import annotations

from datetime import date

import pytest
from case_desk import a_plan, a_record, a_study, a_study_with_cases

from data.problems import DataRefused
from data.sampling_records import SamplingSaved
from matching.problems import MatchingRefused
from matching.sampling import Sampling, SamplingCounts
from workbench.actions.cases.case_files import (
    add_cases,
    columns_to_confirm,
    needs_era,
    read_case_files,
    saved_in_words,
    summary_of,
)
from workbench.actions.cases.pairing import find_matches
from workbench.actions.cases.plans import save_plan
from workbench.actions.cases.sampling import (
    account_in_words,
    add_sampling,
    changes_in_words,
    choice_in_words,
    chosen_cases,
    counts_in_words,
    missing_in_words,
    passed_over_in_words,
    read_sampling_files,
    write_record,
)
from workbench.actions.together.sampling_report import sampling_table

CASES = (
    "cases.csv",
    b"case_id,era,referral_date\n0001,contemporary,2024-05-14\n"
    b"0002,historic,2023-05-14\n",
)
HEADINGS = b"case_id,drawn_on,drawn_by,from,rule,replaced,note\n"
CHOSEN = ("chosen.csv", HEADINGS + b"0001,2024-06-04,Kim,a list,every 9th,,\n")


@pytest.fixture
def study(tmp_path):
    store, person = a_study(tmp_path)
    yield store, person
    store.close()


@pytest.fixture
def study_with_cases(tmp_path):
    store, person = a_study_with_cases(tmp_path)
    yield store, person
    store.close()


def places(refused):
    return [one.where for one in refused.value.problems]


def test_cases_and_how_they_were_chosen_are_added_together(study):
    store, person = study
    batch = read_case_files(store, [CHOSEN, CASES])
    summary = summary_of(batch)
    assert (summary.contemporary, summary.historic, summary.sampling) == (1, 1, 1)
    assert store.cases.counts().cases == 0
    saved = add_cases(store, person, batch)
    assert saved_in_words(saved) == (
        "Saved. 2 cases added (1 contemporary, 1 historic), 1 record of how cases were "
        "chosen."
    )
    (record,) = store.sampling.sampling().records
    assert record == a_record("0001", drawn_from="a list", rule="every 9th")


def test_records_alone_are_added_to_the_cases_of_the_study(study):
    store, person = study
    add_cases(store, person, read_case_files(store, [CASES]))
    saved = add_cases(store, person, read_case_files(store, [CHOSEN]))
    assert (saved.cases, saved.sampling) == (0, SamplingSaved(1))
    assert store.audit.lines()[0].action == "choice of cases recorded"


def test_headings_of_the_records_are_no_columns_to_confirm_and_need_no_era():
    assert columns_to_confirm([CHOSEN]) == []
    assert not needs_era([CHOSEN], {})


def test_problems_of_cases_and_records_are_told_together(study):
    store, _ = study
    bad = ("cases.csv", CASES[1].replace(b"2024-05-14", b"31/02/2024"))
    chosen = ("chosen.csv", CHOSEN[1] + b"0002,2024-06-04,Kim,a list,,,\n")
    with pytest.raises(DataRefused) as refused:
        read_case_files(store, [bad, chosen])
    # Of 0002 only the rule is told: its row of the cases was not read.
    assert places(refused) == [
        "cases.csv, row 2, column referral_date",
        "chosen.csv, row 3, column rule",
    ]


def test_partial_import_keeps_cases_and_lists_the_records_left_out(study):
    store, person = study
    wrong = ("chosen.csv", HEADINGS + b"0002,2024-06-04,Kim,a list,every 9th,,\n")
    batch = read_case_files(store, [CASES, wrong], accept_partial=True)
    assert (len(batch.records), batch.sampling) == (2, ())
    assert [one.where for one in batch.left_out] == [
        "chosen.csv, row 2, column case_id"
    ]
    add_cases(store, person, batch)
    with pytest.raises(DataRefused, match="historic case"):
        read_case_files(store, [wrong], accept_partial=True)


def test_account_of_the_matches_tells_how_the_cases_were_chosen(study_with_cases):
    store, person = study_with_cases
    store.sampling.add(person.id, [a_record("C1"), a_record("C3", replaced="C9: gone")])
    save_plan(store, person, a_plan())
    account = find_matches(store, person).account
    assert account["sampling"]["without_record"] == ["C2"]
    assert [one["from"] for one in account["sampling"]["records"]] == [
        "46 referrals, Sallowby",
        "46 referrals, Sallowby",
    ]
    assert account_in_words(account) == (
        "2 of 3 contemporary cases have a record; drawn on 4 June 2024 from 1 list by "
        "1 person; 1 stands in for cases passed over."
    )
    assert account_in_words({"pairs": 2}) == ""


def test_counts_are_told_in_one_sentence():
    counts = SamplingCounts(14, 14, 5, 2, 2, "2024-06-04", "2024-09-03")
    assert counts_in_words(counts) == (
        "14 of 14 contemporary cases have a record; drawn between 4 June 2024 and "
        "3 September 2024 from 5 lists by 2 people; 2 stand in for cases passed over."
    )
    assert counts_in_words(SamplingCounts(2, 1, 0, 0, 0)) == (
        "1 of 2 contemporary cases has a record; none stands in for a case passed over."
    )
    assert counts_in_words(SamplingCounts(1, 0, 0, 0, 0)) == (
        "The contemporary case has no record of how it was chosen."
    )


def test_cases_picked_by_hand_are_counted_apart_and_not_called_drawn():
    records = [a_record(f"C{n}") for n in range(1, 5)]
    records.append(a_record("C5", rule="picked by hand"))
    told = counts_in_words(Sampling(tuple("12345"), tuple(records)).counts)
    assert ": 4 by the rule, 1 by hand; chosen on 4 June 2024" in told
    assert "drawn" not in told
    kept_earlier = SamplingCounts(5, 5, 0, 0, 0)
    assert "by hand" not in counts_in_words(kept_earlier)


def test_several_cases_passed_over_are_joined_in_words():
    record = a_record(replaced="C8 (moved) | C9 (closed)")
    assert passed_over_in_words(record) == "C8 (moved) and C9 (closed)"
    assert "Passed over: C8 (moved) and C9 (closed)." in choice_in_words(record)
    (row,) = sampling_table(Sampling(("C1",), (record,))).rows
    assert row[-1] == "C8 (moved) and C9 (closed)"


def test_cases_without_a_record_are_named():
    sampling = Sampling(("C1", "C2", "C3"), (a_record("C2"),))
    assert missing_in_words(sampling) == "Without a record: C1, C3."
    assert missing_in_words(Sampling(("C2",), (a_record("C2"),))) == ""


def test_what_a_file_would_change_is_told_before_it_does(study_with_cases):
    store, person = study_with_cases
    add_sampling(store, person, [a_record("C1"), a_record("C2")])
    text = HEADINGS.decode() + (
        'C1,2024-06-04,Kim,"46 referrals, Sallowby",every 9th from a random start,,\n'
        "C2,2024-06-04,Kim,another list,every 9th from a random start,,\n"
        "C3,2024-06-04,Kim,another list,every 9th from a random start,,\n"
    )
    batch = read_sampling_files(store, [("again.csv", text.encode())])
    assert changes_in_words(chosen_cases(store), batch.records) == (
        "1 new, 1 in place of an earlier record, which stays on file as history, 1 the "
        "same as before."
    )
    assert add_sampling(store, person, batch.records) == SamplingSaved(2, 1, 1)


def test_record_written_by_hand_is_kept_without_spaces_around(study_with_cases):
    store, person = study_with_cases
    words = {
        "drawn_on": date(2024, 6, 4),
        "drawn_by": " Kim",
        "drawn_from": "46 referrals, Sallowby ",
        "rule": " every 9th from a random start",
        "replaced": " ",
        "note": "",
    }
    write_record(store, person, "C1", **words, seen_id="")
    assert store.sampling.sampling().records == (a_record("C1"),)
    with pytest.raises(MatchingRefused, match="rule is missing"):
        write_record(store, person, "C2", **{**words, "rule": " "}, seen_id="")
    assert len(store.sampling.standing()) == 1
