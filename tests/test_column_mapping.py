"""Headings understood at once, proposed, or confirmed in a mapping."""

import pytest

from data.importers.column_mapping import (
    ColumnMapping,
    claimed_twice,
    propose_mapping,
    read_mapping,
    understood,
)
from data.problems import DataRefused


def fields_proposed(*headings):
    return [p.field for p in propose_mapping(headings)]


def test_headings_are_understood_in_any_letter_case_with_spaces_or_underscores():
    found = understood(["Case ID", "REFERRAL_DATE", "date-of-birth", "Severity"], None)
    assert found == {
        "Case ID": "case_id",
        "REFERRAL_DATE": "referral_date",
        "date-of-birth": "date_of_birth",
    }


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Child Unique ID", "child_id"),
        ("Date of Referral", "referral_date"),
        ("Primary Need Code", "primary_need"),
        ("CIN Closure Date", "closed_date"),
        ("Reason for Closure", "closure_reason"),
        ("Does the Child have a Disability", "disability"),
        ("Number of Referrals in Last 12 Months", "previous_referrals"),
        ("LAchildID", "child_id"),
        ("CINreferralDate", "referral_date"),
        ("PrimaryNeedCode", "primary_need"),
        ("GenderCurrent", "sex"),
        ("PersonBirthDate", "date_of_birth"),
        ("pers_dob", "date_of_birth"),
        ("cine_close_reason", "closure_reason"),
        ("fami_family_id", "family_id"),
        ("Child's Category of Need", "primary_need"),
        ("Refferal date", "referral_date"),
    ],
)
def test_headings_of_census_annex_and_dataset_are_proposed(heading, field):
    (proposal,) = propose_mapping([heading])
    assert proposal.field == field
    assert 80 <= proposal.likeness < 100
    assert proposal.why


@pytest.mark.parametrize(
    "heading", ["Age", "Allocated Team", "Allocated Worker", "Case Status", "URN", "%"]
)
def test_headings_that_are_nothing_of_ours_are_not_proposed(heading):
    (proposal,) = propose_mapping([heading])
    assert (proposal.field, proposal.likeness) == ("", 0.0)


@pytest.mark.parametrize("heading", ["id", "ID", "Ref", "Case", "Case No", "case_no."])
def test_a_heading_that_may_name_the_case_is_proposed_and_not_applied(heading):
    assert fields_proposed(heading) == ["case_id"]
    assert understood([heading], None) == {}


def test_a_bare_id_gives_way_to_a_heading_that_says_more():
    assert fields_proposed("id", "Case Ref") == ["", "case_id"]
    assert fields_proposed("ID", "case_id") == ["", "case_id"]
    assert fields_proposed("ref", "child id", "date") == ["case_id", "child_id", "date"]


def test_an_exact_heading_goes_before_a_like_one():
    assert fields_proposed("Gender", "Sex") == ["", "sex"]


def test_two_headings_as_like_as_each_other_are_not_chosen_between():
    first, second = propose_mapping(["Gender", "GenderCurrent"])
    assert (first.field, second.field) == ("", "")
    assert "GenderCurrent" in first.why
    assert "Gender " in second.why


def test_a_field_claimed_twice_names_both_headings():
    columns = understood(["Sex", "SEX ", "era"], None)
    (problem,) = claimed_twice("cases.csv", columns)
    assert "Sex and SEX " in problem.found


def test_a_mapping_goes_before_an_exact_heading():
    mapping = ColumnMapping({"Sex": "gender_recorded"})
    assert understood(["sex"], mapping) == {"sex": "gender_recorded"}


def test_a_mapping_file_is_read():
    mapping = read_mapping(
        "m.toml",
        b'[columns]\n"Date of Referral" = "referral_date"\nSev = "severity"\n'
        b'[values.primary_need]\n"Abuse or neglect" = "N1"\n',
    )
    assert mapping.columns == {"Date of Referral": "referral_date", "Sev": "severity"}
    assert mapping.value("primary_need", "Abuse or neglect") == "N1"
    assert mapping.value("primary_need", "N2") == "N2"
    assert mapping.value("sex", "F") == "F"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[columns\n", "not written as TOML"),
        (b"[colums]\na = 'sex'\n", "a part called colums"),
        (b"[columns]\na = 3\n", "text = text"),
        (b"[values]\nsex = 3\n", "text = text"),
        (b"values = 3\n", "text = text"),
        (b"[columns]\na = 'primary_ned'\n", "primary_ned is no field"),
        (b"[columns]\na = 'Allocated Team'\n", "Allocated Team is no field"),
        (b"[columns]\na = 'sex'\nb = 'sex'\n", "a and b would both be sex"),
    ],
)
def test_a_mapping_that_cannot_be_followed_is_refused(content, words):
    with pytest.raises(DataRefused) as caught:
        read_mapping("m.toml", content)
    assert words in " ".join(p.found for p in caught.value.problems)
    assert "m.toml" in caught.value.problems[0].where


def test_a_near_miss_of_a_field_is_offered():
    with pytest.raises(DataRefused) as caught:
        read_mapping("m.toml", b"[columns]\nNeed = 'primary_ned'\n")
    assert "primary_need" in caught.value.problems[0].do_next
